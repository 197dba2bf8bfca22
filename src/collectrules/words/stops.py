"""Does a reply mean that messages should stop? For certain, or perhaps: never nothing where a word of it might."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.words.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from collectrules.words.languages import Language
    from collectrules.words.plain_text import Sentence

_WORD: Final = re.compile(r"[^\W_]+")
_SIGNS: Final = re.compile(r"[^\W_]+|[^\w\s.,;:!?'\"()*#\N{VARIATION SELECTOR-16}-]")
"""Words, and pictures one by one."""
_LONG_ENOUGH: Final = 4
"""Letters of a stop word that may be mistyped: of a shorter one too many words are one letter away."""
_SHORT: Final = 4
"""Words of a reply of which each may be a stop word that is mistyped or written apart."""


class Stop(NamedTuple):
    """A stop: is it certain, and from where to where in the text does it stand?"""

    certain: bool
    start: int
    end: int


def stopped(every: Sentence, language: Language, *, foreign: bool) -> Stop | None:
    """What a whole reply says of it in a language; `foreign`: it is plainly written in another one.

    Nothing but stop words, and what changes nothing beside them, is certain. A word that is mistyped by one letter or
    written apart, a picture of a stop sign, and a word anywhere with which one may ask for it are to be confirmed.
    """
    replies = language.replies
    words = list(_WORD.finditer(every.plain))
    texts = [word[0] for word in words]
    stops = [_phrase(each) for each in replies.stop_words]
    if _only(texts, stops, [_phrase(each) for each in replies.stop_fillers]):
        return Stop(True, *every.span(words[0].start(), words[-1].end()))  # noqa: FBT003
    signs = () if foreign else _signs(every, language)
    first = next(chain(_hinted(every, language), _nearly(words, language), signs), None)
    return None if first is None else Stop(False, *every.span(*first))  # noqa: FBT003


def is_harmless(part: Sentence, language: Language) -> bool:
    """Is a sentence one of thanks, assent or a question about money, or of another form that asks for no stop?"""
    known = language.harmless.found(part.plain).get(0, [])
    words = [word.span() for word in _WORD.finditer(part.plain)]
    if words and all(any(start <= first and last <= end for start, end in known) for first, last in words):
        return True
    return any(form.search(part.plain) for form in language.harmless_forms)


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text)))


def _only(words: Sequence[str], stops: Collection[tuple[str, ...]], fillers: Collection[tuple[str, ...]]) -> bool:
    """Are there only stop words, at least one of them, and fillers?"""
    reached = {0: False}
    for at in range(len(words)):
        if at in reached:
            for phrase in (*stops, *fillers):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    end = at + len(phrase)
                    reached[end] = reached.get(end, False) or reached[at] or phrase in stops
    return reached.get(len(words), False)


def _hinted(every: Sentence, language: Language) -> Iterator[tuple[int, int]]:
    """Pictures anywhere, and words of languages that are not read in a short reply."""
    hints = {tuple(_SIGNS.findall(plain(each))) for each in language.replies.stop_hints}
    signs = list(_SIGNS.finditer(every.plain))
    for at, sign in enumerate(signs):
        for length in (1, 2):
            phrase = signs[at : at + length]
            if tuple(each[0] for each in phrase) in hints and (len(signs) <= _SHORT or not sign[0].isalpha()):
                yield sign.start(), phrase[-1].end()


def _nearly(words: Sequence[re.Match[str]], language: Language) -> Iterator[tuple[int, int]]:
    """In a short reply, stop words that are mistyped by one letter, or in two pieces."""
    if len(words) > _SHORT:
        return
    stops = {plain(each) for each in language.replies.stop_words}
    for at, word in enumerate(words):
        if any(_mistyped(word[0], stop) for stop in stops):
            yield word.span()
        if at and words[at - 1][0] + word[0] in stops:
            yield words[at - 1].start(), word.end()


def _signs(every: Sentence, language: Language) -> Iterator[tuple[int, int]]:
    """Words with which one may ask that it stop, and which no other meaning explains."""
    others = [match.span() for pattern in language.stop_unless for match in pattern.finditer(every.plain)]
    for start, end in language.stop_signs.found(every.plain).get(0, ()):
        if not any(begin <= start and end <= finish for begin, finish in others):
            yield start, end


def _mistyped(word: str, stop: str) -> bool:
    """Does one letter too many, too few, another one, or a pair turned round keep the word from being the other?"""
    if len(stop) < _LONG_ENOUGH or abs(len(word) - len(stop)) > 1 or word == stop:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, stop, strict=False)) if one != other), len(stop))
    here, there = word[start:], stop[start:]
    turned = len(here) == len(there) > 1 and here[0] == there[1] and here[1] == there[0] and here[2:] == there[2:]
    return turned or here[1:] == there[1:] or here[1:] == there or here == there[1:]
