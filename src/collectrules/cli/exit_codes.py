"""The exit codes, the same for every command and every output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CLEAN: Final = 0
"""Allowed, or nothing found."""
FOUND: Final = 1
"""Denied, or something found."""
WRONG_INPUT: Final = 2
"""Wrong usage, or input that cannot be read."""
REVIEW: Final = 3
NOTHING_CHECKED: Final = 4
INTERNAL_FAULT: Final = 70

OF_DECISION: Final[Mapping[str, int]] = {
    "allow": CLEAN,
    "deny": FOUND,
    "review": REVIEW,
    "answer": CLEAN,
    "open": REVIEW,
}
"""By what is decided of an act, or whether a question is answered."""
_WORST_FIRST: Final = (WRONG_INPUT, FOUND, REVIEW, CLEAN)


def worst(codes: set[int]) -> int:
    """The code of a run over several things; of nothing, that nothing was checked."""
    return next((code for code in _WORST_FIRST if code in codes), NOTHING_CHECKED)
