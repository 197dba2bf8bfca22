"""The vocabulary as it is told: all of the schema, and what reading a case really accepts."""

from __future__ import annotations

import pytest

from collectrules.case import glossary
from collectrules.case.glossary import Key, NoSuchFact, Object
from collectrules.case.reading import case_from_mapping
from collectrules.case.schema import schema
from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput


def key(path: str, *channels: str) -> Key:
    found = glossary.find(path, channels)
    assert isinstance(found, Key)
    return found


def test_every_key_of_every_object_is_told() -> None:
    told = {thing.name: [key.name for key in thing.keys] for thing in glossary.objects()}
    for name, definition in schema()["$defs"].items():
        if "properties" in definition and name not in ("file", "single_case", "value"):
            keys = [key for key, each in definition["properties"].items() if not each.get("deprecated")]
            assert told.pop(name) == keys
    assert not told
    assert all(key.takes for thing in glossary.objects() for key in thing.keys)


@pytest.mark.parametrize(
    ("path", "takes", "absent"),
    [
        ("debt.kind", "one word", ""),
        ("debt.amount", "an amount, as '8400.00'", "unknown, even in a complete record"),
        ("debt.in_default_since", "a date, as '2026-03-02'", "as `due`"),
        ("debt.paid", "true or false", "no, but unknown where `amount` is 0.00"),
        ("debt.settled", "true or false", "no"),
        ("event.form", "one word", "written"),
        ("event.debts", "a list, each the id of a debt of the case", "every debt of the case; in a partial record too"),
        ("event.places", "a list of such words", "none is stated"),
        ("action.content", "a list of such words", "lawful in every respect"),
        ("debtor.attorney", "`attorney`", "none is stated"),
        ("case.debts", "a list, each `debt`", ""),
        ("case.history", "a list, each `event` or `contact`", ""),
    ],
)
def test_what_a_key_takes_and_what_its_absence_means(path: str, takes: str, absent: str) -> None:
    assert (key(path).takes, key(path).absent) == (takes, absent)


def test_where_an_object_stands() -> None:
    within = {thing.name: thing.within for thing in glossary.objects()}
    assert within["period"] == ("debtor.convenient", "debtor.inconvenient", "consent.times")
    assert within["event"] == within["contact"] == ("case.history",)
    assert within["case"] == ()


def test_a_channel_of_a_plugin_is_a_word() -> None:
    assert "fax" not in key("action.channel").words
    assert "fax" in key("action.channel", "fax", "phone").words
    assert key("action.channel", "fax", "phone").words.count("phone") == 1
    assert "fax" not in key("debt.kind", "fax").words


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("debts", "there is no object `debts`, and no key has to do with it\n    did you mean `debt`?"),
        ("xyzzy", "there is no object `xyzzy`, and no key has to do with it\n    there are case, collector, "),
        ("debt.knd", "`debt` has no key `knd`\n    did you mean `kind`?"),
        ("debt.xyzzy", "`debt` has no key `xyzzy`\n    `collectrules facts debt` lists its keys"),
    ],
)
def test_a_name_that_is_none(name: str, message: str) -> None:
    with pytest.raises(NoSuchFact) as raised:
        glossary.find(name)
    assert str(raised.value).startswith(message)


def test_an_event_takes_the_keys_that_are_told_and_no_others() -> None:
    event = glossary.find("event")
    assert isinstance(event, Object)
    assert set(event.forms) == set(catalogue().events)
    values = {"signed": True, "form": "written", "channel": "letter", "places": ["work"], "free_of_charge": True}
    for name, keys in event.forms.items():
        for given, value in values.items():
            case = {
                "jurisdiction": "US",
                "collector": {"role": "creditor"},
                "debts": [{"id": "A", "kind": "consumer"}],
                "history": [{"at": "2026-04-01", "event": name, given: value}],
                "action": {"kind": "contact", "at": "2026-04-02"},
            }
            if given in keys:
                case_from_mapping(case)
            else:
                with pytest.raises(InvalidInput):
                    case_from_mapping(case)
