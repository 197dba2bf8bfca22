"""Facts in conditions, and the three values that a condition may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    Law = Any


# ---- facts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "settled", "known"),
    [
        # stated
        ("action.channel == phone", True, True),
        ("action.channel == letter", False, False),
        ("action.channel != letter", True, True),
        ("action.channel in [letter, phone]", True, True),
        ("action.channel not in [letter, phone]", False, False),
        ("action.channel is given", True, True),
        ("action.channel is absent", False, False),
        # absent, with a value for complete records
        ("action.to == debtor", True, None),
        ("action.to != debtor", False, None),
        ("action.to is given", False, None),
        ("action.to is absent", True, None),
        ("debtor.minor", False, None),
        ("not debtor.minor", True, None),
        ("debtor.minor == true", False, None),
        # absent, known not to be stated: equal to nothing, without order
        ("action.visible_to == contacts", False, None),
        ("action.visible_to != contacts", True, None),
        ("action.visible_to in [contacts]", False, None),
        ("action.visible_to not in [contacts]", True, None),
        ("action.accepted_on == 2026-01-01", False, None),
        ("action.accepted_on != 2026-01-01", True, None),
        ("action.accepted_on < 2026-01-01", None, None),
        ("action.accepted_on >= 2026-01-01", None, None),
        ("action.accepted_on == action.notice_on", False, None),
        ("action.accepted_on != action.notice_on", True, None),
        ("action.accepted_on < action.notice_on", None, None),
        ("action.marked_disputed", None, None),
        ("action.heard_by has third_party", False, None),
        # absent, unknown even in a complete record
        ("action.place == work", None, None),
        ("action.place is absent", True, None),
        # nothing that a case could state of an act before it is done
        ("action.outcome not in [busy, not_in_service]", True, True),
        ("action.outcome == busy", False, False),
        ("action.outcome == voicemail", None, None),
        ("action.consented", False, False),
        ("action.consented is absent", True, True),
        # absent, and its absence says something in every record
        ("action.person == sister", False, False),
        ("action.person is absent", True, True),
        # absent: what another field says
        ("action.disclosure_languages has en", True, None),
        # one value where another field has its value, and then of a partial record too, else unknown
        ("collector.principal_purpose_collection", True, True),
        ("debtor.kind == natural_person", True, None),
        # content of which nothing is told is lawful in every respect
        ("action.content has obscenity", False, None),
        ("action.content lacks opt_out_notice", False, None),
        ("action.content has any [obscenity, profanity]", False, None),
        ("action.content only [debt_information]", True, None),
        ("action.content overlaps action.content", False, None),
        # objects that are absent
        ("debtor.attorney.name_known", False, None),
        ("debtor.attorney.readily_ascertainable", None, None),
        ("debtor.attorney is absent", True, None),
        # derived
        ("action.day == 2026-04-08", True, True),
        ("action.weekday == wed", True, True),
        ("action.minute >= 10:00", True, True),
        ("action.minute > 10:00", False, False),
        ("action.minute == 600", True, True),
    ],
)
def test_a_fact_in_a_complete_and_in_a_partial_record(law: Law, text: str, settled: Any, known: Any) -> None:
    assert law.value(text) is settled
    assert law.value(text, "as_stated") is known


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("action.content has debt_information", True),
        ("action.content has obscenity", False),
        ("action.content lacks obscenity", True),
        ("action.content lacks debt_information", False),
        ("action.content has any [obscenity, debt_information]", True),
        ("action.content has any [obscenity, profanity]", False),
        ("action.content only [debt_information, payment_request]", True),
        ("action.content only [payment_request]", False),
        ("action.content overlaps action.content", True),
    ],
)
def test_lists_that_are_stated(law: Law, text: str, truth: bool) -> None:
    for mode in ("if_complete", "as_stated"):
        assert law.value(text, mode, action={"content": ["debt_information"]}) is truth


@pytest.mark.parametrize(("amount", "truth"), [("99.99", True), ("100.00", False), ("100.01", False)])
def test_money_is_compared_exactly(law: Law, amount: str, truth: bool) -> None:
    debts = [{"id": "A", "kind": "consumer", "amount": amount, "currency": "USD"}]
    assert law.value("any(all_debts where amount < 100)", debts=debts) is truth
    assert law.value("any(all_debts where amount < '100.00')", debts=debts) is truth


# ---- three values --------------------------------------------------------------------------------------------------

TRUE, FALSE, UNKNOWN = "action.channel == phone", "action.channel == letter", "action.place == work"


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        (f"{TRUE} and {TRUE}", True),
        (f"{TRUE} and {FALSE}", False),
        (f"{UNKNOWN} and {FALSE}", False),
        (f"{FALSE} and {UNKNOWN}", False),
        (f"{UNKNOWN} and {TRUE}", None),
        (f"{TRUE} or {UNKNOWN}", True),
        (f"{UNKNOWN} or {TRUE}", True),
        (f"{UNKNOWN} or {FALSE}", None),
        (f"{FALSE} or {FALSE}", False),
        (f"not {UNKNOWN}", None),
        (f"not ({FALSE})", True),
        ("true", True),
        ("not true", False),
    ],
)
def test_unknown_is_a_truth_of_its_own(law: Law, text: str, truth: Any) -> None:
    assert law.value(text) is truth
