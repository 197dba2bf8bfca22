"""What would make an act lawful, cheapest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from collectrules.verdict.objects import Alternative, OpenFact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.case.objects import Case
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.waiting import Timeline

_OTHER_CHANNELS: Final = ("letter", "email", "sms", "phone")


def alternatives(
    judgement: Judgement, unknown: tuple[OpenFact, ...], timeline: Timeline, judge: Callable[[Case], Judgement]
) -> tuple[Alternative, ...]:
    """What would make the act lawful: facts to get, other channels, waiting, and what the rules themselves name."""
    if judgement.decision == "allow":
        return ()
    return (*_facts(unknown), *_channels(judgement, judge), *_wait(timeline), *_changes(judgement))


def _facts(unknown: tuple[OpenFact, ...]) -> Iterator[Alternative]:
    for fact in unknown:
        yield Alternative("fact", f"find out {fact.fact}: {fact.question}")


def _channels(judgement: Judgement, judge: Callable[[Case], Judgement]) -> Iterator[Alternative]:
    case = judgement.context.case
    action = case.action
    assert action is not None
    if action.channel is None or any(outcome.breach is None for outcome in judgement.speaking):
        return
    for channel in _OTHER_CHANNELS:
        if channel == action.channel or channel not in judgement.context.channels:
            continue
        other = replace(action, channel=channel, endpoint=None, content=None, omits=None, place=None, opt_out=None)
        if judge(replace(case, action=other)).decision == "allow":
            yield Alternative("channel", f"by {channel} at the same time, if its content is in order")


def _wait(timeline: Timeline) -> Iterator[Alternative]:
    moment = timeline.allowed()
    if moment is not None:
        yield Alternative("wait", f"wait until {moment}", moment)


def _changes(judgement: Judgement) -> Iterator[Alternative]:
    for outcome in judgement.speaking:
        if outcome.breach is not True:
            continue
        rule = outcome.applied.rule
        if rule.remedy:
            yield Alternative("change", f"{rule.remedy} ({rule.citation})")
        for clause in rule.exceptions:
            kind = "consent" if "consent" in clause.text or "consent" in clause.title else "change"
            yield Alternative(kind, f"{clause.title or clause.text} ({clause.citation})")  # type: ignore[arg-type]
