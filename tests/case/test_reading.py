"""The two readings of a case decide alike: plain JSON and Python values, and the same text with places."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case import format_1, reading, terms
from collectrules.case.keys import Absence, Fact, Keys
from collectrules.case.kinds import Refused, Setting, Words
from collectrules.case.objects import Case
from collectrules.case.reading import case_from_mapping, checked, parse_cases, read_cases
from collectrules.case.schema import schema
from collectrules.case.several import Several
from collectrules.case.values import node_of
from collectrules.case.vocabulary import field_of
from collectrules.ground import plain_json
from collectrules.ground.errors import InvalidInput, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Law

OPEN = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))
SMALL: dict[str, Any] = {
    "jurisdiction": "US",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer", "amount": "10.00", "currency": "USD"}],
    "debtor": {"time_zone": "America/New_York"},
    "history": [{"at": "2026-03-02", "channel": "phone", "direction": "outbound", "times": 2, "debts": ["A"]}],
    "action": {"kind": "contact", "at": "2026-03-03T10:00", "channel": "phone"},
}

VALUES: tuple[Any, ...] = (
    *(
        "",
        "x",
        "A",
        "Z",
        "phone",
        "fax",
        "2026-03-02",
        "2026-02-30",
        "2026-03-08T02:30",
        "0000-01-01",
        "24:00",
        "8400.00",
    ),
    *(
        "US-TX",
        "true",
        "America/Chicago",
        "America/Nowhere",
        "attorney_notice",
        "outbound",
        "\ud800",
        "\u00e9",
        "\u0663",
    ),
    *(True, False, None, 0, 1, -1, 1.0, 2.5, 10**14, 10**15, 10**30, float("nan"), float("inf")),
    *([], ["A"], ["A", "A"], ["Z"], ["America/Chicago", "Europe/London"], [[]], {}, {"A": "debtor"}, {"Z": "x"}),
)
PYTHON_VALUES: tuple[Any, ...] = (
    *(date(2026, 3, 2), datetime(2026, 3, 2, 10), datetime(2026, 3, 2, 10, 0, 0, 3), time(8), time(8, 0, 3)),  # noqa: DTZ001
    *(Decimal(3), Decimal("3.123"), Decimal("NaN"), Decimal("1E+30"), ("A",), {1: 2}, {"A"}, b"x", object()),
)
SCRAPS = (
    *(
        '"',
        ",",
        "{",
        "}",
        "[",
        "]",
        ":",
        " ",
        "\n",
        "\t",
        "\x00",
        "\x7f",
        "\x85",
        "\uffff",
        "\\ud800",
        "\\u0000",
        "NaN",
    ),
    *(
        "Infinity",
        "1e5",
        "01",
        "-",
        "9" * 5000,
        '"jurisdiction": "US",',
        '"x": 1, "x": 2,',
        "\ufeff",
        "\u00e9",
        "//",
        "'",
    ),
)


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return [SMALL, *(case.to_mapping() for path in OPEN for case in read_cases(path).cases)]


def holders(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from holders(item)


class Damage:
    """Cases with a few values, keys or letters changed."""

    def __init__(self, seed: int, cases: list[dict[str, Any]], more: tuple[Any, ...] = ()) -> None:
        self.chance = random.Random(seed)
        self.cases = cases
        self.values = (*VALUES, *more)
        self.stated: dict[str, list[Any]] = {}
        for holder in holders(cases):
            for key, value in holder.items() if isinstance(holder, dict) else ():
                self.stated.setdefault(key, []).append(value)
        self.keys = [*sorted(self.stated), "colour", "", "version", "cases"]

    def value(self, key: str) -> Any:
        fitting = self.stated.get(key)
        return copy.deepcopy(self.chance.choice(fitting if fitting and self.chance.random() < 0.4 else self.values))

    def case(self) -> dict[str, Any]:
        case = copy.deepcopy(self.chance.choice(self.cases))
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            holder = self.chance.choice(list(holders(case)))
            what = self.chance.random()
            if isinstance(holder, list):
                at = self.chance.randrange(len(holder) + 1)
                holder[at : at + (what < 0.5)] = [self.value("")] if what < 0.8 else holder[at : at + 1] * 2
            elif what < 0.4 or not holder:
                key = self.chance.choice(self.keys)
                holder[key] = self.value(key)
            else:
                key = self.chance.choice(sorted(holder))
                if what < 0.8:
                    holder[key] = self.value(key)
                else:
                    del holder[key]
        return case

    def text(self) -> str:
        case = self.case()
        kind = self.chance.random()
        value = {"record": "partial", "cases": [case, self.case()]} if kind < 0.2 else case
        text = json.dumps(value, ensure_ascii=kind < 0.6, indent=self.chance.choice((None, 1, "\t")))
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            at = self.chance.randrange(len(text))
            text = text[:at] + self.chance.choice(("", *SCRAPS)) + text[at + self.chance.choice((0, 0, 1, 3)) :]
        return text


def by_nodes(mapping: dict[str, Any]) -> Any:
    kind = reading._AS_MAPPING if "version" in mapping else Case.KEYS  # noqa: SLF001
    return reading._read(format_1.with_facts(node_of(mapping, "case")), kind, Setting())  # noqa: SLF001


def outcome(read: Callable[..., Any], *given: Any) -> Any:
    try:
        return read(*given)
    except InvalidInput as error:
        return str(error)


def test_json_is_read_alike_with_and_without_places(
    cases: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage = Damage(20261129, cases)
    quick = 0
    for _ in range(1500):
        text = damage.text()
        name = damage.chance.choice(("x.json", "x.yaml"))
        without = outcome(parse_cases, text, name)
        with monkeypatch.context() as patched:
            patched.setattr(plain_json, "value", lambda _: None)
            assert without == outcome(parse_cases, text, name), text
            if not isinstance(without, str):
                quick += 1
                placed = parse_cases(text, name)
                assert [case.place for case in without.cases] == [case.place for case in placed.cases]
                assert [case.record for case in without.cases] == [case.record for case in placed.cases]
    # Both answers must be common, or the comparison would say little.
    assert 250 < quick < 1250


def test_a_mapping_is_read_alike_as_it_is_and_as_nodes(cases: list[dict[str, Any]]) -> None:
    damage = Damage(20261130, cases, PYTHON_VALUES)
    made = 0
    for _ in range(2000):
        mapping = damage.case()
        direct = outcome(case_from_mapping, mapping)
        nodes = outcome(by_nodes, mapping)
        assert direct == nodes, mapping
        made += not isinstance(direct, str)
    assert 350 < made < 1650


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"jurisdiction": "US"', '"jurisdiction": "GB", "jurisdiction": "US"', "CR006"),
        ('"id": "A"', '"id": "A", "id": "A"', "CR006"),
        ('"times": 2', '"times": NaN', "CR004"),
        ('"times": 2', '"times": ' + "9" * 5000, "CR014"),
        ('"times": 2', '"times": 1000000000000000', "CR014"),
        ('"times": 2', '"times": 2e0', "CR014"),
        ('"times": 2', '"times": 0', "CR016"),
        ('"jurisdiction": "US"', '"jurisdiction": "US", "note": "\\ud800"', "CR002"),
        ('"jurisdiction": "US"', '"jurisdiction": "US", "note": "\x7f"', "CR002"),
        ('"jurisdiction": "US"', '"jurisdiction": "US", "note": "\uffff"', "CR002"),
        ('"jurisdiction": "US"', '"jurisdiction": "US", "note": ' + "[" * 5000 + "]" * 5000, "CR008"),
        ('"jurisdiction": "US"', '"jurisdiction": "US", "note": ' + "[" * 200_000 + "]" * 200_000, "CR008"),
        ('"2026-03-03T10:00"', '"2026-03-08T02:30"', "CR022"),
        ('["A"]', '["B"]', "CR023"),
    ],
)
def test_what_the_library_takes_and_a_case_does_not(old: str, new: str, code: str) -> None:
    text = json.dumps(SMALL)
    assert old in text
    with pytest.raises(InvalidInput) as raised:
        parse_cases(text.replace(old, new), "x.json")
    assert code in {problem.code for problem in raised.value.problems}
    assert all(problem.place.line == 1 for problem in raised.value.problems)


def test_a_whole_number_may_have_a_point() -> None:
    read = parse_cases(json.dumps(SMALL).replace('"times": 2', '"times": 2.0'), "x.json")
    assert read == parse_cases(json.dumps(SMALL), "x.json")


def test_a_case_knows_where_it_stands() -> None:
    text = json.dumps({"suite": "{", "cases": [SMALL, {**SMALL, "id": "b"}], "record": "complete"}, indent=1)
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line == "  {"]
    assert [case.place for case in parse_cases(text, "x.json").cases] == [Place("x.json", line, 3) for line in lines]
    assert parse_cases(" \r\n\t" + json.dumps(SMALL), "x").cases[0].place == Place("x", 2, 2)


def test_friendly_errors_for_what_is_no_file() -> None:
    with pytest.raises(TypeError, match="a case file is named by text or a Path, but here is a dict"):
        read_cases(SMALL)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a case file is text, but here is a bytes"):
        parse_cases(b"{}", "x")  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="case: CR010 a case must be keys with values, but here is `x`"):
        case_from_mapping("x")  # type: ignore[arg-type]


# ---- cases that Python code made ---------------------------------------------------------------------------------


def test_a_case_that_was_read_is_not_read_again() -> None:
    case = case_from_mapping(SMALL)
    assert checked(case) is case
    (placed,) = parse_cases(json.dumps(SMALL), "x.json").cases
    assert checked(placed) is placed


def test_a_changed_case_is_held_against_the_format() -> None:
    case = case_from_mapping(SMALL)
    assert case.action is not None
    changed = replace(case, action=replace(case.action, channel="sms"))
    assert checked(changed) == changed
    assert checked(changed).action == changed.action
    for values, told in (
        ({"channel": "Phone"}, "case/action/channel: CR013 `channel` cannot be `Phone`\n    did you mean `phone`?"),
        ({"channel": 5}, "case/action/channel: CR013"),
        ({"at": "tomorrow"}, "case/action/at: CR014"),
        ({"at": None}, "case/action: CR012 the action needs `at`"),
        ({"amount": Decimal(3)}, "case/action/amount: CR012 the action with `amount` needs `currency`"),
        ({"debts": ("B",)}, "case/action/debts/0: CR023"),
    ):
        with pytest.raises(InvalidInput) as raised:
            checked(replace(case, action=replace(case.action, **values)))
        assert str(raised.value).startswith(told)
    fax = replace(case, action=replace(case.action, channel="fax"))
    assert checked(fax, channels={"fax"}).action == fax.action


def test_the_advisor_judges_no_case_that_no_file_could_hold(law: Law) -> None:
    advisor = law.advisor(law.ruleset("when: debtor.minor"))
    case = law.case()
    assert case.action is not None
    wrong = replace(case, action=replace(case.action, channel="Phone"))
    for ask in (advisor.check, advisor.explore, advisor.explain, advisor.answer):
        with pytest.raises(InvalidInput, match="`channel` cannot be `Phone`"):
            ask(wrong)
    advisor.check(replace(case, action=replace(case.action, channel="sms")))


# ---- facts that are declared at run time -------------------------------------------------------------------------


def test_an_object_may_be_declared_as_data() -> None:
    exempt = Fact("garnishment_exempt", terms.TRUTH, "the wage cannot be taken", Absence("unknown"))
    grounds = Fact("grounds", Several(Words("", "wage pension", {"wage": "salary"})), required=True)
    declared: Keys[dict[str, Any]] = Keys("facts", "the facts", [exempt, grounds], dict)
    assert declared.read({"garnishment_exempt": True, "grounds": ["wage"]}, Setting()) == {
        "garnishment_exempt": True,
        "grounds": ("wage",),
    }
    for wrong in ({}, {"grounds": ["salary"]}, {"grounds": [], "colour": 1}, {"grounds": [], "garnishment_exempt": 1}):
        with pytest.raises(Refused):
            declared.read(wrong, Setting())
    assert field_of(exempt).type == "bool"
    assert field_of(grounds).words == frozenset({"wage", "pension"})
    definitions: dict[str, Any] = {}
    assert declared.reference(definitions) == {"$ref": "#/$defs/facts"}
    assert definitions["facts"]["properties"]["grounds"]["items"]["enum"] == ["wage", "pension"]
    assert definitions["facts"]["properties"]["garnishment_exempt"]["x-absent"] == {"unknown": True}


def test_the_published_schema_is_whole() -> None:
    published = json.loads(json.dumps(schema()))
    named = {name for part in holders(published) if isinstance(part, dict) and (name := part.get("$ref"))}
    assert {name.removeprefix("#/$defs/") for name in named} == set(published["$defs"])
