"""The law that applies to one kind of act, on one channel, in one span of days: what is asked, and how it is read."""

from __future__ import annotations

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from collectrules.deciding.comparisons import compares_of, measures_of
from collectrules.deciding.confirm import Late
from collectrules.deciding.decide import by_cost
from collectrules.deciding.reasons import Reasons
from collectrules.deciding.shared import Shared
from collectrules.deciding.told_apart import ToldApart
from collectrules.expressions.phrases import Phrases
from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import Call, Name, unparse
from collectrules.law.dependence import Dependence
from collectrules.law.evidence import Grounds
from collectrules.law.timing import Timed, Timing, timed, timing_of
from collectrules.measures.recorded import LooksOf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.vocabulary import Catalogue
    from collectrules.deciding.conditions import Condition, Measure
    from collectrules.deciding.confirm import Confirmation
    from collectrules.deciding.decide import Cost, Decider
    from collectrules.expressions.syntax import Expression, Literal
    from collectrules.law.evidence import Evidence
    from collectrules.law.gaps import Bound, Expected
    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Notice, Omission, Rule, Ruleset
    from collectrules.measures.context import Context
    from collectrules.measures.evaluation import Evaluator
    from collectrules.measures.fields import Mode
    from collectrules.measures.history import Entry
    from collectrules.measures.record import Reads, Source


COUNTED: Final = "counted"
"""What a verdict calls that which a rule's kind counts."""


class Asked(NamedTuple):
    """How a verdict calls something that a rule asks."""

    name: str
    title: str
    citation: str
    """Of a definition, the law that says it."""
    kind: str
    """The type of its value."""


class RuleInForce(Struct, frozen=True, eq=False, dict=True):
    """One rule with the values that it has in a span of days: one object for all laws in which it stands."""

    rule: Rule
    kind: RuleKind
    ruleset: Ruleset
    bound: Condition
    """Whom its ruleset binds."""
    when: Condition
    exceptions: tuple[Condition, ...]
    reviews: tuple[Condition, ...]
    factors: tuple[Condition, ...]
    values: Mapping[str, Literal]
    table: Mapping[Measure, Source]
    """Where the values of the measures of these conditions come from."""
    evaluator: Evaluator
    counted: Expression | None
    """The query whose entries a finding of the rule's kind rests on."""

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Bound, breached, and each exception."""
        return (self.bound, self.when, *self.exceptions)

    def evidence(self, context: Context, mode: Mode) -> Evidence:
        """What a finding of the rule's kind rests on."""
        entries = [] if self.counted is None else self.entries(self.counted, mode, context)
        return self.kind.evidence(Grounds(self.values, self.rule.parts, entries, context, self.ruleset.calendars))

    def entries(self, query: Expression, mode: Mode, context: Context) -> list[Entry]:
        """The entries of which a query is certainly true, oldest first; none for any other expression."""
        return self.evaluator.entries(query, mode)(context)

    def meaning(self, name: str) -> Expression | None:
        """What a definition of the whole case means, with the values in force; None for any other name."""
        definition = self.ruleset.definitions.get(name)
        if definition is None or definition.subjects:
            return None
        if name not in self._meanings:
            self._meanings[name] = substitute(definition.expression, self.values)
        return self._meanings[name]

    def asked(self, measure: Measure) -> Asked:
        """How a verdict calls a measure of the rule."""
        known = self._asked.get(measure)
        if known is None:
            known = self._asked[measure] = self._called(self.table[measure])
        return known

    def _called(self, source: Source) -> Asked:
        expression, definitions = source.expression, self.ruleset.definitions
        match expression:
            case Name((name,)) | Call(name, (Name(("action",)),)) if name in definitions:
                definition = definitions[name]
                return Asked(name, definition.title, definition.citation, source.kind.name)
        text = unparse(expression)
        if self.counted is not None and text == unparse(self.counted):
            return Asked(COUNTED, "contacts counted", "", source.kind.name)
        is_clock = isinstance(expression, Name) and expression.parts[-1] == "minute"
        title = Phrases(definitions, facts=self.ruleset.facts).sentence(expression)
        return Asked(text, title, "", "time" if is_clock else source.kind.name)

    @cached_property
    def _asked(self) -> dict[Measure, Asked]:
        return {}

    @cached_property
    def _meanings(self) -> dict[str, Expression]:
        return {}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the values come from that the rule reads."""
        return tuple([self.table[measure] for measure in measures_of(self._all)])

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that it asks for, by their dotted names."""
        return frozenset([fact for source in self.sources for fact in source.facts()])

    @cached_property
    def timing(self) -> Timing:
        """When the rule may change its mind, other than by the facts."""
        return timing_of(self.sources, compares_of(self._all))

    @property
    def _all(self) -> tuple[Condition, ...]:
        return (*self.conditions, *self.reviews, *self.factors)


class AppliedRule(Struct, frozen=True, eq=False, dict=True):
    """One rule of the law that applies, and where its conditions stand in the order of conditions."""

    number: int
    """Its place among the rules of the law."""
    in_force: RuleInForce
    rule: Rule
    ruleset: Ruleset
    when: int
    bound: Bound
    exceptions: tuple[int, ...]
    reviews: tuple[int, ...]
    factors: tuple[int, ...]

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of every condition that it is judged by."""
        bound = self.bound
        return frozenset(
            {bound.whole, bound.when, *bound.unless, self.when, *self.exceptions, *self.reviews, *self.factors}
        )


class AppliedReport(Struct, frozen=True):
    """An obligation or report of the law that applies, its type, and its readers."""

    notice: Notice
    ruleset: Ruleset
    kind: str
    read: Callable[[Any], Any]
    """Of a context: if the record is complete."""
    read_as_stated: Callable[[Any], Any]


class AppliedOmission(NamedTuple):
    """What a ruleset leaves out, whom it binds, and the number of the condition on which that stops an act."""

    omission: Omission
    ruleset: Ruleset
    bound: Bound
    condition: int | None


class OfConditions:
    """What is made of conditions, once for all laws in which they stand."""

    def __init__(self, cost: Cost) -> None:
        self.closures: Final = by_cost(cost)
        self.matchers: Final = Shared(Late)
        self.reasons: Final = Shared(Reasons)
        self.reads: Final = Shared(_names_read)
        """The names of the measures that a condition reads."""


def _names_read(condition: Condition) -> frozenset[str]:
    return frozenset([measure.name for measure in measures_of([condition])])


class ApplicableLaw(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """Everything that can speak about one kind of act on one channel in one span of days."""

    jurisdictions: tuple[str, ...]
    day: int
    """A day on which it is the law, as a proleptic ordinal; on all days up to the next change it is the same."""
    rules: tuple[AppliedRule, ...]
    conditions: tuple[Condition, ...]
    if_complete: Reads
    as_stated: Reads
    decide: Decider
    obligations: tuple[AppliedReport, ...]
    reports: tuple[AppliedReport, ...]
    rulesets: tuple[Ruleset, ...]
    expected: Expected
    """What must have been read before such an act can be allowed, and where it was not."""
    catalogue: Catalogue
    """What a case may state here: the words of every case, and the facts that laws of these places declare."""
    omissions: tuple[AppliedOmission, ...]
    """What the rulesets themselves leave out of the law about such an act."""
    confirmation: Confirmation
    """The second decider."""
    table: Mapping[Measure, Source]
    """Where the values of all measures come from."""
    changes: tuple[int, ...]
    """Every day, as a proleptic ordinal, on which the law of these places changes, or has changed."""
    shared: OfConditions

    def reasons(self, number: int) -> Reasons:
        """The condition of that number, to be asked why it is what it is."""
        return self.shared.reasons.of(self.conditions[number])

    @cached_property
    def looks(self) -> LooksOf:
        """What each measure looks at, by its name."""
        return LooksOf(self.table.values())

    @cached_property
    def dependence(self) -> Dependence:
        """Which truths hang on which fact, and on the moment."""
        return Dependence(self.conditions, self.table, self.read_by)

    @cached_property
    def timing(self) -> Timing:
        """When some rule may change its mind, other than by the facts."""
        return reduce(or_, [applied.in_force.timing for applied in self.rules], Timing())

    @cached_property
    def timed(self) -> Mapping[str, Timed]:
        """The measures that hang on the moment, of rules and of what else is asked, by name."""
        return {each.name: each for each in timed(self.table.values(), compares_of(self.conditions))}

    @cached_property
    def timing_of_all(self) -> Timing:
        """When any of them may change."""
        return reduce(or_, [each.timing for each in self.timed.values()], Timing())

    @cached_property
    def read_by(self) -> tuple[frozenset[str], ...]:
        """The names of the measures that each condition reads, by its number."""
        return tuple([self.shared.reads.of(each) for each in self.conditions])

    @cached_property
    def told_apart(self) -> ToldApart:
        """The values of each measure that some condition tells apart."""
        return ToldApart(compares_of(self.conditions))

    @cached_property
    def asked_by(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the conditions that read each measure, by its name."""
        found: dict[str, set[int]] = {}
        for number, names in enumerate(self.read_by):
            for name in names:
                found.setdefault(name, set()).add(number)
        return {name: frozenset(numbers) for name, numbers in found.items()}

    @cached_property
    def identity(self) -> Mapping[str, list[str]]:
        """The hashes of the files that it rests on: of rulesets, of those whose covers may hold, of libraries."""
        return {
            "law": [used.hash for used in self.rulesets],
            "covers": sorted({cover.ruleset.hash for topic in self.expected.topics for cover in topic.covers}),
            "libraries": sorted({library.hash for used in self.rulesets for library in used.uses}),
        }

    def rules_asking(self, conditions: frozenset[int]) -> frozenset[int]:
        """The numbers of the rules that are judged by one of these conditions."""
        return frozenset().union(*[self._judged_by[number] for number in conditions if number in self._judged_by])

    @cached_property
    def _judged_by(self) -> Mapping[int, frozenset[int]]:
        """The numbers of the rules that are judged by each condition, by its number."""
        found: dict[int, set[int]] = {}
        for applied in self.rules:
            for number in applied.numbers:
                found.setdefault(number, set()).add(applied.number)
        return {number: frozenset(rules) for number, rules in found.items()}

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact that it asks for, by its dotted name."""
        return frozenset([fact for source in self.table.values() for fact in source.facts()])

    @cached_property
    def shelf_lives(self) -> tuple[int, ...]:
        """The days by which something of it is due to be read again, ascending."""
        covers = [cover.cover.verify_by for topic in self.expected.topics for cover in topic.covers]
        return tuple(sorted({*covers, *[applied.rule.verify_by for applied in self.rules]}))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each rule, by its full id."""
        return {applied.rule.full_id: applied.number for applied in self.rules}
