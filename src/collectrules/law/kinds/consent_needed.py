"""Nothing without a consent that stands: breached where none was given for it, or it was taken back or has ended.

`given:` is a collection with its condition, such as `consents where consent.sms == action.endpoint`; `revoked_by:` are
entries that take an earlier consent back, such as `consent_revoked`, whose condition may speak of what was `agreed`.
Of `consents` one stands only on its `only_on`, up to its `until`, and for its `debts`, where it has such. The action
needs one for each of its debts. `also_when:` is a further condition.
"""

from __future__ import annotations

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

_LASTS = (
    "({0}.consent.until is absent or {0}.consent.until >= action.day)",
    "({0}.consent.only_on is absent or {0}.consent.only_on == action.day)",
    "({0}.consent.debts is absent or {0}.consent.debts has each_debt.id)",
)


def _given(parts: Parts) -> Collected:
    return Collected.of(parts["given"], "agreed")


def _breach(parts: Parts) -> str:
    given = _given(parts)
    conditions = [condition.format(given.alias) for condition in _LASTS] if given.name == "consents" else []
    conditions.append(f"{given.alias}.debts has each_debt.id")
    if "revoked_by" in parts:
        revoked = Collected.of(parts["revoked_by"], "revoked")
        conditions.append(revoked.query("no", f"{revoked.alias} after {given.alias}"))
    stands = given.query("no", *conditions)
    return every_of([f"any(debts of action as each_debt where {stands})", *also(parts)])


def _entries(parts: Parts) -> str:
    return _given(parts).query("any")


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    lines = [
        RuleLine("breached", "for any debt of the action without a consent that stands"),
        RuleLine("consent", expression=f"any({parts['given']})"),
    ]
    if _given(parts).name == "consents":
        lines.append(RuleLine("stands", "on its only day, up to its last day, and for its debts, where it has such"))
    if "revoked_by" in parts:
        lines.append(RuleLine("revoked", "where later", f"any({parts['revoked_by']})"))
    return lines + only_if(parts)


def _evidence(grounds: Grounds) -> Evidence:
    return {"entries": told(grounds.entries)}


def _arithmetic(evidence: Evidence) -> str:
    if not evidence["entries"]:
        return "no such consent is recorded"
    return "no consent that is recorded stands for every debt"


KIND = RuleKind(
    name="consent_needed",
    title="breached without a consent that stands",
    fields={"given": "collection", "revoked_by": "entries", "also_when": "condition"},
    required=("given",),
    values=(),
    breach=_breach,
    english=_english,
    entries=_entries,
    evidence=_evidence,
    arithmetic=_arithmetic,
)
