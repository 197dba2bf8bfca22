"""What a condition may come to as time goes on and every fact stays: true, false, both, or neither of them.

It is asked of a record that leaves facts open. What does not hang on the moment keeps its truth; what nobody knows now
is not known later. What hangs on the moment may turn, except that nothing which may be missing from a history comes to
be ruled out, and no entry comes to fit that a stated fact keeps from it. More may be told than will be, never less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.expressions.checked import Junction, Opposite, Search, TheAction, Use, Variable
from collectrules.expressions.resolving import MOST_LOOPS
from collectrules.measures.fields import holder_of
from collectrules.measures.loops import candidates, may_be_more
from collectrules.measures.possible import can_be

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from collectrules.expressions.checked import Owner, Term
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame
    from collectrules.measures.making import Maker

    Turning = Callable[["At", "At"], "Turns"]


class Turns(NamedTuple):
    """May it be true at some moment, and may it be false?"""

    true: bool
    false: bool


EITHER: Final = Turns(true=True, false=True)
NEITHER: Final = Turns(true=False, false=False)

_LASTING: Final = {True: Turns(true=True, false=False), False: Turns(true=False, false=True), None: NEITHER}


class At(NamedTuple):
    """A case, and what the loops around a condition are at."""

    context: Context
    frame: Frame


def all_of(each: Iterable[Turns]) -> Turns:
    """What conditions may come to that are joined by `and`; asked no further than it matters."""
    true, false = True, False
    for turns in each:
        true = true and turns.true
        false = false or turns.false
        if false and not true:
            break
    return Turns(true, false)


def any_of(each: Iterable[Turns]) -> Turns:
    """What conditions may come to that are joined by `or`."""
    return opposite_of(all_of(opposite_of(turns) for turns in each))


def opposite_of(turns: Turns) -> Turns:
    """What the contrary may come to."""
    return Turns(turns.false, turns.true)


def turning(term: Term, maker: Maker, *, of_action: bool = False) -> Turning:
    """What a condition may come to, of a case without later entries; `of_action`: it is asked of the act.

    The function that it gives is asked of the case as it is, and of the same at any time (`Context.at_any_time`).
    """
    follows = maker.reading(term)
    hangs_on_moment = follows.clock or follows.anything or (of_action and follows.clock_of_this)
    if not hangs_on_moment:
        read = maker.read(term)
        return lambda now, _: _LASTING[read(*now)]
    match term:
        case Junction(parts, stop):
            joined, each = any_of if stop else all_of, [turning(part, maker, of_action=of_action) for part in parts]
            return lambda now, always: joined(turns(now, always) for turns in each)
        case Opposite(part):
            contrary = turning(part, maker, of_action=of_action)
            return lambda now, always: opposite_of(contrary(now, always))
        case Use():
            return _of_definition(term, maker, of_action=of_action)
        case Search(quantifier="any" | "no"):
            return _of_search(term, maker, of_action=of_action)
    return _of_leaf(term, maker)


def _is_action(owner: Owner, *, of_action: bool) -> bool:
    """Is it the act, by name or as what a definition is asked of?"""
    return isinstance(owner, TheAction) or (isinstance(owner, Variable) and owner.is_this and of_action)


def _of_leaf(term: Term, maker: Maker) -> Turning:
    """What is known whenever the act is done lasts; the rest may turn, where it can be known at all."""
    read, open_ended = maker.read(term), Turns(*[can_be(truth, term, maker.body) for truth in (True, False)])

    def turns(now: At, always: At) -> Turns:
        true, false = open_ended if now.context.unlisted else EITHER
        lasting = read(*always)
        return Turns(true and lasting is not False, false and lasting is not True)

    return turns


def _of_definition(term: Use, maker: Maker, *, of_action: bool) -> Turning:
    """What a definition means, asked of its subjects."""
    on_action = any(_is_action(each, of_action=of_action) for each in term.subjects)
    body = turning(maker.body(term.definition), maker, of_action=on_action)
    holders = [holder_of(subject) for subject in term.subjects]

    def asked_of(at: At) -> At:
        frame: Frame = [None] * MOST_LOOPS
        frame[: len(holders)] = [holder(*at) for holder in holders]
        return At(at.context, frame)

    return lambda now, always: body(asked_of(now), asked_of(always))


def _of_search(term: Search, maker: Maker, *, of_action: bool) -> Turning:
    """An item that fits may come to fit or not; what may be missing is never ruled out."""
    look, slot, more = candidates(term, maker), term.item.slot, may_be_more(term.collection, maker)
    where = [turning(part, maker, of_action=of_action) for part in term.where]

    def fits(now: At, always: At) -> Iterator[Turns]:
        if more(now.context):
            yield NEITHER
        for item in look(*always)[0]:
            now.frame[slot] = always.frame[slot] = item
            yield all_of(part(now, always) for part in where)

    if term.quantifier == "no":
        return lambda now, always: opposite_of(any_of(fits(now, always)))
    return lambda now, always: any_of(fits(now, always))
