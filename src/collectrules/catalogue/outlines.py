"""The outline of a condition, as `rules --show` prints it, as lists in lists that wrap as the screen is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.pages import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.pages import Html

_ITEM: Final = "- "


class _Line(NamedTuple):
    depth: int
    """How many lists it stands in; 0 for what stands before them."""
    text: str


def outline(lines: Iterable[str]) -> Html:
    """Lines of an outline, indented by two columns for each list: what goes on in the next line is one item."""
    return tag("div", *_parts(_joined(lines), 0))


def _joined(lines: Iterable[str]) -> list[_Line]:
    found: list[_Line] = []
    for line in lines:
        bare = line.lstrip()
        if bare.startswith(_ITEM):
            found.append(_Line((len(line) - len(bare)) // len(_ITEM) + 1, bare.removeprefix(_ITEM)))
        elif found:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {bare}")
        else:
            found.append(_Line(0, bare))
    return found


def _parts(lines: list[_Line], depth: int) -> Iterator[Html]:
    """Paragraphs of a depth, and a list of what stands deeper."""
    number = 0
    while number < len(lines):
        end = number + 1
        while end < len(lines) and lines[end].depth > depth:
            end += 1
        if lines[number].depth <= depth:
            yield tag("p", lines[number].text)
            number += 1
        if end > number:
            yield _list(lines[number:end], depth + 1)
            number = end


def _list(lines: list[_Line], depth: int) -> Html:
    items = []
    starts = [number for number, line in enumerate(lines) if line.depth <= depth] or [0]
    for start, end in zip(starts, (*starts[1:], len(lines)), strict=True):
        inner = lines[start + 1 : end]
        items.append(tag("li", lines[start].text, *([_list(inner, depth + 1)] if inner else [])))
    return tag("ul", *items)
