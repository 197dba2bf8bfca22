"""What the debtor may be charged for the collection of a debt, by a scale over the amount of the claim.

The scale is a row of bands, dated values numbered from 1: `up_to_1` (inclusive; the last band has none), `percent_1`
and `base_1`. A band with `base` costs that, and the per cent of what lies above the band before; one without costs what
the bands before it cost together, each with its own per cent, and the per cent of the rest. `$factor` multiplies, then
`$minimum` and `$maximum` bound. Before tax and expenses.

The answer has the name of the question, for `penalty_cap` that of `maximum_lump_sum`, and for another question that of
`gives:`, as the fee of a court stands beside the court.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions.english import iso_day
from collectrules.ground.money import written
from collectrules.law.accruing import cents
from collectrules.law.questions import Block, QuestionKind, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

_NAMES: Final = {"penalty_cap": "maximum_lump_sum"}


def _add(block: Block, reply: Reply) -> None:
    name = block.parts.get("gives") or _NAMES.get(reply.ask.what, reply.ask.what)
    claimed = reply.claimed()
    if claimed is None:
        return
    amount, currency = claimed
    scale = block.parts["currency"]
    if currency != scale:
        reply.open.append(f"ask.amount: the claim in {scale}? it is in {currency}, the scale of {block.title} is not")
        return
    cost = _cost(block, amount)
    unknown = [name for name in _BOUNDS if name in block.values and block.amount(name) is None]
    if cost is None or unknown:
        reply.open.append(
            f"{block.title}: the scale for {written(amount)} {scale} on {iso_day(block.day)} is not known"
        )
        return
    factor, least, most = (block.amount(bound) for bound in _BOUNDS)
    told = f"{block.title}: the scale gives {written(cents(cost))} {scale} for {written(amount)}"
    if factor is not None:
        cost *= Fraction(factor)
        told += f", times {written(factor)} is {written(cents(cost))}"
    if least is not None and cost < least:
        cost, told = Fraction(least), f"{told}, at least {written(least)}"
    if most is not None and cost > most:
        cost, told = Fraction(most), f"{told}, at most {written(most)}"
    if reply.one_currency(scale):
        reply.steps.append(told)
        reply.values[name] = cents(cost)


def _cost(block: Block, amount: Decimal) -> Fraction | None:
    """What the bands give, unbounded; None where a figure of a band up to that of the amount is not known."""
    before, edge, number = Fraction(0), Fraction(0), 1
    while True:
        up_to, percent, base = (_figure(block, f"{name}_{number}") for name in ("up_to", "percent", "base"))
        if "unknown" in (up_to, percent, base):
            return None
        within = up_to is None or amount <= up_to
        part = Fraction(percent or 0) * ((Fraction(amount) if within else Fraction(up_to or 0)) - edge) / 100
        if within:
            return (before if base is None else Fraction(base)) + part
        before, edge, number = before + part, Fraction(up_to or 0), number + 1


def _figure(block: Block, name: str) -> Any:
    """A figure of a band; None where the band has none of that name, `unknown` where it is not known."""
    if name not in block.values:
        return None
    found = block.amount(name)
    return "unknown" if found is None else found


def _wrong(_parts: Mapping[str, Any], values: Collection[str]) -> str:
    bands = {name.rpartition("_")[2] for name in values if name.startswith(("up_to_", "percent_", "base_"))}
    if bands != {str(number) for number in range(1, len(bands) + 1)}:
        return "the bands of a scale are numbered from 1, each with `percent_...` or `base_...`"
    for number in range(1, len(bands) + 1):
        if f"percent_{number}" not in values and f"base_{number}" not in values:
            return f"the band {number} has `percent_{number}` or `base_{number}`"
        if (f"up_to_{number}" in values) == (number == len(bands)):
            return "every band has `up_to_...` but the last"
    return "" if bands else "a scale has at least one band, `percent_1` or `base_1`"


_BOUNDS: Final = ("factor", "minimum", "maximum")

KIND = QuestionKind(
    name="fee_scale",
    title="collection costs by a scale",
    fields={"currency": "word", "gives": "word"},
    required=("currency",),
    values=(),
    add=_add,
    settles=("collection_costs", "agency_fee", "maximum_lump_sum"),
    words={"gives": ("court_fee", "fixed_costs", "fixed_costs_of_judgment")},
    wrong=_wrong,
)
