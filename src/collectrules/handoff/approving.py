"""A review that a named person answers for: lifted for one account, never a denial, and kept with the name and reason.

What a format lacks, and what its receiver would refuse, is no question of law and is not lifted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection

    from collectrules.handoff.preflight import Blocker

_OF_LAW: Final = ("law", "policy")


class Approval(Struct, frozen=True):
    """Who answers for the reviews of one account, and why."""

    account: str
    """The number of the account, or the id of its case: it holds for no other."""
    by: str
    because: str

    def __post_init__(self) -> None:
        """Raises ValueError where one of them is empty."""
        if not all(text.strip() for text in (self.account, self.by, self.because)):
            raise ValueError("an approval names its account, who approves, and why")


class Approved(Struct, frozen=True):
    """What was approved, by whom, why and when."""

    by: str
    because: str
    at: str
    """The day or moment of the handing over."""
    what: tuple[str, ...]
    """Each review that was lifted: its rule, else its sentence."""


def approved(
    approval: Approval | None, ids: Collection[str], at: str, decision: str, blockers: Collection[Blocker]
) -> Approved | None:
    """What an approval lifts of an account: all reviews of law and policy, where nothing is denied; else nothing."""
    of_law = [blocker for blocker in blockers if blocker.by in _OF_LAW]
    if approval is None or approval.account not in ids or decision != "review" or not of_law:
        return None
    if any(blocker.decision != "review" for blocker in of_law):
        return None
    what = tuple(dict.fromkeys(blocker.rule or blocker.what for blocker in of_law))
    return Approved(approval.by, approval.because, at, what)
