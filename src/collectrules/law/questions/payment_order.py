"""What a payment on a debt that bears interest goes to first, where the debtor and the creditor agreed on nothing.

`settles_first:` is the order of costs, interest and principal. What is paid bears interest on the day of its payment
too, unless `day_of_payment: does_not_count`. Asked before the interest is, and told where the history has a payment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.history import Event
from collectrules.law.questions import Block, PaymentOrder, QuestionKind, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_PARTS: Final = ("costs", "interest", "principal")


def _add(block: Block, reply: Reply) -> None:
    if reply.payment_order is not None:
        return
    order = block.parts["settles_first"]
    reply.payment_order = PaymentOrder(order, day_counts=block.parts.get("day_of_payment") != "does_not_count")
    if any(isinstance(entry, Event) and entry.event == "payment" for entry in reply.case.history or ()):
        reply.steps.append(f"{block.title}: a payment settles first {', then '.join(order)}")


def _wrong(parts: Mapping[str, Any], _values: Collection[str]) -> str:
    order = parts.get("settles_first", ())
    return "" if sorted(order) == sorted(_PARTS) else "`settles_first` names costs, interest and principal, each once"


KIND = QuestionKind(
    name="payment_order",
    title="what a payment goes to first",
    fields={"settles_first": "words", "day_of_payment": "word"},
    required=("settles_first",),
    values=(),
    add=_add,
    words={"settles_first": _PARTS, "day_of_payment": ("counts", "does_not_count")},
    wrong=_wrong,
    goes_first=True,
)
