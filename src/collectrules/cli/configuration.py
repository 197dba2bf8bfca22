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
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case import assumptions, records
from collectrules.case.records import Kept
from collectrules.ground import switches
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Table, shown
from collectrules.ground.source import file_text, read
from collectrules.law.files import JURISDICTION
from collectrules.law.topics import topics_of
from collectrules.plugins import providers
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.case.law_facts import LawFact
    from collectrules.ground.nodes import Node, Scalar

_LETTERS: Final = ("letters", "letterhead")
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
    return replace(_Reader(path.parent).configuration(read(text, str(path))), name=name)


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
    """Collects every problem of one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.rulesets: tuple[Path, ...] = ()

    def configuration(self, root: Node) -> Configuration:
        table = root.table("the configuration")
        self._only(
            table,
            ("assume", "records", "rulesets", "providers", "accept", "without_plugins", "policy", *_LETTERS),
            "the configuration",
        )
        without = self._without(table.get("without_plugins"))
        switches.switch_off_too(without)  # before anything asks what plugins there are
        self.rulesets = (*self._folders(table, "rulesets"), *self._providers(table.get("providers")))
        letterhead = table.get("letterhead")
        configured = Configuration(
            self._assumed(table.get("assume")),
            self._records(table.get("records")),
            self.rulesets,
            self._accepted(table.get("accept")),
            without,
            self._policies(table.get("policy")),
            self._folders(table, "letters"),
            self.folder / letterhead.scalar("`letterhead`").text if letterhead is not None else None,
        )
        if self.problems:
            raise InvalidInput(self.problems)
        return configured

    def _without(self, node: Node | None) -> dict[str, str]:
        table = node.table("`without_plugins`") if node is not None else None
        without: dict[str, str] = {}
        for name in table or ():
            assert table is not None
            without[name] = table.entries[name].scalar(f"the reason of `{name}`").text.strip()
            if not without[name]:
                help_ = f"{name}: who decided so, and why"
                self._complain(table.place_of(name), "CR801", f"`{name}` is left out without a reason", help_)
        return without

    def _accepted(self, node: Node | None) -> dict[tuple[str, str], str]:
        accepted: dict[tuple[str, str], str] = {}
        for item in node.listing("`accept`") if node is not None else ():
            entry = item.table("a gap that is accepted")
            self._only(entry, ("place", "topic", "reason"), "a gap")
            told = {key: entry.entries[key].scalar(f"`{key}`").text.strip() for key in entry}
            if not told.get("reason"):
                self._complain(
                    item.place, "CR801", "a gap is accepted without a reason", "reason: who decided so, and why"
                )
            place, topic = told.get("place", ""), told.get("topic", "")
            topics = topics_of(load_plugins().language).by_id
            if not JURISDICTION.fullmatch(place):
                self._complain(item.place, "CR806", f"{shown(place)} is no place", "place: US-TX")
            elif topic not in topics:
                advice = meant(topic, topics) or "`collectrules coverage US-TX --json` has their names"
                self._complain(item.place, "CR806", f"{shown(topic)} is no topic", advice)
            accepted[place, topic] = told.get("reason", "")
        return accepted

    def _assumed(self, node: Node | None) -> dict[str, tuple[object, str]]:
        assumed: dict[str, tuple[object, str]] = {}
        if node is None:
            return assumed
        table = node.table("`assume`")
        for fact, entry in table.entries.items():
            place = table.place_of(fact)
            if not isinstance(entry, Table):
                self._complain(entry.place, "CR801", f"`{fact}` has no reason", "write `{value: ..., reason: ...}`")
                continue
            self._only(entry, ("value", "reason"), f"`{fact}`")
            value, reason = entry.get("value"), entry.get("reason")
            if value is None or reason is None:
                absent = "value" if value is None else "reason"
                self._complain(place, "CR801", f"`{fact}` has no {absent}", "write `{value: ..., reason: ...}`")
                continue
            why = reason.scalar(f"the reason of `{fact}`").text
            assumed[fact] = (self._value(fact, place, value.scalar(f"the value of `{fact}`"), why), why)
        return assumed

    def _records(self, node: Node | None) -> dict[str, Kept]:
        kept: dict[str, Kept] = {}
        if node is None:
            return kept
        table = node.table("`records`")
        for group, entry in table.entries.items():
            place = table.place_of(group)
            if not isinstance(entry, Table):
                self._complain(entry.place, "CR801", f"`{group}` has no reason", "write `{kept: whole, reason: ...}`")
                continue
            self._only(entry, ("kept", "max_age", "reason"), f"`{group}`")
            told = {key: entry.entries[key].scalar(f"`{key}` of `{group}`").text.strip() for key in entry}
            kept[group] = Kept(told.get("reason", ""), self._age(group, place, told))
            try:
                records.check({group: kept[group]})
            except InvalidInput as error:
                self.problems += [Problem(place, each.code, each.message, each.help) for each in error.problems]
        return kept

    def _age(self, group: str, place: Place, told: Mapping[str, str]) -> int | None:
        """For how many days a check of a group holds; None where the group is whole."""
        how, age = told.get("kept", ""), told.get("max_age", "")
        if how not in _KEPT:
            help_ = meant(how, _KEPT) or "kept: whole, or kept: checked with `max_age: 30 days`"
            self._complain(place, "CR807", f"`{group}` is not said to be kept whole or checked", help_)
        days = _DAYS.fullmatch(age)
        if how == "checked" and days is None:
            self._complain(place, "CR807", f"`{group}` has no time for which a check holds", "max_age: 30 days")
        elif how == "whole" and age:
            self._complain(place, "CR807", f"`{group}` is kept whole and has a `max_age`", "kept: checked")
        return int(days[1]) if how == "checked" and days is not None else None

    def _value(self, fact: str, place: Place, written: Scalar, reason: str) -> object:
        """The value as the fact has it. What is wrong with it or with the fact is told at its place in the file."""
        value: object = written.text
        if written.text in _TRUTHS:
            value = _TRUTHS[written.text]
        elif _WHOLE_NUMBER.fullmatch(written.text):
            value = int(written.text)
        try:
            assumptions.check({fact: (value, reason)}, self._declared)
        except InvalidInput as error:
            self.problems += [Problem(place, problem.code, problem.message, problem.help) for problem in error.problems]
        return value

    def _declared(self) -> tuple[LawFact, ...]:
        """The facts that laws declare, those of the configured folders among them."""
        from collectrules.law.rulebook import Rulebook
        from collectrules.plugins.loading import load_plugins

        plugins = load_plugins()
        return Rulebook((*plugins.ruleset_folders, *self.rulesets), plugins.language).facts()

    def _policies(self, node: Node | None) -> tuple[str, ...]:
        """The policies, each as a path from the folder of this file where there is such a file, else as it stands."""
        items = node if isinstance(node, Listing) else () if node is None else (node,)
        named = [item.scalar("a collections policy").text for item in items]
        return tuple(str(self.folder / name) if (self.folder / name).exists() else name for name in named)

    def _folders(self, table: Table, key: str) -> tuple[Path, ...]:
        node = table.get(key)
        folders: list[Path] = []
        for item in node.listing(f"`{key}`") if node is not None else ():
            written = item.scalar(f"a folder of {key}")
            folder = self.folder / written.text
            if not folder.is_dir():
                self._complain(
                    written.place, "CR804", f"there is no folder {shown(written.text)}", f"looked in {folder}"
                )
            folders.append(folder)
        return tuple(folders)

    def _providers(self, node: Node | None) -> tuple[Path, ...]:
        """The folders with the rules of the providers that are named."""
        named = [item.scalar("a provider") for item in node.listing("`providers`")] if node is not None else []
        known = providers.names() if named else ()
        for each in named:
            if each.text not in known:
                advice = meant(each.text, known) or f"they are {', '.join(known)}"
                self._complain(each.place, "CR804", f"there are no rules of a provider {shown(each.text)}", advice)
        return tuple(providers.folder(each.text) for each in named if each.text in known)

    def _only(self, table: Table, known: Iterable[str], what: str) -> None:
        for key in table:
            if key not in known:
                advice = meant(key, known) or f"the keys of {what} are {', '.join(known)}"
                self._complain(table.place_of(key), "CR800", f"{what} has no key {shown(key)}", advice)

    def _complain(self, place: Place, code: str, message: str, help_: str) -> None:
        self.problems.append(Problem(place, code, message, help_))
