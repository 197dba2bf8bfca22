"""Libraries: definitions, values, calendars, facts and rules that several rulesets use, without law or jurisdiction.

A library lies at `common/<name>.yaml` in a folder of rulesets and is used by its id: `uses: [common.parties]`. That of
the ruleset's own folder goes before those of other folders. One law never uses another law's definitions.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct

from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, meant
from collectrules.law.calendars import read_calendars
from collectrules.law.definitions import check_definitions, read_definitions
from collectrules.law.facts import read_facts
from collectrules.law.files import LIBRARIES
from collectrules.law.keys import Keys, Problems
from collectrules.law.model import LibraryUsed
from collectrules.law.shared_rules import SECTIONS, SharedRules, read_shared_rules
from collectrules.law.values import newest_values, read_values, with_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from collectrules.case.law_facts import LawFact
    from collectrules.expressions.syntax import Definition
    from collectrules.ground.dated import Calendar
    from collectrules.law.model import Language, Values

T = TypeVar("T")

LIBRARY_KEYS: Final = (
    *("library", "title", "version", "cite", "values", "calendars", "facts", "define"),
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


def read_uses(keys: Keys, language: Language, folders: Sequence[Path]) -> Shared:
    """What the libraries under `uses:` hold. Raises InvalidInput with what is wrong with one of them."""
    used: list[LibraryUsed] = []
    values: dict[str, Any] = {}
    calendars: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    shared: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    for name in dict.fromkeys(keys.words("uses")):
        path = _path_of(name, folders)
        if path is None:
            known = [_name_of(file, folder) for folder in folders for file in (folder / LIBRARIES).glob("**/*.yaml")]
            help_ = meant(name, known) or f"a library lies at `{LIBRARIES}/<name>.yaml` in a folder of rulesets"
            keys.problem("uses", "CR150", f"there is no library `{name}`", help_)
            continue
        library = _read_once(path, name, language)
        used += library.used
        for into, more in (
            (values, library.values),
            (calendars, library.calendars),
            (definitions, library.definitions),
            (facts, library.facts),
            *((shared[section], library.rules[section]) for section in SECTIONS),
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


_read: dict[Path, tuple[str, str, Language, Shared]] = {}
"""Each library as it was read last, with its name, its text and the language: most rulesets use the same few."""


def _read_once(path: Path, name: str, language: Language) -> Shared:
    """What one library holds, read again where its text or the language is another one."""
    text = source.file_text(path)
    known = _read.get(path)
    if known is None or known[:2] != (name, text) or known[2] is not language:
        known = _read[path] = (name, text, language, _parse(text, str(path), name, language))
    return known[3]


def read_library(path: Path, name: str, language: Language) -> Shared:
    """What one library holds. Raises InvalidInput with every problem of it."""
    return _parse(source.file_text(path), str(path), name, language)


def _parse(text: str, path: str, name: str, language: Language) -> Shared:
    problems = Problems()
    keys = Keys(problems, source.read(text, path).table("a library"), "a library", LIBRARY_KEYS)
    if keys.text("library", required=True) not in ("", name):
        keys.problem("library", "CR140", f"the library `{name}` calls itself otherwise", f"library: {name}")
    keys.text("title", required=True)
    version = keys.text("version", required=True)
    calendars, values, facts = read_calendars(keys), read_values(keys), read_facts(keys, name, language)
    definitions = read_definitions(keys, language, facts)
    checker = language.checker(with_values(definitions, newest_values(values)), calendars, tuple(facts.values()))
    check_definitions(keys, checker, definitions)
    citation = keys.text("cite")
    if values and not citation:
        keys.problem(
            "values", "CR110", f"the library `{name}` has values and cites nothing", "no figure without `cite:`"
        )
    shared = {section: read_shared_rules(keys, section, name) for section in SECTIONS}
    if problems.all:
        raise InvalidInput(problems.all)
    gives = tuple({**values, **calendars, **definitions, **facts})
    used = LibraryUsed(name, version, f"sha256:{sha256(text.encode()).hexdigest()}", gives, citation)
    return Shared((used,), values, calendars, definitions, facts, shared)
