"""What comes before every answer: a case read and held against the format, the law that applies, the judgement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectrules.case.assumptions import Assumption, check, history_is_whole, with_assumptions
from collectrules.case.objects import Case
from collectrules.case.reading import asks_nothing, case_from_mapping, checked
from collectrules.case.records import check as check_records
from collectrules.case.records import whole_groups
from collectrules.measures.context import Context
from collectrules.verdict.answers import Answer, answer
from collectrules.verdict.company import NO_COMPANY, Company
from collectrules.verdict.computed import Computed, with_computed
from collectrules.verdict.judgement import Judgement
from collectrules.verdict.twins import Twins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.case.records import Kept
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.law.rulebook import Rulebook


class Judging:
    """Cases judged by the laws of one rulebook, on one day of checking, for one company."""

    def __init__(
        self,
        rulebook: Rulebook,
        assume: Mapping[str, Assumption] | None = None,
        today: date | None = None,
        company: Company = NO_COMPANY,
    ) -> None:
        self.rulebook = rulebook
        self.company = company
        self.assume = dict(assume or {})
        check(self.assume, rulebook.facts)
        check_records(company.records)
        self._today = today
        # What a plugin's function does wrong is told of every case, also where the answer is clear without it.
        self._twins = Twins() if rulebook.language.is_built_in else None

    @property
    def today(self) -> date:
        """The day of the check, for rules that are due to be verified again."""
        return self._today or datetime.now(UTC).date()

    def case(self, mapping: Mapping[str, object]) -> Case:
        """A case of plain Python values, as the laws of this advisor have it. Raises InvalidInput."""
        return case_from_mapping(mapping, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)

    def checked(self, stated: Case | Mapping[str, object]) -> Case:
        """A case that asks something, held against the format; mappings as for `case`. Raises InvalidInput."""
        case = stated if isinstance(stated, Case) else self.case(stated)
        case = checked(case, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)
        if case.is_account:
            raise asks_nothing(case)
        return case

    def judge(self, case: Case) -> Judgement:
        """What every rule that applies makes of the action of a case, standing assumptions put in.

        A case that Python code made or changed is held against the format first. Raises InvalidInput.
        """
        return self.judged(case)[0]

    def judged(self, case: Case) -> tuple[Judgement, Computed]:
        """The judgement, and what was computed for it."""
        case = self.checked(case)
        case, _ = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))
        return self._judged_in(Context(case, self.rulebook.channels))

    def judge_in(self, context: Context) -> Judgement:
        """What every rule makes of the act of a context, whose case was read, standing assumptions put in."""
        case = context.case
        assumed, _ = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))
        return self._judged_in(context if assumed is case else context.changed(assumed))[0]

    def _judged_in(self, context: Context) -> tuple[Judgement, Computed]:
        case = context.case
        law = self.law_for(context)
        day = context.action.day
        computed = with_computed(case, law, day, self.answered, whole_groups(case, self.company.records, day))
        if computed.case is not case:
            context = context.changed(computed.case)
        return self.judgement(law, context), computed

    def judgement(self, law: ApplicableLaw, context: Context) -> Judgement:
        """What that law makes of a context; what cannot differ is taken from a case that is alike."""
        judgement = Judgement(
            law,
            context,
            whole=context.case.whole,
            history_is_whole=history_is_whole(self.assume),
            today=self.today.toordinal(),
            company=self.company,
        )
        return judgement if self._twins is None else self._twins.beside(judgement)

    def answered(self, case: Case, records: Mapping[str, Kept] | None = None) -> Answer:
        """The answer to the question of a case, and by which plugins; `records` as `verdict.answers.put` has."""
        found = answer(case, self.rulebook, self.today, self.assume, records)
        return replace(found, plugins=self.company.plugins) if self.company.plugins else found

    def law_for(self, context: Context) -> ApplicableLaw:
        """The law that applies to the act of a context, on its day; of an act without one, on the day of the check."""
        action = context.action
        day = action.day
        if day is None:
            day = action.walls[0][0] if action.walls is not None else self.today.toordinal()
        case = context.case
        first, *beside = case.places
        return self.rulebook.law(
            first, action.fact.kind, action.fact.channel, day, only=case.only_law, beside=tuple(beside)
        )
