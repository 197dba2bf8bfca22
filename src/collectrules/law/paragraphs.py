"""The paragraphs of an official text that a ruleset was read against: their ids and hashes, and no text.

Against a text that is fetched anew, they tell what changed, and which rules rest on that. A rule rests on a paragraph
that it cites, on one inside what it cites, and on one around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.keys import Keys

PARAGRAPHS: Final = "paragraphs"
HASH: Final = re.compile(r"[0-9a-f]{16}")
"""The first 16 hexadecimal digits of the SHA-256 of a paragraph's words."""
_DESIGNATION: Final = re.compile(r"[A-Za-z]?\d[\w.:-]*\w(?:\([A-Za-z0-9]+\))*|\d[A-Za-z]?(?:\([A-Za-z0-9]+\))*")


def read_paragraphs(keys: Keys) -> dict[str, str]:
    """The hash of each paragraph by its id."""
    found: dict[str, str] = {}
    table = keys.table_of(PARAGRAPHS)
    for name in table or ():
        assert table is not None
        node = table.entries[name]
        text = getattr(node, "text", "")
        if not HASH.fullmatch(text):
            help_ = "`collectrules drift RULESET --text FILE --write` writes them"
            keys.problems.add(node.place, "CR121", f"`{text}` is no hash of a paragraph", help_)
        found[name] = text
    return found


def designations(citation: str) -> tuple[str, ...]:
    """The sections and paragraphs that a citation names: `1006.14(b)(2)` of `12 CFR 1006.14(b)(2) and (ii)`."""
    return tuple(dict.fromkeys(_DESIGNATION.findall(citation)))


def rests_on(citations: Iterable[str], paragraph: str) -> bool:
    """Does what cites so rest on that paragraph?"""
    named = {each for citation in citations for each in designations(citation)}
    return any(_is_inside(paragraph, each) or _is_inside(each, paragraph) for each in named)


def _is_inside(one: str, other: str) -> bool:
    """Is the one paragraph the other, or a part of it: `6(b)(1)` of `6(b)`?"""
    return one == other or (one.startswith(other) and one[len(other)] == "(")


def resting(citations: Mapping[str, tuple[str, ...]], paragraphs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of some rules with what each cites: which of these paragraphs each rests on; rules that rest on none left out."""
    every = tuple(paragraphs)
    found = {rule: tuple(each for each in every if rests_on(cited, each)) for rule, cited in citations.items()}
    return {rule: on for rule, on in found.items() if on}
