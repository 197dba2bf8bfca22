"""A wait after something happened: breached while fewer than `$days` days have passed.

`after:` is a collection with its condition, for example `contacts as c where c.outcome == conversation`; the latest
such entry counts. With `first_day_counts: true`, as where it is left out, the day it happened is day one of the wait.
`also_when:` is a further condition.
"""

from __future__ import annotations

from collectrules.law.kinds import Parts, RuleKind


def _since(parts: Parts) -> str:
    after = str(parts["after"])
    collection, where, condition = after.partition(" where ")
    name, alias_word, alias = collection.partition(" as ")
    alias = alias.strip() if alias_word else "latest_one"
    inner = f"{alias}.age < $days" if parts.get("first_day_counts", "true") == "true" else f"{alias}.age <= $days"
    if where:
        inner = f"({condition}) and {inner}"
    return f"any({name.strip()} as {alias} where {inner})"


def _latest(parts: Parts) -> str:
    return f"latest({parts['after']}).day"


def _breach(parts: Parts) -> str:
    conditions = [_since(parts)]
    if also := parts.get("also_when"):
        conditions.insert(0, f"({also})")
    return " and ".join(conditions)


KIND = RuleKind(
    name="waiting_period",
    title="breached while the wait lasts",
    fields={"after": "collection", "first_day_counts": "word", "also_when": "condition"},
    required=("after",),
    values=("days",),
    breach=_breach,
    figures=lambda parts: {"latest": _latest(parts)},
    words={"first_day_counts": ("true", "false")},
    sentence="the latest was on {latest:date}; {$days} days must pass",
)
