"""Rule kinds: the shapes a rule may have. One file each; a new kind is one file and its test.

A kind turns the fields that a rule of its shape has, and the values in force, into one expression: the breach. What a
kind cannot say is said with `when:`. Kinds know nothing of backends, and no number of any law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from msgspec import Struct, field

Shape = Literal["condition", "contact", "words", "word", "collection"]
"""What a field of a rule holds: a condition of the case, one of a contact, words, one word, `collection where ...`."""

Parts = Mapping[str, "str | tuple[str, ...]"]
"""The fields of one rule as text; `words` as a tuple."""


class RuleKind(Struct, frozen=True):
    """A shape of rule.

    `fields` are the keys it adds to a rule, required ones first in `required`; `values` the dated values it needs.
    `words` are the words that a field may hold, where they are few. `breach` gives the text of the breach, in which
    `$name` stands for a value and the fields have been put in by the kind.
    `sentence` gives the arithmetic of a finding, from the values in force and what the record held for `figures`.
    """

    name: str
    title: str
    fields: Mapping[str, Shape]
    required: tuple[str, ...]
    values: tuple[str, ...]
    breach: Callable[[Parts], str]
    figures: Callable[[Parts], Mapping[str, str]] = field(default=lambda _: {})
    """Expressions worth telling in a finding, by the name that `sentence` uses."""
    sentence: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """English with `{figure}` and `{$value}` in it; empty where the rule's own title says it all."""


def built_in() -> Iterator[RuleKind]:
    """Every kind of this package: the `KIND` of each module here."""
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        kind: RuleKind = import_module(f"{__name__}.{module.name}").KIND
        yield kind


__all__ = ["Parts", "RuleKind", "Shape", "built_in"]
