"""Law that holds beyond the place it is written for: that of a union in its members, of one part in another.

It stands in the library `common.inheritance` of a folder of rulesets; parents (`US` of `US-MA`) need no entry.

    library: common.inheritance
    title: law that holds beyond the place it is written for
    version: '1'
    inheritance:
      - {law: EU, holds_in: [IE, NL], cite: TEU art. 52}

CR143: what is wrong with such a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground import source
from collectrules.law.files import INHERITANCE, JURISDICTION, layers
from collectrules.law.keys import Keys, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KEY: Final = "inheritance"
ENTRY_KEYS: Final = ("law", "holds_in", "cite", "note")


def read_inheritance(folders: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """By place, the places whose law holds there too. Raises InvalidInput with every problem of every such file."""
    problems = Problems()
    holds: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        path = folder / INHERITANCE
        if path.is_file():
            whole = source.read(source.file_text(path), str(path)).table("a library")
            keys = Keys(problems, whole, "a library", ("library", "title", "version", "note", KEY))
            for table in keys.items_of(KEY):
                entry = keys.inner(table, f"an entry of `{KEY}`", ENTRY_KEYS)
                for place, law in _entries(entry):
                    holds[place] = tuple(dict.fromkeys((*holds.get(place, ()), law)))
    problems.refuse()
    return holds


def places_of_law(jurisdiction: str, holds: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A jurisdiction, what it inherits and its parents, the narrowest first: `US-NY-NYC`, `US-NY`, `US`; `IE`, `EU`.

    A place that is inherited brings its own parents, and nothing that it inherits itself.
    """
    found: list[str] = []
    for code in layers(jurisdiction):
        found += [code, *(parent for law in holds.get(code, ()) for parent in layers(law))]
    return tuple(dict.fromkeys(found))


def _entries(entry: Keys) -> list[tuple[str, str]]:
    law, places = entry.text("law", required=True), entry.words("holds_in")
    entry.text("cite", required=True)
    if not places:
        entry.problem("holds_in", "CR143", "this law holds in no other place", "holds_in: [IE, NL]")
    for code in (law, *places):
        if code and not JURISDICTION.fullmatch(code):
            entry.problem("holds_in", "CR143", f"`{code}` is no jurisdiction", "ISO 3166: EU, GB-ENG")
    if law in places:
        entry.problem("holds_in", "CR143", f"`{law}` inherits itself", "take it out")
    return [(place, law) for place in places]
