"""A letter as text of 78 columns, in UTF-8."""

from __future__ import annotations

import unicodedata
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from collectrules.letters.documents import Grid, Heading, Lines, Paragraph, Points, Rule
from collectrules.letters.formats import LetterFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.letters.documents import Block, Document

_WIDTH: Final = 78


def _write(document: Document) -> bytes:
    lines: list[str] = []
    if document.mark:
        lines += [f"*** {document.mark} ***".center(_WIDTH).rstrip(), ""]
    for group in (document.sender, document.recipient, (document.day_text,)):
        if any(group):
            lines += [*group, ""]
    if document.title:
        lines += [document.title, "=" * min(_columns(document.title), _WIDTH), ""]
    for block in document.blocks:
        lines += [*_block(block), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (block.text, "-" * min(_columns(block.text), _WIDTH))
    elif isinstance(block, Paragraph):
        yield from wrap(block.text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    elif isinstance(block, Lines):
        yield from (f"    {line}" for line in block.lines)
    elif isinstance(block, Points):
        sign = "[ ] " if block.boxes else "- "
        for item in block.items:
            yield from wrap(
                item, _WIDTH, initial_indent=sign, subsequent_indent=" " * len(sign), break_on_hyphens=False
            )
    elif isinstance(block, Grid):
        yield from _grid(block)
    elif isinstance(block, Rule):
        yield "-" * _WIDTH


def _grid(grid: Grid) -> Iterator[str]:
    """The columns as wide as they must be; where that is more than a line holds, the widest ones are wrapped."""
    rows = [grid.head, *grid.rows]
    widths = [max(_columns(row[column]) for row in rows) for column in range(len(grid.head))]
    room = max(_WIDTH - 2 * (len(widths) - 1), len(widths))
    while sum(widths) > room:  # the widest gives way, down to the next
        widest = max(widths)
        next_widest = max((width for width in widths if width < widest), default=0)
        shared = [number for number, width in enumerate(widths) if width == widest]
        over = -(-(sum(widths) - room) // len(shared))
        for number in shared:
            widths[number] = max(widest - over, next_widest, 1)
    for number, row in enumerate(rows):
        if any(row):
            yield from _row(row, widths, grid.figures)
        if number == 0 and any(row):
            yield "  ".join("-" * width for width in widths).rstrip()


def _row(row: tuple[str, ...], widths: list[int], figures: tuple[bool, ...]) -> Iterator[str]:
    cells = [wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    for line in range(max(len(cell) for cell in cells)):
        parts = []
        for cell, width, figure in zip(cells, widths, figures, strict=True):
            text = cell[line] if line < len(cell) else ""
            space = " " * (width - _columns(text))
            parts.append(space + text if figure else text + space)
        yield "  ".join(parts).rstrip()


def _columns(text: str) -> int:
    """How wide a terminal shows it."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(bool(unicodedata.combining(sign)) for sign in text)


FORMAT = LetterFormat(name="text", suffix=".txt", write=_write)
