"""What takes a search: until when, what is missing, what was assumed, what would make the act lawful."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from collectrules.case.records import lapses
from collectrules.law.timing import Timing
from collectrules.verdict import missing
from collectrules.verdict.alternatives import alternatives
from collectrules.verdict.counterfactuals import Counterfactuals
from collectrules.verdict.findings import foremost
from collectrules.verdict.objects import Brief, ExploredVerdict, Finding, Verdict, switched_off
from collectrules.verdict.questions import asked
from collectrules.verdict.waiting import Timeline
from collectrules.verdict.when import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from collectrules.case.assumptions import Assumption
    from collectrules.case.objects import Case
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.objects import OpenFact


def explored(  # noqa: PLR0913 - the last three by name
    verdict: Verdict,
    judgement: Judgement,
    law_for: Callable[[Context], ApplicableLaw],
    *,
    anew: Callable[..., Judgement],
    standing: Mapping[str, Assumption],
    computed: tuple[OpenFact, ...] = (),
) -> ExploredVerdict:
    """The verdict of a judgement with all that takes a search.

    `law_for` gives the law that applies to a context, `anew` the judgement of the case as it stands with some of its
    facts changed: what is promised is held against that. `standing` are the assumptions that were put in,
    `computed` what was computed of the facts and must be told with them.
    """

    def otherwise(case: Case) -> Judgement:
        context = judgement.context.changed(case)
        return judgement.under(law_for(context), context)

    counterfactuals = Counterfactuals(judgement)
    timeline = timeline_of(judgement, law_for)
    to_ask = asked(judgement, counterfactuals, anew)
    return ExploredVerdict(
        **{field.name: getattr(verdict, field.name) for field in fields(Verdict) if field.name != "findings"},
        findings=_timed(verdict.findings, judgement, timeline),
        unknown=to_ask.facts,
        questions=to_ask.questions,
        assumed=(*computed, *missing.assumed(judgement, counterfactuals, standing)),
        alternatives=alternatives(judgement, to_ask.questions, timeline, otherwise, anew),
        valid_until=valid_until(judgement, timeline),
        unread=missing.unread(judgement),
    )


def brief_of(judgement: Judgement, timeline: Timeline) -> Brief:
    """The decision, its first ground and, where it is no allow, the next moment at which it is one."""
    case, decision = judgement.context.case.id or "", judgement.decision
    off = switched_off(judgement.company.plugins)
    if decision == "allow":
        return Brief(case, decision, "", "", without_plugins=off)
    rule, citation = foremost(judgement)
    return Brief(case, decision, rule, citation, timeline.allowed(), without_plugins=off)


def timeline_of(judgement: Judgement, law_for: Callable[[Context], ApplicableLaw]) -> Timeline:
    """The same act at later moments, under the law of each."""

    def at(moment: date | datetime) -> Judgement:
        context = judgement.context.moved(moment)
        law = law_for(context)
        if law is judgement.law:
            return judgement.again(context, judgement.on_time)
        return judgement.under(law, context)

    return Timeline(judgement, at)


def _timed(findings: tuple[Finding, ...], judgement: Judgement, timeline: Timeline) -> tuple[Finding, ...]:
    """The findings, each with the moment from which its rule is silent."""
    numbers = judgement.law.numbers
    return tuple(
        replace(finding, until=timeline.until(numbers[finding.rule])) if finding.rule in numbers else finding
        for finding in findings
    )


def valid_until(judgement: Judgement, timeline: Timeline) -> str:
    """The next moment at which a rule may change its mind, all facts equal; new facts end a verdict at once."""
    context = judgement.context
    timing = judgement.law.timing | Timing(
        dates=frozenset(judgement.law.changes) | lapses(context.case, judgement.company.records)
    )
    moment = next(timeline.breakpoints.after(timing), None)
    if moment is None:
        moment = context.action.fact.at + timedelta(days=1)
    return shown(moment, context)
