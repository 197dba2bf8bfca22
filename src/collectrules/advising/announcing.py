"""May a step announce what comes next? Only what is meant, what a later step does, and what the law would let be done.

A claim may be announced where the company means to file it, a court would take it, and the law lets it be threatened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.advising.advice import Saying
from collectrules.expressions import english

if TYPE_CHECKING:
    from datetime import date, datetime

    from collectrules.advising.acts import Acts
    from collectrules.policy.model import Step
    from collectrules.verdict.objects import Verdict

IN_WORDS: Final = {
    "file_claim": "a claim in court",
    "place_with_agency": "placement with an agency",
    "hold_credit": "the end of deliveries on open account",
}


def announced(acts: Acts, step: Step, at: date | datetime) -> tuple[str, tuple[Saying, ...]]:
    """What a step may announce (empty: nothing), and what it must not, with the reason.

    Raises InvalidInput for a ruleset that cannot be read.
    """
    policy, word = acts.policy, step.announces
    forbidden: list[Saying] = []
    if word == "file_claim":
        why = _why_no_claim(acts, at)
    elif word == "place_with_agency":
        verdict = acts.verdict("place_with_agency", at)
        why = _ground(verdict) if verdict.decision == "deny" else ""
    else:
        why = ""
    if why:
        forbidden.append(Saying(f"do not announce {IN_WORDS[word]}: {why}", "law"))
        word = ""
    elif word != "file_claim":
        why = "this step announces none" if "file_claim" in policy.intends else "the policy means none"
        forbidden.append(Saying(f"do not threaten a claim in court: {why}", f"policy {policy.id}"))
    return word, tuple(forbidden)


def _why_no_claim(acts: Acts, at: date | datetime) -> str:
    """Why a claim may not be announced; empty where it may."""
    verdict = acts.verdict("threaten_claim", at, channel="letter", intends_to_act=True)
    if verdict.decision != "allow":
        return f"the law says {verdict.decision}: {_ground(verdict)}"
    route = acts.answer("court_route", at)
    if not route.complete:
        return f"which court would take the claim is not known{f': {route.open[0]}' if route.open else ''}"
    return ""


def _ground(verdict: Verdict) -> str:
    if not verdict.findings:
        return "no reason is known"
    first = max(verdict.findings, key=lambda each: each.decision == verdict.decision)
    return english.cited(first.sentence, first.citation)
