"""The groups of a record: every fact and every event in one, and what a company may say of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from collectrules.case import groups
from collectrules.case.events import EVENT_KEYS
from collectrules.case.reading import case_from_mapping
from collectrules.case.records import IN_THE_CASE, Kept, check, lapses, whole_groups
from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput

OBJECTS = (
    *("endpoint", "attorney", "collector", "creditor", "debt", "debtor", "contact", "action", "opt_out"),
    *("assumed_name", "ask"),
)
CASE: dict[str, Any] = {
    "jurisdiction": "US",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer"}],
    "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"},
}
DAY = date(2026, 4, 8).toordinal()


def test_every_fact_that_can_be_unknown_belongs_to_a_group() -> None:
    for owner in OBJECTS:
        for name, field in catalogue().own_fields(owner).items():
            if not field.absence.structural:
                assert groups.group_of(owner, name) in groups.BY_ID


def test_an_object_without_a_group_has_nothing_that_can_be_unknown() -> None:
    for owner in ("period", "consent"):
        assert all(field.absence.structural for field in catalogue().own_fields(owner).values() if field.description)


def test_what_a_group_names_is_a_fact_and_in_no_other() -> None:
    named = Counter(fact for group in groups.GROUPS for fact in group.facts)
    assert set(named.values()) == {1}
    for fact in named:
        owner, _, name = fact.partition(".")
        assert name in catalogue().own_fields(owner)
    objects = Counter(name for group in groups.GROUPS for name in group.objects)
    assert set(objects.values()) == {1}


def test_every_event_belongs_to_one_group() -> None:
    assert Counter(event for group in groups.GROUPS for event in group.events) == Counter(list(EVENT_KEYS))


def test_what_is_the_same_as_another_fact_is_in_its_group() -> None:
    for owner in OBJECTS:
        for name, field in catalogue().own_fields(owner).items():
            if field.absence.kind == "same_as":
                other = catalogue().own_fields(owner)[field.absence.value]
                assert other.absence.structural or groups.group_of(owner, name) == groups.group_of(owner, other.name)


def test_a_case_calls_groups_of_its_own_whole() -> None:
    case = case_from_mapping({**CASE, "records": {"refusals": "whole", "contacts": "partial"}})
    kept = {"contacts": Kept("one log"), "attorneys": Kept("intake asks")}
    assert whole_groups(case, kept, DAY) == {"refusals": IN_THE_CASE, "attorneys": "intake asks"}
    assert case_from_mapping(case.to_mapping()) == case


@pytest.mark.parametrize("group", ["refusal", "debtor", ""])
def test_what_is_no_group_is_refused(group: str) -> None:
    with pytest.raises(InvalidInput):
        case_from_mapping({**CASE, "records": {group: "whole"}})
    with pytest.raises(InvalidInput):
        check({group: Kept("we know")})


def test_a_reason_is_needed() -> None:
    check({"refusals": Kept("we code them")})
    with pytest.raises(InvalidInput, match="has no reason"):
        check({"refusals": Kept("  ")})


@pytest.mark.parametrize(
    ("checked", "whole"),
    [("2026-03-09", True), ("2026-03-08", False), ("2026-04-08", True), ("2026-04-09", False)],
)
def test_a_check_holds_for_so_many_days(checked: str, *, whole: bool) -> None:
    case = case_from_mapping({**CASE, "checked_at": {"insolvency": checked}})
    kept = {"insolvency": Kept("a scrub", 30)}
    assert ("insolvency" in whole_groups(case, kept, DAY)) is whole
    assert "insolvency" not in whole_groups(case, {}, DAY)
    assert "insolvency" not in whole_groups(case, kept, None)
    assert lapses(case, kept) == {date.fromisoformat(checked).toordinal() + 31}


def test_a_check_that_is_not_dated_says_nothing() -> None:
    assert whole_groups(case_from_mapping(CASE), {"insolvency": Kept("a scrub", 30)}, DAY) == {}


def test_a_word_of_a_group_that_is_part_of_another_names_that_one() -> None:
    with pytest.raises(InvalidInput, match=r"`transfers` is no group of the record\n    did you mean `parties`\?"):
        check({"transfers": Kept("our invoices stay with us")})
