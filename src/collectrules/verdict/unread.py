"""What a case states and no law asks for: it may have been written down for something that was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.objects import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.declaring import Facts
    from collectrules.case.objects import Case
    from collectrules.verdict.judgement import Judgement

_OF_PLACE: Final = frozenset(
    {
        *("id", "kind", "at", "at_tz", "time_zone", "channel", "endpoints", "endpoint", "currency"),
        *("name", "addresses", "licences"),
    }
)
"""What every act is read by, or only tells things apart."""


def unread(judgement: Judgement) -> tuple[str, ...]:
    """The facts that the case states and nothing asks for: no rule, no topic."""
    read = judgement.law.facts
    stated = dict.fromkeys(_stated(judgement.context.case))
    return tuple(
        [fact for fact in stated if fact not in read and not any(each.startswith(f"{fact}.") for each in read)]
    )


def _stated(case: Case) -> Iterator[str]:
    """The facts of the parties, the debts and the act, and the events of the history, by their dotted names."""
    for root in ("collector", "creditor", "debtor", "action"):
        owner = getattr(case, root)
        for name in _given(owner) if owner is not None else ():
            yield f"{root}.{name}"
    for debt in case.debts:
        yield from (f"debts.{name}" for name in _given(debt))
    yield from (f"history.{fact.event}" for fact in case.history or () if isinstance(fact, Event))


def _given(owner: Facts) -> Iterator[str]:
    """The fields that are given, but those by which things are told apart and placed."""
    for name, fact in type(owner).KEYS.facts.items():
        if name not in _OF_PLACE and not fact.read_as and getattr(owner, name, None) is not None:
            yield name
