"""What an act says, claims and threatens: the words of `content` that come of it, and what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.case.sayings import Content, unfolded
from collectrules.case.terms import CLAIMED, CONTENT, SAYS, THREATENED
from collectrules.ground.errors import InvalidInput

ADVISOR = Advisor.load(today=date(2026, 11, 29))
SAID = ["collector_disclosure", "says_debt_collector", "debt_information"]


def _stated(**act: Any) -> dict[str, Any]:
    return {
        "version": 2,
        "jurisdiction": "US-TX",
        "record": "complete",
        "collector": {"role": "third_party", "principal_purpose_collection": True},
        "debtor": {"kind": "natural_person", "time_zone": "America/Chicago"},
        "debts": [{"id": "A", "kind": "consumer", "amount": "1840.00", "currency": "USD", "due": "2026-08-31"}],
        "history": [
            {"at": "2026-09-20T10:00", "channel": "letter", "direction": "outbound", "first_contact": True},
            {"at": "2026-09-20", "event": "validation_notice_sent", "channel": "letter"},
        ],
        "action": {"kind": "contact", "channel": "letter", "at": "2026-11-24T10:00", **act},
    }


SUIT = {"what": "suit", "lawful": True}


@pytest.mark.parametrize(
    ("act", "content", "unclear", "decision"),
    [
        ({}, (), (), "allow"),
        ({"claims": [{"to_be": "attorney", "true": False}]}, ("claims_attorney_false",), (), "deny"),
        ({"claims": [{"to_be": "attorney", "true": True}]}, (), (), "allow"),
        ({"claims": [{"to_be": "attorney"}]}, (), ("claims_attorney_false",), "review"),
        ({"threatens": [{"what": "violence"}]}, ("threat_violence",), (), "deny"),
        ({"threatens": [{"what": "arrest", "lawful": False}]}, ("threat_arrest_unlawful",), (), "deny"),
        ({"threatens": [{**SUIT, "intended": False}]}, ("threat_action_not_intended",), (), "deny"),
        ({"threatens": [{"what": "suit", "lawful": False}]}, ("threat_action_not_intended",), (), "deny"),
        ({"threatens": [{**SUIT, "intended": True}]}, ("intends_specified_remedy",), (), "allow"),
        ({"threatens": [SUIT], "intends_to_act": True}, ("intends_specified_remedy",), (), "allow"),
        ({"threatens": [SUIT]}, (), ("intends_specified_remedy", "threat_action_not_intended"), "review"),
        ({"unclear": ["profanity"]}, (), ("profanity",), "review"),
        ({"unclear": ["debt_information"]}, (), (), "allow"),  # it is said
    ],
)
def test_what_is_claimed_and_threatened_is_what_rules_ask_about(
    act: dict[str, Any], content: tuple[str, ...], unclear: tuple[str, ...], decision: str
) -> None:
    case = ADVISOR.case(_stated(says=SAID, **act))
    assert case.action is not None
    assert (case.action.content, case.action.unclear or ()) == ((*SAID, *content), unclear)
    assert ADVISOR.check(case).decision == decision
    assert ADVISOR.case(case.to_mapping()) == case


def test_what_must_be_said_and_perhaps_is_not_is_for_a_person() -> None:
    assert ADVISOR.check(ADVISOR.case(_stated(says=["debt_information"]))).decision == "deny"
    perhaps = _stated(says=["debt_information"], unclear=["collector_disclosure"])
    verdict = ADVISOR.explore(ADVISOR.case(perhaps))
    assert verdict.decision == "review"
    assert [each.fact for each in verdict.unknown] == ["action.unclear"]
    assert "collector disclosure" in verdict.unknown[0].question


@given(st.lists(st.sampled_from(CONTENT.words), unique=True))
def test_the_words_of_format_1_are_the_same_words_again(content: list[str]) -> None:
    action = case_from_mapping(_stated(**unfolded(content))).action
    assert action is not None
    assert set(action.content or ()) == set(content)
    assert not action.unclear


@given(
    st.lists(st.fixed_dictionaries({"to_be": st.sampled_from(CLAIMED.words)}, optional={"true": st.booleans()})),
    st.lists(
        st.fixed_dictionaries(
            {"what": st.sampled_from(THREATENED.words)}, optional={"lawful": st.booleans(), "intended": st.booleans()}
        )
    ),
)
def test_to_state_more_never_leaves_more_open(claims: list[dict[str, Any]], threatens: list[dict[str, Any]]) -> None:
    def unclear(stated: dict[str, Any]) -> set[str]:
        action = case_from_mapping(_stated(**stated)).action
        assert action is not None
        return set(action.unclear or ())

    less = unclear({"says": [], "claims": claims, "threatens": threatens})
    fuller = [{"lawful": True, "intended": True, **each} for each in threatens]
    assert unclear({"says": [], "claims": claims, "threatens": fuller}) <= less


def test_every_word_is_said_claimed_or_threatened() -> None:
    for word in CONTENT.words:
        stated = unfolded([word])
        assert (word in SAYS.words) is bool(stated["says"])
        assert sum(map(len, stated.values())) == 1


@pytest.mark.parametrize("word", sorted(set(CONTENT.words) - set(SAYS.words)))
def test_a_claim_or_threat_among_what_is_said_is_told_where_it_belongs(word: str) -> None:
    (key,) = {"claims", "threatens"} & unfolded([word]).keys()
    with pytest.raises(InvalidInput, match=f"write it under `{key}`"):
        case_from_mapping(_stated(says=[word]))


def test_words_that_are_said_are_not_said_perhaps() -> None:
    assert Content(["profanity"], ["profanity", "obscenity"]).perhaps == {"obscenity"}


def test_a_contact_of_the_history_says_so_too() -> None:
    stated = _stated()
    stated["history"][0] |= {"says": ["debt_information"], "threatens": [{"what": "violence"}]}
    case = ADVISOR.case(stated)
    assert case.history is not None
    assert case.history[0].content == ("debt_information", "threat_violence")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["says", "claims", "threatens", "unclear"])
def test_rules_ask_about_content_alone(name: str) -> None:
    from collectrules.case.vocabulary import catalogue

    assert name not in catalogue().fields("contact")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        ({"claims": []}, "the action with `claims` needs `says`"),
        ({"unclear": ["profanity"]}, "the action with `unclear` needs `content` or `says`"),
        ({"says": [], "content": []}, "the action has `content` and `says`"),
        ({"says": ["threat_violence"]}, "cannot be `threat_violence`"),
    ],
)
def test_what_does_not_go_together_is_told(act: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        case_from_mapping(_stated(**act))
