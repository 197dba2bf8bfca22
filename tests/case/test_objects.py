"""Cases: every field of the schema, nothing that the schema refuses, and never another error than `InvalidInput`."""

from __future__ import annotations

import copy
import io
import json
import pickle
import types
import typing
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.case.conftest import OPEN, RICH, SMALL

from collectrules.case import history, objects
from collectrules.case.declaring import Facts
from collectrules.case.keys import Keys
from collectrules.case.objects import NO_FIGURE, Action, Contact, Event, NoFigure
from collectrules.case.reading import case_from_mapping, parse_cases, read_cases
from collectrules.ground.errors import InvalidInput, Place

if TYPE_CHECKING:
    from pathlib import Path

CLASSES: dict[str, type[Any]] = {made.KEYS.name: made for made in Facts.__subclasses__()}


def changed(path: str, value: object) -> dict[str, Any]:
    mapping = copy.deepcopy(RICH)
    *steps, last = path.split(".")
    inner: Any = mapping
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    inner[int(last) if last.isdigit() else last] = value
    return mapping


def wrong(mapping: Mapping[str, object]) -> str:
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(mapping)
    return str(caught.value)


HINTED = {"Mapping": Mapping, "Keys": Keys, "Place": Place, "ClassVar": typing.ClassVar, "Literal": typing.Literal}
HINTED |= {"Any": Any, "date": date, "datetime": datetime, "Decimal": Decimal}


def hints_of(made: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(made, vars(objects) | vars(history) | HINTED)
    return {each.name: hints[each.name] for each in fields(made)}


def conforms(value: object, hint: Any) -> bool:
    """Whether a value is of the type that is written for its field, all the way down."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(conforms(value, each) for each in inner)
    if origin is typing.Literal:
        return value in inner
    if origin is tuple:
        return isinstance(value, tuple) and all(conforms(each, inner[0]) for each in value)
    if origin is not None:
        texts = inner[-1] is not Any  # facts of laws may be anything
        return isinstance(value, dict) and all(
            isinstance(name, str) and (not texts or isinstance(each, str)) for name, each in value.items()
        )
    return type(value) is hint


def assert_typed(made: object) -> None:
    for name, hint in hints_of(type(made)).items():
        value = getattr(made, name)
        assert conforms(value, hint), (type(made).__name__, name, value)
        for each in value if isinstance(value, tuple) else (value,):
            if type(each) in CLASSES.values():
                assert_typed(each)


# ---- fields ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_what_is_absent_is_none_and_what_is_required_has_no_default(name: str) -> None:
    required = CLASSES[name].KEYS.required
    given = dict.fromkeys(required, "x")
    made = CLASSES[name](**given)
    assert all(not getattr(made, each.name) for each in fields(made) if each.name not in given)
    for key in required:
        assert getattr(CLASSES[name](**given | {key: None}), key) is None
        with pytest.raises(TypeError, match=f"needs {key}"):
            CLASSES[name](**{other: "x" for other in required if other != key})
    with pytest.raises(TypeError, match="has no colour"):
        CLASSES[name](**given, colour="red")


def test_every_kind_of_field_is_read_into_its_type() -> None:
    case = case_from_mapping(RICH)
    assert_typed(case)
    assert case.debts[0].amount == Decimal("8400.00")
    assert case.debts[0].due == date(2026, 1, 31)
    assert case.debts[0].paid is None
    assert case.debts[1].disputed is True
    assert case.collector.licensed is False
    assert case.debtor is not None
    assert case.debtor.time_zone == ("America/New_York", "America/Denver")
    assert case.debtor.inconvenient is not None
    assert (case.debtor.inconvenient[0].from_, case.debtor.inconvenient[0].to) == (480, 1440)
    assert case.history is not None
    call, mail, designation, payment = case.history
    assert isinstance(call, Contact)
    assert (call.at, call.times, call.discussed_debts, call.raised_by) == (date(2026, 3, 1), 3, (), {"A": "debtor"})
    assert isinstance(mail, Contact)
    assert (mail.from_, mail.to) == ("spouse", None)
    assert isinstance(designation, Event)
    assert (designation.at, designation.from_) == (datetime(2026, 3, 2, 8, 0, 30), 900)  # noqa: DTZ001  a wall clock
    assert isinstance(payment, Event)
    assert payment.at == datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert case.action is not None
    assert case.action.at == datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
    assert case.expect is not None
    assert case.expect.earliest == (date(2026, 3, 4), date(2026, 3, 5))
    assert case.expect.value is not None
    assert case.expect.value.annual_rate is NO_FIGURE
    assert isinstance(case.expect.value.annual_rate, NoFigure)


def test_a_case_is_frozen_equal_by_value_and_shows_what_is_there() -> None:
    case, same = case_from_mapping(RICH), case_from_mapping(RICH)
    assert case == same
    assert hash(case) == hash(same)
    assert case != replace(case, record="complete")
    assert case != 1
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301
    assert copy.deepcopy(case) == case
    assert repr(Action(kind="contact", at=date(2026, 3, 2))) == ("Action(kind='contact', at=datetime.date(2026, 3, 2))")
    with pytest.raises(FrozenInstanceError):
        case.note = "x"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del case.note


# ---- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OPEN, ids=[path.name for path in OPEN])
def test_the_open_cases_are_read_and_come_back(path: Path) -> None:
    file = read_cases(path)
    assert file.cases
    assert isinstance(file.as_of, date) is ("\nas_of:" in path.read_text("utf-8"))  # a file need not say its day
    for case in file.cases:
        assert_typed(case)
        assert case.whole
        assert case.place is not None
        assert case.place.path == str(path)
        mapping = case.to_mapping()
        assert case_from_mapping(json.loads(json.dumps(mapping))) == case
        assert parse_cases(json.dumps(mapping, indent="\t"), "x.json").cases == (case,)


def test_to_mapping_is_what_was_read() -> None:
    expected = changed("action.at", "2026-03-03T10:00+00:00")
    assert case_from_mapping(RICH).to_mapping() == expected


def test_one_case_at_the_top_and_a_list_of_cases_are_the_same() -> None:
    single = parse_cases("version: 1\nas_of: '2026-01-01'\n" + SMALL, "one.yaml")
    indented = SMALL.replace("\n", "\n    ").rstrip()
    several = parse_cases(f"suite: s\nsource: where\nas_of: '2026-01-01'\ncases:\n  - {indented}\n", "many.yaml")
    assert single.cases == several.cases
    assert (single.as_of, several.as_of) == (date(2026, 1, 1), date(2026, 1, 1))
    assert (several.suite, several.source, several.path) == ("s", "where", "many.yaml")
    assert several.cases[0].place == Place("many.yaml", 5, 5)


def test_the_record_of_a_test_is_whole_and_that_of_a_question_is_not() -> None:
    assert not parse_cases(SMALL, "x").cases[0].whole
    assert case_from_mapping(RICH).whole
    assert not case_from_mapping(changed("record", "partial")).whole
    assert parse_cases(SMALL + "record: complete\n", "x").cases[0].whole


def test_the_record_of_a_file_holds_for_cases_that_have_none() -> None:
    text = json.dumps({"record": "partial", "cases": [RICH, changed("id", "other") | {"record": "complete"}]})
    assert [(case.record, case.whole) for case in parse_cases(text, "x.json").cases] == [
        ("partial", False),
        ("complete", True),
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    assert read_cases("-").cases[0].place == Place("<stdin>", 1, 1)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    with pytest.raises(InvalidInput, match=r"^<stdin>:1:1: CR002"):
        read_cases("-")


def test_plugins_add_channels() -> None:
    text = SMALL.replace("phone", "fax")
    with pytest.raises(InvalidInput, match="CR013 `channel` cannot be `fax`"):
        parse_cases(text, "x")
    assert parse_cases(text, "x", channels=("fax",)).cases[0].action == Action(
        kind="contact",
        at=datetime(2026, 3, 3, 10, 0),  # noqa: DTZ001  a wall clock
        channel="fax",
    )
    with pytest.raises(InvalidInput, match="did you mean `fax`"):
        parse_cases(SMALL.replace("phone", "faxx"), "x", channels={"fax"})


def test_unquoted_text_that_yaml_might_misread_is_text() -> None:
    text = SMALL.replace("jurisdiction: US", "jurisdiction: NO") + "debtor: {inconvenient: [{from: 21:00}]}\n"
    case = parse_cases(text, "x").cases[0]
    assert case.jurisdiction == "NO"
    assert case.debtor is not None
    assert case.debtor.inconvenient is not None
    assert case.debtor.inconvenient[0].from_ == 21 * 60


# ---- Python values -----------------------------------------------------------------------------------------------


def test_python_values_stand_for_what_a_file_says() -> None:
    mapping = changed("debts.0.amount", Decimal(8400))
    mapping["debts"] = tuple(mapping["debts"])
    mapping["debts"][0]["due"] = date(2026, 1, 31)
    mapping["action"]["at"] = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
    mapping["debtor"]["inconvenient"][0]["from"] = time(8)
    assert case_from_mapping(mapping) == case_from_mapping(RICH)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("debts.0.amount", 8400.0, "case/debts/0/amount: CR025 a case cannot hold a value of type float"),
        ("debts.0.amount", 8400, "case/debts/0/amount: CR014 `amount` must be an amount"),
        ("debts.0.amount", Decimal("NaN"), "case/debts/0/amount: CR025"),
        ("debts.0.amount", Decimal("1E+999999"), "case/debts/0/amount: CR025"),
        ("debts.0.amount", Decimal("8400.001"), "case/debts/0/amount: CR014"),
        ("debts.0.amount", Decimal("-1.00"), "an amount is not negative"),
        ("debts.0.due", datetime(2026, 1, 31, 10, 0), "case/debts/0/due: CR014"),  # noqa: DTZ001
        ("debtor", None, "case/debtor: CR014 the debtor has no value"),
        ("debtor.a/b~c", True, "case/debtor/a~1b~0c: CR011"),
        ("creditor.employees", 10**15, "case/creditor/employees: CR014"),
        ("creditor.employees", -1, "case/creditor/employees: CR016"),
        ("creditor.employees", True, "case/creditor/employees: CR014"),
        ("debts", {"A"}, "case/debts: CR025 a case cannot hold a value of type set"),
        ("story", "\ud800", "case/story: CR002"),
    ],
)
def test_python_values_that_no_case_can_hold(path: str, value: object, expected: str) -> None:
    assert expected in wrong(changed(path, value))


def test_a_number_longer_than_python_writes() -> None:
    assert "a number too long" in wrong(changed("creditor.employees", 10**5000))
    assert case_from_mapping(changed("creditor.employees", 10**14)).creditor is not None


def test_keys_that_are_not_text() -> None:
    mapping: dict[Any, Any] = changed("action", {"kind": "contact", True: "2026-03-02"})
    assert "case/action: CR009 a key must be text, but here is `True`\n    a bare `on`" in wrong(mapping)


def test_a_mapping_that_holds_itself() -> None:
    mapping = changed("note", "x")
    mapping["debtor"] = mapping
    assert "CR008" in wrong(mapping)


# ---- what a schema cannot say ------------------------------------------------------------------------------------


def in_zone(at: str, **more: str) -> dict[str, Any]:
    mapping = changed("debtor", {"time_zone": "America/New_York"})
    mapping["action"] = {"kind": "contact", "at": at, "channel": "phone", **more}
    return mapping


@pytest.mark.parametrize("at", ["2026-03-08T02:00", "2026-03-08T02:59", "2026-03-08T02:59:59"])
def test_a_clock_time_that_was_skipped(at: str) -> None:
    assert "CR022" in wrong(in_zone(at))
    assert "case/history/0/at: CR022" in wrong(
        in_zone("2026-03-09T10:00") | {"history": [{"at": at, "event": "attorney_notice"}]},
    )
    case_from_mapping(in_zone(at, at_tz="America/Phoenix"))
    case_from_mapping(in_zone(at + "-05:00"))
    case_from_mapping(in_zone("2026-03-09T10:00", queued_at="2026-03-08T01:59"))
    assert "case/action/queued_at: CR022" in wrong(in_zone("2026-03-09T10:00", queued_at=at))


@pytest.mark.parametrize(
    "at", ["2026-03-08T01:59", "2026-03-08T03:00", "2026-11-01T01:30", "2026-03-08", "2200-12-31T23:59"]
)
def test_clock_times_that_were_shown(at: str) -> None:
    case_from_mapping(in_zone(at))


@pytest.mark.parametrize(("day", "real"), [("2028-02-29", True), ("2026-02-29", False), ("2026-13-01", False)])
def test_days_of_the_calendar(day: str, real: bool) -> None:
    for path in ("debts.0.due", "action.at", "expect.last_day", "history.1.at"):
        if real:
            case_from_mapping(changed(path, day if path != "history.1.at" else "2024-02-29"))
        else:
            assert "CR020" in wrong(changed(path, day))


@pytest.mark.parametrize(("year", "near"), [("1899", False), ("1900", True), ("2200", True), ("2201", False)])
def test_years_that_somebody_may_mean(year: str, near: bool) -> None:
    mapping = changed("debts.0.due", f"{year}-01-31")
    if near:
        case_from_mapping(mapping)
    else:
        assert "CR020" in wrong(mapping)


@pytest.mark.parametrize("zone", ["America/Port-au-Prince", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_zones_of_the_database(zone: str) -> None:
    case_from_mapping(changed("debtor.time_zone", zone))


@pytest.mark.parametrize(
    "zone", ["America/Nowhere", "America/Indiana", "Etc/../Etc/UTC", "PST", "../UTC", "Factory", "right/Asia/Tokyo"]
)
def test_zones_that_do_not_exist(zone: str) -> None:
    text = wrong(changed("debtor.time_zone", zone))
    assert "CR021" in text or "CR014" in text


@pytest.mark.parametrize(
    "path",
    [
        "action.debts",
        "action.intended_debts",
        "history.0.debts",
        "history.0.discussed_debts",
        "history.0.intended_debts",
        "debtor.attorney.debts",
        "history.0.consent.debts",
    ],
)
def test_debts_are_those_of_the_case(path: str) -> None:
    case_from_mapping(changed(path, ["A", "B2"]))
    assert "CR023 the case has no debt `C`" in wrong(changed(path, ["A", "C"]))


def test_one_debt_is_that_of_the_case() -> None:
    assert "CR023" in wrong(changed("history.0.counted_to", "C"))
    assert "CR023" in wrong(changed("history.0.raised_by", {"C": "debtor"}))
    assert "CR014" in wrong(changed("history.0.raised_by", {"": "debtor"}))


def test_all_problems_are_told_at_once() -> None:
    mapping = changed("debts.0.kind", "customer")
    mapping["action"]["debts"] = ["C"]
    mapping["debtor"]["endpoints"] = [{"id": "x", "channel": "fone"}, {"id": "x", "channel": "sms"}]
    mapping["history"][0]["at"] = "2026-02-30"
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(mapping)
    assert sorted(problem.code for problem in caught.value.problems) == ["CR013", "CR013", "CR020", "CR023", "CR024"]


def test_the_same_id_in_two_cases_of_a_file() -> None:
    with pytest.raises(InvalidInput, match="CR024 the case id `rich-1` stands twice"):
        parse_cases(json.dumps({"cases": [RICH, RICH]}), "x.json")
    parse_cases(json.dumps({"cases": [RICH, changed("id", "rich-2")]}), "x.json")
