"""What would make an act lawful, cheapest first, and how long a verdict holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Final

from collectrules.verdict.objects import Alternative, OpenFact
from collectrules.verdict.when import MINUTES_A_DAY, candidates, clock_times, shown

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.verdict.judgement import Judgement

Judge = Callable[["Case", "date | datetime | None"], "Judgement"]

_MOST_MOMENTS: Final = 400
_OTHER_CHANNELS: Final = ("letter", "email", "sms", "phone")


def alternatives(judgement: Judgement, unknown: tuple[OpenFact, ...], judge: Judge) -> tuple[Alternative, ...]:
    """What would make the act lawful: facts to get, other channels, waiting, and what the rules themselves name."""
    if judgement.decision() == "allow":
        return ()
    return (*_facts(unknown), *_channels(judgement, judge), *_wait(judgement, judge), *_changes(judgement))


def _facts(unknown: tuple[OpenFact, ...]) -> Iterator[Alternative]:
    for fact in unknown:
        yield Alternative("fact", f"find out {fact.fact}: {fact.question}")


def _channels(judgement: Judgement, judge: Judge) -> Iterator[Alternative]:
    case = judgement.context.case
    action = case.action
    assert action is not None
    if action.channel is None or any(outcome.breach is None for outcome in judgement.outcomes):
        return
    for channel in _OTHER_CHANNELS:
        if channel == action.channel or channel not in judgement.context.channels:
            continue
        other = replace(action, channel=channel, endpoint=None, content=None, omits=None, place=None, opt_out=None)
        if judge(replace(case, action=other), None).decision() == "allow":
            yield Alternative("channel", f"by {channel} at the same time, if its content is in order")


def _wait(judgement: Judgement, judge: Judge) -> Iterator[Alternative]:
    speaking = [outcome for outcome in judgement.outcomes if outcome.decision != "allow"]
    if not speaking or judgement.stack.gaps or judgement.fault:
        return
    context = judgement.context
    times = clock_times(judgement.stack.asks, context)
    tried = islice(candidates(context, times), _MOST_MOMENTS)
    for moment in tried:
        if judge(context.case, moment).decision() == "allow":
            yield Alternative("wait", f"wait until {shown(moment, context)}", shown(moment, context))
            return


def _changes(judgement: Judgement) -> Iterator[Alternative]:
    for outcome in judgement.outcomes:
        if outcome.breach is not True:
            continue
        rule = outcome.ask.rule
        if rule.remedy:
            yield Alternative("change", f"{rule.remedy} ({rule.citation})")
        for clause in rule.exceptions:
            kind = "consent" if "consent" in clause.text or "consent" in clause.title else "change"
            yield Alternative(kind, f"{clause.title or clause.text} ({clause.citation})")  # type: ignore[arg-type]


def valid_until(judgement: Judgement) -> str:
    """The next moment at which a rule may change its mind, all facts equal; new facts end a verdict at once."""
    context = judgement.context
    moment = next(iter(candidates(context, clock_times(judgement.stack.asks, context))), None)
    if moment is None:
        at = context.action.fact.at
        moment = at + timedelta(minutes=MINUTES_A_DAY)
    return shown(moment, context)


def decision_id(judgement: Judgement, today: date) -> str:
    """A name for this answer: the same case, law and day give the same."""
    asked = {
        "case": judgement.context.case.to_mapping(),
        "law": [ruleset.hash for ruleset in judgement.stack.rulesets],
        "today": today.isoformat(),
    }
    return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()[:20]
