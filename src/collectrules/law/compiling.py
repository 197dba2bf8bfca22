"""Rulesets compiled into the law that applies to one kind of act: expressions become conditions over measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from collectrules.deciding.conditions import ALWAYS, AllOf, AnyOf, Not
from collectrules.deciding.confirm import Confirmation
from collectrules.deciding.decide import Decider
from collectrules.expressions.syntax import Expression, Literal, parse
from collectrules.law.applicable import (
    ApplicableLaw,
    AppliedOmission,
    AppliedReport,
    AppliedRule,
    OfConditions,
    RuleInForce,
)
from collectrules.law.gaps import Act, Asking, Bound, Places, expected
from collectrules.law.values import values_on, with_values
from collectrules.measures.evaluation import Evaluator
from collectrules.measures.record import MeasureTable, Reading, Reads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collectrules.case.vocabulary import Catalogue
    from collectrules.deciding.conditions import Condition, Measure
    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Language, Notice, Rule, Ruleset
    from collectrules.law.topics import Topics
    from collectrules.measures.fields import Mode
    from collectrules.measures.record import Source

_MODES: Final[tuple[Mode, Mode]] = ("if_complete", "as_stated")


class Compiler:
    """Compiles rulesets. What several laws have in common is shared: the rules of a country serve all its states."""

    def __init__(self, language: Language, topics: Topics) -> None:
        self._language = language
        self._topics = topics
        self._topics_evaluator = topics.evaluator(language)
        self._evaluators: dict[tuple[object, ...], Evaluator] = {}
        self._conditions = _Conditions()

    def evaluator(self, ruleset: Ruleset, day: int) -> Evaluator:
        """The evaluator of one ruleset's expressions, with the values its definitions have on that day."""
        values = values_on(ruleset.values, day)
        key = (ruleset.id, *values.values())
        evaluator = self._evaluators.get(key)
        if evaluator is None:
            definitions = with_values(ruleset.definitions, values)
            checker = self._language.checker(definitions, ruleset.calendars, ruleset.facts)
            evaluator = self._evaluators.setdefault(key, Evaluator(checker))  # one, though two threads ask at once
        return evaluator

    def law(
        self, places: Places, rulesets: Sequence[Ruleset], act: Act, changes: tuple[int, ...], words: Catalogue
    ) -> ApplicableLaw:
        """The law of these places from their rulesets in force, as it stands on the act's day.

        `changes` are the days on which it changes, `words` what a case may state there.
        """
        kind, channel, day = act
        made = self._conditions.made
        table = MeasureTable()
        conditions: list[Condition] = []
        rules: list[AppliedRule] = []
        obligations: list[AppliedReport] = []
        reports: list[AppliedReport] = []
        omissions: list[AppliedOmission] = []
        used: list[Ruleset] = []
        readers: dict[str, _OneRuleset] = {}
        bounds: dict[str, Bound] = {}
        for ruleset in rulesets:
            one = readers[ruleset.id] = _OneRuleset(
                table,
                self.evaluator(ruleset, day),
                ruleset,
                conditions,
                self._language.kinds,
                values_on(ruleset.values, day),
                self._conditions,
            )
            bound = bounds[ruleset.id] = one.bound()
            governing = [rule for rule in ruleset.rules if rule.governs(kind, channel)]
            in_force = [rule for rule in governing if rule.since <= day <= rule.until]
            if in_force:
                used.append(ruleset)
            for rule in in_force:
                rules.append(one.rule(len(rules), rule, bound, channel, day))
            if ruleset.since > day:
                continue
            obligations += one.reports(ruleset.obligations, kind, channel, day)
            reports += one.reports(ruleset.reports, kind, channel, day)
            for omission in ruleset.omissions:
                if omission.governs(kind, channel):
                    stops = omission.condition
                    number = None if stops is None else one.numbered(stops)
                    omissions.append(AppliedOmission(omission, ruleset, bound, number))

        def condition(expression: Expression, ruleset: Ruleset | None) -> int:
            if ruleset is not None:
                return readers[ruleset.id].numbered(expression)
            conditions.append(self._of_topics(expression, table))
            return len(conditions) - 1

        asking = Asking(self._topics, places, rulesets, act, bounds, condition)
        must_be_read = expected(asking, used)
        sources = {measure.name: source for measure, source in table.sources.items()}
        return ApplicableLaw(
            jurisdictions=places.codes,
            day=day,
            rules=tuple(rules),
            conditions=tuple(conditions),
            if_complete=Reads(sources, "if_complete"),
            as_stated=Reads(sources, "as_stated"),
            decide=Decider(conditions, made.closures),
            obligations=tuple(obligations),
            reports=tuple(reports),
            rulesets=tuple(used),
            expected=must_be_read,
            catalogue=words,
            omissions=tuple(omissions),
            table=table.sources,
            changes=changes,
            confirmation=Confirmation([applied.in_force.conditions for applied in rules], made.matchers),
            shared=made,
        )

    def _of_topics(self, expression: Expression, table: MeasureTable) -> Condition:
        """The condition of an expression that stands in a file of topics, its measures added to the table."""
        condition, measures = self._conditions.of(expression, {}, self._topics_evaluator, "topics")
        table.add(measures)
        return condition


class _Conditions:
    """The conditions of laws, each once for all laws in which it stands, and what is made of it."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Expression, Condition, Mapping[Measure, Source]]] = {}
        """By the identity of the expression, which is kept alive, and all else that a condition follows from."""
        self._joined: dict[tuple[int, ...], Condition] = {}
        """Conditions made of these, by the identities of their parts."""
        self._alike: dict[Condition, Condition] = {}
        self.rules: dict[tuple[object, ...], RuleInForce] = {}
        """By the identities of the rule, of its bound and evaluator, which they keep alive, and by its own values."""
        self._costs: dict[Measure, int] = {}
        self.made = OfConditions(self._costs.__getitem__)

    def of(
        self, expression: Expression, values: Mapping[str, Literal], evaluator: Evaluator, whose: str
    ) -> tuple[Condition, Mapping[Measure, Source]]:
        """The condition of an expression with its dated values put in, and the measures that it reads."""
        key = (id(expression), id(evaluator), *values.items())
        found = self._known.get(key)
        if found is None:
            table = MeasureTable()
            made = table.condition(evaluator.checker.with_values(expression, values), evaluator, whose)
            self._costs.update({measure: source.cost for measure, source in table.sources.items()})
            found = self._known[key] = (expression, self._alike.setdefault(made, made), table.sources)
        return found[1:]

    def all_of(self, first: Condition, second: Condition) -> Condition:
        """Both of two conditions."""
        key = (id(first), id(second))
        return self._joined.get(key) or self._joined.setdefault(key, AllOf((first, second)))

    def unless(self, when: Condition, exceptions: Sequence[Condition]) -> Condition:
        """A condition with its exceptions."""
        if not exceptions:
            return when
        key = (id(when), 0, *map(id, exceptions))
        return self._joined.get(key) or self._joined.setdefault(key, AllOf((when, Not(AnyOf(tuple(exceptions))))))


class _OneRuleset(Struct):
    """Turns the rules of one ruleset into conditions of a law."""

    table: MeasureTable
    evaluator: Evaluator
    ruleset: Ruleset
    conditions: list[Condition]
    kinds: Mapping[str, RuleKind]
    values: Mapping[str, Literal]
    """The values of the ruleset on the day of the law."""
    known: _Conditions
    binding: MeasureTable = field(default_factory=MeasureTable)
    """The measures of whom the ruleset binds."""

    def bound(self) -> Bound:
        """Whom the ruleset binds: the condition with its exceptions, and each part by itself."""
        binds, table = self.ruleset.binds, self.binding
        when = ALWAYS if binds is None else self.condition(binds.condition, self.values, table)
        unless = [self.condition(clause.condition, self.values, table) for clause in self.ruleset.binds_unless]
        self.table.add(table.sources)
        whole = self.known.unless(when, unless)
        return Bound(self.add(whole), self.add(when), tuple([self.add(condition) for condition in unless]))

    def add(self, condition: Condition) -> int:
        self.conditions.append(condition)
        return len(self.conditions) - 1

    def numbered(self, expression: Expression) -> int:
        """The number of a condition that is no rule's."""
        return self.add(self.condition(expression, self.values, self.table))

    def condition(self, expression: Expression, values: Mapping[str, Literal], table: MeasureTable) -> Condition:
        condition, measures = self.known.of(expression, values, self.evaluator, self.ruleset.id)
        table.add(measures)
        return condition

    def with_values(self, expression: Expression, values: Mapping[str, Literal]) -> Expression:
        return self.evaluator.checker.with_values(expression, values)

    def rule(self, number: int, rule: Rule, bound: Bound, channel: str | None, day: int) -> AppliedRule:
        own, whole = values_on(rule.values, day), self.conditions[bound.whole]
        key = (id(rule), id(whole), id(self.evaluator), channel is None, *own.values())
        found = self.known.rules.get(key)
        if found is None:
            found = self.known.rules[key] = self._in_force(rule, whole, {**self.values, **own}, channel)
        self.table.add(found.table)
        return AppliedRule(
            number=number,
            in_force=found,
            rule=rule,
            ruleset=self.ruleset,
            when=self.add(found.when),
            bound=bound,
            exceptions=tuple([self.add(exception) for exception in found.exceptions]),
            reviews=tuple([self.add(review) for review in found.reviews]),
            factors=tuple([self.add(factor) for factor in found.factors]),
        )

    def _in_force(
        self, rule: Rule, bound: Condition, values: Mapping[str, Literal], channel: str | None
    ) -> RuleInForce:
        table = MeasureTable()
        table.add(self.binding.sources)
        when = self.condition(rule.breach, values, table)
        if channel is None and rule.governs_channels:
            words = ", ".join(rule.governs_channels)
            when = self.known.all_of(self.condition(parse(f"action.channel in [{words}]"), {}, table), when)
        kind = self.kinds[rule.kind]
        counted = kind.entries(rule.parts)
        return RuleInForce(
            rule=rule,
            kind=kind,
            ruleset=self.ruleset,
            bound=bound,
            when=when,
            exceptions=tuple([self.condition(clause.condition, values, table) for clause in rule.exceptions]),
            reviews=tuple([self.condition(clause.condition, values, table) for clause in rule.reviews]),
            factors=tuple([self.condition(clause.condition, values, table) for clause in rule.factors]),
            values=values,
            table=table.sources,
            evaluator=self.evaluator,
            counted=self.with_values(parse(counted), values) if counted else None,
        )

    def reports(self, notices: Sequence[Notice], kind: str, channel: str | None, day: int) -> list[AppliedReport]:
        found = []
        for notice in notices:
            if not notice.governs(kind, channel):
                continue
            values = {**self.values, **values_on(notice.values, day)}
            expression = self.with_values(notice.expression, values)
            condition = None if notice.condition is None else self.with_values(notice.condition, values)
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
