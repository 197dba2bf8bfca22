"""A cap on how often: at most `$at_most` contacts that count in a period that ends with the action's day.

The period is `$days` calendar days, or a calendar `period` (`counting`). `counts:` names a definition `of: contact`
that tells which contacts count, or is a mapping of their facts, all of which must be so; `not_counted:`, in the same
form, tells which of them do not, a mapping by any of its facts. The action is asked too, and a breach needs the action
itself to count; facts of a mapping that only a contact of the past can have, as its outcome, are not asked of it, and
those that only an action can have not of the past.
`starts_after:` is a collection with its condition: only contacts after its first entry count.

`per:` says whose contacts are counted together: `person` (the same recipient), `endpoint` (the same number or address;
one that is not stated may be the same), `debt` (each debt of the action by itself: the worst decides); `debtor` and
`creditor`, of which a case has one, count all together. `same_debt:` names a definition-like condition in which `d` is
a debt of the action and `e` a debt of an earlier contact, where the law treats several debts as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case.vocabulary import catalogue
from collectrules.expressions import english
from collectrules.law import counting
from collectrules.law.kinds import (
    SAME_PERSON,
    Collected,
    Evidence,
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
    from collections.abc import Iterator, Sequence


def _conditions(told: str | Sequence[str], contact: str) -> list[str]:
    """The conditions by which a field tells contacts, asked of one of them.

    What a contact shows only once it was made, as its outcome, cannot be asked of the action, and what only an action
    states not of the past: with that it is taken to count.
    """
    if isinstance(told, str):
        return [f"{told}({contact})"]
    return [condition.format(of=contact) for condition in told if _can_state(contact, condition)]


def _can_state(contact: str, condition: str) -> bool:
    name = condition.partition("{of}.")[2].partition(" ")[0]
    own, other = ("action", "contact") if contact == "action" else ("contact", "action")
    known = catalogue()
    return name == "direction" or name in known.own_fields(own) or name not in known.own_fields(other)


def _bare(told: str | Sequence[str], joined_by: str) -> str:
    """The same, with the fields of the contact as bare names."""
    if isinstance(told, str):
        return told
    return f" {joined_by} ".join(condition.replace("{of}.", "").format(of="this") for condition in told)


def _counts(parts: Parts, contact: str) -> list[str]:
    """Does a contact count?"""
    conditions = _conditions(parts["counts"], contact)
    conditions += [f"not ({each})" for each in _conditions(parts.get("not_counted", ()), contact)]
    if "starts_after" in parts:
        start = Collected.of(parts["starts_after"], "start")
        conditions.append(start.query("any", f"{contact} after {start.alias}"))
    return conditions


def _counted(parts: Parts) -> str:
    """The contacts before the action that count, the most for any one debt where debts are counted apart."""
    conditions = [*counting.in_period(parts), *_counts(parts, "c")]
    per = parts.get("per", ())
    if "person" in per:
        conditions.append(SAME_PERSON)
    if "endpoint" in per:
        conditions.append("(c.endpoint is absent or action.endpoint is absent or c.endpoint == action.endpoint)")
    if "debt" not in per:
        return f"count(contacts as c where {every_of(conditions)})"
    same = parts.get("same_debt", "d.id == e.id")
    conditions.append(f"any(debts of c as e where {same})")
    return f"largest(debts of action as d, count(contacts as c where {every_of(conditions)}))"


def _breach(parts: Parts) -> str:
    return every_of([*_counts(parts, "action"), f"{_counted(parts)} >= $at_most", *also(parts)])


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    yield from counting.mistakes(parts)
    if "days" not in parts["values"] and "period" not in parts:
        help_ = "values: {days: {<date>: 7}}, or period: calendar_month"
        yield Mistake("values", "a cap needs a period: `days`, or a calendar `period`", help_)


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    nouns = {"person": "person", "endpoint": "number or address", "debt": "debt"}
    each = [noun for word, noun in nouns.items() if word in parts.get("per", ())]
    apart = f"counted for each {english.listing(each, 'and each')}" if each else "all counted together"
    contact = f"{english.article(counting.first_too_many(values))} contact {counting.period(parts, values)}"
    lines = [
        RuleLine("breached", f"by {contact} ({counting.allowed(values)}), {apart}"),
        RuleLine("counted", expression=_bare(parts["counts"], "and"), of_contact=True),
    ]
    if "not_counted" in parts:
        lines.append(RuleLine("but not", expression=_bare(parts["not_counted"], "or"), of_contact=True))
    if "starts_after" in parts:
        lines.append(RuleLine("from", "the contacts after", f"earliest({parts['starts_after']})"))
    if same := parts.get("same_debt"):
        text = "a debt e of an earlier contact c and a debt d of the action are one where"
        lines.append(RuleLine("one debt", text, str(same), aliases={"c": "contact", "d": "debt", "e": "debt"}))
    return lines + only_if(parts)


def _arithmetic(evidence: Evidence) -> str:
    if "window" not in evidence:
        return ""
    number = evidence["counted"]
    return (
        f"{number} counted{counting.in_window(evidence['window'])};"
        f" this would be number {number + 1}, the most is {evidence['limit']}"
    )


KIND = RuleKind(
    name="frequency_cap",
    title="breached by one contact too many",
    fields={
        "counts": "contacts",
        "not_counted": "contacts",
        "starts_after": "collection",
        "per": "words",
        "same_debt": "contact",
        **counting.FIELDS,
        "also_when": "condition",
    },
    required=("counts",),
    values=("at_most",),
    optional=("days",),
    breach=_breach,
    mistakes=_mistakes,
    figures=lambda parts: {"counted": _counted(parts)},
    english=_english,
    entries=_counted,
    evidence=counting.evidence,
    arithmetic=_arithmetic,
    words={"per": ("person", "endpoint", "debt", "debtor", "creditor"), **counting.WORDS},
)
