"""A company's standing configuration: the nearest `collectrules.yaml`, in the current folder or above, or `--config`.

Every command reads it alike.

```yaml
assume:                                   # facts the company vouches for where a case does not state them
  debtor.represented_by_attorney: {value: 'false', reason: intake asks every debtor}
  history: {value: complete, reason: the dialer and the mail house write into one log}
records:                                  # groups of the record that are whole, or looked through at a known day
  contacts: {kept: whole, reason: the dialer and the mail house write into one log}
  insolvency: {kept: checked, max_age: 30 days, reason: a scrub that each case dates under `checked_at`}
rulesets: [our_rules]                     # folders with more rulesets, beside this file
providers: [us_ca_carriers]               # what these refuse to carry, beside the law
policy: our_rules/house/collections.yaml  # the collections policy, a file or the name of a shipped one; or a list
letters: [our_letters]                    # folders with letter templates, beside this file
letterhead: letterhead.yaml               # who writes letters, and how to pay
accept:                                   # gaps of the law that the company accepts; each verdict repeats them
  - {place: US-TX, topic: workplace, reason: opinion of counsel of 2026-10-01}
without_plugins:                          # installed plugins that are left out; each verdict repeats them
  pigeon-post: its law of pigeons was not read by anybody here
```

Codes: CR800 an unknown key; CR801 a value, or a plugin that is left out, without its reason; CR804 a folder, or a
provider, that is not there; CR805 something of the name that is no file, or two of them; CR806 a gap that names no
place or topic; CR807 a group that is not said to be kept `whole` or `checked`, or for how long a check holds. What is
wrong with a fact or its value has the codes of `collectrules.case.assumptions`, with a group those of
`collectrules.case.records`.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case import assumptions, records
from collectrules.case.records import Kept
from collectrules.ground import switches
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Scalar, Table, shown
from collectrules.ground.source import file_text, read
from collectrules.law.files import JURISDICTION
from collectrules.law.keys import Keys, Problems
from collectrules.law.topics import topics_of
from collectrules.plugins import providers
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.law_facts import LawFact

_KEYS: Final = (
    *("assume", "records", "rulesets", "providers", "accept", "without_plugins", "policy"),
    *("letters", "letterhead"),
)
_CODES: Final = {"CR101": "CR800", "CR102": "CR010"}
FILE_NAMES: Final = ("collectrules.yaml", "collectrules.yml")
_TRUTHS: Final = {"true": True, "false": False}
_KEPT: Final = ("whole", "checked")
_DAYS: Final = re.compile(r"([0-9]{1,4}) days?")
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class Configuration(Struct, frozen=True):
    """What holds for every case of this company."""

    assume: Mapping[str, tuple[object, str]] = field(default_factory=dict)
    """Fact -> its value (a truth value, a whole number or text) and the reason why it may be taken so."""
    records: Mapping[str, Kept] = field(default_factory=dict)
    """The groups of the record that are kept whole, or checked."""
    rulesets: tuple[Path, ...] = ()
    accept: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Place and topic of a gap -> why it is accepted."""
    without_plugins: Mapping[str, str] = field(default_factory=dict)
    """Plugin, or its package -> why it is left out."""
    policies: tuple[str, ...] = ()
    """The collections policies: names of shipped ones, and files."""
    letters: tuple[Path, ...] = ()
    letterhead: Path | None = None
    name: str = ""
    """What verdicts call the file: its name and the hash of its text. Empty where there is none."""


def load(path: Path | None = None) -> Configuration:
    """Read the file; without a path the nearest one from the current folder upward; without any, nothing is configured.

    Raises `InvalidInput` with every problem found.
    """
    path = nearest(Path.cwd()) if path is None else path
    if path is None:
        return Configuration()
    text = file_text(path)
    name = f"{path.name} sha256:{sha256(text.encode()).hexdigest()}"
    keys = Keys(Problems(_CODES), read(text, str(path)).table("the configuration"), "the configuration", _KEYS)
    return replace(_Reader(path.parent, keys).configuration(), name=name)


def nearest(folder: Path) -> Path | None:
    """The configuration of a folder, else of the nearest folder above it. Raises `InvalidInput` for what is no file."""
    for above in (folder, *folder.parents):
        there = [above / name for name in FILE_NAMES if os.path.lexists(above / name)]
        if len(there) > 1:
            message = f"there is a {there[0].name} beside this file"
            raise InvalidInput([Problem(Place(str(there[1])), "CR805", message, "keep one of the two")])
        if there and not there[0].is_file():
            message = "this is no file that could be read"
            raise InvalidInput([Problem(Place(str(there[0])), "CR805", message, "make it a file, or take it away")])
        if there:
            return there[0]
    return None


class _Reader:
    """Reads one file."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self.keys = keys
        self.problems = keys.problems
        self.rulesets: tuple[Path, ...] = ()

    def configuration(self) -> Configuration:
        without = self._without()
        switches.switch_off_too(without)  # before anything asks what plugins there are
        self.rulesets = (*self._folders("rulesets"), *self._providers())
        letterhead = self.keys.text("letterhead")
        configured = Configuration(
            self._assumed(),
            self._records(),
            self.rulesets,
            self._accepted(),
            without,
            self._policies(),
            self._folders("letters"),
            self.folder / letterhead if letterhead else None,
        )
        self.problems.refuse()
        return configured

    def _without(self) -> dict[str, str]:
        table = self.keys.table_of("without_plugins")
        if table is None:
            return {}
        keys = self.keys.inner(table, "`without_plugins`", table)
        without = {name: keys.text(name) for name in table}
        for name, reason in without.items():
            if not reason:
                help_ = f"{name}: who decided so, and why"
                self.problems.add(table.place_of(name), "CR801", f"`{name}` is left out without a reason", help_)
        return without

    def _accepted(self) -> dict[tuple[str, str], str]:
        accepted: dict[tuple[str, str], str] = {}
        for table in self.keys.items_of("accept"):
            entry = self.keys.inner(table, "a gap", ("place", "topic", "reason"))
            place, topic, reason = (entry.text(key) for key in ("place", "topic", "reason"))
            if not reason:
                help_ = "reason: who decided so, and why"
                self.problems.add(table.place, "CR801", "a gap is accepted without a reason", help_)
            topics = topics_of(load_plugins().language).by_id
            if not JURISDICTION.fullmatch(place):
                self.problems.add(table.place, "CR806", f"{shown(place)} is no place", "place: US-TX")
            elif topic not in topics:
                advice = meant(topic, topics) or "`collectrules coverage US-TX --json` has their names"
                self.problems.add(table.place, "CR806", f"{shown(topic)} is no topic", advice)
            accepted[place, topic] = reason
        return accepted

    def _entries(self, key: str, known: tuple[str, ...], example: str) -> Iterator[tuple[str, Place, Keys]]:
        """What stands under the names in a table, each with its place; what has no reason is told."""
        table = self.keys.table_of(key)
        if table is None:
            return
        for name, entry in table.entries.items():
            if isinstance(entry, Table):
                yield name, table.place_of(name), self.keys.inner(entry, f"`{name}`", known)
            else:
                self.problems.add(entry.place, "CR801", f"`{name}` has no reason", f"write `{example}`")

    def _assumed(self) -> dict[str, tuple[object, str]]:
        assumed: dict[str, tuple[object, str]] = {}
        example = "{value: ..., reason: ...}"
        for fact, place, entry in self._entries("assume", ("value", "reason"), example):
            if absent := next((key for key in ("value", "reason") if key not in entry.table), ""):
                self.problems.add(place, "CR801", f"`{fact}` has no {absent}", f"write `{example}`")
                continue
            reason = entry.text("reason")
            assumed[fact] = (self._value(fact, place, entry.text("value"), reason), reason)
        return assumed

    def _records(self) -> dict[str, Kept]:
        kept: dict[str, Kept] = {}
        keys = ("kept", "max_age", "reason")
        for group, place, entry in self._entries("records", keys, "{kept: whole, reason: ...}"):
            kept[group] = Kept(entry.text("reason"), self._age(group, place, entry))
            with self._told_at(place):
                records.check({group: kept[group]})
        return kept

    def _age(self, group: str, place: Place, entry: Keys) -> int | None:
        """For how many days a check of a group holds; None where the group is whole."""
        how, age = entry.text("kept"), entry.text("max_age")
        if how not in _KEPT:
            help_ = meant(how, _KEPT) or "kept: whole, or kept: checked with `max_age: 30 days`"
            self.problems.add(place, "CR807", f"`{group}` is not said to be kept whole or checked", help_)
        days = _DAYS.fullmatch(age)
        if how == "checked" and days is None:
            self.problems.add(place, "CR807", f"`{group}` has no time for which a check holds", "max_age: 30 days")
        elif how == "whole" and age:
            self.problems.add(place, "CR807", f"`{group}` is kept whole and has a `max_age`", "kept: checked")
        return int(days[1]) if how == "checked" and days is not None else None

    def _value(self, fact: str, place: Place, written: str, reason: str) -> object:
        """The value as the fact has it. What is wrong with it or with the fact is told at its place in the file."""
        value: object = _TRUTHS.get(written, written)
        if _WHOLE_NUMBER.fullmatch(written):
            value = int(written)
        with self._told_at(place):
            assumptions.check({fact: (value, reason)}, self._declared)
        return value

    @contextmanager
    def _told_at(self, place: Place) -> Iterator[None]:
        """What is wrong is told at a place of the file."""
        try:
            yield
        except InvalidInput as error:
            for each in error.problems:
                self.problems.add(place, each.code, each.message, each.help)

    def _declared(self) -> tuple[LawFact, ...]:
        """The facts that laws declare, those of the configured folders among them."""
        from collectrules.law.rulebook import Rulebook

        plugins = load_plugins()
        return Rulebook((*plugins.ruleset_folders, *self.rulesets), plugins.language).facts()

    def _policies(self) -> tuple[str, ...]:
        """The policies, each as a path from the folder of this file where there is such a file, else as it stands."""
        named = self.keys.words("policy")
        return tuple(str(self.folder / name) if (self.folder / name).exists() else name for name in named)

    def _folders(self, key: str) -> tuple[Path, ...]:
        for node in self.keys.nodes(key):
            if isinstance(node, Scalar) and not (self.folder / node.text).is_dir():
                help_ = f"looked in {self.folder / node.text}"
                self.problems.add(node.place, "CR804", f"there is no folder {shown(node.text)}", help_)
        return tuple(self.folder / name for name in self.keys.words(key))

    def _providers(self) -> tuple[Path, ...]:
        """The folders with the rules of the providers that are named."""
        named = self.keys.words("providers")
        known = providers.names() if named else ()
        for node in self.keys.nodes("providers"):
            if isinstance(node, Scalar) and node.text not in known:
                advice = meant(node.text, known) or f"they are {', '.join(known)}"
                self.problems.add(node.place, "CR804", f"there are no rules of a provider {shown(node.text)}", advice)
        return tuple(providers.folder(name) for name in named if name in known)
