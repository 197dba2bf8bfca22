"""Late-payment interest: the annual rate, and simple interest over a span of days, both ends included.

`rate: at_start` keeps the rate of the day on which interest begins, `rate: moving` applies each day's own. A rate that
the ruleset marks `unknown` is never guessed. Interest begins where the question says, else the day after the debt was
due.
The rate is `$annual_rate`, or `reference:` (the name of a dated value of the file or of a library that it uses) with
`$points` on top, rounded up to a multiple of `$rounded_up_to` where there is one.
`day_count` is what a year has: 365, 360, or `actual` (366 in leap years). `compounds: yearly` or `monthly` adds the
interest of each whole year or month, counted from the first day, to that which bears interest.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.expressions.english import iso_day
from collectrules.ground.dated import add_months
from collectrules.ground.money import written
from collectrules.law.questions import Block, QuestionKind, Reply, cents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from decimal import Decimal

_MONTHS_OF: Final = {"monthly": 1, "yearly": 12}


class _Span(Struct, frozen=True):
    """Days with one rate and one length of the year, both ends included (proleptic ordinals)."""

    first: int
    last: int
    rate: Decimal | None
    year: int
    ends_a_period: bool
    """From the next day on its interest, and that of the days before it, bears interest too."""

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def _add(block: Block, reply: Reply) -> None:
    moving = block.parts["rate"] == "moving"
    for_amount = reply.ask.what == "late_payment"
    start = None if moving and not for_amount else _start(reply, needed=for_amount)
    rate_day = reply.day if moving or start is None else start
    rate = _rate(block, rate_day)
    if rate is None:
        reply.open.append(f"{block.title}: the annual rate on {iso_day(rate_day)} is not known")
        return
    reply.values["annual_rate"] = rate
    reply.steps.append(f"{block.title}: {written(rate)} % a year on {iso_day(rate_day)}")
    if for_amount and start is not None:
        _add_amount(block, reply, start, None if moving else rate)


def _add_amount(block: Block, reply: Reply, start: int, kept: Decimal | None) -> None:
    claimed = reply.claimed()
    if claimed is None:
        return
    amount, currency = claimed
    if reply.ask.interest_to is None:
        reply.assumed.append(f"interest runs to the day asked for, {iso_day(reply.day)}")
    end = reply.ask.interest_to.toordinal() if reply.ask.interest_to is not None else reply.day
    principal, earned, period = Fraction(amount), Fraction(0), Fraction(0)
    steps = []
    for span in _spans(block, start, end, kept):
        if span.rate is None:
            reply.open.append(f"{block.title}: the annual rate on {iso_day(span.first)} is not known")
            return
        bearing = principal + earned
        part = bearing * Fraction(span.rate) * span.days / (100 * span.year)
        period += part
        if span.ends_a_period:
            earned, period = earned + period, Fraction(0)
        steps.append(
            f"{written(cents(bearing))} {currency} x {written(span.rate)} % x {_shown_days(span.days)} / {span.year}"
            f" = {cents(part)} ({iso_day(span.first)} to {iso_day(span.last)})"
        )
    total = earned + period
    days = max(end - start + 1, 0)
    if not steps:
        steps.append(f"no interest: it begins on {iso_day(start)}, after {iso_day(end)}")
    elif len(steps) > 1:
        steps.append(f"together {cents(total)} {currency} for {_shown_days(days)}, the first and the last included")
    if reply.one_currency(currency):
        reply.steps += steps
        reply.values |= {"interest": cents(total), "interest_days": days, "interest_from": iso_day(start)}


def _spans(block: Block, start: int, end: int, kept: Decimal | None) -> Iterator[_Span]:
    """The days from start to end, cut where the rate changes, a year of its own length ends, or interest is added."""
    changes = _changes(block) if kept is None else ()
    day_count = block.parts.get("day_count", "365")
    months = _MONTHS_OF.get(block.parts.get("compounds", ""))
    first, periods = start, 1
    while first <= end:
        later = bisect_right(changes, first)
        last = min(end, changes[later] - 1) if later < len(changes) else end
        length = 366 if isleap(date.fromordinal(first).year) else 365
        if day_count == "actual":
            last = min(last, date(date.fromordinal(first).year, 12, 31).toordinal())
        else:
            length = int(day_count)
        period_ends = None if months is None else add_months(start, months * periods) - 1
        if period_ends is not None and period_ends <= last:
            last, periods = period_ends, periods + 1
        yield _Span(first, last, _rate(block, first) if kept is None else kept, length, last == period_ends)
        first = last + 1


def _rate(block: Block, day: int) -> Decimal | None:
    """The annual rate of a day; None where it is not known."""
    reference = block.parts.get("reference")
    if reference is None:
        return block.amount("annual_rate", day)
    rate, points = block.amount(reference, day), block.amount("points", day)
    if rate is None or points is None:
        return None
    if "rounded_up_to" not in block.values:
        return rate + points
    step = block.amount("rounded_up_to", day)
    return None if step is None else ceil((rate + points) / step) * step


def _changes(block: Block) -> list[int]:
    """The days on which the rate may change, ascending."""
    names = ("annual_rate", block.parts.get("reference", ""), "points", "rounded_up_to")
    return sorted({day for name in names if name in block.values for day in block.values[name].days})


def _shown_days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _start(reply: Reply, *, needed: bool) -> int | None:
    """The first day of interest. None where it is not known; what is missing is open where it is needed."""
    if reply.ask.interest_from is not None:
        return reply.ask.interest_from.toordinal()
    dues = {debt.due for debt in reply.case.debts}
    due = dues.pop() if len(dues) == 1 else None
    if due is not None:
        reply.assumed.append(f"interest begins on {iso_day(due.toordinal() + 1)}, the day after the debt was due")
        return due.toordinal() + 1
    if needed:
        several = f"; {len(reply.case.debts)} debts with different days are asked one by one" if dues else ""
        reply.open.append(f"ask.interest_from: the first day of interest, or `due` of the debt?{several}")
    else:
        reply.assumed.append(f"interest begins on the day asked for, {iso_day(reply.day)}")
    return None


def _finish(reply: Reply) -> None:
    if "interest" not in reply.values or "fixed_compensation" not in reply.values:
        return
    total = reply.values["interest"] + reply.values["fixed_compensation"]
    reply.values["total_added"] = total
    reply.steps.append(f"interest and fixed sum together: {written(total)} {reply.values['currency']}")


def _wrong(parts: Mapping[str, Any], values: Collection[str]) -> str:
    if "reference" not in parts:
        return "" if "annual_rate" in values else "an answer of kind `interest` has the value `annual_rate`"
    whole = "points" in values and "annual_rate" not in values
    return "" if whole else "a rate by `reference` has the value `points`, and no `annual_rate`"


KIND = QuestionKind(
    name="interest",
    title="late-payment interest",
    fields={"rate": "word", "day_count": "word", "reference": "value", "compounds": "word"},
    required=("rate",),
    values=(),
    add=_add,
    settles=("annual_rate",),
    finish=_finish,
    words={
        "rate": ("at_start", "moving"),
        "day_count": ("365", "360", "actual"),
        "compounds": tuple(_MONTHS_OF),
    },
    wrong=_wrong,
)
