"""Two rules that cannot both be kept.

One rule is broken where a condition holds, another where the same condition does not hold, of the same acts on the
same days, and neither has an exception: whatever is done is denied. Mostly one of the two has a `not` too many, or a
duty was written as a prohibition.

Mend: read both against the law; turn one condition round, or say under `governs:` or `unless:` what tells them apart.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from collectrules.expressions.normal import opposites
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.model import Rule
    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    rules = [rule for rule in file.ruleset.rules if rule.strength.decision == "deny" and not rule.exceptions]
    for one, other in combinations(rules, 2):
        if _meet(one, other) and opposites(one.breach, other.breach):
            message = f"`{other.id}` is broken wherever `{one.id}` is kept: every such act is denied"
            yield Remark(file.place(other, "when", "kind"), message, f"the other one stands at {one.place}")


def _meet(one: Rule, other: Rule) -> bool:
    """Is there an act and a day of both?"""
    return one.may_meet(other) and one.since <= other.until and other.since <= one.until


LINT = Lint(
    code="CR202", name="duty-against-prohibition", severity="error", documentation=__doc__, of_ruleset=_of_ruleset
)
