"""A fixed sum for late payment, by the amount of the debt: the first band that the amount is below.

Bands are dated values: `below_1: {...}`, `sum_1: {...}`, `below_2`, `sum_2`, and so on; the last band has a sum only.
A law that counts the edge into the lower band writes the next cent. `band_currency:` is that of the debts by which the
bands go, where it is not that of the sum.
"""

from __future__ import annotations

from decimal import Decimal

from collectrules.expressions.english import iso_day
from collectrules.ground.money import written
from collectrules.law.questions import Block, QuestionKind, Reply


def _add(block: Block, reply: Reply) -> None:
    currency = block.parts["currency"]
    of_the_bands = block.parts.get("band_currency", currency)
    total = Decimal(0)
    steps = []
    for debt in reply.case.debts:
        if debt.amount is None:
            reply.open.append(f"debts.{debt.id}.amount: the principal without interest and costs?")
            return
        if debt.currency != of_the_bands:
            reply.open.append(f"debts.{debt.id}.amount: in {of_the_bands}? it is in {debt.currency}, the bands are not")
            return
        found = _sum(block, debt.amount)
        if found is None:
            reply.open.append(f"{block.title}: the sum on {iso_day(block.day)} is not known")
            return
        steps.append(f"{block.title}: {written(found)} {currency} for a debt of {written(debt.amount)}")
        total += found
    if reply.one_currency(currency):
        reply.steps += steps
        reply.values["fixed_compensation"] = total


def _sum(block: Block, amount: Decimal) -> Decimal | None:
    """The sum of the band; None where the band or its sum is not known."""
    number = 1
    while f"sum_{number}" in block.values:
        below = block.amount(f"below_{number}")
        if f"below_{number}" not in block.values:
            return block.amount(f"sum_{number}")
        if below is None:
            return None
        if amount < below:
            return block.amount(f"sum_{number}")
        number += 1
    return None


KIND = QuestionKind(
    name="fixed_sum",
    title="a fixed sum for late payment",
    fields={"currency": "word", "band_currency": "word"},
    required=("currency",),
    values=("sum_1",),
    add=_add,
    settles=("fixed_compensation",),
)
