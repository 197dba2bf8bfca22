"""What a letter is written as: one file a format, found by being here. Each defines `FORMAT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.letters.documents import Document


class LetterFormat(Struct, frozen=True):
    """One way to write a letter down."""

    name: str
    suffix: str
    """The end of its files' names: `.pdf`."""
    write: Callable[[Document], bytes]
    """The file. The same letter gives the same bytes. Raises InvalidInput for what it cannot show."""


def built_in() -> Iterator[LetterFormat]:
    """Every format that has a file in this package, by file name."""
    return defined_in(__name__, __path__, "FORMAT")
