"""A sentence in its clauses, and patterns held against it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.words.languages.sayings import FramePatterns, Patterns

_FRESH: Final = re.compile(r"[,;:]")
_BESIDE: Final = 12
"""Signs before a denial that may make it none."""


class Framed:
    """A sentence in its clauses: what is denied in one is not in the next, and what others say is not said."""

    def __init__(self, plain: str, frames: FramePatterns, denials: Sequence[re.Pattern[str]] = ()) -> None:
        self.plain = plain
        self._frames = frames
        self._denials = denials

    @cached_property
    def _turns(self) -> list[int]:
        found = {match.start() for pattern in self._frames.turns for match in pattern.finditer(self.plain)}
        return [0, *sorted(found - {0}), len(self.plain)]

    @cached_property
    def _others(self) -> list[int]:
        return [match.end() for pattern in self._frames.others for match in pattern.finditer(self.plain)]

    @cached_property
    def is_conditional(self) -> bool:
        """Does the sentence name a case in which it is otherwise?"""
        return any(pattern.search(self.plain) for pattern in self._frames.conditions)

    def clause(self, place: int) -> str:
        """The clause in which a place of the sentence lies."""
        end = bisect_right(self._turns, place, hi=len(self._turns) - 1)
        return self.plain[self._turns[end - 1] : self._turns[end]]

    def before(self, place: int) -> str:
        """Its clause up to a place."""
        start = self._turns[bisect_right(self._turns, place, hi=len(self._turns) - 1) - 1]
        return self.plain[start:place]

    def is_of_others(self, place: int) -> bool:
        """Do the words there belong to the law, or to somebody else than the writer?"""
        return any(start <= place and not self._is_fresh(start, place) for start in self._others)

    def _is_fresh(self, start: int, end: int) -> bool:
        """Does somebody else speak or act between two places?"""
        if not self._frames.breaks:
            return _FRESH.search(self.plain, start, end) is not None
        return any(each.search(self.plain, start, end) for each in (*self._frames.breaks, *self._frames.turns))

    def is_denied(self, place: int, since: int = 0) -> bool:
        """Does the clause deny what stands there, whatever happens, from a place `since` on?

        What is denied on a condition only, and what somebody else does beside it, is not.
        """
        if self.is_conditional:
            return False
        before = self.before(place)
        clause = place - len(before)
        since = max(0, since - clause)
        for denial in self._denials:
            found = denial.search(before, since)
            while found is not None:
                start = found.start()
                is_condition = any(each.search(before, 0, start) for each in self._frames.provisos)
                if not is_condition and not self._is_broken(clause + start, place):
                    return True
                found = denial.search(before, start + 1)
        return False

    def _is_broken(self, start: int, end: int) -> bool:
        """Does what is denied from a place on end before another, or is it no denial?"""
        found = (each.search(self.plain, max(0, start - _BESIDE)) for each in self._frames.breaks)
        return any(match is not None and match.start() < end for match in found)

    def denies(self, match: re.Match[str]) -> bool:
        """Does it deny, or does it tell that something else is meant?"""
        return any(pattern.search(match[0]) for pattern in self._frames.negations)


def matched(
    patterns: Patterns,
    framed: Framed,
    *,
    stated: bool = False,
    explained: list[tuple[int, int]] | None = None,
    announced: bool = False,
) -> tuple[bool, int, int] | None:
    """Is it said in the sentence: for certain, or perhaps, and from where to where? None: no.

    `stated`: it is no threat or lie that somebody could speak of, and deny for some case only. To `explained` is added
    what looks like it and is something else. Nothing is said either where its clause denies it, whatever happens; what
    is `announced` is not certain where a denial stands within it.
    """
    perhaps: tuple[bool, int, int] | None = None
    for certain, each in ((True, patterns.certain), (False, patterns.unclear)):
        for pattern in each:
            for match in pattern.finditer(framed.plain):
                start, end = match.span() if match.end() > match.start() else (0, len(framed.plain))
                if not stated and framed.is_of_others(start):
                    continue
                clause = framed.clause(start) if end - start < len(framed.plain) else framed.plain
                against = [found for unless in patterns.unless if (found := unless.search(clause))]
                denied = not stated and framed.is_denied(start)
                if not against and not denied:
                    if not (certain and announced and framed.is_denied(match.end() - 1, since=start)):
                        return certain, start, end
                    perhaps = perhaps or (False, start, end)
                elif not stated and framed.is_conditional and all(map(framed.denies, against)):
                    perhaps = perhaps or (False, start, end)
                elif explained is not None:
                    explained.append((start, end))
    return perhaps
