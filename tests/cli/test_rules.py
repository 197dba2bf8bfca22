"""`collectrules rules`, with the law that is shipped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

SHOWN = "us.ma.two_in_seven_days"


def listed(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]


def test_the_list_holds_every_rule_of_a_jurisdiction(run: Run) -> None:
    ran = run("rules", "--jurisdiction", "US-MA")
    assert ran.code == 0
    assert SHOWN in listed(ran.out)
    assert all(identity.startswith("us.ma.") for identity in listed(ran.out))


def test_the_list_holds_what_is_law_of_a_jurisdiction_too(run: Run) -> None:
    assert run("rules", "--jurisdiction", "GB-WLS").out == run("rules", "--jurisdiction", "GB-ENG").out != ""


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [
        ("contact", SHOWN, "us.ma.time_barred_claim"),
        ("file_claim", "gb.eng.limitation.out_of_time", SHOWN),
    ],
)
def test_the_list_by_kind_of_action(run: Run, kind: str, there: str, not_there: str) -> None:
    names = listed(run("rules", "--kind", kind).out)
    assert there in names
    assert not_there not in names


def test_no_rule_is_its_own_exit_code(run: Run) -> None:
    ran = run("rules", "--jurisdiction", "US-MA", "--kind", "no_such_kind")
    assert (ran.code, ran.out) == (4, "")


def test_the_list_shows_title_citation_and_strength(run: Run) -> None:
    out = run("rules", "--jurisdiction", "US-MA").out
    assert f"{SHOWN}  prohibition" in out
    title = "no more than two calls or texts about a debt in seven days to the debtor's home or personal number"
    assert f"{title} [940 CMR 7.04(1)(f)]" in " ".join(out.split())


def test_one_rule_is_shown_as_a_lawyer_reads_it(run: Run) -> None:
    ran = run("rules", "--show", SHOWN)
    assert ran.code == 0
    text = " ".join(ran.out.split())
    for told in (
        "law 940 CMR 7.04(1)(f) (US-MA)",
        "governs contact or respond by phone or sms",
        "breached by a third contact in 7 days, its own day the last (2 allowed since 2012-03-02), counted",
        "counted [counted for the debtor at home or on a personal number] 940 CMR 7.04(1)(f)",
        "only if [some debt concerned is a consumer's debt, more than thirty days past due] 940 CMR 7.03",
        "unless the debtor asked for it: [the debtor asked for it, so that the debtor began it] 940 CMR 7.04(1)(f)",
        "[the debtor asked for it, so that the debtor began it] means that the action is asked for by the debtor",
        "example deny: the first of the two calls was six days ago",
        "written us/ma.yaml:",
    ):
        assert told in text
    unbroken = [line for line in ran.out.splitlines() if "http" in line or "sha256:" in line]
    assert all(len(line) <= 80 for line in ran.out.splitlines() if line not in unbroken)


def test_a_rule_of_a_group_tells_acts_and_exceptions_of_the_group_and_its_reviews(run: Run) -> None:
    text = " ".join(run("rules", "--show", "us.federal.regulation_f.represented_consumer").out.split())
    for told in (
        "governs communications (ask clarification, ",
        "unless [a court has expressly permitted it] 12 CFR 1006.6(b)(4)(ii)",
        "review if the attorney was written to and is silent: ",
        "ask has the attorney had a reasonable time to answer the collector's communication?",
    ):
        assert told in text
    doubtful, weighing, unsafe = (
        run("rules", "--show", f"us.federal.regulation_f.{name}").out
        for name in ("talk_with_busy_consumer", "calls_concentrated_in_one_day", "email_procedures")
    )
    assert "  raised    if all of these hold:" in doubtful
    assert "  weighs    if all of these hold:" in weighing
    assert "  lost      if all of these hold:" in unsafe
    said = run("rules", "--show", "us.federal.regulation_f.talk_at_inconvenient_moment").out
    assert "by a spoken channel (phone or visit)" in " ".join(said.split())


def test_a_rule_that_is_not_there(run: Run) -> None:
    ran = run("rules", "--show", "us.ma.two_in_seven_day")
    assert ran.code == 2
    assert "there is no rule `us.ma.two_in_seven_day`" in ran.err
    assert f"did you mean `{SHOWN}`?" in ran.err


def test_json_is_one_rule_a_line(run: Run) -> None:
    rules = {
        rule["id"]: rule for rule in map(json.loads, run("rules", "--json", "--jurisdiction", "US-MA").out.splitlines())
    }
    rule = rules[SHOWN]
    assert rule["values"] == {"at_most": {"2012-03-02": "2"}, "days": {"2012-03-02": "7"}}
    assert {"story": "one call and one text this week, a second text", "expect": "deny"} in rule["examples"]
    labels = ["breached", "counted", "only if", "unless", "review if", "ask"]
    assert [told["label"] for told in rule["english"]] == labels
    assert rule["definitions"][0]["citation"] == "940 CMR 7.04(1)(f)"
    assert rule["place"].startswith("us/ma.yaml:")


def test_rules_of_a_folder_are_told_from_that_folder(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "our_rules" / "us" / "tx.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "ruleset: us.tx\ntitle: ours\njurisdiction: US-TX\nversion: '1'\nsource: none\nsince: 2020-01-01\n"
        "verified: {date: 2026-01-01, against: the text, confidence: high}\nverify_by: 2027-01-01\nrules:\n"
        "  - {id: quiet, title: nothing forbids it, cite: Law 1, kind: permission, governs: {kind: contact},\n"
        "     examples: [{story: a call, action: {kind: contact, channel: phone, at: 2026-04-08}, expect: allow}]}\n"
    )
    ran = run("rules", "--show", "us.tx.quiet", "--rulesets", str(tmp_path / "our_rules"))
    assert "breached  never: the law was read, and it forbids nothing" in ran.out
    assert "written   us/tx.yaml:10:5" in ran.out
