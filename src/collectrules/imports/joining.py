"""What logs, payments and lists of customers say, put on the accounts to which it belongs.

An account is found by its number, else by a telephone number or address, else by name or invoice. What finds none, or
two, is not guessed: it is counted and written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct, field

from collectrules.case.contact_points import canonical
from collectrules.imports.casefile import cases_in, fault
from collectrules.imports.renewing import with_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from collectrules.imports.contacts import Entry, Key
    from collectrules.imports.customers import Customer
    from collectrules.imports.importing import Imported
    from collectrules.imports.tally import Tally

_Row = TypeVar("_Row", "Entry", "Customer")
_IN_WORDS: Final = {
    "account": "by account",
    "number": "by number",
    "address": "by address",
    "name": "by name",
    "invoice": "by invoice",
}
_MOST_NAMED: Final = 3
_NO_SUCH_INVOICE: Final = "a payment names an invoice that its account does not have: it stands without"


class Accounts(Struct):
    """Where the accounts of a file stand by what finds them."""

    places: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    debts: list[frozenset[str]] = field(default_factory=list)

    def add(self, case: dict[str, Any]) -> None:
        """Take the next account."""
        place = len(self.ids)
        debtor = case.get("debtor") or {}
        self.ids.append(str(case.get("id") or debtor.get("id") or debtor.get("name") or f"number {place + 1}"))
        self.debts.append(frozenset(debt["id"] for debt in case["debts"]))
        keys: list[Key] = [("account", text) for text in (debtor.get("id"), case.get("id")) if text]
        if debtor.get("name"):
            keys.append(("name", debtor["name"].casefold()))
        for endpoint in debtor.get("endpoints") or ():
            for name in ("number", "email", "id"):
                if name in endpoint:
                    point = canonical(endpoint[name])
                    keys.append(("address" if "@" in point else "number", point))
        keys += [("invoice", debt) for debt in self.debts[-1]]
        for key in dict.fromkeys(keys):
            self.places[key] = (*self.places.get(key, ()), place)

    def found(self, keys: Iterable[Key]) -> tuple[int | None, str]:
        """The account that the first key finds which finds any, and by what; else None, and why."""
        for key in keys:
            places = self.places.get(key, ())
            if len(places) == 1:
                return places[0], _IN_WORDS[key[0]]
            if places:
                named = ", ".join(self.ids[place] for place in places[:_MOST_NAMED])
                return None, f"{key[0]} `{key[1]}` is of {len(places)} accounts: {named}"
        return None, "no account: " + ", ".join(f"{kind} {text}" for kind, text in dict.fromkeys(keys))


def joined(imported: Imported, path: Path, channels: Collection[str]) -> Iterator[dict[str, Any]]:
    """The accounts of a file with what was imported put on them. Raises `InvalidInput` for one that cannot be read."""
    accounts, tally = Accounts(), imported.tally
    for case in cases_in(path, channels):
        accounts.add(case)

    def placed(entry: Entry) -> tuple[int | None, str]:
        place, how = _place(entry, accounts)
        if place is not None:
            _name_debts(entry, accounts.debts[place], tally)
        return place, how

    if imported.gives == "customers":
        customers = _additions(imported.customers, lambda customer: accounts.found(customer.keys), tally)
        return _taken(customers, _with_customers, path, channels, tally)
    return _taken(_additions(imported.entries, placed, tally), _with_entries, path, channels, tally)


def _additions(
    rows: Iterable[_Row], placed: Callable[[_Row], tuple[int | None, str]], tally: Tally
) -> dict[int, list[_Row]]:
    """The rows by the place of their account. Those that find none, or two, are rejected."""
    additions: dict[int, list[_Row]] = {}
    for row in rows:
        place, how = placed(row)
        if place is None:
            tally.reject(row.number, how)
            tally.joined["two accounts" if " accounts: " in how else "no account"] += 1
            continue
        tally.joined[how] += 1
        additions.setdefault(place, []).append(row)
    return additions


def _taken(
    additions: dict[int, list[_Row]],
    changed: Callable[[dict[str, Any], list[_Row]], dict[str, Any]],
    path: Path,
    channels: Collection[str],
    tally: Tally,
) -> Iterator[dict[str, Any]]:
    """The accounts, each with its rows; one that could not be read then stays as it was, and they are rejected."""
    tally.accounts = 0
    for place, case in enumerate(cases_in(path, channels)):
        rows = additions.get(place)
        if rows is None:
            yield case
            continue
        tally.accounts += 1
        made = changed(case, rows)
        if (wrong := fault(made, channels)) is None:
            yield made
            continue
        for row in rows:
            tally.reject(row.number, f"its account cannot take it: {wrong}")
        yield case


def _place(entry: Entry, accounts: Accounts) -> tuple[int | None, str]:
    place, how = accounts.found(entry.keys)
    if entry.contact is None or entry.contact["direction"] or place is None:
        return place, how
    called_from, called = (accounts.places.get(("number", point), ()) for point in entry.either)
    if called_from and called and called_from != called:
        return None, f"both numbers are of accounts: {accounts.ids[called_from[0]]}, {accounts.ids[called[0]]}"
    is_outbound = place in called or not called_from
    entry.contact["direction"] = "outbound" if is_outbound else "inbound"
    point = entry.either[1] if is_outbound else entry.either[0]
    if point:
        entry.contact["endpoint"] = point
    return place, how


def _name_debts(entry: Entry, debts: frozenset[str], tally: Tally) -> None:
    """An event names only invoices that the account has."""
    for event in entry.events:
        if not set(event.get("debts") or ()) <= debts:
            tally.remark(_NO_SUCH_INVOICE, event["debts"][0])
            del event["debts"]


def _with_entries(case: dict[str, Any], entries: Sequence[Entry]) -> dict[str, Any]:
    new = [each for entry in entries for each in (*([entry.contact] if entry.contact else []), *entry.events)]
    return {**case, "history": with_entries(case.get("history") or [], new)}


def _with_customers(case: dict[str, Any], customers: Sequence[Customer]) -> dict[str, Any]:
    """The account with what its debtor lacks: what stands there stays, numbers and addresses are added."""
    debtor: dict[str, Any] = case.get("debtor") or {}
    for customer in customers:
        told = customer.person.as_debtor()
        known = {
            canonical(str(each.get("number") or each.get("email") or "")) for each in debtor.get("endpoints") or []
        }
        more = [each for each in told.pop("endpoints", []) if canonical(next(iter(each.values()))) not in known]
        debtor = {**told, **debtor}
        if more:
            debtor["endpoints"] = [*(debtor.get("endpoints") or []), *more]
    return {**case, "debtor": debtor}
