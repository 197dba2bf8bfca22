"""Libraries: definitions, values, calendars, facts and rules that several rulesets use, without law or jurisdiction.

A library lies at `common/<name>.yaml` in a folder of rulesets and is used by its id: `uses: [common.parties]`. That of
the ruleset's own folder goes before those of other folders. A library may use others: whoever uses it has what these
hold too, once. One law never uses another law's definitions.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct

from collectrules.ground import source
from collectrules.ground.errors import meant
from collectrules.law.calendars import read_calendars
from collectrules.law.definitions import check_definitions, read_definitions
from collectrules.law.facts import read_facts
from collectrules.law.files import LIBRARIES
from collectrules.law.keys import Keys, Problems
from collectrules.law.model import LibraryUsed
from collectrules.law.shared_rules import SECTIONS, SharedRules, read_shared_rules
from collectrules.law.values import newest_values, read_values, with_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from collectrules.case.law_facts import LawFact
    from collectrules.expressions.syntax import Definition
    from collectrules.ground.dated import Calendar
    from collectrules.law.model import Language, Values

T = TypeVar("T")

LIBRARY_KEYS: Final = (
    *("library", "title", "version", "cite", "uses", "values", "calendars", "facts", "define"),
    *(*SECTIONS, "note"),
)
_LIBRARY_ID: Final = re.compile(rf"{LIBRARIES}(\.[a-z][a-z0-9_]*)+")


class Shared(Struct, frozen=True):
    """What a ruleset may use of the libraries that it names."""

    used: tuple[LibraryUsed, ...] = ()
    values: Values = {}
    calendars: Mapping[str, Calendar] = {}
    definitions: Mapping[str, Definition] = {}
    facts: Mapping[str, LawFact] = {}
    rules: Mapping[str, SharedRules] = {}
    """What rulesets may take up, of the section `rules` and of `answers`."""


def library_folders(path: Path, folder: Path | None, language: Language) -> tuple[Path, ...]:
    """Where the libraries of a ruleset may lie: its own folder of rulesets first, of a single file any above it."""
    own = path.parents if folder is None else (folder,)
    return tuple(dict.fromkeys((*own, *language.library_folders)))


class LibraryDigests:
    """What the libraries in some folders say, as digests for the key under which a ruleset is kept.

    One loading of law reads each library once: the digest stays that of the text which was found first.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Path, ...], str] = {}

    def of(self, folders: tuple[Path, ...]) -> str:
        """The digest of the texts of all libraries in these folders."""
        known = self._known.get(folders)
        if known is None:
            files = [file for folder in folders for file in sorted((folder / LIBRARIES).glob("**/*.yaml"))]
            text = "\0".join(f"{file}\0{source.file_text(file)}" for file in files)
            known = self._known[folders] = sha256(text.encode()).hexdigest()
        return known


def is_named(names: Iterable[str], text: str) -> bool:
    """Does a text name one of these libraries?"""
    return re.search("|".join(rf"\b{re.escape(name)}\b" for name in names) or "$^", text) is not None


def with_users(names: Iterable[str], folder: Path) -> frozenset[str]:
    """Libraries, and those in a folder of rulesets that use them, by themselves or through others."""
    files = sorted((folder / LIBRARIES).glob("**/*.yaml"))
    texts = {_name_of(file, folder): source.file_text(file) for file in files}
    found: frozenset[str] = frozenset()
    more = frozenset(names)
    while more - found:
        found |= more
        more = frozenset(name for name, text in texts.items() if is_named(found, text))
    return found


class _Library(Struct, frozen=True, eq=False):
    """One library as it was read: what it holds itself, and what it uses."""

    name: str
    path: Path
    text: str
    language: Language
    own: Shared
    uses: tuple[_Library, ...]

    def every(self) -> Iterator[_Library]:
        """What it uses, and then itself; one may come twice."""
        for each in self.uses:
            yield from each.every()
        yield self


_ALL: Final = f"{LIBRARIES}."


def read_uses(keys: Keys, language: Language, folders: Sequence[Path]) -> Shared:
    """What the libraries under `uses:` hold. Raises InvalidInput with what is wrong with one of them."""
    return _together(keys, _used(keys, language, folders, ()))


def _used(keys: Keys, language: Language, folders: Sequence[Path], within: tuple[str, ...]) -> tuple[_Library, ...]:
    """The libraries that a file names; `within` are those that are being read."""
    found = []
    for name in dict.fromkeys(keys.words("uses")):
        path = _path_of(name, folders)
        if name in within:
            circle = " uses ".join(f"`{each}`" for each in (*within[within.index(name) :], name))
            keys.problem("uses", "CR150", f"libraries use each other in a circle: {circle}", "take one of them out")
        elif path is None:
            known = [_name_of(file, folder) for folder in folders for file in (folder / LIBRARIES).glob("**/*.yaml")]
            # What libraries share of their names tells nothing.
            is_near = meant(name.removeprefix(_ALL), [each.removeprefix(_ALL) for each in known])
            help_ = (
                is_near and meant(name, known)
            ) or f"a library lies at `{LIBRARIES}/<name>.yaml` in a folder of rulesets"
            keys.problem("uses", "CR150", f"there is no library `{name}`", help_)
        else:
            found.append(_read_once(path, name, language, folders, within))
    return tuple(found)


def _together(keys: Keys, libraries: Iterable[_Library]) -> Shared:
    """What libraries hold, and those that they use, each once; a name must not stand in two of them."""
    used: list[LibraryUsed] = []
    values: dict[str, Any] = {}
    calendars: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    shared: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for library in dict.fromkeys(each for user in libraries for each in user.every()):
        used += library.own.used
        for into, more in (
            (values, library.own.values),
            (calendars, library.own.calendars),
            (definitions, library.own.definitions),
            (facts, library.own.facts),
            *((shared[section], library.own.rules[section]) for section in SECTIONS),
        ):
            for twice in into.keys() & more.keys():
                keys.problem("uses", "CR150", f"`{twice}` stands in two of these libraries", "use one of them")
            into.update(more)
    return Shared(tuple(used), values, calendars, definitions, facts, shared)


def with_shared(keys: Keys, key: str, shared: Mapping[str, T], own: Mapping[str, T]) -> dict[str, T]:
    """What the file has under a key, beside what it uses of libraries; a name must not be given twice."""
    table = keys.table_of(key)
    for name in own:
        if name in shared and table is not None:
            message = f"`{name}` comes from a library that this file uses"
            keys.problems.add(table.place_of(name), "CR150", message, "choose another name, or take it out here")
    return {**shared, **own}


def _path_of(name: str, folders: Iterable[Path]) -> Path | None:
    if not _LIBRARY_ID.fullmatch(name):
        return None
    paths = [folder.joinpath(*name.split(".")).with_suffix(".yaml") for folder in folders]
    return next((path for path in paths if path.is_file()), None)


def _name_of(file: Path, folder: Path) -> str:
    return ".".join(file.relative_to(folder).with_suffix("").parts)


_read: dict[Path, _Library] = {}
"""Each library as it was read last: most rulesets use the same few."""


def _read_once(
    path: Path, name: str, language: Language, folders: Sequence[Path], within: tuple[str, ...] = ()
) -> _Library:
    """One library, read again where its text, what it uses or the language is another."""
    known = _read.get(path)
    if known is None or not _is_as_before(known, name, language, folders, within):
        known = _read[path] = _parse(path, name, language, folders, within)
    return known


def _is_as_before(
    known: _Library, name: str, language: Language, folders: Sequence[Path], within: tuple[str, ...]
) -> bool:
    if (known.name, known.text) != (name, source.file_text(known.path)) or known.language is not language:
        return False
    return all(
        each.name not in within
        and _path_of(each.name, folders) == each.path
        and _read_once(each.path, each.name, language, folders, (*within, name)) is each
        for each in known.uses
    )


def read_library(path: Path, name: str, language: Language) -> Shared:
    """What one library holds. Raises InvalidInput with every problem of it."""
    return _parse(path, name, language, library_folders(path, None, language), ()).own


def _parse(path: Path, name: str, language: Language, folders: Sequence[Path], within: tuple[str, ...]) -> _Library:
    text, problems = source.file_text(path), Problems()
    keys = Keys(problems, source.read(text, str(path)).table("a library"), "a library", LIBRARY_KEYS)
    if keys.text("library", required=True) not in ("", name):
        keys.problem("library", "CR140", f"the library `{name}` calls itself otherwise", f"library: {name}")
    keys.text("title", required=True)
    version = keys.text("version", required=True)
    uses = _used(keys, language, folders, (*within, name))
    below = _together(keys, uses)
    calendars, values = read_calendars(keys, below.calendars), read_values(keys)
    facts = read_facts(keys, name, language, below.definitions)
    definitions = read_definitions(keys, language, {**below.facts, **facts})
    every_value = with_shared(keys, "values", below.values, values)
    checker = language.checker(
        with_values(with_shared(keys, "define", below.definitions, definitions), newest_values(every_value)),
        with_shared(keys, "calendars", below.calendars, calendars),
        tuple(with_shared(keys, "facts", below.facts, facts).values()),
    )
    check_definitions(keys, checker, definitions)
    citation = keys.text("cite")
    if values and not citation:
        keys.problem(
            "values", "CR110", f"the library `{name}` has values and cites nothing", "no figure without `cite:`"
        )
    shared = {section: read_shared_rules(keys, section, name) for section in SECTIONS}
    problems.refuse()
    gives = tuple({**values, **calendars, **definitions, **facts})
    used = LibraryUsed(name, version, f"sha256:{sha256(text.encode()).hexdigest()}", gives, citation)
    own = Shared((used,), values, calendars, definitions, facts, shared)
    return _Library(name, path, text, language, own, uses)
