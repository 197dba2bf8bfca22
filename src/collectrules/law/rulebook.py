"""Which rules bind this debt, these parties, this day; ready to be asked.

Rulesets are found by their place (`us/federal/*.yaml`, `us/tx.yaml`), so only those of the jurisdictions in question
are read. What applies to one kind of act, channel and span of days is compiled once into a `ApplicableLaw`: the cost of
a check follows the rules that apply, not the rules there are.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from collectrules.deciding import durable
from collectrules.deciding.conditions import ALWAYS, AllOf, AnyOf, Condition, Measure, Not, Truth, both, measures_of
from collectrules.deciding.on_demand import OnDemand
from collectrules.expressions import english
from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import Expression, Literal, parse
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.law.rulesets import (
    AnswerBlock,
    Language,
    Notice,
    Omission,
    Rule,
    Ruleset,
    jurisdiction_of,
    read_ruleset,
    with_values,
)
from collectrules.measures.evaluation import Evaluator
from collectrules.measures.record import MeasureTable, Reading, Reads, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from collectrules.ground.dated import Dated
    from collectrules.law.strength import Strength
    from collectrules.measures.fields import Mode

_MODES: Final[tuple[Mode, Mode]] = ("if_complete", "as_stated")


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a ruleset binds: the numbers of the whole condition, of its `when`, and of each exception."""

    whole: int
    when: int
    unless: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AppliedRule:
    """One rule of a stack: where its conditions stand in the order of conditions, and the values in force."""

    rule: Rule
    ruleset: Ruleset
    when: int
    bound: Bound
    exceptions: tuple[int, ...]
    factors: tuple[int, ...]
    values: Mapping[str, Literal]
    conditions: tuple[Condition, ...]
    """Bound, breached, and each exception."""
    weighed: tuple[Condition, ...]
    """Each factor."""
    measured: Mapping[Measure, Source]
    """Where the values of the stack's measures come from."""
    figures: Mapping[str, Callable[[Any], Any]]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the values come from that the rule reads; worked out for the few rules that speak."""
        return tuple(self.measured[measure] for measure in measures_of((*self.conditions, *self.weighed)))


@dataclass(frozen=True, slots=True)
class AppliedReport:
    """An obligation or report of a stack, its type, and its readers: of what is settled, and of what is known."""

    notice: Notice
    ruleset: Ruleset
    kind: str
    read: Callable[[Any], Any]
    read_open: Callable[[Any], Any]


class CrossCheck:
    """The second decider: durable-rules is asked the same conditions, and must say what the compiled ones say."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._refusal = ""
        self._conditions = len(conditions)
        try:
            self._match = durable.match(conditions)
        except (durable.EngineFault, durable.Unsupported) as error:
            self._refusal = f"durable-rules does not take these rules: {error}"

    def fault(self, record: Mapping[str, Any], bounds: tuple[int, ...], breaches: Sequence[Truth]) -> str:
        """What is wrong with the engine or between the two; the empty text where they agree on every breach.

        The conditions are first those that bind, then the breach of each rule; `bounds` says which binds which.
        """
        if self._refusal:
            return self._refusal
        first = self._conditions - len(breaches)
        try:
            # Whom a ruleset binds matters only where a breach is not ruled out already.
            for spare in (first, 0):
                truths = self._match(record, spare)
                if all(
                    breach is expected is False or both((truths[bound], breach)) is expected
                    for breach, expected, bound in zip(truths[first:], breaches, bounds, strict=True)
                ):
                    return ""
        except durable.EngineFault as error:
            return f"durable-rules failed: {error}"
        return "durable-rules and the compiled rules disagree"


@cache
def _cross_check(conditions: tuple[Condition, ...]) -> CrossCheck:
    """One for each set of conditions: the engine never gives back the memory of a set it was given."""
    return CrossCheck(conditions)


@dataclass(slots=True, eq=False)
class ApplicableLaw:
    """Everything that can speak about one kind of act on one channel in one span of days."""

    jurisdictions: tuple[str, ...]
    asks: tuple[AppliedRule, ...]
    conditions: tuple[Condition, ...]
    whens: tuple[int, ...]
    """The numbers of the conditions of breach; still all where `asks` are a part: one function decides for both."""
    bounds: tuple[int, ...]
    """For each ask the number of the condition that binds it, in what the second decider is asked."""
    settled: Reads
    opened: Reads
    decide: OnDemand
    obligations: tuple[AppliedReport, ...]
    reports: tuple[AppliedReport, ...]
    rulesets: tuple[Ruleset, ...]
    gaps: tuple[str, ...]
    """Where nothing that could forbid the act is encoded: no allow is possible."""
    not_encoded: tuple[str, ...]
    """The gaps, and the layers that are encoded but say nothing of such an act."""
    omissions: tuple[tuple[Omission, Ruleset], ...]
    """What the rulesets themselves leave out of the law about such an act."""
    cross_check: CrossCheck | None
    strengths: Mapping[int, frozenset[Strength]]
    """The strengths of the rules under each `bound` condition."""
    binding: tuple[int, ...]
    """The `bound` conditions of the rulesets that do not bind everybody."""
    at_a_glance: tuple[tuple[int, int], ...] = field(init=False)
    """For each ask the number of its condition of breach, and the day by which its rule is to be verified again."""

    def __post_init__(self) -> None:
        self.at_a_glance = tuple([(ask.when, ask.rule.verify_by) for ask in self.asks])


class Rulebook:
    """The rulesets of some folders, read when first needed."""

    def __init__(self, folders: Sequence[Path], language: Language) -> None:
        self.language = language
        self.channels = language.channels
        self._folders = tuple(folders)
        self._files = _ruleset_files(self._folders)
        self._rulesets: dict[str, tuple[Ruleset, ...]] = {}
        self._stacks: dict[tuple[str, str, str | None, int], ApplicableLaw] = {}
        self._changes: dict[str, tuple[int, ...]] = {}
        self._evaluators: dict[tuple[object, ...], Evaluator] = {}
        self._conditions: dict[tuple[object, ...], tuple[Expression, Condition, MeasureTable]] = {}
        self._lock = threading.RLock()

    @classmethod
    def holding(cls, rulesets: Iterable[Ruleset], language: Language) -> Self:
        """A rulebook of these rulesets and no others."""
        book = cls((), language)
        for ruleset in rulesets:
            book._files.setdefault(ruleset.jurisdiction, [])
            book._rulesets[ruleset.jurisdiction] = (*book._rulesets.get(ruleset.jurisdiction, ()), ruleset)
        return book

    def rulesets(self) -> tuple[Ruleset, ...]:
        """Every ruleset. Raises InvalidInput with the problems of all files."""
        problems: list[Problem] = []
        found: list[Ruleset] = []
        for jurisdiction in sorted(self._files):
            try:
                found.extend(self.of(jurisdiction))
            except InvalidInput as error:
                problems.extend(error.problems)
        if problems:
            raise InvalidInput(problems)
        return tuple(found)

    def rules(self) -> Iterator[Rule]:
        """Every rule of every ruleset."""
        for ruleset in self.rulesets():
            yield from ruleset.rules

    def of(self, jurisdiction: str) -> tuple[Ruleset, ...]:
        """The rulesets of one jurisdiction by itself."""
        known = self._rulesets.get(jurisdiction)
        if known is None:
            problems: list[Problem] = []
            found: list[Ruleset] = []
            for folder, path in self._files.get(jurisdiction, ()):
                try:
                    found.append(read_ruleset(path, self.language, folder=folder))
                except InvalidInput as error:
                    problems.extend(error.problems)
            if problems:
                raise InvalidInput(problems)
            known = self._rulesets[jurisdiction] = tuple(found)
        return known

    def english(self, rule: Rule) -> str:
        """The breach of a rule as an English sentence, definitions by their titles in brackets."""
        titles = {
            name: definition.title
            for ruleset in self.of(rule.jurisdiction)
            if ruleset.id == rule.ruleset
            for name, definition in ruleset.definitions.items()
        }
        return english.phrase(rule.breach, titles)

    def stack(self, jurisdiction: str, kind: str, channel: str | None, day: int) -> ApplicableLaw:
        """What can speak about such an act on that day (proleptic ordinal). Compiled once, then kept."""
        changes = self._changes.get(jurisdiction)
        if changes is None:
            with self._lock:
                changes = self._changes[jurisdiction] = self._change_days(jurisdiction)
        span = bisect_right(changes, day)
        key = (jurisdiction, kind, channel, span)
        stack = self._stacks.get(key)
        if stack is None:
            with self._lock:
                first = max(changes[span - 1], 1) if span else day
                stack = self._stacks[key] = self._compile(jurisdiction, kind, channel, first)
        return stack

    def blocks(self, jurisdiction: str, what: str, day: int) -> tuple[tuple[AnswerBlock, Ruleset], ...]:
        """The blocks that answer a question on that day, the narrowest jurisdiction first."""
        return tuple(
            (block, ruleset)
            for ruleset in self._in_force(jurisdiction)
            for block in ruleset.answers
            if what in block.asks and block.since <= day <= block.until
        )

    def evaluator(self, ruleset: Ruleset, day: int) -> Evaluator:
        """The evaluator of one ruleset's expressions, with the values its definitions have on that day."""
        values = values_on(ruleset.values, day)
        key = (ruleset.id, *values.values())
        with self._lock:
            found = self._evaluators.get(key)
            if found is None:
                definitions = with_values(ruleset.definitions, values)
                found = self._evaluators[key] = Evaluator(self.language.checker(definitions, ruleset.calendars))
            return found

    def _in_force(self, jurisdiction: str) -> list[Ruleset]:
        return [ruleset for code in layers(jurisdiction) for ruleset in self.of(code) if ruleset.status == "in_force"]

    def _change_days(self, jurisdiction: str) -> tuple[int, ...]:
        """Every day on which a rule begins, ends, or one of its values changes."""
        days: set[int] = set()
        for ruleset in self._in_force(jurisdiction):
            days.add(ruleset.since)
            for dated in ruleset.values.values():
                days.update(dated.days)
            for rule in ruleset.rules:
                days |= {rule.since, rule.until + 1}
                for dated in rule.values.values():
                    days.update(dated.days)
            for notice in (*ruleset.obligations, *ruleset.reports):
                for dated in notice.values.values():
                    days.update(dated.days)
        return tuple(sorted(days))

    def _compile(self, jurisdiction: str, kind: str, channel: str | None, day: int) -> ApplicableLaw:
        leaves = MeasureTable()
        conditions: list[Condition] = []
        breaches: list[Condition] = []
        asks: list[AppliedRule] = []
        obligations: list[AppliedReport] = []
        reports: list[AppliedReport] = []
        omissions: list[tuple[Omission, Ruleset]] = []
        used: list[Ruleset] = []
        speaking: set[str] = set()
        places, in_force_here = layers(jurisdiction), self._in_force(jurisdiction)
        for ruleset in in_force_here:
            compiler = _Compiler(
                leaves,
                self.evaluator(ruleset, day),
                ruleset,
                conditions,
                values_on(ruleset.values, day),
                self._conditions,
            )
            bound = compiler.bound()
            governing = [rule for rule in ruleset.rules if rule.governs(kind, channel)]
            in_force = [rule for rule in governing if rule.since <= day <= rule.until]
            if in_force:
                used.append(ruleset)
                speaking.add(ruleset.jurisdiction)
            for rule in in_force:
                ask, breach = compiler.ask(rule, bound, channel, day)
                asks.append(ask)
                breaches.append(breach)
            if ruleset.since > day:
                continue
            obligations += compiler.tells(ruleset.obligations, kind, channel, day)
            reports += compiler.tells(ruleset.reports, kind, channel, day)
            omissions += [(omission, ruleset) for omission in ruleset.omissions if omission.governs(kind, channel)]
        encoded = {ruleset.jurisdiction for ruleset in in_force_here if ruleset.since <= day}
        act = kind.replace("_", " ")
        known = [code for code in places if code in encoded]
        silent = [f"{code}: no rule about {act}" for code in known if code not in speaking]
        beside = f", that of {' and '.join(known)} is" if known else ""
        gaps = [f"{code}: no law of this place is encoded{beside}" for code in places if code not in encoded]
        if not asks and not gaps:
            gaps, silent = silent, []
        position = {bound: number for number, bound in enumerate(dict.fromkeys(ask.bound.whole for ask in asks))}
        costs = {measure: source.cost for measure, source in leaves.sources.items()}
        return ApplicableLaw(
            jurisdictions=places,
            asks=tuple(asks),
            conditions=tuple(conditions),
            whens=tuple([ask.when for ask in asks]),
            bounds=tuple([position[ask.bound.whole] for ask in asks]),
            settled=Reads(leaves.sources.values(), "if_complete"),
            opened=Reads(leaves.sources.values(), "as_stated"),
            decide=OnDemand(conditions, costs.__getitem__),
            obligations=tuple(obligations),
            reports=tuple(reports),
            rulesets=tuple(used),
            gaps=tuple(gaps),
            not_encoded=(*gaps, *silent),
            omissions=tuple(omissions),
            cross_check=_cross_check((*[conditions[bound] for bound in position], *breaches))
            if durable.available()
            else None,
            strengths={
                bound: frozenset(ask.rule.strength for ask in asks if ask.bound.whole == bound) for bound in position
            },
            binding=tuple({ask.bound.whole for ask in asks if ask.ruleset.binds is not None}),
        )


@dataclass(slots=True)
class _Compiler:
    """Turns the rules of one ruleset into conditions of a stack."""

    leaves: MeasureTable
    evaluator: Evaluator
    ruleset: Ruleset
    conditions: list[Condition]
    values: Mapping[str, Literal]
    """The values of the ruleset on the day of the stack."""
    known: dict[tuple[object, ...], tuple[Expression, Condition, MeasureTable]]
    """What the stacks share: the condition and the measures of an expression, by its identity, which it keeps alive."""

    def bound(self) -> Bound:
        """Whom the ruleset binds: the condition with its exceptions, and each part by itself."""
        binds = self.ruleset.binds
        when = ALWAYS if binds is None else self.condition(binds.condition, self.values)
        unless = [self.condition(clause.condition, self.values) for clause in self.ruleset.binds_unless]
        whole = AllOf((when, Not(AnyOf(tuple(unless))))) if unless else when
        return Bound(self.add(whole), self.add(when), tuple([self.add(condition) for condition in unless]))

    def add(self, condition: Condition) -> int:
        self.conditions.append(condition)
        return len(self.conditions) - 1

    def condition(self, expression: Expression, values: Mapping[str, Literal]) -> Condition:
        key = (id(expression), id(self.evaluator), *values.items())
        found = self.known.get(key)
        if found is None:
            leaves = MeasureTable()
            condition = leaves.condition(substitute(expression, values), self.evaluator, self.ruleset.id)
            found = self.known[key] = (expression, condition, leaves)
        self.leaves.add(found[2])
        return found[1]

    def ask(self, rule: Rule, bound: Bound, channel: str | None, day: int) -> tuple[AppliedRule, Condition]:
        values = {**self.values, **values_on(rule.values, day)}
        when = self.condition(rule.breach, values)
        if channel is None and rule.governs_channels:
            words = ", ".join(rule.governs_channels)
            when = AllOf((self.condition(parse(f"action.channel in [{words}]"), {}), when))
        exceptions = [self.condition(clause.condition, values) for clause in rule.exceptions]
        factors = [self.condition(clause.condition, values) for clause in rule.factors]
        figures = {
            name: Reading(self.evaluator, substitute(parse(text), values), "if_complete")
            for name, text in rule.kind.figures(rule.parts).items()
        }
        ask = AppliedRule(
            rule=rule,
            ruleset=self.ruleset,
            when=self.add(when),
            bound=bound,
            exceptions=tuple(self.add(exception) for exception in exceptions),
            factors=tuple(self.add(factor) for factor in factors),
            values=values,
            conditions=(self.conditions[bound.whole], when, *exceptions),
            weighed=tuple(factors),
            measured=self.leaves.sources,
            figures=figures,
        )
        return ask, AllOf((when, Not(AnyOf(tuple(exceptions))))) if exceptions else when

    def tells(self, notices: Sequence[Notice], kind: str, channel: str | None, day: int) -> list[AppliedReport]:
        found = []
        for notice in notices:
            if not notice.governs(kind, channel):
                continue
            values = {**self.values, **values_on(notice.values, day)}
            expression = substitute(notice.expression, values)
            condition = None if notice.condition is None else substitute(notice.condition, values)
            settled, opened = (self._told(expression, condition, mode) for mode in _MODES)
            found.append(
                AppliedReport(notice, self.ruleset, self.evaluator.checker.type_of(expression).name, settled, opened)
            )
        return found

    def _told(self, expression: Expression, condition: Expression | None, mode: Mode) -> Callable[[Any], Any]:
        """A reader of an expression, which knows nothing but where a condition is true."""
        read = Reading(self.evaluator, expression, mode)
        if condition is None:
            return read
        holds = Reading(self.evaluator, condition, mode)
        return lambda context: read(context) if holds(context) is True else None


def values_on(values: Mapping[str, Dated], day: int) -> dict[str, Literal]:
    """Each dated value in force on a day; before its first day, the first."""
    return {name: dated.on(max(day, dated.days[0])) for name, dated in values.items()}


def layers(jurisdiction: str) -> tuple[str, ...]:
    """A jurisdiction and its parents, the narrowest first: `US-NY-NYC`, `US-NY`, `US`."""
    parts = jurisdiction.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def _ruleset_files(folders: Iterable[Path]) -> dict[str, list[tuple[Path, Path]]]:
    """Every ruleset file by the jurisdiction that its place says."""
    found: dict[str, list[tuple[Path, Path]]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            found.setdefault(jurisdiction_of(path.relative_to(folder)), []).append((folder, path))
    return found
