"""What the truths of a stack's conditions mean: which rules speak, how strongly, and what is missing.

A complete record is judged by its settled truths; what only holds because something absent was taken for granted is
listed as assumed. A partial record is judged by its open truths, except that an exception of which nothing is shown does
not apply: it could only loosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from collectrules.backends import durable, english
from collectrules.conditions import Truth, both, either, opposite
from collectrules.missing import Missing
from collectrules.moments import free_from
from collectrules.verdict import Decision, Exemption, Finding, Obligation, OpenFact, RulesetUsed, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.measures.context import Context
    from collectrules.measures.record import Source
    from collectrules.rulebook import Ask, Stack, Tell

_BASIS: Final = {
    Strength.PROHIBITION: "prohibition",
    Strength.HOUSE_POLICY: "prohibition",
    Strength.PRESUMPTION_OF_VIOLATION: "presumption_violation",
    Strength.DUTY_MISSED: "duty_missed",
    Strength.FACTOR: "factor",
    Strength.NO_SAFE_HARBOR: "no_safe_harbor",
}
_ORDER: Final = (
    "prohibition",
    "presumption_violation",
    "duty_missed",
    "factor",
    "no_safe_harbor",
    "circumstances",
)
RANK: Final[Mapping[Decision, int]] = {"allow": 0, "review": 1, "deny": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of one case."""

    ask: Ask
    breach: Truth
    """After exceptions, and bound."""
    lifted_by: int | None
    """Which exception lifts a breach; None where none does."""
    rebutted: bool
    stale: bool

    @property
    def decision(self) -> Decision:
        """What this rule by itself makes of the act."""
        if self.breach is True:
            return "review" if self.rebutted else self.ask.rule.strength.decision
        return "review" if self.breach is None or self.stale else "allow"

    @property
    def strength(self) -> Strength:
        """How the rule speaks; a rebutted presumption speaks as a factor."""
        if self.breach is not True and self.stale:
            return Strength.STALE_RULE
        return Strength.FACTOR if self.rebutted and self.breach is True else self.ask.rule.strength

    @property
    def basis(self) -> str:
        """The kind of ground, in the words of the case format."""
        return _BASIS.get(self.strength, "circumstances") if self.breach is True else "circumstances"


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule said of a case: `lifted` by an exception, `not bound` where the law does not bind these parties."""

    rule: str
    truth: Literal["breached", "kept", "unknown", "lifted", "not bound"]
    citation: str
    title: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every outcome for one case, with the records and truths behind them."""

    stack: Stack
    context: Context
    open_context: Context
    whole: bool
    settled: Mapping[str, Any]
    opened: Mapping[str, Any]
    settled_truths: tuple[Truth, ...]
    open_truths: tuple[Truth, ...]
    outcomes: tuple[Outcome, ...]
    fault: str
    taken: Mapping[str, tuple[object, str]]
    """Standing assumptions that were put in: fact -> (value, reason)."""

    @property
    def deciding(self) -> Mapping[str, Any]:
        """The record that decides."""
        return self.settled if self.whole else self.opened

    def decision(self) -> Decision:
        """Deny beats review beats allow; a gap in the law or a fault of the engine is never an allow."""
        decision: Decision = "review" if self.fault or self.stack.not_encoded else "allow"
        for outcome in self.outcomes:
            if RANK[outcome.decision] > RANK[decision]:
                decision = outcome.decision
        return decision

    def basis(self, decision: Decision, established: Mapping[str, Any]) -> str:
        """The ground of the decision; for an allow, the one that explains it best."""
        if decision != "allow":
            grounds = {outcome.basis for outcome in self.outcomes if outcome.decision == decision}
            return next((ground for ground in _ORDER if ground in grounds), "circumstances")
        if any(outcome.lifted_by is not None for outcome in self.outcomes):
            return "exception"
        if established.get("safe_harbor") is True:
            return "safe_harbor"
        bound = [ask for ask in self.stack.asks if ask.ruleset.binds is not None]
        truths = self.settled_truths
        if bound and all(truths[ask.bound] is False for ask in bound):
            return "not_covered"
        strengths = {ask.rule.strength for ask in self.stack.asks if truths[ask.bound] is not False}
        if Strength.PRESUMPTION_OF_VIOLATION in strengths:
            return "presumption_compliance"
        return "duty_met" if Strength.DUTY_MISSED in strengths else "permitted"

    def findings(self) -> Iterator[Finding]:
        """Every rule that speaks, in the order of the rulesets, then gaps and faults."""
        for outcome in self.outcomes:
            if outcome.decision != "allow":
                yield self._finding(outcome)
        for gap in self.stack.not_encoded:
            yield _own(Strength.COVERAGE_GAP, gap, "have a lawyer look at it, or add a ruleset for this place")
        if self.fault:
            yield _own(Strength.ENGINE_FAULT, self.fault, "report this with the case; until then decide by hand")

    def established(self) -> dict[str, Any]:
        """What the rulesets report beside the decision; what is unknown is left out."""
        found: dict[str, Any] = {}
        for tell in self.stack.reports:
            value = self.told(tell)
            if tell.notice.value:
                if value is True:
                    found[tell.notice.name] = tell.notice.value
            elif value is not None:
                found[tell.notice.name] = date.fromordinal(value).isoformat() if tell.kind == "date" else value
        return found

    def told(self, tell: Tell) -> Any:
        """The answer of a report or of an obligation's condition."""
        return tell.read(self.context) if self.whole else tell.read_open(self.open_context)

    def exemptions(self) -> tuple[Exemption, ...]:
        """The rules that would speak, and what lifts each."""
        found = []
        for outcome in self.outcomes:
            if outcome.lifted_by is not None and outcome.breach is False:
                clause = outcome.ask.rule.exceptions[outcome.lifted_by]
                found.append(Exemption(outcome.ask.rule.full_id, clause.title or clause.text, clause.citation))
        return tuple(found)

    def unknown(self) -> tuple[OpenFact, ...]:
        """The facts that are not known and would change an answer."""
        missing = Missing(self.context, self.whole)
        for outcome in self.outcomes:
            if outcome.breach is None:
                missing.add(outcome.ask.rule, _unread(outcome.ask.sources, self.deciding))
        return missing.facts()

    def assumed(self) -> tuple[OpenFact, ...]:
        """What was taken for granted, where it mattered: without it some rule could not have been passed."""
        standing = tuple(
            OpenFact(fact, "", (), str(value), f"standing assumption: {reason}")
            for fact, (value, reason) in self.taken.items()
        )
        if not self.whole:
            return standing
        missing = Missing(self.context, whole=False)
        for outcome in self.outcomes:
            ask = outcome.ask
            if outcome.breach is False and breach(ask, self.open_truths) is None:
                missing.add(ask.rule, _unread(ask.sources, self.opened))
        return (*standing, *missing.facts(taken=True))

    def explanation(self) -> list[RuleOutcome]:
        """What every rule that was asked said, and on which facts."""
        return [self._explained(outcome) for outcome in self.outcomes]

    def _explained(self, outcome: Outcome) -> RuleOutcome:
        ask = outcome.ask
        truth: Literal["breached", "kept", "unknown", "lifted", "not bound"] = "kept"
        if outcome.breach is not False:
            truth = "breached" if outcome.breach else "unknown"
        elif outcome.lifted_by is not None:
            truth = "lifted"
        elif (self.settled_truths if self.whole else self.open_truths)[ask.bound] is False:
            truth = "not bound"
        facts = english.facts_of(ask, self.context, self.deciding)
        return RuleOutcome(ask.rule.full_id, truth, ask.rule.citation, ask.rule.title, facts)

    def obligations(self) -> tuple[Obligation, ...]:
        """What must be done together with the act."""
        return tuple(
            Obligation(f"{tell.ruleset.id}.{tell.notice.name}", tell.notice.says, tell.notice.citation)
            for tell in self.stack.obligations
            if self._binds(tell) and self.told(tell) is True
        )

    def _binds(self, tell: Tell) -> bool:
        bound = next((ask.bound for ask in self.stack.asks if ask.ruleset is tell.ruleset), None)
        return bound is None or self.settled_truths[bound] is not False

    def rulesets(self) -> tuple[RulesetUsed, ...]:
        """The rulesets that were asked."""
        return tuple(
            RulesetUsed(found.id, found.version, f"sha256:{found.hash}", found.verified, found.confidence)
            for found in self.stack.rulesets
        )

    def considered(self) -> tuple[str, ...]:
        """The id of every rule that was asked."""
        return tuple(ask.rule.full_id for ask in self.stack.asks)

    def engine(self) -> str:
        """Which deciders were asked."""
        if self.stack.cross_check is not None:
            return "compiled and durable-rules"
        return f"compiled alone: {durable.reason_unavailable()}"

    def action_text(self) -> str:
        """The act in a few words."""
        fact = self.context.action.fact
        channel = f" by {fact.channel}" if fact.channel is not None else ""
        to = f" to {fact.to}" if fact.to is not None else ""
        return f"{fact.kind}{channel}{to}".replace("_", " ")

    def _finding(self, outcome: Outcome) -> Finding:
        ask = outcome.ask
        rule = ask.rule
        known: Literal["breached", "unknown"] = "breached" if outcome.breach is True else "unknown"
        fields = {
            "rule": rule.full_id,
            "ruleset": ask.ruleset.id,
            "jurisdiction": ask.ruleset.jurisdiction,
            "strength": outcome.strength,
            "outcome": known,
            "decision": outcome.decision,
            "citation": rule.citation,
            "source": rule.source,
            "sentence": english.sentence(ask, self.context, known, outcome.rebutted),
            "facts": english.facts_of(ask, self.context, self.deciding),
            "place": str(rule.place),
            "question": rule.question,
            "confidence": rule.confidence,
        }
        return Finding.deferred(fields, {"until": lambda: free_from(self.context.case, outcome.ask, self.context)})


def judge(
    stack: Stack,
    context: Context,
    *,
    whole: bool,
    history_is_whole: bool,
    taken: Mapping[str, tuple[object, str]],
    today: date,
) -> Judgement:
    """Ask every rule of a stack about a case, with every backend there is."""
    open_context = context.opened(history_is_whole=history_is_whole)
    settled, opened = stack.reader.read(context, open_context)
    settled_truths = stack.match(settled)
    open_truths = stack.match(opened)
    day = today.toordinal()
    outcomes = tuple(
        _outcome(ask, settled_truths, open_truths, whole=whole, stale=ask.rule.verify_by < day) for ask in stack.asks
    )
    deciding, truths = (settled, settled_truths) if whole else (opened, open_truths)
    fault = ""
    if stack.cross_check is not None:
        fault = stack.cross_check.fault(deciding, tuple(breach(ask, truths) for ask in stack.asks))
    return Judgement(
        stack, context, open_context, whole, settled, opened, settled_truths, open_truths, outcomes, fault, taken
    )


def breach(ask: Ask, truths: tuple[Truth, ...]) -> Truth:
    """Is the rule breached: bound, its condition true, and no exception? On one record, nothing presumed."""
    when = both((truths[ask.bound], truths[ask.when]))
    if when is False or not ask.exceptions:
        return when
    return both((when, opposite(either(truths[exception] for exception in ask.exceptions))))


def _outcome(ask: Ask, settled: tuple[Truth, ...], opened: tuple[Truth, ...], *, whole: bool, stale: bool) -> Outcome:
    truths = settled if whole else opened
    bound, when = truths[ask.bound], truths[ask.when]
    if bound is False or when is False:
        return Outcome(ask, False, None, False, stale and bound is not False)
    met = both((bound, when))
    lifted: int | None = None
    excepted: Truth = False
    for number, exception in enumerate(ask.exceptions):
        truth = settled[exception]
        if not whole and truth is True and opened[exception] is None:
            truth = None
        if truth is True:
            excepted, lifted = True, number
            break
        if truth is None:
            excepted = None
    rebutted = any(settled[factor] is True for factor in ask.factors)
    return Outcome(ask, both((met, opposite(excepted))), lifted, rebutted, stale)


def _unread(sources: Iterable[Source], record: Mapping[str, Any]) -> list[Source]:
    return [source for source in sources if record[source.measure.name] is None and not source.least]


def _own(strength: Strength, sentence: str, question: str) -> Finding:
    """A finding of the program's own."""
    return Finding(
        rule=strength.value,
        ruleset="collectrules",
        jurisdiction="",
        strength=strength,
        outcome="unknown",
        decision="review",
        citation="",
        source="",
        sentence=sentence,
        facts={},
        place="",
        question=question,
    )
