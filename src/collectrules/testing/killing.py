"""The example that would notice a mutant: an example that stands there already, with one or two things in it moved.

What is found is a case on which the law and the mutant differ; that the law is right about it, a person has to say.
That nothing is found shows nothing.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.expressions.syntax import SyntaxProblem
from collectrules.ground.errors import InvalidInput
from collectrules.testing.examples import AskedExample, given_by, put_over, said
from collectrules.testing.hints import focus_of, hints_of
from collectrules.testing.moving import moved, moved_twice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.advisor import Advisor
    from collectrules.testing.moving import Moved
    from collectrules.testing.mutants import Mutant
    from collectrules.testing.trial import Trial

_MOST_TRIED: Final = 400
"""Cases with one thing moved that are tried for one mutant and one example; with two things, twice as many."""
_MOST_BLOCKS: Final = 3
_MOST_EXAMPLES: Final = 3
"""Rules and answers, and examples of each, of which two things are moved."""
_HERE: Final = "; here "
"""Stands between what an example tells and what was moved in it."""
_MOST_ANSWERS: Final = 2
"""Answers that are expected beside those of the example that was moved, because the mutant gives others."""
_DECISIONS: Final = ("allow", "deny", "review")


class Killer(Struct, frozen=True):
    """An example that does not stand there yet."""

    example: AskedExample
    """What the law says is what it expects; its story is that of the example that was moved, and what was moved."""
    own: Mapping[str, Any]
    """Its keys beside `story` and `expect`."""
    expect: str | Mapping[str, Any]
    instead: str
    """What the mutant says."""

    def mapping(self) -> dict[str, Any]:
        """The example as it would stand in the file."""
        return {"story": self.example.story, **self.own, "expect": self.expect}


def killer_of(trial: Trial, mutant: Mutant) -> Killer | None:
    """An example that notices the mutant, close to one that stands beside a rule or answer; None if none was found."""
    other = trial.judge_of(mutant)
    found = (_tried(trial, other, example, each) for example, each in _close(trial, mutant))
    return next((each for each in found if each is not None), None)


def _close(trial: Trial, mutant: Mutant) -> Iterator[tuple[AskedExample, Moved]]:
    """What is tried, the examples with one thing moved first, and each example that was moved."""
    beside = {block: sorted(trial.examples.get(block, ()), key=_keeps) for block in mutant.blocks}
    hints = hints_of(mutant, trial.file)
    for example in chain.from_iterable(beside[block] for block in mutant.blocks):
        yield from ((example, each) for each in islice(moved(example.mapping, hints), _MOST_TRIED))
    focus = focus_of(mutant, trial.file, hints)
    for example in chain.from_iterable(beside[block][:_MOST_EXAMPLES] for block in mutant.blocks[:_MOST_BLOCKS]):
        yield from ((example, each) for each in islice(moved_twice(example.mapping, hints, focus), 2 * _MOST_TRIED))


def _keeps(example: AskedExample) -> bool:
    """Is it one in which nothing speaks? What was changed shows best where something does."""
    return example.expected == "allow"


def _tried(trial: Trial, other: Advisor, example: AskedExample, each: Moved) -> Killer | None:
    """The example moved so, if the law and the mutant differ about it."""
    own = each.own(trial.own_keys(example))
    if put_over(trial.file.ruleset, _asked(example, own)) != each.mapping:
        return None  # what all examples start from cannot be taken away
    try:
        case = trial.advisor.case(each.mapping)
        if example.expect is None:
            expect: str | dict[str, Any] = said(example.block, case, trial.advisor, None)
            wanted, told = None, str(expect)
            if told not in _DECISIONS:
                return None
        else:
            given, others = given_by(trial.advisor, case), given_by(other, case)
            apart = [name for name in {**given, **others} if given.get(name) != others.get(name)][:_MOST_ANSWERS]
            names = [*(name for name in example.expect if name in given), *apart]
            expect = wanted = {name: given.get(name) for name in dict.fromkeys(names)}
            told = ", ".join(f"{name} {value}" for name, value in expect.items())
        got = said(example.block, case, other, wanted)
    except (InvalidInput, SyntaxProblem):
        return None
    if got in ("", told):
        return None
    story = f"{example.story}{' and ' if _HERE in example.story else _HERE}{each.told}"
    made = AskedExample(example.block, story, told, example.place, each.mapping, case, wanted)
    return Killer(made, own, expect, got)


def _asked(example: AskedExample, own: Mapping[str, Any]) -> Mapping[str, Any]:
    """With what is asked by an example of an answer, which need not say it."""
    ask: Any = example.mapping.get("ask")
    return own if ask is None else {**own, "ask": {"what": ask["what"], **own.get("ask", {})}}
