"""What a sentence speaks of that no saying knows and no lawful wording explains."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.words.framing import Framed
    from collectrules.words.languages.nets import NetPatterns
    from collectrules.words.languages.sayings import Saying

_Span = tuple[int, int]
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SOME: Final = 3
"""Words of a sentence that says something: of fewer a name, a greeting."""


def caught(
    framed: Framed, net: NetPatterns, certain: frozenset[str], explained: Iterable[_Span]
) -> Iterator[tuple[Saying, int, int]]:
    """What the net catches in a sentence, from where to where.

    `certain` are the sayings that it says for certain, `explained` are places that sayings know to be nothing.
    """
    lawful = [*explained, *(match.span() for pattern in net.explained for match in pattern.finditer(framed.plain))]
    words = net.words.found(framed.plain)
    for kind, each in enumerate(net.caught):
        if each.beside and not any(pattern.search(framed.plain) for pattern in each.beside):
            continue
        of_forms = (match.span() for form in each.forms for match in form.finditer(framed.plain))
        for start, end in (*words.get(kind, ()), *of_forms):
            if not certain.isdisjoint(each.said_by) or _explained(start, end, lawful) or framed.is_of_others(start):
                continue
            if each.denied_too or not framed.is_denied(start):
                yield each.saying, start, end


def is_adrift(framed: Framed, net: NetPatterns) -> bool:
    """Is it a sentence of some words, without any word or wording that lawful ones have, and denying nothing?"""
    if len(_WORD.findall(framed.plain)) < _SOME or net.is_anchored(framed.plain):
        return False
    return not net.words.found(framed.plain) and not any(pattern.search(framed.plain) for pattern in net.explained)


def _explained(start: int, end: int, lawful: Iterable[_Span]) -> bool:
    """Does half of it or more lie in lawful wording?"""
    return any((min(end, last) - max(start, first)) * 2 >= end - start for first, last in lawful)
