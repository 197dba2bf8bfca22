"""One table of a file whose keys are taken one by one, and the problems of the whole file."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


USUAL: Final[Mapping[str, str]] = MappingProxyType({})


class Problems:
    """What is wrong with one file, collected so that all of it is told at once."""

    def __init__(self, codes: Mapping[str, str] = USUAL) -> None:
        """`codes` are what such a file has instead of the usual ones of keys: CR100, CR101, CR102 and CR103."""
        self.all: list[Problem] = []
        self._codes = codes

    def add(self, place: Place, code: str, message: str, help_: str = "") -> None:
        """One more thing that is wrong."""
        self.all.append(Problem(place, self._codes.get(code, code), message, help_))

    def refuse(self) -> None:
        """Raise InvalidInput with all of it, where there is anything."""
        if self.all:
            raise InvalidInput(self.all)

    def day(self, text: str, place: Place) -> int:
        """A date as a proleptic ordinal; 0 where it is none, which is a problem."""
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        self.add(place, "CR104", f"`{text}` is no date", "write it as 2026-01-31")
        return 0


class Keys:
    """One table of the file, whose keys are taken one by one; what is not among the `known` ones is a problem.

    `what` names the table in messages. What is taken in another shape than it has is a problem, and comes back empty.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # a table, and what is said of the keys that it cannot have
        self,
        problems: Problems,
        table: Table,
        what: str,
        known: Iterable[str],
        others: Container[str] = (),
        of_others: str = "",
    ) -> None:
        self.problems, self.table, self.what = problems, table, what
        known = tuple(known)
        for key in table:
            if key not in known:
                help_ = of_others if key in others else meant(key, known) or f"known here: {', '.join(known)}"
                problems.add(table.place_of(key), "CR101", f"{what} has no key `{key}`", help_)

    def inner(self, table: Table, what: str, known: Iterable[str]) -> Keys:
        """The keys of a table within this one."""
        return Keys(self.problems, table, what, known)

    def problem(self, key: str, code: str, message: str, help_: str = "") -> None:
        """Something is wrong with what stands under a key, or with the table where nothing does."""
        self.problems.add(self.place(key), code, message, help_)

    def node(self, key: str) -> Node | None:
        """What stands under a key."""
        return self.table.get(key)

    def nodes(self, key: str) -> tuple[Node, ...]:
        """What stands under a key, or the items of the list that does."""
        node = self.table.get(key)
        return () if node is None else node.items if isinstance(node, Listing) else (node,)

    def place(self, key: str) -> Place:
        """Where that stands; the table where nothing does."""
        node = self.table.get(key)
        return node.place if node is not None else self.table.place

    def text(self, key: str, *, required: bool = False, help_: str = "") -> str:
        """One text, its white space made single blanks."""
        node = self.table.get(key)
        if node is None:
            if required:
                self.problems.add(self.table.place, "CR100", f"{self.what} has no `{key}`", help_)
            return ""
        if not isinstance(node, Scalar):
            self.problems.add(node.place, "CR102", f"`{key}` is one text")
            return ""
        if required and not node.text.strip():
            self.problems.add(node.place, "CR100", f"`{key}` is empty", help_)
        return " ".join(node.text.split())

    def citation(self, what: str = "", help_: str = "each has its own `cite:`") -> str:
        """The law that a part rests on: none is a problem. `what` names the part better than the table's name does."""
        text = self.text("cite")
        if not text:
            self.problem("cite", "CR110", f"{what or self.what} cites nothing", help_)
        return text

    def words(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """A word or a list of words, of the `known` ones where there are such."""
        return self.words_of(self.nodes(key), key, known)

    def words_of(self, nodes: Iterable[Node], key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """The words that stand in some nodes under a key."""
        words = []
        for item in nodes:
            if not isinstance(item, Scalar):
                self.problems.add(item.place, "CR102", f"`{key}` is a word or a list of words")
                continue
            if known is not None and item.text not in known:
                self.problems.add(item.place, "CR103", f"`{item.text}` is no word for `{key}`", meant(item.text, known))
            words.append(item.text)
        return tuple(words)

    def truth(self, key: str) -> bool:
        """`yes` or `no`."""
        node = self.table.get(key)
        if isinstance(node, Scalar) and node.text in {"yes", "no"}:
            return node.text == "yes"
        self.problem(key, "CR103", f"`{key}` is `yes` or `no`")
        return False

    def day(self, key: str, *, required: bool = False, default: int = 0) -> int:
        """A date as a proleptic ordinal."""
        text = self.text(key, required=required)
        return self.problems.day(text, self.place(key)) if text else default

    def number(self, key: str, least: int, most: int) -> int:
        """A whole number between two others; 0 where the key is missing."""
        node = self.table.get(key)
        if node is None:
            return 0
        if isinstance(node, Scalar) and re.fullmatch(r"[+-]?\d+", node.text) and least <= int(node.text) <= most:
            return int(node.text)
        self.problems.add(node.place, "CR102", f"`{key}` is a whole number from {least} to {most}")
        return 0

    def table_of(self, key: str) -> Table | None:
        """A table with keys of its own."""
        node = self.table.get(key)
        if node is None or isinstance(node, Table):
            return node
        self.problems.add(node.place, "CR102", f"`{key}` is no table of keys")
        return None

    def entries(self, key: str) -> Iterable[tuple[str, Node]]:
        """The names in a table with what stands under each."""
        table = self.table_of(key)
        return () if table is None else table.entries.items()

    def items_of(self, key: str) -> tuple[Table, ...]:
        """A list of tables."""
        node = self.table.get(key)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self.problems.add(node.place, "CR102", f"`{key}` is a list")
            return ()
        tables = []
        for item in node:
            if isinstance(item, Table):
                tables.append(item)
            else:
                self.problems.add(item.place, "CR102", f"an item of `{key}` is no table of keys")
        return tuple(tables)
