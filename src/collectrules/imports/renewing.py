"""A newer export brought into accounts that are there: amounts are those of the export, the history is kept.

An invoice that is gone from an export that holds only what is open is open no more; whether it was paid, credited or
cancelled the export does not say, and the account says only that nothing is open.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.contact_points import canonical
from collectrules.case.events import SETTLES
from collectrules.ground.money import written
from collectrules.imports.accounts import in_order
from collectrules.imports.lacking import Unstated

if TYPE_CHECKING:
    from collectrules.imports.tally import Tally

_OF_EXPORT: Final = frozenset(
    {"amount", "currency", "invoiced", "issued", "due", "terms_days", "order_number", "paid", "paid_before"}
)
"""Keys of a debt that are the export's to say; what else stands there was written by others and stays."""


def renewed(old: dict[str, Any], new: dict[str, Any] | None, holds: str, tally: Tally) -> dict[str, Any]:
    """The account with what a newer export says; None: the export does not have it.

    Raises `Unstated` where an invoice is gone and nobody said whether the export holds only what is open.
    """
    fresh = {debt["id"]: debt for debt in new["debts"]} if new is not None else {}
    debts: list[dict[str, Any]] = []
    for debt in old["debts"]:
        newer = fresh.pop(debt["id"], None)
        if newer is not None:
            _mind_what_opens_again(debt, newer, old.get("history") or [], tally)
            debts.append({key: value for key, value in debt.items() if key not in _OF_EXPORT} | newer)
        elif debt.get("paid"):
            debts.append(debt)
        elif holds == "open":
            tally.remark("an invoice is no longer among the open ones: nothing is open on it", debt["id"])
            debts.append({**debt, "amount": "0.00", "paid": True} if "amount" in debt else {**debt, "paid": True})
        elif holds == "all":
            tally.remark("an invoice of an account is not in the export: it stays as it was", debt["id"])
            debts.append(debt)
        else:
            raise Unstated("holds", debt["id"])
    debts += fresh.values()
    renewed_case = {**old, "debts": debts}
    if new is None:
        return {**renewed_case, "debts": _with_undated(debts, old.get("history") or [])}
    renewed_case["debtor"] = _debtor(old.get("debtor") or {}, new["debtor"])
    for key in ("jurisdiction", "records", "creditor"):
        if key in new and key not in old:
            renewed_case[key] = new[key]
    history = with_entries(old.get("history") or [], _not_yet_told(old.get("history") or [], new.get("history") or []))
    if history:
        renewed_case["history"] = history
    return {**renewed_case, "debts": _with_undated(debts, history)}


def _mind_what_opens_again(
    debt: dict[str, Any], newer: dict[str, Any], history: list[dict[str, Any]], tally: Tally
) -> None:
    """Say where more is open by the export than the account says, which has a payment or credit of the invoice."""
    before = Decimal(debt["amount"]) if "amount" in debt else None
    if debt.get("paid"):
        before = Decimal(0)
    told = any(each.get("event") in SETTLES and debt["id"] in (each.get("debts") or ()) for each in history)
    if told and before is not None and Decimal(newer["amount"]) > before:
        seen = f"{debt['id']}: {written(before)} before, {newer['amount']} now"
        tally.remark("more is open again, as the export does not have a payment that the account has: it holds", seen)


def _with_undated(debts: list[dict[str, Any]], history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The debts, each with what was paid of it beside the payments and credits of its history."""
    left = {
        debt["id"]: Decimal(debt["invoiced"]) - Decimal(debt["amount"])
        for debt in debts
        if "invoiced" in debt and "amount" in debt
    }
    for event in history:
        if event.get("event") not in SETTLES or "amount" not in event:
            continue
        amount = SETTLES[event["event"]] * Decimal(event["amount"])
        named = [each for each in event.get("debts") or () if each in left]
        for place, each in enumerate(named, start=1):  # of one for several, each takes what it can, the last the rest
            taken = amount if place == len(named) or amount < 0 else min(amount, max(left[each], Decimal(0)))
            left[each] -= taken
            amount -= taken
    changed = [dict(debt) for debt in debts]
    for debt in changed:
        if (undated := left.get(debt["id"])) is not None:
            debt["paid_before"] = written(undated)  # where it stood, or last
            if undated <= 0:
                del debt["paid_before"]
    return changed


def _debtor(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What the export says of the debtor over what it said before; numbers and addresses that it does not have stay."""
    debtor = {**old, **{key: value for key, value in new.items() if key not in ("addresses", "endpoints")}}
    if "addresses" in new:
        others = [each for each in old.get("addresses") or [] if each.get("use") != "mail"]
        debtor["addresses"] = [*new["addresses"], *(each for each in others if each not in new["addresses"])]
    if "endpoints" in new:
        known = {each.get("number") or each.get("email") or each.get("id") for each in old.get("endpoints") or []}
        more = [each for each in new["endpoints"] if (each.get("number") or each.get("email")) not in known]
        debtor["endpoints"] = [*(old.get("endpoints") or []), *more]
    return debtor


def _not_yet_told(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events of an export without what earlier ones told: of a sum that was paid, the part that is new."""
    told: list[dict[str, Any]] = []
    for event in new:
        debts = event.get("debts")
        if event["event"] != "payment" or not debts:
            told.append(event)
            continue
        earlier = [
            SETTLES[each["event"]] * Decimal(each["amount"])
            for each in old
            if each.get("event") in ("payment", "payment_reversed") and each.get("debts") == debts and "amount" in each
        ]
        rest = Decimal(event["amount"]) - sum(earlier, Decimal(0))
        if rest > 0:
            told.append({**event, "amount": written(rest)})
    return told


def with_entries(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A history with entries of another import; what both have stands once, what one has twice stands twice.

    Of an amount that no invoice took the newer figure holds.
    """
    there = Counter(_key(entry) for entry in old)
    history = list(old)
    for entry in new:
        key = _key(entry)
        if there[key]:
            there[key] -= 1
            if entry.get("event") in SETTLES and "debts" not in entry:
                at = next(index for index, each in enumerate(history) if _key(each) == key)
                history[at] = {**history[at], **entry}
        else:
            history.append(entry)
    return in_order(history) if len(history) > len(old) else history


def _key(entry: dict[str, Any]) -> tuple[object, ...]:
    """What tells one entry from another: of a contact not its outcome, which a later export may know better."""
    if "event" in entry:
        debts = tuple(entry.get("debts") or ())
        amount = entry.get("amount") if debts or entry["event"] not in SETTLES else None
        return (_moment(entry["at"]), entry["event"], debts, amount, _point(entry), entry.get("scope"))
    sides = (entry.get("to"), entry.get("from"))
    return (_moment(entry["at"]), entry["channel"], entry["direction"], _point(entry), sides)


def _moment(at: str) -> str:
    """One text for a moment, however it is written; a bare day is none."""
    if len(at) == len("2026-01-31"):
        return at
    moment = datetime.fromisoformat(at)
    return (moment.astimezone(UTC) if moment.tzinfo is not None else moment).isoformat()


def _point(entry: dict[str, Any]) -> str | None:
    endpoint = entry.get("endpoint")
    return None if endpoint is None else canonical(endpoint)
