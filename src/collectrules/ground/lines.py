"""Text in lines that fit a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

WIDTH: Final = 80
"""Columns of a line. A word that is longer, such as an address on the web, stands alone on its line."""


def wrapped(text: str, indent: str = "    ", *, first: str | None = None) -> list[str]:
    """Lines of the width of a terminal; no word is cut. `first` stands before the first, `indent` before the others."""
    return wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
