"""The acts of one person's log, judged one by one: the history of each is what stands before it.

Facts that say since when they hold are taken as of the act. A fact without a day that tightens (`debtor.deceased:
true`) may have come later: what rests on it alone cannot be shown, and is no violation. A debt that was paid is open
until the last payment on it. A contact that names no debt is taken to be about those that were open then. An attempt
that did not connect is not presumed to be one too many: whether it counts is for a person to say.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Action, Case, Contact, Event
from collectrules.ground.dated import day_of
from collectrules.law.strength import Strength
from collectrules.measures.context import Context
from collectrules.replay.model import STANDINGS, JudgedAct, JudgedPerson, Remark
from collectrules.verdict.findings import findings
from collectrules.verdict.likeness import likes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from collectrules.advisor import Advisor
    from collectrules.case.declaring import Facts
    from collectrules.replay.model import Standing
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.objects import Finding

_OWN: Final = (None, "collector")
_CONTACT: Final = "contact"
_VOICEMAILS: Final = frozenset({"voicemail", "limited_content_message", "ringless_voicemail", "recorded_message"})
_NOT_CONNECTED: Final = frozenset({"busy", "not_in_service"})
_SAME: Final = tuple(sorted((Action.KEYS.facts.keys() & Contact.KEYS.facts.keys()) - {"kind", "facts", "at"}))
"""Facts that an act and a contact of the past both state."""
_PRESUMED: Final = Strength.PRESUMPTION_OF_VIOLATION
_AGAINST: Final = frozenset({Strength.FACTOR, Strength.NO_SAFE_HARBOR})
_PAYMENTS: Final = frozenset({"payment", "paid_in_full"})


def judged_person(advisor: Advisor, case: Case, person: str) -> JudgedPerson:
    """Every contact of the collector in the history of a case, judged, oldest first.

    What the case itself asks is left aside. Raises InvalidInput for a ruleset that cannot be read.
    """
    log = _Log(advisor, case, person)
    return JudgedPerson(person, tuple(log.acts()), log.others, tuple(log.events()))


class _Log:
    def __init__(self, advisor: Advisor, case: Case, person: str) -> None:
        self._advisor = advisor
        self._person = person
        history = case.history or ()
        # The act of a placeholder: only the history is placed by it.
        latest = max((day_of(entry.at) for entry in history), default=date.min)
        case = case.but(ask=None, expect=None, action=Action(kind=_CONTACT, at=latest), record=_record(case))
        self._case = case
        self._context = Context(case, advisor.rulebook.channels)
        self._entries = self._context.entries
        self._words = advisor.rulebook.catalogue(*case.places)
        self._paid = _paid_at(case, self._entries)
        self._undated = tuple(_undated(case, self._paid))
        self.others = sum(not _is_act(entry.fact) for entry in self._entries)

    def acts(self) -> Iterator[JudgedAct]:
        for position, entry in enumerate(self._entries):
            if _is_act(entry.fact):
                yield from self._act(position, entry.fact)

    def events(self) -> Iterator[tuple[str, str]]:
        """What happened that is no act: the moment and what, oldest first."""
        for entry in self._entries:
            fact = entry.fact
            if not _is_act(fact):
                named = fact.event if isinstance(fact, Event) else f"{fact.direction} {fact.channel}"
                yield fact.at.isoformat(), named.replace("_", " ")

    def _act(self, position: int, contact: Contact) -> Iterator[JudgedAct]:
        """The acts that an entry stands for: of N equal contacts of a day each is judged after those before it."""
        times = contact.times or 1
        open_then = self._open_at(position, contact)
        action = self._action(contact, open_then)
        for number in range(times):
            case = self._as_of(self._case, position, action)
            context = self._context.at_entry(position, case)
            if number:
                before = contact.but(times=number if number > 1 else None)
                context = context.changed(context.case.but(history=(*(context.case.history or ()), before)))
            judgement = self._advisor.judge_in(context)
            remarks = self._remarks(judgement, context, contact)
            yield JudgedAct(
                person=self._person,
                number=position + 1,
                at=contact.at.isoformat(),
                channel=contact.channel,
                outcome=contact.outcome or "",
                agent=contact.agent or "",
                campaign=contact.campaign or "",
                debts=action.debts or (),
                standing=remarks[0].standing if remarks else "clean",
                remarks=remarks,
                rulesets=tuple([f"{used.id} {used.version}" for used in judgement.law.rulesets]),
            )

    def _as_of(self, case: Case, position: int, action: Action) -> Case:
        """The case as it stood when an entry was made: what was paid later is open."""
        later = {name for name, paid in self._paid.items() if paid >= position}
        debts = (
            tuple([debt.but(paid=None) if debt.id in later else debt for debt in case.debts]) if later else case.debts
        )
        return case.but(debts=debts, action=action)

    def _open_at(self, position: int, contact: Contact) -> tuple[str, ...] | None:
        """The debts that a contact was about which names none: those open then; None where that tells nothing."""
        if contact.debts is not None:
            return contact.debts
        day = day_of(contact.at)
        found = [
            debt.id
            for debt in self._case.debts
            if (not debt.paid or self._paid.get(debt.id, -1) >= position)
            and (debt.issued is None or debt.issued <= day)
        ]
        return tuple(found) if found and len(found) < len(self._case.debts) else None

    def _action(self, contact: Contact, debts: tuple[str, ...] | None) -> Action:
        stated: dict[str, Any] = {name: getattr(contact, name) for name in _SAME}
        stated |= {"kind": contact.kind or _CONTACT, "at": contact.at, "debts": debts}
        if contact.outcome is not None:
            stated["leaves_voicemail"] = contact.outcome in _VOICEMAILS
        known = self._words.own_fields("action")
        facts = {name: value for name, value in (contact.facts or {}).items() if name in known}
        stated["facts"] = facts or None
        return Action(**stated)

    # ---- what the law says --------------------------------------------------------------------------------------

    def _remarks(self, judgement: Judgement, context: Context, contact: Contact) -> tuple[Remark, ...]:
        """What speaks against an act, the heaviest first."""
        told = list(findings(judgement)) if judgement.decision != "allow" else self._of_likes(context.case)
        dated = self._dated(context) if any(each.decision == "deny" for each in told) else None
        remarks = [_remark(each, contact, dated, self._undated) for each in told]
        return tuple(sorted(remarks, key=lambda remark: STANDINGS.index(remark.standing)))

    def _dated(self, context: Context) -> frozenset[str] | None:
        """The rules that deny the act without what the case states of no day; None where it states no such thing."""
        if not self._undated:
            return None
        case = context.case
        without = context.changed(_without_flags(case, self._paid))
        outcomes = self._advisor.judge_in(without).speaking
        return frozenset(each.applied.rule.full_id for each in outcomes if each.decision == "deny")

    def _of_likes(self, case: Case) -> list[Finding]:
        """What laws say of channels like the one of an act that they do not know."""
        if not likes(case, self._advisor.rulebook.channels):
            return []
        return list(self._advisor.check(case).findings)


def _remark(finding: Finding, contact: Contact, dated: frozenset[str] | None, undated: tuple[str, ...]) -> Remark:
    standing: Standing = "not_shown"
    sentence = finding.sentence
    if finding.outcome == "breached" and finding.decision == "deny":
        if dated is not None and finding.rule not in dated:
            sentence = f"{sentence}; the record does not say since when: {', '.join(undated)}"
        elif finding.strength is not _PRESUMED:
            standing = "violation"
        elif contact.outcome in _NOT_CONNECTED:
            sentence = f"{sentence}; this attempt did not connect"
        else:
            standing = "presumed_violation"
    elif finding.outcome == "breached" and finding.strength in _AGAINST:
        standing = "factor"
    return Remark(standing, finding.rule, finding.citation, sentence, finding.source)


def _record(case: Case) -> Any:
    return "complete" if case.whole else "partial"


def _is_act(fact: Any) -> bool:
    """Is it a contact that the collector made?"""
    return isinstance(fact, Contact) and fact.direction == "outbound" and fact.by in _OWN


def _paid_at(case: Case, entries: Any) -> dict[str, int]:
    """The place of the last payment on each debt that is paid, where the history has one."""
    found: dict[str, int] = {}
    for position, entry in enumerate(entries):
        fact = entry.fact
        if isinstance(fact, Event) and fact.event in _PAYMENTS:
            for debt in case.debts:
                if debt.paid and (fact.debts is None or debt.id in fact.debts):
                    found[debt.id] = position
    return found


def _undated(case: Case, paid: Collection[str]) -> Iterator[str]:
    """The facts that a case states as true and of no day: since when they hold is not known.

    `paid` are the debts of which the history has the payment.
    """
    for debt in case.debts:
        yield from (f"debts[{debt.id}].{name}" for name in _true(debt, paid))
    if case.debtor is not None:
        yield from (f"debtor.{name}" for name in _true(case.debtor))


def _true(owner: Facts, paid: Collection[str] = ()) -> list[str]:
    dated = {"paid"} if getattr(owner, "id", None) in paid else set()
    return [name for name, value in vars(owner).items() if value is True and name not in _LASTING and name not in dated]


_LASTING: Final = frozenset({"was_read", "guarantor", "natural_person_guarantor", "location_known_from_debtor"})
"""What is true from the beginning, or loosens nothing by being left out."""


def _without_flags(case: Case, paid: Collection[str]) -> Case:
    """The case without these facts."""
    debtor = None if case.debtor is None else case.debtor.but(**dict.fromkeys(_true(case.debtor)))
    debts = tuple([debt.but(**dict.fromkeys(_true(debt, paid))) for debt in case.debts])
    return case.but(debtor=debtor, debts=debts)
