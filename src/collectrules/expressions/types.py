"""The types of expressions."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

ORDERED: Final = frozenset({"int", "date", "time", "money"})
TEXTUAL: Final = frozenset({"word", "text", "zone"})
TELLABLE: Final = ORDERED | TEXTUAL | {"bool"}
"""The types of single answers; the rest are lists and objects."""


class Kind(Struct, frozen=True):
    """The type of an expression. `object_type` names the fields of an object; `words` limits what it may equal."""

    name: str
    object_type: str = ""
    words: frozenset[str] | None = None


BOOL: Final = Kind("bool")
INT: Final = Kind("int")


def comparable(first: Kind, second: Kind) -> bool:
    """Can values of these types be compared?"""
    if first.name in TEXTUAL:
        return second.name in TEXTUAL
    if {first.name, second.name} <= {"int", "time"}:
        return True
    return first.name == second.name and first.name in (*ORDERED, "bool")


def article(word: str) -> str:
    """The name of a type or object with its article."""
    word = {"bool": "truth", "int": "number"}.get(word, word).replace("_", " ")
    return f"an {word}" if word[0] in "aeio" else f"a {word}"
