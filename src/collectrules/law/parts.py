"""One ruleset in several files: the main file has the head and names its parts, which lie in a folder of its name.

`us/federal/regulation_f.yaml` with `parts: [calls, disputes]` is joined with `us/federal/regulation_f/calls.yaml` and
`.../disputes.yaml`, each of which says `part_of: us.federal.regulation_f`. To everything that reads a ruleset they are
one; each thing in it keeps the place where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.ground.nodes import Listing, Node, Scalar, Table
from collectrules.law.keys import Keys

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.ground.errors import Place
    from collectrules.law.keys import Problems

PART_OF: Final = "part_of"
"""The key by which a file says of which ruleset it is a part."""
_IS_PART: Final = re.compile(rf"^{PART_OF}:", re.MULTILINE)
JOINED: Final = (
    "values", "calendars", "facts", "define", "groups", "rules", "answers", "obligations", "reports", "leaves_out",
    "paragraphs",
)  # fmt: skip
"""What may stand in a part, and is joined: names with what stands under each, or lists."""


def part_paths(path: Path) -> tuple[Path, ...]:
    """The files that may be parts of a ruleset at a path: those in the folder of its name."""
    return tuple(sorted(path.with_suffix("").glob(f"*{path.suffix}")))


def part_texts(path: Path) -> str:
    """The texts of these files, for the key under which a ruleset is kept."""
    return "\0".join(f"{file}\0{source.file_text(file)}" for file in part_paths(path))


def ruleset_of(path: Path) -> Path | None:
    """The main file of the ruleset of which a file says to be a part; None where it says no such thing."""
    folder = path.absolute().parent  # of a file without a folder before it too
    if not folder.name:
        return None
    main = (path.parent if path.parent.name else folder).with_suffix(path.suffix)
    return main if main.is_file() and _IS_PART.search(source.file_text(path)) else None


def with_parts(root: Table, path: Path | None, problems: Problems) -> tuple[Table, tuple[tuple[str, str], ...]]:
    """A main file joined with its parts, and the name and text of each part. `path` is where the main file lies."""
    head = Keys(problems, root, "a ruleset", root.entries)
    texts: list[tuple[str, str]] = []
    parts: list[Table] = []
    ruleset = head.text("ruleset")
    for name in dict.fromkeys(head.words("parts")):
        file = None if path is None else path.with_suffix("") / f"{name}{path.suffix}"
        if file is None or not file.is_file():
            help_ = "a part lies in the folder that has the name of its ruleset"
            head.problem("parts", "CR151", f"there is no part `{name}`", help_)
            continue
        text = source.file_text(file)
        part = source.read(text, str(file)).table("a part of a ruleset")
        keys = Keys(problems, part, "a part of a ruleset", (PART_OF, "title", "note", *JOINED))
        if keys.text(PART_OF, required=True) != ruleset:
            keys.problem(PART_OF, "CR151", f"`{ruleset}` names this file as its part", f"{PART_OF}: {ruleset}")
        keys.text("title", required=True)
        texts.append((name, text))
        parts.append(part)
    return _joined(root, parts, problems) if parts else root, tuple(texts)


def no_part(root: Table) -> None:
    """Raise InvalidInput for a part by itself: where its ruleset does not name it, its law would be passed over."""
    stated = root.get(PART_OF)
    if stated is not None:
        ruleset = stated.text if isinstance(stated, Scalar) else ""
        message = f"this is a part, which is read with `{ruleset}`"
        help_ = "name it under `parts:` of the main file, in the folder of whose name it lies"
        raise InvalidInput([Problem(stated.place, "CR151", message, help_)])


def _joined(root: Table, parts: list[Table], problems: Problems) -> Table:
    entries, places = dict(root.entries), dict(root.keys)
    for key in JOINED:
        stated = [(table.entries[key], table.place_of(key)) for table in (root, *parts) if key in table]
        tables = [node for node, _ in stated if isinstance(node, Table)]
        listings = [node for node, _ in stated if isinstance(node, Listing)]
        if not stated:
            continue
        places[key] = stated[0][1]
        if len(tables) == len(stated):
            entries[key] = _one_table(tables, problems)
        elif len(listings) == len(stated):
            items = tuple(item for listing in listings for item in listing)
            entries[key] = Listing(items, listings[0].place)
        else:
            entries[key] = next(node for node, _ in stated if not isinstance(node, Table if tables else Listing))
    return Table(entries, places, root.place)


def _one_table(tables: list[Table], problems: Problems) -> Table:
    entries: dict[str, Node] = {}
    places: dict[str, Place] = {}
    for table in tables:
        for name, node in table.entries.items():
            if name in entries:
                message = f"`{name}` stands in another part already, at {places[name]}"
                problems.add(table.place_of(name), "CR151", message, "choose another name, or take it out here")
                continue
            entries[name], places[name] = node, table.keys[name]
    return Table(entries, places, tables[0].place)
