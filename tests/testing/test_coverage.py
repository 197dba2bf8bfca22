"""What the examples beside rules and answers reach, and what they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.testing.coverage import coverage, percent, shares
from collectrules.testing.telling import CoverageReport

from .conftest import CAP, LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.testing.trial import Trial

    MadeTrial = Callable[..., Trial]

CHOICE = """\
rules:
  - id: nobody
    title: neither children nor the dead
    cite: Act 1
    strength: prohibition
    governs: {kind: contact}
    when: (debtor.minor or debtor.deceased) and not action.purpose == terminating_efforts
    examples:
      - {story: a child, debtor: {minor: true}, action: {kind: contact, channel: sms, at: '2026-04-08'}, expect: deny}
      - {story: of age, action: {kind: contact, channel: sms, at: '2026-04-08'}, expect: allow}
"""
LIFTED = """\
      - story: the debtor asked for it
        history:
          - {at: '2026-04-02', channel: phone, direction: outbound}
          - {at: '2026-04-03', channel: phone, direction: outbound}
        action: {kind: contact, channel: phone, at: '2026-04-08', purpose: answer_debtor_request}
        expect: allow
"""


def missed(trial: Trial) -> list[tuple[str, str, str]]:
    return [(item.kind, item.owner, item.what) for item in coverage(trial) if not item.reached]


def test_an_exception_is_reached_by_an_act_that_is_forbidden_but_for_it(trial: MadeTrial) -> None:
    unreached = [("branch", "xx.law.calls", "unless the debtor asked for it")]
    assert missed(trial(CAP)) == unreached
    lawful_anyway = LIFTED.replace("          - {at: '2026-04-02', channel: phone, direction: outbound}\n", "")
    assert missed(trial(CAP + lawful_anyway)) == unreached
    assert missed(trial(CAP + LIFTED)) == []


def test_each_alternative_of_a_condition_is_a_branch(trial: MadeTrial) -> None:
    assert missed(trial(CHOICE)) == [("branch", "xx.law.nobody", "or debtor.deceased")]
    assert missed(trial(CHOICE, ("{minor: true}", "{minor: true, deceased: true}"))) == []


def test_each_dated_value_is_reached_by_an_example_of_its_time(trial: MadeTrial) -> None:
    assert missed(trial(LIMIT)) == [("value", "xx.law.court", "at_most since 2020-01-01")]
    assert missed(trial(LIMIT, ("'2026-04-08'", "'2023-12-31'"), ("small_claims}", "not_small_claims}"))) == [
        ("value", "xx.law.court", "at_most since 2024-01-01")
    ]


def test_a_rule_is_reached_on_both_sides(trial: MadeTrial) -> None:
    """What its examples expect is for the reader to see; what they come to, is asked here."""
    told = ("rule", "xx.law.calls", "at most two calls in seven days")
    assert told not in missed(trial(CAP))
    text = ("{at: '2026-04-02', channel: phone,", "{at: '2026-04-02', channel: sms,")
    assert told in missed(trial(CAP, text))


def test_an_answer_is_reached_by_an_example_that_it_answers(trial: MadeTrial) -> None:
    assert [item.reached for item in coverage(trial(LIMIT)) if item.kind == "rule"] == [True]
    never = ("    route: small_claims\n    currency", "    when: debtor.minor\n    route: small_claims\n    currency")
    assert [item.reached for item in coverage(trial(LIMIT, never)) if item.kind == "rule"] == [False]


def test_shares_are_rounded_so_that_a_hundred_is_all() -> None:
    assert percent(999, 1000) == 99.9
    assert percent(9999, 10000) == 99.9
    assert percent(10, 10) == 100
    assert percent(0, 0) == 100


def test_the_report_tells_files_and_what_is_missed(trial: MadeTrial) -> None:
    items = coverage(trial(CAP + LIMIT))
    report = CoverageReport({"law.yaml": items})
    assert shares(items) == {"rule": (2, 2), "branch": (0, 1), "value": (3, 4), "paragraph": (0, 0)}
    text = report.text(quiet=False)
    assert text.startswith("law.yaml  rules 2/2 (100 %), branches 0/1 (0 %), values 3/4 (75 %)")
    assert "NOT REACHED xx.law.calls: branch: unless the debtor asked for it" in text
    assert report.least == 0
    assert report.plain()["values"] == {"reached": 3, "every": 4, "percent": 75}
    assert [each["kind"] for each in report.plain()["not_reached"]] == ["branch", "value"]


def test_a_review_is_a_branch_too(trial: MadeTrial) -> None:
    replaced = (
        ("    unless:\n", "    review:\n"),
        ("title: the debtor asked for it}", "title: the debtor asked, question: is it so?}"),
    )
    assert missed(trial(CAP, *replaced)) == [("branch", "xx.law.calls", "review if the debtor asked")]


def test_a_paragraph_is_reached_where_a_rule_that_cites_it_is(trial: MadeTrial) -> None:
    listed = ("example_case:", "by_paragraph: {of: Act, nothing: [{ids: ['9.9'], why: purpose}]}\nexample_case:")
    dotted = ("cite: Act 1\n", "cite: Act 1.1(a)\n")
    paragraphs = [item for item in coverage(trial(CAP, listed, dotted)) if item.kind == "paragraph"]
    assert [(item.what, item.reached) for item in paragraphs] == [("1.1", True), ("1.1(a)", True)]
