"""What lies along a scale: spans in rows (a week of hours), and dated events on a line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.pages.charts import caption, share
from collectrules.pages.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from collectrules.pages.markup import Content
    from collectrules.pages.tones import Tone

_ALL: Final = 1000


class Band(Struct, frozen=True):
    """A span of a scale from `start` up to `end`, in the unit of the scale, and what it means."""

    start: int
    end: int
    told: str
    tone: Tone = "plain"


class BandRow(Struct, frozen=True):
    """One row: its label, its spans, and what is told beside it in words."""

    label: str
    bands: Sequence[Band]
    told: Content = None


def bands(title: str, rows: Sequence[BandRow], ticks: Sequence[tuple[int, str]], note: str = "") -> Html:
    """Spans in rows under one scale, which runs from the first of the `ticks` to the last.

    For a week of hours: ticks `(0, "0:00"), (360, "6:00"), ..., (1440, "24:00")`, a row for each day, bands in minutes.
    What lies outside of the scale is cut. Each span has its words as the text alternative, and a row tells `told`.
    Raises ValueError for a scale of fewer than two ticks, or one that does not rise.
    """
    if len(ticks) < 2 or any(left[0] >= right[0] for left, right in pairwise(ticks)):  # noqa: PLR2004
        raise ValueError("a scale has two ticks at least, and they rise")
    first, last = ticks[0][0], ticks[-1][0]
    scale = tag("div", tag("span"), _scale(ticks, first, last), tag("span"), class_="band scale", aria_hidden="true")
    drawn = [_band_row(row, first, last) for row in rows]
    told = caption(title, note)
    return tag("figure", told, scale, *drawn, class_="bands")


def _scale(ticks: Sequence[tuple[int, str]], first: int, last: int) -> Html:
    labels = []
    for at, label in ticks:
        anchor = "start" if at == first else "end" if at == last else "middle"
        labels.append(tag("text", label, x=share(_position(at, first, last)), y=12, text_anchor=anchor))
    return tag("svg", *labels, width="100%", height=16)


def _band_row(row: BandRow, first: int, last: int) -> Html:
    drawn = [tag("rect", width="100%", height=18, class_="track")]
    for band in row.bands:
        start, end = max(band.start, first), min(band.end, last)
        if start < end:
            left, right = _position(start, first, last), _position(end, first, last)
            drawn.append(
                tag(
                    "rect",
                    tag("title", band.told),
                    x=share(left),
                    width=share(max(1, right - left)),
                    height=18,
                    class_=f"fill-{band.tone}",
                )
            )
    spoken = f"{row.label}: {'; '.join(band.told for band in row.bands) or 'nothing'}"
    picture = tag("svg", *drawn, width="100%", height=18, role="img", aria_label=spoken)
    return tag("div", tag("span", row.label, class_="label"), picture, tag("span", row.told), class_="band")


def _position(at: int, first: int, last: int) -> int:
    return (at - first) * _ALL // (last - first)


class Mark(Struct, frozen=True):
    """Something that happened on a day or at a moment: how that is told, and what it was."""

    at: date | datetime
    when: str
    told: Content
    tone: Tone = "plain"


def timeline(title: str, marks: Sequence[Mark], note: str = "") -> Html:
    """Events on a line by their days, and below it the list of them, which is the text alternative.

    They are drawn and told in the order given; the line runs from the earliest day to the latest.
    """
    told = caption(title, note)
    if not marks:
        return tag("figure", told, tag("p", "nothing to show"))
    days = [mark.at.toordinal() for mark in marks]
    first, last = min(days), max(days)
    drawn = [tag("line", x1="1.5%", x2="98.5%", y1=12, y2=12, class_="axis")]
    for mark, day in zip(marks, days, strict=True):
        middle = 15 + (day - first) * 970 // (last - first) if last > first else 500
        drawn.append(tag("circle", cx=share(middle), cy=12, r=6, class_=f"fill-{mark.tone}"))
    line = tag("svg", *drawn, width="100%", height=24, aria_hidden="true")
    listed = [
        tag(
            "li",
            tag("time", mark.when, datetime=mark.at.isoformat()),
            tag("div", mark.told),
            class_=f"mark-{mark.tone}",
        )
        for mark in marks
    ]
    return tag("figure", told, line, tag("ol", *listed, class_="timeline"))
