"""A cap on how often: at most `$at_most` contacts that count in `$days` calendar days, the action's day included.

`counts:` names a definition `of: contact` that tells which contacts count, or is a mapping of their facts; the action
is asked too, and a breach needs the action itself to count. `per:` says whose contacts are counted together: `person`
(the same recipient), `debt` (each debt of the action by itself: the worst decides). `same_debt:` names a
definition-like condition in which `d` is a debt of the action and `e` a debt of an earlier contact, where the law
treats several debts as one.
"""

from __future__ import annotations

from datetime import date

from collectrules.expressions import english
from collectrules.law import counting
from collectrules.law.kinds import (
    SAME_PERSON,
    Evidence,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    only_if,
)


def _counts(parts: Parts, contact: str) -> str:
    """Does a contact count?"""
    counts = parts["counts"]
    if isinstance(counts, str):
        return f"{counts}({contact})"
    return " and ".join(condition.format(of=contact) for condition in counts)


def _what_counts(parts: Parts) -> str:
    """The same, with the fields of the contact as bare names."""
    counts = parts["counts"]
    if isinstance(counts, str):
        return counts
    return " and ".join(condition.replace("{of}.", "").format(of="this") for condition in counts)


def _counted(parts: Parts) -> str:
    """The contacts before the action that count, the most for any one debt where debts are counted apart."""
    conditions = ["c.age < $days", _counts(parts, "c")]
    per = parts.get("per", ())
    if "person" in per:
        conditions.append(SAME_PERSON)
    if "debt" not in per:
        return f"count(contacts as c where {' and '.join(conditions)})"
    same = parts.get("same_debt", "d.id == e.id")
    conditions.append(f"any(debts of c as e where {same})")
    return f"largest(debts of action as d, count(contacts as c where {' and '.join(conditions)}))"


def _breach(parts: Parts) -> str:
    return " and ".join([_counts(parts, "action"), f"{_counted(parts)} >= $at_most", *also(parts)])


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    most, days = values["at_most"], values["days"]
    allowed = english.with_days(most, "allowed")
    if days.days != most.days[:1]:
        allowed = f"{allowed}; in {english.with_days(days, 'days')}"
    each = [word for word in ("person", "debt") if word in parts.get("per", ())]
    apart = f"counted for each {english.listing(each, 'and each')}" if each else "all counted together"
    number = english.ordinal_text(int(most.values[-1].value) + 1)
    window = f"in the {english.newest(days)} days that end with its own"
    lines = [
        RuleLine("breached", f"by {english.article(number)} contact {window} ({allowed}), {apart}"),
        RuleLine("counted", expression=_what_counts(parts), of_contact=True),
    ]
    if same := parts.get("same_debt"):
        text = "a debt e of an earlier contact c with a debt d of the action, where"
        lines.append(RuleLine("as one", text, str(same), aliases={"c": "contact", "d": "debt", "e": "debt"}))
    return lines + only_if(parts)


def _arithmetic(evidence: Evidence) -> str:
    if "window" not in evidence:
        return ""
    first, last = (date.fromisoformat(evidence["window"][edge]).toordinal() for edge in ("from", "to"))
    number = evidence["counted"]
    return (
        f"{number} counted in the {last - first + 1} days to {english.day(last)};"
        f" this would be number {number + 1}, the most is {evidence['limit']}"
    )


KIND = RuleKind(
    name="frequency_cap",
    title="breached by one contact too many",
    fields={"counts": "contacts", "per": "words", "same_debt": "contact", "also_when": "condition"},
    required=("counts",),
    values=("at_most", "days"),
    breach=_breach,
    figures=lambda parts: {"counted": _counted(parts)},
    english=_english,
    entries=_counted,
    evidence=counting.evidence,
    arithmetic=_arithmetic,
    words={"per": ("person", "debt", "debtor")},
)
