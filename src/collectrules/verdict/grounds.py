"""What one rule's outcome rests on: the tests that decided it, none of which can be left out, and the evidence.

A test is a fact, a definition or a query that the rule asks, with its value. Of a rule that is decided the tests are a
set whose values alone keep the outcome, whatever everything else were: in strong Kleene logic knowing less never turns
true into false, so each test that is not needed is dropped in turn, and what stays is needed. Of a rule that is open
they are what keeps it open: every unknown that is not settled by what is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collectrules.deciding.conditions import Condition, measure_of, parts_of
from collectrules.deciding.decide import match
from collectrules.expressions import english
from collectrules.expressions.phrases import Phrases
from collectrules.expressions.syntax import Call, Conjunction, Name, Query, unparse
from collectrules.law.evidence import told
from collectrules.verdict.lapsing import LISTS_OF_THE_CASE
from collectrules.verdict.objects import Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.deciding.conditions import Measure, Truth
    from collectrules.expressions.syntax import Definition, Expression
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.evidence import Evidence
    from collectrules.measures.fields import Mode
    from collectrules.measures.history import Entry
    from collectrules.measures.record import Source
    from collectrules.verdict.judgement import Judgement, Outcome, Reading

COUNTED: Final = "counted"
"""The name of the test that is what a rule's kind counts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A condition that has to keep its truth for an outcome to stay what it is, and the law that it stands for."""

    condition: Condition
    record: Mapping[str, Any]
    citation: str

    @property
    def measures(self) -> frozenset[Measure]:
        """The measures that it reads."""
        return frozenset(measures_in(self.condition))


def deciding(judgement: Judgement, outcome: Outcome) -> tuple[Test, ...]:
    """The tests that decided an outcome; of an open one, those that keep it open."""
    pieces = tuple(_pieces(judgement, outcome))
    chosen = undecided(pieces) if outcome.breach is None else needed(pieces)
    if outcome.breach is True and outcome.reviewed is None:
        doubtful = _review(judgement, outcome)
        pieces, chosen = (*pieces, doubtful), [*chosen, *undecided((doubtful,))]
    return _told(outcome.applied, pieces, chosen)


def everything(judgement: Judgement, outcome: Outcome) -> tuple[Test, ...]:
    """Every test that a rule makes, with its value."""
    applied = outcome.applied
    record = judgement.deciding.record
    pieces = [
        Piece(applied.conditions[0], record, _binding(applied)),
        Piece(applied.conditions[1], record, applied.rule.citation),
    ]
    for clause, condition in zip(applied.rule.exceptions, applied.conditions[2:], strict=True):
        pieces.append(Piece(condition, record, clause.citation))
    weighed = (*applied.rule.reviews, *applied.rule.factors)
    for clause, condition in zip(weighed, applied.weighed, strict=True):
        pieces.append(Piece(condition, record, clause.citation))
    measures = dict.fromkeys(measure for piece in pieces for measure in measures_in(piece.condition))
    return _told(applied, tuple(pieces), [measure for measure in measures if not applied.table[measure].least])


# ---- which conditions --------------------------------------------------------------------------------------------


def _pieces(judgement: Judgement, outcome: Outcome) -> Iterator[Piece]:
    """The conditions behind an outcome that speaks.

    An exception of which a partial record shows nothing does not apply, whatever else is so: it decides nothing.
    """
    applied, reading = outcome.applied, judgement.deciding
    if outcome.breach is False:
        return
    ruleset, bound = applied.ruleset, applied.bound
    yield Piece(judgement.law.conditions[bound.when], reading.record, _binding(applied))
    yield Piece(applied.conditions[1], reading.record, applied.rule.citation)
    for numbers, clauses in ((bound.unless, ruleset.binds_unless), (applied.exceptions, applied.rule.exceptions)):
        for number, clause in zip(numbers, clauses, strict=True):
            if judgement.whole or judgement.excepted(number) is None:
                yield Piece(judgement.law.conditions[number], reading.record, clause.citation)
    if outcome.breach is True and outcome.reviewed is True:
        yield _review(judgement, outcome)
    elif outcome.breach is True and outcome.rebutted:
        complete = judgement.if_complete
        factors = applied.weighed[len(applied.reviews) :]
        for number, clause, condition in zip(applied.factors, applied.rule.factors, factors, strict=True):
            if complete[number] is True:
                yield Piece(condition, complete.record, clause.citation)
                break


def _review(judgement: Judgement, outcome: Outcome) -> Piece:
    """The `review:` that makes a breach a person's to judge, or may."""
    number = outcome.reviewed_by
    assert number is not None
    applied = outcome.applied
    return Piece(applied.weighed[number], judgement.deciding.record, applied.rule.reviews[number].citation)


def _binding(applied: AppliedRule) -> str:
    binds = applied.ruleset.binds
    return binds.citation if binds is not None else ""


# ---- which tests -------------------------------------------------------------------------------------------------


def needed(pieces: Iterable[Piece]) -> list[Measure]:
    """Measures whose values alone keep the truth of every piece, none of which can be left out; in their order."""
    every = [(match([piece.condition]), piece) for piece in pieces]
    measures = list(dict.fromkeys(measure for _, piece in every for measure in measures_in(piece.condition)))

    def truths(known: set[Measure]) -> list[Truth]:
        return [
            decide({measure.name: piece.record[measure.name] for measure in known & piece.measures})[0]
            for decide, piece in every
        ]

    known = set(measures)
    kept = truths(known)
    # What stands first says most: it is tried last, and so stays where one of two would do.
    for measure in reversed(measures):
        known.remove(measure)
        if truths(known) != kept:
            known.add(measure)
    return [measure for measure in measures if measure in known]


def undecided(pieces: Iterable[Piece]) -> list[Measure]:
    """The unknown measures behind every piece that is unknown, without those that what is known has settled."""
    return list(dict.fromkeys(measure for piece in pieces for measure in _unknown(piece)))


def _unknown(piece: Piece) -> Iterator[Measure]:
    parts = list(_parts(piece.condition))
    truths = match(parts)({measure.name: piece.record[measure.name] for measure in piece.measures})
    open_ = {id(part) for part, truth in zip(parts, truths, strict=True) if truth is None}
    waiting = [piece.condition]
    while waiting:
        part = waiting.pop(0)
        if id(part) in open_:
            measure = measure_of(part)
            if measure is not None:
                yield measure
            waiting = [*parts_of(part), *waiting]


def _parts(condition: Condition) -> Iterator[Condition]:
    """A condition and everything inside it."""
    yield condition
    for part in parts_of(condition):
        yield from _parts(part)


def measures_in(condition: Condition) -> tuple[Measure, ...]:
    """The measures that a condition reads, as they are read."""
    return tuple(dict.fromkeys(measure for part in _parts(condition) if (measure := measure_of(part)) is not None))


# ---- how they are told -------------------------------------------------------------------------------------------


def _told(applied: AppliedRule, pieces: tuple[Piece, ...], measures: Iterable[Measure]) -> tuple[Test, ...]:
    phrases = Phrases(applied.ruleset.definitions)
    tests: dict[str, Test] = {}
    for measure in measures:
        piece = next(each for each in pieces if measure in each.measures)
        test = _test(applied, applied.table[measure], piece, phrases)
        tests.setdefault(test.name, test)
    return tuple(tests.values())


def _test(applied: AppliedRule, source: Source, piece: Piece, phrases: Phrases) -> Test:
    value = piece.record[source.measure.name]
    name, citation = unparse(source.expression), piece.citation
    title = phrases.sentence(source.expression)
    definition = _definition(source.expression, applied.ruleset.definitions)
    if definition is not None:
        name, title, citation = definition.name, definition.title, definition.citation or citation
    elif applied.counted is not None and name == unparse(applied.counted):
        name, title = COUNTED, "contacts counted"
    kind = (
        "time" if isinstance(source.expression, Name) and source.expression.parts[-1] == "minute" else source.kind.name
    )
    return Test(name, title, None if value is None else english.as_json(value, kind), citation)


def _definition(expression: Expression, definitions: Mapping[str, Definition]) -> Definition | None:
    """The definition that a test is, asked of the case or of the action."""
    match expression:
        case Name((name,)) | Call(name, (Name(("action",)),)):
            return definitions.get(name)
    return None


# ---- evidence ----------------------------------------------------------------------------------------------------


def evidence(judgement: Judgement, outcome: Outcome) -> Evidence:
    """What a finding rests on: what its kind says, else the entries behind the tests that hold; empty for none."""
    if outcome.breach is False:
        return {}
    applied, context = outcome.applied, judgement.deciding.context
    mode: Mode = "if_complete" if judgement.whole else "as_stated"
    of_kind = applied.evidence(context, mode)
    if of_kind or outcome.breach is not True:
        return of_kind
    entries: list[Entry] = []
    for measure in needed(_pieces(judgement, outcome)):
        if _holds(judgement.deciding, measure):
            for query in queries(applied.table[measure].expression, applied):
                seen = set(map(id, entries))
                entries += [entry for entry in applied.entries(query, mode, context) if id(entry) not in seen]
    return {"entries": told(sorted(entries, key=lambda entry: entry.position))} if entries else {}


def _holds(reading: Reading, measure: Measure) -> bool:
    return reading.record[measure.name] not in (None, False, 0)


def queries(expression: Expression, applied: AppliedRule) -> Iterator[Query]:
    """The queries over the history of which some entry makes an expression true, through definitions and `and`."""
    match expression:
        case Query("any" | "count"):
            if expression.collection not in LISTS_OF_THE_CASE:
                yield expression
        case Conjunction(parts):
            for part in parts:
                yield from queries(part, applied)
        case Name((name,)):
            meaning = applied.meaning(name)
            if meaning is not None:
                yield from queries(meaning, applied)
