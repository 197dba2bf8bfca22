"""A fixed sum for late payment, by the amount of the debt: the first band that the amount is below.

Bands are dated values: `below_1: {...}`, `sum_1: {...}`, `below_2`, `sum_2`, and so on; the last band has a sum only.
A law that counts the edge into the lower band writes the next cent. `band_currency:` is that of the debts by which the
bands go, where it is not that of the sum.

The sum is owed from the day on which a debt is late, by what was owed then: a later payment that names the debt alone
is no longer in what is open of it, and is added again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from collectrules.expressions.english import iso_day
from collectrules.ground.money import written
from collectrules.law.questions import Block, QuestionKind, Reply
from collectrules.law.settling import payments

if TYPE_CHECKING:
    from collectrules.case.objects import Debt


def _add(block: Block, reply: Reply) -> None:
    currency = block.parts["currency"]
    of_the_bands = block.parts.get("band_currency", currency)
    total = Decimal(0)
    steps = []
    for debt in reply.case.debts:
        if debt.amount is None:
            reply.lacks_amount(debt)
            return
        if debt.currency != of_the_bands:
            reply.open.append(
                f"debts[{debt.id}].amount: in {of_the_bands}? it is in {debt.currency}, the bands are not"
            )
            return
        amount = debt.amount + (_paid_late(reply, debt) if "below_1" in block.values else 0)
        found = _sum(block, amount)
        if found is None:
            reply.open.append(f"{block.title}: the sum on {iso_day(block.day)} is not known")
            return
        steps.append(f"{block.title}: {written(found)} {currency} for a debt of {written(amount)}")
        total += found
    if reply.one_currency(currency):
        reply.steps += steps
        reply.values["fixed_compensation"] = total


def _paid_late(reply: Reply, debt: Debt) -> Decimal:
    """What was paid on the debt alone after it was due, as far as amounts and currency are told."""
    if reply.ask.interest_from is not None:
        due = reply.ask.interest_from.toordinal() - 1
    elif debt.due is not None:
        due = debt.due.toordinal()
    else:
        return Decimal(0)
    paid, _ = payments(reply.case, due, debt.currency or "")
    late = [payment.amount for payment in paid if payment.debts == frozenset((debt.id,))]
    if late:
        reply.assumed.append("what is open of a debt counts the payments that name it")
    return sum(late, Decimal(0))


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
