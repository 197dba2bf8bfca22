"""From when on a rule is silent, and from when on an act is allowed, all else equal: one search over breakpoints."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING, Final

from collectrules.law.timing import Timing
from collectrules.verdict.lapsing import may_fall_silent
from collectrules.verdict.when import DAYS_AHEAD, Breakpoints, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.law.applicable import ApplicableLaw, AppliedRule
    from collectrules.verdict.judgement import Judgement

    Moment = date | datetime

_MOST_MOMENTS: Final = 400
"""Moments that are tried in search of one at which the whole act is allowed."""


class Timeline:
    """One case at later moments, each judged when it is first asked for, for all of its rules together."""

    def __init__(self, judgement: Judgement, judge: Callable[[Moment], Judgement]) -> None:
        self._judgement = judgement
        self._judge = judge
        self._later: dict[Moment, Judgement] = {}
        self.breakpoints = Breakpoints(judgement.context)

    def at(self, moment: Moment) -> Judgement:
        """The judgement of the same act at another moment."""
        later = self._later.get(moment)
        if later is None:
            later = self._later[moment] = self._judge(moment)
        return later

    def until(self, number: int) -> str | None:
        """The first moment at which a rule that speaks has fallen silent; None where there is none."""
        applied = self._judgement.law.rules[number]
        if not self._may_fall_silent(applied):
            return None
        return self._first(applied.timing | self._timing_ahead(applied), lambda later: _silent(later, applied), None)

    def allowed(self) -> str | None:
        """The first moment at which the act is allowed; None where there is none, or where time cannot lift it."""
        judgement = self._judgement
        blocking = self._blocking
        if not blocking or not self.may_be_lifted:
            return None

        def lifted(later: Judgement) -> bool:
            for place, applied in enumerate(blocking):
                if not _silent(later, applied):
                    blocking.insert(0, blocking.pop(place))  # what blocked last blocks next, mostly
                    return False
            return later.decision == "allow"

        timing = reduce(or_, [law.timing for law in self._later_laws], judgement.law.timing)
        return self._first(timing | Timing(dates=frozenset(judgement.law.changes)), lifted, _MOST_MOMENTS)

    @property
    def may_be_lifted(self) -> bool:
        """May an act that is no allow become one by the passing of time? False only where it certainly does not."""
        judgement = self._judgement
        if judgement.law.expected.gaps or self._gaps_last or judgement.objection:
            return False
        return all(self._may_fall_silent(applied) for applied in self._blocking)

    @cached_property
    def _blocking(self) -> list[AppliedRule]:
        return [outcome.applied for outcome in self._judgement.speaking if outcome.decision != "allow"]

    @property
    def _gaps_last(self) -> bool:
        """Is something not read that waiting cannot mend: a topic that is touched at any time, or a stated fact?"""
        uncovered, on_time = self._judgement.uncovered, self._judgement.on_time.conditions
        if uncovered.facts or uncovered.omissions:
            return True
        lasting = [gap for gap in uncovered.gaps if on_time.isdisjoint(gap.asked.touched)]
        return bool(lasting) and not self._later_laws

    @cached_property
    def _later_laws(self) -> list[ApplicableLaw]:
        """The laws that will apply to such an act while the search looks ahead."""
        at = self._judgement.context.action.fact.at
        today = at.toordinal()
        days = [day - today for day in self._judgement.law.changes if today < day <= today + DAYS_AHEAD]
        return [self.at(at + timedelta(days=ahead)).law for ahead in days]

    def _may_fall_silent(self, applied: AppliedRule) -> bool:
        return bool(self._later_laws) or may_fall_silent(self._judgement, applied)

    def _timing_ahead(self, applied: AppliedRule) -> Timing:
        """When the same rule may change its mind under the laws ahead, and when these begin."""
        numbers = [(law, law.numbers.get(applied.rule.full_id)) for law in self._later_laws]
        timings = [law.rules[number].timing for law, number in numbers if number is not None]
        return reduce(or_, timings, Timing(dates=frozenset(self._judgement.law.changes)))

    def _first(self, timing: Timing, holds: Callable[[Judgement], bool], most: int | None) -> str | None:
        context = self._judgement.context
        before: Moment = context.action.fact.at
        for moment in islice(self.breakpoints.after(timing), most):
            if holds(self.at(moment)):
                return shown(self._narrowed(before, moment, holds), context)
            before = moment
        return None

    def _narrowed(self, before: Moment, moment: Moment, holds: Callable[[Judgement], bool]) -> Moment:
        """The first minute (of bare days, day) between two moments at which something holds that held at the second."""
        step = timedelta(minutes=1) if isinstance(moment, datetime) else timedelta(days=1)
        back, most = 0, (moment - before) // step  # type: ignore[operator]  # both are of one type
        while most - back > 1:
            middle = (back + most) // 2
            if holds(self.at(moment - middle * step)):
                back = middle
            else:
                most = middle
        return moment - back * step


def _silent(later: Judgement, applied: AppliedRule) -> bool:
    """Is a rule silent at a later moment, at which it may be another law, or none, that applies?"""
    number = later.law.numbers.get(applied.rule.full_id)
    return number is None or later.outcome(number).decision == "allow"
