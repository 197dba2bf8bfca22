"""Two rules say the same.

They govern the same acts on days that overlap, are broken on the same condition with the same values, and have the
same exceptions and the same strength: every verdict tells one matter twice, and a change of law will reach only one of
them.

Mend: keep one of the two, and cite both paragraphs there; or write what tells them apart.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from collectrules.expressions.normal import normal
from collectrules.expressions.syntax import Literal
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.model import Rule
    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    rules = [(rule, _said(rule)) for rule in file.ruleset.rules if not isinstance(rule.breach, Literal)]
    for (one, said), (other, also_said) in combinations(rules, 2):
        if said == also_said and one.since <= other.until and other.since <= one.until:
            message = f"`{other.id}` says what `{one.id}` says already"
            yield Remark(other.place, message, f"the other one stands at {one.place}")


def _said(rule: Rule) -> tuple[object, ...]:
    """What a rule governs, how strong it is, what breaks it, and what excepts it or leaves it to a person."""
    governed = (frozenset(rule.governs_kinds), frozenset(rule.governs_channels))
    clauses = (rule.exceptions, rule.reviews, rule.factors)
    conditions = [frozenset([normal(clause.condition) for clause in each]) for each in clauses]
    return (*governed, rule.strength, normal(rule.breach), dict(rule.values), *conditions)


LINT = Lint(code="CR203", name="doubled-rule", severity="error", documentation=__doc__, of_ruleset=_of_ruleset)
