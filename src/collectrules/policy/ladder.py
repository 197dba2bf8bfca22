"""Which step of the ladder is next for some invoices of an account, on which day, and why this and no other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.expressions.english import days
from collectrules.policy.account import Done, first_due
from collectrules.policy.climb import rungs
from collectrules.policy.conditions import asked
from collectrules.policy.days import begins, deadline, working_day
from collectrules.policy.wording import lateness

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collectrules.policy.account import Account, Invoice
    from collectrules.policy.climb import Climb, Rung
    from collectrules.policy.conditions import Condition, Values
    from collectrules.policy.model import Exemption, Policy, Stage, Step


FOLLOWS_A_LETTER: Final = ("final_notice",)
"""Letters that refer to an earlier one: none is the first thing that is written."""


class Skip(Struct, frozen=True):
    """A stage or step that is passed over, and why."""

    stage: str
    step: str
    """Empty: the whole stage."""
    reason: str


class Next(Struct, frozen=True):
    """The step that comes next: from which day, the how-manieth time, why; and what was passed over."""

    rung: Rung
    day: date
    """The day on which it is to be done: a working day, the day that is asked about or a later one."""
    first: date
    """The first day on which it could have been done."""
    time: int
    reasons: tuple[str, ...]
    skipped: tuple[Skip, ...]
    step_before: Done | None = None


class Stuck(Struct, frozen=True):
    """No step can be named: a figure is not known, or the ladder is at its end."""

    reasons: tuple[str, ...]
    skipped: tuple[Skip, ...]
    figure: str = ""
    """The figure to find out; empty at the end of the ladder."""
    step_before: Done | None = None


def next_step(
    policy: Policy, account: Account, invoices: Sequence[Invoice], values: Values, climb: Climb
) -> Next | Stuck:
    """The next step for some open invoices, which may lie in the future, or what keeps it from being named."""
    return _Climbing(policy, account, invoices, values, climb).next()


class _Climbing:
    """The search for the next rung."""

    def __init__(
        self, policy: Policy, account: Account, invoices: Sequence[Invoice], values: Values, climb: Climb
    ) -> None:
        self.policy = policy
        self.account = account
        self.day = account.day
        self.values = values
        self.climb = climb
        self.due = first_due(invoices)
        self.ids = frozenset(invoice.id for invoice in invoices)
        self.ladder = rungs(policy)
        self.skipped: list[Skip] = []

    def next(self) -> Next | Stuck:
        again = self._again()
        if again is not None:
            return again
        first = self._first()
        candidates = self.ladder[first:]
        skipped_stage = ""
        for rung in candidates:
            if rung.stage.id == skipped_stage:
                continue
            if rung.is_first or rung.number == first:
                told = self._too_late(rung) or self._why_not(rung.stage.when, rung.stage.unless)
                if isinstance(told, Stuck):
                    return told
                if told:
                    self.skipped.append(Skip(rung.stage.id, "", told))
                    skipped_stage = rung.stage.id
                    continue
            told = self._why_not(rung.step.when, rung.step.unless)
            if isinstance(told, Stuck):
                return told
            if told:
                self.skipped.append(Skip(rung.stage.id, rung.step.id, told))
                continue
            return self._at(rung)
        return self._repeated() or self._stuck(("the ladder is at its end: every step was done or passed over",))

    # ---- where the search begins -------------------------------------------------------------------------------

    def _first(self) -> int:
        """The number of the first rung that may be next."""
        first = self.climb.highest + 1
        jump, why = self._led_to()
        if jump > first:
            self._pass_over(first, jump, why)
            return jump
        if self.policy.highest_first and self.climb.highest < 0:
            reached = [rung for rung in self.ladder if rung.is_first and self._is_reached(rung)]
            if reached and reached[-1].number > first:
                late = self.values.get("days_past_due")
                self._pass_over(first, reached[-1].number, f"the account is {late} days past due and begins higher up")
                return reached[-1].number
        return first

    def _is_reached(self, rung: Rung) -> bool:
        """Has the stage begun, is it for these invoices, and can one of its steps be done?

        Nobody begins with the hand-over, nor with the last letter before it: who was never written to is reminded
        first.
        """
        begun = self._begins(rung)
        stage = rung.stage
        if any(step.is_hand_over or step.letter in FOLLOWS_A_LETTER for step in stage.steps):
            return False
        if begun is None or begun > self.day or self._why_not(stage.when, stage.unless) != "":
            return False
        return any(self._why_not(step.when, step.unless) == "" for step in stage.steps)

    def _led_to(self) -> tuple[int, str]:
        """The rung to which a broken promise or plan leads, and why; -1 for none."""
        led, why = -1, ""
        for promise in self.account.promises:
            if promise.state != "broken" or not promise.debts & self.ids:
                continue
            plans = self.policy.plans
            target = (
                (plans.missed_to if plans is not None else "") if promise.is_plan else self.policy.promises.broken_to
            )
            number = next((rung.number for rung in self.ladder if rung.stage.id == target), -1)
            if number >= 0 and self._lacks_a_letter(self.ladder[number].stage):
                continue
            if number > led:
                what = "plan" if promise.is_plan else "promise"
                led, why = number, f"the {what} to pay on {promise.until} was broken, which leads to `{target}`"
        return led, why

    def _lacks_a_letter(self, stage: Stage) -> bool:
        """Is it a stage whose letter refers to an earlier one, and was none sent?"""
        follows = any(step.letter in FOLLOWS_A_LETTER for step in stage.steps)
        return follows and not any(self.ladder[number].step.letter for number in self.climb.done)

    def _pass_over(self, first: int, last: int, why: str) -> None:
        stages = dict.fromkeys(rung.stage.id for rung in self.ladder[first:last])
        self.skipped += [Skip(stage, "", why) for stage in stages if stage != self.ladder[last].stage.id]

    def _too_late(self, rung: Rung) -> str:
        """Why a stage for the days before the due day is passed over; empty where it is not."""
        is_before = not rung.stage.starts.after_step and rung.stage.starts.days < 0
        return "it is past due already" if is_before and self.due is not None and self.due < self.day else ""

    def _why_not(self, when: Condition | None, unless: Sequence[Exemption]) -> str | Stuck:
        """Why a stage or step is passed over; empty where it is not; stuck where that is not known."""
        told = asked(when, self.values)
        if told.truth is None:
            return self._stuck((told.sentence,), told.figure)
        if told.truth is False:
            return told.sentence
        for exemption in unless:
            exempt = asked(exemption.condition, self.values)
            if exempt.truth is True:
                return f"{exemption.says} ({exempt.sentence})"
            if exempt.truth is None:
                return self._stuck((exempt.sentence,), exempt.figure)
        return ""

    # ---- when --------------------------------------------------------------------------------------------------

    def _begins(self, rung: Rung) -> date | None:
        last = self.climb.last
        return begins(rung.stage.starts, self.due, last.at if last is not None else None)

    def _at(self, rung: Rung) -> Next | Stuck:
        begun = self._begins(rung)
        if begun is None:
            known = (
                "no step was done before"
                if rung.stage.starts.after_step
                else "the day on which it was due is not known"
            )
            figure = "" if rung.stage.starts.after_step else "days_past_due"
            return self._stuck((f"the stage `{rung.stage.id}` cannot begin: {known}",), figure)
        reasons = [self._why_stage(rung, begun)]
        day = begun
        last = self.climb.last
        if last is not None:
            before = self._step_of(last)
            waits = last.at + timedelta(days=rung.step.waits)
            if rung.step.waits:
                reasons.append(f"the step before was done on {last.at}; this one waits {days(rung.step.waits)}")
            if before is not None and before.deadline is not None:
                ends = deadline(self.policy.calendar, last.at, before.deadline)
                reasons.append(f"the deadline of the step `{before.id}` ends on {ends}")
                waits = max(waits, ends + timedelta(days=1))
            day = max(day, waits)
        return self._next(rung, day, 1, reasons)

    def _next(self, rung: Rung, day: date, time: int, reasons: Sequence[str]) -> Next:
        first = self._after_pause(day)
        day = working_day(self.policy.calendar, max(first, self.day))
        return Next(rung, day, first, time, tuple(reasons), tuple(self.skipped), self.climb.last)

    def _after_pause(self, day: date) -> date:
        """Not while a promise was waited for that was broken then, and not so soon after a dispute ended."""
        for promise in self.account.promises:
            if promise.state == "broken" and promise.debts & self.ids:
                grace = self.account.grace_of_plans if promise.is_plan else self.account.grace
                day = max(day, promise.until + grace + timedelta(days=1))
        resolved, path = self.account.resolved_at, self.policy.dispute
        if resolved is None or path is None:
            return day
        return max(day, resolved + timedelta(days=path.resumes_after))

    def _step_of(self, done: Done) -> Step | None:
        return next(
            (rung.step for rung in self.ladder for each in self.climb.done.get(rung.number, ()) if each is done), None
        )

    def _why_stage(self, rung: Rung, begun: date) -> str:
        late = self.values.get("days_past_due")
        stage = rung.stage
        if stage.starts.after_step:
            return f"the stage `{stage.id}` begins {days(stage.starts.days)} after the step before, on {begun}"
        where = (
            f"{days(stage.starts.days)} past due" if stage.starts.days > 0
            else "on the day it is due" if not stage.starts.days
            else f"{days(-stage.starts.days)} before it is due"
        )  # fmt: skip
        end = ", at the end of the month" if stage.starts.month_end else ""
        return f"{lateness(late)}; the stage `{stage.id}` begins {where}{end} ({begun})"

    # ---- again -------------------------------------------------------------------------------------------------

    def _again(self) -> Next | None:
        """The last step once more, where it repeats."""
        if self.climb.highest < 0 or self.climb.last is None:
            return None
        rung = self.ladder[self.climb.highest]
        repeats, times = rung.step.repeats, self.climb.done.get(rung.number, [])
        if repeats is None or not times or len(times) >= repeats.most:
            return None
        if repeats.until_conversation and self.account.talks(times[0].at, answered=True):
            self.skipped.append(Skip(rung.stage.id, rung.step.id, "somebody was spoken to: no more tries are needed"))
            return None
        jump, _ = self._led_to()
        if jump > rung.number:
            return None
        day = times[-1].at + timedelta(days=repeats.every)
        reason = f"done {len(times)} of {repeats.most} times, last on {times[-1].at}; again every {days(repeats.every)}"
        return self._next(rung, day, len(times) + 1, (reason,))

    def _repeated(self) -> Next | None:
        """The cycle begun anew after the last step, where the policy says so."""
        policy, last = self.policy, self.climb.last
        start = next((rung for rung in self.ladder if rung.stage.id == policy.repeat_from), None)
        if start is None or last is None:
            return None
        rounds = sum(each.stage == start.stage.id and each.step == start.step.id for each in self.account.done)
        if rounds > policy.repeat_most:
            return None
        day = last.at + timedelta(days=policy.repeat_every)
        reason = f"the ladder is at its end and begins anew with `{start.stage.id}` after {days(policy.repeat_every)}"
        return self._next(start, day, 1, (reason,))

    def _stuck(self, reasons: tuple[str, ...], figure: str = "") -> Stuck:
        return Stuck(reasons, tuple(self.skipped), figure, self.climb.last)


def after(  # noqa: PLR0913, PLR0917  # as next_step, and what that named
    policy: Policy, account: Account, invoices: Sequence[Invoice], values: Values, climb: Climb, chosen: Next
) -> Next | None:
    """What comes after a step, where it is done on its day and nothing else happens; None at the end.

    The step is added to the climb as done.
    """
    ids = frozenset(invoice.id for invoice in invoices)
    done = Done(chosen.day, ids, chosen.rung.stage.id, chosen.rung.step.id)
    number = chosen.rung.number
    climb.done.setdefault(number, []).append(done)
    climb.highest, climb.last = max(climb.highest, number), done
    later = values if chosen.day == account.day else _later(values, (chosen.day - account.day).days)
    found = next_step(policy, account, invoices, later, climb)
    return found if isinstance(found, Next) else None


def _later(values: Values, days: int) -> dict[str, object]:
    """The figures of an account so many days later, where nothing but time passes."""
    moved = dict(values)
    late = moved.get("days_past_due")
    if isinstance(late, int):
        moved["days_past_due"] = late + days
    return moved
