"""Two rules that cannot both be kept.

One rule is broken where a condition holds, another where the same condition does not hold, of the same acts on the
same days, under the same further conditions, and neither has an exception: whatever is done then is denied. What must
be said must not be said. Mostly one of the two has a `not` too many, or a duty was written as a prohibition.

Mend: read both against the law; turn one condition round, or say under `governs:` or `unless:` what tells them apart.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from math import prod
from typing import TYPE_CHECKING, Final

from collectrules.expressions.normal import conjuncts, disjuncts, opposites
from collectrules.expressions.syntax import Literal
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import Rule
    from collectrules.lints import RulesetFile

_MOST_WAYS: Final = 50
"""A rule that can be broken in more ways is compared as a whole."""


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    rules = [rule for rule in file.ruleset.rules if rule.strength.decision == "deny" and not rule.exceptions]
    ways = [(rule, _ways(rule.breach)) for rule in rules if not isinstance(rule.breach, Literal)]
    for (one, ways_of_one), (other, ways_of_other) in combinations(ways, 2):
        if _meet(one, other) and any(_against(way, against) for way in ways_of_one for against in ways_of_other):
            message = f"`{one.id}` asks for what `{other.id}` forbids: they cannot both be kept"
            yield Remark(file.place(other, "when", "kind"), message, f"the other one stands at {one.place}")


def _ways(breach: Expression) -> list[frozenset[Expression]]:
    """The ways in which a rule is broken, each as the conditions that make it: those of `(a or b) and c` are two."""
    choices = [disjuncts(part) for part in conjuncts(breach)]
    if prod(map(len, choices)) > _MOST_WAYS:
        return [frozenset(conjuncts(breach))]
    return [frozenset(chain.from_iterable(map(conjuncts, chosen))) for chosen in product(*choices)]


def _against(one: frozenset[Expression], other: frozenset[Expression]) -> bool:
    """Are two ways of breaking a rule the same but for one condition, which one asks for and the other denies?"""
    mine, theirs = one - other, other - one
    return len(mine) == len(theirs) == 1 and opposites(*mine, *theirs)


def _meet(one: Rule, other: Rule) -> bool:
    """Is there an act and a day of both?"""
    return one.may_meet(other) and one.since <= other.until and other.since <= one.until


LINT = Lint(
    code="CR202", name="duty-against-prohibition", severity="error", documentation=__doc__, of_ruleset=_of_ruleset
)
