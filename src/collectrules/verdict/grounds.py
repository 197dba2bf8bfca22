"""What one rule's outcome rests on: the tests that decided it, none of which can be left out, and the evidence.

A test is a fact, a definition or a query that the rule asks, with its value. Of a rule that is decided the tests are a
set whose values alone keep the outcome, whatever everything else were; of one that is open they are what keeps it so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.deciding.reasons import Reasons, needed, undecided
from collectrules.expressions import english
from collectrules.expressions.syntax import Conjunction, Name, Query
from collectrules.law.evidence import told
from collectrules.verdict.objects import Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collectrules.deciding.conditions import Measure
    from collectrules.expressions.syntax import Expression
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.evidence import Evidence
    from collectrules.measures.fields import Mode
    from collectrules.measures.history import Entry
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.outcomes import Outcome


_LISTS_OF_THE_CASE: Final = frozenset({"debts", "all_debts", "endpoints"})
"""Collections that are not the history."""


class Piece(NamedTuple):
    """A condition that has to keep its truth for an outcome to stay what it is, and the law that it stands for."""

    reasons: Reasons
    record: Mapping[str, Any]
    citation: str


class Grounds:
    """The grounds of one outcome that is not a plain pass."""

    def __init__(self, judgement: Judgement, outcome: Outcome) -> None:
        self._judgement, self._outcome = judgement, outcome
        self._pieces = tuple(_pieces(judgement, outcome))
        asked = [(piece.reasons, piece.record) for piece in self._pieces]
        self._measures = undecided(asked) if outcome.breach is None else needed(asked)
        if outcome.breach is True and outcome.reviewed is None:
            doubtful = _review(judgement, outcome)
            self._pieces = (*self._pieces, doubtful)
            self._measures = [*self._measures, *undecided([(doubtful.reasons, doubtful.record)])]

    def tests(self) -> tuple[Test, ...]:
        """The tests that decided the outcome; of an open one, those that keep it open."""
        return _told(self._outcome.applied, self._pieces, self._measures)

    def evidence(self) -> Evidence:
        """What a finding shows: what its kind says, else the entries behind the tests that hold; empty for none."""
        judgement, outcome = self._judgement, self._outcome
        if outcome.breach is False:
            return {}
        applied, context = outcome.applied, judgement.deciding.context
        mode: Mode = "if_complete" if judgement.whole else "as_stated"
        of_kind = applied.in_force.evidence(context, mode)
        if of_kind or outcome.breach is not True:
            return of_kind
        entries: list[Entry] = []
        record = judgement.deciding.record
        for measure in self._measures:
            if record[measure.name] in (None, False, 0):
                continue
            for query in queries(applied.in_force.table[measure].expression, applied):
                seen = set(map(id, entries))
                entries += [entry for entry in applied.in_force.entries(query, mode, context) if id(entry) not in seen]
        return {"entries": told(sorted(entries, key=lambda entry: entry.position))} if entries else {}


def everything(judgement: Judgement, outcome: Outcome) -> tuple[Test, ...]:
    """Every test that a rule makes, with its value."""
    applied, law, record = outcome.applied, judgement.law, judgement.deciding.record
    rule = applied.rule
    pieces = [
        Piece(law.reasons(applied.bound.whole), record, _binding(applied)),
        Piece(law.reasons(applied.when), record, rule.citation),
    ]
    clauses_of = (
        (applied.exceptions, rule.exceptions),
        (applied.reviews, rule.reviews),
        (applied.factors, rule.factors),
    )
    for numbers, clauses in clauses_of:
        for number, clause in zip(numbers, clauses, strict=True):
            pieces.append(Piece(law.reasons(number), record, clause.citation))
    measures = dict.fromkeys(measure for piece in pieces for measure in piece.reasons.measures)
    return _told(applied, pieces, [measure for measure in measures if not applied.in_force.table[measure].bound])


def _pieces(judgement: Judgement, outcome: Outcome) -> Iterator[Piece]:
    """The conditions behind an outcome that speaks.

    An exception of which a partial record shows nothing does not apply, whatever else is so: it decides nothing.
    """
    if outcome.breach is False:
        return
    applied, law, record = outcome.applied, judgement.law, judgement.deciding.record
    ruleset, bound = applied.ruleset, applied.bound
    yield Piece(law.reasons(bound.when), record, _binding(applied))
    yield Piece(law.reasons(applied.when), record, applied.rule.citation)
    for numbers, clauses in ((bound.unless, ruleset.binds_unless), (applied.exceptions, applied.rule.exceptions)):
        for number, clause in zip(numbers, clauses, strict=True):
            if judgement.whole or judgement.excepted(number) is None:
                yield Piece(law.reasons(number), record, clause.citation)
    if outcome.breach is True and outcome.reviewed is True:
        yield _review(judgement, outcome)
    elif outcome.breach is True and outcome.rebutted:
        complete = judgement.if_complete
        for number, clause in zip(applied.factors, applied.rule.factors, strict=True):
            if complete[number] is True:
                yield Piece(law.reasons(number), complete.record, clause.citation)
                break


def _review(judgement: Judgement, outcome: Outcome) -> Piece:
    """The `review:` that makes a breach a person's to judge, or may."""
    number = outcome.reviewed_by
    assert number is not None
    applied = outcome.applied
    reasons = judgement.law.reasons(applied.reviews[number])
    return Piece(reasons, judgement.deciding.record, applied.rule.reviews[number].citation)


def _binding(applied: AppliedRule) -> str:
    binds = applied.ruleset.binds
    return binds.citation if binds is not None else ""


def _told(applied: AppliedRule, pieces: Sequence[Piece], measures: Iterable[Measure]) -> tuple[Test, ...]:
    """The tests of some measures, a count that is certain and the count itself as one."""
    tests: dict[str, Test] = {}
    for measure in measures:
        asked = applied.in_force.asked(measure)
        if asked.name not in tests:
            piece = next(each for each in pieces if measure in each.reasons.measures)
            value = piece.record[measure.name]
            shown = None if value is None else english.as_json(value, asked.kind)
            tests[asked.name] = Test(asked.name, asked.title, shown, asked.citation or piece.citation)
    return tuple(tests.values())


def queries(expression: Expression, applied: AppliedRule) -> Iterator[Query]:
    """The queries over the history of which some entry makes an expression true, through definitions and `and`."""
    match expression:
        case Query("any" | "count"):
            if expression.collection not in _LISTS_OF_THE_CASE:
                yield expression
        case Conjunction(parts):
            for part in parts:
                yield from queries(part, applied)
        case Name((name,)):
            meaning = applied.in_force.meaning(name)
            if meaning is not None:
                yield from queries(meaning, applied)
