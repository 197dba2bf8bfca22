"""What was done or said, written into an account: an entry of its history, and what that leaves open.

A payment, a credit note that is set off, and one that is taken back change what is open of the debts that they name,
the one due first first; nothing else of the account is changed. What is open never falls below nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.terms import EVENT_KEYS
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.money import written
from collectrules.policy.climb import SHOWN_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.case.objects import Case, Debt
    from collectrules.policy.model import Step

_LOWERS: Final = ("payment", "credit_note")
_RAISES: Final = "payment_reversed"
_NOTHING: Final = Decimal(0)


def recorded(case: Case, entry: Mapping[str, Any], make: Callable[[Mapping[str, object]], Case]) -> Case:
    """The account with an entry, which stands after all that is not later. `make` makes a case of plain values.

    Raises InvalidInput for an entry that no case can hold, or a payment of more than is open.
    """
    version = {"version": case.format_version} if case.format_version is not None else {}
    stated = {**version, **case.to_mapping()}
    history: list[Any] = list(stated.get("history") or [])  # type: ignore[call-overload]  # a list of entries
    day = _day(entry["at"])
    after = sum(_day(each["at"]) <= day for each in history)
    history.insert(after, dict(entry))
    made = make({**stated, "history": history})  # first of all: is it an entry at all?
    event = entry.get("event")
    if event in _LOWERS or event == _RAISES:
        changed = _changed(made, entry)
        stated = {**version, **made.to_mapping()}
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
    if entry["event"] == "credit_note" and not named:
        return {}  # it stands alone until it is set off against a debt
    debts = sorted(
        (debt for debt in case.debts if not named or debt.id in named), key=lambda debt: debt.due or date.max
    )
    left = Decimal(str(entry.get("amount", "0")))
    if entry["event"] == _RAISES:
        return _raised(debts, left)
    changed: dict[str, Decimal] = {}
    for debt in debts:
        is_open = _open(debt)
        if is_open is None:
            _refuse(case, f"what is open of `{debt.id}` is not known", "state its `amount` first")
            continue
        taken = min(left, is_open)
        if taken:
            changed[debt.id] = is_open - taken
            left -= taken
    if left:
        names = ", ".join(debt.id for debt in debts)
        _refuse(case, f"{written(left)} more than is open of {names}", "name the debts that it was for with `--debt`")
    return changed


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


def _refuse(case: Case, message: str, help_: str) -> None:
    raise InvalidInput([Problem(case.place or Place(case.id or "case"), "CR015", message, help_)])


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
