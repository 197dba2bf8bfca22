"""A cap on how often: at most `$at_most` contacts that count in `$days` calendar days, the action's day included.

`counts:` names a definition `of: contact` that tells which contacts count; the action is asked too, and a breach needs
the action itself to count. `per:` says whose contacts are counted together: `person` (the same recipient), `debt`
(each debt of the action by itself: the worst decides). `same_debt:` names a definition-like condition in which `d` is a
debt of the action and `e` a debt of an earlier contact, where the law treats several debts as one.
"""

from __future__ import annotations

from collectrules.law.kinds import Parts, RuleKind

_SAME_PERSON = (
    "c.to == action.to"
    " and (action.to == debtor or c.person == action.person or c.person is absent or action.person is absent)"
)


def _counted(parts: Parts) -> str:
    """The contacts before the action that count, the most for any one debt where debts are counted apart."""
    conditions = ["c.age < $days", f"{parts['counts']}(c)"]
    per = parts.get("per", ())
    if "person" in per:
        conditions.append(_SAME_PERSON)
    if "debt" not in per:
        return f"count(contacts as c where {' and '.join(conditions)})"
    same = parts.get("same_debt", "d.id == e.id")
    conditions.append(f"any(debts of c as e where {same})")
    return f"largest(debts of action as d, count(contacts as c where {' and '.join(conditions)}))"


def _breach(parts: Parts) -> str:
    conditions = [f"{parts['counts']}(action)", f"{_counted(parts)} >= $at_most"]
    if also := parts.get("also_when"):
        conditions.append(f"({also})")
    return " and ".join(conditions)


KIND = RuleKind(
    name="frequency_cap",
    title="breached by one contact too many",
    fields={"counts": "word", "per": "words", "same_debt": "contact", "also_when": "condition"},
    required=("counts",),
    values=("at_most", "days"),
    breach=_breach,
    figures=lambda parts: {"counted": _counted(parts)},
    sentence=(
        "{counted} counted in the {$days} days to {day}; this would be number {counted:next}, the most is {$at_most}"
    ),
    words={"per": ("person", "debt", "debtor")},
)
