"""Nothing more after something happened: a cease request, a dispute, a wish to hear in writing only, a moratorium.

`after:` is a collection with its condition, for example `cease_notice_received where form == written`. It stops what
the rule governs, for the debts that it is about, until an entry of `lifted_by:`, such as `verification_sent`, or for
the `days` or `months` under `values:`; with neither for good. `first_day_counts: true` where the day on which it
happened is the first of the days, `false` where they are full days after it. `also_when:` is a further condition.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.ground.dated import add_months
from collectrules.law.evidence import told
from collectrules.law.kinds import (
    Collected,
    Evidence,
    Grounds,
    Mistake,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    only_if,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERIODS = ("days", "months")


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    given = [name for name in _PERIODS if name in parts["values"]]
    if len(given) > 1:
        yield Mistake("values", "it lasts for `days` or for `months`, not both")
    if bool(given) != ("first_day_counts" in parts):
        message = "`first_day_counts` says how the `days` or `months` under `values:` are counted; give both or neither"
        yield Mistake("first_day_counts", message, "first_day_counts: true")


def _stopped(parts: Parts) -> Collected:
    return Collected.of(parts["after"], "stopped")


def _lasts(parts: Parts, debts: str) -> list[str]:
    """It is not over yet: not lifted for these debts, and its days have not passed."""
    stopped = _stopped(parts).alias
    conditions = []
    if "lifted_by" in parts:
        lifted = Collected.of(parts["lifted_by"], "lifted")
        conditions.append(lifted.query("no", f"{lifted.alias} after {stopped}", f"{lifted.alias}.debts {debts}"))
    counts = parts.get("first_day_counts") == "true"
    if "days" in parts["values"]:
        conditions.append(f"{stopped}.age {'<' if counts else '<='} $days")
    if "months" in parts["values"]:
        conditions.append(f"action.day {'<' if counts else '<='} add_months({stopped}.day, $months)")
    return conditions


def _breach(parts: Parts) -> str:
    stopped = _stopped(parts)
    of_debt = "has each_debt.id"
    asked = stopped.query("any", f"{stopped.alias}.debts {of_debt}", *_lasts(parts, of_debt))
    return every_of([*also(parts), f"any(debts of action as each_debt where {asked})"])


def _entries(parts: Parts) -> str:
    stopped = _stopped(parts)
    of_debts = f"overlaps {stopped.alias}.debts"
    return stopped.query("any", f"{stopped.alias}.debts overlaps action.debts", *_lasts(parts, of_debts))


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    period = ""
    for name in _PERIODS:
        if name in values:
            first = "its own day the first" if parts["first_day_counts"] == "true" else "its own day not counted"
            period = f"{english.newest(values[name])} {name} ({english.in_force(values[name])}), {first}"
    lines = [RuleLine("breached", "once, about a debt of the action,", f"any({parts['after']})")]
    if period:
        lines.append(RuleLine("lasts", period))
    if "lifted_by" in parts:
        lines.append(RuleLine("until", "later, about the same debt,", f"any({parts['lifted_by']})"))
    return lines + only_if(parts)


def _evidence(grounds: Grounds) -> Evidence:
    latest = grounds.entries[-1:]
    evidence: Evidence = {}
    if latest and (day := latest[0].day) is not None:
        past = 1 if grounds.parts.get("first_day_counts") == "true" else 0
        if "days" in grounds.parts["values"]:
            last = day + grounds.value("days") - past
            evidence |= {"limit": grounds.value("days")}
        elif "months" in grounds.parts["values"]:
            last = add_months(day, grounds.value("months")) - past
            evidence |= {"limit": grounds.value("months")}
        else:
            last = None
        if last is not None:
            evidence["window"] = {"from": english.iso_day(day), "to": english.iso_day(last)}
    evidence["entries"] = told(latest)
    return evidence


def _arithmetic(evidence: Evidence) -> str:
    if "window" in evidence:
        began, last = (date.fromisoformat(evidence["window"][edge]).toordinal() for edge in ("from", "to"))
        return f"it was on {english.day(began)} and lasts until {english.day(last)}"
    days = [entry["day"] for entry in evidence["entries"] if "day" in entry]
    return f"it was on {english.day(date.fromisoformat(days[0]).toordinal())}" if days else ""


KIND = RuleKind(
    name="stop_after",
    title="breached after it was stopped",
    fields={"after": "collection", "lifted_by": "entries", "first_day_counts": "word", "also_when": "condition"},
    required=("after",),
    values=(),
    optional=_PERIODS,
    breach=_breach,
    mistakes=_mistakes,
    figures=lambda parts: {"latest": f"latest({parts['after']}).day"},
    english=_english,
    entries=_entries,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"first_day_counts": ("true", "false")},
)
