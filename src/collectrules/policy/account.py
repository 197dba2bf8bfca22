"""The account in a case, as its history leaves it on a day: what is open, since when, what was promised, what was done.

Everything is worked out from the case each time. A case states what is open (`debt.amount`); its payments, promises
and talks say how it came to that. What happened after the day is not looked at: a case with such an entry is refused.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.case.objects import Contact, Event
from collectrules.ground.dated import day_of
from collectrules.policy.model import SHOWN_BY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collectrules.case.objects import Case, Debt

NOTHING: Final = Decimal(0)
LONG_PAST_DUE: Final = 60
"""Days after which practice calls a customer who pays so late again and again a repeat offender."""
_CALLED: Final = ("phone",)
_TALKED: Final = "conversation"
_INSOLVENCY: Final = ("bankruptcy_petition_filed", "breathing_space_started")
_INSOLVENCY_OVER: Final = ("bankruptcy_case_dismissed", "bankruptcy_case_closed", "bankruptcy_stay_lifted")

State = Literal["pending", "kept", "broken"]


class Invoice(Struct, frozen=True):
    """One debt of the account."""

    id: str
    open: Decimal | None
    """What is open; 0 where it is paid, None where that is not known."""
    currency: str
    issued: date | None
    due: date | None
    """The day on which payment was due, stated or from the terms; None where neither says it."""
    documents: tuple[str, ...] | None
    """What the record holds; None where it does not say."""

    @property
    def is_open(self) -> bool:
        """Is something open, or is it not known that nothing is?"""
        return self.open is None or self.open > 0

    def days_past_due(self, day: date) -> int | None:
        """Whole days since it was due, negative before; None where the day is not known."""
        return None if self.due is None else (day - self.due).days


class Promise(Struct, frozen=True):
    """A promise to pay, or a plan of instalments: what it is for, until when, and what came of it."""

    at: date
    until: date
    """The day promised; of a plan that of the next instalment that is not paid."""
    amount: Decimal | None
    currency: str
    debts: frozenset[str]
    state: State
    is_plan: bool = False


class Done(Struct, frozen=True):
    """A step that was done: the stage and step of the policy where the history names them, and what it shows else."""

    at: date
    debts: frozenset[str]
    stage: str = ""
    step: str = ""
    event: str = ""
    """The event that shows it, or `call`, `visit`."""


class Trouble(Struct, frozen=True):
    """A dispute or a hardship that was told and is not over."""

    since: date
    debts: frozenset[str]


class Account:
    """A case on a day. Raises InvalidInput where its history goes on after the day."""

    def __init__(self, case: Case, day: date, grace: int = 0, grace_of_plans: int = 0) -> None:
        self.case = case
        self.day = day
        self.grace = timedelta(days=grace)
        """How long one waits after the day of a promise; `grace_of_plans`: after that of an instalment."""
        self.grace_of_plans = timedelta(days=grace_of_plans)
        self.entries: Sequence[Contact | Event] = case.history or ()
        for entry in self.entries:
            if day_of(entry.at) > day:
                message = f"the account has an entry of {day_of(entry.at)}, after the day that is asked about ({day})"
                help_ = "ask for that day or a later one, or take later entries out"
                raise case.wrong("CR026", message, help_)
        self.events: tuple[Event, ...] = tuple(each for each in self.entries if isinstance(each, Event))
        self.contacts: tuple[Contact, ...] = tuple(each for each in self.entries if isinstance(each, Contact))
        self.invoices: tuple[Invoice, ...] = tuple(_invoice(debt) for debt in case.debts)
        self.ids = frozenset(invoice.id for invoice in self.invoices)
        self.open: tuple[Invoice, ...] = tuple(invoice for invoice in self.invoices if invoice.is_open)

    def debts_of(self, entry: Contact | Event) -> frozenset[str]:
        """The debts that an entry is about: those that it names, else all that were there by then."""
        if entry.debts:
            return frozenset(entry.debts)
        at = day_of(entry.at)
        return frozenset(each.id for each in self.invoices if each.issued is None or each.issued <= at)

    def recalled(self, invoice: Invoice) -> date:
        """The last day on which an invoice was recalled from an agency; before all days where it was not."""
        recalls = (each for each in self.events if each.event == "recalled_from_agency")
        return max((day_of(each.at) for each in recalls if invoice.id in self.debts_of(each)), default=date.min)

    def paid(self, debts: frozenset[str], first: date, last: date) -> Decimal:
        """What came in on some debts from a day to a day, both included; what was taken back is subtracted."""
        total = NOTHING
        for event in self.events:
            if event.event not in ("payment", "payment_reversed") or event.amount is None:
                continue
            if first <= day_of(event.at) <= last and not debts.isdisjoint(self.debts_of(event)):
                total += event.amount if event.event == "payment" else -event.amount
        return total

    # ---- promises and plans ------------------------------------------------------------------------------------

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every promise to pay and every plan agreed, oldest first."""
        made = []
        for event in self.events:
            if event.event == "promise_to_pay":
                made.append(self._promise(event))
            elif event.event == "plan_agreed":
                made.append(self._plan(event))
        return tuple(made)

    def _promise(self, event: Event) -> Promise:
        at, debts = day_of(event.at), self.debts_of(event)
        until = event.promised_for or at
        last = min(until + self.grace, self.day)
        paid = self.paid(debts, at, last)
        wanted = event.amount
        if wanted is None:
            kept = paid > 0 and not any(invoice.is_open for invoice in self.invoices if invoice.id in debts)
        else:
            kept = paid >= wanted
        state: State = "kept" if kept else "broken" if self.day > until + self.grace else "pending"
        return Promise(at, until, wanted, event.currency or "", debts, state)

    def _plan(self, event: Event) -> Promise:
        at, debts = day_of(event.at), self.debts_of(event)
        number, every = event.instalments or 1, event.every_days or 30
        first = event.promised_for or at
        rate = event.amount
        paid = self.paid(debts, at, self.day)
        days = [first + timedelta(days=every * each) for each in range(number)]
        covered = number if rate is None or rate <= 0 else int(paid // rate)
        if rate is None:
            covered = sum(self.paid(debts, at, day + self.grace_of_plans) > 0 for day in days if day <= self.day)
        closed = not any(invoice.is_open for invoice in self.invoices if invoice.id in debts)
        if closed or covered >= number:
            return Promise(at, days[-1], rate, event.currency or "", debts, "kept", is_plan=True)
        until = days[covered]
        state: State = "broken" if self.day > until + self.grace_of_plans else "pending"
        return Promise(at, until, rate, event.currency or "", debts, state, is_plan=True)

    def pending(self, debts: frozenset[str]) -> Promise | None:
        """The promise or plan about some debts that is still to be kept, the latest made."""
        return next((each for each in reversed(self.promises) if each.state == "pending" and each.debts & debts), None)

    # ---- trouble -----------------------------------------------------------------------------------------------

    @cached_property
    def disputes(self) -> tuple[Trouble, ...]:
        """The disputes that are not over: told by an event, or stated of a debt."""
        opened: dict[str, date] = {}
        for event in self.events:
            if event.event == "dispute_received":
                for each in self.debts_of(event):
                    opened.setdefault(each, day_of(event.at))
            elif event.event == "dispute_resolved":
                for each in self.debts_of(event):
                    opened.pop(each, None)
        for debt in self.case.debts:
            if debt.disputed:
                opened.setdefault(debt.id, self.day)
        by_day: dict[date, set[str]] = {}
        for debt_id, since in opened.items():
            by_day.setdefault(since, set()).add(debt_id)
        return tuple(Trouble(since, frozenset(debts)) for since, debts in sorted(by_day.items()))

    @cached_property
    def resolved_at(self) -> date | None:
        """The last day on which a dispute ended."""
        return self.latest("dispute_resolved")

    @cached_property
    def hardship(self) -> Trouble | None:
        """The hardship that was told last, unless a plan was agreed after it."""
        told = self.latest("hardship_told")
        agreed = self.latest("plan_agreed")
        if told is None or (agreed is not None and agreed >= told):
            return None
        return Trouble(told, self.ids)

    def latest(self, *names: str) -> date | None:
        """The last day on which one of these events happened."""
        return max((day_of(event.at) for event in self.events if event.event in names), default=None)

    @cached_property
    def insolvent(self) -> bool:
        """Is an insolvency recorded that is not over?"""
        begun, over = self.latest(*_INSOLVENCY), self.latest(*_INSOLVENCY_OVER)
        return begun is not None and (over is None or over < begun)

    @cached_property
    def on_hold(self) -> bool:
        """Is credit held?"""
        held, released = self.latest("credit_held"), self.latest("credit_released")
        return held is not None and (released is None or released < held)

    # ---- what was done -----------------------------------------------------------------------------------------

    @cached_property
    def done(self) -> tuple[Done, ...]:
        """What was done, oldest first. Where a day has a step that is named, what else shows that day is that step."""
        named = [
            Done(day_of(event.at), self.debts_of(event), event.stage or "", event.step or "")
            for event in self.events
            if event.event == "step_done"
        ]
        days = {(each.at, debt) for each in named for debt in each.debts}
        shown = [
            Done(day_of(entry.at), self.debts_of(entry), event=_shows(entry))
            for entry in self.entries
            if _shows(entry) and not any((day_of(entry.at), debt) in days for debt in self.debts_of(entry))
        ]
        return tuple(sorted((*named, *shown), key=lambda each: each.at))

    def talks(self, first: date, *, answered: bool) -> int:
        """Outbound calls from a day on; only those in which somebody was spoken to, where they must be answered."""
        return sum(
            contact.times or 1
            for contact in self.contacts
            if contact.channel in _CALLED
            and contact.direction == "outbound"
            and day_of(contact.at) >= first
            and (contact.outcome == _TALKED or not answered)
        )

    # ---- payment history ---------------------------------------------------------------------------------------

    @cached_property
    def settled_on(self) -> dict[str, date]:
        """Of each paid invoice of which a payment is recorded the day of its last payment."""
        paid_on: dict[str, date] = {}
        for event in self.events:
            if event.event in ("payment", "paid_in_full"):
                for debt in self.debts_of(event):
                    paid_on[debt] = day_of(event.at)
        return {each.id: paid_on[each.id] for each in self.invoices if not each.is_open and each.id in paid_on}

    @cached_property
    def days_late(self) -> tuple[int, ...]:
        """Of each paid invoice the days from its due day to its last payment; negative where it was paid early."""
        return tuple(
            (self.settled_on[invoice.id] - invoice.due).days
            for invoice in self.invoices
            if invoice.due is not None and invoice.id in self.settled_on
        )


def first_due(invoices: Iterable[Invoice]) -> date | None:
    """The day on which the first of some invoices was due; None where that is known of none."""
    return min((invoice.due for invoice in invoices if invoice.due is not None), default=None)


def _invoice(debt: Debt) -> Invoice:
    due = debt.due
    if due is None and debt.issued is not None and debt.terms_days is not None:
        due = debt.issued + timedelta(days=debt.terms_days)
    closed = debt.paid or debt.settled
    return Invoice(debt.id, NOTHING if closed else debt.amount, debt.currency or "", debt.issued, due, debt.documents)


_EVENTS_SHOWN: Final = frozenset(SHOWN_BY.values())
CONTACTS_SHOWN: Final = {"phone": "call", "visit": "visit"}
"""What a contact by a channel shows."""


def _shows(entry: Contact | Event) -> str:
    """What an entry shows to have been done; empty where it shows nothing."""
    if isinstance(entry, Event):
        return entry.event if entry.event in _EVENTS_SHOWN else ""
    return CONTACTS_SHOWN.get(entry.channel, "") if entry.direction == "outbound" else ""
