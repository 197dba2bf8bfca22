"""The net of a language: words that a lawful text about a debt seldom needs, and what explains them where it does.

Patterns of sayings know what is said; a net knows only that something is spoken of. What it catches and no lawful
wording explains is for a person, so that a breach in new words is not taken for nothing.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.words.languages.sayings import Saying
from collectrules.words.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ANY_ENDING: Final = "*"
_WORD: Final = re.compile(r"\w+")
_ONE: Final = re.compile(r"\w+\*?")
_FIRST: Final = re.compile(r"\w+")


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """Words and forms of one kind of risk, and the word of `action.content` that they may amount to."""

    word: str
    title: str
    write: str
    words: tuple[str, ...] = ()
    """Words or several together; `*` stands for any ending."""
    forms: tuple[str, ...] = ()
    """Patterns of what a list of words cannot tell."""
    beside: tuple[str, ...] = ()
    """Patterns of which a sentence must have one too, where the words alone are too common to tell anything."""
    said_by: tuple[str, ...] = ()
    """Sayings that, where a sentence says them for certain, leave nothing to be caught."""
    denied_too: bool = False
    """Is it a risk where it is denied as well, as a right is?"""
    not_by: tuple[str, ...] = ()
    """Roles of collectors who may speak of it."""
    of_step: bool = False
    """Does who announces a suit and means it speak of it too? For others it is a threat."""
    caught: tuple[str, ...] = ()
    """Examples for a person."""
    passed: tuple[str, ...] = ()
    """Examples of lawful texts."""


class Anchors(Struct, frozen=True, forbid_unknown_fields=True):
    """Words and forms of which a lawful sentence has one.

    A sentence without any, of which nothing else is known, may be a threat in words that nobody listed.
    """

    word: str
    title: str
    write: str
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


class Net(Struct, frozen=True, forbid_unknown_fields=True):
    """What is caught, and what explains it."""

    language: str = ""
    explained: tuple[str, ...] = ()
    """Patterns of lawful wording: what lies in it is not caught."""
    denials: tuple[str, ...] = ()
    """Patterns of how a denial begins, up to what is denied."""
    kinds: tuple[Kind, ...] = ()
    anchors: Anchors | None = None


class Caught(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said, perhaps, where a pattern matches or one of its words stands."""

    saying: Saying
    forms: tuple[re.Pattern[str], ...]
    denied_too: bool = False
    said_by: tuple[str, ...] = ()
    beside: tuple[re.Pattern[str], ...] = ()


class NetPatterns:
    """A net as it is held against sentences. `made` makes patterns of texts, with the terms of the language."""

    def __init__(self, net: Net, made: Callable[[str], re.Pattern[str]]) -> None:
        self._net = net
        self._made = made

    @cached_property
    def explained(self) -> tuple[re.Pattern[str], ...]:
        """Raises `re.error` for a pattern that is none."""
        return tuple(map(self._made, self._net.explained))

    @cached_property
    def denials(self) -> tuple[re.Pattern[str], ...]:
        """Raises `re.error` for a pattern that is none."""
        return tuple(map(self._made, self._net.denials))

    @cached_property
    def caught(self) -> tuple[Caught, ...]:
        """What may be caught, in the order of the file. Raises `re.error` for a pattern that is none."""
        return tuple(
            Caught(
                Saying(each.word, each.title, each.write, not_by=each.not_by, of_step=each.of_step),
                tuple(map(self._made, each.forms)),
                each.denied_too,
                each.said_by,
                tuple(map(self._made, each.beside)),
            )
            for each in self._net.kinds
        )

    @cached_property
    def unanchored(self) -> Saying | None:
        """What a sentence may say that has no anchor; none where the language lists no anchors."""
        anchors = self._net.anchors
        return None if anchors is None else Saying(anchors.word, anchors.title, anchors.write)

    def is_anchored(self, plain_sentence: str) -> bool:
        """Has the sentence a word or form that lawful sentences have?"""
        anchors = self._anchors
        return bool(anchors[0].found(plain_sentence)) or any(form.search(plain_sentence) for form in anchors[1])

    @cached_property
    def _anchors(self) -> tuple[Words, tuple[re.Pattern[str], ...]]:
        anchors = self._net.anchors
        if anchors is None:
            return Words([]), ()
        return Words([map(plain, anchors.words)]), tuple(map(self._made, anchors.forms))

    @cached_property
    def words(self) -> Words:
        """The words of all kinds."""
        return Words([map(plain, each.words) for each in self._net.kinds])


class Words:
    """The words of several kinds, found by their first letters and not one after another."""

    def __init__(self, kinds: Iterable[Iterable[str]]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._begun: dict[str, list[int]] = {}
        self._several: dict[str, list[tuple[re.Pattern[str], int]]] = {}
        for kind, words in enumerate(kinds):
            for word in words:
                if _ONE.fullmatch(word):
                    among = self._begun if word.endswith(_ANY_ENDING) else self._exact
                    among.setdefault(word.removesuffix(_ANY_ENDING), []).append(kind)
                else:
                    first = _FIRST.match(word)
                    assert first is not None, word
                    self._several.setdefault(first[0], []).append((re.compile(_pattern(word)), kind))
        self._longest = max(map(len, self._begun), default=0)

    def found(self, plain: str) -> dict[int, list[tuple[int, int]]]:
        """By kind from where to where its words stand in a sentence."""
        found: dict[int, list[tuple[int, int]]] = {}
        for match in _WORD.finditer(plain):
            word, start = match[0], match.start()
            for kind in self._exact.get(word, ()):
                found.setdefault(kind, []).append(match.span())
            for length in range(1, min(len(word), self._longest) + 1):
                for kind in self._begun.get(word[:length], ()):
                    found.setdefault(kind, []).append(match.span())
            for pattern, kind in self._several.get(word, ()):
                if (several := pattern.match(plain, start)) is not None:
                    found.setdefault(kind, []).append(several.span())
        return found


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\ ", " ").replace(r"\*", r"\w*") + r"\b"
