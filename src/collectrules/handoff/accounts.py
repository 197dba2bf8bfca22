"""What a case and the details say of an account, as the values of fields: all that a format could ask for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from collectrules.case.objects import Event
from collectrules.ground.dated import day_of
from collectrules.handoff.sums import SIGNS, UNKNOWN_AMOUNTS
from collectrules.plugins import accounts
from collectrules.plugins.accounts import ContactRow, Invoice, LedgerRow, PostalAddress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.case.objects import Case, Debt


def account_number(case: Case) -> str | None:
    """The number of the account: the debtor's, else the case's."""
    return (case.debtor.id if case.debtor is not None else None) or case.id


def handed_over(case: Case) -> tuple[str, ...]:
    """The debts that go: those of the case's own act where it names some, else those that are not paid, else all."""
    named = case.action.debts if case.action is not None else None
    if named:
        return named
    unpaid = tuple(debt.id for debt in case.debts if not debt.paid)
    return unpaid or tuple(debt.id for debt in case.debts)


def values_of(case: Case, debts: Sequence[str], details: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields whose source is the case or the details; an absent one is not known."""
    going = [debt for debt in case.debts if debt.id in debts]
    currency = _only([debt.currency for debt in going])
    ledger, unknown = _ledger(case, currency)
    dues = sorted(debt.due for debt in going if debt.due is not None)
    last = next((row for row in reversed(ledger) if row.entry == "payment"), None)
    debtor = case.debtor
    values: dict[str, Any] = {
        accounts.ACCOUNT_ID.name: account_number(case),
        accounts.CURRENCY.name: currency,
        accounts.AMOUNT.name: _sum(going) if currency is not None else None,
        accounts.INVOICES.name: tuple(_invoice(debt, debt.id in debts) for debt in case.debts),
        accounts.LEDGER.name: ledger or None,
        accounts.DEBT_KIND.name: _only([debt.kind for debt in going]),
        accounts.OLDEST_DUE.name: dues[0] if dues else None,
        accounts.NEWEST_DUE.name: dues[-1] if dues else None,
        accounts.LAST_PAYMENT_DAY.name: last.day if last is not None else None,
        accounts.LAST_PAYMENT_AMOUNT.name: -last.amount if last is not None else None,
        accounts.DOCUMENTS_HELD.name: tuple(dict.fromkeys(word for debt in going for word in debt.documents or ()))
        or None,
        accounts.CREDITOR_NAME.name: _creditor(case),
        accounts.COLLECTOR_NAME.name: case.collector.name,
        accounts.COLLECTOR_ROLE.name: case.collector.role,
        accounts.CONTACTS.name: tuple(_contacts(case)) or None,
        UNKNOWN_AMOUNTS: unknown,
    }
    if debtor is not None:
        values |= {
            accounts.DEBTOR_NAME.name: debtor.name,
            accounts.DEBTOR_KIND.name: debtor.kind,
            accounts.CONTACT_PERSON.name: debtor.contact_person,
            accounts.CUSTOMER_SINCE.name: debtor.customer_since,
            accounts.ADDRESSES.name: tuple(_addresses(case)) or None,
            accounts.PHONES.name: _reached(case, "number"),
            accounts.EMAILS.name: _reached(case, "email"),
        }
    return {**{name: value for name, value in values.items() if value is not None}, **details}


def _creditor(case: Case) -> str | None:
    """Its name; a creditor that collects for itself may have it as collector alone."""
    if case.creditor is not None and case.creditor.name is not None:
        return case.creditor.name
    return case.collector.name if case.collector.role == "creditor" else None


def _only(values: Sequence[str | None]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _sum(debts: Sequence[Debt]) -> Decimal | None:
    amounts = [debt.amount for debt in debts]
    if any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _invoice(debt: Debt, going: bool) -> Invoice:  # noqa: FBT001  # goes it or not
    return Invoice(
        id=debt.id,
        kind=debt.kind,
        open=Decimal(0) if debt.paid and debt.amount is None else debt.amount,
        type=debt.type or "",
        issued=debt.issued,
        due=debt.due,
        invoiced=debt.invoiced,
        paid_before=debt.paid_before,
        order_number=debt.order_number or "",
        documents=debt.documents or (),
        account_number=debt.account_number or "",
        handed_over=going,
    )


def _ledger(case: Case, currency: str | None) -> tuple[tuple[LedgerRow, ...], bool]:
    """Invoices, payments and credits by day with the balance after each; was one of unknown amount left out?"""
    changes: list[tuple[date, int, str, Decimal, tuple[str, ...]]] = []
    unknown = False
    for debt in case.debts:
        day = debt.issued or debt.due
        if debt.invoiced is not None and day is not None and debt.currency == currency:
            changes.append((day, 0, "invoice", debt.invoiced, (debt.id,)))
    every = tuple(debt.id for debt in case.debts)
    for entry in case.history or ():
        if not isinstance(entry, Event) or entry.event not in SIGNS:
            continue
        if entry.amount is None or entry.currency != currency:
            unknown = True
            continue
        changes.append((day_of(entry.at), 1, entry.event, SIGNS[entry.event] * entry.amount, entry.debts or every))
    changes.sort(key=lambda change: change[:2])
    rows: list[LedgerRow] = []
    balance = Decimal(0)
    for day, _, name, amount, debts in changes:
        balance += amount
        rows.append(LedgerRow(day, name, amount, debts, balance))
    return tuple(rows), unknown


def _contacts(case: Case) -> Iterator[ContactRow]:
    for entry in case.history or ():
        at = entry.at.isoformat() if isinstance(entry.at, datetime) else str(entry.at)
        if isinstance(entry, Event):
            if entry.event not in SIGNS:
                yield ContactRow(
                    at,
                    entry.event,
                    entry.channel or "",
                    "",
                    entry.form or "",
                    "",
                    entry.endpoint or "",
                    entry.debts or (),
                )
            continue
        party = (entry.to if entry.direction == "outbound" else entry.from_) or "debtor"
        yield ContactRow(
            at,
            "contact",
            entry.channel,
            entry.direction,
            entry.outcome or "",
            party,
            entry.endpoint or "",
            entry.debts or (),
        )


def _addresses(case: Case) -> Iterator[PostalAddress]:
    """Those on which a letter could be written, the home first."""
    stated = (case.debtor.addresses if case.debtor is not None else None) or ()
    usable = [each for each in stated if each.lines and each.city]
    for each in sorted(usable, key=lambda address: address.use not in {"home", None}):
        yield PostalAddress(
            each.lines or (), each.city or "", each.region or "", each.postal_code or "", each.country, each.use or ""
        )


def _reached(case: Case, how: str) -> tuple[str, ...] | None:
    endpoints = (case.debtor.endpoints if case.debtor is not None else None) or ()
    found = tuple(getattr(each, how) for each in endpoints if getattr(each, how) is not None)
    return found or None
