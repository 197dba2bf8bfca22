"""Any value and any text is read or refused: as a JSON Schema validator decides, and with problems in their places."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.case.conftest import OPEN, RICH, SMALL

from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.case.schema import schema
from collectrules.case.values import type_of
from collectrules.ground.errors import InvalidInput
from collectrules.ground.nodes import Listing, Node, Scalar, Table
from collectrules.ground.source import read, read_file

# ---- reading decides as a JSON Schema validator does -------------------------------------------------------------

BEYOND_THE_SCHEMA = {"CR020", "CR021", "CR022", "CR023", "CR024", "CR026", "CR027", "CR028", "CR030"}
JUNK: tuple[Any, ...] = (
    *("", "x", "A", "NO", "debtor", "phone", "2026-03-02", "2026-03-02T10:00", "21:00", "8400.00", "US-TX", "true"),
    *("America/Chicago", "attorney_notice", "consent", "outbound", "inbound"),
    *(True, False, None, 0, 1, 3, -1, 2.5, 1.0),
    *([], ["A"], ["A", "A"], ["America/Chicago", "Europe/London"], [[]], {}, {"A": "debtor"}, {"role": "creditor"}),
)


def plain(node: Node) -> Any:
    if isinstance(node, Listing):
        return [plain(item) for item in node]
    if isinstance(node, Table):
        return {key: plain(value) for key, value in node.entries.items()}
    kind = type_of(node)
    return node.text if kind == "string" else None if kind == "null" else json.loads(node.text)


def holders(value: Any) -> list[Any]:
    """Return every list and mapping in a value, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [each for item in inner for each in holders(item)]
    return [value, *found] if isinstance(value, dict | list) else found


class Mutations:
    """Small changes to cases, near enough to what is valid to reach every keyword of the schema."""

    def __init__(self, seed: int, cases: list[dict[str, Any]]) -> None:
        self.chance = random.Random(seed)
        self.cases = cases
        definitions = schema()["$defs"].values()
        self.kinds: list[set[str]] = [set(each["properties"]) for each in definitions if "properties" in each]
        self.words = sorted({word for each in definitions for word in each.get("enum", ())})
        self.seen: dict[str, list[Any]] = {}
        for holder in holders(cases):
            for key, value in holder.items() if isinstance(holder, dict) else ():
                self.seen.setdefault(key, []).append(value)

    def key(self, holder: dict[str, Any]) -> str:
        fitting = [kind for kind in self.kinds if holder.keys() <= kind] or self.kinds
        keys: list[str] = [*sorted(self.chance.choice(fitting)), "cases", "colour"]
        return self.chance.choice(keys)

    def value(self, key: str) -> Any:
        kind = self.chance.random()
        if kind < 0.6 and key in self.seen:
            return copy.deepcopy(self.chance.choice(self.seen[key]))
        return copy.deepcopy(self.chance.choice(JUNK if kind < 0.9 else self.words))

    def mutate(self) -> dict[str, Any]:
        mutated = copy.deepcopy(self.chance.choice(self.cases))
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            holder = self.chance.choice(holders(mutated))
            if isinstance(holder, dict):
                self.mutate_keys(holder)
            else:
                self.mutate_list(holder)
        return mutated

    def mutate_keys(self, holder: dict[str, Any]) -> None:
        what = self.chance.choice(("add", "add", "replace", "drop", "rename"))
        if what == "add":
            key = self.key(holder)
            holder[key] = self.value(key)
        elif holder:
            key = self.chance.choice(sorted(holder))
            if what == "replace":
                holder[key] = self.value(key)
            else:
                value = holder.pop(key)
                if what == "rename":
                    holder[self.key(holder)] = value

    def mutate_list(self, holder: list[Any]) -> None:
        what = self.chance.choice(("add", "replace", "drop", "repeat"))
        if what == "add" or not holder:
            holder.append(self.value(""))
        elif what == "repeat":
            holder.append(copy.deepcopy(self.chance.choice(holder)))
        else:
            at = self.chance.randrange(len(holder))
            holder[at : at + 1] = [self.value("")] if what == "replace" else []


def is_read(value: object) -> bool:
    try:
        parse_cases(json.dumps(value), "x.json")
    except InvalidInput as error:
        return {problem.code for problem in error.problems} <= BEYOND_THE_SCHEMA
    return True


def test_reading_agrees_with_jsonschema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    files = [plain(read(path.read_text(encoding="utf-8"), path.name)) for path in OPEN]
    for file in files:
        assert validator.is_valid(file)
        assert is_read(file)
    mutations = Mutations(20261121, [RICH, *(case for file in files for case in file["cases"])])
    counts = {True: 0, False: 0}
    for number in range(3000):
        mutated = mutations.mutate()
        value = {"cases": [mutated]} if number % 5 == 0 else mutated
        expected = validator.is_valid(value)
        assert is_read(value) == expected, value
        counts[expected] += 1
    # Both answers must be common, or the comparison would say little.
    assert min(counts.values()) > 500


def readable_bad_cases() -> list[Path]:
    found = []
    for path in sorted((Path(__file__).parent / "bad_cases").glob("*.yaml")):
        try:
            read_file(path)
        except InvalidInput:
            continue
        found.append(path)
    return found


@pytest.mark.parametrize("path", readable_bad_cases(), ids=lambda path: path.stem)
def test_reading_agrees_with_jsonschema_on_a_bad_case(path: Path) -> None:
    root = read_file(path)
    value = plain(root)
    expected = jsonschema.Draft202012Validator(schema()).is_valid(value)
    assert is_read(value) == expected


# ---- garbled cases -----------------------------------------------------------------------------------------------

GARBAGE = (
    *("", "~", "NO", "[", "]", "{}", "[]", "- x", "a: b", "&x y", "*x", "!!int 3", "'", '"\\ud800"', "| x", "? x"),
    *("99999999999999999999", "-1", "1e400", "2026-02-30", "2026-03-02T25:61", "0001-01-01T00:00", "24:00", "\t", "#"),
    *("💥", "\u2028", "\x00", "\u0663\u0663\u0663\u0663-01-01", "8400.00\n", "America/", "../../etc/passwd"),
    *("x" * 10_000, "<<: x"),
)


def refusal(text: str, path: str) -> InvalidInput | None:
    try:
        parse_cases(text, path)
    except InvalidInput as error:
        return error
    return None


def assert_read_or_refused(text: str, path: str) -> None:
    error = refusal(text, path)
    if error is None:
        return
    assert error.problems
    str(error).encode()
    for problem in error.problems:
        assert problem.place.path == path
        assert problem.place.line > 0 or problem.code == "CR003"
        assert len(problem.message) < 400


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    inner = node.items if isinstance(node, Listing) else node.entries.values()
    return [each for item in inner for each in scalars(item)]


def test_every_scalar_garbled_in_the_text() -> None:
    text = json.dumps(RICH, indent=2, ensure_ascii=False)
    lines = text.split("\n")
    chance = random.Random(7)
    for scalar in scalars(read(text, "x.json")):
        line = lines[scalar.place.line - 1]
        before, after = line[: scalar.place.column - 1], line[scalar.place.column - 1 :]
        written = json.dumps(scalar.text) if scalar.quoted else scalar.text
        assert after.startswith(written)
        for junk in chance.sample(GARBAGE, 8):
            garbled = [*lines]
            garbled[scalar.place.line - 1] = before + junk + after[len(written) :]
            assert_read_or_refused("\n".join(garbled), "x.yaml")
            garbled[scalar.place.line - 1] = before + json.dumps(junk) + after[len(written) :]
            assert_read_or_refused("\n".join(garbled), "x.json")


@pytest.mark.parametrize("path", OPEN, ids=[path.name for path in OPEN])
def test_open_cases_garbled(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head, *cases = text.split("\n  - id: ")
    chance = random.Random(11)
    for case in chance.sample(cases, 6):
        whole = f"{head}\n  - id: {case}\n"
        lines = whole.split("\n")
        for scalar in scalars(read(whole, path.name)):
            line = lines[scalar.place.line - 1]
            before, after = line[: scalar.place.column - 1], line[scalar.place.column - 1 :]
            if not after.startswith(scalar.text):
                continue
            garbled = [*lines]
            garbled[scalar.place.line - 1] = before + chance.choice(GARBAGE) + after[len(scalar.text) :]
            assert_read_or_refused("\n".join(garbled), "x.yaml")


@given(st.data())
def test_a_case_cut_anywhere(data: st.DataObject) -> None:
    for text, path in ((SMALL, "x.yaml"), (json.dumps(RICH, indent="\t"), "x.json")):
        assert_read_or_refused(text[: data.draw(st.integers(1, len(text)))], path)


MOMENTS = st.dates() | st.datetimes() | st.times()


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.decimals()
        | st.dates()
        | st.datetimes(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text() | st.integers() | st.sampled_from([*RICH, "role", "at"]), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    st.sampled_from([*RICH, "creditor"]),
)
def test_any_python_value_is_taken_or_refused(value: object, key: str) -> None:
    try:
        made = case_from_mapping({**RICH, key: value})
    except InvalidInput as error:
        places = [problem.place.path for problem in error.problems]
    else:
        assert case_from_mapping(made.to_mapping()) == made
        return
    assert places
    assert all(place.startswith("case") for place in places)
