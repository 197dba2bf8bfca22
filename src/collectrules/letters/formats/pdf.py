"""A letter as PDF, in Noto Sans, which comes with this package: Latin, Greek, Cyrillic. Other scripts are refused."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, MissingExtra, Place, Problem
from collectrules.letters.documents import Grid, Heading, Lines, Paragraph, Points, Rule
from collectrules.letters.formats import LetterFormat

try:
    from fpdf import FPDF, FontFace
    from fpdf.enums import TableBordersLayout, XPos, YPos
    from fpdf.fonts import TTFFont
except ImportError as error:
    raise MissingExtra("writing PDF", "documents") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.letters.documents import Block, Document

_FONT: Final = "NotoSans"
_POINTS: Final = 12
"""Size of the text. Some laws ask for twelve points at least."""
_LINE: Final = 5.6
"""Height of a line in millimetres."""
_MARGIN: Final = 22
_MOST_NAMED: Final = 10


class _Page(FPDF):
    """The paper: a mark across each page, and the number of the page."""

    def __init__(self, document: Document) -> None:
        super().__init__(unit="mm", format="letter" if document.paper == "letter" else "a4")
        self.mark = document.mark
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.alias_nb_pages()

    def header(self) -> None:
        """Draw the mark behind the text."""
        if self.mark:
            self.set_font(_FONT, "B", 90)
            self.set_font_size(min(90, 90 * 0.9 * self.w / self.get_string_width(self.mark)))
            self.set_text_color(225)
            with self.rotation(55, self.w / 2, self.h / 2):
                self.text((self.w - self.get_string_width(self.mark)) / 2, self.h / 2 + 15, self.mark)
            self.set_font(_FONT, "B", 14)
            self.set_text_color(0)
            self.text(_MARGIN, 16, self.mark)
        self.set_text_color(0)
        self.set_font(_FONT, "", _POINTS)
        self.set_xy(_MARGIN, _MARGIN)

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-14)
        self.set_font(_FONT, "", 9)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")


def _write(document: Document) -> bytes:
    page = _Page(document)
    try:
        return _written(page, document)
    finally:
        for font in page.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()  # the library leaves its file open


def _written(page: _Page, document: Document) -> bytes:
    for style, name in (("", "NotoSans-Regular.ttf"), ("B", "NotoSans-Bold.ttf")):
        with as_file(files("collectrules.letters") / "fonts" / name) as path:
            page.add_font(_FONT, style, path)
    font = page.fonts[_FONT.lower()]
    assert isinstance(font, TTFFont)
    _refuse_unprintable(document, frozenset(font.cmap))
    page.set_title(document.title)
    page.set_author(document.sender[0] if document.sender else "")
    page.set_lang(document.language)
    page.set_creator("collectrules")
    page.set_creation_date(datetime.combine(document.day, time(), UTC))
    page.add_page()
    _letterhead(page, document)
    for block, following in pairwise((*document.blocks, None)):
        _keep_together(page, block, following)
        _block(page, block)
    return bytes(page.output())


def _refuse_unprintable(document: Document, printable: frozenset[int]) -> None:
    unprintable = sorted({sign for text in _texts(document) for sign in text if ord(sign) not in printable})
    if unprintable:
        named = ", ".join(f"{sign} ({unicodedata.name(sign, 'unnamed').lower()})" for sign in unprintable[:_MOST_NAMED])
        more = f" and {len(unprintable) - _MOST_NAMED} more" if len(unprintable) > _MOST_NAMED else ""
        message = f"the PDF cannot print {named}{more}: its font has Latin, Greek and Cyrillic letters"
        help_ = "write the letter as HTML, which a browser prints (--format html), or spell the name in Latin letters"
        raise InvalidInput([Problem(Place(document.title), "CR845", message, help_)])


def _texts(document: Document) -> Iterator[str]:
    yield from (document.title, document.mark, document.day_text, *document.sender, *document.recipient)
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Lines):
            yield from block.lines
        elif isinstance(block, Points):
            yield from block.items
        elif isinstance(block, Grid):
            yield from block.head
            yield from (cell for row in block.rows for cell in row)


def _letterhead(page: FPDF, document: Document) -> None:
    for number, line in enumerate(document.sender):
        page.set_font(_FONT, "B" if number == 0 else "", _POINTS if number == 0 else 9)
        page.multi_cell(0, 4.6, line, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_font(_FONT, "", _POINTS)
    page.ln(8)
    for line in document.recipient:
        _paragraph(page, line)
    page.ln(8)
    _paragraph(page, document.day_text)
    page.ln(6)
    page.set_font(_FONT, "B", 14)
    page.multi_cell(0, 7, document.title, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_font(_FONT, "", _POINTS)
    page.ln(3)


def _keep_together(page: FPDF, block: Block | None, following: Block | None) -> None:
    """A new page where a heading, a greeting before a name, or a rule would stand alone at the end of one."""
    lines = 0
    if isinstance(block, Heading):
        lines = 5
    elif isinstance(block, Paragraph) and isinstance(following, Lines):
        lines = len(following.lines) + 2
    elif isinstance(block, Rule):
        lines = 8
    if lines and page.will_page_break(lines * _LINE):
        page.add_page()


def _paragraph(page: FPDF, text: str, indent: float = 0) -> None:
    page.set_x(_MARGIN + indent)
    page.multi_cell(0, _LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _block(page: FPDF, block: Block | None) -> None:
    if isinstance(block, Heading):
        page.ln(2)
        page.set_font(_FONT, "B", _POINTS)
        _paragraph(page, block.text)
        page.set_font(_FONT, "", _POINTS)
        page.ln(1)
    elif isinstance(block, Paragraph):
        _paragraph(page, block.text)
        page.ln(3)
    elif isinstance(block, Lines):
        for line in block.lines:
            _paragraph(page, line, 8)
        page.ln(3)
    elif isinstance(block, Points):
        _points(page, block)
    elif isinstance(block, Grid):
        _grid(page, block)
    else:
        page.ln(3)
        page.line(_MARGIN, page.get_y(), page.w - _MARGIN, page.get_y())
        page.ln(3)


def _points(page: FPDF, block: Points) -> None:
    for item in block.items:
        if page.will_page_break(2 * _LINE):
            page.add_page()
        top = page.get_y()
        if block.boxes:
            page.rect(_MARGIN, top + 1, 3.6, 3.6)
        else:
            page.text(_MARGIN + 1, top + 4.2, "\N{EN DASH}")
        _paragraph(page, item, 7)
        page.ln(1)
    page.ln(2)


def _grid(page: FPDF, grid: Grid) -> None:
    page.set_font(_FONT, "", 10)
    widths = _widths(page, grid)
    align = tuple("RIGHT" if figure else "LEFT" for figure in grid.figures)
    has_head = any(grid.head)
    with page.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=widths,
        text_align=align,
        headings_style=FontFace(emphasis="BOLD"),
        first_row_as_headings=has_head,
        line_height=5.2,
        padding=(0.8, 1),
        width=page.epw,
    ) as table:
        for row in ([grid.head] if has_head else []) + list(grid.rows):
            table.row(row)
    page.set_font(_FONT, "", _POINTS)
    page.ln(3)


def _widths(page: FPDF, grid: Grid) -> tuple[float, ...]:
    """The room of the page, first as each column needs it; where that is too much, the text columns share the rest."""
    rows = [grid.head, *grid.rows]
    page.set_font(_FONT, "B", 10)
    needed = [max(page.get_string_width(row[at]) for row in rows) + 3 for at in range(len(grid.head))]
    page.set_font(_FONT, "", 10)
    over = sum(needed) - page.epw
    if over > 0:
        widest = max(range(len(needed)), key=lambda at: (not grid.figures[at], needed[at]))
        needed[widest] = max(page.epw / 5, needed[widest] - over)
    spare = (page.epw - sum(needed)) / len(needed)
    return tuple(each + spare if spare > 0 else each for each in needed)


FORMAT = LetterFormat(name="pdf", suffix=".pdf", write=_write)
