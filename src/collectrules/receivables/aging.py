"""Aging: what is open by how late it is, and how each customer pays. Of accounts, on a day.

Amounts are `Decimal` and never added over currencies. Days late are whole days after the due day, negative before it.
What is not known is counted as not known. Accounts are read one by one, and of each only its sums are kept.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.case.unapplied import unapplied_amounts
from collectrules.ground.errors import InvalidInput
from collectrules.policy.account import LONG_PAST_DUE, NOTHING, Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from collectrules.case.objects import Case
    from collectrules.policy.account import Invoice

BOUNDS: Final = (30, 60, 90)
"""The last days of the buckets, as is usual."""
REPEATED: Final = 2
"""So many invoices past the long time make a repeat offender."""
_FEWEST: Final = 4
"""With fewer payments nothing is said of a trend."""
_STEADY: Final = 3
"""Days by which the average may differ and still be called steady."""
_TENTH: Final = Decimal("0.1")


class Buckets(Struct, frozen=True):
    """What is open by how late it is."""

    amounts: tuple[Decimal, ...]
    """Not due yet, each bucket, and last what has no due day."""
    invoices: tuple[int, ...]

    @property
    def open(self) -> Decimal:
        """All that is open."""
        return sum(self.amounts, NOTHING)

    @property
    def late(self) -> Decimal:
        """What is past its due day."""
        return sum(self.amounts[1:-1], NOTHING)

    @property
    def count(self) -> int:
        """How many invoices are open."""
        return sum(self.invoices)


class Payments(Struct, frozen=True):
    """How a customer has paid: of the invoices that are paid and of which it is known when."""

    paid: int
    average_days_to_pay: Decimal | None
    """From the day of the invoice to the last payment, to a tenth; None where nothing was paid, or no day is known."""
    average_days_late: Decimal | None
    """From the due day; negative where they pay early."""
    change: Decimal | None
    """By how many days later the newer half was paid than the older half; None of fewer than four payments."""

    @property
    def trend(self) -> str:
        """The change in a word: slower, faster, steady; empty where nothing can be said."""
        if self.change is None:
            return ""
        return "steady" if abs(self.change) < _STEADY else "slower" if self.change > 0 else "faster"


class Customer(Struct, frozen=True):
    """One account on the day."""

    account: str
    name: str
    buckets: dict[str, Buckets]
    """By currency; empty where nothing is open."""
    unapplied: dict[str, Decimal]
    """Credits and payments of the history that name no invoice, by currency."""
    oldest: int | None
    """Days late of the oldest open invoice; None where none is open or has a due day."""
    payments: Payments
    long_late: int
    """Invoices that were paid, or are open, more than the long time late."""

    @property
    def is_repeat_offender(self) -> bool:
        """Has it paid, or does it owe, several invoices past the long time?"""
        return self.long_late >= REPEATED


class Month(Struct, frozen=True):
    """What was paid in one month: `2013-06`."""

    name: str
    paid: int
    average_days_late: Decimal | None
    average_days_to_pay: Decimal | None


class Concentration(Struct, frozen=True):
    """How much of what is open few customers owe, in per cent to a tenth."""

    largest: Decimal
    five_largest: Decimal
    customers_of_80_per_cent: int
    """So many, the largest first, owe four fifths of it."""
    customers: int


class Aging(Struct):
    """The whole, of all accounts."""

    as_of: date
    bounds: tuple[int, ...]
    long_late: int
    customers: list[Customer] = field(default_factory=list)
    """Those with something open, a history of payments, or credits that no invoice took."""
    accounts: int = 0
    totals: dict[str, Buckets] = field(default_factory=dict)
    """By currency."""
    unapplied: dict[str, Decimal] = field(default_factory=dict)
    """Credits and payments that no invoice took, by currency; one that has no sum is left out."""
    months: list[Month] = field(default_factory=list)
    """Oldest first."""
    payments: Payments = field(default_factory=lambda: Payments(0, None, None, None))
    unknown_amounts: list[tuple[str, str]] = field(default_factory=list)
    """Account and invoice of which it is not known what is open."""
    paid_without_day: int = 0
    later_invoices: int = 0
    """Issued after the day, and left out."""
    wrong: list[InvalidInput] = field(default_factory=list)
    """What could not be read, or goes on after the day."""

    @property
    def bucket_names(self) -> tuple[str, ...]:
        """What the buckets are called."""
        first = 1
        names = []
        for last in self.bounds:
            names.append(f"{first} to {last} days late")
            first = last + 1
        return ("not due yet", *names, f"over {self.bounds[-1]} days late", "no due day")

    def net(self, currency: str) -> Decimal:
        """What is open less what no invoice took; negative where more is held than owed."""
        owed = self.totals.get(currency)
        return (owed.open if owed is not None else NOTHING) - self.unapplied.get(currency, NOTHING)

    @property
    def credit_only(self) -> list[str]:
        """The currencies in which nothing is open, and credits or payments stand that no invoice took."""
        return [each for each in self.unapplied if each not in self.totals]

    def by_amount(self, currency: str) -> list[Customer]:
        """The customers who owe something in a currency, the largest first."""
        owing = [each for each in self.customers if currency in each.buckets]
        return sorted(owing, key=lambda each: (-each.buckets[currency].open, each.account))

    @property
    def repeat_offenders(self) -> list[Customer]:
        """The customers who are past the long time again and again, the worst first."""
        found = [each for each in self.customers if each.is_repeat_offender]
        return sorted(found, key=lambda each: (-each.long_late, each.account))

    def concentration(self, currency: str) -> Concentration | None:
        """How much few customers owe in a currency; None where nothing is open."""
        amounts = [each.buckets[currency].open for each in self.by_amount(currency)]
        whole = sum(amounts, NOTHING)
        if not whole:
            return None
        sum_, needed = NOTHING, 0
        while sum_ * 5 < whole * 4:
            sum_ += amounts[needed]
            needed += 1
        return Concentration(
            share(amounts[0], whole), share(sum(amounts[:5], NOTHING), whole), needed, len([a for a in amounts if a])
        )


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Per cent, to a tenth."""
    return (part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole else Decimal("0.0")


def aged(
    cases: Iterable[Case | InvalidInput],
    day: date,
    bounds: Sequence[int] = BOUNDS,
    long_late: int = LONG_PAST_DUE,
) -> Aging:
    """The aging of these accounts on a day. `bounds` rise; what cannot be used is under `wrong`."""
    aging = Aging(day, tuple(bounds), long_late)
    sums = _Sums(aging)
    for case in cases:
        try:
            if isinstance(case, InvalidInput):
                raise case
            sums.take(Account(case, day))
        except InvalidInput as error:
            aging.wrong.append(error)
    sums.close()
    return aging


class _Paid(Struct):
    """One invoice that is paid."""

    at: date
    late: int | None
    to_pay: int | None


class _Sums:
    """What is added up while accounts come."""

    def __init__(self, aging: Aging) -> None:
        self.aging = aging
        self.totals: dict[str, _Bucketing] = {}
        self.months: dict[str, list[_Paid]] = {}

    def take(self, account: Account) -> None:
        """Add one account."""
        aging, case = self.aging, account.case
        aging.accounts += 1
        debtor = case.debtor
        number = (debtor.id if debtor is not None else None) or case.id or ""
        own: dict[str, _Bucketing] = {}
        oldest: list[int] = []
        for invoice in account.invoices:
            if invoice.issued is not None and invoice.issued > aging.as_of:
                aging.later_invoices += 1
            elif invoice.open is None or (invoice.open and not invoice.currency):
                aging.unknown_amounts.append((number, invoice.id))
            elif invoice.open:
                late = invoice.days_past_due(aging.as_of)
                oldest += [] if late is None else [late]
                for sums in (own, self.totals):
                    bucketing = sums.setdefault(invoice.currency, _Bucketing(len(aging.bounds) + 3))
                    bucketing.add(self._bucket(late), invoice.open)
        paid = self._paid(account)
        long_late = sum(each.late is not None and each.late > aging.long_late for each in paid)
        long_late += sum(late > aging.long_late for late in oldest)
        unapplied = _unapplied(case)
        for currency, sum_ in unapplied.items():
            aging.unapplied[currency] = aging.unapplied.get(currency, NOTHING) + sum_
        if own or paid or unapplied:
            aging.customers.append(
                Customer(
                    number,
                    (debtor.name if debtor is not None else None) or "",
                    {currency: sums.closed() for currency, sums in own.items()},
                    unapplied,
                    max(oldest, default=None),
                    _payments(paid),
                    long_late,
                )
            )

    def close(self) -> None:
        """Work out what is told of the whole."""
        self.aging.totals = {currency: sums.closed() for currency, sums in sorted(self.totals.items())}
        self.aging.unapplied = {currency: sum_ for currency, sum_ in sorted(self.aging.unapplied.items()) if sum_}
        self.aging.months = [
            Month(name, len(paid), _average(each.late for each in paid), _average(each.to_pay for each in paid))
            for name, paid in sorted(self.months.items())
        ]
        self.aging.payments = _payments([each for paid in self.months.values() for each in paid])

    def _bucket(self, late: int | None) -> int:
        if late is None:
            return -1
        return sum(late > bound for bound in (0, *self.aging.bounds))

    def _paid(self, account: Account) -> list[_Paid]:
        paid = []
        for invoice in account.invoices:
            if not invoice.is_open:
                settled = account.settled_on.get(invoice.id)
                if settled is None:
                    self.aging.paid_without_day += 1
                else:
                    paid.append(_settled(invoice, settled))
                    self.months.setdefault(f"{settled:%Y-%m}", []).append(paid[-1])
        return paid


class _Bucketing:
    """Amounts and numbers by bucket, while they come."""

    def __init__(self, buckets: int) -> None:
        self.amounts = [NOTHING] * buckets
        self.invoices = Counter[int]()

    def add(self, bucket: int, amount: Decimal) -> None:
        self.amounts[bucket] += amount
        self.invoices[bucket % len(self.amounts)] += 1

    def closed(self) -> Buckets:
        return Buckets(tuple(self.amounts), tuple(self.invoices[each] for each in range(len(self.amounts))))


def _unapplied(case: Case) -> dict[str, Decimal]:
    """What no invoice took, by currency: `import` and `record` name the debts of what one took."""
    sums: dict[str, Decimal] = {}
    for _, currency, amount in unapplied_amounts(case):
        if currency:
            sums[currency] = sums.get(currency, NOTHING) + amount
    return {currency: sum_ for currency, sum_ in sorted(sums.items()) if sum_}


def _settled(invoice: Invoice, at: date) -> _Paid:
    return _Paid(
        at,
        (at - invoice.due).days if invoice.due is not None else None,
        (at - invoice.issued).days if invoice.issued is not None else None,
    )


def _payments(paid: list[_Paid]) -> Payments:
    late = [each.late for each in sorted(paid, key=lambda each: each.at) if each.late is not None]
    older, newer = late[: len(late) // 2], late[len(late) // 2 :]
    before, after = _average(older), _average(newer)
    change = after - before if len(late) >= _FEWEST and before is not None and after is not None else None
    return Payments(len(paid), _average(each.to_pay for each in paid), _average(late), change)


def _average(days: Iterable[int | None]) -> Decimal | None:
    known = [each for each in days if each is not None]
    return (Decimal(sum(known)) / len(known)).quantize(_TENTH, ROUND_HALF_UP) if known else None
