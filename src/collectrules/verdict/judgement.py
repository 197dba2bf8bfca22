"""What each rule says of one case: bound or not, breached or not, lifted or not; as one truth a rule.

A complete record is judged by what holds if it is complete; what only holds because something absent was taken for
granted is listed as assumed. A partial record is judged as stated, except that an exception of which nothing is shown
does not apply: it could only loosen.

The same judgement asks again: about another moment, or with one fact stated otherwise. It then asks anew only what can
have changed, and takes every other truth from the judgement that it began with.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from collectrules.case.records import whole_groups
from collectrules.deciding.conditions import Truth, both, either, opposite
from collectrules.law.dependence import NOTHING_AFFECTED, Affected
from collectrules.law.strength import RANK, Decision
from collectrules.measures.record import NotedRecord, Record
from collectrules.measures.recorded import OpenGroups, PartlyWhole
from collectrules.verdict.company import NO_COMPANY, Company
from collectrules.verdict.gaps import Coverage
from collectrules.verdict.outcomes import Outcome
from collectrules.verdict.reading import Reading, breach

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

    from collectrules.law.applicable import ApplicableLaw, AppliedReport, AppliedRule
    from collectrules.law.gaps import Bound
    from collectrules.law.model import Ruleset
    from collectrules.measures.context import Context
    from collectrules.measures.record import Reads, Source
    from collectrules.verdict.gaps import Uncovered
    from collectrules.verdict.recalling import Asked, Noting
    from collectrules.verdict.twins import Twin

T = TypeVar("T")


class Decided(NamedTuple):
    """What a judgement has decided: the truths of each of its readings, by name, and what rules say, by number."""

    truths: Mapping[str, Mapping[int, Truth]]
    outcomes: Mapping[int, Outcome]
    open_groups: OpenGroups | None


class Judgement:
    """Every outcome for one case, each worked out when it is first asked for."""

    def __init__(  # noqa: PLR0913 - all but the first two by name
        self,
        law: ApplicableLaw,
        context: Context,
        *,
        whole: bool,
        history_is_whole: bool,
        today: int,
        company: Company = NO_COMPANY,
        before: Judgement | None = None,
        affected: Affected = NOTHING_AFFECTED,
        whole_groups: frozenset[str] | None = None,
        continues: bool = False,
        twin: Twin | None = None,
    ) -> None:
        self.law = law
        self.company = company
        self.context = context
        self.whole = whole
        self.history_is_whole = history_is_whole
        self.today = today
        """The day of the check, as a proleptic ordinal."""
        self.due = max(today, context.action.day or 0) if today else 0
        """The day against which `verify_by` is held: of the check, or of the act where that is later."""
        self._before = before
        self._affected = affected
        self._continues = continues
        """Does it differ from the one before in nothing but what is affected? Then the rest says what it said."""
        self.twin = twin
        """A case that is alike, from which is taken what cannot differ."""
        self._outcomes: dict[int, Outcome] = {}
        if whole_groups is not None:
            self.whole_groups = whole_groups

    @cached_property
    def whole_groups(self) -> frozenset[str]:
        """The groups of a partial record that are whole, by the company's word or the case's."""
        return frozenset(() if self.whole else self.reasons_of_groups)

    @property
    def reasons_of_groups(self) -> Mapping[str, str]:
        """Why each group of the record may be taken as whole on the day of the act."""
        return whole_groups(self.context.case, self.company.records, self.context.action.day)

    @cached_property
    def open_groups(self) -> OpenGroups:
        """The groups that what is asked may hang on."""
        return OpenGroups(self.stated.context, self.law.catalogue, self.law.looks)

    @cached_property
    def if_complete(self) -> Reading:
        """The truths if what is not in the record did not happen."""
        before = None if self._before is None else self._before.if_complete
        return self._read(self.law.if_complete, self.context, before)

    @cached_property
    def as_stated(self) -> Reading:
        """The truths of what is known whatever is absent, but for what is absent from groups that are whole."""
        if not self.whole_groups:
            return self.stated
        before, stated = None if self._going_on is None else self._going_on.as_stated, self.stated
        record = PartlyWhole(
            stated.record,
            self.if_complete.record,
            self.open_groups,
            self.whole_groups,
            before=None if before is None else before.record,
            affected=self._affected.measures,
        )
        return Reading(self.law, stated.context, record, before, self._affected)

    @cached_property
    def stated(self) -> Reading:
        """The truths of what is known whatever is absent."""
        before = None if self._before is None else self._before.stated
        context = self.context.opened(history_is_whole=self.history_is_whole)
        return self._read(self.law.as_stated, context, before)

    def _read(self, reads: Reads, context: Context, before: Reading | None) -> Reading:
        record = Record(reads, context, None if before is None else before.record, self._affected.measures)
        return Reading(self.law, context, record, before, self._affected)

    @cached_property
    def at_any_time(self) -> Reading:
        """The truths that hold at every moment, as far as nothing is missing from the history."""
        context = self.deciding.context.at_any_time()
        reads = self.law.if_complete if self.whole else self.law.as_stated
        return Reading(self.law, context, Record(reads, context))

    @property
    def deciding(self) -> Reading:
        """The truths that decide."""
        return self.if_complete if self.whole else self.as_stated

    # ---- outcomes -----------------------------------------------------------------------------------------------

    def uncovered_if(self, *, touched: bool) -> Uncovered:
        """The same with nothing taken for granted of one half: of what the act touches, or of whom covers are for."""

        def work(asked: Judgement) -> Uncovered:
            stated, taken = asked.as_stated.__getitem__, asked.deciding.__getitem__
            truth, touch = (taken, stated) if touched else (stated, taken)
            coverage = Coverage(asked.law, truth, lambda bound: truth(bound.whole), asked.due, touched=touch)
            return coverage.uncovered(asked.company.accepted)

        return self.recalled(("uncovered if", touched), work)

    def outcome(self, number: int) -> Outcome:
        """What the rule of that number says."""
        outcome = self._outcomes.get(number)
        if outcome is None:
            outcome = self._outcomes[number] = self._taken(number) or self._judged(self.law.rules[number])
        return outcome

    def _taken(self, number: int) -> Outcome | None:
        """What a rule said of a case that is alike, or of this one before, where it says the same now."""
        if self.twin is not None and number in self.twin.settled:
            return self.twin.first.outcome(number)
        if self._going_on is not None and self.law.rules[number].numbers.isdisjoint(self._affected.conditions):
            return self._going_on.outcome(number)
        return None

    @property
    def _going_on(self) -> Judgement | None:
        """The judgement before, where what is not affected says what it said there."""
        return self._before if self._continues else None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What every rule says, in the order of the rulesets."""
        return tuple([self.outcome(number) for number in range(len(self.law.rules))])

    @cached_property
    def speaking(self) -> tuple[Outcome, ...]:
        """The outcomes that are not simply a pass."""
        return self.recalled("speaking", Judgement._speaking)

    def _speaking(self) -> tuple[Outcome, ...]:
        deciding, rules = self.deciding, self.law.rules
        speaking = []
        for number in self._may_speak:
            outcome = self._outcomes.get(number) or self._taken(number)
            if outcome is None:
                # Nearly every rule is passed at once: nothing else is worth making fast.
                if deciding[rules[number].when] is False:
                    continue
                outcome = self.outcome(number)
            if outcome.matters:
                speaking.append(outcome)
        return tuple(speaking)

    @property
    def _may_speak(self) -> Sequence[int]:
        """The rules, by number, that may be more than passed: no other speaks."""
        if self._going_on is None:
            return self._not_alike
        spoke = {outcome.applied.number for outcome in self._going_on.speaking}
        numbers = spoke | self.law.rules_asking(self._affected.conditions)
        return sorted(numbers if self.twin is None else (numbers - self.twin.settled) | self.twin.spoke)

    @property
    def _not_alike(self) -> Sequence[int]:
        """The rules, by number, that are not passed as in every case that is alike."""
        return range(len(self.law.rules)) if self.twin is None else self.twin.may_speak

    def _judged(self, applied: AppliedRule) -> Outcome:
        deciding, stale = self.deciding, applied.rule.verify_by < self.due
        bound = deciding[applied.bound.whole] if self.whole else self._bound(applied.bound)
        when = deciding[applied.when]
        if bound is False or when is False:
            return Outcome(
                applied, breach=False, lifted_by=None, reviewed=False, reviewed_by=None, rebutted=False, stale=False
            )
        excepted, lifted = self._first_shown(applied.exceptions)
        reviewed, reviewed_by = self._first_shown(applied.reviews)
        rebutted = any(self.if_complete[factor] is True for factor in applied.factors)
        breached = both((bound, when, opposite(excepted)))
        lifted_by = lifted if excepted is True else None
        return Outcome(applied, breached, lifted_by, reviewed, reviewed_by, rebutted, stale)

    def _first_shown(self, clauses: Iterable[int]) -> tuple[Truth, int | None]:
        """Is one of these conditions shown, and which: the first that is, else the first that may be."""
        doubtful: int | None = None
        for number, clause in enumerate(clauses):
            truth = self.excepted(clause)
            if truth is True:
                return True, number
            if truth is None and doubtful is None:
                doubtful = number
        return (False if doubtful is None else None), doubtful

    def excepted(self, exception: int) -> Truth:
        """Is an exception shown? In a partial record one of which nothing is shown is not; half shown is unknown."""
        truth = self.if_complete[exception]
        if not self.whole and truth is True and self.as_stated[exception] is None:
            return None
        return truth

    def _bound(self, bound: Bound) -> Truth:
        """Does a ruleset bind the parties of a partial record? What leaves somebody out must be shown."""
        excepted = either(self.excepted(exception) for exception in bound.unless)
        return both((self.as_stated[bound.when], opposite(excepted)))

    def binds(self, ruleset: Ruleset) -> bool:
        """May the ruleset bind the parties?"""
        bound = next((applied.bound.whole for applied in self.law.rules if applied.ruleset is ruleset), None)
        return bound is None or self.if_complete[bound] is not False

    # ---- the whole ----------------------------------------------------------------------------------------------

    @cached_property
    def by_law(self) -> Decision:
        """What the rules and the gaps of the law make of the act: deny beats review beats allow."""
        decision: Decision = "review" if self.law.expected.gaps else "allow"
        for outcome in self.speaking:
            if RANK[outcome.decision] > RANK[decision]:
                decision = outcome.decision
        return "review" if decision == "allow" and self.uncovered.blocks else decision

    @cached_property
    def uncovered(self) -> Uncovered:
        """The topics of the act that were not read, and the stated facts of which no law takes account."""
        return self.recalled("uncovered", Judgement._uncovered)

    def _uncovered(self) -> Uncovered:
        truths = self.deciding
        bound = self._bound if not self.whole else lambda bound: truths[bound.whole]
        return Coverage(self.law, truths.__getitem__, bound, self.due).uncovered(self.company.accepted)

    @cached_property
    def objection(self) -> str:
        """What stands against an allow: functions of plugins that did wrong, else what the second decider says.

        Empty where nothing does, where there is no second decider, and of what is no allow.
        """
        return self.faults or self.confirmed() if self.by_law == "allow" else ""

    @property
    def faults(self) -> str:
        """What functions of plugins did wrong, whenever they were asked about this case; empty where nothing."""
        of_twin = [] if self.twin is None else self.twin.first.context.faults
        return "; ".join(dict.fromkeys((*of_twin, *self.context.faults)))

    def confirmed(self) -> str:
        """What the second decider objects to, asked whatever the decision; empty where it agrees, or is not there."""
        reading, rules = self.deciding, self.law.rules
        breaches = {number: breach(rules[number], reading) for number in self._not_alike}
        of_these = self.law.confirmation.objection(reading.record.read(), breaches)
        return of_these or ("" if self.twin is None else self.twin.objection)

    @property
    def may_be_proposed(self) -> bool:
        """Is it allowed by law, and did no function of a plugin do wrong? What is proposed is an act to ask about.

        The second decider is asked when the act itself is: of a single command it takes a tenth of the time.
        """
        return self.by_law == "allow" and not self.faults

    @property
    def decision(self) -> Decision:
        """Deny beats review beats allow; what the second decider objects to is never an allow."""
        return "review" if self.objection else self.by_law

    def told(self, report: AppliedReport) -> Any:
        """The answer of a report or of an obligation's condition."""
        return report.read(self.context) if self.whole else report.read_as_stated(self.as_stated.context)

    def is_whole_for(self, source: Source) -> bool:
        """Is every group of a partial record whole that a measure hangs on?"""
        return bool(self.whole_groups) and self.open_groups.of(source.measure.name) <= self.whole_groups

    def groups_of(self, measure: str) -> frozenset[str]:
        """The groups of the record that a measure of that name hangs on."""
        return self.open_groups.of(measure)

    @property
    def on_time(self) -> Affected:
        """What may change while the facts stay as they are and time goes on."""
        dependence = self.law.dependence
        return dependence.on_time if self.context.has_later_entries else dependence.on_clock

    def recalled(self, what: Hashable, work: Callable[[Judgement], T]) -> T:
        """What is worked out of a judgement by truths alone; of alike cases it is recalled."""
        if self.twin is None:
            return work(self)
        named = self.whole_groups, what
        return self.twin.recalled.recall(named, self._value_of, lambda noting: work(self._noted(noting)))

    def _value_of(self, asked: Asked) -> Any:
        reading: Reading = getattr(self, str(asked.record))
        return reading.record[asked.measure]

    def _noted(self, noting: Noting) -> Judgement:
        """The same, where each measure that is read is noted."""
        other = self._another(self.law, self.context, whole_groups=self.whole_groups, twin=self.twin)
        for name in ("if_complete", "as_stated"):
            reading: Reading = getattr(self, name)
            record = NotedRecord(reading.record, partial(noting.note, name))
            vars(other)[name] = Reading(self.law, reading.context, record)
        return other

    # ---- asking again -------------------------------------------------------------------------------------------

    def again(  # noqa: PLR0913 - what it differs in, by name
        self,
        context: Context,
        affected: Affected,
        *,
        whole: bool | None = None,
        today: int | None = None,
        whole_groups: frozenset[str] | None = None,
        twin: Twin | None = None,
    ) -> Judgement:
        """The same law asked about a context that differs from this one in nothing but what is `affected`."""
        whole = self.whole if whole is None else whole
        today = self.today if today is None else today
        differing = {"whole": whole, "today": today, "whole_groups": whole_groups, "twin": twin}
        other = self._another(self.law, context, before=self, affected=affected, **differing)
        same = (other.whole, other.today, other.due) == (self.whole, self.today, self.due)
        other._continues = same and other.whole_groups == self.whole_groups  # noqa: SLF001 - of the same class
        return other

    def decided(self) -> Decided:
        """What has been decided so far, to be taken by judgements of the same case and law at other moments."""
        modes = (
            ["if_complete"] if self.whole else ["if_complete", "stated", *(["as_stated"] if self.whole_groups else [])]
        )
        groups = None if self.whole else self.open_groups
        return Decided({mode: dict(getattr(self, mode)) for mode in modes}, dict(self._outcomes), groups)

    def take(self, before: Decided, changed: Collection[int], *, outcomes: bool) -> None:
        """Take what was decided, but for the conditions that changed; with `outcomes`, what rules said of them too."""
        if before.open_groups is not None:
            vars(self)["open_groups"] = before.open_groups
        for mode, truths in before.truths.items():
            if mode == "as_stated" and not outcomes:
                continue  # other groups of the record may be whole
            reading: Reading = getattr(self, mode)
            reading.update(truths)
            for number in changed:
                reading.pop(number, None)
        if outcomes:
            rules = self.law.rules
            said = before.outcomes.items()
            self._outcomes = {number: each for number, each in said if rules[number].numbers.isdisjoint(changed)}

    def keeping(self, groups: frozenset[str]) -> Judgement:
        """The same case asked with other groups of its record whole: nothing is read anew.

        Only what hangs on a group that is whole in one of the two alone is decided again.
        """
        moved = [self._by_group[group] for group in self.whole_groups ^ groups if group in self._by_group]
        affected = Affected(
            frozenset().union(*[each.measures for each in moved]),
            frozenset().union(*[each.conditions for each in moved]),
        )
        twin = None if self.twin is None else self.twin.keeping(groups)
        changes = {"before": self, "affected": affected, "whole_groups": groups, "continues": True, "twin": twin}
        other = self._another(self.law, self.context, **changes)
        for name in ("if_complete", "stated", "open_groups", "_by_group"):
            vars(other)[name] = getattr(self, name)
        return other

    @cached_property
    def _by_group(self) -> Mapping[str, Affected]:
        """What may hang on each group of the record; what is known as stated hangs on none."""
        known, asked_by = self.stated.record.read(), self.law.asked_by
        measures: dict[str, set[str]] = {}
        for name in asked_by:
            if known.get(name) is None:
                for group in self.open_groups.of(name):
                    measures.setdefault(group, set()).add(name)
        return {
            group: Affected(frozenset(names), frozenset().union(*[asked_by[name] for name in names]))
            for group, names in measures.items()
        }

    def without(self, affected: Affected, *, stated: bool = False) -> Reading:
        """The truths with nothing known of what is affected: what is decided here, it cannot change.

        If complete; with `stated`, whatever is absent.
        """
        before, reads = (self.stated, self.law.as_stated) if stated else (self.if_complete, self.law.if_complete)
        record = Record(reads, before.context, before.record, affected.measures, unknown=True)
        return Reading(self.law, before.context, record, before, affected)

    def like(self, twin: Twin) -> Judgement:
        """The same, where what cannot differ is taken from a case that is alike."""
        before, groups = twin.first, self.whole_groups
        return self._another(self.law, self.context, before=before, affected=twin.anew, whole_groups=groups, twin=twin)

    def over(self, reading: Reading) -> Judgement:
        """The same of a whole record, with every rule asked of this reading of it, and nothing taken from before."""
        other = self._another(self.law, self.context)
        vars(other)["if_complete"] = reading
        return other

    def under(self, law: ApplicableLaw, context: Context) -> Judgement:
        """Another law asked about another context, with the same understanding of what the record holds."""
        return self._another(law, context)

    def _another(self, law: ApplicableLaw, context: Context, **changes: Any) -> Judgement:
        """A judgement that differs from this one in nothing but the law, the context and the changes."""
        same = {
            "whole": self.whole,
            "history_is_whole": self.history_is_whole,
            "today": self.today,
            "company": self.company,
        }
        return Judgement(law, context, **{**same, **changes})
