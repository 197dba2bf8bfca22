"""Accounts as they are put together from rows, and written as cases: one debtor with all invoices."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.case.contact_points import EMAIL
from collectrules.case.places import written as places
from collectrules.ground.money import written
from collectrules.imports import cells
from collectrules.imports.lacking import Unstated

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 200
_IS_EMAIL: Final = re.compile(EMAIL)


def clean(text: object) -> str:
    """Text on one line, of what can be printed, as an id of a case may be."""
    line = " ".join("".join(each if each.isprintable() else " " for each in str(text)).split())
    return line[:_LONGEST].strip()


class Invoice(Struct):
    """One invoice. Amounts in units of `currency`; `row` is the first row that had it."""

    id: str
    key: str
    row: int
    invoiced: Decimal | None
    open: Decimal
    currency: str
    issued: date | None = None
    due: date | None = None
    terms_days: int | None = None
    order_number: str = ""
    paid_on: date | None = None
    paid: Decimal | None = None
    disputed: bool = False
    settled: bool = False
    """A word says that it is paid."""

    def same_as(self, other: Invoice) -> bool:
        """Are they one invoice, of which another row tells a line?"""
        mine = (self.invoiced, self.open, self.currency, self.issued, self.due, self.paid_on, self.settled)
        return mine == (
            other.invoiced,
            other.open,
            other.currency,
            other.issued,
            other.due,
            other.paid_on,
            other.settled,
        )

    def as_debt(self, kind: str) -> dict[str, Any]:
        """As a debt of a case."""
        debt: dict[str, Any] = {"id": self.id, "kind": kind, "amount": written(self.open), "currency": self.currency}
        if self.invoiced is not None:
            debt["invoiced"] = written(self.invoiced)
            if (undated := self.invoiced - self.open - self._paid_on_a_day) > 0:
                debt["paid_before"] = written(undated)
        for name in ("issued", "due"):
            if (day := getattr(self, name)) is not None:
                debt[name] = day.isoformat()
        if self.terms_days is not None:
            debt["terms_days"] = self.terms_days
        if self.order_number:
            debt["order_number"] = clean(self.order_number)
        if not self.open:
            debt["paid"] = True
        elif self.disputed:
            debt["disputed"] = True
        return debt

    def payment(self) -> dict[str, Any] | None:
        """What was paid and when, where both are told."""
        amount = self._paid_on_a_day
        return payment(self.paid_on, amount, self.currency, self.id) if self.paid_on is not None and amount else None

    @property
    def _paid_on_a_day(self) -> Decimal:
        """What was paid on a day that is told."""
        amount = self.paid if self.paid is not None else None if self.invoiced is None else self.invoiced - self.open
        return amount if self.paid_on is not None and amount is not None and amount > 0 else Decimal(0)


def payment(at: date, amount: Decimal, currency: str, *debts: str, event: str = "payment") -> dict[str, Any]:
    """An event about money."""
    entry: dict[str, Any] = {
        "at": at.isoformat(),
        "event": event,
        "amount": written(amount),
        "currency": currency,
    }
    return {**entry, "debts": list(debts)} if debts else entry


class Person(Struct):
    """What rows tell of a debtor; of two that differ the first holds, numbers and addresses are all kept."""

    id: str = ""
    name: str = ""
    contact_person: str = ""
    customer_since: str = ""
    credit_limit: str = ""
    credit_currency: str = ""
    emails: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    address: dict[str, Any] = field(default_factory=dict)
    unplaced: str = ""
    """Why an address that is there does not say where the debtor is."""

    def take(self, other: Person) -> None:
        """Add what another row tells."""
        for name in ("id", "name", "contact_person", "customer_since", "credit_limit", "credit_currency", "unplaced"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        self.emails += [each for each in other.emails if each not in self.emails]
        self.numbers += [each for each in other.numbers if each not in self.numbers]
        if not self.address:
            self.address = other.address

    @property
    def is_placed(self) -> bool:
        """Does an address say whose law applies?"""
        return bool(self.address) and ("region" in self.address or not places.needs_region(self.address["country"]))

    def as_debtor(self) -> dict[str, Any]:
        """As the debtor of a case."""
        debtor: dict[str, Any] = {}
        for name in ("id", "name", "contact_person", "customer_since", "credit_limit", "credit_currency"):
            if value := getattr(self, name):
                debtor[name] = clean(value)
        if self.address:
            debtor["addresses"] = [self.address]
        endpoints = [{"number": each} for each in self.numbers] + [{"email": each} for each in self.emails]
        if endpoints:
            debtor["endpoints"] = endpoints
        return debtor


class Account(Struct):
    """A debtor with all invoices, and what happened."""

    person: Person
    invoices: dict[str, Invoice] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    counted_contacts: bool = False
    """There were contacts of which nobody says when: the record of contacts is not whole, whatever is usual."""

    def check(self, states: Mapping[str, str]) -> None:
        """Can it be written? Raises `Unstated` where who collects, what kind of debt or where is not said."""
        for key in ("role", "kind"):
            if key not in states:
                raise Unstated(key)
        if "jurisdiction" not in states and not self.person.is_placed:
            raise Unstated("jurisdiction", self.person.unplaced)

    def as_case(self, states: Mapping[str, str]) -> dict[str, Any]:
        """As a case without an act. Raises `Unstated` as `check` does."""
        self.check(states)
        debtor = self.person.as_debtor()
        if "debtor_kind" in states:
            debtor["kind"] = states["debtor_kind"]
        case: dict[str, Any] = {"version": 2, "id": debtor.get("id") or debtor["name"]}
        if not self.person.is_placed:
            case["jurisdiction"] = states["jurisdiction"]
        case["collector"] = {"role": states["role"]}
        for owner in ("collector", "creditor"):
            if f"{owner}_name" in states:
                case.setdefault(owner, {})["name"] = states[f"{owner}_name"]
        if self.counted_contacts:
            case["records"] = {"contacts": "partial"}
        case["debts"] = [invoice.as_debt(states["kind"]) for invoice in self.invoices.values()]
        case["debtor"] = debtor
        history = [*self.history, *(paid for each in self.invoices.values() if (paid := each.payment()) is not None)]
        if history:
            case["history"] = in_order(history)
        return case


def in_order(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries oldest first; those of a bare day before those of its hours, and equal ones as they stood."""
    return sorted(history, key=lambda entry: _instant(entry["at"]))


def _instant(at: str) -> float:
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()


def person_of(fields: Mapping[str, Any], states: Mapping[str, str], remark: Any) -> Person:
    """What a row tells of the debtor. `remark` is called with what could not be used.

    Raises `Unstated` where a number needs its country.
    """
    person = Person(
        id=clean(fields.get("account", "")),
        name=clean(fields.get("name", "") or fields.get("company", "")),
        contact_person=clean(fields.get("contact_person", "")),
    )
    if not person.name and "contact_person" in fields:
        person.name, person.contact_person = person.contact_person, ""
    if "customer_since" in fields and (since := cells.day(fields["customer_since"], states)) is not None:
        person.customer_since = since.isoformat()
    currency = str(fields.get("currency", "") or states.get("currency", "")).upper()
    if "credit_limit" in fields and currency:
        limit = cells.amount(fields["credit_limit"], states, currency)
        if limit >= 0:
            person.credit_limit, person.credit_currency = written(limit), currency
    for email in fields.get("email", ()):
        for each in str(email).replace(";", ",").split(","):
            address = each.strip().lower()
            if _IS_EMAIL.fullmatch(address):
                person.emails.append(address)
            elif address:
                remark("an e-mail address that is none", address)
    _place(person, fields, states, remark)
    for phone in fields.get("phone", ()):
        country = states.get("phone_country", "")
        if not country and not str(phone).lstrip().startswith(("+", "00")) and person.address:
            country = person.address["country"]
            remark("a number without a country's code is read as one of the country of the address", phone)
        try:
            person.numbers.append(places.number(str(phone), country))
        except places.Unplaced as why:
            if not str(why):
                raise Unstated("phone_country", str(phone)) from None
            remark("a telephone number that cannot be used", why)
    return person


def _place(person: Person, fields: Mapping[str, Any], states: Mapping[str, str], remark: Any) -> None:
    """The address, where it says in which country, and in which part where that makes the law."""
    stated = str(fields.get("country", ""))
    region_text, postal_code = str(fields.get("region", "")), str(fields.get("postal_code", ""))
    place = states.get("jurisdiction", "")
    country = places.country_of(stated) if stated else place.split("-")[0] or None
    if country is None:
        person.unplaced = f"country {stated}" if stated else ""
        return
    region = places.region_of(country, region_text, postal_code)
    told = bool(stated or region_text or postal_code or fields.get("line") or fields.get("city"))
    if not told or (region is None and places.needs_region(country) and not place.startswith(country)):
        person.unplaced = f"{stated or country}, no state or province" if told else ""
        return
    if not stated:
        remark("an address without a country is read as one of the country of `jurisdiction`")
    address: dict[str, Any] = {"use": "mail"}
    lines = [clean(line) for line in fields.get("line", ())]
    if lines:
        address["lines"] = lines
    for name, value in (("city", fields.get("city", "")), ("region", region), ("postal_code", postal_code)):
        if value:
            address[name] = clean(value)
    person.address = {**address, "country": country}
