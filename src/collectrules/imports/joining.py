"""What logs, payments and lists of customers say, put on the accounts to which it belongs.

An account is found by its number, else by a telephone number or address, else by name or invoice. What finds none, or
two, is not guessed: it is counted and written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.case.contact_points import canonical
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput
from collectrules.imports.casefile import cases_in, first_line
from collectrules.imports.renewing import with_entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from collectrules.imports.contacts import Entry, Key
    from collectrules.imports.customers import Customer
    from collectrules.imports.importing import Imported
    from collectrules.imports.tally import Tally

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
    accounts = Accounts()
    for case in cases_in(path, channels):
        accounts.add(case)
    if imported.gives == "customers":
        return _with_customers(imported, accounts, path, channels)
    return _with_entries(imported, accounts, path, channels)


def _with_entries(
    imported: Imported, accounts: Accounts, path: Path, channels: Collection[str]
) -> Iterator[dict[str, Any]]:
    additions: dict[int, list[Entry]] = {}
    tally = imported.tally
    for entry in imported.entries:
        place, how = _place(entry, accounts)
        if place is None:
            tally.reject(entry.number, how)
            tally.joined["two accounts" if " accounts: " in how else "no account"] += 1
            continue
        tally.joined[how] += 1
        _name_debts(entry, accounts.debts[place], tally)
        additions.setdefault(place, []).append(entry)
    return _taken(additions, path, channels, tally)


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


def _taken(
    additions: dict[int, list[Entry]], path: Path, channels: Collection[str], tally: Tally
) -> Iterator[dict[str, Any]]:
    for place, case in enumerate(cases_in(path, channels)):
        entries = additions.get(place)
        if entries is None:
            yield case
            continue
        new = [each for entry in entries for each in (*([entry.contact] if entry.contact else []), *entry.events)]
        changed = {**case, "history": with_entries(case.get("history") or [], new)}
        tally.accounts += 1
        yield _readable(changed, case, entries, channels, tally)


def _with_customers(
    imported: Imported, accounts: Accounts, path: Path, channels: Collection[str]
) -> Iterator[dict[str, Any]]:
    additions: dict[int, list[Customer]] = {}
    tally = imported.tally
    tally.accounts = 0
    for customer in imported.customers:
        place, how = accounts.found(customer.keys)
        if place is None:
            tally.reject(customer.number, how)
            tally.joined["two accounts" if " accounts: " in how else "no account"] += 1
            continue
        tally.joined[how] += 1
        additions.setdefault(place, []).append(customer)
    for place, case in enumerate(cases_in(path, channels)):
        customers = additions.get(place)
        if customers is None:
            yield case
            continue
        changed = {**case, "debtor": _with_customer(case.get("debtor") or {}, customers)}
        tally.accounts += 1
        yield _readable(changed, case, customers, channels, tally)


def _with_customer(debtor: dict[str, Any], customers: Sequence[Customer]) -> dict[str, Any]:
    """The debtor with what it lacks: what stands there stays, numbers and addresses are added."""
    for customer in customers:
        told = customer.person.as_debtor()
        known = {
            canonical(str(each.get("number") or each.get("email") or "")) for each in debtor.get("endpoints") or []
        }
        more = [each for each in told.pop("endpoints", []) if canonical(next(iter(each.values()))) not in known]
        debtor = {**told, **debtor}
        if more:
            debtor["endpoints"] = [*(debtor.get("endpoints") or []), *more]
    return debtor


def _readable(
    changed: dict[str, Any],
    case: dict[str, Any],
    rows: Sequence[Entry | Customer],
    channels: Collection[str],
    tally: Tally,
) -> dict[str, Any]:
    """The account as it was changed; as it was where that could not be read again, and its rows are rejected."""
    try:
        case_from_mapping(changed, channels=channels)
    except InvalidInput as wrong:
        for row in rows:
            tally.reject(row.number, f"its account cannot take it: {first_line(wrong)}")
        return case
    return changed
