"""Hours in which contact is allowed, on the clock where the debtor is.

`from` is inside the hours, `to` is outside. Where the debtor may be in several zones the hours must hold in all of
them. `days:` limits the hours to some days of the week; `also_when:` is a further condition of the breach.
"""

from __future__ import annotations

from collectrules.ground.dated import WEEKDAYS
from collectrules.law.kinds import Parts, RuleKind


def _breach(parts: Parts) -> str:
    conditions = ["outside_hours(action, $from, $to)"]
    if days := parts.get("days"):
        conditions.insert(0, f"action.weekday in [{', '.join(days)}]")
    if also := parts.get("also_when"):
        conditions.append(f"({also})")
    return " and ".join(conditions)


KIND = RuleKind(
    name="contact_hours",
    title="breached outside the hours",
    fields={"days": "words", "also_when": "condition"},
    required=(),
    values=("from", "to"),
    breach=_breach,
    figures=lambda _: {"minute": "action.minute"},
    words={"days": WEEKDAYS},
    sentence="{minute:clock} where the debtor is; the hours are {$from} to {$to}",
)
