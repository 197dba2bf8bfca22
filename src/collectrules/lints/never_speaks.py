"""A rule that can never speak.

Its condition is false of every act that it governs (`action.kind == respond` in a rule that governs `contact`, `x and
not x`, `debtor.kind == company` together with `debtor.kind == natural_person`); or one of its exceptions holds wherever
it is broken; or nobody whom the file binds can break it; or it ends before it begins. It looks like law and forbids
nothing.

Mend: correct the condition or the exception; a rule that forbids nothing is `kind: permission`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions.english import iso_day
from collectrules.expressions.normal import conjuncts, decided, disjuncts, normal
from collectrules.expressions.syntax import Conjunction
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import Clause, Rule
    from collectrules.lints import RulesetFile

_KIND: Final[tuple[str, ...]] = ("action", "kind")
_CHANNEL: Final[tuple[str, ...]] = ("action", "channel")


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    for rule in file.ruleset.rules:
        if rule.kind == "permission":
            continue
        where = file.place(rule, "when", "also_when", "kind")
        if rule.until < rule.since:
            message = f"`{rule.id}` ends on {iso_day(rule.until)}, before it begins on {iso_day(rule.since)}"
            yield Remark(file.place(rule, "until"), message, "`until:` is its last day")
        elif _never(file, rule, rule.breach):
            yield Remark(where, f"`{rule.id}` is never broken: its condition is false of every act that it governs")
        elif (binds := file.ruleset.binds) is not None and _never(
            file, rule, Conjunction((binds.condition, rule.breach))
        ):
            yield Remark(where, f"`{rule.id}` is never broken by anybody whom the file binds", f"see {binds.place}")
        else:
            for clause in rule.exceptions:
                if _swallows(file, clause, rule.breach):
                    message = f"this exception holds wherever `{rule.id}` is broken"
                    yield Remark(clause.place, message, "an exception says what is more than the condition")


def _never(file: RulesetFile, rule: Rule, breach: Expression) -> bool:
    governed = {_KIND: frozenset(rule.kinds_told), _CHANNEL: frozenset(rule.governs_channels)}
    words = {name: each for name, each in governed.items() if each and "any" not in each}
    return decided(breach, file.truth, words) is False


def _swallows(file: RulesetFile, clause: Clause, breach: Expression) -> bool:
    """Is the exception true wherever the rule is broken?"""
    needed = {normal(breach), *conjuncts(breach)}
    return decided(clause.condition, file.truth) is True or not needed.isdisjoint(
        {normal(clause.condition), *disjuncts(clause.condition)}
    )


LINT = Lint(code="CR204", name="never-speaks", severity="error", documentation=__doc__, of_ruleset=_of_ruleset)
