"""`collectrules facts`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case import glossary

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


def test_the_objects_are_listed(run: Run) -> None:
    ran = run("facts")
    assert ran.code == 0
    assert "debt           30 keys  case.debts" in ran.out.splitlines()


def test_an_object_is_listed_with_its_keys(run: Run) -> None:
    ran = run("facts", "debt")
    assert ran.out.startswith(
        "debt: a debt, in case.debts\n  id (required): a text of up to 200 characters, as INV-1042\n"
    )
    assert "  paid: true or false\n      where absent: no, but unknown where `amount` is 0.00\n" in ran.out
    assert "  settled: true or false\n      where absent: no\n" in ran.out
    assert ran.out.endswith("\nwhere absent: in a complete record; in a partial one it is unknown\n")


def test_many_words_are_listed_with_their_key_alone(run: Run) -> None:
    assert "one word: 39 words, see `collectrules facts action.kind`" in " ".join(run("facts", "action").out.split())
    assert "send_statutory_demand" in run("facts", "action.kind").out


def test_what_each_event_may_have(run: Run) -> None:
    out = run("facts", "event").out
    assert "\n  payment: amount, currency, debts\n" in out
    assert "\n  attorney_notice: nothing more\n" in out


def test_no_line_is_longer_than_the_terminal(run: Run) -> None:
    names = [thing.name for thing in glossary.objects()]
    lines = [*run("facts").out.splitlines(), *run("facts", *names).out.splitlines()]
    assert len(lines) > 500
    assert [line for line in lines if len(line) > 80] == []


def test_json_is_one_thing_a_line(run: Run) -> None:
    (only,) = [json.loads(line) for line in run("facts", "--json", "debt.kind").out.splitlines()]
    assert only["words"] == ["consumer", "commercial"]
    assert only["required"] is True
    everything = [json.loads(line) for line in run("facts", "--json").out.splitlines()]
    assert len(everything) == len(glossary.objects())


def test_a_name_that_is_none_is_wrong_input(run: Run) -> None:
    ran = run("facts", "debt", "debt.knd")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err == "`debt` has no key `knd`\n    did you mean `kind`?\n"


def test_what_absence_means_is_told_in_words(run: Run) -> None:
    assert run("facts", "action.languages").out.splitlines()[-1] == "    where absent: en"


@pytest.mark.parametrize(
    ("word", "met"),
    [
        ("mobile", "action.channel: how; mobile is `phone`"),
        ("died", "debtor.deceased: dead"),
        ("zip", "address.postal_code: as it is written there"),
        ("freelancer", "debtor.kind: who owes; freelancer is `sole_trader`"),
    ],
)
def test_what_others_call_a_thing_is_found(run: Run, word: str, met: str) -> None:
    assert met in run("facts", word).out.splitlines()
