"""What a rule makes of an act as formulas, and what can be proved of two rules: neither allows what the other denies.

All that is compared is a complete record: what a partial one denies is denied of the complete one too, for knowing more
never turns true into false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import z3

from collectrules.case.terms import TOLD_ACTS
from collectrules.changes.encoding import NO, YES, Encoder, Names, Told, Truth, all_of, any_of, opposite
from collectrules.changes.inclusion import Inclusions
from collectrules.changes.meaning import WHOLE_CASE, Key, Meanings
from collectrules.expressions.syntax import parse
from collectrules.law.values import values_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from collectrules.changes.encoding import Formula
    from collectrules.expressions.checked import Checked, Term
    from collectrules.expressions.syntax import Expression
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.law.model import Rule, Ruleset
    from collectrules.law.rulebook import Rulebook

PATIENCE: Final = 5_000
"""Milliseconds for one question to z3; what takes longer is not proved."""
_KIND: Final = parse("action.kind == contact")
_CHANNEL: Final = parse("action.channel in [phone]")

Proof = Literal["proved", "refuted", "unknown"]
"""Of "there is no such act". What is refuted may still be an act that cannot be: a case must show it."""


class Speaking(NamedTuple):
    """A rule of a ruleset on a day: what it asks, with the values in force."""

    rule: Rule
    ruleset: Ruleset
    rulebook: Rulebook
    day: int


class Outcome(NamedTuple):
    """When a rule denies an act and when it allows it; what is neither is a review."""

    denies: Formula
    allows: Formula
    broken: Formula
    """When it is broken for certain, whatever that means."""


SILENT: Final = Outcome(NO, YES, NO)
"""Where there is no rule."""


class Spoken:
    """One rule on one day, its conditions checked: what it means, and how it is encoded."""

    def __init__(self, speaking: Speaking) -> None:
        rule, ruleset, day = speaking.rule, speaking.ruleset, speaking.day
        self.rule = rule
        checker = speaking.rulebook.evaluator(ruleset, day).checker
        self.meanings = Meanings(checker)
        own = values_on(ruleset.values, day)
        values = {**own, **values_on(rule.values, day)}

        def checked(expression: Expression, known: Mapping[str, Constant] = values) -> Checked:
            return checker.checked(checker.with_values(expression, known))

        breach = checked(rule.breach)
        exceptions, reviews, factors = (
            tuple([checked(clause.condition) for clause in clauses])
            for clauses in (rule.exceptions, rule.reviews, rule.factors)
        )
        self.breach = breach.term
        binds = ruleset.binds
        self.bound = () if binds is None else (checked(binds.condition, own).term,)
        self.unbound = tuple([checked(clause.condition, own).term for clause in ruleset.binds_unless])
        self.exceptions = tuple([each.term for each in exceptions])
        self.reviews = tuple([each.term for each in reviews])
        self.factors = tuple([each.term for each in factors])
        self.facts = breach.facts.union(*(each.facts for each in (*exceptions, *reviews)))
        """The facts that its own conditions name, by their dotted names."""
        self.kind_of_act, self.channel_of_act = checker.checked(_KIND).term, checker.checked(_CHANNEL).term

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every condition."""
        return (self.breach, *self.bound, *self.unbound, *self.exceptions, *self.reviews, *self.factors)

    def key(self) -> Key:
        """What it means: rules of one key say the same of every act."""
        groups = (self.bound, self.unbound, self.exceptions, self.reviews, self.factors)
        named = [frozenset(self.meanings.of(term, WHOLE_CASE) for term in group) for group in groups]
        governs = (frozenset(self.rule.governs_kinds), frozenset(self.rule.governs_channels))
        return (self.rule.strength.decision, governs, self.meanings.of(self.breach, WHOLE_CASE), *named)

    def outcome(self, names: Names, told: Told) -> Outcome:
        """When it denies and when it allows."""
        encoder = Encoder(self.meanings, names)

        def each(terms: Iterable[Term]) -> list[Truth]:
            return [encoder.truth(term, told) for term in terms]

        governed = self._governs(encoder, told)
        breach = all_of(
            [
                governed,
                *each(self.bound),
                opposite(any_of(each(self.unbound))),
                *each((self.breach,)),
                opposite(any_of(each(self.exceptions))),
            ]
        )
        denies = NO
        if self.rule.strength.decision == "deny":
            rebutted = z3.Or([NO, *(factor.holds for factor in each(self.factors))])
            denies = z3.And(breach.holds, any_of(each(self.reviews)).fails, z3.Not(rebutted))
        return Outcome(denies, breach.fails, breach.holds)

    def asks(self, names: Names, told: Told) -> Formula:
        """Does it govern the act, and bind the parties?"""
        encoder = Encoder(self.meanings, names)
        bound = [encoder.truth(term, told).holds for term in self.bound]
        unbound = [encoder.truth(term, told).fails for term in self.unbound]
        return z3.And(self._governs(encoder, told).holds, *bound, *unbound)

    def _governs(self, encoder: Encoder, told: Told) -> Truth:
        """Does the rule govern the act? Its kind is known; by a channel that is not, it may."""
        kind = encoder.number(_asked(self.kind_of_act), told, WHOLE_CASE)
        told.facts["kind"] = z3.Not(z3.Or(kind.unknown, kind.nothing))
        channel = encoder.number(_asked(self.channel_of_act), told, WHOLE_CASE)
        known = z3.And(z3.Not(channel.unknown), z3.Not(channel.nothing))
        inside = z3.Or([NO, *(kind.low == encoder.names.word(word) for word in self.rule.governs_kinds)])
        if "contact" in self.rule.governs_kinds:
            inside = z3.Or(inside, z3.And(known, z3.Or([kind.low == encoder.names.word(word) for word in TOLD_ACTS])))
        parts = [Truth(YES, NO)] if "any" in self.rule.governs_kinds else [Truth(inside, z3.Not(inside))]
        if self.rule.governs_channels:
            among = z3.Or([channel.low == encoder.names.word(word) for word in self.rule.governs_channels])
            parts.append(Truth(z3.And(known, among), z3.And(known, z3.Not(among))))
        return all_of(parts)


def _asked(term: Any) -> Any:
    """The fact that a comparison is of."""
    return term.term


class Prover:
    """Asks of two sides whether there is an act that the one denies and the other does not."""

    def __init__(self) -> None:
        self.names = Names()
        self.inclusions = Inclusions(self.names)

    def never(self, wanted: Formula, told: Told, one_of: Collection[Key] | None = None) -> Proof:
        """Is there no act of which `wanted` is true?"""
        solver = z3.Solver()
        solver.set("timeout", PATIENCE)
        solver.add(*self.inclusions.axioms(told, one_of), wanted)
        answer = solver.check()
        return "proved" if answer == z3.unsat else "unknown" if answer == z3.unknown else "refuted"

    def outcome(self, spoken: Spoken | None, told: Told) -> Outcome:
        """When a rule denies and allows; of no rule, never and always."""
        return SILENT if spoken is None else spoken.outcome(self.names, told)

    def loosened(self, old: Spoken | None, new: Spoken | None) -> Proof:
        """Is no act, denied or left to a person by the old rule, treated more mildly by the new one?"""
        told = Told()
        before, after = self.outcome(old, told), self.outcome(new, told)
        milder = z3.Or(z3.And(before.denies, z3.Not(after.denies)), z3.And(z3.Not(before.allows), after.allows))
        return self.never(milder, told)

    def allowed(self, old: Spoken, new: Iterable[Spoken]) -> Proof:
        """Is no act that the old rule denies allowed by all of the new ones?"""
        told = Told()
        before = self.outcome(old, told)
        of_old = frozenset(told.looked)
        after = [self.outcome(each, told).allows for each in new]
        return self.never(z3.And(before.denies, *after), told, of_old)

    def silent(self, one: Spoken) -> Proof:
        """Is there no act that a rule denies, or leaves to a person?"""
        told = Told()
        return self.never(z3.Not(self.outcome(one, told).allows), told)

    def unbroken(self, one: Spoken) -> Proof:
        """Is there no act that breaks a rule for certain? It may still ask, where a fact is unknown."""
        told = Told()
        return self.never(self.outcome(one, told).broken, told)

    def always(self, one: Spoken) -> Proof:
        """Is there no act that it governs, of somebody whom it binds, that it does not deny?"""
        told = Told()
        asked, outcome = one.asks(self.names, told), self.outcome(one, told)
        return self.never(z3.And(asked, outcome.allows), told)

    def implied(self, one: Spoken, other: Spoken) -> Proof:
        """Is there no act that the one denies, and the other does not?"""
        told = Told()
        first, second = self.outcome(one, told), self.outcome(other, told)
        return self.never(z3.And(first.denies, z3.Not(second.denies)), told)

    def contrary(self, one: Spoken, other: Spoken) -> Proof:
        """Is there no act that both govern, of somebody whom both bind, and that neither denies?"""
        told = Told()
        asked = [each.asks(self.names, told) for each in (one, other)]
        allowed = [self.outcome(each, told).allows for each in (one, other)]
        return self.never(z3.And(*asked, *allowed), told)
