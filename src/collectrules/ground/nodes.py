"""What stands in a file: text, lists, and keys with values, each with its place.

Scalars stay the text that was written, and remember whether it was quoted: `21:00` is no number of seconds, `NO` is
not false and `01234` keeps its zero. What a text means is for the reader of the field to say. Every node and every key
knows its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from msgspec import Struct

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_LIMIT: Final = 100
"""How deep lists and keys may nest. Nothing that a person writes comes near it."""


class Scalar(Struct, frozen=True):
    """One piece of text as it was written. `quoted` is also true of YAML block text (`|`, `>`)."""

    text: str
    quoted: bool
    place: Place

    def scalar(self, what: str) -> Scalar:
        """Return this text."""
        del what
        return self

    def listing(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: text is no list."""
        raise InvalidInput([wrong_shape(self, what, "a list")])

    def table(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: text has no keys."""
        raise InvalidInput([wrong_shape(self, what, "keys with values")])


class Listing(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        """Go through the items in the order in which they are written."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self.items)

    def scalar(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: a list is no text."""
        raise InvalidInput([wrong_shape(self, what, "text")])

    def listing(self, what: str) -> Listing:
        """Return this list."""
        del what
        return self

    def table(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: a list has no keys."""
        raise InvalidInput([wrong_shape(self, what, "keys with values")])


class Table(Struct, frozen=True):
    """Keys with values, in the order in which they are written. `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place

    def __contains__(self, key: object) -> bool:
        """Whether the key stands here."""
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in the order in which they are written."""
        return iter(self.entries)

    def get(self, key: str) -> Node | None:
        """Return what stands under a key, or None."""
        return self.entries.get(key)

    def place_of(self, key: str) -> Place:
        """Return the place of a key, or that of the whole where it is missing."""
        return self.keys.get(key, self.place)

    def scalar(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: keys are no text."""
        raise InvalidInput([wrong_shape(self, what, "text")])

    def listing(self, what: str) -> NoReturn:
        """Raise `InvalidInput`: keys are no list."""
        raise InvalidInput([wrong_shape(self, what, "a list")])

    def table(self, what: str) -> Table:
        """Return these keys."""
        del what
        return self


Node = Scalar | Listing | Table


def shown(text: str, most: int = 60) -> str:
    """Return the text in backquotes for a message: on one line, without control characters, and not endless."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text[: most + 1])
    return f"`{visible[:most]}...`" if len(visible) > most else f"`{visible}`"


def shape(node: Node) -> str:
    """Name what a node is, for a message."""
    if isinstance(node, Scalar):
        return shown(node.text) if node.text or node.quoted else "nothing"
    return "a list" if isinstance(node, Listing) else "keys with values"


def wrong_shape(node: Node, what: str, wanted: str) -> Problem:
    """Say that a node is of another shape than was wanted."""
    return Problem(node.place, "CR010", f"{what} must be {wanted}, but here is {shape(node)}")


def nothing_here(path: str) -> InvalidInput:
    """The error of a file in which nothing stands."""
    return InvalidInput([Problem(Place(path), "CR003", "nothing is in this file")])


def too_deep(place: Place) -> InvalidInput:
    """The error of lists and keys within each other without end."""
    return InvalidInput([Problem(place, "CR008", f"nested more than {DEPTH_LIMIT} deep")])


def key_twice(key: str, place: Place, first: Place) -> Problem:
    """Report a key that stands in one table twice."""
    return Problem(
        place,
        "CR006",
        f"the key {shown(key)} stands twice",
        f"it stands first at line {first.line}; keep one of them",
    )


def half_character(text: str, place: Place) -> Problem | None:
    r"""Report half a character, as `\ud83d` without its other half: it cannot be written anywhere."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return Problem(place, "CR002", "an escape in this text is half a character", r"write both halves, or \uXXXX")
    return None
