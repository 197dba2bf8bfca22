"""What holds of a channel that an act is like: no duty that a paper meets, and no promise that it would break."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import Advisor

if TYPE_CHECKING:
    from collectrules.case.objects import Case

NO_VISITS = {"at": "2026-02-01", "event": "opt_out", "channel": "visit", "scope": "channel"}
NOTICE = {
    "at": "2026-01-10",
    "channel": "letter",
    "direction": "outbound",
    "outcome": "mailed",
    "content": ["validation_notice"],
}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load()


def handed_over(advisor: Advisor, place: str, at: str, history: list[Any]) -> Case:
    """A paper that an agency hands over at the home."""
    return advisor.case(
        {
            "jurisdiction": place,
            "applicable_law": [place],
            "record": "complete",
            "collector": {"role": "third_party", "licensed": True},
            "debts": [{"id": "A", "kind": "consumer", "type": "services", "amount": "1200.00", "currency": "EUR"}],
            "debtor": {"time_zone": "America/New_York" if place == "US" else "Europe/Paris"},
            "history": history,
            "action": {"kind": "contact", "channel": "in_person", "at": at, "place": "home"},
        }
    )


@pytest.mark.parametrize(("place", "duty"), [("DE", "de.collection.first_letter"), ("FR", "letter_of_the_agency")])
def test_the_first_letter_may_be_handed_over(advisor: Advisor, place: str, duty: str) -> None:
    """A visit would miss the duty to write first; the paper is what is written."""
    by_day = handed_over(advisor, place, "2026-03-10T14:00", [])
    found = advisor.check(by_day)
    assert not [each.rule for each in found.findings if duty in each.rule]
    first = datetime.fromisoformat("2026-03-10T14:00+01:00")
    (slot,) = advisor.slots(by_day, first, first + timedelta(hours=1))
    assert slot.decision == found.decision == advisor.brief(by_day).decision == "allow"
    at_night = advisor.check(handed_over(advisor, place, "2026-03-10T23:30", []))
    assert at_night.decision == "review"
    assert not [each.rule for each in at_night.findings if duty in each.rule]


@pytest.mark.parametrize(("refused", "promised"), [([], True), ([NO_VISITS], False)])
def test_no_moment_is_promised_at_which_it_would_be_asked_about(
    advisor: Advisor, refused: list[Any], *, promised: bool
) -> None:
    """At night a paper is not handed over; by day it is, unless the debtor wants no visits."""
    case = handed_over(advisor, "US", "2026-03-10T23:30", [NOTICE, *refused])
    explored = advisor.explore(case)
    assert explored.decision == "deny"
    assert any(each.kind == "wait" for each in explored.alternatives) is promised
    assert (advisor.brief(case).next is not None) is promised
