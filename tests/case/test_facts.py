"""The catalogue says of every field of the schema what it is, and what its absence means."""

from __future__ import annotations

from typing import Any

import pytest

from collectrules.case.schema import schema
from collectrules.case.vocabulary import CONTACT, DERIVED, ENTRY_TYPES, EVENT, ROOTS, Absence, catalogue

SCHEMA: dict[str, Any] = schema()
OBJECTS = ("action", "attorney", "collector", "consent", "contact", "creditor", "debt", "debtor", "endpoint", "event")


def today(properties: dict[str, Any]) -> dict[str, Any]:
    """The keys of every case that rules ask about, without those that the first format had at this place."""
    asked = {key: each for key, each in properties.items() if "x-read-as" not in each}
    return {key: each for key, each in asked.items() if key != "facts" and not each.get("deprecated")}


@pytest.mark.parametrize("object_type", OBJECTS)
def test_every_field_of_the_schema_is_in_the_catalogue(object_type: str) -> None:
    assert set(catalogue().own_fields(object_type)) == set(today(SCHEMA["$defs"][object_type]["properties"]))


@pytest.mark.parametrize("object_type", OBJECTS)
def test_a_field_that_may_be_absent_says_what_that_means(object_type: str) -> None:
    required = set(SCHEMA["$defs"][object_type].get("required", ()))
    for name, field in catalogue().own_fields(object_type).items():
        if field.absence.kind == "unknown" and "x-absent" not in SCHEMA["$defs"][object_type]["properties"][name]:
            assert name in required, f"{object_type}.{name} may be absent and does not say what that means"


@pytest.mark.parametrize("object_type", OBJECTS)
def test_what_an_absence_refers_to_is_there(object_type: str) -> None:
    fields = catalogue().fields(object_type)
    for field in fields.values():
        if field.absence.kind == "same_as":
            assert fields[field.absence.value].type == field.type
        if field.absence.other is not None:
            name, word = field.absence.other
            words = fields[name].words
            assert word is None or (word in words if words is not None else fields[name].type == "money")
        if field.absence.kind == "is" and field.words is not None:
            value = field.absence.value
            assert set(value if isinstance(value, tuple) else (value,)) <= field.words


@pytest.mark.parametrize("object_type", sorted(ENTRY_TYPES))
def test_entries_have_what_is_computed_of_them(object_type: str) -> None:
    fields = catalogue().fields(object_type)
    assert {name: fields[name].type for name in DERIVED} == dict(DERIVED)


def test_a_contact_has_the_fields_of_an_action_and_the_words_of_both() -> None:
    fields = catalogue().fields(CONTACT)
    assert {"outcome", "leaves_voicemail", "channel"} <= set(fields)
    kinds = fields["kind"].words
    assert kinds is not None
    assert {"contact", "respond", "file_claim"} <= kinds
    assert "leaves_voicemail" not in catalogue().own_fields("contact")
    assert "leaves_voicemail" not in catalogue().fields(EVENT)


@pytest.mark.parametrize("root", sorted(ROOTS))
def test_every_root_is_an_object(root: str) -> None:
    assert catalogue().fields(ROOTS[root])


def test_an_object_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue().fields("debter")


def test_absences_are_read() -> None:
    debtor, contact = catalogue().fields("debtor"), catalogue().own_fields("contact")
    assert debtor["minor"].absence == Absence("is", value=False)
    assert debtor["kind"].absence.kind == "if_consumer"
    assert contact["outcome"].absence.value == ("busy", "not_in_service")
    assert contact["debts"].absence == Absence("all_debts", structural=True)


def test_words_that_are_meant_are_words() -> None:
    found = {name: definition["x-meant"] for name, definition in SCHEMA["$defs"].items() if "x-meant" in definition}
    assert found["enum_channel"]["text"] == "sms"
    for name, meant in found.items():
        words = set(SCHEMA["$defs"][name]["enum"])
        assert words.issuperset(meant.values())
        assert words.isdisjoint(meant)
        assert all(word == word.lower() and "-" not in word and " " not in word for word in meant)
