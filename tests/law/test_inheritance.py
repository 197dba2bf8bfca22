"""Law that holds beyond the place it is written for: who has it, and what it does not stand in for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput
from collectrules.law.inheritance import places_of_law, read_inheritance
from collectrules.law.rulebook import Rulebook
from collectrules.law.topics import topics_of
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from pathlib import Path

HOLDS: Final = {"IE": ("EU",), "GB-WLS": ("GB-ENG",), "ES": ("EU",)}
FILE: Final = "library: common.inheritance\ntitle: t\nversion: '1'\ninheritance:\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("IE", ("IE", "EU")),
        ("ES-CT", ("ES-CT", "ES", "EU")),
        ("GB-WLS", ("GB-WLS", "GB-ENG", "GB")),
        ("GB-ENG", ("GB-ENG", "GB")),
        ("EU", ("EU",)),
    ],
)
def test_a_place_comes_before_what_it_inherits(code: str, expected: tuple[str, ...]) -> None:
    assert places_of_law(code, HOLDS) == expected


def test_it_stands_in_a_library(tmp_path: Path) -> None:
    written(
        tmp_path, "  - {law: EU, holds_in: [IE, NL], cite: Treaty 1}\n  - {law: XX, holds_in: NL, cite: Treaty 2}\n"
    )
    assert read_inheritance([tmp_path, tmp_path / "another"]) == {"IE": ("EU",), "NL": ("EU", "XX")}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{law: EU, holds_in: [Ireland], cite: T}", "`Ireland` is no jurisdiction"),
        ("{law: EU, cite: T}", "this law holds in no other place"),
        ("{law: EU, holds_in: [EU], cite: T}", "`EU` inherits itself"),
        ("{law: EU, holds_in: [IE]}", "an entry of `inheritance` has no `cite`"),
        ("{law: EU, holds_in: [IE], cite: T, until: 2020-01-01}", "an entry of `inheritance` has no key `until`"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, entry: str, problem: str) -> None:
    written(tmp_path, f"  - {entry}\n")
    with pytest.raises(InvalidInput) as caught:
        read_inheritance([tmp_path])
    assert problem in [found.message for found in caught.value.problems]


def written(folder: Path, entries: str) -> None:
    (folder / "common").mkdir()
    (folder / "common" / "inheritance.yaml").write_text(FILE + entries)


RULE: Final = """\
rules:
  - {id: one, title: t, cite: Law 2, strength: prohibition, governs: {kind: contact}, when: 'debtor.minor',
     examples: [{story: s, expect: allow}, {story: s, expect: deny}]}
"""
ANSWER: Final = """\
answers:
  - {id: one, asks: licence, kind: statement, title: t, cite: Law 1, gives: {licence_required: true},
     examples: [{story: s, expect: {licence_required: true}}]}
"""


REST: Final = (
    "title: a law\nversion: '1'\nsource: https://law.example/1\nsince: 2000-01-01\nverify_by: 2030-01-01\n"
    "verified: {date: 2026-01-01, against: the text, confidence: high}\n"
)
CASE: Final[dict[str, Any]] = {
    "jurisdiction": "IE",
    "record": "complete",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer"}],
    "debtor": {"time_zone": "Europe/Dublin"},
}


@pytest.fixture
def decide(tmp_path: Path) -> Any:
    """A contact and a question in IE, where EU law holds."""

    def decided(**texts: str) -> tuple[str, Any]:
        written(tmp_path, "  - {law: EU, holds_in: [IE], cite: Treaty 1}\n")
        for code, text in texts.items():
            head = f"ruleset: {code}\njurisdiction: {code.upper()}\n{REST}"
            (tmp_path / f"{code}.yaml").write_text(head + text)
        advisor = Advisor(Rulebook([tmp_path], load_plugins().language), today=date(2026, 3, 10))
        act = {"action": {"kind": "contact", "channel": "letter", "at": "2026-03-10"}}
        verdict = advisor.check(case_from_mapping({**CASE, **act}))
        answer = advisor.answer(case_from_mapping({**CASE, "ask": {"what": "licence", "at": "2026-03-10"}}))
        return verdict.decision, answer.values

    return decided


def test_what_is_inherited_answers_a_question(decide: Any) -> None:
    assert decide(ie=RULE, eu=ANSWER)[1] == {"licence_required": True}


def test_no_topic_is_missed_of_law_that_is_inherited(law: Any) -> None:
    topics = topics_of(law.language)
    asked = Rulebook.holding([law.ruleset("kind: permission", name="ie.law", jurisdiction="IE")], law.language, topics)
    asked._inheritance = {"IE": ("EU",)}  # noqa: SLF001  # as the file of a folder says it
    expected = asked.law("IE", "contact", "letter", date(2026, 3, 10).toordinal()).expected
    assert {topic.place for topic in expected.topics} == {"IE"}


def test_a_court_of_which_only_an_inherited_law_knows_is_not_the_only_one(tmp_path: Path) -> None:
    written(tmp_path, "  - {law: EU, holds_in: [IE], cite: Treaty 1}\n")
    block = (
        "answers:\n  - {id: one, asks: court_route, kind: court, title: t, cite: Law 1, route: small_claims,\n"
        "     currency: EUR, when: 'case.jurisdiction == EU', examples: [{story: s, expect: {}}]}\n"
    )
    (tmp_path / "eu.yaml").write_text(f"ruleset: eu\njurisdiction: EU\n{REST}{block}")
    asked = {**CASE, "debts": [{**CASE["debts"][0], "amount": "1.00", "currency": "EUR"}]}
    advisor = Advisor(Rulebook([tmp_path], load_plugins().language), today=date(2026, 3, 10))
    answer = advisor.answer(case_from_mapping({**asked, "ask": {"what": "court_route", "at": "2026-03-10"}}))
    assert not answer.values
    assert answer.open == ("none of the law that is encoded about court route applies to this case",)
    assert not answer.rulesets


def test_what_is_inherited_is_no_law_of_the_place(decide: Any) -> None:
    assert decide(eu=RULE)[0] == "review"


def test_answers_alone_are_no_law_about_an_act(decide: Any) -> None:
    assert decide(ie=ANSWER, eu=RULE)[0] == "review"
