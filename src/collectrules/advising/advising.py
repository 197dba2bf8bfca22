"""The advice on an account: what the policy proposes, held against the law before it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.advising.acts import Acts, reasons
from collectrules.advising.advice import (
    Advice,
    Charged,
    OpenInvoice,
    PassedOver,
    Saying,
    StepAdvice,
    TaskAdvice,
    Then,
)
from collectrules.advising.announcing import announced
from collectrules.advising.papers import papers
from collectrules.advising.recovery import Recovering
from collectrules.case.records import whole_groups
from collectrules.case.unapplied import unapplied
from collectrules.letters.values import written_before
from collectrules.policy import days
from collectrules.policy.charging import bill
from collectrules.policy.conditions import FIGURES
from collectrules.policy.ladder import FOLLOWS_A_LETTER
from collectrules.policy.model import DISPUTE, HARDSHIP
from collectrules.policy.proposing import proposals
from collectrules.policy.standing import known, standing, total
from collectrules.policy.tasks import due_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from collectrules.advising.acts import Asked
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.policy.account import Account
    from collectrules.policy.model import Policy, Step
    from collectrules.policy.proposing import Proposal

_WRITTEN_WHEN: Final = (
    "when was the debtor written to before? a final notice names that day: `collectrules record CASE reminder_sent "
    "--at DAY`, or a step that says by which channel it was done"
)
_URGENT_FIRST: Final = ("step", "ask", "pause", "wait", "end", "nothing", "refused")
_FIRM: Final = ("firm", "final")
_OF_A_LADDER: Final = frozenset({"contacts", "disputes", "debts", "notices"})
"""The groups of the record by which a ladder is climbed."""


class Asking(Struct, frozen=True):
    """How advice is asked for: the day, whether what is missing is searched for too, and what the user says."""

    day: date
    thorough: bool = False
    """With the questions whose answers would decide a review: dearer, for one account at a time."""
    collectable: Decimal | None = None
    """The share of a judgment that could be collected, in per cent."""


def advise(advisor: Advisor, policies: Sequence[Policy], case: Case, asking: Asking) -> Advice:
    """The advice on an account, by the first of the policies that is made for it.

    Raises InvalidInput where the history goes on after the day, or a ruleset cannot be read.
    """
    made: tuple[Policy, Account, tuple[Proposal, ...]] | None = None
    for policy in policies:
        account, proposed = proposals(policy, case, asking.day)
        if made is None or proposed[0].outcome not in ("refused", "ask"):
            made = (policy, account, proposed)
        if proposed[0].outcome != "refused":
            break
    assert made is not None, "there is a policy at least"
    return _Advising(advisor, case, asking, *made).advice()


class _Advising:
    """The advice on one account by one policy."""

    def __init__(  # noqa: PLR0913, PLR0917  # one account, and all that is asked of it
        self,
        advisor: Advisor,
        case: Case,
        asking: Asking,
        policy: Policy,
        account: Account,
        proposed: tuple[Proposal, ...],
    ) -> None:
        self.advisor = advisor
        self.case = case
        self.asking = asking
        self.policy = policy
        self.account = account
        self.proposed = proposed

    def advice(self) -> Advice:
        policy, case = self.policy, self.case
        steps = sorted((self._step(each) for each in self.proposed), key=_urgency)
        debtor = case.debtor
        return Advice(
            case=case.id or "",
            debtor=(debtor.name or debtor.id or "") if debtor is not None else "",
            place=case.jurisdiction,
            day=self.asking.day,
            policy=f"{policy.id}@{policy.version} sha256:{policy.hash[:12]}",
            steps=tuple(steps),
            tasks=tuple(self._tasks()),
            unapplied=tuple(unapplied(case)),
            notes=tuple(self._notes()),
            assumed=tuple(self._assumed()),
        )

    # ---- a step ------------------------------------------------------------------------------------------------

    def _step(self, proposal: Proposal) -> StepAdvice:
        whole = total(proposal.invoices) if proposal.invoices else None
        late = proposal.values.get("days_past_due")
        told: dict[str, Any] = {
            "outcome": proposal.outcome,
            "reasons": proposal.reasons,
            "invoices": tuple(
                OpenInvoice(each.id, each.open, each.currency, each.due, each.days_past_due(self.asking.day))
                for each in proposal.invoices
            ),
            "amount": whole[0] if whole is not None else None,
            "currency": whole[1] if whole is not None else "",
            "days_past_due": late if isinstance(late, int) and proposal.invoices else None,
            "stage": proposal.stage,
            "stage_title": proposal.stage_title,
            "number": proposal.number,
            "of": len(self.policy.stages),
            "day": proposal.day,
            "since": proposal.since,
            "last": proposal.last,
            "skipped": tuple(PassedOver(each.stage, each.step, each.reason) for each in proposal.skipped),
        }
        if proposal.outcome == "step" and proposal.since is not None:
            told["overdue"] = max(0, (self.asking.day - proposal.since).days)
        if proposal.after is not None:
            then = proposal.after
            told["after"] = Then(then.stage, then.step.id, then.step.title, then.day)
        if proposal.figure:
            title = FIGURES[proposal.figure].title
            told["questions"] = (f"{title}? state it in the case, or under `assumes:` of the policy",)
        acts = Acts(self.advisor, self.policy, self.case, proposal.invoices)
        if proposal.step is not None and proposal.day is not None:
            told |= self._of_step(acts, proposal, proposal.step, proposal.day)
        if self._is_late(proposal):
            recovering = Recovering(acts, proposal, self.asking.collectable)
            told |= {"alternatives": recovering.ways(), "judgment": recovering.judgment()}
        return StepAdvice(**told)

    def _is_late(self, proposal: Proposal) -> bool:
        """Is it so late that the ways to recover are told side by side?"""
        step = proposal.step
        if proposal.outcome == "end":
            return True
        return step is not None and proposal.number > 0 and (step.is_hand_over or step.letter == "final_notice")

    def _of_step(self, acts: Acts, proposal: Proposal, step: Step, day: date) -> dict[str, Any]:
        best, *others = acts.on_channels(step, day)
        told: dict[str, Any] = {
            "step": step.id,
            "title": step.title,
            "does": step.does,
            "letter": step.letter,
            "tone": step.tone,
            "purpose": step.purpose,
            "time": proposal.time,
            "channel": best.channel,
            "channels": tuple(each.told() for each in (best, *others)) if best.channel else (),
            "attach": tuple(papers(step, proposal.invoices)),
        }
        if step.deadline is not None:
            told["deadline"] = days.deadline(self.policy.calendar, day, step.deadline)
        must = [Saying(each, f"policy {self.policy.id}") for each in step.says]
        if step.deadline is not None:
            must.insert(0, Saying(f"the day by which to pay: {told['deadline']}", f"policy {self.policy.id}"))
        if best.verdict is not None:
            told |= self._of_law(best)
            must += [Saying(each.sentence, each.citation) for each in best.verdict.obligations]
        told["must"] = tuple(must)
        if step.letter in FOLLOWS_A_LETTER and written_before(self.case, self.asking.day) is None:
            told["questions"] = (*told.get("questions", ()), _WRITTEN_WHEN)
        if step.is_contact:
            told |= self._of_contact(acts, proposal, step, best)
        return told

    def _of_law(self, best: Asked) -> dict[str, Any]:
        verdict = best.verdict
        assert verdict is not None
        told: dict[str, Any] = {
            "decision": verdict.decision,
            "law": reasons(verdict),
            "at": best.at.isoformat(timespec="minutes"),
            "next_lawful": best.next_lawful,
            "rulesets": tuple(f"{each.id}@{each.version} verified {each.verified}" for each in verdict.rulesets),
        }
        if verdict.decision == "review":
            told["questions"] = tuple(dict.fromkeys(self._questions(best)))
        return told

    def _questions(self, best: Asked) -> Iterator[str]:
        assert best.verdict is not None
        if self.asking.thorough and best.case is not None:
            for question in self.advisor.explore(best.case).questions:
                yield f"{question.name}: {question.question}" if question.question else question.name
        yield from (each.question for each in best.verdict.findings if each.question)

    def _of_contact(self, acts: Acts, proposal: Proposal, step: Step, best: Asked) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if proposal.stage in (DISPUTE, HARDSHIP):
            told["must_not"] = (Saying("do not press for payment while it lasts", f"policy {self.policy.id}"),)
        elif step.tone in _FIRM or step.announces:
            told["announces"], told["must_not"] = announced(acts, step, best.at)
        if step.charges is not None:
            told["charges"] = tuple(self._charges(acts, proposal, step, best))
        if step.tone in _FIRM and step.charges is None:
            told["may"] = tuple(_interest(acts, best))
        return told

    def _charges(self, acts: Acts, proposal: Proposal, step: Step, best: Asked) -> Iterator[Charged]:
        """The charges of a step, each as an act of its own: what the law does not allow is not to be asked for."""
        made = bill(step.charges, proposal.invoices, self.asking.day)
        if made is None:
            return
        for kind, amount in (("charge_reminder_fee", made.fee), ("charge_interest", made.interest)):
            if not amount:
                continue
            verdict = acts.verdict(kind, best.at, amount=amount, currency=made.currency, contract_authorizes=True)
            told = reasons(verdict, 1)
            sentence = f"{told[0].sentence} ({told[0].citation})" if told else ""
            yield Charged(kind.removeprefix("charge_"), amount, made.currency, verdict.decision, sentence)

    # ---- beside the steps --------------------------------------------------------------------------------------

    def _tasks(self) -> Iterator[TaskAdvice]:
        if self.proposed[0].outcome == "refused":
            return
        account = self.account
        late = [each for each in account.open if each.due is not None and each.due < account.day]
        values = standing(account, late or account.open, self.policy)
        for task in due_tasks(self.policy, account, values):
            step = task.step
            if task.figure and not account.open:
                continue  # nothing is open: it is not worth finding out
            if task.figure:
                yield TaskAdvice(step.id, step.title, task.reason, step.does, ask=task.figure)
                continue
            best = Acts(self.advisor, self.policy, self.case, account.open).on_channels(step, account.day)[0]
            yield TaskAdvice(step.id, step.title, task.reason, step.does, step.letter, best.channel, best.decision)

    def _notes(self) -> Iterator[str]:
        policy, day = self.policy, self.asking.day
        if day > policy.review_by:
            yield f"the policy was to be read again by {policy.review_by}: do it before you rely on it"
        elif day + timedelta(days=30) > policy.review_by:
            yield f"the policy is to be read again by {policy.review_by}"
        if day < policy.since:
            yield f"the policy holds from {policy.since}; it is asked about a day before"

    def _assumed(self) -> Iterator[str]:
        values = known(self.account, self.account.open, self.policy.evidence)
        for name, value in self.policy.assumes.items():
            if values[name] is None:
                yield f"{FIGURES[name].title}: {value} (the policy's assumption)"
        day = self.asking.day.toordinal()
        if (
            not self.case.whole
            and not whole_groups(self.case, self.advisor.company.records, day).keys() >= _OF_A_LADDER
        ):
            yield "nobody vouches for the record: for the policy, what is not in its history was not done"


def _interest(acts: Acts, best: Asked) -> Iterator[Saying]:
    """The interest for late payment that the law gives until the day, where its answer is complete."""
    answer = acts.answer("late_payment", best.at)
    interest, rate = answer.values.get("interest"), answer.values.get("annual_rate")
    if answer.complete and interest is not None and rate is not None:
        citation = next((step.citation for step in answer.steps if step.citation), "law")
        yield Saying(
            f"interest until {answer.at}: {answer.values.get('currency', '')} {interest} at {rate} % a year", citation
        )
    fixed = answer.values.get("fixed_compensation")
    if answer.complete and fixed is not None:
        yield Saying(f"fixed compensation: {answer.values.get('currency', '')} {fixed}", "law")


def _urgency(step: StepAdvice) -> tuple[int, Decimal]:
    return _URGENT_FIRST.index(step.outcome), -(step.amount or 0)  # type: ignore[return-value]  # an amount or nothing
