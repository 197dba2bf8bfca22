"""Reads the figures of a policy for each way to recover: what comes in, what it costs, how long it takes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import meant
from collectrules.ground.nodes import Scalar
from collectrules.policy import model
from collectrules.policy.model import Way
from collectrules.policy.steps import amounts, per_cent, share_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.law.keys import Keys

WAY_KEYS: Final = ("success", "commission", "price", "cost", "days", "risk", "collectable", "note")


def read_recovery(keys: Keys) -> tuple[Way, ...]:
    """The ways under `recovery:`, each with what is stated of it."""
    table = keys.table_of("recovery")
    if table is None:
        return ()
    made = []
    for name in table:
        if name not in model.WAYS:
            help_ = meant(name, model.WAYS) or f"known here: {', '.join(model.WAYS)}"
            keys.problems.add(table.place_of(name), "CR103", f"`{name}` is no way to recover", help_)
            continue
        entry = table.entries[name]
        inner = keys.inner(entry.table(f"`{name}`"), f"`{name}`", WAY_KEYS)
        made.append(
            Way(
                name,
                _success(inner),
                per_cent(inner, "commission") or Decimal(0),
                per_cent(inner, "price"),
                amounts(inner, "cost") if "cost" in inner.table else None,
                inner.number("days", 0, 3650) if "days" in inner.table else None,
                inner.text("risk"),
                per_cent(inner, "collectable"),
            )
        )
    return tuple(made)


def _success(keys: Keys) -> Mapping[int, Decimal]:
    """The share that comes in, by the days past due from which it holds."""
    table = keys.table_of("success")
    if table is None:
        return {}
    found: dict[int, Decimal] = {}
    for days, node in table.entries.items():
        share = share_of(node.text) if isinstance(node, Scalar) else None
        if days.isdecimal() and share is not None:
            found[int(days)] = share
        else:
            help_ = "write {0: '70.00', 90: '45.00'}: from so many days past due, so many per cent of what is open"
            keys.problems.add(node.place, "CR102", "`success` cannot be read", help_)
    return dict(sorted(found.items()))
