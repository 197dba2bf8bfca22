"""Nobody collects such debts without the licence or registration that the place asks for.

`roles:` says who needs it, by the role of the collector; `debts:` for which debts, `consumer`, `commercial` or both.
Of a collector of whom a partial record does not say whether it is licensed the question is asked. `also_when:` is a
further condition, for who needs it.
"""

from __future__ import annotations

from typing import Final

from collectrules.case import terms
from collectrules.expressions import english
from collectrules.law.kinds import Parts, RuleKind, RuleLine, Values, also, every_of, listed, only_if

_UNLICENSED: Final = "collector.licensed == false or surely(action.tactic == unregistered_collection)"
"""The case says so of the collector, or names the practice."""


def _breach(parts: Parts) -> str:
    needed = [
        f"collector.role in {listed(parts['roles'])}",
        f"any(debts of action where kind in {listed(parts['debts'])})",
    ]
    return every_of([*needed, f"({_UNLICENSED})", *also(parts)])


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    roles = english.listing([english.article(english.words(role)) for role in parts["roles"]], "or")
    debts = english.listing(list(parts["debts"]), "or")
    told = f"by {roles} that has no licence, where {english.article(debts)} debt is concerned"
    return [RuleLine("breached", told), *only_if(parts)]


KIND = RuleKind(
    name="licence",
    title="breached without a licence",
    fields={"roles": "words", "debts": "words", "also_when": "condition"},
    required=("roles", "debts"),
    values=(),
    breach=_breach,
    english=_english,
    words={"roles": terms.ROLE.words, "debts": terms.DEBT_KIND.words},
)
