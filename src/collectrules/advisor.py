"""The advisor: a case in, a verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from msgspec.structs import replace

from collectrules.case.assumptions import Assumption, with_assumptions
from collectrules.case.reading import asks_nothing, cases_of, documents, each_case, read_cases
from collectrules.ground.dated import day_or_moment
from collectrules.ground.errors import InvalidInput
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.answer_questions import to_ask
from collectrules.verdict.answers import Answer, put
from collectrules.verdict.calendar import Calendar
from collectrules.verdict.company import Company
from collectrules.verdict.contents import Contents
from collectrules.verdict.exploring import brief_of, explored
from collectrules.verdict.findings import RuleOutcome, explanation, verdict_of
from collectrules.verdict.judging import Judging
from collectrules.verdict.likeness import as_if_by, brief_may_be_meant, channel_of, likes, may_be_meant
from collectrules.verdict.objects import ExploredVerdict
from collectrules.verdict.replies import FormQuestion, form
from collectrules.verdict.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime, timedelta
    from pathlib import Path

    from collectrules.case.objects import Case, CaseFile
    from collectrules.case.reading import Document
    from collectrules.case.records import Kept
    from collectrules.verdict.gaps import Accepted
    from collectrules.verdict.objects import Brief, Verdict
    from collectrules.verdict.schedule import Schedule
    from collectrules.verdict.slots import Slot


V = TypeVar("V", bound="Verdict")


class Advisor(Judging):
    """Answers whether an act about an unpaid debt is lawful, before it is done. Safe to share between threads."""

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

    def check(self, case: Case | Mapping[str, object]) -> Verdict:
        """The decision on the action of a case, and the reasons; a mapping is read as `case` does.

        Raises InvalidInput for a case, or a ruleset, that cannot be read.
        """
        return self._with_likes(self.checked(case), self._check)

    def _check(self, case: Case) -> Verdict:
        judgement, computed = self.judged(case)
        return verdict_of(judgement, computed.established)

    def explore(self, case: Case | Mapping[str, object]) -> ExploredVerdict:
        """The verdict with all that takes a search: until when, what is missing, assumed, and would make it lawful.

        A mapping is read as `case` does. Raises InvalidInput as `check` does.
        """
        case = self.checked(case)
        found = self._with_likes(case, self._explore)
        if not likes(case, self.rulebook.channels):
            return found
        kept = tuple([each for each in found.alternatives if each.at is None or self._is_lawful(case, each.at)])
        return replace(found, alternatives=kept)

    def _explore(self, case: Case) -> ExploredVerdict:
        judgement, computed = self.judged(case)
        put_in = with_assumptions(case, self.assume, self.rulebook.catalogue(*case.places))[1]
        standing = {path: self.assume[path] for path in put_in}
        return explored(
            verdict_of(judgement, computed.established),
            judgement,
            self.law_for,
            judged=self.judgement,
            anew=lambda **changes: self.judge(case.but(**changes)),
            standing=standing,
            computed=computed.told,
        )

    def contents(self, case: Case) -> Contents:
        """What asks about the act of a case with one content after another. Raises InvalidInput as `check` does."""
        case = self.checked(case)
        if case.action is None:
            raise asks_nothing(case)
        case = case.but(action=case.action.but(content=(), unclear=None))
        alike = [as_if_by(case, like) for like in likes(case, self.rulebook.channels)]
        return Contents(self.judge(case), [Contents(self.judge(each)) for each in alike])

    def brief(self, case: Case | Mapping[str, object]) -> Brief:
        """The decision on the action of a case, its first ground, and the next moment at which the act is lawful."""
        case = self.checked(case)
        judgement = self.judge(case)
        found = brief_of(judgement, Search(judgement, self.law_for))
        if not likes(case, self.rulebook.channels):
            return found
        if found.decision == "allow":
            meant = brief_may_be_meant(found, self.check(case))
            if meant.decision == "allow":
                return meant
            waits = (each.at for each in self.explore(case).alternatives if each.kind == "wait")
            return replace(meant, next=next(waits, None))
        return found if found.next is None or self._is_lawful(case, found.next) else replace(found, next=None)

    def _with_likes(self, case: Case, answer_to: Callable[[Case], V]) -> V:
        """The answer, held against what laws say of channels like the one of the act, where they may mean it too."""
        found = answer_to(case)
        for like in likes(case, self.rulebook.channels):
            if found.decision == "allow":
                channels = self.rulebook.channels
                own, other = channel_of(case, channels), answer_to(as_if_by(case, like))
                found = may_be_meant(found, other, own, channels[like])
        return found

    def _is_lawful(self, case: Case, at: str) -> bool:
        """Is the act lawful at that moment also by what laws say of channels like its own? Else it is not promised."""
        assert case.action is not None, "only acts wait"
        return self.check(case.but(action=case.action.but(at=day_or_moment(at)))).decision == "allow"

    def slots(self, case: Case, first: datetime, last: datetime) -> Iterator[Slot]:
        """The spans of time in which the answer to the act of a case is one and the same; as `Calendar.slots`."""
        return Calendar(self).slots(case, first, last)

    def next_lawful(self, case: Case, first: datetime, last: datetime) -> datetime | None:
        """The first moment of a span at which the act of a case is allowed; as `Calendar.next_lawful`."""
        return Calendar(self).next_lawful(case, first, last)

    def schedule(
        self, case: Case, channels: Sequence[str], span: tuple[datetime, datetime], *, apart: timedelta | None = None
    ) -> Schedule:
        """When the act of a case is lawful by each of the channels; as `Calendar.schedule`."""
        return Calendar(self).schedule(case, channels, span, apart=apart)

    def moment(self, case: Case, at: date | datetime) -> datetime:
        """A moment on the clock where the debtor is; as `Calendar.moment`."""
        return Calendar(self).moment(case, at)

    def answer(self, case: Case | Mapping[str, object]) -> Answer:
        """The answer to the question of a case (`ask:`), or of a mapping. Raises InvalidInput as `check` does."""
        return self.answered(self.checked(case), self.company.records)

    def form(self, case: Case, found: ExploredVerdict | Answer | None = None) -> tuple[FormQuestion, ...]:
        """What to ask about the act or the question of a case, for a form. Raises InvalidInput as `check` does.

        `found` is what is made of the case, where that is there already.
        """
        words = self.rulebook.catalogue(case.jurisdiction)
        if case.ask is None:
            verdict = found if isinstance(found, ExploredVerdict) else self.explore(case)
            return form(verdict, words)
        return to_ask(
            self.checked(case),
            lambda each: put(each, self.rulebook, self.today, self.assume, self.company.records),
            words,
        )

    def explain(self, case: Case) -> list[RuleOutcome]:
        """What every rule that was asked said."""
        return explanation(self.judge(case))
