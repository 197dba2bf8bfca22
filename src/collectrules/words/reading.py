"""What a text says, word by word of the law, and how sure that is. The law is not asked here."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from collectrules.words.plain_text import sentences, two_alphabets, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from collectrules.words.languages import FramePatterns, Language, Patterns, Saying, Sign
    from collectrules.words.plain_text import Sentence

_FRESH: Final = re.compile(r"[,;:]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW: Final = 3
"""Words of which a text may consist without being of a known language."""


class Said(NamedTuple):
    """One thing that a text says: the saying, whether it is certain, and from where to where it stands."""

    saying: Saying
    certain: bool
    start: int
    end: int


class Reader(Protocol):
    """A second reader, as a language model: whatever it says can only make an answer stricter."""

    def read(self, text: str, language: str) -> Collection[tuple[str, int, int]]:
        """Words of `action.content` that it takes to be said, each with the place from where to where."""


def marked(every: Sentence, languages: Mapping[str, Language]) -> dict[str, int]:
    """By language how many words of a whole text are marks of it."""
    words = _WORD.findall(every.plain)
    return {code: sum(word in language.marks for word in words) for code, language in languages.items()}


def language_of(text: str, languages: Mapping[str, Language], stated: Collection[str] = ()) -> Language | None:
    """The language of a text: that of whose marks it has most; of a few words the first stated. None: no known one."""
    every = whole(text)
    words, counted = len(_WORD.findall(every.plain)), marked(every, languages)
    best = max(counted, key=lambda code: (counted[code], code in stated), default=None)
    if best is not None and counted[best] and counted[best] * 8 >= words:
        return languages[best]
    first = next((code for code in stated if code in languages), None)
    return languages[first] if first is not None and words <= _FEW else None


def read(text: str, language: Language) -> list[Said]:
    """All that a text says, in the order in which it stands there; the same thing once a sentence."""
    said: list[Said] = []
    for sentence in sentences(text):
        framed = Framed(sentence.plain, language.frames)
        for saying in language.sayings:
            if not saying.across:
                said += _said(saying, language.patterns(saying), sentence, framed)
    every = whole(text)
    framed = Framed(every.plain, language.frames)
    for saying in language.sayings:
        if saying.across:
            said += _said(saying, language.patterns(saying), every, framed)
    return sorted(said, key=lambda each: (each.start, each.end))


def _said(saying: Saying, patterns: Patterns, sentence: Sentence, framed: Framed) -> list[Said]:
    found = matched(patterns, framed, stated=saying.required or saying.plain)
    if found is None:
        return []
    certain, start, end = found
    return [Said(saying, certain, *sentence.span(start, end))]


class Framed:
    """A sentence in its clauses: what is denied in one is not in the next, and what others say is not said."""

    def __init__(self, plain: str, frames: FramePatterns) -> None:
        self.plain = plain
        self._frames = frames

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

    def is_of_others(self, place: int) -> bool:
        """Do the words there belong to the law, or to somebody else than the writer?"""
        return any(start <= place and not _FRESH.search(self.plain, start, place) for start in self._others)

    def denies(self, match: re.Match[str]) -> bool:
        """Does it deny, or does it tell that something else is meant?"""
        return any(pattern.search(match[0]) for pattern in self._frames.negations)


def matched(patterns: Patterns, framed: Framed, *, stated: bool = False) -> tuple[bool, int, int] | None:
    """Is it said in the sentence: for certain, or perhaps, and from where to where? None: no.

    `stated`: it is no threat or lie that somebody could speak of, and deny for some case only.
    """
    perhaps: tuple[bool, int, int] | None = None
    for certain, each in ((True, patterns.certain), (False, patterns.unclear)):
        for pattern in each:
            for match in pattern.finditer(framed.plain):
                start, end = match.span() if match.end() > match.start() else (0, len(framed.plain))
                if not stated and framed.is_of_others(start):
                    continue
                clause = framed.clause(start) if end - start < len(framed.plain) else framed.plain
                denials = [found for unless in patterns.unless if (found := unless.search(clause))]
                if not denials:
                    return certain, start, end
                if not stated and framed.is_conditional and all(map(framed.denies, denials)):
                    perhaps = perhaps or (False, start, end)
    return perhaps


def disguised(text: str) -> str:
    """Something by which a text hides what it says from a program; empty where there is none."""
    mixed = two_alphabets(text)
    return f"the word {mixed!r} mixes letters of two alphabets" if mixed else ""


def signs(parts: Iterable[Sentence], language: Language) -> list[tuple[Sign, bool, int, int]]:
    """What a reply tells, each with whether it is certain, and from where to where it stands.

    `parts` are its sentences, and the whole of it as one.
    """
    told = []
    for sentence in parts:
        framed = Framed(sentence.plain, language.frames)
        for sign in language.replies.events:
            found = matched(language.patterns(sign), framed, stated=True)
            if found is not None:
                certain, start, end = found
                told.append((sign, certain, *sentence.span(start, end)))
    return told
