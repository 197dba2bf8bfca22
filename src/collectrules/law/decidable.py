"""Conditions that the second decider cannot take are told when a ruleset is read: it would confirm no allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.deciding import durable
from collectrules.deciding.conditions import AllOf, AnyOf, Not, Unsupported
from collectrules.expressions.substitute import substitute
from collectrules.law.values import newest_values
from collectrules.measures.record import MeasureTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.expressions.syntax import Expression
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.errors import Place
    from collectrules.law.keys import Problems
    from collectrules.law.model import Clause, Rule, Values
    from collectrules.measures.evaluation import Evaluator


def check_decidable(
    problems: Problems,
    evaluator: Evaluator,
    values: Values,
    rules: Iterable[Rule],
    binds: tuple[Clause | None, tuple[Clause, ...]],
) -> None:
    """Report every condition of a file that is too large to be decided twice (CR132)."""
    newest = newest_values(values)
    bound, unless = binds
    if bound is not None:
        _check(problems, evaluator, newest, bound.place, bound.condition, unless)
    checked: set[Place] = set()
    for rule in rules:
        in_force = newest | newest_values(rule.values)
        _check(problems, evaluator, in_force, rule.place, rule.breach)
        for clause in (*rule.exceptions, *rule.reviews):
            if clause.place in checked:  # of a group: every rule of it has the same
                continue
            checked.add(clause.place)
            _check(problems, evaluator, in_force, clause.place, clause.condition)


def _check(  # noqa: PLR0913, PLR0917 - one condition and all that it is read with
    problems: Problems,
    evaluator: Evaluator,
    values: Mapping[str, Constant],
    place: Place,
    expression: Expression,
    unless: Iterable[Clause] = (),
) -> None:
    table = MeasureTable()
    when, *excepted = [
        table.condition(substitute(part, values), evaluator, "")
        for part in (expression, *[clause.condition for clause in unless])
    ]
    try:
        durable.check(AllOf((when, Not(AnyOf(tuple(excepted))))))
    except Unsupported as error:
        help_ = "give parts of it names under `define:`; a definition is one measure"
        problems.add(place, "CR132", f"durable-rules cannot take {error}", help_)
