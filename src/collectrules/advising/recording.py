"""What was done or said, written into an account: an entry of its history, and what that leaves open.

A payment, a credit note that is set off, and one that is taken back change what is open of the debts that they name,
the one due first first; nothing else of the account is changed. What is open never falls below nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.events import EVENT_KEYS, SETTLES
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.money import written
from collectrules.policy.model import SHOWN_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.case.objects import Case, Debt
    from collectrules.policy.model import Step

_RAISES: Final = "payment_reversed"
_NOTHING: Final = Decimal(0)


def recorded(case: Case, entry: Mapping[str, Any], make: Callable[[Mapping[str, object]], Case], today: date) -> Case:
    """The account with an entry, which stands after all that is not later. `make` makes a case of plain values.

    Raises InvalidInput for an entry that no case can hold, one of a day after today, and a payment without an amount,
    in another currency than its debts, or of more than is open.
    """
    stated = case.to_versioned_mapping()
    history: list[Any] = list(stated.get("history") or [])  # type: ignore[call-overload]  # a list of entries
    day = _day(entry["at"])
    after = sum(_day(each["at"]) <= day for each in history)
    history.insert(after, dict(entry))
    made = make({**stated, "history": history})  # first of all: is it an entry at all?
    if day > today.isoformat():
        help_ = "give the day on which it happened; a promised day is `--promised-for`"
        raise case.wrong("CR026", f"{day} is after today ({today}): nothing was done or said then", help_)
    if "currency" in entry:
        _check_currency(made, entry)
    event = entry.get("event")
    if event in SETTLES:
        changed = _changed(made, entry)
        if changed and not entry.get("debts"):
            history[after] = {**entry, "debts": [*changed]}  # one that names none is one that no invoice took
            made = make({**stated, "history": history})
        stated = made.to_versioned_mapping()
        debts: list[dict[str, Any]] = stated["debts"]  # type: ignore[assignment]  # a list of debts
        for debt in debts:
            if debt["id"] in changed:
                debt["amount"] = written(changed[debt["id"]])
                debt.pop("paid", None)
                if not changed[debt["id"]]:
                    debt["paid"] = True
        made = make(stated)
    return made


def _changed(case: Case, entry: Mapping[str, Any]) -> dict[str, Decimal]:
    """What is open afterwards of the debts that an entry changes."""
    named = entry.get("debts") or ()
    left = Decimal(str(entry.get("amount", "0")))
    if not left:
        raise case.wrong(
            "CR015", f"`{entry['event']}` without an amount changes nothing", "give `--amount` and `--currency`"
        )
    if entry["event"] == "credit_note" and not named:
        return {}  # it stands alone until it is set off against a debt
    debts = sorted(_about(case, entry), key=lambda debt: debt.due or date.max)
    if entry["event"] == _RAISES:
        return _raised(debts, left)
    changed: dict[str, Decimal] = {}
    for debt in debts:
        is_open = _open(debt)
        if is_open is None:
            raise case.wrong("CR015", f"what is open of `{debt.id}` is not known", "state its `amount` first")
        taken = min(left, is_open)
        if taken:
            changed[debt.id] = is_open - taken
            left -= taken
    if left:
        meant = [debt for debt in debts if named or _open(debt)]
        names = ", ".join(debt.id for debt in meant) or "the account"
        open_now = ", ".join(map(_told, meant)) or "nothing"
        raise case.wrong("CR015", f"{written(left)} more than is open of {names}", f"open: {open_now}")
    return changed


def _about(case: Case, entry: Mapping[str, Any]) -> list[Debt]:
    """The debts that an entry names; all where it names none."""
    named = entry.get("debts") or ()
    return [debt for debt in case.debts if not named or debt.id in named]


def _check_currency(case: Case, entry: Mapping[str, Any]) -> None:
    """An amount is of debts in its currency, as nothing is converted; one that names debts or is paid, of no others."""
    debts, currency = _about(case, entry), entry["currency"]
    others = [debt for debt in debts if debt.currency not in {None, currency}]
    is_set_off = entry.get("event") in {"payment", _RAISES} or entry.get("debts")
    if others and (is_set_off or len(others) == len(debts)):
        known = sorted({debt.currency for debt in debts if debt.currency})
        help_ = f"give the amount in {known[0]}" if len(known) == 1 else "name the debts that it was for with `--debt`"
        raise case.wrong("CR015", f"the amount is in {currency}, `{others[0].id}` in {others[0].currency}", help_)


def open_of_changed(was: Case, case: Case) -> tuple[str, ...]:
    """What is open now of each debt of which something else was open before: `GBP 2,526.80 of INV-0009`."""
    before = {debt.id: _open(debt) for debt in was.debts}
    return tuple(_told(debt) for debt in case.debts if _open(debt) != before.get(debt.id))


def _told(debt: Debt) -> str:
    is_open = _open(debt)
    if is_open is None:
        return f"an amount that is not known of {debt.id}"
    return f"{debt.currency} {is_open:,.2f} of {debt.id}" if is_open else f"nothing of {debt.id}"


def _raised(debts: list[Debt], amount: Decimal) -> dict[str, Decimal]:
    """What is taken back is open again: of each debt at most what was invoiced, the rest of the last."""
    changed: dict[str, Decimal] = {}
    for number, debt in enumerate(debts):
        is_open = _open(debt) or _NOTHING
        room = amount if debt.invoiced is None or number == len(debts) - 1 else max(_NOTHING, debt.invoiced - is_open)
        back = min(amount, room)
        if back:
            changed[debt.id] = is_open + back
            amount -= back
    return changed


def _open(debt: Debt) -> Decimal | None:
    return _NOTHING if debt.paid else debt.amount


def _day(at: object) -> str:
    return str(at)[:10]


_OUTCOMES: Final = {"letter": "mailed", "postcard": "mailed", "email": "sent", "sms": "sent", "portal": "delivered"}
"""What came of a written message when it left; of a talk it must be said."""


class DoneStep(Struct, frozen=True):
    """A step that was done: when, by which channel, with what outcome, about which debts (none: all)."""

    step: Step
    stage: str
    at: str
    channel: str = ""
    outcome: str = ""
    debts: tuple[str, ...] = ()


def entries_of(done: DoneStep) -> Iterator[dict[str, Any]]:
    """What the history holds of a step that was done: the contact, the event by which laws know it, and the step.

    Raises InvalidInput for a talk of which it is not said what came of it.
    """
    step, at, channel = done.step, done.at, done.channel
    about: dict[str, Any] = {"debts": [*done.debts]} if done.debts else {}
    shown = SHOWN_BY.get(step.letter or step.does, "")
    if step.is_contact:
        came = done.outcome or _OUTCOMES.get(channel, "")
        if not channel or not came:
            what = "by which channel it was done" if not channel else f"what came of the {channel}"
            help_ = "give `--channel`" if not channel else "give `--outcome`: conversation, no_answer, voicemail, ..."
            message = f"it is not said {what}"
            raise InvalidInput([Problem(Place(f"{done.stage}.{step.id}"), "CR012", message, help_)])
        kind = {"kind": "respond"} if step.does == "respond" else {}
        yield {"at": at, "channel": channel, "direction": "outbound", "outcome": came, **kind, **about}
    by = {"channel": channel} if channel else {}
    if shown:
        known = EVENT_KEYS[shown]
        yield {
            "at": at,
            "event": shown,
            **(by if "channel" in known else {}),
            **(about if "debts" in known else {}),
        }
    yield {"at": at, "event": "step_done", "stage": done.stage, "step": step.id, **by, **about}
