"""Names for persons other than the debtor: one that is written in several ways is one person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def same_for_all_spellings(name: str) -> str:
    """What all ways to write a name have in common: capitals, blanks, hyphens and underscores tell nobody apart."""
    return _BETWEEN_WORDS.sub(" ", name.casefold()).strip() or name


def spellings(case: dict[Any, Any]) -> dict[str, str]:
    """The first way in which a case writes each of its persons, by `same_for_all_spellings`."""
    first: dict[str, str] = {}
    for name in _named(case):
        first.setdefault(same_for_all_spellings(name), name)
    return first


def _named(case: dict[Any, Any]) -> Iterator[str]:
    history = case.get("history")
    entries = history if isinstance(history, list | tuple) else ()
    for entry in (*entries, case.get("action")):
        if not isinstance(entry, dict):
            continue
        consent = entry.get("consent")
        for name in (entry.get("person"), consent.get("third_party") if isinstance(consent, dict) else None):
            if type(name) is str:
                yield name
