"""The law was read and forbids nothing: a rule that governs acts and never speaks."""

from __future__ import annotations

from collectrules.law.kinds import Parts, RuleKind


def _breach(_: Parts) -> str:
    return "false"


KIND = RuleKind(name="permission", title="nothing forbids it", fields={}, required=(), values=(), breach=_breach)
