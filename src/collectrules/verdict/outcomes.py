"""What one rule says of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.law.strength import Decision, Strength

if TYPE_CHECKING:
    from collectrules.deciding.conditions import Truth
    from collectrules.law.applicable import AppliedRule

BASIS: Final = {
    Strength.PROHIBITION: "prohibition",
    Strength.HOUSE_POLICY: "prohibition",
    Strength.PRESUMPTION_OF_VIOLATION: "presumption_violation",
    Strength.DUTY_MISSED: "duty_missed",
    Strength.FACTOR: "factor",
    Strength.NO_SAFE_HARBOR: "no_safe_harbor",
}
"""The kind of ground that a strength is, in the words of the case format; `circumstances` for any other."""


class Outcome(Struct, frozen=True):
    """What one rule says of one case."""

    applied: AppliedRule
    breach: Truth
    """After exceptions, and bound."""
    lifted_by: int | None
    """Which exception lifts a breach; None where none does."""
    reviewed: Truth
    """Does a `review:` of the rule make a breach a person's to judge?"""
    reviewed_by: int | None
    """Which one does, or may; None where none may."""
    rebutted: bool
    stale: bool

    @property
    def matters(self) -> bool:
        """Is it anything but a plain pass?"""
        return self.breach is not False or self.stale or self.lifted_by is not None

    @property
    def is_open(self) -> bool:
        """Is it not known whether the rule is broken, or whether a breach is a person's to judge?"""
        return self.breach is None or (self.breach is True and self.reviewed is None)

    @property
    def decision(self) -> Decision:
        """What this rule by itself makes of the act."""
        if self.breach is True:
            softened = self.rebutted or self.reviewed is not False
            return "review" if softened else self.applied.rule.strength.decision
        return "review" if self.breach is None or self.stale else "allow"

    @property
    def strength(self) -> Strength:
        """How the rule speaks; a rebutted presumption speaks as a factor, what a person must judge as circumstances."""
        if self.breach is not True and self.stale:
            return Strength.STALE_RULE
        if self.breach is True and self.reviewed is not False:
            return Strength.CIRCUMSTANCES
        return Strength.FACTOR if self.rebutted and self.breach is True else self.applied.rule.strength

    @property
    def basis(self) -> str:
        """The kind of ground, in the words of the case format."""
        return BASIS.get(self.strength, "circumstances") if self.breach is True else "circumstances"
