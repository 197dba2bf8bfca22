"""What the truths of a stack's conditions mean: which rules speak, how strongly, and what is missing.

A complete record is judged by its settled truths; what only holds because something absent was taken for granted is
listed as assumed. A partial record is judged by its open truths, except that an exception of which nothing is shown
does not apply: it could only loosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from collectrules.deciding import durable
from collectrules.deciding.conditions import Truth, both, either, opposite
from collectrules.expressions import english
from collectrules.law.strength import Decision, Strength
from collectrules.measures.context import Context
from collectrules.measures.record import Record
from collectrules.verdict import findings
from collectrules.verdict.counterfactuals import would_change
from collectrules.verdict.missing import Missing
from collectrules.verdict.objects import Exemption, Finding, Obligation, OpenFact, RulesetUsed
from collectrules.verdict.when import free_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.deciding.on_demand import Truths
    from collectrules.law.rulebook import ApplicableLaw, AppliedReport, AppliedRule, Bound
    from collectrules.law.rulesets import Ruleset
    from collectrules.measures.record import Source

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
_CONTACTS: Final = ("contact", "respond")
"""Acts that may touch a duty and are hardly ever its fulfilment."""

RANK: Final[Mapping[Decision, int]] = {"allow": 0, "review": 1, "deny": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of one case."""

    ask: AppliedRule
    breach: Truth
    """After exceptions, and bound."""
    lifted_by: int | None
    """Which exception lifts a breach; None where none does."""
    rebutted: bool
    stale: bool

    @property
    def matters(self) -> bool:
        """Is it anything but a plain pass?"""
        return self.breach is not False or self.stale or self.lifted_by is not None

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


class Judgement:
    """Every outcome for one case, with the records and truths behind them; what few ask for is worked out late."""

    def __init__(  # noqa: PLR0913 - all but the first two by name
        self,
        stack: ApplicableLaw,
        context: Context,
        *,
        whole: bool,
        history_is_whole: bool,
        taken: Mapping[str, tuple[object, str]],
        today: date,
    ) -> None:
        self.stack = stack
        self.context = context
        self.whole = whole
        self.taken = taken
        """Standing assumptions that were put in: fact -> (value, reason)."""
        self._history_is_whole = history_is_whole
        self.settled = Record(stack.settled, context)
        self.settled_truths = stack.decide.all_of(stack.whens, self.settled) if whole else stack.decide.on(self.settled)
        outcomes = list(_passed(stack))
        speaking: list[Outcome] = []
        day, truths = today.toordinal(), self.truths
        for number, (when, verify_by) in enumerate(stack.at_a_glance):
            # Nearly every rule is passed at once: nothing else is worth making fast.
            if truths[when] is False and verify_by >= day:
                continue
            outcome = outcomes[number] = self._outcome(stack.asks[number], stale=verify_by < day)
            if outcome.matters:
                speaking.append(outcome)
        self.outcomes = tuple(outcomes)
        self.speaking = tuple(speaking)
        """The outcomes that are not simply a pass."""
        self._engine_fault = self._fault()

    @cached_property
    def open_context(self) -> Context:
        """The case with everything unknown that it does not state."""
        return self.context.opened(history_is_whole=self._history_is_whole)

    @cached_property
    def opened(self) -> Record:
        """What is known whatever is absent."""
        return Record(self.stack.opened, self.open_context)

    @cached_property
    def open_truths(self) -> Truths:
        """The truths of all conditions on what is known."""
        return self.stack.decide.on(self.opened)

    @property
    def truths(self) -> Truths:
        """The truths that decide."""
        return self.settled_truths if self.whole else self.open_truths

    def _outcome(self, ask: AppliedRule, *, stale: bool) -> Outcome:
        truths = self.truths
        bound = truths[ask.bound.whole] if self.whole else self._bound(ask.bound)
        when = truths[ask.when]
        if bound is False or when is False:
            return Outcome(ask, breach=False, lifted_by=None, rebutted=False, stale=stale and bound is not False)
        excepted: Truth = False
        lifted: int | None = None
        settled = self.settled_truths
        for number, exception in enumerate(ask.exceptions):
            truth = self._excepted(exception)
            if truth is True:
                excepted, lifted = True, number
                break
            if truth is None:
                excepted = None
        rebutted = any(settled[factor] is True for factor in ask.factors)
        return Outcome(ask, both((bound, when, opposite(excepted))), lifted, rebutted, stale)

    def _excepted(self, exception: int) -> Truth:
        """Is an exception shown? In a partial record one of which nothing is shown is not; half shown is unknown."""
        truth = self.settled_truths[exception]
        if not self.whole and truth is True and self.open_truths[exception] is None:
            return None
        return truth

    def _bound(self, bound: Bound) -> Truth:
        """Does a ruleset bind the parties of a partial record? What leaves somebody out must be shown."""
        excepted = either(self._excepted(exception) for exception in bound.unless)
        return both((self.open_truths[bound.when], opposite(excepted)))

    @property
    def fault(self) -> str:
        """What is wrong with the engine or with a function of a plugin; the empty text where nothing is."""
        return self._engine_fault or "; ".join(self.context.faults)

    def _fault(self) -> str:
        """What the second decider objects to; the empty text where it agrees, or where there is none."""
        if self.stack.cross_check is None:
            return ""
        if self.whole:
            breaches = [outcome.breach for outcome in self.outcomes]
        else:
            breaches = [breach(ask, self.open_truths) for ask in self.stack.asks]
        return self.stack.cross_check.fault(self.deciding, self.stack.bounds, breaches)

    @property
    def deciding(self) -> Mapping[str, Any]:
        """The record that decides."""
        return self.settled if self.whole else self.opened

    def decision(self) -> Decision:
        """Deny beats review beats allow; a gap in the law or a fault of the engine is never an allow."""
        decision: Decision = "review" if self.fault or self.stack.gaps else "allow"
        for outcome in self.speaking:
            if RANK[outcome.decision] > RANK[decision]:
                decision = outcome.decision
        return decision

    def basis(self, decision: Decision) -> str:
        """The ground of the decision; for an allow, the one that explains it best."""
        if decision != "allow":
            grounds = {outcome.basis for outcome in self.speaking if outcome.decision == decision}
            return next((ground for ground in _ORDER if ground in grounds), "circumstances")
        if self.speaking:
            return "exception"
        if any(tell.notice.name == "safe_harbor" and self.told(tell) is True for tell in self.stack.reports):
            return "safe_harbor"
        truths = self.settled_truths
        binding = self.stack.binding
        if binding and all(truths[bound] is False for bound in binding):
            return "not_covered"
        strengths = {
            strength
            for bound, found in self.stack.strengths.items()
            if truths[bound] is not False
            for strength in found
        }
        if Strength.PRESUMPTION_OF_VIOLATION in strengths:
            return "presumption_compliance"
        met = Strength.DUTY_MISSED in strengths and self.context.action.fact.kind not in _CONTACTS
        return "duty_met" if met else "permitted"

    def findings(self) -> Iterator[Finding]:
        """Every rule that speaks, in the order of the rulesets, then gaps and faults."""
        for outcome in self.speaking:
            if outcome.decision != "allow":
                yield self._finding(outcome)
        for gap in self.stack.gaps:
            yield _own(Strength.COVERAGE_GAP, gap, "have a lawyer look at it, or add a ruleset for this place")
        if self.fault:
            yield _own(Strength.ENGINE_FAULT, self.fault, "report this with the case; until then decide by hand")

    def established(self) -> dict[str, Any]:
        """What the rulesets report beside the decision; what is unknown is left out."""
        found: dict[str, Any] = {}
        for tell in self.stack.reports:
            if not self._binds(tell.ruleset):
                continue
            value = self.told(tell)
            if tell.notice.value:
                if value is True:
                    found[tell.notice.name] = tell.notice.value
            elif value is not None and value != "":  # a text that is known not to be stated
                found[tell.notice.name] = english.as_json(value, tell.kind)
        return found

    def told(self, tell: AppliedReport) -> Any:
        """The answer of a report or of an obligation's condition."""
        return tell.read(self.context) if self.whole else tell.read_open(self.open_context)

    def exemptions(self) -> tuple[Exemption, ...]:
        """The rules that would speak, and what lifts each."""
        found = []
        for outcome in self.speaking:
            if outcome.lifted_by is not None and outcome.breach is False:
                clause = outcome.ask.rule.exceptions[outcome.lifted_by]
                found.append(Exemption(outcome.ask.rule.full_id, clause.title or clause.text, clause.citation))
        return tuple(found)

    def unknown(self) -> tuple[OpenFact, ...]:
        """The facts that are not known; those that would change the answer by themselves come first."""
        missing = Missing(self.context, whole=self.whole)
        for outcome in self.speaking:
            if outcome.breach is None:
                missing.add(outcome.ask.rule, _unread(outcome.ask.sources, self.deciding))
        return tuple(sorted(missing.facts(), key=lambda fact: not self._would_change(fact)))

    def assumed(self) -> tuple[OpenFact, ...]:
        """What was taken for granted, where it mattered."""
        standing = tuple(
            OpenFact(fact, "", (), str(value), f"standing assumption: {reason}")
            for fact, (value, reason) in self.taken.items()
        )
        if not self.whole:
            return standing
        missing = Missing(self.context, whole=False)
        denied = self.decision() == "deny"
        for outcome in self.outcomes:
            # Of a deny, what its grounds rest on; of anything else, what let a rule be passed.
            if outcome.breach is denied and breach(outcome.ask, self.open_truths) is None:
                missing.add(outcome.ask.rule, _unread(outcome.ask.sources, self.opened))
        return (*standing, *(fact for fact in missing.facts(taken=True) if self._would_change(fact)))

    def _would_change(self, fact: OpenFact) -> bool:
        """Would the decision be another if this fact alone were stated otherwise, all that is absent being in order?"""
        concerned = tuple(ask for ask in self.stack.asks if ask.rule.full_id in fact.rules)
        others = self._rank(outcome for outcome in self._if_complete.outcomes if outcome.ask not in concerned)
        now = max(others, self._rank(outcome for outcome in self._if_complete.outcomes if outcome.ask in concerned))

        def changed(case: Case) -> bool:
            return max(others, self._rank(self._complete(case, concerned).outcomes)) != now

        return would_change(self.context.case, fact.fact, changed)

    @staticmethod
    def _rank(outcomes: Iterable[Outcome]) -> int:
        return max((RANK[outcome.decision] for outcome in outcomes), default=RANK["allow"])

    @cached_property
    def _if_complete(self) -> Judgement:
        """The judgement if all that is absent is in order."""
        return self._complete(self.context.case, self.stack.asks)

    def _complete(self, case: Case, asks: tuple[AppliedRule, ...]) -> Judgement:
        """These rules asked about a case as if its record were complete, by one decider."""
        stack = replace(self.stack, asks=asks, cross_check=None)
        context = Context(case, self.context.channels)
        return Judgement(stack, context, whole=True, history_is_whole=True, taken={}, today=date.min)

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
        elif self.truths[ask.bound.whole] is False:
            truth = "not bound"
        facts = findings.facts_of(ask, self.context, self.deciding)
        return RuleOutcome(ask.rule.full_id, truth, ask.rule.citation, ask.rule.title, facts)

    def obligations(self) -> tuple[Obligation, ...]:
        """What must be done together with the act."""
        return tuple(
            Obligation(f"{tell.ruleset.id}.{tell.notice.name}", tell.notice.says, tell.notice.citation)
            for tell in self.stack.obligations
            if self._binds(tell.ruleset) and self.told(tell) is True
        )

    def not_encoded(self) -> tuple[str, ...]:
        """What is not encoded here, and what the rulesets that may bind these parties leave out."""
        left_out = [
            f"{ruleset.jurisdiction}: {omission.what} ({omission.citation})"
            for omission, ruleset in self.stack.omissions
            if self._binds(ruleset)
        ]
        return (*self.stack.not_encoded, *left_out)

    def _binds(self, ruleset: Ruleset) -> bool:
        bound = next((ask.bound.whole for ask in self.stack.asks if ask.ruleset is ruleset), None)
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
            "sentence": findings.sentence(ask, self.context, known, rebutted=outcome.rebutted),
            "facts": findings.facts_of(ask, self.context, self.deciding),
            "place": str(rule.place),
            "question": rule.question,
            "confidence": rule.confidence,
        }
        return Finding.deferred(fields, {"until": lambda: free_from(self.context.case, outcome.ask, self.context)})


def breach(ask: AppliedRule, truths: Truths) -> Truth:
    """Is the rule breached: bound, its condition true, and no exception? On one record, nothing presumed."""
    when = both((truths[ask.bound.whole], truths[ask.when]))
    if when is False or not ask.exceptions:
        return when
    return both((when, opposite(either(truths[exception] for exception in ask.exceptions))))


@lru_cache(maxsize=512)
def _passed(stack: ApplicableLaw) -> tuple[Outcome, ...]:
    """The outcome of each rule where it is simply passed: made once for a stack."""
    return tuple(Outcome(ask, breach=False, lifted_by=None, rebutted=False, stale=False) for ask in stack.asks)


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
