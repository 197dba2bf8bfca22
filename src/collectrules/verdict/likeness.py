"""A channel that laws do not know by its word, and the known ones that they may mean it by.

A law that names text messages was not written with a messenger in mind, and may hold of it all the same. What is
allowed on such a channel is asked again as if it were done on each channel that it is like: a rule that speaks there
may speak here, and so the act is a review. What laws say of what a channel is (electronic, spoken, ...) is asked in any
case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from collectrules.case.vocabulary import CHANNEL_PROPERTIES, catalogue
from collectrules.law.strength import Strength
from collectrules.verdict.moments import instant
from collectrules.verdict.objects import Brief, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.verdict.slots import Slot

V = TypeVar("V", bound=Verdict)


def likes(case: Case, channels: Mapping[str, Any]) -> tuple[str, ...]:
    """The channels of the case format that laws may mean the channel of an act by.

    A channel says so itself (`like`), also one of the case format; of one that laws do not know and that does not say,
    those are meant that are the same in every respect.
    """
    known = catalogue().channels
    channel = channel_of(case, channels)
    if channel is None:
        return ()
    like: tuple[str, ...] = channel.like
    if like or channel.name in known:
        return like
    return tuple(
        each
        for each in known
        if all(getattr(channels[each], each_of) == getattr(channel, each_of) for each_of in CHANNEL_PROPERTIES)
    )


def channel_of(case: Case, channels: Mapping[str, Any]) -> Any:
    """The channel of the act of a case; None where it has none."""
    name = case.action.channel if case.action is not None else None
    return channels.get(name) if name is not None else None


def as_if_by(case: Case, like: str) -> Case:
    """The case with every message that went by the channel of its act, and the act, as if by the other channel."""
    action = case.action
    assert action is not None, "only acts go by a channel"
    name = action.channel
    history = tuple([entry.but(channel=like) if entry.channel == name else entry for entry in case.history or ()])
    return case.but(action=action.but(channel=like), history=history or case.history)


def may_be_meant(verdict: V, other: V, own: Any, like: Any) -> V:
    """The verdict on an act that is allowed by what laws say of its channel, with what they say of a channel like it.

    `other` is the verdict on the act as if it were done on that channel, which is `like`. Where no rule speaks there,
    nothing changes.
    """
    spoke = [finding for finding in other.findings if finding.jurisdiction and _is_of_both(finding.strength, own, like)]
    if not spoke:
        return verdict
    taken: dict[str, Any] = {
        "decision": "review",
        "basis": "circumstances",
        "findings": tuple([_may_speak(finding, like.title) for finding in spoke]),
        "obligations": (),
        "decision_id": other.decision_id,
    }
    told_of_search = set(other.__struct_fields__) - set(Verdict.__struct_fields__)
    taken |= {name: getattr(other, name) for name in told_of_search - {"unread"}}
    return replace(verdict, **taken)


def brief_may_be_meant(brief: Brief, verdict: Verdict) -> Brief:
    """The least of an answer, with what the verdict makes of channels like the one of the act."""
    if verdict.decision == "allow":
        return brief
    first = verdict.findings[0]
    return replace(brief, decision=verdict.decision, rule=first.rule, citation=first.citation)


def slots_may_be_meant(found: Iterator[Slot], others: Iterator[Slot], own: Any, like: Any) -> Iterator[Slot]:
    """The spans of an act with what laws say of a channel like its own; both are of the same span of time, in order."""
    joined: Slot | None = None
    one, other = next(found, None), next(others, None)
    while one is not None and other is not None:
        end = min(one.end, other.end, key=instant)
        also = [each for each in other.grounds if each.citation and _is_of_both(each.strength, own, like)]
        spoke = tuple([replace(ground, decision="review") for ground in also])
        here = replace(one, end=end)
        if one.decision == "allow" and spoke:
            told = [replace(each, sentence=_may_hold(like.title, each.sentence), undecided=True) for each in spoke]
            here = replace(here, decision="review", grounds=tuple(told))
        if joined is not None and (joined.decision, joined.grounds) == (here.decision, here.grounds):
            joined = replace(joined, end=end)
        else:
            if joined is not None:
                yield joined
            joined = here
        one = replace(one, begin=end) if instant(end) < instant(one.end) else next(found, None)
        other = replace(other, begin=end) if instant(end) < instant(other.end) else next(others, None)
    if joined is not None:
        yield joined


def _is_of_both(strength: str, own: Any, like: Any) -> bool:
    """May it hold of the own channel too? A duty to write first is missed by word of mouth, not by a paper."""
    return not (strength == Strength.DUTY_MISSED and own.written and not like.written)


def _may_hold(like: str, sentence: str) -> str:
    return f"what holds of a {like} may hold of this too: {sentence}"


def _may_speak(finding: Finding, like: str) -> Finding:
    return replace(
        finding,
        outcome="unknown",
        decision="review",
        until=None,
        sentence=_may_hold(like, finding.sentence),
        question=f"does this law mean such a message too, where it speaks of a {like}?",
    )
