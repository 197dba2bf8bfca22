"""Nothing unknown becomes an allow: each fact of each lawful case is taken away, or garbled, and the answer watched.

What a missing fact may not do is make an act lawful that some value of it would forbid. So for every fact that is
dropped and still leaves an allow, every other value of it is tried too: if one of them is not an allow, the fact
matters, and then a partial record must not allow, and a complete one must list the fact among what it assumed.
"""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping, read_cases
from collectrules.case.vocabulary import ROOTS, catalogue
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "cases" / "open" / "regf.yaml"
NOT_FACTS = frozenset(
    {"id", "story", "rule", "rule_also", "cite", "source", "note", "expect", "contested", "confidence"}
)
Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def lawful_cases() -> list[dict[str, Any]]:
    found = []
    for case in read_cases(CASES).cases:
        mapping = case.to_mapping()
        expect = mapping.get("expect")
        if isinstance(expect, dict) and expect.get("decision") == "allow" and not mapping.get("contested"):
            facts = {key: value for key, value in mapping.items() if key not in NOT_FACTS}
            found.append({**facts, "applicable_law": [mapping["jurisdiction"]]})
    return found


LAWFUL = lawful_cases()


def leaves(node: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every fact: of every scalar, and of every list of words."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list) and any(isinstance(item, dict | list) for item in node):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))
    else:
        yield path


def without(mapping: dict[str, Any], path: Path_) -> dict[str, Any]:
    changed = copy.deepcopy(mapping)
    owner: Any = changed
    for step in path[:-1]:
        owner = owner[step]
    del owner[path[-1]]
    return changed


def with_value(mapping: dict[str, Any], path: Path_, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(mapping)
    owner: Any = changed
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    return changed


def other_values(path: Path_, value: Any) -> list[Any]:
    """Every other value the fact could have, where they can be listed."""
    field = field_at(path)
    if isinstance(value, bool):
        return [not value]
    if field is None or field.words is None:
        return []
    words = sorted(field.words)
    if field.type == "list":
        return [[word] for word in words] + [[*value, word] for word in words if word not in value]
    return [word for word in words if word != value]


def field_at(path: Path_) -> Any:
    names = [step for step in path if isinstance(step, str)]
    object_type = {"debts": "debt", "history": "event" if "event" in names[1:] else "contact"}.get(
        names[0], ROOTS.get(names[0], "case")
    )
    for name in names[1:-1]:
        found = catalogue().own_fields(object_type).get(name)
        if found is None:
            return None
        object_type = found.items
        if not object_type:
            return None
    return catalogue().own_fields(object_type).get(names[-1]) if len(names) > 1 else None


def decision(advisor: Advisor, mapping: dict[str, Any]) -> str:
    try:
        return advisor.check(case_from_mapping(mapping)).decision
    except InvalidInput as error:
        problems = error.problems
    assert problems
    assert all(str(problem.place) for problem in problems)
    return "error"


@pytest.mark.parametrize("mapping", LAWFUL, ids=lambda mapping: f"{mapping['action']['kind']}-{len(str(mapping))}")
def test_a_dropped_fact_that_matters_is_never_passed_over(advisor: Advisor, mapping: dict[str, Any]) -> None:
    whole = {**mapping, "record": "complete"}
    assert decision(advisor, whole) == "allow"
    for path in leaves(mapping):
        field = field_at(path)
        if path[0] in ("record", "jurisdiction", "applicable_law") or (field is not None and field.absence.structural):
            continue  # the absence of a structural field says something by itself: a period without days is every day
        value = mapping
        for step in path:
            value = value[step]  # type: ignore[index]
        dropped = without(whole, path)
        if decision(advisor, dropped) != "allow":
            continue
        forbidding = [
            other
            for other in other_values(path, value)
            if decision(advisor, with_value(whole, path, other)) in ("deny", "review")
        ]
        if not forbidding:
            continue
        told = advisor.explore(case_from_mapping(dropped)).assumed
        name = str([step for step in path if isinstance(step, str)][-1])
        assert any(name in fact.fact or path[0] == "history" for fact in told), (
            path,
            forbidding,
            [f.fact for f in told],
        )
        assert decision(advisor, {**dropped, "record": "partial"}) != "allow", (path, forbidding)


@pytest.mark.parametrize(
    "garbage", ["", "zzz", "2026-13-45", 7, -1, 3.5, None, True, [], {}, ["zzz"], {"a": "b"}, "\x00", "a" * 70_000]
)
def test_garbled_facts_give_an_answer_or_an_error_with_a_place(advisor: Advisor, garbage: Any) -> None:
    mapping = LAWFUL[0]
    for mapping in LAWFUL[::25]:
        for path in leaves(mapping):
            assert decision(advisor, with_value(mapping, path, garbage)) in ("allow", "deny", "review", "error")


def test_there_is_something_to_try() -> None:
    assert len(LAWFUL) > 100
