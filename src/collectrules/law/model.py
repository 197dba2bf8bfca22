"""What a ruleset is: law of one source for one place, as plain values that can be kept and read again.

Kinds of rules and of questions are named here; what they do is looked up in the `Language`. Days are proleptic
ordinals.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct, field

from collectrules.case.law_facts import LawFact
from collectrules.case.terms import TOLD_ACTS
from collectrules.case.vocabulary import catalogue
from collectrules.expressions.checking import Checker
from collectrules.expressions.syntax import Definition, Expression
from collectrules.expressions.syntax import Literal as Constant
from collectrules.ground.dated import Calendar, Dated
from collectrules.ground.errors import Place
from collectrules.ground.plain import PlainValue
from collectrules.law import questions
from collectrules.law.by_paragraph import Paragraphs
from collectrules.law.strength import Decision, Strength

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.law.kinds import RuleKind
    from collectrules.law.questions import QuestionKind
    from collectrules.measures import MeasureFunction

Confidence = Literal["high", "medium", "low"]
Status = Literal["in_force", "draft", "pending"]
Values = Mapping[str, Dated[Constant]]
"""Dated values by name."""

NEVER: Final = 10**7
"""A day that never comes."""


class Clause(PlainValue, frozen=True):
    """An exception or a factor: a condition with its own citation."""

    condition: Expression
    text: str
    citation: str
    title: str
    place: Place
    remedy: str = ""
    """Of an exception: the act by which a person makes it hold. Empty where nobody can."""


class Review(Clause, frozen=True, kw_only=True):
    """A condition on which a breach is for a person to judge, and the question to ask."""

    question: str


class Example(PlainValue, frozen=True):
    """A case beside a rule, and what the rule says of it.

    `stated` is the case as JSON: only a test reads it, and as mappings the cases would be a third of all law in memory.
    """

    story: str
    expect: Decision
    stated: str
    place: Place

    @property
    def mapping(self) -> Mapping[str, Any]:
        """What it states of its case."""
        return dict(json.loads(self.stated))


def _share(kinds: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Is a kind of act among both? `any` is every kind."""
    return "any" in (*kinds, *others) or not set(kinds).isdisjoint(others)


class Governing(PlainValue, frozen=True):
    """What concerns some kinds of act, by every channel (none named) or by some."""

    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]

    @property
    def kinds_told(self) -> tuple[str, ...]:
        """The kinds of act that it may concern, with those that are a contact where a channel is stated."""
        return (*self.governs_kinds, *TOLD_ACTS) if "contact" in self.governs_kinds else self.governs_kinds

    def governs(self, kind: str, channel: str | None) -> bool:
        """May it concern such an act? A channel that is not known may be any; what is told on one is a contact too."""
        told = channel is not None and kind in TOLD_ACTS and "contact" in self.governs_kinds
        if not told and kind not in self.governs_kinds and "any" not in self.governs_kinds:
            return False
        return not self.governs_channels or channel is None or channel in self.governs_channels

    def may_meet(self, other: Governing) -> bool:
        """Is there an act that both concern?"""
        return _share(self.kinds_told, other.kinds_told) and self._meets_on_a_channel(other)

    def names_an_act_of(self, other: Governing) -> bool:
        """Is there an act that both name by its kind, not only as what is told on a channel?"""
        return _share(self.governs_kinds, other.governs_kinds) and self._meets_on_a_channel(other)

    def _meets_on_a_channel(self, other: Governing) -> bool:
        channels, other_channels = set(self.governs_channels), set(other.governs_channels)
        return not channels or not other_channels or not channels.isdisjoint(other_channels)

    def has_channels_of(self, other: Governing) -> bool:
        """Does it concern every channel that the other one does?"""
        own, others = set(self.governs_channels), set(other.governs_channels)
        return not own or (bool(others) and others <= own)


class Rule(Governing, frozen=True):
    """One rule of law: whom and what it governs, when it is breached, and where that is written."""

    id: str
    ruleset: str
    jurisdiction: str
    governs_english: str
    """What it governs, as it is written: groups of acts by name, channels by what they are."""
    title: str
    citation: str
    source: str
    strength: Strength
    kind: str
    """The name of its kind."""
    parts: Mapping[str, str | tuple[str, ...]]
    breach: Expression
    breach_text: str
    values: Values
    exceptions: tuple[Clause, ...]
    reviews: tuple[Review, ...]
    factors: tuple[Clause, ...]
    says: str
    question: str
    remedy: str
    since: int
    until: int
    verified: str
    confidence: Confidence
    verify_by: int
    examples: tuple[Example, ...]
    place: Place
    like: str = ""
    """The rule of a library that it takes up: `common.general_conduct.paid_debt`; empty for none."""

    @property
    def full_id(self) -> str:
        """The id with that of the ruleset before it."""
        return f"{self.ruleset}.{self.id}"

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Its exceptions, reviews and factors."""
        return (*self.exceptions, *self.reviews, *self.factors)


class Notice(Governing, frozen=True):
    """An obligation or a report: an expression that is told beside the decision."""

    name: str
    expression: Expression
    value: str
    """For a report that is a word: told where the expression is true. Empty where the expression is the answer."""
    condition: Expression | None
    """Of a report: told only where this is true."""
    says: str
    citation: str
    values: Values
    place: Place
    states: tuple[str, ...] | None = None
    """Of an obligation: what a letter must say for it, words of `law.statements`; empty where it asks for no words in
    it. None where the file does not say which: a letter then cannot show that it says what is asked."""


class Omission(Governing, frozen=True):
    """Something that the law says about an act, and that no rule of its ruleset does: an allow does not speak of it."""

    what: str
    citation: str
    condition: Expression | None = None
    """Where it is known to be true, the act is a review; None where what is left out is only told."""


CoverState = Literal["encoded", "partly", "nothing", "mirrors"]
"""What reading the law of a topic came to: rules, some of them, none to be had, or those of another law again."""


Whom = Literal["bound", "others", "everybody", "stated"]


class Cover(PlainValue, frozen=True):
    """That a file has read one topic of its place: for whom, on which channels, since when, and how sure that is."""

    topic: str
    state: CoverState
    whom: Whom
    """Whom the file binds, whom it does not bind, both, or those of whom `condition` is true."""
    condition: Expression
    """Of `stated`: whom it concerns; of those whom the file binds, unless there is no rule."""
    condition_text: str
    channels: tuple[str, ...]
    """None named: every channel, also one that a plugin adds."""
    mirrors: str
    """Of `mirrors`: the place whose law of the topic says the same, for those whom that law covers."""
    since: int
    until: int
    citation: str
    verified: str
    confidence: Confidence
    verify_by: int
    from_memory: bool
    """Does it rest on knowledge alone, without a text?"""
    note: str
    place: Place

    def holds_on(self, day: int) -> bool:
        """Is it in force that day, and sure enough to rest on?"""
        return self.since <= day <= self.until and self.confidence != "low"

    def holds_for(self, channel: str | None, day: int) -> bool:
        """May it hold of an act on that channel and day? Of an unknown channel only what holds of all known ones."""
        if not self.holds_on(day):
            return False
        if not self.channels:
            return True
        if channel is None:
            return set(catalogue().channels) <= set(self.channels)
        return channel in self.channels


class AnswerExample(PlainValue, frozen=True):
    """A question beside a block, and the answers expected."""

    story: str
    expect: Mapping[str, Any]
    stated: str
    """What it states of its case, as JSON."""
    place: Place

    @property
    def mapping(self) -> Mapping[str, Any]:
        """What it states of its case."""
        return dict(json.loads(self.stated))


class AnswerBlock(PlainValue, frozen=True):
    """One block of law that answers questions which ask about no act."""

    id: str
    ruleset: str
    jurisdiction: str
    title: str
    citation: str
    source: str
    asks: tuple[str, ...]
    kind: str
    """The name of its kind of question."""
    parts: Mapping[str, str | tuple[str, ...] | dict[str, str]]
    terms: Mapping[str, Expression]
    when: Expression | None
    when_text: str
    values: Values
    since: int
    until: int
    verified: str
    confidence: Confidence
    verify_by: int
    assumes: tuple[str, ...]
    """What an answer by this block takes for granted, one sentence each."""
    examples: tuple[AnswerExample, ...]
    place: Place
    like: str = ""
    """The answer of a library that it takes up; empty for none."""

    @property
    def full_id(self) -> str:
        """The id with that of the ruleset before it."""
        return f"{self.ruleset}.{self.id}"


class LibraryUsed(PlainValue, frozen=True):
    """A library that a ruleset uses: its id and version, the hash of its text, as `sha256:...`, and what it gives.

    `gives` are the names of its definitions, values, calendars and facts.
    """

    id: str
    version: str
    hash: str
    gives: tuple[str, ...] = ()
    citation: str = ""
    """Where its values are from; empty where it has none."""


class Ruleset(PlainValue, frozen=True):
    """One source of law for one jurisdiction, and for others that have the same."""

    id: str
    title: str
    jurisdiction: str
    version: str
    source: str
    since: int
    status: Status
    values: Values
    """Dated values that every definition and rule of the file may use."""
    binds: Clause | None
    binds_unless: tuple[Clause, ...]
    """Who is left out, by exceptions that need to be shown."""
    verified: str
    confidence: Confidence
    verify_by: int
    covers: tuple[Cover, ...]
    cities: tuple[str, ...]
    """Of a state: its cities that have law of their own on collecting debts; None of them where none is named."""
    definitions: Mapping[str, Definition]
    calendars: Mapping[str, Calendar]
    rules: tuple[Rule, ...]
    answers: tuple[AnswerBlock, ...]
    obligations: tuple[Notice, ...]
    reports: tuple[Notice, ...]
    omissions: tuple[Omission, ...]
    uses: tuple[LibraryUsed, ...]
    also_in: tuple[str, ...]
    """Other jurisdictions of the same country that have the same law."""
    example_case: Mapping[str, Any]
    hash: str
    place: Place
    where: tuple[str, ...] | None = None
    """Of a house policy: the places where it binds, none named: everywhere. None for law."""
    facts: tuple[LawFact, ...] = ()
    """The facts that it, or a library it uses, declares."""
    parts: tuple[str, ...] = ()
    """The names of further files, in a folder of its name, that belong to it."""
    paragraphs: Mapping[str, str] = {}
    """The hashes of the paragraphs of the official text that it was read against, by their ids."""
    by_paragraph: Paragraphs | None = None
    """What of its law is encoded, decides nothing, is left to a person or is missing, where the file lists it."""
    folder: str = ""
    """The folder of rulesets in which the file lies; empty where it was read by itself."""

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Every jurisdiction whose law it is, its own first."""
        return (self.jurisdiction, *self.also_in)

    @property
    def blocks(self) -> tuple[Rule | AnswerBlock, ...]:
        """The rules, and the answers."""
        return (*self.rules, *self.answers)

    def example(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """What every example of the file starts from, with what one says put over it, objects key by key."""
        made = dict(self.example_case)
        for key, value in own.items():
            start = made.get(key)
            made[key] = {**start, **value} if isinstance(start, Mapping) and isinstance(value, Mapping) else value
        return made

    @property
    def is_law(self) -> bool:
        """Is it law of its place? Not so a house policy, nor a file that holds nothing but house rules and answers."""
        if self.where is not None or self.status != "in_force":
            return False
        return bool(self.covers) or any(rule.strength != Strength.HOUSE_POLICY for rule in self.rules)

    @property
    def citations(self) -> tuple[tuple[str, str], ...]:
        """Who cites what: rules and answers by their full ids, what all share by the id of the ruleset."""
        found = [(block.full_id, block.citation) for block in self.answers]
        for rule in self.rules:
            found += [(rule.full_id, each) for each in (rule.citation, *(clause.citation for clause in rule.clauses))]
        shared = [*(clause for clause in (self.binds, *self.binds_unless) if clause is not None)]
        found += [(self.id, clause.citation) for clause in shared]
        found += [(self.id, each.citation) for each in (*self.obligations, *self.reports)]
        found += [(self.id, definition.citation) for definition in self.definitions.values()]
        return tuple(found)

    def place_of(self, place: Place) -> str:
        """A place in the file, told from the folder of rulesets: `us/ma.yaml:179:5`."""
        text = str(place)
        return text.removeprefix(self.folder)[1:].replace("\\", "/") if self.folder else text


def _questions() -> Mapping[str, QuestionKind]:
    return {kind.name: kind for kind in questions.built_in()}


class Language(Struct, frozen=True, eq=False):
    """What a ruleset may use beyond the case vocabulary: rule kinds, functions and channels, built in or by plugins."""

    kinds: Mapping[str, RuleKind]
    functions: Mapping[str, MeasureFunction]
    channels: Mapping[str, Any]
    """By name; what each is like (written, spoken, tied to a place, ...) is read by measures."""
    questions: Mapping[str, QuestionKind] = field(default_factory=_questions)
    library_folders: tuple[Path, ...] = ()
    """Folders of rulesets whose libraries every ruleset may use."""

    @property
    def built_in_channels(self) -> tuple[str, ...]:
        """The channels of the case format: those that whoever read a law could think of."""
        return catalogue().channels

    @property
    def is_built_in(self) -> bool:
        """Does all of its code belong to this package?"""
        code = (*(kind.breach for kind in self.kinds.values()), *(each.read for each in self.functions.values()))
        return all(function.__module__.startswith("collectrules.") for function in code)

    def checker(
        self,
        definitions: Mapping[str, Definition],
        calendars: Mapping[str, Calendar],
        facts: tuple[LawFact, ...] = (),
    ) -> Checker:
        """What checks the expressions of one ruleset, which reads the facts that it declares beside those of cases."""
        return Checker(catalogue(facts), self.functions, definitions, calendars, frozenset(self.channels))
