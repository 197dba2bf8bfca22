"""What takes a search: until when, what is missing, what was assumed, what would make the act lawful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from collectrules.verdict.alternatives import alternatives
from collectrules.verdict.assumed import assumed
from collectrules.verdict.counterfactuals import Counterfactuals
from collectrules.verdict.findings import foremost, foremost_gap
from collectrules.verdict.objects import Brief, ExploredVerdict, Finding, Verdict, switched_off
from collectrules.verdict.questions import asked
from collectrules.verdict.search import Search
from collectrules.verdict.unread import unread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.assumptions import Assumption
    from collectrules.case.objects import Case
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.objects import OpenFact


def explored(  # noqa: PLR0913 - the last four by name
    verdict: Verdict,
    judgement: Judgement,
    law_for: Callable[[Context], ApplicableLaw],
    *,
    judged: Callable[[ApplicableLaw, Context], Judgement],
    anew: Callable[..., Judgement],
    standing: Mapping[str, Assumption],
    computed: tuple[OpenFact, ...] = (),
) -> ExploredVerdict:
    """The verdict of a judgement with all that takes a search.

    `law_for` gives the law that applies to a context, `judged` what a law makes of one, `anew` the judgement of the
    case as it stands with some of its facts changed: what is promised is held against that. `standing` are the
    assumptions that were put in, `computed` what was computed of the facts and must be told with them.
    """

    def otherwise(case: Case) -> Judgement:
        context = judgement.context.changed(case)
        return judged(law_for(context), context)

    counterfactuals = Counterfactuals(judgement)
    search = Search(judgement, law_for)
    to_ask = asked(judgement, counterfactuals, anew, {each.fact: each.question for each in computed if each.question})
    return ExploredVerdict(
        **{name: getattr(verdict, name) for name in Verdict.__struct_fields__ if name != "findings"},
        findings=_timed(verdict.findings, search),
        unknown=to_ask.facts,
        questions=to_ask.questions,
        assumed=(*computed, *assumed(judgement, counterfactuals, standing)),
        alternatives=alternatives(judgement, to_ask.questions, search, otherwise, anew),
        valid_until=search.valid_until(),
        unread=unread(judgement),
    )


def brief_of(judgement: Judgement, search: Search) -> Brief:
    """The decision, its first ground and, where it is no allow, the next moment at which it is one."""
    case, decision = judgement.context.case.id or "", judgement.decision
    off = switched_off(judgement.company.plugins)
    if decision == "allow":
        return Brief(case, decision, "", "", without_plugins=off)
    rule, citation = foremost(judgement)
    gap = foremost_gap(judgement) or UNSET
    return Brief(case, decision, rule, citation, search.allowed(), gap=gap, without_plugins=off)


def _timed(findings: tuple[Finding, ...], search: Search) -> tuple[Finding, ...]:
    """The findings, each with the moment from which its rule is silent."""
    return tuple([replace(finding, until=search.until(finding.rule)) for finding in findings])
