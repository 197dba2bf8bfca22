"""Interest on debts that are paid in parts: what accrues day by day, and what each payment is taken off.

A debt has a principal and the interest that accrued on it. A payment goes to the debts that it names, else to the one
that was due first; within a debt to interest and principal in the order that the law gives. What a payment settles is
counted in whole cents. All days are proleptic ordinals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.expressions.english import days, iso_day
from collectrules.ground.money import written

if TYPE_CHECKING:
    from collectrules.law.settling import Payment

NOTHING: Final = Fraction(0)


class Span(Struct, frozen=True):
    """Days with one rate and one length of the year, both ends included."""

    first: int
    last: int
    rate: Decimal | None
    year: int
    ends_a_period: bool
    """From the next day on its interest, and that of the days before it, bears interest too."""

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1


Cut = Callable[[int, int, int], Iterator[Span]]
"""The spans of the days from one to another of a debt whose interest began on the day that is given last."""


class Unknown(Exception):
    """The rate of a day is not known: `day`."""

    def __init__(self, day: int) -> None:
        super().__init__(day)
        self.day = day


class Claim(Struct):
    """One debt: what of it stands open as it is reckoned forward."""

    id: str
    start: int
    """The first day of interest."""
    principal: Fraction
    costs: Fraction = NOTHING
    added: Fraction = NOTHING
    """Interest of whole periods, which bears interest as the principal does, and is paid with it."""
    period: Fraction = NOTHING
    """Interest that bears none."""

    @property
    def bearing(self) -> Fraction:
        """What bears interest."""
        return self.principal + self.added

    @property
    def interest(self) -> Fraction:
        """The interest that is open."""
        return self.added + self.period

    def take(self, what: str, most: Fraction) -> Fraction:
        """Settle the costs, the interest or the principal, in whole cents and as far as `most` goes; what that took."""
        owed = Fraction(cents({"costs": self.costs, "interest": self.period, "principal": self.bearing}[what]))
        taken = min(most, owed)
        whole = taken == owed
        if what == "costs":
            self.costs -= taken
        elif what == "interest":
            self.period = NOTHING if whole else self.period - taken
        else:
            of_added = min(self.added, taken)
            self.principal = NOTHING if whole else self.principal - (taken - of_added)
            self.added = NOTHING if whole else self.added - of_added
        return taken


class Ledger(Struct):
    """Debts in one currency, with what happened to them so far in English; one claim may stand for all of them."""

    claims: Sequence[Claim]
    currency: str
    order: Sequence[str]
    """To what a payment on a debt goes first: `costs`, `interest`, `principal`."""
    cut: Cut
    rounds_each: bool = False
    """Is the interest of each span rounded to the cent, or only the sum of all?"""
    steps: list[str] = []
    paid: dict[str, Decimal] = {}
    """What payments settled so far of `costs`, `interest` and `principal`."""

    def run(self, payments: Sequence[Payment], end: int, *, day_counts: bool) -> None:
        """Reckon to a day, itself included. `day_counts`: what is paid bears interest on the day of its payment too.

        Raises Unknown where the rate of a day is not known.
        """
        from_day: dict[str, int] = {claim.id: claim.start for claim in self.claims}
        for payment in payments:
            last = payment.day if day_counts else payment.day - 1
            if last > end or (last == end and day_counts):
                break
            for claim in self.claims:
                self._accrue(claim, from_day[claim.id], last)
                from_day[claim.id] = max(from_day[claim.id], last + 1)
            self._settle(payment)
        for claim in self.claims:
            self._accrue(claim, from_day[claim.id], end)

    def _accrue(self, claim: Claim, first: int, last: int) -> None:
        for span in self.cut(first, last, claim.start) if claim.bearing else ():
            if span.rate is None:
                raise Unknown(span.first)
            bearing = claim.bearing
            part = bearing * Fraction(span.rate) * span.days / (100 * span.year)
            if self.rounds_each:
                part = Fraction(cents(part))
            claim.period += part
            if span.ends_a_period:
                claim.added, claim.period = claim.interest, NOTHING
            self.steps.append(
                f"{self._of(claim)}{written(cents(bearing))} {self.currency} x {written(span.rate)} % x"
                f" {days(span.days)} / {span.year} = {cents(part)}"
                f" ({iso_day(span.first)} to {iso_day(span.last)})"
            )

    def _settle(self, payment: Payment) -> None:
        left = Fraction(payment.amount)
        told = []
        for claim in sorted(self.claims, key=lambda claim: claim.start):
            if len(self.claims) > 1 and payment.debts is not None and claim.id not in payment.debts:
                continue
            parts = []
            for what in self.order:
                taken = claim.take(what, left)
                left -= taken
                if taken:
                    parts.append(f"{cents(taken)} of the {what}")
                    self.paid[what] = self.paid.get(what, Decimal(0)) + cents(taken)
            if parts:
                told.append(f"{self._of(claim)}{', '.join(parts)}")
        if left:
            told.append(f"{cents(left)} is more than was open")
        amount = f"{written(payment.amount)} {self.currency}"
        self.steps.append(f"{amount} paid on {iso_day(payment.day)} settle {'; '.join(told)}")

    def daily(self, day: int) -> Decimal | None:
        """What accrues on a day of itself, rounded to the cent; None where its rate is not known."""
        total = NOTHING
        for claim in self.claims:
            first = max(day, claim.start)
            span = next(self.cut(first, first, claim.start))
            if span.rate is None:
                return None
            if day >= claim.start:
                total += claim.bearing * Fraction(span.rate) / (100 * span.year)
        return cents(total)

    def _of(self, claim: Claim) -> str:
        return f"{claim.id}: " if len(self.claims) > 1 else ""


def cents(amount: Fraction) -> Decimal:
    """An exact amount, not negative, rounded half up to the cent."""
    return Decimal((amount * 200 + 1) // 2).scaleb(-2)
