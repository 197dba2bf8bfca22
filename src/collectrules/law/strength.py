"""What a rule that speaks makes of an act."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Decision = Literal["allow", "deny", "review"]
RANK: Final[Mapping[Decision, int]] = {"allow": 0, "review": 1, "deny": 2}
"""How strict a decision is: the stricter one stands."""


class Strength(StrEnum):
    """What it means that a rule speaks. The rulesets have those `OF_RULES`; the rest are the program's own."""

    PROHIBITION = "prohibition"
    PRESUMPTION_OF_VIOLATION = "presumption_of_violation"
    DUTY_MISSED = "duty_missed"
    HOUSE_POLICY = "house_policy"
    NO_SAFE_HARBOR = "no_safe_harbor"
    FACTOR = "factor"
    CIRCUMSTANCES = "circumstances"
    STALE_RULE = "stale_rule"
    COVERAGE_GAP = "coverage_gap"
    ENGINE_FAULT = "engine_fault"

    @property
    def decision(self) -> Decision:
        """What a breach of this strength gives."""
        return "deny" if self in _DENIES else "review"


OF_RULES: Final = tuple(Strength)[:7]
"""The strengths that a ruleset may give a rule."""
_DENIES = frozenset(
    {Strength.PROHIBITION, Strength.PRESUMPTION_OF_VIOLATION, Strength.DUTY_MISSED, Strength.HOUSE_POLICY}
)
