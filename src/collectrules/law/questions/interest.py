"""Late-payment interest: the annual rate, and what accrues over a span of days, both ends included.

`rate: at_start` keeps the rate of the day on which interest begins, `rate: moving` applies each day's own. A rate that
the ruleset marks `unknown` is never guessed. Interest begins where the question says, else the day after each debt was
due; with `due_moves: CALENDAR` a debt that was due on a day that the calendar calls closed was due on the next open
one.
The rate is `$annual_rate`, or `reference:` (the name of a dated value of the file or of a library that it uses) with
`$points` on top, rounded up to a multiple of `$rounded_up_to` where there is one.
`day_count` is what a year has: 365, 360, or `actual` (366 in leap years). `rounding: each_rate` rounds to the cent what
accrues at one rate, before it is added up; without it only the sum is rounded. `compounds: yearly` or `monthly` adds
the interest of each whole year or month, counted from the first day, to that which bears interest.
With `$begins_after` interest begins so many days after the due day, else on the day after it. `begins:` gives the day
from which interest runs where the law asks for a notice first; it is never before the day after the due day, and where
there was no notice the first day is open.
Payments in the history go to what a block of kind `payment_order` says; where there is none, to the principal first,
which asks for the least.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.english import days as in_days
from collectrules.expressions.english import iso_day
from collectrules.ground.dated import add_months
from collectrules.ground.money import written
from collectrules.law.accruing import Claim, Ledger, Span, Unknown, cents
from collectrules.law.questions import APART, Block, PaymentOrder, QuestionKind, Reply
from collectrules.law.settling import payments
from collectrules.measures import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from collectrules.case.objects import Debt
    from collectrules.ground.dated import Calendar
    from collectrules.law.settling import Payment

_MONTHS_OF: Final = {"monthly": 1, "yearly": 12}
_ONE_BY_ONE: Final = "{} debts with different days are asked one by one"
_ORDER_UNREAD: Final = PaymentOrder(("principal", "interest", "costs"), day_counts=True)


def _add(block: Block, reply: Reply) -> None:
    moving = block.parts["rate"] == "moving"
    if reply.ask.what == "interest_start":
        _add_start(block, reply)
        return
    for_amount = reply.ask.what == "late_payment"
    starts = _starts(block, reply, needed=for_amount) if for_amount or not moving else {}
    first_days = sorted(set(starts.values()))
    rate_days = first_days if first_days and not moving else [reply.day]
    rates = {day: _rate(block, day) for day in rate_days}
    for day, rate in rates.items():
        if rate is None:
            reply.open.append(f"{block.title}: the annual rate on {iso_day(day)} is not known")
            return
        reply.steps.append(f"{block.title}: {written(rate)} % a year on {iso_day(day)}")
    if len(set(rates.values())) == 1:
        reply.values["annual_rate"] = rates[rate_days[0]]
    if for_amount and starts:
        _add_amount(block, reply, starts)


def _add_start(block: Block, reply: Reply) -> None:
    starts = _starts(block, reply, needed=True)
    if len(set(starts.values())) > 1:
        reply.open.append(_ONE_BY_ONE.format(len(starts)))
    elif starts:
        first = iso_day(min(starts.values()))
        reply.values["interest_from"] = first
        reply.steps.append(f"{block.title}: interest runs from {first}")


def _add_amount(block: Block, reply: Reply, starts: Mapping[str, int]) -> None:
    moving = block.parts["rate"] == "moving"
    if reply.ask.amount is not None and len(set(starts.values())) > 1:
        reply.open.append(_ONE_BY_ONE.format(len(starts)))
        return
    claimed = reply.claimed()
    if claimed is None:
        return
    amount, currency = claimed
    if reply.ask.interest_to is None:
        reply.assumed.append(f"interest runs to the day asked for, {iso_day(reply.day)}")
    end = reply.ask.interest_to.toordinal() if reply.ask.interest_to is not None else reply.day
    paid, questions = payments(reply.case, min(starts.values()) - 1, currency)
    if reply.ask.amount is not None and (paid or questions):
        reply.assumed.append("no payment is taken off the amount that is asked about")
        paid, questions = (), ()
    claims = _claims(reply, starts, amount, paid)
    several = [payment for payment in paid if payment.debts is not None and len(payment.debts) > 1]
    if len(claims) > 1 and several:
        questions = [*questions, *(f"history: how much of {_told(payment)} went to each debt?" for payment in several)]
    if questions:
        reply.open.extend(questions)
        return

    def cut(first: int, last: int, start: int) -> Iterator[Span]:
        return _spans(block, first, last, start, None if moving else _rate(block, start))

    order = reply.payment_order or _ORDER_UNREAD
    ledger = Ledger(claims, currency, order.parts, cut, rounds_each=block.parts.get("rounding") == "each_rate")
    try:
        ledger.run(paid, end, day_counts=order.day_counts)
    except Unknown as unknown:
        reply.open.append(f"{block.title}: the annual rate on {iso_day(unknown.day)} is not known")
        return
    _tell(reply, ledger, starts, end, paid)
    _assume(reply, paid)


def _claims(reply: Reply, starts: Mapping[str, int], amount: Decimal, paid: Sequence[Payment]) -> list[Claim]:
    """What bore interest, as it stood before the payments: one claim where all debts are alike in it, else each debt.

    A payment that names debts is no longer in what is open of them.
    """
    debts = reply.case.debts
    of_some = any(payment.debts is not None and len(payment.debts) < len(debts) for payment in paid)
    named = [payment for payment in paid if payment.debts is not None]
    if len(set(starts.values())) == 1 and not of_some:
        start = min(starts.values())
        costs = Fraction(0) if reply.ask.amount is not None else sum((_costs(debt) for debt in debts), Fraction(0))
        before = sum((Fraction(payment.amount) for payment in named), Fraction(amount))
        return [Claim("", start, before, costs)]
    claims = []
    for debt in debts:
        own = (Fraction(payment.amount) for payment in named if debt.id in (payment.debts or ()))
        claims.append(Claim(debt.id, starts[debt.id], sum(own, Fraction(debt.amount or 0)), _costs(debt)))
    return claims


def _costs(debt: Debt) -> Fraction:
    return Fraction(debt.costs or 0)


def _told(payment: Payment) -> str:
    return f"the payment of {written(payment.amount)} on {iso_day(payment.day)}"


def _tell(reply: Reply, ledger: Ledger, starts: Mapping[str, int], end: int, paid: Sequence[Payment]) -> None:
    """Put what the ledger came to into the reply."""
    start = min(starts.values())
    days = max(end - start + 1, 0)
    interest = cents(sum((claim.interest for claim in ledger.claims), Fraction(0)))
    currency = ledger.currency
    if not ledger.steps:
        ledger.steps.append(f"no interest: it begins on {iso_day(start)}, after {iso_day(end)}")
    elif len(ledger.steps) > 1 and not paid and len(ledger.claims) == 1:
        told = f"together {interest} {currency} for {in_days(days)}, the first and the last included"
        ledger.steps.append(told)
    if not reply.one_currency(currency):
        return
    reply.values["interest"] = interest
    if len(set(starts.values())) == 1:
        reply.values |= {"interest_days": days, "interest_from": iso_day(start)}
    if paid:
        principal = cents(sum((claim.principal for claim in ledger.claims), Fraction(0)))
        settled = ledger.paid.get("interest", Decimal(0))
        reply.values |= {"interest_paid": settled, "principal": principal}
        told = f"; payments settled {written(settled)} of interest" if settled else ""
        ledger.steps.append(
            f"on {iso_day(end)} {principal} {currency} of the principal and {interest} of interest are open{told}"
        )
    elif len(ledger.claims) > 1:
        ledger.steps.append(f"together {interest} {currency}")
    daily = ledger.daily(end + 1)
    if daily is not None and days:
        reply.values["daily_interest"] = daily
        ledger.steps.append(f"each further day adds {daily} {currency}, as long as the rate stays and nothing is paid")
    reply.steps += ledger.steps


def _assume(reply: Reply, paid: Sequence[Payment]) -> None:
    """List what is taken for granted of the payments."""
    if not paid:
        return
    order = reply.payment_order
    if order is None:
        reply.assumed.append("a payment goes to the principal first: what the law says of that was not read")
    elif order.parts[0] == "costs" and all(debt.costs is None for debt in reply.case.debts):
        reply.assumed.append("no costs were open, to which a payment would have gone first")
    if any(payment.debts is None for payment in paid):
        reply.assumed.append("what is open of the debts does not count payments that name none of them yet")
        if len(reply.case.debts) > 1:
            reply.assumed.append("a payment that names no debt goes to the one that was due first")
    if any(payment.debts is not None for payment in paid):
        reply.assumed.append("what is open of a debt counts the payments that name it")


def _spans(block: Block, first: int, end: int, start: int, kept: Decimal | None) -> Iterator[Span]:
    """The days up to an end, cut where the rate changes, a year of its own length ends, or interest is added.

    Whole years and months are counted from the start, on which interest began.
    """
    changes = _changes(block) if kept is None else ()
    day_count = block.parts.get("day_count", "365")
    months = _MONTHS_OF.get(block.parts.get("compounds", ""))
    periods = 1
    while months is not None and add_months(start, months * periods) <= first:
        periods += 1
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
        yield Span(first, last, _rate(block, first) if kept is None else kept, length, last == period_ends)
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


def _starts(block: Block, reply: Reply, *, needed: bool) -> dict[str, int]:
    """The first day of interest of each debt. Empty where one is not known; it is open where it matters."""
    if reply.ask.interest_from is not None:
        return {debt.id: reply.ask.interest_from.toordinal() for debt in reply.case.debts}
    if "begins" in block.terms:
        return _begun(block, reply, needed=needed)
    dues = {debt.id: debt.due.toordinal() for debt in reply.case.debts if debt.due is not None}
    if len(dues) == len(reply.case.debts) and (needed or len(set(dues.values())) == 1):
        wait = block.amount("begins_after") if "begins_after" in block.values else 1
        if wait is None:
            reply.open.append(f"{block.title}: how long after its due day a debt bears interest is not known")
            return {}
        starts = {name: _payable(block, reply, due) + int(wait) for name, due in dues.items()}
        after = "the day after" if wait == 1 else f"{wait} days after"
        for name, start in starts.items():
            of_debt = f"{name}: " if len(set(starts.values())) > 1 else ""
            reply.assumed.append(f"{of_debt}interest begins on {iso_day(start)}, {after} the debt was due")
        return starts
    if needed:
        several = f"; {_ONE_BY_ONE.format(len(reply.case.debts))}" if len(set(dues.values())) > 1 else ""
        reply.open.append(f"ask.interest_from: the first day of interest, or `due` of the debt?{several}")
    else:
        reply.assumed.append(f"interest begins on the day asked for, {iso_day(reply.day)}")
    return {}


def _begun(block: Block, reply: Reply, *, needed: bool) -> dict[str, int]:
    """The day that `begins:` gives, or the day after each debt was due if that is later."""
    term = block.terms["begins"]
    if reply.treats_debts_apart(payments=False):
        if needed:
            reply.open.append(APART)
        return {}
    day = term.value()
    if day is None or day is NOTHING:
        if needed:
            nothing = f"ask.interest_from: {block.title}: no notice is recorded from which it runs"
            reply.open.extend(term.missing() if day is None else [nothing])
        return {}
    starts = {
        debt.id: day if debt.due is None else max(day, _payable(block, reply, debt.due.toordinal()) + 1)
        for debt in reply.case.debts
    }
    reply.assumed.append(f"interest begins on {iso_day(min(starts.values()))}, by a notice of {iso_day(day)}")
    return starts


def _payable(block: Block, reply: Reply, due: int) -> int:
    """The last day on which a debt can still be paid in time."""
    name = block.parts.get("due_moves")
    if name is None:
        return due
    calendar = block.calendars[name]
    later = calendar.open_from(due)
    if later != due:
        reply.steps.append(
            f"{block.title}: {iso_day(due)} was {_day_off(calendar, due)}, so that the debt was due on {iso_day(later)}"
        )
    return later


def _day_off(calendar: Calendar, day: int) -> str:
    holiday = calendar.holiday(day)
    return f"{holiday}, a day off" if holiday is not None else f"a {date.fromordinal(day):%A}"


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
    fields={
        "rate": "word",
        "day_count": "word",
        "rounding": "word",
        "reference": "value",
        "compounds": "word",
        "due_moves": "calendar",
        "begins": "term",
    },
    required=("rate",),
    values=(),
    add=_add,
    settles=("annual_rate", "interest", "interest_from"),
    finish=_finish,
    words={
        "rate": ("at_start", "moving"),
        "day_count": ("365", "360", "actual"),
        "rounding": ("once", "each_rate"),
        "compounds": tuple(_MONTHS_OF),
    },
    wrong=_wrong,
)
