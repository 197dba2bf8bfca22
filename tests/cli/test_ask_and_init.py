"""`collectrules ask` and `collectrules init`: what is asked, and what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

from collectrules import Advisor, read_cases
from collectrules.case.reading import parse_cases
from collectrules.cli import cli, configuration, profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

EXAMPLE = Path("examples/what-is-missing.yaml")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def asked(path: Path, replies: str, *more: str) -> Any:
    return CliRunner().invoke(cli, ["ask", *more, str(path)], input=replies, standalone_mode=False)


def test_the_answers_are_written_into_the_file_and_decide(example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    ran = asked(example, "yes\n" * 12)
    assert ran.return_value == 0, ran.output
    assert "ALLOW" in ran.output
    assert example.read_text(encoding="utf-8").startswith(before)  # every comment stays
    (case,) = read_cases(example).cases
    assert case.records is not None
    assert set(case.records.values()) == {"whole"}


def test_what_is_left_open_changes_nothing(example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    ran = asked(example, "\n" * 60)
    assert ran.return_value == 3
    assert example.read_text(encoding="utf-8") == before


def test_answers_that_end_early_are_kept_and_the_rest_stays_open(example: Path) -> None:
    before = example.read_text(encoding="utf-8")
    ran = asked(example, "yes\nyes\n")  # and then the end of the file, as by Ctrl-D
    assert ran.return_value == 3, ran.output
    assert "no more answers: the questions below stay open" in ran.output
    assert "REVIEW" in ran.output
    assert "ask     " in ran.output
    assert example.read_text(encoding="utf-8").startswith(before)
    (case,) = read_cases(example).cases
    assert list((case.records or {}).values()) == ["whole", "whole"]


def test_an_interrupt_writes_nothing(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = example.read_text(encoding="utf-8")
    replies = iter(["yes"])

    def interrupted(*_: object, **__: object) -> str:
        for reply in replies:
            return reply
        raise click.Abort  # as click has it for Ctrl-C

    monkeypatch.setattr(click, "prompt", interrupted)
    with pytest.raises(click.Abort):
        CliRunner().invoke(cli, ["ask", str(example)], standalone_mode=False, catch_exceptions=False)
    assert example.read_text(encoding="utf-8") == before


def test_a_no_is_written_too(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    ran = asked(example, "maybe\nno\n" + "\n" * 80, "-o", str(out))
    assert ran.return_value == 3
    assert "yes, no, or nothing" in ran.output
    (case,) = read_cases(out).cases
    assert case.records == {"content": "partial"}
    assert read_cases(example).cases[0].records is None


def test_a_form_gets_the_list(run: Run) -> None:
    ran = run("ask", "--json", EXAMPLE)
    told = json.loads(ran.out)
    assert (ran.code, told["decision"]) == (3, "review")
    first = told["questions"][0]
    assert first["group"] == first["name"]
    assert first["takes"] == "yes or no"
    assert len(first["facts"]) > 1
    assert first["rules"]
    assert told["questions"][-1]["yes"] == "the answer is allow"


@pytest.mark.parametrize("profile", [each.name for each in profiles.every()])
def test_what_a_profile_writes_can_be_read(run: Run, tmp_path: Path, profile: str) -> None:
    assert run("init", "--profile", profile, "--yes", "--folder", tmp_path).code == 0
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert set(read.records) == set(profiles.named(profile).records)
    (case,) = read_cases(tmp_path / profiles.FIRST_CASE).cases
    assert case.collector.role == profiles.named(profile).role
    assert case.debtor is not None
    assert (case.debtor.kind == "company") == (case.debts[0].kind == "commercial")
    assert run("init", "--profile", profile, "--yes", "--folder", tmp_path).code == 2  # nothing is written over


def test_what_the_comments_of_a_first_case_propose_can_be_written_as_it_stands() -> None:
    text = profiles.first_case_text(profiles.named("own-consumer-invoices"), "US-MA")
    debt, debtor = re.findall(r"\}+\]?  # .*?and (.*)", text)
    entry = re.search(r"such as: (.*)", text)
    assert entry is not None
    changed = (
        text.replace("kind: consumer}", f"kind: consumer, {debt}}}")
        .replace("kind: natural_person}", f"kind: natural_person, {debtor}}}")
        .replace("history: []", f"history: [{entry[1]}]")
        .replace("channel: letter, at: '2026-04-08'", "channel: phone, at: 2026-04-08T10:00")
    )
    (case,) = parse_cases(changed, "first-case.yaml").cases
    assert (case.debts[0].currency, case.debtor and case.debtor.time_zone) == ("USD", "America/New_York")
    assert case.history is not None
    assert len(case.history) == 1


def test_there_are_five_profiles_and_no_other(run: Run) -> None:
    assert len(run("init", "--profile", "list").out.splitlines()) == 5
    assert run("init", "--profile", "agencies", "--yes").code == 2


def test_flags_say_what_is_kept(run: Run, tmp_path: Path) -> None:
    assert run("init", "--whole", "contacts=one log", "--yes", "--folder", tmp_path).code == 0
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert {group: kept.reason for group, kept in read.records.items()} == {"contacts": "one log"}
    for wrong in ("contacts", "contact=one log"):
        assert run("init", "--whole", wrong, "--yes", "--folder", tmp_path).code == 2


def test_each_group_is_asked_for(tmp_path: Path) -> None:
    replies = "y\none log\n" + "n\n" * 12
    ran = CliRunner().invoke(cli, ["init", "--folder", str(tmp_path)], input=replies, standalone_mode=False)
    assert ran.return_value == 0, ran.output
    read = configuration.load(tmp_path / "collectrules.yaml")
    assert {group: kept.reason for group, kept in read.records.items()} == {"contacts": "one log"}


QUESTION = """\
# how long may we sue?
version: 2
collector: {role: creditor}
debtor: {kind: company, addresses: [{country: GB, city: London, postal_code: SW1A 1AA}]}
debts: [{id: A, kind: commercial, amount: '900.00', currency: GBP}]
ask: {what: limitation, at: '2026-11-24'}
"""


def test_a_question_is_asked_for_what_it_lacks_until_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "question.yaml"
    path.write_text(QUESTION, encoding="utf-8")
    told = json.loads(asked(path, "", "--json").output)
    assert told["decision"] == "open"
    facts = [each["name"] for each in told["questions"] if not each["group"]]
    groups = [each["group"] for each in told["questions"] if each["group"]]
    assert facts == ["debts[A].in_default_since", "debts[A].contract", "debts[A].type"]
    assert {each["yes"] for each in told["questions"] if each["group"]} == {
        "something else stays open, which is asked too"
    }
    ran = asked(path, "2026-01-31\nwritten\ngoods\n" + "yes\n" * len(groups))
    assert ran.return_value == 0, ran.output
    assert "last day: 2032-01-31" in ran.output
    written = path.read_text(encoding="utf-8")
    assert "# how long may we sue?" in written
    assert "2026-01-31" in written
    (case,) = read_cases(path).cases
    assert case.records == dict.fromkeys(groups, "whole")
    for group in groups:  # none can be left out
        fewer = {name: "whole" for name in groups if name != group}
        assert not Advisor.load().answer(case.but(records=fewer)).complete


def test_a_question_of_a_whole_record_is_asked_for_facts_alone(tmp_path: Path) -> None:
    path = tmp_path / "question.yaml"
    path.write_text(QUESTION.replace("collector", "record: complete\ncollector", 1), encoding="utf-8")
    ran = asked(path, "2026-01-31\n")
    assert ran.return_value == 0, ran.output
    ran = asked(path, "")
    assert ran.return_value == 0
    assert "yes or no" not in ran.output


def test_a_file_of_several_cases_is_not_asked_for(example: Path) -> None:
    example.write_text(example.read_text(encoding="utf-8") + "---\nid: B\n", encoding="utf-8")
    with pytest.raises(click.UsageError, match="takes the file of one case"):
        CliRunner().invoke(cli, ["ask", str(example)], standalone_mode=False, catch_exceptions=False)


def test_an_account_is_not_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "account.yaml"
    path.write_text(QUESTION.replace("ask: {what: limitation, at: '2026-11-24'}\n", ""), encoding="utf-8")
    assert "one case with an action or a question" in str(asked(path, "").exception)


def test_comments_within_a_case_stay_where_a_fact_is_written(tmp_path: Path) -> None:
    path = tmp_path / "question.yaml"
    text = """\
# how much?
version: 2
record: complete
collector: {role: creditor}   # we
debtor:
  kind: company   # from the register
  addresses: [{country: GB, city: London, postal_code: SW1A 1AA}]
debts:
  # the last invoice
  - {id: A, kind: commercial, type: goods, due: 2026-01-31}   # INV
ask: {what: late_payment, at: '2026-11-24'}  # today
"""
    path.write_text(text, encoding="utf-8")
    ran = asked(path, "900.00 gbp\n")
    assert "900.00 GBP x" in ran.output
    written = path.read_text(encoding="utf-8")
    assert written == text.replace("due: 2026-01-31}", "due: 2026-01-31, amount: '900.00', currency: GBP}")
