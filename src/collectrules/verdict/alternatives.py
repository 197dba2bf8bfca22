"""What would make an act lawful, cheapest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from collectrules.expressions import english
from collectrules.expressions.syntax import Query
from collectrules.expressions.uses import definitions_in
from collectrules.expressions.walking import walk
from collectrules.ground.dated import day_or_moment
from collectrules.verdict.objects import Alternative, Question
from collectrules.verdict.schedule import on_channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from collectrules.case.objects import Case
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.model import Clause
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.search import Search

_OTHER_CHANNELS: Final = ("letter", "email", "sms", "phone")
_CONSENTS: Final = ("consents", "consent")
"""The collections that hold consents."""


def alternatives(
    judgement: Judgement,
    asked: tuple[Question, ...],
    search: Search,
    judge: Callable[[Case], Judgement],
    anew: Callable[..., Judgement],
) -> tuple[Alternative, ...]:
    """What would make the act lawful: facts to get, other channels, waiting, and what the rules themselves name.

    `judge` takes another case, `anew` changes to the case as it stands.
    """
    if judgement.decision == "allow":
        return ()
    return (*_facts(asked), *_channels(judgement, judge), *_wait(judgement, search, anew), *_changes(judgement))


def _facts(asked: tuple[Question, ...]) -> Iterator[Alternative]:
    for each in asked:
        yield Alternative("fact", f"find out {each.name}: {each.question}")


def _channels(judgement: Judgement, judge: Callable[[Case], Judgement]) -> Iterator[Alternative]:
    case = judgement.context.case
    action = case.action
    assert action is not None
    if action.channel is None or any(outcome.breach is None for outcome in judgement.speaking):
        return
    for channel in _OTHER_CHANNELS:
        if channel == action.channel or channel not in judgement.context.channels:
            continue
        other = judge(replace(case, action=on_channel(action, channel)))
        if other.may_be_proposed:
            yield Alternative("channel", by_channel([channel]), channel=channel)


def by_channel(channels: Sequence[str]) -> str:
    """The other channels, of which one at least, in one sentence."""
    return f"by {english.listing(channels, 'or')} at the same time, if its content is in order"


def _wait(judgement: Judgement, search: Search, anew: Callable[..., Judgement]) -> Iterator[Alternative]:
    moment = search.allowed()
    action = judgement.context.case.action
    if moment is None or action is None:
        return
    at = day_or_moment(moment)
    # What is computed of the facts may be otherwise by then: the time to sue may be over.
    if anew(action=action.but(at=at)).may_be_proposed:
        yield Alternative("wait", f"wait until {moment}", moment)


def _changes(judgement: Judgement) -> Iterator[Alternative]:
    """The acts that the rules name: what a person can do. An exception that names none is not offered."""
    for outcome in judgement.speaking:
        if outcome.breach is not True:
            continue
        rule = outcome.applied.rule
        if rule.remedy:
            yield Alternative("change", f"{rule.remedy} ({rule.citation})", rule=rule.full_id)
        for clause in rule.exceptions:
            if clause.remedy:
                kind: Literal["consent", "change"] = "consent" if _asks_consent(clause, outcome.applied) else "change"
                yield Alternative(kind, f"{clause.remedy} ({clause.citation})", rule=rule.full_id)


def _asks_consent(clause: Clause, applied: AppliedRule) -> bool:
    """Does an exception ask, by itself or by its definitions, for a consent in the history?"""
    definitions = applied.ruleset.definitions
    meanings = [definitions[name].expression for name in definitions_in(clause.condition, definitions)]
    return any(
        isinstance(node, Query) and node.collection in _CONSENTS
        for expression in (clause.condition, *meanings)
        for node in walk(expression)
    )
