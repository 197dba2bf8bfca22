"""What is encoded, counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.law.coverage import Extent, coverage
from collectrules.law.topics import NO_TOPICS, topics_of

if TYPE_CHECKING:
    from collectrules.law.model import Ruleset

TODAY: Final = date(2026, 6, 1)
WHEN: Final = "when: action.channel == phone"


def extent_of(covered: Any) -> tuple[int, int, int, int]:
    return covered.rules, covered.high, covered.medium, covered.low


def test_jurisdictions_stand_by_themselves_in_the_order_of_their_codes(law: Any) -> None:
    rulesets = [
        law.ruleset(WHEN, name="us.tx", jurisdiction="US-TX"),
        law.ruleset(WHEN, law.rule(WHEN, "two"), name="us.law"),
        law.ruleset(WHEN, name="us.other"),
    ]
    found = coverage(rulesets, NO_TOPICS, TODAY)
    assert [covered.jurisdiction for covered in found] == ["US", "US-TX"]
    assert [covered.extent.rules for covered in found] == [3, 1]
    assert found[0].rulesets == ("us.law", "us.other")


def test_law_of_several_jurisdictions_counts_for_each(law: Any) -> None:
    ruleset = law.ruleset(WHEN, name="gb.eng", jurisdiction="GB-ENG", more="also_in: [GB-WLS]")
    found = coverage([ruleset], topics_of(law.language), TODAY)
    assert [(covered.jurisdiction, covered.extent.rules) for covered in found] == [("GB-ENG", 1), ("GB-WLS", 1)]


COVERS: Final = """\
covers:
  - contact_hours
  - topic: closed_days
    nothing: yes
    cite: Law 2
    verified: {date: 2026-01-02, against: from memory, confidence: medium}
  - {topic: workplace, partly: yes, for: debtor.minor, channel: {any: yes}, since: 2021-01-01}
  - {topic: third_parties, verified: {date: 2026-01-02, against: a list, confidence: low}}
  - topic: charges
    nothing: yes
    for: others
    cite: Law 3
    verified: {date: 2026-01-02, against: the text, confidence: high}
  - {topic: representation, until: 2020-12-31}
"""


def test_a_topic_is_encoded_read_in_part_read_for_nothing_or_not_read(law: Any) -> None:
    (covered,) = coverage([law.ruleset(WHEN, more=COVERS)], topics_of(law.language), TODAY)
    standing = {name: topic.standing for name, topic in covered.topics.items()}
    assert standing["contact_hours"] == "encoded"
    assert standing["closed_days"] == "nothing"
    assert standing["workplace"] == "partly"
    assert standing["charges"] == "partly", "that there is no rule for some is not that there is none"
    assert standing["third_parties"] == "not read", "of low confidence"
    assert standing["representation"] == "not read", "no more in force"
    assert standing["contact_frequency"] == "not read"
    (cover,) = covered.topics["workplace"].covers
    assert (cover.whom, cover.channels, cover.since) == ("debtor.minor", ("any",), "2021-01-01")
    assert covered.topics["closed_days"].covers[0].from_memory


def test_how_sure_each_rule_is(law: Any) -> None:
    low = f"{WHEN}\nverified: {{date: 2025-01-01, against: a list, confidence: low}}"
    medium = f"{WHEN}\nverified: {{date: 2026-02-01, against: a note, confidence: medium}}"
    (covered,) = coverage([law.ruleset(WHEN, law.rule(low, "low"), law.rule(medium, "medium"))], NO_TOPICS, TODAY)
    assert extent_of(covered.extent) == (3, 1, 1, 1)
    assert covered.extent.verified == date(2025, 1, 1)


@pytest.mark.parametrize(("today", "overdue"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 1), (date(2027, 1, 2), 2)])
def test_what_is_due_first_and_how_much_is_past_its_day(law: Any, today: date, overdue: int) -> None:
    early = f"{WHEN}\nverify_by: 2026-03-01"
    (covered,) = coverage([law.ruleset(WHEN, law.rule(early, "early"), verify_by="2027-01-01")], NO_TOPICS, today)
    assert covered.extent.verify_by == date(2026, 3, 1)
    assert covered.extent.overdue == overdue


@pytest.mark.parametrize("status", ["draft", "pending"])
def test_what_is_not_in_force_counts_nowhere_and_is_named(law: Any, status: str) -> None:
    rulesets: list[Ruleset] = [law.ruleset(WHEN, more=f"status: {status}\ncovers: [contact_hours]")]
    (covered,) = coverage(rulesets, NO_TOPICS, TODAY)
    assert covered.extent == Extent(0, 0, 0, 0, 0, None, None, 0)
    assert not covered.topics
    assert not covered.rulesets
    assert covered.not_in_force == (f"us.law ({status})",)


def test_of_no_law_nothing_is_covered() -> None:
    assert coverage([], NO_TOPICS, TODAY) == ()
