"""What a judgement tells: the basis, each rule that speaks and on what, what lifts it, and what comes with an allow."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct
from msgspec.json import encode

from collectrules.deciding import durable
from collectrules.expressions import english
from collectrules.law.strength import Strength
from collectrules.verdict.assumed import places_by_numbers
from collectrules.verdict.gaps import by_place, in_brief, sentences
from collectrules.verdict.grounds import Grounds, everything
from collectrules.verdict.objects import (
    Act,
    Exemption,
    Finding,
    LocalTime,
    Obligation,
    RulesetUsed,
    Test,
    Verdict,
    ruleset_used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.law.evidence import Evidence
    from collectrules.law.model import Review
    from collectrules.law.strength import Decision
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.outcomes import Outcome

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


class RuleOutcome(Struct, frozen=True):
    """What one rule said of a case: `lifted` by an exception, `not bound` where the law does not bind these parties."""

    rule: str
    truth: Literal["breached", "kept", "unknown", "lifted", "not bound"]
    citation: str
    title: str
    tests: tuple[Test, ...]
    """All that the rule asks."""


def verdict_of(judgement: Judgement, computed: Mapping[str, object] | None = None) -> Verdict:
    """The decision and every reason for it. `computed` is established too, where no report of a ruleset says it."""
    decision = judgement.decision
    context = judgement.context
    return Verdict(
        decision=decision,
        basis=basis(judgement, decision),
        case=context.case.id or "",
        action=action_text(context),
        act=act_of(context),
        at=context.action.fact.at.isoformat(),
        findings=tuple(findings(judgement)),
        exemptions=exemptions(judgement),
        obligations=obligations(judgement) if decision == "allow" else (),
        established={**(computed or {}), **established(judgement)},
        not_encoded=not_encoded(judgement),
        rulesets=rulesets(judgement),
        not_bound=tuple(not_bound(judgement)),
        clocks=tuple(clocks(context)),
        configuration=judgement.company.configuration,
        engine=engine(judgement),
        decision_id=decision_id(judgement),
        considered=tuple([applied.rule.full_id for applied in judgement.law.rules]),
        plugins=judgement.company.plugins,
    )


def decision_id(judgement: Judgement) -> str:
    """A name for this answer: the same case, law and day give the same."""
    identity = {
        "case": judgement.context.case.to_mapping(),
        **judgement.law.identity,
        "accepted": sorted(f"{place} {topic}" for place, topic in judgement.company.accepted),
        "today": date.fromordinal(judgement.today).isoformat(),
    }
    if judgement.company.plugins:
        identity["plugins"] = [f"{used.name} {used.hash}" for used in judgement.company.plugins]
    return sha256(encode(identity, order="sorted", enc_hook=str)).hexdigest()[:20]


def engine(judgement: Judgement) -> str:
    """Which deciders were asked: only an allow is held against the second one."""
    if judgement.by_law != "allow" or judgement.faults:
        return "own decider"
    if reason := durable.reason_unavailable():
        return f"own decider alone: {reason}"
    return f"own decider; durable-rules {'did not confirm' if judgement.objection else 'confirmed'} the allow"


def basis(judgement: Judgement, decision: Decision) -> str:
    """The ground of the decision; for an allow, the one that explains it best."""
    if decision != "allow":
        grounds = {outcome.basis for outcome in judgement.speaking if outcome.decision == decision}
        return next((ground for ground in _ORDER if ground in grounds), "circumstances")
    if judgement.speaking:
        return "exception"
    law, truths = judgement.law, judgement.if_complete
    if any(report.notice.name == "safe_harbor" and judgement.told(report) is True for report in law.reports):
        return "safe_harbor"
    if law.rules and all(truths[applied.bound.whole] is False for applied in law.rules):
        return "not_covered"  # no law that was asked binds anybody here
    strengths = {applied.rule.strength for applied in law.rules if truths[applied.bound.whole] is not False}
    if Strength.PRESUMPTION_OF_VIOLATION in strengths:
        return "presumption_compliance"
    met = Strength.DUTY_MISSED in strengths and judgement.context.action.fact.kind not in _CONTACTS
    return "duty_met" if met else "permitted"


def findings(judgement: Judgement) -> Iterator[Finding]:
    """Every rule that speaks, in the order of the rulesets, then gaps and what the second decider objects to."""
    for outcome in judgement.speaking:
        if outcome.decision != "allow":
            yield _finding(judgement, outcome)
    yield from _findings_of_its_own(judgement)


def _findings_of_its_own(judgement: Judgement) -> Iterator[Finding]:
    """Gaps, and what the second decider objects to."""
    if judgement.decision != "deny":
        for gap, remedy in _gaps(judgement):
            yield _own(Strength.COVERAGE_GAP, gap, remedy)
    if against := judgement.objection or (judgement.faults if judgement.decision == "review" else ""):
        yield _own(Strength.ENGINE_FAULT, against, "report this with the case; until then decide by hand")


def _gaps(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """What was not read and keeps the act from being allowed, with what to do about it."""
    expected, uncovered = judgement.law.expected, judgement.uncovered
    for gap in expected.gaps:
        yield gap, _NAME_THE_PART if gap in expected.unnamed else _HAVE_IT_READ
    by_numbers = places_by_numbers(judgement.context.case) if uncovered.gaps else ()
    for first, sentence in by_place(uncovered.gaps):
        place = first.asked.place
        far = f"only a telephone number points to {place}: write under `addresses` where the debtor lives"
        remedy = "" if first.turns_on_facts else _HAVE_IT_READ
        yield sentence, _NAME_THE_PART if first.asked.part else far if place in by_numbers else remedy
    for sentence in uncovered.of_facts():
        yield sentence, _HAVE_IT_READ


_HAVE_IT_READ: Final = "have a lawyer look at it, or add what the law of this place says"
_NAME_THE_PART: Final = "say which part: `region` of the debtor's address, or `jurisdiction`"


def voices(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Each of the findings by its id, a gap by its sentence, and told with its citation; quicker than the findings."""
    for outcome in judgement.speaking:
        if outcome.decision != "allow":
            rule = outcome.applied.rule.full_id
            yield rule, f"{rule}: {_citation(outcome) or _finding(judgement, outcome).sentence}"
    for finding in _findings_of_its_own(judgement):
        yield finding.sentence, f"{finding.rule}: {finding.sentence}"


def foremost(judgement: Judgement) -> tuple[str, str]:
    """The rule that decided, the first of several, and its citation; without one the ground, and nothing."""
    decision = judgement.decision
    for outcome in judgement.speaking:
        if outcome.decision == decision:
            return outcome.applied.rule.full_id, _citation(outcome)
    return (Strength.ENGINE_FAULT if judgement.objection else Strength.COVERAGE_GAP).value, ""


def foremost_gap(judgement: Judgement) -> str:
    """What was not read, where that is the foremost ground: a place with a topic, the first of several; else empty."""
    if foremost(judgement)[0] != Strength.COVERAGE_GAP:
        return ""
    expected, uncovered = judgement.law.expected, judgement.uncovered
    if expected.gaps:
        return expected.gaps[0]
    return in_brief(uncovered.gaps) if uncovered.gaps else next(uncovered.of_facts(), "")


def exemptions(judgement: Judgement) -> tuple[Exemption, ...]:
    """The rules that would speak, and what lifts each."""
    lifted = []
    for outcome in judgement.speaking:
        if outcome.lifted_by is not None and outcome.breach is False:
            rule = outcome.applied.rule
            clause = rule.exceptions[outcome.lifted_by]
            lifted.append(Exemption(rule.full_id, clause.title or clause.text, clause.citation))
    return tuple(lifted)


def obligations(judgement: Judgement) -> tuple[Obligation, ...]:
    """What must be done together with the act."""
    return tuple(
        Obligation(f"{report.ruleset.id}.{report.notice.name}", report.notice.says, report.notice.citation)
        for report in judgement.law.obligations
        if judgement.binds(report.ruleset) and judgement.told(report) is True
    )


def established(judgement: Judgement) -> dict[str, Any]:
    """What the rulesets report beside the decision; what is unknown is left out."""
    reported: dict[str, Any] = {}
    for report in judgement.law.reports:
        if not judgement.binds(report.ruleset):
            continue
        value = judgement.told(report)
        if report.notice.value:
            if value is True:
                reported[report.notice.name] = report.notice.value
        elif value is not None and value != "":  # a text that is known not to be stated
            reported[report.notice.name] = english.as_json(value, report.kind)
    return reported


def not_encoded(judgement: Judgement) -> tuple[str, ...]:
    """What is not encoded here, and what the rulesets that may bind these parties leave out."""
    left_out = [
        f"{each.ruleset.jurisdiction}: {each.omission.what} ({each.omission.citation})"
        for each in judgement.law.omissions
        if judgement.binds(each.ruleset)
    ]
    expected, uncovered = judgement.law.expected, judgement.uncovered
    gaps = sentences((*uncovered.gaps, *uncovered.told))
    return (*expected.gaps, *expected.silent, *gaps, *left_out)


def not_bound(judgement: Judgement) -> Iterator[str]:
    """The laws that were asked and certainly do not bind these parties, each with the reason."""
    whose = {applied.ruleset.id: applied.bound for applied in judgement.law.rules}
    for ruleset in judgement.law.rulesets:
        bound = whose.get(ruleset.id)
        if ruleset.binds is None or bound is None or judgement.deciding[bound.whole] is not False:
            continue
        out = next(
            (
                clause
                for number, clause in zip(bound.unless, ruleset.binds_unless, strict=True)
                if judgement.excepted(number) is True
            ),
            None,
        )
        clause = ruleset.binds if out is None else out
        named = clause.title or f"`{clause.text}`"
        why = named if out is not None else f"it binds {named}"
        yield f"{ruleset.title}, does not bind here: {english.cited(why, clause.citation)}"


def rulesets(judgement: Judgement) -> tuple[RulesetUsed, ...]:
    """The rulesets that were asked."""
    return tuple([ruleset_used(each) for each in judgement.law.rulesets])


def clocks(context: Context) -> Iterator[LocalTime]:
    """The time of the act in each zone in which the debtor may be."""
    places, minutes = context.places, context.local_minutes(context.action)
    if minutes is None or len(minutes) != len(places.zones):
        return
    for zone, minute, origin in zip(places.zones, minutes, places.origins, strict=True):
        yield LocalTime(zone, english.clock(minute), origin)


def action_text(context: Context) -> str:
    """The act in a few words."""
    fact = context.action.fact
    channel = f" by {fact.channel}" if fact.channel is not None else ""
    to = f" to {fact.to}" if fact.to is not None else ""
    return f"{fact.kind}{channel}{to}".replace("_", " ")


def act_of(context: Context) -> Act:
    """The act in the words of its case."""
    fact = context.action.fact
    return Act(fact.kind, fact.channel or "", fact.to or "")


def explanation(judgement: Judgement) -> list[RuleOutcome]:
    """What every rule that was asked said, and on which facts."""
    return [_explained(judgement, outcome) for outcome in judgement.outcomes]


def _explained(judgement: Judgement, outcome: Outcome) -> RuleOutcome:
    applied = outcome.applied
    truth: Literal["breached", "kept", "unknown", "lifted", "not bound"] = "kept"
    if outcome.breach is not False:
        truth = "breached" if outcome.breach else "unknown"
    elif outcome.lifted_by is not None:
        truth = "lifted"
    elif judgement.deciding[applied.bound.whole] is False:
        truth = "not bound"
    rule = applied.rule
    return RuleOutcome(rule.full_id, truth, rule.citation, rule.title, everything(judgement, outcome))


def _finding(judgement: Judgement, outcome: Outcome) -> Finding:
    applied = outcome.applied
    rule = applied.rule
    grounds = Grounds(judgement, outcome)
    evidence = grounds.evidence()
    review = _review(outcome)
    return Finding(
        rule=rule.full_id,
        ruleset=applied.ruleset.id,
        jurisdiction=applied.ruleset.jurisdiction,
        strength=outcome.strength,
        outcome="breached" if outcome.breach is True else "unknown",
        decision=outcome.decision,
        citation=_citation(outcome),
        source=rule.source,
        sentence=_sentence(outcome, evidence),
        evidence=evidence,
        tests=grounds.tests(),
        place=applied.ruleset.place_of(rule.place),
        question=rule.question if review is None else review.question,
        confidence=rule.confidence,
    )


def _review(outcome: Outcome) -> Review | None:
    """What makes a breach a person's to judge, where something does."""
    by = outcome.reviewed_by if outcome.breach is True else None
    return None if by is None else outcome.applied.rule.reviews[by]


def _citation(outcome: Outcome) -> str:
    """The law of a finding: that of the rule, and of what makes the breach a person's to judge."""
    review = _review(outcome)
    laws = [outcome.applied.rule.citation, *([] if review is None else [review.citation])]
    return "; ".join(dict.fromkeys(laws))


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
        evidence={},
        tests=(),
        place="",
        question=question,
    )


# ---- the English of one rule -------------------------------------------------------------------------------------


def _sentence(outcome: Outcome, evidence: Evidence) -> str:
    """Why the rule speaks, with the arithmetic where its kind has any."""
    applied = outcome.applied
    rule = applied.rule
    if outcome.breach is False:
        due = english.iso_day(rule.verify_by)
        return f"whether this is still the law was due to be looked up by {due}: {rule.title}"
    if outcome.breach is not True:
        return f"whether this is breached cannot be known: {rule.title}"
    text = rule.says or rule.title
    if arithmetic := applied.in_force.kind.arithmetic(evidence):
        text = f"{text}: {arithmetic}"
    if outcome.reviewed_by is not None:
        review = rule.reviews[outcome.reviewed_by]
        text = f"{text}; {'' if outcome.reviewed is True else 'perhaps '}{review.title or review.text}"
    if outcome.rebutted:
        text = f"{text}; a factor may rebut the presumption"
    return text
