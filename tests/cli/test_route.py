"""`collectrules route`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from collectrules.output import rendering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]
    Invoice = Callable[..., Path]

FILED = {"ask": {"what": "court_route", "at": "2026-06-01"}, "action": None}
LETTER = [{"at": "2026-04-01", "event": "letter_of_claim_sent"}]


def test_a_case_with_an_action_is_asked_for_its_day(run: Run, laws: Path, invoice: Invoice) -> None:
    ran = run("route", "--full", invoice(), "--rulesets", laws)
    assert ran.code == 0
    assert ran.out.startswith("ANSWER  court route, 2026-06-01\ncase inv-1\n\nanswer\n  - route: not_small_claims\n")
    assert "may_file_up_to: 1000.00" in ran.out


def test_so_is_a_case_with_the_question_or_another(run: Run, laws: Path, invoice: Invoice) -> None:
    for what in ("court_route", "limitation"):
        ran = run("route", "--full", invoice(action=None, ask={"what": what, "at": "2026-07-01"}), "--rulesets", laws)
        assert ran.code == 0
        assert "  - route: small_claims\n  - court_id: xx-small\n" in ran.out


@pytest.mark.parametrize(("at", "route"), [("2026-06-30", "not_small_claims"), ("2026-07-01", "small_claims")])
def test_another_day(run: Run, laws: Path, invoice: Invoice, at: str, route: str) -> None:
    assert f"route: {route}\n" in run("route", "--full", invoice(), "--rulesets", laws, "--at", at).out


@pytest.mark.parametrize(("amount", "route"), [("1000", "small_claims"), ("1000.01", "not_small_claims")])
def test_another_amount(run: Run, laws: Path, invoice: Invoice, amount: str, route: str) -> None:
    ran = run("route", "--full", invoice(), "--rulesets", laws, "--amount", amount, "--currency", "EUR")
    assert f"route: {route}\n" in ran.out


def test_every_line_of_the_law_is_told(run: Run, laws: Path, invoice: Invoice) -> None:
    out = run("route", "--full", invoice(), "--rulesets", laws).out
    line = (laws / "xx.yaml").read_text().splitlines().index("  - id: small_claims") + 1
    for told in (
        "small claims court: 1200.00 EUR is more than 1000.00",
        "law    XX 10",
        "https://law.example/1",
        "rule   xx.small_claims",
        f"xx.yaml:{line}:5",
        "confidence high",
        "the claim is the sum of the debts, 1200.00 EUR",
        "verified 2026-01-01",
        "sha256:",
        "Not legal advice.",
    ):
        assert told in out
    assert max(len(row) for row in out.splitlines() if "xx.yaml:" not in row) <= 80  # a path may be any length


class TestBeforeYouFile:
    """What the law asks for before the claim is filed."""

    def test_a_step_that_is_missing_is_told_with_its_law(self, run: Run, laws: Path, invoice: Invoice) -> None:
        out = run("route", "--full", invoice(), "--rulesets", laws).out
        before = out.partition("\nbefore you file\n")[2]
        assert before.startswith("  DENY  file claim, 2026-06-01\n 1  xx.letter_first\n")
        assert "law    XX 12 (XX)" in before

    def test_a_step_that_must_grow_older_is_told_with_the_day(self, run: Run, laws: Path, invoice: Invoice) -> None:
        path = invoice(history=[{"at": "2026-05-10", "event": "letter_of_claim_sent"}])
        assert "until  2026-06-09" in run("route", "--full", path, "--rulesets", laws).out

    def test_where_all_is_done_nothing_is_missing(self, run: Run, laws: Path, invoice: Invoice) -> None:
        ran = run("route", "--full", invoice(history=LETTER), "--rulesets", laws)
        assert "  ALLOW  file claim, 2026-06-01\n" in ran.out

    def test_it_is_asked_for_a_question_and_another_act_too(self, run: Run, laws: Path, invoice: Invoice) -> None:
        contact = {"kind": "contact", "channel": "phone", "at": "2026-06-01T10:00"}
        for path in (invoice(**FILED), invoice(action=contact)):
            assert "  DENY  file claim, 2026-06-01\n" in run("route", "--full", path, "--rulesets", laws).out

    def test_in_a_partial_record_the_facts_to_get_are_told(self, run: Run, laws: Path, invoice: Invoice) -> None:
        before = run("route", "--full", invoice(record="partial"), "--rulesets", laws).out.partition(
            "\nbefore you file\n"
        )[2]
        assert before.startswith("  REVIEW  file claim, 2026-06-01\n")
        assert "not known, and it would matter" in before

    def test_it_does_not_change_the_exit_code(self, run: Run, laws: Path, invoice: Invoice) -> None:
        codes = {
            run("route", "--full", invoice(history=history), "--rulesets", laws).code for history in (LETTER, None)
        }
        assert codes == {0}


def test_json_is_one_valid_answer_a_line_with_the_same_content(run: Run, laws: Path, invoice: Invoice) -> None:
    paths = [invoice("1.json"), invoice("2.json", **FILED)]
    ran = run("route", "--full", *paths, "--json", "--rulesets", laws)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert len(answers) == 2
    findings = rendering.schema()["$defs"]["finding"]
    for answer in answers:
        jsonschema.validate(answer, rendering.schema("answer"))
        assert answer["values"]["route"] == "not_small_claims"
        assert answer["before_filing"]["decision"] == "deny"
        for finding in answer["before_filing"]["findings"]:
            jsonschema.validate(finding, {**findings, "$defs": rendering.schema()["$defs"]})
    text = " ".join(run("route", "--full", paths[0], "--rulesets", laws).out.split())
    for finding in answers[0]["before_filing"]["findings"]:
        assert finding["sentence"] in text
        assert finding["citation"] in text


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({}, 0, "ANSWER"),
        ({"jurisdiction": "QQ"}, 3, "no law is encoded that answers court route in QQ"),
        ({"debts": [{"id": "A", "kind": "commercial"}]}, 3, "debts[A].amount"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_exit_code_is_the_same_whatever_the_output(
    run: Run, laws: Path, invoice: Invoice, changes: dict[str, Any], code: int, told: str, options: list[str]
) -> None:
    ran = run("route", "--full", invoice(**changes), "--rulesets", laws, *options)
    assert ran.code == code
    assert told.lower() in ran.out.lower()


def test_of_several_cases_the_worst_counts(run: Run, laws: Path, invoice: Invoice, tmp_path: Path) -> None:
    known, unknown = invoice("1.json"), invoice("2.json", jurisdiction="QQ")
    assert run("route", "--full", known, unknown, "--rulesets", laws).code == 3
    ran = run("route", "--full", tmp_path / "nowhere.yaml", known, "--rulesets", laws)
    assert ran.code == 2
    assert "nowhere.yaml: CR001" in ran.err
    assert ran.out.startswith("ANSWER")


def test_nothing_given_is_nothing_asked(run: Run, laws: Path) -> None:
    ran = run("route", "--full", "--rulesets", laws)
    assert ran.code == 4
    assert "nothing was asked" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--amount", "100.00"], "`--amount` and `--currency` go together"),
        (["--currency", "EUR"], "`--amount` and `--currency` go together"),
        (["--amount", "1,000.00", "--currency", "EUR"], "`1,000.00` is no amount"),
        (["--amount", "10.001", "--currency", "EUR"], "`10.001` is no amount"),
        (["--amount", "-5", "--currency", "EUR"], "no amount"),
        (["--amount", "5", "--currency", "euro"], "`euro` is no currency"),
        (["--at", "tomorrow"], "tomorrow"),
    ],
)
def test_wrong_usage(run: Run, laws: Path, invoice: Invoice, options: list[str], told: str) -> None:
    ran = run("route", "--full", invoice(), "--rulesets", laws, *options)
    assert ran.code == 2
    assert told in ran.err
    assert not ran.out


def test_standing_assumptions_are_used_and_named(run: Run, laws: Path, invoice: Invoice, tmp_path: Path) -> None:
    text = (
        (laws / "xx.yaml")
        .read_text()
        .replace("    route: small", "    when: creditor.kind == company\n    route: small")
    )
    (laws / "xx.yaml").write_text(text)
    path = invoice(record="partial")
    assert run("route", "--full", path, "--rulesets", laws).code == 3
    (tmp_path / "collectrules.yaml").write_text("assume: {creditor.kind: {value: company, reason: we are one}}\n")
    ran = run("route", "--full", path, "--rulesets", laws)
    assert ran.code == 0
    assert "creditor.kind = company: we are one" in ran.out


def test_the_page_is_short_and_says_whether_the_claim_may_be_filed(run: Run, laws: Path, invoice: Invoice) -> None:
    lines = run("route", invoice(), "--rulesets", laws).out.rstrip().splitlines()
    assert lines[0] == "ANSWER  inv-1: court route, Mon 1 June 2026"
    assert "        route: not_small_claims" in lines
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    (filing,) = [line for line in lines if line.startswith("file")]
    assert filing.startswith("file    deny: ")
    page = " ".join(run("route", invoice(record="partial"), "--rulesets", laws).out.split())
    assert "`collectrules check --action file_claim` asks for" in page
    allowed = " ".join(run("route", invoice(history=LETTER), "--rulesets", laws).out.split())
    assert "file allow: no rule that was asked forbids it" in allowed
