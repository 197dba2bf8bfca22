"""A rule that can never matter, for another forbids all that it forbids.

The other one governs the same acts and more, on the same days, is broken wherever this one is, has neither exception
nor review, and is at least as strong: whatever this one says of an act, the other has said it. Mostly the condition of
the other one has lost a part, or this one was meant to have an exception.

Mend: read both against the law; give the wider rule the condition that it lacks, or take this one out and cite its
paragraph there.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from collectrules.expressions.normal import conjuncts
from collectrules.expressions.syntax import Literal
from collectrules.expressions.walking import value_names
from collectrules.law.strength import RANK
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import Rule
    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    rules = [
        (rule, frozenset(conjuncts(rule.breach))) for rule in file.ruleset.rules if not isinstance(rule.breach, Literal)
    ]
    for (one, needs), (wider, needs_less) in permutations(rules, 2):
        if needs_less < needs and _covers(wider, one) and _same_values(one, wider, needs_less):
            message = f"`{one.id}` never matters: `{wider.id}` forbids all that it forbids"
            yield Remark(file.place(one, "when", "kind"), message, f"the other one stands at {wider.place}")


def _covers(wider: Rule, one: Rule) -> bool:
    """Does the wider rule speak of every act and day of the other, without an exception, and as strongly?"""
    if wider.exceptions or wider.reviews or wider.factors or wider.confidence == "low":
        return False
    kinds = set(one.governs_kinds) <= set(wider.governs_kinds) or "any" in wider.governs_kinds
    days = wider.since <= one.since and one.until <= wider.until
    acts = kinds and wider.has_channels_of(one)
    return acts and days and RANK[wider.strength.decision] >= RANK[one.strength.decision]


def _same_values(one: Rule, wider: Rule, needed: frozenset[Expression]) -> bool:
    names = {name for expression in needed for name in value_names(expression)}
    return all(one.values.get(name) == wider.values.get(name) for name in names)


LINT = Lint(code="CR216", name="shadowed-rule", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset)
