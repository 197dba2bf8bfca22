"""What a policy proposes for an account on a day: a step, a wait, a pause, a question, or nothing.

Dispute and hardship go before everything, then plans and promises that are still to be kept, then the ladder. An
account for which the policy is not made gets no step of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from collectrules.ground.money import written
from collectrules.policy.account import Account, first_due
from collectrules.policy.climb import climbed, shows
from collectrules.policy.conditions import asked
from collectrules.policy.days import working_day
from collectrules.policy.ladder import Skip, Stuck, after, next_step
from collectrules.policy.model import DISPUTE, HARDSHIP, amount_in
from collectrules.policy.standing import standing, total
from collectrules.policy.wording import lateness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collectrules.case.objects import Case
    from collectrules.policy.account import Done, Invoice, Promise, Trouble
    from collectrules.policy.conditions import Values
    from collectrules.policy.model import Path, Policy, Step

Outcome = Literal["step", "wait", "pause", "ask", "end", "nothing", "refused"]
"""`step`: to be done on the day; `wait`: a step of a later day; `pause`: pressure rests; `ask`: something must be found
out first; `end`: the ladder is at its end; `nothing`: nothing is to collect; `refused`: the policy is for others."""


_WRITTEN_OFF: Final = "written off"
_GIVEN: Final = {
    "placed_with_agency": "placed with an agency",
    "place_with_agency": "placed with an agency",
    "small_claim_filed": "claimed in court",
    "file_claim": "claimed in court",
    "sell_debt": "sold",
    "return_to_client": "returned to the client",
    "written_off": _WRITTEN_OFF,
    "write_off": _WRITTEN_OFF,
}
"""What gives an invoice out of the company's hands: events of a history, and acts of a step."""
_ASK_AGAIN: Final = 30
"""Days after which one asks how an invoice stands that was given away."""


class Later(Struct, frozen=True):
    """A step that follows, with the first day on which it may be done."""

    stage: str
    step: Step
    day: date


class Proposal(Struct, frozen=True):
    """What is proposed for some invoices of an account, and why."""

    outcome: Outcome
    invoices: tuple[Invoice, ...]
    reasons: tuple[str, ...]
    values: Values
    stage: str = ""
    """Of a path `dispute` or `hardship`."""
    stage_title: str = ""
    number: int = 0
    """The number of the stage from 1; 0 where it is none of the ladder."""
    step: Step | None = None
    day: date | None = None
    """Of a step or wait the day on which it is to be done; of a pause the day on which to look again."""
    since: date | None = None
    """Of a step the first day on which it could have been done."""
    time: int = 1
    skipped: tuple[Skip, ...] = ()
    after: Later | None = None
    figure: str = ""
    """What to find out, of an `ask`."""
    last: str = ""
    """What was done last, in words."""


def proposals(policy: Policy, case: Case, day: date) -> tuple[Account, tuple[Proposal, ...]]:
    """The account of a case on a day, and what the policy proposes for it: one thing at least.

    Raises InvalidInput where the history of the case goes on after the day.
    """
    plan_grace = policy.plans.grace if policy.plans is not None else policy.promises.grace
    account = Account(case, day, policy.promises.grace, plan_grace)
    return account, tuple(_Proposing(policy, account).all())


class _Proposing:
    """What is proposed for one account."""

    def __init__(self, policy: Policy, account: Account) -> None:
        self.policy = policy
        self.account = account
        self.day = account.day

    def all(self) -> Iterator[Proposal]:
        account, policy = self.account, self.policy
        values = standing(account, account.open, policy)
        covered = asked(policy.accounts, values)
        if not account.open:
            yield Proposal("nothing", (), ("nothing is open: every invoice is paid or settled",), values)
            return
        if covered.truth is not True:
            outcome: Outcome = "ask" if covered.truth is None else "refused"
            reason = f"the policy `{policy.id}` is not made for this account: {covered.sentence}"
            yield Proposal(outcome, account.open, (reason,), values, figure=covered.figure)
            return
        if not policy.stages:
            reason = f"the policy `{policy.id}` has no stages: nothing is followed up"
            yield Proposal("nothing", account.open, (reason,), values)
            return
        if account.hardship is not None:
            yield self._on_path(policy.hardship, HARDSHIP, account.hardship, account.open)
            return
        left = []
        for invoice in account.open:
            away = self._given_away(invoice)
            if away is None:
                left.append(invoice)
            else:
                yield away
        for dispute in account.disputes:
            path = policy.dispute
            whole = path is None or path.whole_account
            disputed = [invoice for invoice in left if whole or invoice.id in dispute.debts]
            if disputed:
                yield self._on_path(path, DISPUTE, dispute, disputed)
                left = [invoice for invoice in left if invoice not in disputed]
        yield from self._by_promise(left)

    # ---- out of the company's hands ----------------------------------------------------------------------------

    def _given_away(self, invoice: Invoice) -> Proposal | None:
        """What is proposed for an invoice that was placed, sued for or written off; None where it was not."""
        by_step = {(stage.id, step.id): step.does for stage in self.policy.stages for step in stage.steps}
        back = self.account.recalled(invoice)
        given = [
            (done, _GIVEN.get(done.event or by_step.get((done.stage, done.step), "")))
            for done in self.account.done
            if invoice.id in done.debts and done.at >= back
        ]
        last = next(((done, what) for done, what in reversed(given) if what), None)
        if last is None:
            return None
        done, what = last
        values = standing(self.account, (invoice,), self.policy)
        if what == _WRITTEN_OFF:
            return Proposal("nothing", (invoice,), (f"it was written off on {done.at}",), values)
        again = done.at + timedelta(days=self.policy.repeat_every if self.policy.repeat_from else _ASK_AGAIN)
        if self.policy.repeat_from and again <= self.day:
            return None
        while again <= self.day:
            again += timedelta(days=_ASK_AGAIN)
        reason = f"it was {what} on {done.at}: nothing is done beside that; ask how it stands, or take it back"
        day = working_day(self.policy.calendar, again)
        return Proposal("pause", (invoice,), (reason,), values, stage="given_away", day=day)

    # ---- paths -------------------------------------------------------------------------------------------------

    def _on_path(self, path: Path | None, name: str, trouble: Trouble, invoices: Sequence[Invoice]) -> Proposal:
        """The next step of a path; while none is due, a pause. Without a path a person must decide."""
        values = standing(self.account, invoices, self.policy)
        told = f"a {name} was told on {trouble.since}" if trouble.since < self.day else f"a {name} is stated"
        if path is None:
            reason = f"{told}, and the policy has no path for it: a person decides what is done; pressure rests"
            return Proposal("pause", tuple(invoices), (reason,), values, stage=name, day=self.day)
        until = trouble.since + timedelta(days=path.within)
        late = f"; it was to be answered by {until}" if self.day > until else f"; to be answered by {until}"
        reasons: tuple[str, ...] = (f"{told}: the ladder rests until it is settled{late}",)
        last = trouble.since
        for step in path.steps:
            done = [each.at for each in self.account.done if each.at >= trouble.since and _is(step, name, each)]
            if done:
                last = max(last, *done)
                continue
            told_when = asked(step.when, values)
            if told_when.truth is not True:
                continue
            first = last + timedelta(days=step.waits)
            day = working_day(self.policy.calendar, max(first, self.day))
            outcome: Outcome = "step" if day == self.day else "wait"
            about = tuple(invoices)
            return Proposal(
                outcome, about, reasons, values, stage=name, stage_title=path.title, step=step, day=day, since=first
            )
        again = until if until > self.day else working_day(self.policy.calendar, self.day + timedelta(days=1))
        reasons = (*reasons, "every step of the path was done: settle it, and record how")
        return Proposal("pause", tuple(invoices), reasons, values, stage=name, stage_title=path.title, day=again)

    # ---- promises and plans ------------------------------------------------------------------------------------

    def _by_promise(self, invoices: Sequence[Invoice]) -> Iterator[Proposal]:
        left = list(invoices)
        for invoice in invoices:
            if invoice not in left:
                continue
            promise = self.account.pending(frozenset((invoice.id,)))
            if promise is None or (until := self._believed(promise)) is None:
                continue
            held = [each for each in left if each.id in promise.debts]
            left = [each for each in left if each not in held]
            yield self._promised(promise, until, held)
        if left:
            yield from self._on_ladder(left)

    def _believed(self, promise: Promise) -> date | None:
        """The day until which a promise is waited for; None where the policy waits no longer."""
        promises, grace = self.policy.promises, self.account.grace
        if promise.is_plan:
            return promise.until + self.account.grace_of_plans
        broken = sum(each.state == "broken" and not each.is_plan for each in self.account.promises)
        if broken >= promises.most:
            return None
        until = min(promise.until, promise.at + timedelta(days=promises.most_days)) + grace
        return until if until >= self.day else None

    def _promised(self, promise: Promise, until: date, invoices: Sequence[Invoice]) -> Proposal:
        what = "an instalment of the plan" if promise.is_plan else "a payment"
        amount = f" of {promise.currency} {written(promise.amount)}" if promise.amount is not None else ""
        reasons = [f"{what}{amount} is promised for {promise.until}, said on {promise.at}"]
        reasons.append(f"the policy waits until {until}; then it is broken, and the ladder goes on")
        values = standing(self.account, invoices, self.policy)
        day = working_day(self.policy.calendar, until + timedelta(days=1))
        return Proposal(
            "pause", tuple(invoices), tuple(reasons), values, stage="plan" if promise.is_plan else "promise", day=day
        )

    # ---- the ladder --------------------------------------------------------------------------------------------

    def _on_ladder(self, invoices: Sequence[Invoice]) -> Iterator[Proposal]:
        by_currency: dict[str, list[Invoice]] = {}
        for invoice in invoices:
            by_currency.setdefault(invoice.currency, []).append(invoice)
        for group in by_currency.values():
            if self.policy.per_debtor:
                yield self._climb(self._together(group))
            else:
                yield from self._each(group)

    def _together(self, invoices: Sequence[Invoice]) -> list[Invoice]:
        """The invoices that one ladder for the debtor is about: those past due, else those that are due first."""
        late = [each for each in invoices if each.due is not None and each.due < self.day]
        if late:
            return late
        first = first_due(invoices)
        return [each for each in invoices if each.due == first]

    def _each(self, invoices: Sequence[Invoice]) -> Iterator[Proposal]:
        """A ladder for each invoice; what comes out alike is done together."""
        groups: dict[object, list[Proposal]] = {}
        for invoice in invoices:
            made = self._climb([invoice])
            groups.setdefault((made.outcome, made.stage, made.step and made.step.id, made.day, made.time), []).append(
                made
            )
        for group in groups.values():
            if len(group) == 1:
                yield group[0]
                continue
            together = tuple(invoice for each in group for invoice in each.invoices)
            values = standing(self.account, together, self.policy)
            oldest = max(group, key=lambda each: _late(each.values))
            yield replace(oldest, invoices=together, values=values)

    def _climb(self, invoices: Sequence[Invoice]) -> Proposal:
        values = standing(self.account, invoices, self.policy)
        whole = total(invoices)
        unknown = [each.id for each in invoices if each.open is None]
        if unknown:
            reason = f"what is open of {', '.join(unknown)} is not known"
            return Proposal("ask", tuple(invoices), (reason,), values, figure="amount")
        least = amount_in(self.policy.least, whole[1]) if whole is not None else None
        if whole is not None and least is not None and whole[0] < least:
            reason = (
                f"{whole[1]} {written(whole[0])} is below the {written(least)} that a step is worth: it waits for more"
            )
            return Proposal("nothing", tuple(invoices), (reason,), values)
        climb = climbed(self.policy, self.account, invoices)
        found = next_step(self.policy, self.account, invoices, values, climb)
        last = _told(found.step_before) if found.step_before is not None else ""
        if isinstance(found, Stuck):
            outcome: Outcome = "ask" if found.figure else "end"
            reasons = (lateness(values["days_past_due"]), *found.reasons) if outcome == "end" else found.reasons
            return Proposal(
                outcome, tuple(invoices), reasons, values, figure=found.figure, skipped=found.skipped, last=last
            )
        stages = [stage.id for stage in self.policy.stages]
        then = after(self.policy, self.account, invoices, values, climb, found)
        return Proposal(
            outcome="step" if found.day == self.day else "wait",
            invoices=tuple(invoices),
            reasons=found.reasons,
            values=values,
            stage=found.rung.stage.id,
            stage_title=found.rung.stage.title,
            number=stages.index(found.rung.stage.id) + 1,
            step=found.rung.step,
            day=found.day,
            since=found.first,
            time=found.time,
            skipped=found.skipped,
            after=None if then is None else Later(then.rung.stage.id, then.rung.step, then.day),
            last=last,
        )


def _is(step: Step, path: str, done: Done) -> bool:
    named = done.stage == path and done.step == step.id
    return named or (bool(done.event) and shows(step, done.event))


def _late(values: Values) -> int:
    late = values.get("days_past_due")
    return late if isinstance(late, int) else -1


def _told(done: Done) -> str:
    name = f"{done.stage}, {done.step}" if done.stage else done.event.replace("_", " ")
    return f"{name} on {done.at}"
