"""Which court or procedure takes a claim: the first whose condition holds and whose limits the amount is within.

`route` says whether it is the court kept for small claims. `$at_most` is inclusive, `$above` exclusive. `counts:`
names what counts toward the limit beside the principal (`attorney_fees`). Where a small claims court is open but for
the amount, the reply says up to which amount a claim that is cut down may be filed there, unless `may_be_reduced: no`.
"""

from __future__ import annotations

from decimal import Decimal

from collectrules.expressions.english import iso_day
from collectrules.ground.money import written
from collectrules.law.questions import YES_OR_NO, Block, QuestionKind, Reply


def _add(block: Block, reply: Reply) -> None:
    if "route" in reply.values:
        return
    for_small_claims = block.parts["route"] == "small_claims"
    wanted = reply.ask.court_id
    if wanted is not None and for_small_claims and block.parts.get("court_id") != wanted:
        return
    claimed = reply.claimed()
    if claimed is None:
        return
    amount, currency = claimed
    if currency != block.parts["currency"]:
        limit = f"the limit of {block.title} is in {block.parts['currency']}"
        reply.open.append(f"ask.amount: the claim in {block.parts['currency']}? it is in {currency}, {limit}")
        return
    for name in ("at_most", "above"):
        if name in block.values and block.amount(name) is None:
            reply.open.append(f"{block.title}: its limit on {iso_day(block.day)} is not known")
            return
    fees = _fees(block, reply)
    amount += fees
    claim = f"{written(amount)} {currency}" + (f" ({written(fees)} of it attorney fees)" if fees else "")
    at_most, above = block.amount("at_most"), block.amount("above")
    if above is not None and amount <= above:
        reply.steps.append(f"{block.title}: {claim} is not above {written(above)}")
        return
    if at_most is not None and amount > at_most:
        reply.steps.append(f"{block.title}: {claim} is more than {written(at_most)}")
        if for_small_claims and block.parts.get("may_be_reduced") != "no":
            reply.values["may_file_up_to"] = max(at_most, reply.values.get("may_file_up_to", at_most))
        return
    within = f"is within {written(at_most)}" if at_most is not None else "has no upper limit here"
    reply.steps.append(f"{block.title}: {claim} {within}")
    cut_down = reply.values.pop("may_file_up_to", None)
    for name in ("route", "court_id", "court"):
        if name in block.parts:
            reply.values[name] = block.parts[name]
    if cut_down is not None and not for_small_claims:
        reply.values["may_file_up_to"] = cut_down


def _fees(block: Block, reply: Reply) -> Decimal:
    """The attorney fees that count toward the limit."""
    if "attorney_fees" not in block.parts.get("counts", ()):
        return Decimal(0)
    stated = [debt.attorney_fees for debt in reply.case.debts if debt.attorney_fees is not None]
    if not stated:
        reply.assumed.append("no attorney fees are claimed on top")
    return sum(stated, Decimal(0))


def _finish(reply: Reply) -> None:
    if "route" not in reply.values and not reply.open:
        reply.values = {"route": "not_small_claims", **reply.values}
        reply.steps.append("none of the courts kept for small claims takes it")


KIND = QuestionKind(
    name="court",
    title="which court or procedure takes a claim",
    fields={
        "route": "word",
        "court_id": "word",
        "court": "word",
        "currency": "word",
        "counts": "words",
        "may_be_reduced": "word",
    },
    required=("route", "currency"),
    values=(),
    add=_add,
    finish=_finish,
    words={
        "route": ("small_claims", "not_small_claims"),
        "counts": ("attorney_fees",),
        "may_be_reduced": YES_OR_NO,
    },
)
