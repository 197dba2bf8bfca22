"""The summary of a replay at 80 columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from collectrules.expressions import english
from collectrules.ground.lines import WIDTH, wrapped
from collectrules.output.short import fitted
from collectrules.replay.model import STANDINGS, TITLES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from collectrules.replay.model import Standing
    from collectrules.replay.tally import Tally

_RULES: Final = 8
"""So many rules of each standing are told; the rest are counted."""
_RULE: Final = WIDTH - 16
_WHO: Final = 10
_NAME: Final = 22
"""Columns of the name of an agent or campaign."""
_TAKEN: Final = (
    "facts without a day are taken as no proof of when: what rests on them alone cannot be shown; a contact that names"
    " no debt is taken to be about those open then"
)


def as_text(tally: Tally, path: str, written: list[tuple[str, str]]) -> str:
    """The summary. `written` are the files with the hash of each. Every line is ended."""
    days = f", {english.day(_day(tally.first))} to {english.day(_day(tally.last))}" if tally.first else ""
    lines = wrapped(f"{path}: {tally.told}{days}", " " * 8, first="REPLAY  ")
    if tally.rejected:
        lines += wrapped(f"{tally.rejected:,} could not be read, and are told above", " " * 8)
    if tally.others:
        entries = "entry" if tally.others == 1 else "entries"
        lines += wrapped(f"{tally.others:,} other {entries}: what came in, events, and what others did", " " * 8)
    for standing in STANDINGS:
        lines += ["", f"{TITLES[standing]:66}{tally.acts[standing]:>14,}", *_rules(tally.rules[standing])]
    for name in ("agent", "campaign", "month"):
        lines += _by(name, tally.by[name])
    if tally.worst[0]:
        lines += ["", *wrapped(f"most against one person: {tally.worst[0]} acts, {tally.worst[1]}", " " * 8)]
    lines += ["", *wrapped(_TAKEN, " " * 8, first="taken   ")]
    lines += wrapped(", ".join(sorted(tally.rulesets)), " " * 8, first="law     ")
    for file, digest in written:
        lines += wrapped(f"{file} {digest}", " " * 8, first="written ")
    return "\n".join(lines) + "\n"


def _rules(counted: Counter[tuple[str, str]]) -> Iterator[str]:
    heaviest = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    for (rule, citation), number in heaviest[:_RULES]:
        yield f"  {fitted(rule, _RULE):{_RULE}}{number:>14,}"
        yield from wrapped(citation, " " * 8)
    if len(heaviest) > _RULES:
        yield f"  {len(heaviest) - _RULES} more rules"


def _by(name: str, of_it: dict[str, Counter[Standing]]) -> Iterator[str]:
    """The acts of each agent, campaign or month, the heaviest first; months in order. Nothing where none is told."""
    if set(of_it) <= {""}:
        return
    yield ""
    yield f"{'by ' + name:24}{'violations':>14}{'presumed':>14}{'factors':>14}{'of':>14}"
    heaviest = sorted(
        of_it.items(),
        key=lambda each: (
            each[0] if name == "month" else (-each[1]["violation"], -each[1]["presumed_violation"], each[0])
        ),
    )
    for value, counted in heaviest[: len(heaviest) if name == "month" else _WHO]:
        numbers = (counted["violation"], counted["presumed_violation"], counted["factor"], counted.total())
        yield f"  {fitted(value or 'not told', _NAME):{_NAME}}" + "".join(f"{number:>14,}" for number in numbers)
    if name != "month" and len(heaviest) > _WHO:
        yield f"  {len(heaviest) - _WHO} more"


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
