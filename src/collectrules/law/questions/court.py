"""Which court or procedure takes a claim: the first whose condition holds and whose limits the amount is within.

`route` says whether it is the court kept for small claims. `$at_most` is inclusive, `$below` and `$above` are not.
`counts:` names what counts toward the limit beside the principal (`attorney_fees`, `interest`). Where a small claims
court is open but for the amount, the reply says up to which amount a claim that is cut down may be filed there, unless
`may_be_reduced:` says `no`, or `unknown` where that was not found. A block with a `question:` takes no claim: one
within its limits is left to a person.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from collectrules.expressions.english import iso_day
from collectrules.ground.money import written
from collectrules.law.questions import YES_OR_NO, Block, QuestionKind, Reply

_EDGES: Final = ("at_most", "below", "above")
_CENT: Final = Decimal("0.01")


def _add(block: Block, reply: Reply) -> None:
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
    for name in _EDGES:
        if name in block.values and block.amount(name) is None:
            reply.open.append(f"{block.title}: its limit on {iso_day(block.day)} is not known")
            return
    fees = _fees(block, reply)
    amount += fees
    claim = f"{written(amount)} {currency}" + (f" ({written(fees)} of it attorney fees)" if fees else "")
    above = block.amount("above")
    if above is not None and amount <= above:
        reply.steps.append(f"{block.title}: {claim} is not above {written(above)}")
        return
    cap, inclusive = block.amount("below"), False
    if cap is None:
        cap, inclusive = block.amount("at_most"), True
    if cap is not None and (amount > cap or (amount == cap and not inclusive)):
        reply.steps.append(f"{block.title}: {claim} is {'more than' if inclusive else 'not below'} {written(cap)}")
        if for_small_claims and "question" not in block.parts:
            _cut_down(block, reply, cap if inclusive else cap - _CENT)
        return
    if "question" in block.parts:
        reply.open.append(f"{block.title}: {block.parts['question']}")
        return
    within = f"is {'within' if inclusive else 'below'} {written(cap)}" if cap is not None else "has no upper limit here"
    reply.steps.append(f"{block.title}: {claim} {within}")
    cut_down = reply.values.pop("may_file_up_to", None)
    for name in ("route", "court_id", "court"):
        if name in block.parts:
            reply.values[name] = block.parts[name]
    if cut_down is not None and not for_small_claims:
        reply.values["may_file_up_to"] = cut_down


def _cut_down(block: Block, reply: Reply, most: Decimal) -> None:
    """Say up to which amount a claim that is cut down may be filed there."""
    reduced = block.parts.get("may_be_reduced", "yes")
    if reduced == "unknown":
        reply.steps.append(f"{block.title}: whether a claim may be cut down to the limit was not found")
    elif reduced == "yes":
        reply.values["may_file_up_to"] = max(most, reply.values.get("may_file_up_to", most))


def _fees(block: Block, reply: Reply) -> Decimal:
    """The attorney fees that count toward the limit."""
    if "interest" in block.parts.get("counts", ()):
        reply.assumed.append("the claim is told with the interest that counts toward the limit")
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
        "question": "word",
    },
    required=("route", "currency"),
    values=(),
    add=_add,
    settles=("route",),
    finish=_finish,
    words={
        "route": ("small_claims", "not_small_claims"),
        "counts": ("attorney_fees", "interest"),
        "may_be_reduced": (*YES_OR_NO, "unknown"),
    },
)
