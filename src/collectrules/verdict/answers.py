"""Answers to questions that are about no act: which court, until when, how much interest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.assumptions import history_is_whole, with_assumptions
from collectrules.case.groups import DEBTS, group_of_event
from collectrules.case.objects import Action, Ask
from collectrules.case.records import whole_groups
from collectrules.case.vocabulary import ROOTS
from collectrules.expressions import english
from collectrules.expressions.syntax import Call, Definition, Expression, Name, Node, Query, Stated
from collectrules.ground.dated import day_of
from collectrules.ground.money import written
from collectrules.law.files import layers
from collectrules.law.questions import Block, Reply, Term
from collectrules.law.values import values_on
from collectrules.measures import NOTHING
from collectrules.measures.context import Context
from collectrules.measures.record import MeasureTable
from collectrules.measures.recorded import LooksOf, OpenGroups
from collectrules.verdict.objects import NOT_ADVICE, PluginUsed, RulesetUsed, ruleset_used

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from collectrules.case.assumptions import Assumption
    from collectrules.case.objects import Case
    from collectrules.case.records import Kept
    from collectrules.case.vocabulary import Catalogue
    from collectrules.law.model import AnswerBlock, Confidence, Ruleset
    from collectrules.law.rulebook import Rulebook
    from collectrules.measures.fields import Mode

SCHEMA: Final = "collectrules/answer/v1"
_LEAST_SURE_FIRST: Final[tuple[Confidence, ...]] = ("low", "medium", "high")
_BY_PAYMENTS: Final = frozenset({"limitation", "debt_status"})
"""Questions whose answer for several debts together hangs on which of them was paid."""
_FEW_PARTS: Final = 4
"""So many parts of a country are named as examples."""
_DEBTS: Final = frozenset({"debts", "all_debts"})
_ABSENT: Final = (Query, Call, Name)
"""What `is absent` can be asked of."""


class Step(Struct, frozen=True):
    """One block of law that was used: its arithmetic, and where it is written."""

    sentence: str
    rule: str
    citation: str
    source: str
    confidence: str
    place: str


class Answer(Struct, frozen=True):
    """What the law that is encoded says to one question. An answer with `open` facts is not complete."""

    question: str
    case: str
    at: str
    values: Mapping[str, Any]
    """The figures and words of the answer, by the names of case files; dates ISO 8601, amounts and rates as text."""
    steps: tuple[Step, ...]
    open: tuple[str, ...]
    """The facts or figures that are missing, each with what to get; empty where the answer is complete."""
    assumed: tuple[str, ...]
    not_encoded: tuple[str, ...]
    rulesets: tuple[RulesetUsed, ...]
    plugins: tuple[PluginUsed, ...] = ()
    """The packages of plugins that took part, and those that were switched off."""
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE

    @property
    def complete(self) -> bool:
        """Is the question answered?"""
        return not self.open and bool(self.values)


def asked(case: Case, what: str, *kindred: str, **changes: Any) -> Case:
    """The case with that question; its own stays where it is that or one of its kindred.

    A question put to a case with an action is asked for the day and the debts of the action, one put to an account for
    today and all debts. `changes` are fields of `Ask`; those that are None change nothing.
    """
    own = case.ask
    action = case.action
    if own is None and action is not None:
        own = Ask(what=what, at=day_of(action.at), court_id=action.court_id)
        case = replace(about(case, action.debts), action=None)
    elif own is None:
        own = Ask(what=what)
    elif own.what not in (what, *kindred):
        own = replace(own, what=what)
    told = {name: value for name, value in changes.items() if value is not None}
    return replace(case, ask=replace(own, **told))


def about(case: Case, debts: Collection[str] | None) -> Case:
    """The case with those of its debts alone (None: all), and with what its history says of them.

    A payment on one debt is none on another, and begins no period of another anew.
    """
    if debts is None or all(debt.id in debts for debt in case.debts):
        return case
    history = case.history
    if history is not None:
        history = tuple(entry for entry in history if entry.debts is None or any(name in debts for name in entry.debts))
    return replace(case, debts=tuple(debt for debt in case.debts if debt.id in debts), history=history)


def filing(case: Case, found: Answer) -> Case:
    """The case with the act of filing the claim, on the day and with the court of an answer about it."""
    action = case.action
    day = date.fromisoformat(found.at)
    court_id = found.values.get("court_id")
    if action is None or action.kind != "file_claim":
        action = Action(kind="file_claim", at=day, debts=action.debts if action is not None else None)
    elif day_of(action.at) != day:
        action = replace(action, at=day)
    if action.court_id is None and court_id is not None:
        action = replace(action, court_id=court_id)
    return replace(case, ask=None, action=action)


def answer(
    case: Case,
    rulebook: Rulebook,
    today: date,
    assume: Mapping[str, Assumption] | None = None,
    records: Mapping[str, Kept] | None = None,
) -> Answer:
    """The answer to the question of a case (`ask:`), as `put` gives it."""
    return put(case, rulebook, today, assume, records)[0]


def put(
    case: Case,
    rulebook: Rulebook,
    today: date,
    assume: Mapping[str, Assumption] | None = None,
    records: Mapping[str, Kept] | None = None,
) -> tuple[Answer, Mapping[str, str]]:
    """The answer to the question of a case (`ask:`), for the day it names, else today, and the facts that it lacks.

    These are by name as a verdict has them, `debts[A].due`, each with its question. `today` is also the day against
    which `verify_by` is held; `assume` are standing assumptions, `records` the groups of the record that a company
    keeps (None: neither they nor those that the case calls whole are taken so). Raises InvalidInput where a ruleset
    that is needed cannot be read.
    """
    assume = assume or {}
    case, taken = with_assumptions(case, assume, rulebook.catalogue(*case.places))
    assert case.ask is not None
    assumed = [f"{path} = {english.shown(assume[path][0])}: {assume[path][1]}" for path in taken]
    if case.ask.at is None:
        case = replace(case, ask=replace(case.ask, at=today))
        assumed.append(f"the question is asked for today, {today.isoformat()}")
    asking = _Asking(case, rulebook, today, history_is_whole=history_is_whole(assume), records=records)
    asking.reply.assumed += assumed
    return asking.answered(), asking.reply.lacking


def _about_some(case: Case) -> str:
    """An event about what is owed, as a payment, that is about some of the debts of the case alone; none is empty."""
    for entry in case.history or ():
        event = getattr(entry, "event", "")
        of_debts = event and group_of_event(event) == DEBTS
        if of_debts and entry.debts is not None and any(debt.id not in entry.debts for debt in case.debts):
            return f"{event.replace('_', ' ')} of {entry.at}"
    return ""


class _Asking:
    """One question put to one block after the other."""

    def __init__(
        self,
        case: Case,
        rulebook: Rulebook,
        today: date,
        *,
        history_is_whole: bool,
        records: Mapping[str, Kept] | None,
    ) -> None:
        assert case.ask is not None
        assert case.ask.at is not None
        self.case = case
        self.ask = case.ask
        self.at = case.ask.at
        self.rulebook = rulebook
        self.asked = case.only_law or case.places
        self.places = rulebook.places(self.asked)
        self.own = {place for each in self.asked for place in layers(each)}
        """The places in question and their parents. What is only inherited concludes nothing that it does not say."""
        self.today = today.toordinal()
        self.history_is_whole = history_is_whole
        self.mode: Mode = "if_complete" if case.whole else "as_stated"
        self.reply = Reply(case, self.ask, self.at.toordinal())
        self.steps: list[Step] = []
        self.used: dict[str, Ruleset] = {}
        self._contexts: dict[int | None, Context] = {}
        self._opened: Context | None = None
        taken = not case.whole and records is not None
        self.groups = whole_groups(case, records or {}, self.at.toordinal()) if taken else {}
        """Those of a partial record that are whole, each with the reason."""

    def answered(self) -> Answer:
        """Every block asked, and every kind concluded."""
        reply = self.reply
        kinds = self.rulebook.language.questions
        found = self.rulebook.blocks(self.places, self.ask.what, reply.day)
        blocks = sorted(found, key=lambda each: not kinds[each[0].kind].goes_first)
        undecided: set[str] = set()
        for block, ruleset in blocks:
            if self._is_own(ruleset):
                self.used[ruleset.id] = ruleset
            settled = kinds[block.kind].settles
            answered = any(name in reply.values for name in settled) and "question" not in block.parts
            if answered or block.kind in undecided:
                continue
            said = len(self.steps) + len(reply.open)
            if not self._put(block, ruleset):
                undecided.add(block.kind)
            if len(self.steps) + len(reply.open) > said:
                self.used[ruleset.id] = ruleset
        for kind in dict.fromkeys(block.kind for block, ruleset in blocks if self._is_own(ruleset)):
            before = len(reply.steps)
            kinds[kind].finish(reply)
            self.steps += [Step(sentence, "", "", "", self._confidence(), "") for sentence in reply.steps[before:]]
        question = self.ask.what.replace("_", " ")
        if self.ask.what in _BY_PAYMENTS and (apart := _about_some(self.case)):
            reply.open.append(f"the {apart} is about some of the debts alone: ask about each debt by itself")
        if not blocks:
            where = english.listing(list(self.asked), "and")
            reply.open.append(f"no law is encoded that answers {question} in {where} on that day")
            parts = [part for place in self.asked for part in self.rulebook.parts(place)]
            if parts:
                few = ", ".join(parts[:_FEW_PARTS]) + (", ..." if len(parts) > _FEW_PARTS else "")
                reply.open.append(f"say which part, by `region` of the debtor's address or by `jurisdiction`, as {few}")
        elif not reply.values and not reply.open:
            reply.open.append(f"none of the law that is encoded about {question} applies to this case")
        read = {code for _, ruleset in blocks for code in ruleset.jurisdictions}
        return Answer(
            question=self.ask.what,
            case=self.case.id or "",
            at=self.at.isoformat(),
            values={name: _plain(value) for name, value in reply.values.items()},
            steps=tuple(self.steps),
            open=tuple(dict.fromkeys(reply.open)),
            assumed=tuple(dict.fromkeys(reply.assumed)),
            not_encoded=tuple(
                f"{code}: nothing about {question}" for code in self.places if code in self.own and code not in read
            ),
            rulesets=tuple(ruleset_used(found) for found in self.used.values()),
        )

    def _is_own(self, ruleset: Ruleset) -> bool:
        return not self.own.isdisjoint(ruleset.jurisdictions)

    def _confidence(self) -> Confidence:
        told = {step.confidence for step in self.steps}
        return next((confidence for confidence in _LEAST_SURE_FIRST if confidence in told), "high")

    def _put(self, block: AnswerBlock, ruleset: Ruleset) -> bool:
        """Ask a block. False where it leaves something open that it would have answered."""
        reply = self.reply
        evaluator = self.rulebook.evaluator(ruleset, reply.day)
        values = {**values_on(ruleset.values, reply.day), **values_on(block.values, reply.day)}
        steps, gaps = len(reply.steps), len(reply.open)
        if block.when is not None:
            when = evaluator.checker.with_values(block.when, values)
            applies = self._read(when, ruleset, None)
            self._note_assumed(when, ruleset, decided=applies is not None)
            if applies is False:
                return True
            if applies is None:
                missing = "; ".join(self._missing(when, ruleset))
                asked = f"{missing} this decides whether it applies: {block.title}"
                unsaid = f"does this apply: {block.title}? is it so that `{block.when_text}`?"
                reply.open.append(asked if missing else unsaid)
                return False
        terms = {
            name: self._term(evaluator.checker.with_values(term, values), ruleset) for name, term in block.terms.items()
        }
        kind = self.rulebook.language.questions[block.kind]
        answered = dict(reply.values)
        dated = {**ruleset.values, **block.values}
        kind.add(Block(block.title, block.parts, dated, terms, reply.day, ruleset.calendars), reply)
        found = [
            Step(sentence, block.full_id, block.citation, block.source, block.confidence, ruleset.place_of(block.place))
            for sentence in reply.steps[steps:]
        ]
        self.steps += found
        given = block.parts.get("gives")
        names = (given,) if isinstance(given, str) else kind.settles or tuple(reply.values)
        if any(reply.values.get(name) != answered.get(name) for name in names):
            reply.assumed += [f"{block.title}: {sentence}" for sentence in block.assumes]
        if found and block.confidence == "low":
            reply.assumed.append(f"{block.title}: the law is as it is encoded; confidence is low, look it up")
        decided = len(reply.open) == gaps
        if found and block.verify_by < self.today:
            due = date.fromordinal(block.verify_by).isoformat()
            reply.open.append(f"{block.title}: is it still the law? it was due to be verified again by {due}")
        return decided

    def _context(self, day: int | None) -> Context:
        """The case as it is asked, or with the history up to an earlier day."""
        found = self._contexts.get(day)
        if found is None:
            if day is not None:
                found = self._context(None).moved(date.fromordinal(day))
            else:
                found = Context(self.case, self.rulebook.channels)
                if not self.case.whole:
                    found = found.opened(history_is_whole=self.history_is_whole)
            self._contexts[day] = found
        return found

    def _read(self, expression: Expression, ruleset: Ruleset, day: int | None) -> Any:
        """The value; where it is unknown as stated, that of a whole record if all that it lacks is kept whole."""
        evaluator = self.rulebook.evaluator(ruleset, self.reply.day)
        found = evaluator.function(expression, self.mode)(self._context(day))
        if found is not None or not self.groups:
            return found
        table = MeasureTable()
        name = table.measure(expression, evaluator, ruleset.id).name
        context = self._context(None)
        words = self.rulebook.catalogue(*self.case.places)
        lacks = OpenGroups(context, words, LooksOf(table.sources.values())).of(name)
        if not lacks or not lacks <= self.groups.keys():
            return None
        complete = Context(self.case, self.rulebook.channels)
        found = evaluator.function(expression, "if_complete")(
            complete if day is None else complete.moved(date.fromordinal(day))
        )
        if found is not None:
            self.reply.assumed += [f"records.{group} = whole: {self.groups[group]}" for group in sorted(lacks)]
        return found

    def _term(self, term: Expression, ruleset: Ruleset) -> Term:
        def read(day: int | None) -> Any:
            found = self._read(term, ruleset, day)
            if found is None and isinstance(term, _ABSENT):
                found = NOTHING if self._read(_absence(term), ruleset, day) is True else None
            self._note_assumed(term, ruleset, decided=found is not None)
            return found

        def missing() -> tuple[str, ...]:
            return tuple(self._missing(term, ruleset)) or ("the facts that the law asks for here",)

        return Term(read, missing)

    def _note_assumed(self, expression: Expression, ruleset: Ruleset, *, decided: bool) -> None:
        """List what a complete record takes for granted, where the answer would not be known without it."""
        if not self.case.whole or not decided:
            return
        if self._opened is None:
            self._opened = self._context(None).opened()
        evaluator = self.rulebook.evaluator(ruleset, self.reply.day)
        if evaluator.function(expression, "as_stated")(self._opened) is None:
            self.reply.assumed += [
                "history: nothing else happened"
                if fact == "history"
                else f"{fact} is not stated, and the record is complete"
                for fact, _ in self._unstated(expression, ruleset).values()
            ]

    def _missing(self, expression: Expression, ruleset: Ruleset) -> list[str]:
        """The facts that an expression reads and the case does not state, each with its question."""
        unstated = self._unstated(expression, ruleset)
        self.reply.lacking |= {path: question for path, (_, question) in unstated.items()}
        alike: dict[str, list[str]] = {}
        for fact, question in unstated.values():
            alike.setdefault(question, []).append(fact)
        found = [f"{', '.join(facts)}: {question}" for question, facts in alike.items()]
        reads_history = any(fact.startswith("history:") for fact in found)
        if reads_history and not self.case.whole and not self._context(None).zones:
            found.append("debtor.time_zone: where is the debtor?")
        return found

    def _unstated(self, expression: Expression, ruleset: Ruleset) -> dict[str, tuple[str, str]]:
        """The facts that an expression reads and the case does not state: how each is told, and its question.

        By name as a verdict has them, `debts[A].due`.
        """
        found: dict[str, tuple[str, str]] = {}
        words = self.rulebook.catalogue(*self.case.places)
        of_debts = words.fields("debt")
        for fact in sorted(self.rulebook.evaluator(ruleset, self.reply.day).checker.facts(expression)):
            root, _, name = fact.partition(".")
            if root == "history" and not self.history_is_whole:
                found["history"] = ("history", "is this the whole history, every contact and every event?")
            elif root in ROOTS and root != "action" and name:
                found |= {
                    each: (each, question) for each, question in _unstated(self._context(None), root, name, words)
                }
        debt_fields = sorted(set(_debt_fields(expression, ruleset.definitions, of_debts, within=False)))
        for debt in self.case.debts:
            found |= {
                f"debts[{debt.id}].{name}": (f"debts[{debt.id}].{name}", of_debts[name].question)
                for name in debt_fields
                if getattr(debt, of_debts[name].attribute, None) is None
            }
        return found


@lru_cache(maxsize=4096)
def _absence(term: Query | Call | Name) -> Stated:
    """`term is absent`: the same object for the same term, since what it means is kept by its identity."""
    return Stated(term, given=False, column=term.column)


def _unstated(context: Context, root: str, name: str, words: Catalogue) -> Iterator[tuple[str, str]]:
    """A fact that is named and not stated, with its question."""
    owner: Any = getattr(context, root)
    object_type = ROOTS[root]
    *owners, last = name.split(".")
    for part in owners:
        inner = words.fields(object_type).get(part)
        if inner is None or inner.type != "object":
            return
        owner, object_type = getattr(owner, part, None), inner.items
    field = words.fields(object_type).get(last)
    if field is not None and getattr(owner, field.attribute, None) is None:
        yield f"{root}.{name}", field.question


def _debt_fields(
    node: Any, definitions: Mapping[str, Definition], of_debts: Collection[str], *, within: bool
) -> Iterator[str]:
    """The fields of debts that an expression reads, those of its definitions included."""
    if isinstance(node, tuple):
        for item in node:
            yield from _debt_fields(item, definitions, of_debts, within=within)
        return
    if isinstance(node, Name):
        if within and node.parts[-1] in of_debts:
            yield node.parts[-1]
        if len(node.parts) == 1:
            yield from _fields_of_definition(node.parts[0], definitions, of_debts)
        return
    if isinstance(node, Call):
        yield from _fields_of_definition(node.function, definitions, of_debts)
    if isinstance(node, Node):
        inside = within or (isinstance(node, Query) and node.collection in _DEBTS)
        if isinstance(node, Query) and inside:
            yield from (name for name in node.fields if name in of_debts)
        for name in node.__struct_fields__:
            yield from _debt_fields(getattr(node, name), definitions, of_debts, within=inside)


def _fields_of_definition(name: str, definitions: Mapping[str, Definition], of_debts: Collection[str]) -> Iterator[str]:
    """Those of a definition, which does not use itself: a word of its own name, as in `type == goods`, is no use."""
    if name in definitions:
        others = {other: definition for other, definition in definitions.items() if other != name}
        yield from _debt_fields(definitions[name].expression, others, of_debts, within=False)


def _plain(value: Any) -> Any:
    return written(value) if isinstance(value, Decimal) else value
