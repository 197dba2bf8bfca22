"""What the examples beside rules and answers reach: rules, their branches, and dated values.

A **rule** is reached where an example breaks it and another keeps it, a permission where an example stands there, an
answer where an example is answered by it. A **branch** is an exception, a review or a factor that is true in an example
which is broken but for it; one of the alternatives of a condition that is true where the rule is broken; and an
exception from whom the file binds. A **dated value** is reached where an example of a rule or answer that rests on it
is asked while it is in force; of an answer, which may reckon through the years, while it is between the first day that
the case names and the day of the question. A **paragraph** of law, where a ruleset lists them, is reached where one of
the rules and answers that cite it is.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.expressions.english import iso_day
from collectrules.expressions.normal import conjuncts
from collectrules.expressions.syntax import Disjunction, unparse
from collectrules.ground.dated import day_of
from collectrules.ground.nodes import Table
from collectrules.law.by_paragraph import told
from collectrules.law.model import NEVER, Rule
from collectrules.testing.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from collectrules.case.objects import Case
    from collectrules.expressions.syntax import Expression
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Dated
    from collectrules.ground.errors import Place
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.model import AnswerBlock, Clause
    from collectrules.testing.examples import AskedExample
    from collectrules.testing.trial import Trial
    from collectrules.verdict.judgement import Judgement

ItemKind = Literal["rule", "branch", "value", "paragraph"]
KINDS: Final[tuple[ItemKind, ...]] = ("rule", "branch", "value", "paragraph")


class Item(Struct, frozen=True):
    """Something that an example should reach."""

    kind: ItemKind
    owner: str
    """The full id of the rule or answer; the id of the ruleset for what all of it share."""
    what: str
    place: Place
    reached: bool


def coverage(trial: Trial) -> tuple[Item, ...]:
    """Everything that the examples of a ruleset should reach."""
    return tuple(_Coverage(trial).items())


def shares(items: Iterable[Item]) -> dict[ItemKind, tuple[int, int]]:
    """Of each kind how many are reached, and how many there are."""
    every = Counter(item.kind for item in items)
    reached = Counter(item.kind for item in items if item.reached)
    return {kind: (reached[kind], every[kind]) for kind in KINDS}


def percent(reached: int, every: int) -> float:
    """The share as it is told: rounded down to a tenth, so that 100 is all; of nothing, all."""
    return reached * 1000 // every / 10 if every else 100.0


class _Coverage:
    def __init__(self, trial: Trial) -> None:
        self.trial, self.file, self.ruleset = trial, trial.file, trial.file.ruleset
        self.reach = Reach(self.ruleset)
        self.judged: dict[str, list[tuple[AppliedRule, Judgement]]] = {}
        """Each example of a rule that is asked at all."""
        for rule in self.ruleset.rules:
            self.judged[rule.full_id] = list(self._judged(rule))

    def _judged(self, rule: Rule) -> Iterator[tuple[AppliedRule, Judgement]]:
        for example in self.trial.examples.get(rule.full_id, ()):
            judgement = self.trial.advisor.judge(example.case)
            number = judgement.law.numbers.get(rule.full_id)
            if number is not None:
                yield judgement.law.rules[number], judgement

    def items(self) -> Iterator[Item]:
        reached: set[str] = set()
        for item in self._of_law():
            if item.kind == "rule" and item.reached:
                reached.add(item.owner)
            yield item
        listed = self.ruleset.by_paragraph
        for paragraph in told(listed, self.ruleset.citations, self.ruleset.paragraphs) if listed is not None else ():
            blocks = [name for name in paragraph.cited_by if name != self.ruleset.id]
            if blocks:
                is_reached = not reached.isdisjoint(blocks)
                yield Item(
                    "paragraph", self.ruleset.id, paragraph.id, self.file.root.place_of("by_paragraph"), is_reached
                )

    def _of_law(self) -> Iterator[Item]:
        yield from self._binds()
        yield from self._values(self.ruleset.id, self.ruleset.values, self.file.root)
        shared: dict[Place, list[Rule]] = {}
        for rule in self.ruleset.rules:
            yield Item("rule", rule.full_id, rule.title, rule.place, self._is_reached(rule))
            yield from self._alternatives(rule)
            for clause in rule.clauses:
                shared.setdefault(clause.place, []).append(rule)
            yield from self._values(rule.full_id, rule.values, self.file.tables[rule.place], rule)
        yield from self._clauses(shared)
        for block in self.ruleset.answers:
            yield Item("rule", block.full_id, block.title, block.place, self._answers(block))
            yield from self._values(block.full_id, block.values, self.file.tables[block.place], block)

    # ---- rules and answers --------------------------------------------------------------------------------------

    def _is_reached(self, rule: Rule) -> bool:
        said = {judgement.outcome(applied.number).decision for applied, judgement in self.judged[rule.full_id]}
        return bool(said) if rule.kind == "permission" else "allow" in said and len(said) > 1

    def _answers(self, block: AnswerBlock) -> bool:
        """Is an example of an answer answered by it, or left open?"""
        for example in self.trial.examples.get(block.full_id, ()):
            answer = self.trial.advisor.answer(example.case)
            if answer.open or any(step.rule == block.full_id for step in answer.steps):
                return True
        return False

    # ---- branches -----------------------------------------------------------------------------------------------

    def _binds(self) -> Iterator[Item]:
        for number, clause in enumerate(self.ruleset.binds_unless):
            judged = [each for asked in self.judged.values() for each in asked]
            reached = any(judgement.if_complete[applied.bound.unless[number]] is True for applied, judgement in judged)
            yield Item("branch", self.ruleset.id, f"not bound where {_told(clause)}", clause.place, reached)

    def _clauses(self, shared: dict[Place, list[Rule]]) -> Iterator[Item]:
        """Exceptions, reviews and factors: one that a group shares is reached where one of its rules reaches it."""
        for place, rules in shared.items():
            owner = rules[0].full_id if len(rules) == 1 else self.ruleset.id
            word, clause = next(each for each in _named(rules[0]) if each[1].place == place)
            reached = any(self._is_true(rule, clause) for rule in rules)
            yield Item("branch", owner, f"{word} {_told(clause)}", place, reached)

    def _is_true(self, rule: Rule, clause: Clause) -> bool:
        """Is a clause true in an example that would be broken without it?"""
        for applied, judgement in self.judged[rule.full_id]:
            reading = judgement.if_complete
            number = _number(applied, clause)
            if reading[number] is True and reading[applied.when] is True and reading[applied.bound.whole] is True:
                return True
        return False

    def _alternatives(self, rule: Rule) -> Iterator[Item]:
        """The alternatives of the condition of a rule, as it is written."""
        if rule.kind != "condition":
            return
        for part in conjuncts(rule.breach):
            for other in part.parts if isinstance(part, Disjunction) else ():
                reached = any(self._holds(other, *each) for each in self.judged[rule.full_id])
                yield Item("branch", rule.full_id, f"or {_short(other)}", self.file.place(rule, "when"), reached)

    def _holds(self, alternative: Expression, applied: AppliedRule, judgement: Judgement) -> bool:
        reading = judgement.if_complete
        if reading[applied.when] is not True:
            return False
        evaluator = applied.in_force.evaluator
        expression = evaluator.checker.with_values(alternative, applied.in_force.values)
        return evaluator.function(expression, "if_complete")(judgement.context) is True

    # ---- dated values -------------------------------------------------------------------------------------------

    def _values(
        self, owner: str, values: Mapping[str, Dated[Constant]], table: Table, block: Rule | AnswerBlock | None = None
    ) -> Iterator[Item]:
        since, until = (self.ruleset.since, NEVER) if block is None else (block.since, block.until)
        written = table.get("values")
        if not isinstance(written, Table):
            return
        for name, dated in values.items():
            node = written.get(name) or written.get(name.rpartition("_")[0])
            if not isinstance(node, Table) or (name not in written and name.endswith("_to")):
                continue  # of a library; or told as the hours of a day already
            asked = self._asked(self.reach.of_value(name) if block is None else (owner,))
            for number, first in enumerate(dated.days):
                last = dated.days[number + 1] - 1 if number + 1 < len(dated.days) else NEVER
                if max(first, since) > min(last, until):
                    continue  # never in force
                reached = any(begin <= min(last, until) and end >= max(first, since) for begin, end in asked)
                told = f"{name.removesuffix('_from') if name not in written else name} since {iso_day(first)}"
                yield Item("value", owner, told, node.place_of(iso_day(first)), reached)

    def _asked(self, blocks: Sequence[str]) -> list[tuple[int, int]]:
        """The days for which examples are asked, each as a first and a last one."""
        spans = []
        for block in blocks:
            for example in self.trial.examples.get(block, ()):
                day = _day(example.case)
                spans.append((day if example.expect is None else min([day, *_days(example)]), day))
        return spans


def _day(case: Case) -> int:
    moment = case.action.at if case.action is not None else case.ask.at if case.ask is not None else None
    return day_of(moment).toordinal() if moment is not None else 0


def _days(example: AskedExample) -> Iterator[int]:
    """The days that a case names."""
    waiting: list[object] = [example.mapping]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, str):
            try:
                yield date.fromisoformat(each[:10]).toordinal()
            except ValueError:
                continue


def _named(rule: Rule) -> Iterator[tuple[str, Clause]]:
    for word, clauses in (("unless", rule.exceptions), ("review if", rule.reviews), ("factor", rule.factors)):
        for clause in clauses:
            yield word, clause


def _number(applied: AppliedRule, clause: Clause) -> int:
    """The number of the condition of a clause."""
    numbers = (*applied.exceptions, *applied.reviews, *applied.factors)
    pairs = zip(applied.rule.clauses, numbers, strict=True)
    return next(number for each, number in pairs if each.place == clause.place)


def _told(clause: Clause) -> str:
    return clause.title or _short(clause.condition)


def _short(expression: Expression, most: int = 80) -> str:
    text = unparse(expression)
    return text if len(text) <= most else f"{text[:most]}..."
