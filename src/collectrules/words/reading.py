"""What a text says, word by word of the law, and how sure that is. The law is not asked here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from collectrules.words.plain_text import sentences, two_alphabets, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from collectrules.words.languages import Language, Patterns, Saying, Sign
    from collectrules.words.plain_text import Sentence

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


def language_of(text: str, languages: Mapping[str, Language], stated: Collection[str] = ()) -> Language | None:
    """The language of a text: that of whose marks it has most; of a few words the first stated. None: no known one."""
    words = _WORD.findall(whole(text).plain)
    counted = {code: sum(word in language.marks for word in words) for code, language in languages.items()}
    best = max(counted, key=lambda code: (counted[code], code in stated), default=None)
    if best is not None and counted[best] and counted[best] * 8 >= len(words):
        return languages[best]
    first = next((code for code in stated if code in languages), None)
    return languages[first] if first is not None and len(words) <= _FEW else None


def read(text: str, language: Language) -> list[Said]:
    """All that a text says, in the order in which it stands there; the same thing once a sentence."""
    said: list[Said] = []
    every = whole(text)
    for sentence in sentences(text):
        for saying in language.sayings:
            if not saying.across:
                said += _said(saying, language.patterns(saying), sentence)
    for saying in language.sayings:
        if saying.across:
            said += _said(saying, language.patterns(saying), every)
    return sorted(said, key=lambda each: (each.start, each.end))


def _said(saying: Saying, patterns: Patterns, sentence: Sentence) -> list[Said]:
    found = matched(patterns, sentence)
    if found is None:
        return []
    certain, start, end = found
    return [Said(saying, certain, *sentence.span(start, end))]


def matched(patterns: Patterns, sentence: Sentence) -> tuple[bool, int, int] | None:
    """Is it said in the sentence: for certain, or perhaps, and from where to where? None: no."""
    for certain, each in ((True, patterns.certain), (False, patterns.unclear)):
        for pattern in each:
            match = pattern.search(sentence.plain)
            if match is not None and not any(unless.search(sentence.plain) for unless in patterns.unless):
                start, end = match.span()
                return certain, *((start, end) if end > start else (0, len(sentence.plain)))
    return None


def disguised(text: str) -> str:
    """Something by which a text hides what it says from a program; empty where there is none."""
    mixed = two_alphabets(text)
    return f"the word {mixed!r} mixes letters of two alphabets" if mixed else ""


def signs(text: str, language: Language) -> list[tuple[Sign, bool, int, int]]:
    """What a reply tells, each with whether it is certain, and from where to where it stands."""
    told = []
    for sentence in [*sentences(text), whole(text)]:
        for sign in language.replies.events:
            found = matched(language.patterns(sign), sentence)
            if found is not None:
                certain, start, end = found
                told.append((sign, certain, *sentence.span(start, end)))
    return told
