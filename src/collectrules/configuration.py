"""A company's standing configuration: `collectrules.yaml` in the current folder, or the file that `--config` names.

```yaml
assume:                                   # facts the company vouches for where a case does not state them
  debtor.represented_by_attorney: {value: 'false', reason: intake asks every debtor}
  history: {value: complete, reason: the dialer and the mail house write into one log}
rulesets: [our_rules]                     # folders with more rulesets, beside this file
```

Codes: CR800 an unknown key; CR801 a value without its reason; CR802 a fact that does not exist or cannot be assumed;
CR803 a value that the fact cannot have; CR804 a folder that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collectrules.errors import InvalidInput, Problem, meant
from collectrules.facts import ROOTS, Field, catalogue
from collectrules.source import Scalar, Table, read_file, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from collectrules.errors import Place
    from collectrules.source import Node

FILE_NAME: Final = "collectrules.yaml"
HISTORY: Final = "history"
"""Assumed `complete`, it says that nothing happened which the history does not tell."""

_PARSERS: Final[Mapping[str, tuple[Callable[[str], object], str]]] = {
    "int": (int, "a whole number"),
    "date": (date.fromisoformat, "a day, as 2026-01-31"),
}
_OBJECTS: Final = frozenset({"object", "map", "list"})


@dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for every case of this company."""

    assume: Mapping[str, tuple[object, str]] = field(default_factory=dict)
    """Fact -> its value (a truth value, a whole number, a day or text) and the reason why it may be taken so."""
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

    def configuration(self, root: Node) -> Configuration:
        table = root.table("the configuration")
        self._only(table, ("assume", "rulesets"), "the configuration")
        read = Configuration(self._assumed(table.get("assume")), self._folders(table.get("rulesets")))
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
            found = self._value(fact, place, value.scalar(f"the value of `{fact}`"))
            assumed[fact] = (found, reason.scalar(f"the reason of `{fact}`").text)
        return assumed

    def _value(self, fact: str, place: Place, written: Scalar) -> object:
        if fact == HISTORY:
            return self._word(written, ("complete",), HISTORY)
        described = self._field(fact, place)
        if described is None:
            return None
        if described.type == "bool":
            return self._word(written, ("false", "true"), fact) == "true"
        if described.words is not None:
            return self._word(written, described.words, fact)
        parse, wanted = _PARSERS.get(described.type, (str, ""))
        try:
            return parse(written.text)
        except ValueError:
            self._complain(written.place, "CR803", f"{shown(written.text)} will not do", f"`{fact}` is {wanted}")
            return None

    def _field(self, fact: str, place: Place) -> Field | None:
        """The field of the catalogue that a dotted name leads to."""
        root, *steps = fact.split(".")
        home, described = ROOTS.get(root, ""), None
        wrong, known = root, [*ROOTS, HISTORY]
        for step in steps if home else ():
            wrong, known = step, list(catalogue().fields(home)) if home else []
            described = catalogue().fields(home).get(step) if home else None
            if described is None:
                break
            home = described.items if described.type == "object" else ""
        if described is None:
            self._complain(place, "CR802", f"there is no fact {shown(fact)}", meant(wrong, known))
        elif described.type in _OBJECTS:
            self._complain(place, "CR802", f"`{fact}` holds several facts", "assume one of them by its own name")
            return None
        return described

    def _word(self, written: Scalar, words: Iterable[str], fact: str) -> str:
        known = sorted(words)
        if written.text not in known:
            advice = meant(written.text, known) or f"it is one of: {', '.join(known)}"
            self._complain(written.place, "CR803", f"`{fact}` is never {shown(written.text)}", advice)
        return written.text

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
