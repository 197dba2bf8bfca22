"""What stands inside a node is said by its class, in tables: nothing that a node holds may be left out of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest

from collectrules.advisor import Advisor
from collectrules.expressions import checked, syntax
from collectrules.expressions.checked import Argument, inside
from collectrules.expressions.walking import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACES = ("US", "US-MA", "US-NY", "GB", "IE", "FR", "DE", "CA-QC", "ZA", "BR")
FILLED_BY_ITSELF = "item"
"""What a search is at is no part of it: it fills that place itself."""


@pytest.fixture(scope="module")
def shipped() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


@pytest.fixture(scope="module")
def terms(shipped: Advisor) -> list[checked.Term]:
    """The meanings of all definitions of some laws."""
    return [
        evaluator.checker.definition(name).term
        for place in PLACES
        for ruleset in shipped.rulebook.of(place)
        for evaluator in [shipped.rulebook.evaluator(ruleset, shipped.today.toordinal())]
        for name in ruleset.definitions
    ]


def held(node: object, kinds: tuple[type, ...]) -> Iterator[object]:
    """The nodes of these kinds among the fields of one."""
    for name in node.__struct_fields__:  # type: ignore[attr-defined]
        value = getattr(node, name)
        for each in value if isinstance(value, tuple) else (value,):
            inner = each.value if isinstance(each, Argument) else each
            if name != FILLED_BY_ITSELF and isinstance(inner, kinds):
                yield inner


def by_identity(nodes: Iterable[object]) -> Counter[int]:
    return Counter(map(id, nodes))


def test_a_checked_node_tells_all_that_it_holds(terms: list[checked.Term]) -> None:
    kinds, seen = get_args(checked.Node), set()
    waiting: list[checked.Node] = [*terms, checked.StatedValue(terms[0], given=True)]  # which no definition there holds
    while waiting:
        node = waiting.pop()
        seen.add(type(node))
        assert by_identity(inside(node)) == by_identity(held(node, kinds)), node
        waiting += inside(node)
    assert seen == set(kinds)


def test_an_expression_tells_all_that_it_holds(shipped: Advisor) -> None:
    kinds, seen = get_args(syntax.Expression), set()
    rulesets = [ruleset for place in PLACES for ruleset in shipped.rulebook.of(place)]
    waiting = [definition.expression for ruleset in rulesets for definition in ruleset.definitions.values()]
    while waiting:
        expression = waiting.pop()
        seen.add(type(expression))
        assert by_identity(parts_of(expression)) == by_identity(held(expression, kinds)), expression
        waiting += parts_of(expression)
    assert seen == set(kinds)
