r"""A letter as blocks, between the filled template and what is written: text, HTML, PDF.

A template is filled to plain text, in which a line says what it is by how it begins:

| line | block |
|---|---|
| `# title` | heading |
| `> line` | a line that stays a line: an address |
| `- item` | point of a list |
| `[ ] item` | a box to tick |
| `\| a \| b: \|` | row of a table, the first its head; under a head that ends with `:` are figures |
| `---` | rule across the page |
| anything else | paragraph, up to the next empty line |

What is put into a template from outside never begins a block: `inserted` marks it.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct

from collectrules.letters.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_BEGINS_NOTHING: Final = "\ue000"
_BAR: Final = "\ue001"
"""Stand for themselves while a template is filled: private characters that no text from outside keeps."""
_PRIVATE: Final = re.compile(f"[{_BEGINS_NOTHING}{_BAR}\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Heading(Struct, frozen=True):
    """A heading."""

    text: str


class Paragraph(Struct, frozen=True):
    """Running text."""

    text: str


class Lines(Struct, frozen=True):
    """Lines that stay lines, as an address."""

    lines: tuple[str, ...]


class Points(Struct, frozen=True):
    """A list; `boxes` are to be ticked."""

    items: tuple[str, ...]
    boxes: bool


class Grid(Struct, frozen=True):
    """A table. `figures` says of each column whether it holds figures; every row has as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]


class Rule(Struct, frozen=True):
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Lines | Points | Grid | Rule


class Document(Struct, frozen=True):
    """A letter to be written out."""

    title: str
    sender: tuple[str, ...]
    """Lines of the letterhead, the name first."""
    recipient: tuple[str, ...]
    day: date
    blocks: tuple[Block, ...]
    mark: str = ""
    """Across every page: COPY, DRAFT."""
    language: str = "en"
    paper: Literal["a4", "letter"] = "a4"
    channel: Literal["letter", "email"] = "letter"
    mail_from: str = ""
    mail_to: str = ""
    """Of an e-mail: its addresses. It has no address of the post, and who writes stands below it."""

    @property
    def day_text(self) -> str:
        """The day as it stands on the letter; an e-mail has its own."""
        return language(self.language).day_text(self.day) if self.channel == "letter" else ""


def inserted(value: object) -> str:
    """Text from outside as it may stand in a template: on one line, and no sign of a block."""
    text = " ".join(_PRIVATE.sub(" ", str(value)).split()).replace("|", _BAR)
    return f"{_BEGINS_NOTHING}{text}"


def plain(text: str) -> str:
    """Filled text without the signs that only blocks need."""
    return text.replace(_BEGINS_NOTHING, "").replace(_BAR, "|")


def blocks(filled: str) -> Iterator[Block]:
    """The blocks of a filled template. Raises ValueError for a table whose rows differ in length."""
    for kind, lines in groupby((line.strip() for line in filled.splitlines()), _kind):
        yield from _of_kind(kind, list(lines))


def _kind(line: str) -> str:
    if not line:
        return ""
    if line == "---":
        return "rule"
    for sign in ("# ", "> ", "- ", "[ ] ", "|"):
        if line.startswith(sign):
            return sign.strip()
    return "text"


def _of_kind(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "rule":
        yield Rule()
    elif kind == "#":
        yield from (Heading(_rest(line, "# ")) for line in lines)
    elif kind == ">":
        kept = tuple(_rest(line, "> ") for line in lines)
        yield Lines(tuple(line for line in kept if line))
    elif kind == "-":
        yield Points(tuple(_rest(line, "- ") for line in lines), boxes=False)
    elif kind == "[ ]":
        yield Points(tuple(_rest(line, "[ ] ") for line in lines), boxes=True)
    elif kind == "|":
        yield _grid([_cells(line) for line in lines])
    elif kind == "text":
        yield Paragraph(_rest(" ".join(lines), ""))


def _rest(line: str, sign: str) -> str:
    return " ".join(plain(line.removeprefix(sign)).split())


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_rest(cell, "") for cell in line.strip("|").split("|"))


def _grid(rows: list[tuple[str, ...]]) -> Grid:
    head, *body = rows
    uneven = next((row for row in body if len(row) != len(head)), None)
    if uneven is not None:
        raise ValueError(
            f"a row of a table has {len(uneven)} cells, its head has {len(head)}: | {' | '.join(uneven)} |"
        )
    figures = tuple(title.endswith(":") for title in head)
    return Grid(tuple(title.rstrip(":") for title in head), tuple(body), figures)
