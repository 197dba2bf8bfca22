"""The law was read and forbids nothing: a rule that governs acts and never speaks."""

from __future__ import annotations

from collectrules.law.kinds import Parts, RuleKind, RuleLine, Values


def _breach(_: Parts) -> str:
    return "false"


def _english(_: Parts, __: Values) -> list[RuleLine]:
    return [RuleLine("breached", "never: the law was read, and it forbids nothing")]


KIND = RuleKind(
    name="permission",
    title="nothing forbids it",
    fields={},
    required=(),
    values=(),
    breach=_breach,
    english=_english,
)
