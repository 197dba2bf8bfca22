"""The tasks of a policy beside its ladder: statements, credit hold and review, data that is kept current, rewards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.expressions.english import days
from collectrules.policy.climb import shows
from collectrules.policy.conditions import asked
from collectrules.policy.days import last_working_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collectrules.policy.account import Account
    from collectrules.policy.conditions import Values
    from collectrules.policy.model import Policy, Step

_HOLDS: Final = ("hold_credit", "release_credit")
"""Acts that are due whenever their condition holds, however often they were done before."""


class Task(Struct, frozen=True):
    """A task of an account that is due on the day, or may be."""

    step: Step
    reason: str
    figure: str = ""
    """The figure to find out before it can be told whether it is due; empty: it is due."""


def due_tasks(policy: Policy, account: Account, values: Values) -> Iterator[Task]:
    """The tasks that are due on the day of an account, each with why, and those of which that is not known."""
    for step in policy.tasks:
        told = asked(step.when, values)
        exempt = [asked(each.condition, values) for each in step.unless]
        if told.truth is False or any(each.truth is True for each in exempt):
            continue
        unknown = next((each for each in (told, *exempt) if each.truth is None), None)
        reason = _due(step, policy, account, told.sentence)
        if reason:
            yield Task(step, unknown.sentence if unknown else reason, unknown.figure if unknown else "")


def _due(step: Step, policy: Policy, account: Account, why: str) -> str:
    """Why a task is due; empty where it is not."""
    day = account.day
    done = [each.at for each in account.done if each.step == step.id or (each.event and shows(step, each.event))]
    last: date | None = max(done, default=None)
    if step.does in _HOLDS:
        return why if account.on_hold is (step.does == "release_credit") else ""
    if step.month_end:
        is_done = last is not None and (last.year, last.month) == (day.year, day.month)
        return "it is the end of the month" if day >= last_working_day(policy.calendar, day) and not is_done else ""
    if last is None:
        return why or "it was not done yet"
    if step.every and day >= last + timedelta(days=step.every):
        return f"last done on {last}, and due every {days(step.every)}"
    return ""
