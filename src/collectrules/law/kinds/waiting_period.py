"""A wait after something happened: breached while fewer than `$days` days have passed.

`after:` is a collection with its condition, for example `contacts as c where c.outcome == conversation`; the latest
such entry counts. With `first_day_counts: true`, as where it is left out, the day it happened is day one of the wait.
`also_when:` is a further condition.
"""

from __future__ import annotations

from datetime import date

from collectrules.expressions import english
from collectrules.law.evidence import told
from collectrules.law.kinds import Collected, Evidence, Grounds, Parts, RuleKind, RuleLine, Values, also, only_if


def _counts_first_day(parts: Parts) -> bool:
    return parts.get("first_day_counts", "true") == "true"


def _since(parts: Parts) -> str:
    latest = Collected.of(parts["after"], "latest_one")
    return latest.query("any", f"{latest.alias}.age {'<' if _counts_first_day(parts) else '<='} $days")


def _breach(parts: Parts) -> str:
    return " and ".join([*also(parts), _since(parts)])


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    days = values["days"]
    number, since = english.newest(days), english.in_force(days)
    wait = f"until {number} full days ({since}) are over after the day of"
    if _counts_first_day(parts):
        wait = f"in the {number} days ({since}) that begin with the day of"
    return [RuleLine("breached", wait, f"latest({parts['after']})"), *only_if(parts)]


def _evidence(grounds: Grounds) -> Evidence:
    days = grounds.value("days")
    latest = grounds.entries[-1:]
    evidence: Evidence = {"limit": days}
    if latest and (day := latest[0].day) is not None:
        last = day + days - (1 if _counts_first_day(grounds.parts) else 0)
        evidence["window"] = {"from": english.iso_day(day), "to": english.iso_day(last)}
    evidence["entries"] = told(latest)
    return evidence


def _arithmetic(evidence: Evidence) -> str:
    if "window" not in evidence:
        return ""
    began = date.fromisoformat(evidence["window"]["from"]).toordinal()
    return f"the latest was on {english.day(began)}; {evidence['limit']} days must pass"


KIND = RuleKind(
    name="waiting_period",
    title="breached while the wait lasts",
    fields={"after": "collection", "first_day_counts": "word", "also_when": "condition"},
    required=("after",),
    values=("days",),
    breach=_breach,
    figures=lambda parts: {"latest": f"latest({parts['after']}).day"},
    english=_english,
    entries=_since,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"first_day_counts": ("true", "false")},
)
