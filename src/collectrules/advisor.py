"""The advisor: a case in, a verdict out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Self, TypeVar

from msgspec.structs import replace

from collectrules.case.assumptions import Assumption, check, history_is_whole, with_assumptions
from collectrules.case.objects import Case
from collectrules.case.reading import (
    asks_nothing,
    case_from_mapping,
    cases_of,
    checked,
    documents,
    each_case,
    read_cases,
)
from collectrules.case.records import check as check_records
from collectrules.case.records import lapses, whole_groups
from collectrules.ground.errors import InvalidInput
from collectrules.law.rulebook import Rulebook
from collectrules.measures.context import Context
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.answer_questions import to_ask
from collectrules.verdict.answers import Answer, answer, put
from collectrules.verdict.company import NO_COMPANY, Company
from collectrules.verdict.computed import CaseByDay, Computed, with_computed
from collectrules.verdict.contents import Contents
from collectrules.verdict.exploring import brief_of, explored
from collectrules.verdict.findings import RuleOutcome, explanation, verdict_of
from collectrules.verdict.judgement import Judgement
from collectrules.verdict.likeness import as_if_by, brief_may_be_meant, likes, may_be_meant, slots_may_be_meant
from collectrules.verdict.moments import clocked
from collectrules.verdict.objects import ExploredVerdict
from collectrules.verdict.replies import FormQuestion, form
from collectrules.verdict.schedule import Schedule, by_channel, planned, scheduled
from collectrules.verdict.search import Search
from collectrules.verdict.slots import slots
from collectrules.verdict.twins import Twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import timedelta
    from pathlib import Path

    from collectrules.case.objects import CaseFile
    from collectrules.case.reading import Document
    from collectrules.case.records import Kept
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.verdict.gaps import Accepted
    from collectrules.verdict.objects import Brief, Verdict
    from collectrules.verdict.slots import Slot


V = TypeVar("V", bound="Verdict")


class Advisor:
    """Answers whether an act about an unpaid debt is lawful, before it is done. Safe to share between threads."""

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

    @classmethod
    def load(  # noqa: PLR0913 - all by name
        cls,
        *,
        rulesets: Sequence[Path] = (),
        assume: Mapping[str, Assumption] | None = None,
        today: date | None = None,
        accept: Accepted | None = None,
        configuration: str = "",
        records: Mapping[str, Kept] | None = None,
        without_plugins: Mapping[str, str] | None = None,
        processes: int = 1,
    ) -> Self:
        """An advisor with the shipped rulesets, those of plugins, and the given folders.

        `assume` holds standing assumptions for single facts, each (value, reason); `today` stands for the day of the
        check; `accept` holds gaps of the law, (place, topic), that the company accepts, each with its reason;
        `configuration` is what verdicts call the file in which that stands; `records` are the groups of its records
        that the company keeps whole, or checks; `without_plugins` are installed plugins that are left out, each with
        the reason, which every verdict repeats; two `processes` read rulesets of which nothing is kept. Raises
        InvalidInput for a plugin that does not load; a ruleset is read when it is first needed.
        """
        plugins = load_plugins(without=without_plugins)
        return cls(
            Rulebook((*plugins.ruleset_folders, *rulesets), plugins.language, processes=processes),
            assume,
            today,
            Company(dict(accept or {}), configuration, dict(records or {}), plugins.used),
        )

    def on(self, today: date | None) -> Self:
        """The same advisor on another day of checking."""
        return type(self)(self.rulebook, self.assume, today, self.company)

    @property
    def today(self) -> date:
        """The day of the check, for rules that are due to be verified again."""
        return self._today or datetime.now(UTC).date()

    def read_cases(self, path: str | Path) -> CaseFile:
        """Read a case file as the laws of this advisor have it: with their channels, and the facts they declare.

        Raises InvalidInput with every problem of the file, or for a ruleset that cannot be read.
        """
        return read_cases(path, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)

    def each_case(self, path: str | Path) -> Iterator[Case | InvalidInput]:
        """The cases of a file or of several in one, and what is wrong in place of each that cannot be read.

        Read as by `read_cases`. Raises InvalidInput where the file as a whole cannot be read.
        """
        return each_case(path, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)

    def documents(self, path: str | Path) -> Iterator[Document]:
        """The documents of a file, unread. Raises InvalidInput where the file as a whole cannot be read."""
        return documents(path)

    def cases_of(self, document: Document) -> Iterator[Case | InvalidInput]:
        """The cases of a document, and what is wrong in place of each that cannot be read.

        Raises InvalidInput where a document that is a whole file cannot be read.
        """
        return cases_of(document, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)

    def check_many(self, cases: Iterable[Case | Mapping[str, object]]) -> Iterator[Verdict | InvalidInput]:
        """The verdict on each case in turn, or what is wrong with it: cases, or mappings with the keys of a case file.

        Each is answered when it is asked for, and nothing is kept of it.
        """
        for each in cases:
            try:
                yield self.check(each)
            except InvalidInput as wrong:
                yield wrong

    def case(self, mapping: Mapping[str, object]) -> Case:
        """A case of plain Python values, as the laws of this advisor have it. Raises InvalidInput."""
        return case_from_mapping(mapping, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)

    def check(self, case: Case | Mapping[str, object]) -> Verdict:
        """The decision on the action of a case, and the reasons; a mapping is read as `case` does.

        Raises InvalidInput for a case, or a ruleset, that cannot be read.
        """
        return self._with_likes(self._checked(case), self._check)

    def _check(self, case: Case) -> Verdict:
        judgement, computed = self._judged(case)
        return verdict_of(judgement, computed.established)

    def explore(self, case: Case | Mapping[str, object]) -> ExploredVerdict:
        """The verdict with all that takes a search: until when, what is missing, assumed, and would make it lawful.

        A mapping is read as `case` does. Raises InvalidInput as `check` does.
        """
        return self._with_likes(self._checked(case), self._explore)

    def _explore(self, case: Case) -> ExploredVerdict:
        judgement, computed = self._judged(case)
        put_in = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))[1]
        standing = {path: self.assume[path] for path in put_in}
        verdict = verdict_of(judgement, computed.established)

        def anew(**changes: Any) -> Judgement:
            return self.judge(case.but(**changes))

        told = computed.told
        return explored(
            verdict, judgement, self._law_for, judged=self._judgement, anew=anew, standing=standing, computed=told
        )

    def contents(self, case: Case) -> Contents:
        """What asks about the act of a case with one content after another. Raises InvalidInput as `check` does."""
        case = self._checked(case)
        if case.action is None:
            raise asks_nothing(case)
        case = case.but(action=case.action.but(content=(), unclear=None))
        alike = [as_if_by(case, like) for like in likes(case, self.rulebook.channels)]
        return Contents(self.judge(case), [Contents(self.judge(each)) for each in alike])

    def brief(self, case: Case | Mapping[str, object]) -> Brief:
        """The decision on the action of a case, its first ground, and the next moment at which the act is lawful."""
        case = self._checked(case)
        judgement = self.judge(case)
        found = brief_of(judgement, Search(judgement, self._law_for))
        if found.decision == "allow" and likes(case, self.rulebook.channels):
            return brief_may_be_meant(found, self.check(case))
        return found

    def _with_likes(self, case: Case, answer_to: Callable[[Case], V]) -> V:
        """The answer, held against what laws say of channels like the one of the act, where they may mean it too."""
        found = answer_to(case)
        for like in likes(case, self.rulebook.channels):
            if found.decision == "allow":
                found = may_be_meant(found, answer_to(as_if_by(case, like)), self.rulebook.channels[like].title)
        return found

    def slots(self, case: Case, first: datetime, last: datetime) -> Iterator[Slot]:
        """The spans of time from the first moment up to the last, each with what is answered to the act of the case.

        Both are whole minutes, with an offset; without one where nothing tells a zone of the debtor. Raises
        InvalidInput where the history goes on after the first.
        """
        return self._slots(self._search(case, first), case, first, last)

    def _slots(self, search: Search, case: Case, first: datetime, last: datetime) -> Iterator[Slot]:
        """The same, where what asks about the act of the case is there already."""
        found = slots(search, first, last)
        for like in likes(case, self.rulebook.channels):
            others = slots(self._search(as_if_by(case, like), first), first, last)
            found = slots_may_be_meant(found, others, self.rulebook.channels[like].title)
        return found

    def next_lawful(self, case: Case, first: datetime, last: datetime) -> datetime | None:
        """The first moment from `first` on, and before `last`, at which the act of a case is allowed; as `slots`."""
        if likes(case, self.rulebook.channels):
            return next((slot.begin for slot in self.slots(case, first, last) if slot.decision == "allow"), None)
        return self._search(case, first).next_lawful(first, last)

    def schedule(
        self, case: Case, channels: Sequence[str], span: tuple[datetime, datetime], *, apart: timedelta | None = None
    ) -> Schedule:
        """When the act of a case is lawful by each of the channels, over a span as `slots` takes it.

        With `apart`, the most contacts that fit by these channels too, at least so much time apart. A case with a
        question is asked about a plain contact. Raises InvalidInput as `slots` does.
        """
        cases = {channel: by_channel(case, channel, span[0]) for channel in channels}

        def open_spans() -> Iterator[tuple[str, Search, Iterator[Slot]]]:
            for channel, each in cases.items():
                search = self._search(each, span[0])
                yield channel, search, self._slots(search, each, *span)

        places = Context(next(iter(cases.values()), case), self.rulebook.channels).places
        plan = None if apart is None else planned(cases, self.next_lawful, span, apart)
        return scheduled(case, span, places, open_spans(), plan)

    def moment(self, case: Case, at: date | datetime) -> datetime:
        """A moment as `slots` takes it: a whole minute on the clock where the debtor is; of a day its beginning.

        Raises InvalidInput for one without an offset where the debtor may be in several zones.
        """
        act = case if case.action is not None else by_channel(case, "", datetime.combine(at, time()))
        return clocked(at, Context(act, self.rulebook.channels).places)

    def _search(self, case: Case, first: datetime) -> Search:
        """What asks about the act of a case at later moments."""
        case = self._checked(case)
        assert case.action is not None
        case = with_assumptions(
            case.but(action=case.action.but(at=first)), self.assume, self.rulebook.catalogue(*case.places)
        )[0]
        context = Context(case, self.rulebook.channels)
        if context.has_later_entries:
            message = f"the history goes on after {first.isoformat(timespec='minutes')}"
            advice = "begin later: what is asked about comes after all that happened"
            raise case.wrong("CR026", message, advice)

        def compute(day: int) -> Case:
            law = self._law_for(context.moved(date.fromordinal(day)))
            groups = whole_groups(case, self.company.records, day)
            return with_computed(case, law, day, self._answer, groups).case

        by_day = CaseByDay(case, compute, lapses(case, self.company.records))
        own = by_day.on(context.action.day)
        if own is not case:
            context = context.changed(own)
        return Search(self._judgement(self._law_for(context), context), self._law_for, by_day.on)

    def answer(self, case: Case | Mapping[str, object]) -> Answer:
        """The answer to the question of a case (`ask:`), or of a mapping. Raises InvalidInput as `check` does."""
        return self._answer(self._checked(case), self.company.records)

    def form(self, case: Case, found: ExploredVerdict | Answer | None = None) -> tuple[FormQuestion, ...]:
        """What to ask about the act or the question of a case, for a form. Raises InvalidInput as `check` does.

        `found` is what is made of the case, where that is there already.
        """
        words = self.rulebook.catalogue(case.jurisdiction)
        if case.ask is None:
            verdict = found if isinstance(found, ExploredVerdict) else self.explore(case)
            return form(verdict, words)
        return to_ask(
            self._checked(case),
            lambda each: put(each, self.rulebook, self.today, self.assume, self.company.records),
            words,
        )

    def _answer(self, case: Case, records: Mapping[str, Kept] | None = None) -> Answer:
        found = answer(case, self.rulebook, self.today, self.assume, records)
        return replace(found, plugins=self.company.plugins) if self.company.plugins else found

    def explain(self, case: Case) -> list[RuleOutcome]:
        """What every rule that was asked said."""
        return explanation(self.judge(case))

    def judge(self, case: Case) -> Judgement:
        """What every rule that applies makes of the action of a case, standing assumptions put in.

        A case that Python code made or changed is held against the format first. Raises InvalidInput.
        """
        return self._judged(case)[0]

    def _judged(self, case: Case) -> tuple[Judgement, Computed]:
        """The judgement, and what was computed for it."""
        case = self._checked(case)
        case, _ = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))
        return self._judged_in(Context(case, self.rulebook.channels))

    def judge_in(self, context: Context) -> Judgement:
        """What every rule makes of the act of a context, whose case was read, standing assumptions put in."""
        case = context.case
        assumed, _ = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))
        return self._judged_in(context if assumed is case else context.changed(assumed))[0]

    def _judged_in(self, context: Context) -> tuple[Judgement, Computed]:
        case = context.case
        law = self._law_for(context)
        day = context.action.day
        computed = with_computed(case, law, day, self._answer, whole_groups(case, self.company.records, day))
        if computed.case is not case:
            context = context.changed(computed.case)
        return self._judgement(law, context), computed

    def _judgement(self, law: ApplicableLaw, context: Context) -> Judgement:
        judgement = Judgement(
            law,
            context,
            whole=context.case.whole,
            history_is_whole=history_is_whole(self.assume),
            today=self.today.toordinal(),
            company=self.company,
        )
        return judgement if self._twins is None else self._twins.beside(judgement)

    def _checked(self, stated: Case | Mapping[str, object]) -> Case:
        case = stated if isinstance(stated, Case) else self.case(stated)
        case = checked(case, channels=self.rulebook.channels, facts_of=self.rulebook.facts_of)
        if case.is_account:
            raise asks_nothing(case)
        return case

    def _law_for(self, context: Context) -> ApplicableLaw:
        action = context.action
        day = action.day
        if day is None:
            day = action.walls[0][0] if action.walls is not None else self.today.toordinal()
        case = context.case
        first, *beside = case.places
        return self.rulebook.law(
            first, action.fact.kind, action.fact.channel, day, only=case.only_law, beside=tuple(beside)
        )
