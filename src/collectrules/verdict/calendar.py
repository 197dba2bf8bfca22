"""When an act is lawful: from moment to moment, the next of them, and channel by channel over a span of time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from collectrules.case.assumptions import with_assumptions
from collectrules.case.records import lapses, whole_groups
from collectrules.measures.context import Context
from collectrules.verdict.computed import CaseByDay, with_computed
from collectrules.verdict.likeness import as_if_by, channel_of, likes, slots_may_be_meant
from collectrules.verdict.moments import clocked
from collectrules.verdict.schedule import Schedule, by_channel, planned, scheduled
from collectrules.verdict.search import Search
from collectrules.verdict.slots import slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from collectrules.case.objects import Case
    from collectrules.verdict.judging import Judging
    from collectrules.verdict.slots import Slot


class Calendar:
    """The lawful moments of acts, as they are judged."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._channels = judging.rulebook.channels

    def slots(self, case: Case, first: datetime, last: datetime) -> Iterator[Slot]:
        """The spans of time from the first moment up to the last, each with what is answered to the act of the case.

        Both are whole minutes, with an offset; without one where nothing tells a zone of the debtor. Raises
        InvalidInput where the history goes on after the first.
        """
        return self._slots(self._search(case, first), case, first, last)

    def _slots(self, search: Search, case: Case, first: datetime, last: datetime) -> Iterator[Slot]:
        """The same, where what asks about the act of the case is there already."""
        found = slots(search, first, last)
        for like in likes(case, self._channels):
            others = slots(self._search(as_if_by(case, like), first), first, last)
            found = slots_may_be_meant(found, others, channel_of(case, self._channels), self._channels[like])
        return found

    def next_lawful(self, case: Case, first: datetime, last: datetime) -> datetime | None:
        """The first moment from `first` on, and before `last`, at which the act of a case is allowed; as `slots`."""
        if likes(case, self._channels):
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

        places = Context(next(iter(cases.values()), case), self._channels).places
        plan = None if apart is None else planned(cases, self.next_lawful, span, apart)
        return scheduled(case, span, places, open_spans(), plan)

    def moment(self, case: Case, at: date | datetime) -> datetime:
        """A moment as `slots` takes it: a whole minute on the clock where the debtor is; of a day its beginning.

        Raises InvalidInput for one without an offset where the debtor may be in several zones.
        """
        act = case if case.action is not None else by_channel(case, "", datetime.combine(at, time()))
        return clocked(at, Context(act, self._channels).places)

    def _search(self, case: Case, first: datetime) -> Search:
        """What asks about the act of a case at later moments."""
        judging = self._judging
        case = judging.checked(case)
        assert case.action is not None
        facts = judging.rulebook.catalogue(*case.places)
        case = with_assumptions(case.but(action=case.action.but(at=first)), judging.assume, facts)[0]
        context = Context(case, self._channels)
        if context.has_later_entries:
            message = f"the history goes on after {first.isoformat(timespec='minutes')}"
            advice = "begin later: what is asked about comes after all that happened"
            raise case.wrong("CR026", message, advice)

        def compute(day: int) -> Case:
            law = judging.law_for(context.moved(date.fromordinal(day)))
            groups = whole_groups(case, judging.company.records, day)
            return with_computed(case, law, day, judging.answered, groups).case

        by_day = CaseByDay(case, compute, lapses(case, judging.company.records))
        own = by_day.on(context.action.day)
        if own is not case:
            context = context.changed(own)
        return Search(judging.judgement(judging.law_for(context), context), judging.law_for, by_day.on)
