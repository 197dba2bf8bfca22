"""House policies: they bind where they say, tighten, and are no law of any place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.law.coverage import coverage
from collectrules.law.rulebook import Rulebook
from collectrules.law.topics import NO_TOPICS

if TYPE_CHECKING:
    from pathlib import Path

POLICY: Final = """\
policy: house.evenings
title: quiet evenings
version: '1'
since: 2026-01-01
{where}
rules:
  - id: no_evening_calls
    title: no calls after seven
    cite: house manual 4.2
    strength: house_policy
    governs: {{kind: contact, channel: phone}}
    when: outside_hours(action, 08:00, 19:00)
    examples:
      - story: at noon
        jurisdiction: US-NY
        collector: {{role: third_party}}
        debts: [{{id: A, kind: consumer}}]
        debtor: {{time_zone: America/New_York}}
        action: {{kind: contact, channel: phone, at: 2026-04-08T12:00}}
        expect: allow
      - story: at eight
        jurisdiction: US-NY
        collector: {{role: third_party}}
        debts: [{{id: A, kind: consumer}}]
        debtor: {{time_zone: America/New_York}}
        action: {{kind: contact, channel: phone, at: 2026-04-08T20:00}}
        expect: deny
"""
LAW: Final = """\
ruleset: {id}
title: a law
jurisdiction: {place}
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {{date: 2026-01-01, against: the text, confidence: high}}
verify_by: 2030-01-01
rules:
  - id: minors
    title: minors
    cite: Law 1
    strength: prohibition
    governs: {{kind: contact}}
    when: debtor.minor
    examples:
      - {{story: of age, action: {{kind: contact, at: 2026-04-08}}, expect: allow}}
      - {{story: a minor, debtor: {{minor: true}}, action: {{kind: contact, at: 2026-04-08}}, expect: deny}}
"""


@pytest.fixture
def decide(law: Any, tmp_path: Path) -> Any:
    def decided(policy: str, *, at: str, place: str = "US-NY") -> str:
        folder = tmp_path / "ours"
        (folder / "us" / "federal").mkdir(parents=True, exist_ok=True)
        (folder / "house").mkdir(exist_ok=True)
        (folder / "us" / "federal" / "law.yaml").write_text(LAW.format(id="us.federal.law", place="US"))
        for code in ("ny", "tx"):
            text = LAW.format(id=f"us.{code}", place=f"US-{code.upper()}")
            (folder / "us" / f"{code}.yaml").write_text(text)
        (folder / "house" / "evenings.yaml").write_text(policy)
        advisor = Advisor(Rulebook((folder,), law.language, NO_TOPICS), None, date(2026, 6, 1))
        return advisor.check(law.case(jurisdiction=place, action={"at": at})).decision

    return decided


def test_it_binds_everywhere(decide: Any) -> None:
    policy = POLICY.format(where="")
    assert decide(policy, at="2026-04-08T12:00") == "allow"
    assert decide(policy, at="2026-04-08T20:00") == "deny"
    assert decide(policy, at="2026-04-08T20:00", place="US-TX") == "deny"
    assert decide(policy, at="2025-04-08T20:00") == "allow", "before it began"


def test_it_binds_where_it_says(decide: Any) -> None:
    policy = POLICY.format(where="where: [US-TX]")
    assert decide(policy, at="2026-04-08T20:00", place="US-TX") == "deny"
    assert decide(policy, at="2026-04-08T20:00") == "allow"
    assert decide(POLICY.format(where="where: [US]"), at="2026-04-08T20:00") == "deny"


def test_it_is_no_law_of_any_place(law: Any, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    asks = POLICY.format(where="").replace("house_policy", "circumstances\n    question: is it right?")
    (tmp_path / "house" / "evenings.yaml").write_text(asks.replace("expect: deny", "expect: review"))
    book = Rulebook((tmp_path,), law.language)
    assert not any(policy.is_law for policy in book.rulesets())
    assert [policy.id for policy in book.rulesets()] == ["house.evenings"]
    assert coverage(book.rulesets(), book.topics, date(2026, 6, 1)) == ()
    verdict = Advisor(book, None, date(2026, 6, 1)).check(law.case(jurisdiction="US-NY"))
    assert verdict.decision == "review"
    assert verdict.not_encoded[:2] == (
        "US-NY: no law of this place is encoded",
        "US: no law of this place is encoded",
    )


def test_its_examples_are_run(tmp_path: Path) -> None:
    from collectrules.testing.examples import run_examples

    path = tmp_path / "evenings.yaml"
    path.write_text(POLICY.format(where=""))
    results = list(run_examples([path]))
    assert len(results) == 2
    assert all(result.ok for result in results), results
