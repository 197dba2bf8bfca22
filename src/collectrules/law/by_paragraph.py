"""Paragraph by paragraph: which of a law a ruleset encodes, which decide nothing, are left to a person, or are missing.

What a rule, an exception, a definition, an obligation or an answer cites is encoded, and with it all that it is a part
of. `by_paragraph:` names the rest by id, so that the list is whole. Where `paragraphs:` has the ids of the text that
was read, those that are a part of what is cited are encoded too, and stand in no other list:

```yaml
by_paragraph:
  of: 12 CFR                                     # what stands before an id in a citation
  encoded: [1006.6(a)(1), 1006.6(a)(2)]          # said by what cites the whole, where there is no `paragraphs:`
  nothing: [{ids: [1006.1(a)], why: purpose}]    # nothing to decide
  person: [{ids: [1006.14(a)], why: ...}]
  missing: [{ids: [...], why: ...}]
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct

from collectrules.ground.plain import PlainValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.law.keys import Keys

State = Literal["encoded", "nothing", "person", "missing"]
STATES: Final[Mapping[State, str]] = {
    "encoded": "encoded",
    "nothing": "nothing to decide",
    "person": "left to a person",
    "missing": "missing",
}
_STEP: Final = r"\([A-Za-z0-9]+\)"
_ID: Final = re.compile(rf"[0-9]+[0-9.:A-Za-z-]*(?:{_STEP})*")
_CITED: Final = re.compile(rf"([0-9]+\.[0-9]+)((?:{_STEP})*)((?:(?:,| and| or| to)\s*(?:{_STEP})+)*)")
_NEXT: Final = re.compile(rf"(,|and|or|to)\s*((?:{_STEP})+)")
_ROMAN: Final = re.compile(r"[ivx]+")
_UNNAMED: Final = "nothing cites it, and no list of the ruleset names it"
_ROMAN_STEP: Final = 2
"""Where in an id a small Roman number stands, counted from 0: `(b)(1)(i)`."""


class Paragraph(PlainValue, frozen=True):
    """One paragraph that is named, and how it stands with it."""

    id: str
    state: State
    why: str = ""


class Paragraphs(PlainValue, frozen=True):
    """Those of a ruleset that are named. `of` stands before an id in a citation."""

    of: str
    named: tuple[Paragraph, ...]


class ParagraphTold(Struct, frozen=True):
    """One paragraph as it stands, with what cites it or a part of it."""

    id: str
    state: State
    why: str
    cited_by: tuple[str, ...]


def read_by_paragraph(keys: Keys) -> Paragraphs | None:
    """What stands under `by_paragraph:`; None where nothing does."""
    table = keys.table_of("by_paragraph")
    if table is None:
        return None
    inner = keys.inner(table, "`by_paragraph`", ("of", *get_args(State)))
    named = [Paragraph(name, "encoded") for name in inner.words("encoded")]
    for state in get_args(State)[1:]:
        for entry in inner.items_of(state):
            one = inner.inner(entry, f"an entry of `{state}`", ("ids", "why"))
            why = one.text("why", required=True)
            named += [Paragraph(name, state, why) for name in one.words("ids")]
    seen: set[str] = set()
    for paragraph in named:
        if not _ID.fullmatch(paragraph.id):
            inner.problem(
                "of", "CR102", f"`{paragraph.id}` is no id of a paragraph", "as in a citation: 1006.6(b)(1)(i)"
            )
        if paragraph.id in seen:
            inner.problem("of", "CR112", f"the paragraph `{paragraph.id}` is named twice", "each stands once")
        seen.add(paragraph.id)
    return Paragraphs(inner.text("of", required=True), tuple(named))


def told(
    paragraphs: Paragraphs, citations: Iterable[tuple[str, str]], texts: Iterable[str] = ()
) -> tuple[ParagraphTold, ...]:
    """Every paragraph that is named, cited or read (`texts`: ids), in order. `citations`: who cites, and the citation.

    What was read, is named nowhere and is a part of what is cited is encoded with it; of nothing cited, it is missing.
    """
    by: dict[str, dict[str, None]] = {}
    whole_cited: set[str] = set()
    for who, citation in citations:
        for name in cited(citation, paragraphs.of):
            whole_cited.add(name)
            for whole in _wholes(name):
                by.setdefault(whole, {})[who] = None
    named = {paragraph.id: paragraph for paragraph in paragraphs.named}
    for name in texts:
        if name not in named and name not in by:
            inside = not whole_cited.isdisjoint(_wholes(name))
            named[name] = Paragraph(name, *(("encoded",) if inside else ("missing", _UNNAMED)))
    for paragraph in named.values():
        if paragraph.state == "encoded":
            for whole in _wholes(paragraph.id):
                by.setdefault(whole, {})
    every = sorted({*by, *named}, key=_order)
    return tuple(_told(name, named.get(name), tuple(by.get(name, ()))) for name in every)


def _told(name: str, paragraph: Paragraph | None, by: tuple[str, ...]) -> ParagraphTold:
    if paragraph is None:
        return ParagraphTold(name, "encoded", "", by)
    return ParagraphTold(name, paragraph.state, paragraph.why, by)


def contradictions(paragraphs: Paragraphs, citations: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The paragraphs that are named as missing, or as deciding nothing, and are cited all the same."""
    both = {name for _, citation in citations for name in cited(citation, paragraphs.of)}
    for paragraph in paragraphs.named:
        if paragraph.state in ("missing", "nothing") and paragraph.id in both:
            yield paragraph.id


def cited(citation: str, of: str) -> Iterator[str]:
    """The ids in a citation: `1006.14(b)(2)(i)(A)` and `1006.14(b)(2)(ii)` of `12 CFR 1006.14(b)(2)(i)(A) and (ii)`."""
    for part in citation.split(";"):
        if not part.strip().startswith(of) and not part.strip()[:1].isdigit():
            continue
        for section, first, more in _CITED.findall(part):
            steps = re.findall(_STEP, first)
            yield section + "".join(steps)
            for joined, found in _NEXT.findall(more):
                beside = re.findall(_STEP, found)
                depth = _depth(beside[0], steps)
                if joined == "to":
                    yield from (
                        section + "".join((*steps[:depth], f"({each})")) for each in _between(steps, depth, beside)
                    )
                steps = [*steps[:depth], *beside]
                yield section + "".join(steps)


def _between(steps: list[str], depth: int, beside: list[str]) -> Iterator[str]:
    """What lies between the ends of `(9) to (23)` or `(b) to (f)`; of Roman numbers, which are few, nothing."""
    if depth >= len(steps) or len(beside) > 1:
        return
    first, last = steps[depth].strip("()"), beside[0].strip("()")
    if first.isdigit() and last.isdigit():
        yield from map(str, range(int(first) + 1, int(last)))
    elif len(first) == len(last) == 1 and not _ROMAN.fullmatch(last):
        yield from map(chr, range(ord(first) + 1, ord(last)))


def _depth(step: str, steps: list[str]) -> int:
    """How deep a step stands that follows an id: beside the innermost of the same form, else beside the innermost."""
    text = step.strip("()")
    alike = [number for number, each in enumerate(steps) if _form(each.strip("()")) == _form(text)]
    if not _ROMAN.fullmatch(text):
        alike = [number for number in alike if not _ROMAN.fullmatch(steps[number].strip("()"))] or alike[:1]
    return alike[-1] if alike else max(len(steps) - 1, 0)


def _form(text: str) -> str:
    return "number" if text.isdigit() else "capital" if text.isupper() else "letter"


def _wholes(name: str) -> Iterator[str]:
    """An id, and those that it is a part of."""
    yield name
    while name.endswith(")"):
        name = name[: name.rindex("(")]
        yield name


def _order(name: str) -> list[tuple[int, int, str]]:
    """By section, and within it step by step: numbers as numbers, Roman ones as they count."""
    section, _, rest = name.partition("(")
    steps = rest.rstrip(")").split(")(") if rest else []
    numbers = [(0, int(number), "") for number in re.findall(r"\d+", section)]
    return [*numbers, *(_step_order(number, step) for number, step in enumerate(steps))]


def _step_order(number: int, step: str) -> tuple[int, int, str]:
    if step.isdigit():
        return 1, int(step), ""
    if number == _ROMAN_STEP and _ROMAN.fullmatch(step):
        return 1, _roman(step), ""
    return 1, 0, step


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    later = [*values[1:], 0]
    return sum(-one if one < following else one for one, following in zip(values, later, strict=True))
