"""A step as an act that the law is asked about: which channel, which moment, and what the law answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.advising.advice import Channel, Reason
from collectrules.case.objects import Action
from collectrules.law.strength import RANK
from collectrules.policy.days import working_day
from collectrules.policy.model import IN_HOUSE
from collectrules.verdict import answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.advising.advice import Decision
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.policy.account import Invoice
    from collectrules.policy.model import Policy, Step
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import Finding, Verdict

_NEEDS_ENDPOINT: Final = {"phone": "telephone number", "sms": "telephone number", "email": "e-mail address"}
_ENDPOINTS_OF: Final = {"phone": ("phone", "sms"), "sms": ("sms", "phone"), "email": ("email",)}
_PURPOSES: Final = {"payment_plan_offer": "payment_offer"}
"""The purpose of a letter, where it is another than to collect."""
_MINUTES: Final = 60


class Asked(Struct, frozen=True):
    """What the law says to an act on one channel. `at` is the moment that was asked about."""

    channel: str
    at: datetime
    case: Case | None
    verdict: Verdict | None
    """None of an act about which no law is asked."""
    note: str = ""
    next_lawful: str = ""

    @property
    def decision(self) -> Decision:
        """Of the law; empty where none was asked."""
        return self.verdict.decision if self.verdict is not None else ""

    def told(self) -> Channel:
        """As an advice tells it."""
        return Channel(self.channel, self.decision, self.note)


class Acts:
    """Acts about some invoices of an account, and what the law says to each.

    Every method raises InvalidInput for a ruleset that cannot be read.
    """

    def __init__(self, advisor: Advisor, policy: Policy, case: Case, invoices: Sequence[Invoice]) -> None:
        self.advisor = advisor
        self.policy = policy
        self.case = case
        ids = tuple(invoice.id for invoice in invoices)
        self.debts = ids if 0 < len(ids) < len(case.debts) else None
        """The debts that an act is about; None: all of the case."""

    def act(self, kind: str, at: date | datetime, **stated: Any) -> Case:
        """The case with an act about these invoices in place of what it asks."""
        if self.debts is not None:
            stated["debts"] = self.debts
        return self.case.but(action=Action(kind=kind, at=at, **stated), ask=None, expect=None)

    def verdict(self, kind: str, at: date | datetime, **stated: Any) -> Verdict:
        """The verdict on such an act."""
        return self.advisor.check(self.act(kind, at, **stated))

    def answer(self, what: str, at: date | datetime) -> Answer:
        """The answer to a question about these invoices."""
        return self.advisor.answer(answers.asked(self.act("file_claim", at), what))

    def on_channels(self, step: Step, day: date) -> tuple[Asked, ...]:
        """What the law says to a step on each of its channels until one is allowed; the best first."""
        if step.does in IN_HOUSE:
            return (Asked("", datetime.combine(day, _clock(self.policy.hours[0])), None, None),)
        found: list[Asked] = []
        known = [(channel, _no_endpoint(self.case, channel)) for channel in step.channels or ("",)]
        for channel, note in sorted(known, key=lambda each: bool(each[1])):
            found.append(self._on(step, day, channel, note))
            if found[-1].decision == "allow" and not note:
                break
        return tuple(sorted(found, key=lambda each: (RANK[each.decision], bool(each.note))))  # type: ignore[index]  # the law was asked about each

    def _on(self, step: Step, day: date, channel: str, note: str) -> Asked:
        at = datetime.combine(day, _clock(self.policy.hours[0]))
        act = self._of_step(step, at, channel)
        verdict = self.advisor.check(act)
        if verdict.decision == "allow":
            return Asked(channel, at, act, verdict, note)
        following = self.advisor.brief(act).next or ""
        moved = _within(self.policy, following, day)
        if moved is not None and moved != at:
            later = self._of_step(step, moved, channel)
            again = self.advisor.check(later)
            if again.decision == "allow":
                return Asked(channel, moved, later, again, note, following)
        return Asked(channel, at, act, verdict, note, following)

    def _of_step(self, step: Step, at: datetime, channel: str) -> Case:
        stated: dict[str, Any] = {}
        if channel:
            stated["channel"] = channel
            endpoint = _endpoint(self.case, channel)
            if endpoint is not None:
                stated["endpoint"] = endpoint
        if step.letter in _PURPOSES:
            stated["purpose"] = _PURPOSES[step.letter]
        return self.act(step.does, at, **stated)


def _endpoint(case: Case, channel: str) -> str | None:
    """The number or address that a channel uses: the first that is known for it."""
    known = (case.debtor.endpoints if case.debtor is not None else None) or ()
    for kind in _ENDPOINTS_OF.get(channel, ()):
        for each in known:
            if each.channel == kind:
                return each.id
    return None


def _no_endpoint(case: Case, channel: str) -> str:
    """What keeps a channel from reaching the debtor: nothing is known that it could use."""
    needs = _NEEDS_ENDPOINT.get(channel)
    return f"no {needs} is on record" if needs and _endpoint(case, channel) is None else ""


def _clock(minutes: int) -> time:
    return time(minutes // _MINUTES, minutes % _MINUTES)


def _within(policy: Policy, following: str, day: date) -> datetime | None:
    """The next lawful moment, moved into the working hours; None where it lies on a later day, or there is none.

    A later day is no step of today: it is told as the next lawful moment, and asked about when it comes.
    """
    if "T" not in following:
        return None
    moment = datetime.fromisoformat(following).replace(tzinfo=None)
    if moment.date() != day or working_day(policy.calendar, day) != day:
        return None
    first, last = (datetime.combine(day, _clock(minutes)) for minutes in policy.hours)
    moment = max(moment, first)
    if moment.second or moment.microsecond:
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return moment if moment < last else None


def reasons(verdict: Verdict, most: int = 4) -> tuple[Reason, ...]:
    """The rules that speak, those that deny first."""
    ranked = sorted(verdict.findings, key=lambda each: -RANK[each.decision])
    return tuple(_reason(each) for each in ranked[:most])


def _reason(finding: Finding) -> Reason:
    return Reason(finding.rule, finding.citation, finding.decision, finding.sentence)
