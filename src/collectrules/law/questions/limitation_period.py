"""The last day to sue: `$years` from the day `starts:` gives, to the anniversary or the end of that year.

`restarts:` gives the latest day on which the period began anew; it counts where it came before the end, or after it
too where `restarts_after_expiry: yes`. It is read again up to each new end, so that what came after one end and before
the next counts. `revives:` gives the latest day of that which begins a new period although the first is over, where
that is something else. `extinguishes:` says whether the end of the period ends the debt itself. A day that is not known
leaves the answer open. A period that began anew ends as the first does, or as `restarted_ends:` says; it never ends
earlier. `stands_still:` is the first and the last day of a time that does not count. `last_day_moves: CALENDAR` where
a last day that the calendar calls closed moves to the next open day. `no_later_than:` is a day on which the period has
begun at the latest, where there is one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.english import iso_day
from collectrules.ground.dated import add_months
from collectrules.law import standstill
from collectrules.law.questions import APART, YES_OR_NO, Block, QuestionKind, Reply, Term
from collectrules.measures import NOTHING

if TYPE_CHECKING:
    from decimal import Decimal


def _add(block: Block, reply: Reply) -> None:
    if len({(debt.due, debt.in_default_since) for debt in reply.case.debts}) > 1:
        reply.open.append(f"debts: which one? {len(reply.case.debts)} debts with different days are asked one by one")
        return
    if len({(debt.kind, debt.type, debt.contract) for debt in reply.case.debts}) > 1:
        reply.open.append(f"debts: which one? {len(reply.case.debts)} debts of different kinds are asked one by one")
        return
    if block.terms.keys() & {"restarts", "revives"} and reply.treats_debts_apart():
        reply.open.append(APART)
        return
    start = block.terms["starts"].value()
    if start is None or start is NOTHING:
        reply.open.extend(block.terms["starts"].missing())
        return
    latest = block.terms["no_later_than"].value() if "no_later_than" in block.terms else NOTHING
    if latest is None:
        reply.open.extend(block.terms["no_later_than"].missing())
        return
    if latest is not NOTHING:
        start = min(start, latest)
    years = block.amount("years", start)
    if years is None:
        reply.open.append(f"{block.title}: the period for a debt of {iso_day(start)} is not known")
        return
    last = _end(start, years, block.parts.get("ends"))
    reply.steps.append(f"{block.title}: {years} years from {iso_day(start)} end on {iso_day(last)}")
    last = _moved(block, reply, _put_off(block, reply, start, last, years, block.parts.get("ends")))
    found = _restarted(block, reply, start, last, years)
    if isinstance(found, Term):
        reply.open.extend(found.missing())
        return
    begun, last = found
    over = last < reply.day
    weekday = date.fromordinal(last)
    if weekday.weekday() in _WEEKEND and "last_day_moves" not in block.parts:
        reply.assumed.append(
            f"the last day, {iso_day(last)}, is a {weekday:%A}: that a claim on the next working day is in time too is"
            " not taken for granted"
        )
    reply.steps.append(f"on {iso_day(reply.day)} the period is {'over' if over else 'still running'}")
    reply.values |= {"last_day": iso_day(last), "restarted": begun != start, "time_barred": over}
    extinguishes = block.parts.get("extinguishes")
    if extinguishes is not None:
        reply.values["extinguished"] = over and extinguishes == "yes"
        if reply.values["extinguished"]:
            reply.steps.append("the end of the period ends the debt itself")


def _restarted(block: Block, reply: Reply, begun: int, last: int, years: Decimal) -> tuple[int, int] | Term:
    """The day on which the period last began, and its end; the term that is not known where one is not."""
    restarts, revives = block.terms.get("restarts"), block.terms.get("revives")
    after_its_end = block.parts.get("restarts_after_expiry") == "yes"
    while True:
        in_time = _after(restarts, reply.day if after_its_end else min(last, reply.day), begun)
        late = _after(revives, reply.day, last) if in_time is NOTHING else NOTHING
        for term, day in ((restarts, in_time), (revives, late)):
            if day is None:
                assert term is not None
                return term
        new: Any = late if in_time is NOTHING else in_time
        if new is NOTHING:
            return begun, last
        ends = block.parts.get("restarted_ends", block.parts.get("ends"))
        end = _moved(block, reply, _put_off(block, reply, new, _end(new, years, ends), years, ends))
        if end < last:
            return begun, last
        begun, last = new, end
        reply.steps.append(f"it began anew on {iso_day(begun)} and ends on {iso_day(last)}")


def _after(term: Term | None, until: int, before: int) -> Any:
    """The day that a term gives up to a day, if it is after another. None: unknown. NOTHING: there is none."""
    if term is None:
        return NOTHING
    day = term.value(until)
    return day if day is None or day is NOTHING or day > before else NOTHING


def _put_off(block: Block, reply: Reply, start: int, last: int, years: Decimal, ends: str | None) -> int:  # noqa: PLR0913, PLR0917 - the period
    """The last day, with what the period stood still."""
    still = standstill.standstill(block.parts)
    if still is None:
        return last
    begins, over = still.first.toordinal(), still.last.toordinal()
    if start > over or add_months(start, int(12 * years)) < begins:
        return last
    new = _end(over, years, ends) if start >= begins else _end(start, years, ends, still.days)
    reply.steps.append(f"{still.told}: the last day is {iso_day(new)}")
    return new


def _moved(block: Block, reply: Reply, last: int) -> int:
    """The last day, or the next open day where it is closed and the law moves it."""
    name = block.parts.get("last_day_moves")
    if name is None:
        return last
    later = block.calendars[name].open_from(last)
    if later != last:
        reply.steps.append(f"{iso_day(last)} is a day off: the last day is {iso_day(later)}")
    return later


def _end(start: int, years: Decimal, ends: str | None, more_days: int = 0) -> int:
    last = add_months(start, int(12 * years)) + more_days
    return date(date.fromordinal(last).year, 12, 31).toordinal() if ends == "year_end" else last


_WEEKEND: Final = (5, 6)
_ENDS: Final = ("anniversary", "year_end")

KIND = QuestionKind(
    name="limitation_period",
    title="the last day to sue",
    fields={
        "starts": "term",
        "no_later_than": "term",
        "restarts": "term",
        "revives": "term",
        "restarts_after_expiry": "word",
        "ends": "word",
        "restarted_ends": "word",
        "extinguishes": "word",
        standstill.FIELD: "words",
        "last_day_moves": "calendar",
    },
    required=("starts",),
    values=("years",),
    add=_add,
    settles=("last_day", "extinguished"),
    wrong=lambda parts, _: "" if standstill.readable(parts) else standstill.USAGE,
    words={"restarts_after_expiry": YES_OR_NO, "ends": _ENDS, "restarted_ends": _ENDS, "extinguishes": YES_OR_NO},
)
