"""The last day to pay: the agreed number of days from the day `starts:` gives, at most `$at_most` of them.

`agreed:` is an expression that gives the agreed number; where none was agreed, `$where_none_agreed` stands for it. Each
of the two values may be left out: then an agreed term has no upper limit, or no term holds where none was agreed.
"""

from __future__ import annotations

from collectrules.expressions.english import iso_day
from collectrules.law.questions import Block, QuestionKind, Reply
from collectrules.measures import NOTHING


def _add(block: Block, reply: Reply) -> None:
    start = block.terms["starts"].value()
    if start is None or start is NOTHING:
        reply.open.extend(block.terms["starts"].missing())
        return
    agreed = block.terms["agreed"].value()
    if agreed is None:
        reply.open.extend(block.terms["agreed"].missing())
        return
    without = agreed is NOTHING
    named = ["where_none_agreed"] if without else ["at_most"]
    unknown = [name for name in named if name in block.values and block.amount(name, start) is None]
    limit = block.amount(named[0], start)
    if unknown or (without and limit is None):
        reply.open.append(f"{block.title}: the term for {iso_day(start)} is not known")
        return
    most = None if limit is None else int(limit)
    days = most if without else (agreed if most is None else min(agreed, most))
    assert days is not None, "a term that is not agreed has a limit"
    last = start + days
    told = (
        "none was agreed"
        if without
        else f"{agreed} days were agreed" + ("" if days == agreed else f", {days} are the most")
    )
    reply.steps.append(f"{block.title}: {told}; {days} days from {iso_day(start)} end on {iso_day(last)}")
    reply.values["last_day_to_pay"] = iso_day(last)


KIND = QuestionKind(
    name="payment_term",
    title="the last day to pay",
    fields={"starts": "term", "agreed": "term"},
    required=("starts", "agreed"),
    values=(),
    add=_add,
    settles=("last_day_to_pay",),
)
