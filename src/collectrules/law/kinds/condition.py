"""The general kind: a breach written out as one condition."""

from __future__ import annotations

from collectrules.law.kinds import Parts, RuleKind, RuleLine, Values


def _breach(parts: Parts) -> str:
    return str(parts["when"])


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    return [RuleLine("breached", "if", str(parts["when"]))]


KIND = RuleKind(
    name="condition",
    title="breached where its condition holds",
    fields={"when": "condition"},
    required=("when",),
    values=(),
    breach=_breach,
    english=_english,
)
