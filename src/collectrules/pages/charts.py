"""Bars in SVG, whose widths are shares of the room there is: the text keeps its size on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.pages.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from collectrules.pages.tones import Tone

_HEIGHT: Final = 14
_ALL: Final = 1000
"""Widths are counted in thousandths of the room."""


class Bar(Struct, frozen=True):
    """A bar: its label, the amount that it is as long as (0 or less: no bar), and the amount as it is told."""

    label: str
    amount: Decimal | int
    told: str
    tone: Tone = "step3"


def bars(title: str, of: Sequence[Bar], note: str = "") -> Html:
    """Bars below each other, the longest as wide as there is room, each under its label and figure.

    Label and figure are text beside the picture, so every reader has the figures.
    """
    most = max((bar.amount for bar in of), default=0)
    rows = [_bar(bar, most) for bar in of]
    return tag("figure", caption(title, note), tag("ul", *rows, class_="bars") if rows else tag("p", "nothing to show"))


def _bar(bar: Bar, most: Decimal | int) -> Html:
    width = max(0, int(bar.amount * _ALL // most)) if most > 0 else 0
    if bar.amount > 0:
        width = max(1, width)  # what is there is seen
    drawn = tag(
        "svg",
        tag("rect", width="100%", height=_HEIGHT, rx=3, class_="track"),
        tag("rect", width=share(width), height=_HEIGHT, rx=3, class_=f"fill-{bar.tone}") if width else None,
        width="100%",
        height=_HEIGHT,
        aria_hidden="true",
    )
    return tag("li", tag("span", bar.label), tag("span", bar.told, class_="number"), drawn)


def caption(title: str, note: str) -> Html:
    """What stands above a figure."""
    return tag("figcaption", title, tag("small", note) if note else None)


def share(thousandths: int) -> str:
    """Thousandths of the room, as SVG has them: 425 is `42.5%`."""
    return f"{thousandths // 10}.{thousandths % 10}%"
