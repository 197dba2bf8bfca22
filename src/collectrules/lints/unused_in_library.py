"""Something in a library is used by no ruleset of the folder.

A definition, a value, a calendar or a fact of a library that neither the library itself names nor a ruleset or library
that uses it; a shared rule or answer that none takes up. Asked only where every file of the folder of rulesets is
checked. A library exists for what three rulesets share.

Mend: take it out, or move it to the one ruleset that needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.nodes import Listing, Table
from collectrules.law.shared_rules import SECTIONS
from collectrules.lints import Lint, Remark, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import Folder

_WHAT: Final = {"define": "definition", "values": "value", "calendars": "calendar", "facts": "fact"}


def _of_folder(folder: Folder) -> Iterator[Remark]:
    for library in folder.libraries if folder.is_complete else ():
        name = library.root.entries["library"].scalar("`library`").text
        used: set[str] = set()
        for file in folder.files:
            if any(each.id == name for each in file.ruleset.uses):
                used.update(words_of(file.root))
        for other in folder.libraries:
            uses = other.root.get("uses")
            if uses is not None and name.rpartition(".")[2] in words_of(uses):
                used.update(words_of(other.root))
        yield from _unused(library.root, used)
        yield from _not_taken_up(name, library.root, {block.like for file in folder.files for block in file.blocks})


def _unused(library: Table, used: set[str]) -> Iterator[Remark]:
    for section, what in _WHAT.items():
        table = library.get(section)
        for name, part in table.entries.items() if isinstance(table, Table) else ():
            assert isinstance(table, Table)
            beside = {word for each in _parts(library) if each is not part for word in words_of(each)}
            if name not in used | beside:
                message = f"no ruleset of this folder uses the {what} `{name}` of this library"
                yield Remark(table.place_of(name), message, "take it out")


def _not_taken_up(name: str, library: Table, taken_up: set[str]) -> Iterator[Remark]:
    for section, what in SECTIONS.items():
        listing = library.get(section)
        for part in listing if isinstance(listing, Listing) else ():
            shared = part.table(what).entries["id"].scalar("`id`")
            if f"{name}.{shared.text}" not in taken_up:
                message = f"no ruleset of this folder takes up the {what} `{shared.text}`"
                yield Remark(shared.place, message, "take it out")


def _parts(library: Table) -> Iterator[Table]:
    for section in _WHAT:
        table = library.get(section)
        for part in table.entries.values() if isinstance(table, Table) else ():
            if isinstance(part, Table):
                yield part
    for section in SECTIONS:
        listing = library.get(section)
        yield from (part.table(section) for part in listing) if isinstance(listing, Listing) else ()


LINT = Lint(code="CR206", name="unused-in-library", severity="warning", documentation=__doc__, of_folder=_of_folder)
