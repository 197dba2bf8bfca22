"""Nothing before a notice, and nothing while its days run: breached until every debt of the action has had it so long.

`notice:` is a collection with its condition, for example `letter_of_claim_sent` or `contacts as n where
n.purpose == first_notice`. Which event it names says from when the days run: from sending or from receipt. A debt of
which no notice is recorded has had none. `came_back:` is a collection too: an entry of it after a notice, about a debt
of that notice, makes the notice one that was never sent; its condition may speak of the `notice`. `values:` has the
`days`; with `calendar:` they are business days of that calendar. `first_day_counts: true` where the day of the notice
is the first of the days, `false` where the days are full days after it. `days: 0`, with the first day counted, asks for
a notice before the act and no wait.
`also_when:` is a further condition.
"""

from __future__ import annotations

from datetime import date

from collectrules.expressions import english
from collectrules.law.evidence import told
from collectrules.law.kinds import (
    Collected,
    Evidence,
    Grounds,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    only_if,
)


def _notice(parts: Parts) -> Collected:
    return Collected.of(parts["notice"], "notice")


def _stands(parts: Parts) -> list[str]:
    """The notice did not come back."""
    if "came_back" not in parts:
        return []
    notice = _notice(parts).alias
    back = Collected.of(parts["came_back"], "back")
    return [back.query("no", f"{back.alias} after {notice}", f"{back.alias}.debts overlaps {notice}.debts")]


def _is_over(parts: Parts) -> str:
    """Have the days of a notice run?"""
    notice = _notice(parts).alias
    passed = f"{notice}.age"
    if "calendar" in parts:
        passed = f"business_days_between({notice}.day, action.day, {parts['calendar']})"
    return f"{passed} {'>=' if _counts_first_day(parts) else '>'} $days"


def _counts_first_day(parts: Parts) -> bool:
    return parts["first_day_counts"] == "true"


def _breach(parts: Parts) -> str:
    notice = _notice(parts)
    had = notice.query("no", f"{notice.alias}.debts has each_debt.id", *_stands(parts), _is_over(parts))
    return every_of([*also(parts), f"any(debts of action as each_debt where {had})"])


def _entries(parts: Parts) -> str:
    """The notices about debts of the action that did not come back."""
    notice = _notice(parts)
    return notice.query("any", f"{notice.alias}.debts overlaps action.debts", *_stands(parts))


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    days = values["days"]
    unit = "business days" if "calendar" in parts else "days"
    number, since = english.newest(days), english.in_force(days)
    if "calendar" in parts:
        since = f"{english.words(str(parts['calendar']))}; {since}"
    wait = f", and until {number} full {unit} ({since}) are over after its day"
    if _counts_first_day(parts):
        wait = f", and in the {number} {unit} ({since}) that begin with its day" if number != "0" else ""
    lines = [
        RuleLine("breached", f"for any debt of the action that has had no notice{wait}"),
        RuleLine("notice", expression=f"latest({parts['notice']})"),
    ]
    if "came_back" in parts:
        lines.append(RuleLine("not sent", "where later, about the same debt,", f"any({parts['came_back']})"))
    return lines + only_if(parts)


def _evidence(grounds: Grounds) -> Evidence:
    """The notice whose days end first; none where there is no notice."""
    days = grounds.value("days")
    first = grounds.entries[:1]
    evidence: Evidence = {"limit": days}
    if first and (day := first[0].day) is not None:
        calendar = grounds.parts.get("calendar")
        past = 0 if _counts_first_day(grounds.parts) else 1
        if calendar is None:
            free = day + days + past
        else:
            free = grounds.calendars[str(calendar)].add_business_days(day, days + past)
        evidence["window"] = {"from": english.iso_day(day), "to": english.iso_day(max(day, free - 1))}
    evidence["entries"] = told(first)
    return evidence


def _arithmetic(evidence: Evidence) -> str:
    if not evidence["entries"]:
        return "no such notice is recorded for every debt"
    if "window" not in evidence:
        return ""
    began, last = (date.fromisoformat(evidence["window"][edge]).toordinal() for edge in ("from", "to"))
    return f"the notice is of {english.day(began)}; its {evidence['limit']} days last until {english.day(last)}"


KIND = RuleKind(
    name="notice_and_wait",
    title="breached before the notice and its days",
    fields={
        "notice": "collection",
        "came_back": "entries",
        "calendar": "calendar",
        "first_day_counts": "word",
        "also_when": "condition",
    },
    required=("notice", "first_day_counts"),
    values=("days",),
    breach=_breach,
    figures=lambda parts: {"latest": f"latest({parts['notice']}).day"},
    english=_english,
    entries=_entries,
    evidence=_evidence,
    arithmetic=_arithmetic,
    words={"first_day_counts": ("true", "false")},
)
