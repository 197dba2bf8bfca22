"""A company's standing configuration: `collectrules.yaml` in the current folder, or the file that `--config` names.

```yaml
assume:                                   # facts the company vouches for where a case does not state them
  debtor.represented_by_attorney: {value: 'false', reason: intake asks every debtor}
  history: {value: complete, reason: the dialer and the mail house write into one log}
rulesets: [our_rules]                     # folders with more rulesets, beside this file
```

Codes: CR800 an unknown key; CR801 a value without its reason; CR804 a folder that is not there. What is wrong with a
fact or its value has the codes of `collectrules.case.assumptions`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.case import assumptions
from collectrules.ground.errors import InvalidInput, Problem, meant
from collectrules.ground.nodes import Table, shown
from collectrules.ground.source import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.case.law_facts import LawFact
    from collectrules.ground.errors import Place
    from collectrules.ground.nodes import Node, Scalar

FILE_NAME: Final = "collectrules.yaml"
_TRUTHS: Final = {"true": True, "false": False}
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class Configuration(Struct, frozen=True):
    """What holds for every case of this company."""

    assume: Mapping[str, tuple[object, str]] = field(default_factory=dict)
    """Fact -> its value (a truth value, a whole number or text) and the reason why it may be taken so."""
    rulesets: tuple[Path, ...] = ()


def load(path: Path | None = None) -> Configuration:
    """Read the file; without a path the one in the current folder, and where there is none, nothing is configured.

    Raises `InvalidInput` with every problem found.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return Configuration()
    return _Reader(path.parent).configuration(read_file(path))


class _Reader:
    """Collects every problem of one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.rulesets: tuple[Path, ...] = ()

    def configuration(self, root: Node) -> Configuration:
        table = root.table("the configuration")
        self._only(table, ("assume", "rulesets"), "the configuration")
        self.rulesets = self._folders(table.get("rulesets"))
        read = Configuration(self._assumed(table.get("assume")), self.rulesets)
        if self.problems:
            raise InvalidInput(self.problems)
        return read

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

    def _folders(self, node: Node | None) -> tuple[Path, ...]:
        folders: list[Path] = []
        for item in node.listing("`rulesets`") if node is not None else ():
            written = item.scalar("a folder of rulesets")
            folder = self.folder / written.text
            if not folder.is_dir():
                self._complain(
                    written.place, "CR804", f"there is no folder {shown(written.text)}", f"looked in {folder}"
                )
            folders.append(folder)
        return tuple(folders)

    def _only(self, table: Table, known: Iterable[str], what: str) -> None:
        for key in table:
            if key not in known:
                advice = meant(key, known) or f"the keys of {what} are {', '.join(known)}"
                self._complain(table.place_of(key), "CR800", f"{what} has no key {shown(key)}", advice)

    def _complain(self, place: Place, code: str, message: str, help_: str) -> None:
        self.problems.append(Problem(place, code, message, help_))
