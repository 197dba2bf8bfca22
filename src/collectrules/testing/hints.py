"""What the law of a mutant names that a case may be moved to: what was changed first, then all else that it names."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec.structs import replace

from collectrules.case.vocabulary import catalogue
from collectrules.expressions.syntax import Choices, Comparison, Literal, Name, Query, SyntaxProblem, parse
from collectrules.expressions.walking import walk, walk_all
from collectrules.law.model import NEVER
from collectrules.testing.moving import Hints
from collectrules.testing.reach import expressions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import AnswerBlock, Rule, Ruleset
    from collectrules.lints import RulesetFile
    from collectrules.testing.mutants import Mutant

T = TypeVar("T")

_AMOUNT: Final = re.compile(r"\d+\.\d+")
_VALUE: Final = re.compile(r"\$(\w+)")
_OF_VALUES: Final = re.compile(r"^values\.(\w+)")
_MOST: Final = 6
"""Numbers, days, minutes and amounts of each."""
_MOST_FACTS: Final = 40
_MOST_BLOCKS: Final = 3


def hints_of(mutant: Mutant, file: RulesetFile) -> Hints:
    """What can be tried for a mutant of this file."""
    ruleset = file.ruleset
    blocks = _blocks(mutant, file)
    first = chain.from_iterable(map(_constant_in, _texts(mutant)))
    found = [*first, *chain.from_iterable(_of_block(block, ruleset) for block in blocks)]
    words = catalogue(ruleset.facts)
    parts = list(_parts(blocks, ruleset))
    queried = [part.collection for part in parts if isinstance(part, Query)]
    events = dict.fromkeys(each for each in queried if each in words.events)
    named = [value for name, value in _compared(parts) if name == "event" and isinstance(value, str)]
    facts = dict.fromkeys((name, value) for name, value in _compared(parts) if name not in ("event", "kind"))
    hints = Hints(
        words,
        ruleset.calendars,
        facts=tuple(facts)[:_MOST_FACTS],
        events=tuple(dict.fromkeys((*events, *named)))[:_MOST],
    )
    return _naming(hints, found)


def focus_of(mutant: Mutant, file: RulesetFile, hints: Hints) -> Hints:
    """Of these only what the changed text names: its constants, and the dated values that it uses or is one of."""
    ruleset = file.ruleset
    texts = _texts(mutant)
    found = list(chain.from_iterable(map(_constant_in, texts)))
    names = {*_VALUE.findall(" ".join(texts)), *_OF_VALUES.findall(mutant.where)}
    for values in (ruleset.values, *(block.values for block in _blocks(mutant, file))):
        found += chain.from_iterable(dated.values for name, dated in values.items() if name in names)
    return _naming(hints, found)


def _texts(mutant: Mutant) -> tuple[str, ...]:
    """What was changed, what it became, and the last word of where."""
    return (mutant.before, mutant.after, mutant.where.split()[-1])


def _blocks(mutant: Mutant, file: RulesetFile) -> Sequence[Rule | AnswerBlock]:
    """The first rules and answers that may notice it."""
    return [block for block in file.blocks if block.full_id in mutant.blocks][:_MOST_BLOCKS]


def _naming(hints: Hints, found: Sequence[Literal]) -> Hints:
    """These with the numbers, days, minutes and amounts among some constants."""
    return replace(
        hints,
        numbers=_some(int(each.value) for each in found if each.kind == "int"),
        days=_some(int(each.value) for each in found if each.kind == "date" and 0 < int(each.value) < NEVER),
        minutes=_some(int(each.value) for each in found if each.kind == "time"),
        amounts=_some(str(each.value) for each in found if each.kind == "text" and _AMOUNT.fullmatch(str(each.value))),
    )


def _some(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))[:_MOST]


def _constant_in(text: str) -> Iterator[Literal]:
    """The constant that a changed text is, or that it compares with."""
    if not text:
        return
    try:
        expression = parse(text)
    except SyntaxProblem:
        return
    yield from (part for part in walk(expression) if isinstance(part, Literal))


def _of_block(block: Rule | AnswerBlock, ruleset: Ruleset) -> Iterator[Literal]:
    """The constants that a rule or answer names, its dated values, and the days of its changes."""
    for values in (block.values, ruleset.values):
        for dated in values.values():
            yield from dated.values
            yield from (Literal("date", day) for day in dated.days)
    yield Literal("date", block.since)
    yield Literal("date", block.until)
    yield from (part for part in _parts([block], ruleset) if isinstance(part, Literal))


def _parts(blocks: Iterable[Rule | AnswerBlock], ruleset: Ruleset) -> Iterator[Expression]:
    """Every part of the expressions of some rules and answers, and of the definitions that they use."""
    bodies = {name: each.expression for name, each in ruleset.definitions.items()}
    for block in blocks:
        for expression in expressions_of(block):
            yield from walk_all(expression, bodies.get)
    if ruleset.binds is not None:
        yield from walk_all(ruleset.binds.condition, bodies.get)


def _compared(parts: Iterable[Expression]) -> Iterator[tuple[str, str | bool]]:
    """The facts that are compared, each by the last part of its name, with what it is compared with."""
    for part in parts:
        match part:
            case Comparison(_, Name(parts=names), right):
                for item in right.items if isinstance(right, Choices) else (right,):
                    match item:
                        case Name(parts=(word,)):
                            yield names[-1], word
                        case Literal("bool", value):
                            yield names[-1], bool(value)
                            yield names[-1], not value
                        case Literal("text" | "word", value):
                            yield names[-1], str(value)
            case Name(parts=names) if len(names) > 1:
                yield names[-1], True
