"""How far the ladder of a policy was climbed for some invoices: by the steps that a history names or shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.policy.account import CONTACTS_SHOWN, first_due
from collectrules.policy.days import begins
from collectrules.policy.model import SHOWN_BY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collectrules.policy.account import Account, Done, Invoice
    from collectrules.policy.model import Policy, Stage, Step

_WRITTEN: Final = ("email", "letter", "sms")


class Rung(Struct, frozen=True):
    """A step of the ladder with the stage in which it stands, and its number on the ladder from 0."""

    number: int
    stage: Stage
    step: Step
    is_first: bool
    """Is it the first of its stage?"""


class Climb(Struct):
    """How far the ladder was climbed for some invoices."""

    highest: int = -1
    """The number of the last rung that was done; -1: none."""
    done: dict[int, list[Done]] = {}
    last: Done | None = None


def rungs(policy: Policy) -> tuple[Rung, ...]:
    """The steps of all stages, in order."""
    made: list[Rung] = []
    for stage in policy.stages:
        for number, step in enumerate(stage.steps):
            made.append(Rung(len(made), stage, step, not number))
    return tuple(made)


def climbed(policy: Policy, account: Account, invoices: Sequence[Invoice]) -> Climb:
    """What was done of the ladder for some open invoices, by what the history names and by what it shows.

    What the history only shows (a reminder that was sent, a call) is the next step above the last one done which it
    can be. With `repeat:` the ladder begins anew after its last step, and what was done before then counts no more.
    """
    ladder = rungs(policy)
    by_name = {(rung.stage.id, rung.step.id): rung for rung in ladder}
    ids = frozenset(invoice.id for invoice in invoices)
    due = first_due(invoices)
    climb = Climb(done={})
    for done in account.done:
        if not done.debts & ids:
            continue
        rung = by_name.get((done.stage, done.step)) if done.stage else _shown(ladder, climb, done, due)
        if rung is None:
            continue
        if policy.repeat_from and rung.number < climb.highest and rung.stage.id == policy.repeat_from:
            climb.done = {number: each for number, each in climb.done.items() if number < rung.number}
            climb.highest = rung.number
        climb.done.setdefault(rung.number, []).append(done)
        climb.highest = max(climb.highest, rung.number)
        climb.last = done
    return climb


def _shown(ladder: Sequence[Rung], climb: Climb, done: Done, due: date | None) -> Rung | None:
    """The rung that an entry of the history shows to have been done: the next above, or the same again."""
    for rung in ladder[max(climb.highest, 0) :]:
        again = rung.number == climb.highest
        if again and (rung.step.repeats is None or len(climb.done.get(rung.number, ())) >= rung.step.repeats.most):
            continue
        if not shows(rung.step, done.event):
            continue
        begun = begins(rung.stage.starts, due, climb.last.at if climb.last is not None else None)
        return rung if begun is not None and done.at >= begun else None
    return None


def shows(step: Step, event: str) -> bool:
    """Can an event that a history holds, or a `call` or `visit`, be this step?"""
    if step.letter or step.does in SHOWN_BY:
        return event == SHOWN_BY.get(step.letter or step.does)
    spoken = {CONTACTS_SHOWN[channel] for channel in step.channels if channel in CONTACTS_SHOWN}
    is_written = step.does == "contact" and not set(step.channels).isdisjoint(_WRITTEN)
    return event in spoken or (event == "reminder_sent" and is_written)
