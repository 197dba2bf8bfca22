"""The parts of a page that are no charts: sections, terms, badges, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from collectrules.pages.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collectrules.pages.markup import Content
    from collectrules.pages.tones import Tone


def section(title: str, *content: Content, level: Literal[2, 3, 4] = 2, name: str | None = None) -> Html:
    """A heading with what belongs to it. `name` is what a link (`#name`) leads to."""
    return tag("section", tag(f"h{level}", title), *content, id=name)


def facts(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Terms and what they mean, side by side where there is room."""
    rows = [tag("div", tag("dt", term), tag("dd", meaning)) for term, meaning in pairs]
    return tag("dl", *rows, class_="facts")


def badge(text: str, tone: Tone = "plain") -> Html:
    """A word that stands out, as a decision."""
    return tag("span", text, class_=f"badge tone-{tone}")


class Column(Struct, frozen=True):
    """A column of a table: numbers stand to the right, digit under digit; names have room for some words."""

    title: str
    kind: Literal["text", "number", "name"] = "text"


def table(  # noqa: PLR0913  # all but the first three by name
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Content]],
    *,
    foot: Sequence[Content] | None = None,
    cards: bool = False,
    searched: bool = False,
) -> Html:
    """A table. `foot` is a last row, as sums are.

    On a narrow screen it scrolls within its frame, or each row becomes a card (`cards`). The rows of a table that is
    `searched` answer to the search field of the page. Every row has a cell for each column, else ValueError.
    """
    head = tag("tr", *(tag("th", each.title, scope="col", class_=_class(each)) for each in columns))
    body = [_row(columns, row, searched=searched) for row in rows]
    inner = tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", *body),
        tag("tfoot", _row(columns, foot)) if foot is not None else None,
        class_="cards" if cards else None,
    )
    return tag("div", inner, class_="scroll", role="region", aria_label=caption, tabindex=0)


def _row(columns: Sequence[Column], row: Sequence[Content], *, searched: bool = False) -> Html:
    # The content of a cell is one element: as a card, the cell has its title to the left and that to the right.
    cells = [
        tag("td", tag("div", content), class_=_class(column), data_label=column.title)
        for column, content in zip(columns, row, strict=True)
    ]
    return tag("tr", *cells, data_searched=searched)


def _class(column: Column) -> str | None:
    return column.kind if column.kind != "text" else None
