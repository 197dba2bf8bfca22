"""A letter as one HTML file, to be read, mailed or printed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from collectrules.letters.documents import Grid, Heading, Lines, Paragraph, Points
from collectrules.letters.formats import LetterFormat
from collectrules.pages.markup import Html, tag
from collectrules.pages.shell import html_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.letters.documents import Block, Document


def _write(document: Document) -> bytes:
    style = (files(__package__) / "letter.css").read_text("utf-8").strip()
    content = [
        tag("p", document.mark, class_="mark") if document.mark else None,
        _lines(document.sender, "sender") if document.sender else None,
        _lines(document.recipient, "recipient") if document.recipient or document.channel == "letter" else None,
        tag("p", document.day_text, class_="day") if document.day_text else None,
        tag("h1", document.title),
        *(_block(block) for block in document.blocks),
    ]
    return html_file(document.title, tag("main", *content), style=style, language=document.language).encode()


def _block(block: Block) -> Html:
    if isinstance(block, Heading):
        return tag("h2", block.text)
    if isinstance(block, Paragraph):
        return tag("p", block.text)
    if isinstance(block, Lines):
        return _lines(block.lines, "lines")
    if isinstance(block, Points):
        return tag("ul", *(tag("li", item) for item in block.items), class_="boxes" if block.boxes else None)
    if isinstance(block, Grid):
        return _grid(block)
    return tag("hr")


def _lines(lines: Iterable[str], name: str) -> Html:
    return tag("address", *(tag("div", line) for line in lines), class_=name)


def _grid(grid: Grid) -> Html:
    head = tag("thead", _row("th", grid.head, grid.figures)) if any(grid.head) else None
    body = tag("tbody", *(_row("td", row, grid.figures) for row in grid.rows))
    return tag("div", tag("table", head, body), class_="scroll")


def _row(name: str, cells: tuple[str, ...], figures: tuple[bool, ...]) -> Html:
    made = [
        tag(name, cell, class_="figure" if figure else None, scope="col" if name == "th" else None)
        for cell, figure in zip(cells, figures, strict=True)
    ]
    return tag("tr", *made)


FORMAT = LetterFormat(name="html", suffix=".html", write=_write)
