"""Asking about an act with one content after another gives what a check of each gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.terms import CONTENT
from collectrules.ground.errors import InvalidInput

ADVISOR = Advisor.load(today=date(2026, 11, 29))
HISTORY = [{"at": "2026-09-20T10:00", "channel": "letter", "direction": "outbound", "outcome": "sent"}]
WORDS = st.sets(st.sampled_from(sorted(CONTENT.words)), max_size=6)


CURRENCIES = {"GB-ENG": "GBP", "DE": "EUR", "AU-NSW": "AUD"}


def _stated(place: str, channel: str, record: str, kind: str) -> dict[str, Any]:
    owed = {"amount": "1840.00", "currency": CURRENCIES.get(place, "USD")}
    return {
        "version": 2,
        "jurisdiction": place,
        "record": record,
        "collector": {"role": "third_party", "principal_purpose_collection": True},
        "debtor": {"kind": "natural_person"},
        "debts": [{"id": "A", "kind": "consumer", **owed, "due": "2026-08-31"}],
        "history": HISTORY,
        "action": {"kind": kind, "channel": channel, "at": "2026-11-24T10:00", "intends_to_act": False},
    }


@given(
    st.sampled_from(["US-TX", "US-MA", "GB-ENG", "DE", "AU-NSW"]),
    st.sampled_from(["letter", "email", "phone", "whatsapp"]),
    st.sampled_from(["complete", "partial"]),
    st.sampled_from(["contact", "threaten_claim"]),
    st.lists(WORDS, min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_it_decides_as_a_check_does(place: str, channel: str, record: str, kind: str, contents: list[set[str]]) -> None:
    case = ADVISOR.case(_stated(place, channel, record, kind))
    assert case.action is not None
    asking = ADVISOR.contents(case)
    for words in contents:
        ruling = asking.ruling(frozenset(words))
        verdict = ADVISOR.check(case.but(action=case.action.but(content=tuple(sorted(words)))))
        assert ruling.decision == verdict.decision
        told = sorted({f"{each.rule}: {each.citation or each.sentence}" for each in verdict.findings})
        if channel != "whatsapp":  # what laws may mean by it is told in other words
            assert sorted(ruling.voices.values()) == told


def test_a_question_has_no_act_whose_content_could_be_another() -> None:
    stated = _stated("US-TX", "letter", "complete", "contact")
    del stated["action"]
    stated["ask"] = {"what": "limitation", "at": "2026-11-24"}
    with pytest.raises(InvalidInput, match="neither what is to be done"):
        ADVISOR.contents(ADVISOR.case(stated))
