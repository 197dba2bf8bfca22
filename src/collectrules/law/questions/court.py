"""Which court or procedure takes a claim: the first whose condition holds and whose limits the amount is within.

`route` says whether it is the court kept for small claims. `$at_most` is inclusive, `$below` and `$above` are not.
`counts:` names what counts toward the limit beside the principal (`attorney_fees`, `interest`), `may_count:` what may
count, which was not read. `assignee_may_file:` is about buyers, agencies and whoever else claims what was another's;
`attorney_may_appear: no` shuts a claim out that a lawyer brings. `$filings_per_year` (month, week) is the most claims
that one creditor may file, `$filings_over` the amount up to which a claim does not count, `filings_per_location: yes`
allows so many for each place of business. Where a small claims court is open but for the amount, the reply says up to
which amount a claim that is cut down may be filed there, unless `may_be_reduced:` says `no`, or `unknown` where that
was not found. A block with a `question:` takes no claim: one within its limits is left to a person.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.case.history import Event
from collectrules.expressions.english import iso_day
from collectrules.ground.money import CENT, written
from collectrules.law.filings import PERIODS, filed
from collectrules.law.questions import YES_OR_NO, Block, QuestionKind, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMITS: Final = ("at_most", "below", "above")
_FOR_ANOTHER: Final = ("third_party", "debt_buyer", "servicer", "affiliate")
"""Roles in which somebody claims what is or was owed to another."""


class _Bar(Struct, frozen=True):
    """Why a court is not open to a claimant, whatever the amount; or what must be known to say so."""

    sentence: str = ""
    question: str = ""


def _add(block: Block, reply: Reply) -> None:
    asks_a_person = "question" in block.parts
    for_small_claims = block.parts["route"] == "small_claims"
    wanted = reply.ask.court_id
    if wanted is not None and for_small_claims and block.parts.get("court_id") != wanted:
        return
    claimed = reply.claimed()
    if claimed is None:
        return
    principal, currency = claimed
    if currency != block.parts["currency"]:
        limit = f"the limit of {block.title} is in {block.parts['currency']}"
        reply.open.append(f"ask.amount: the claim in {block.parts['currency']}? it is in {currency}, {limit}")
        return
    for name in _LIMITS:
        if name in block.values and block.amount(name) is None:
            reply.open.append(f"{block.title}: its limit on {iso_day(block.day)} is not known")
            return
    fees = _fees(reply)
    amount = principal + (fees if _counts(block, "counts", reply) else 0)
    if _counts(block, "may_count", reply) and _outside(block, amount) != _outside(block, principal + fees):
        reply.open.append(f"{block.title}: do attorney fees ({written(fees)} {currency}) count toward the limit?")
        return
    claim = f"{written(amount)} {currency}"
    if amount != principal:
        claim += f" ({written(fees)} of it attorney fees)"
    bar = next(_bars(block, reply, principal), None)
    outside = _outside(block, amount)
    if outside:
        reply.steps.append(f"{block.title}: {claim} is {outside}")
        if bar is None and for_small_claims and not asks_a_person:
            _cut_down(block, reply, amount)
    elif bar is not None and bar.question:
        reply.open.append(f"{block.title}: {bar.question}")
    elif bar is not None:
        reply.steps.append(f"{block.title}: {bar.sentence}")
    elif asks_a_person:
        reply.open.append(f"{block.title}: {block.parts['question']}")
    else:
        _take(block, reply, claim)


def _take(block: Block, reply: Reply, claim: str) -> None:
    highest = _highest(block)
    within = f"is within {written(highest)}" if highest is not None else "has no upper limit here"
    reply.steps.append(f"{block.title}: {claim} {within}")
    cut_down = reply.values.pop("may_file_up_to", None)
    for name in ("route", "court_id", "court", "requires"):
        if name in block.parts:
            reply.values[name] = block.parts[name]
    if cut_down is not None and block.parts["route"] != "small_claims":
        reply.values["may_file_up_to"] = cut_down


def _cut_down(block: Block, reply: Reply, amount: Decimal) -> None:
    """Say up to which amount the claim may be filed, where it is only too large."""
    highest, reduced = _highest(block), block.parts.get("may_be_reduced", "yes")
    if highest is None or amount <= highest or reduced == "no":
        return
    if reduced == "unknown":
        reply.steps.append(f"{block.title}: whether a claim may be cut down to the limit was not found")
    else:
        reply.values["may_file_up_to"] = max(highest, reply.values.get("may_file_up_to", highest))


def _highest(block: Block) -> Decimal | None:
    """The largest amount within the limits; None where there is no upper one."""
    at_most, below = block.amount("at_most"), block.amount("below")
    if below is None:
        return at_most
    return below - CENT if at_most is None else min(at_most, below - CENT)


def _outside(block: Block, amount: Decimal) -> str:
    """Why an amount is not within the limits; empty where it is."""
    at_most, below, above = (block.amount(name) for name in _LIMITS)
    if above is not None and amount <= above:
        return f"not above {written(above)}"
    if at_most is not None and amount > at_most:
        return f"more than {written(at_most)}"
    if below is not None and amount >= below:
        return f"not below {written(below)}"
    return ""


def _fees(reply: Reply) -> Decimal:
    """The attorney fees that are claimed on top."""
    return sum((debt.attorney_fees for debt in reply.case.debts if debt.attorney_fees is not None), Decimal(0))


def _counts(block: Block, key: str, reply: Reply) -> bool:
    """Do attorney fees count? What counts and is not stated is taken for nothing, and told."""
    named = block.parts.get(key, ())
    if key == "counts":
        if "attorney_fees" in named and all(debt.attorney_fees is None for debt in reply.case.debts):
            reply.assumed.append("no attorney fees are claimed on top")
        if "interest" in named:
            reply.assumed.append("no interest, which counts toward the limit here, is claimed on top")
    return "attorney_fees" in named


def _bars(block: Block, reply: Reply, principal: Decimal) -> Iterator[_Bar]:
    """What shuts the claimant out, the most general first."""
    assignees = block.parts.get("assignee_may_file", "yes")
    if assignees != "yes" and _claims_of_another(reply):
        if assignees == "no":
            yield _Bar("an assignee, buyer or agency may not file there")
        else:
            yield _Bar(question="may an assignee, buyer or agency file there? that was not found")
    lawyer = reply.ask.represented_by == "attorney" or reply.case.collector.role == "law_firm"
    if block.parts.get("attorney_may_appear") == "no" and lawyer:
        yield _Bar("lawyers may not appear there")
    yield from _too_many(block, reply, principal)


def _claims_of_another(reply: Reply) -> bool:
    """Is what is claimed owed to another, or was it?"""
    entries = reply.case.history or ()
    assigned = any(isinstance(entry, Event) and entry.event == "debt_assigned" for entry in entries)
    return assigned or reply.case.collector.role in _FOR_ANOTHER


def _too_many(block: Block, reply: Reply, principal: Decimal) -> Iterator[_Bar]:
    """The filings that leave no room for one more: first those that are certain, then what must be asked."""
    over = block.amount("filings_over")
    if over is not None and principal <= over:
        return
    locations = _locations(block, reply)
    larger = f" above {written(over)}" if over is not None else ""
    questions = []
    for period in PERIODS:
        name = f"filings_per_{period}"
        if name not in block.values:
            continue
        already = filed(reply.case, period, reply.day, over)
        if already.most == 0:
            reply.assumed.append(f"no small claim{larger} was filed there before, this {period}")
            continue
        limit = block.amount(name)
        if limit is None:
            questions.append(_Bar(question=f"how many claims a {period} did it take on {iso_day(block.day)}?"))
            continue
        limit *= locations or 1
        most = f"it takes no more than {limit}{larger} a calendar {period} from one claimant"
        if already.least >= limit and locations is not None:
            yield _Bar(f"{already.least} claims{larger} were filed there this {period}, and {most}")
        elif already.most is None or already.most >= limit:
            questions.append(_Bar(question=f"how many claims{larger} were filed there this {period}? {most}"))
    yield from questions


def _locations(block: Block, reply: Reply) -> int | None:
    """For how many places of business the most filings stand; None where that is not known."""
    if block.parts.get("filings_per_location") != "yes":
        return 1
    stated = reply.case.creditor.locations_in_district if reply.case.creditor is not None else None
    if stated is None and not reply.case.whole:
        return None
    return stated or 1


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
        "may_count": "words",
        "may_be_reduced": "word",
        "assignee_may_file": "word",
        "attorney_may_appear": "word",
        "filings_per_location": "word",
        "requires": "word",
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
        "may_count": ("attorney_fees",),
        "may_be_reduced": (*YES_OR_NO, "unknown"),
        "assignee_may_file": (*YES_OR_NO, "unknown"),
        "attorney_may_appear": YES_OR_NO,
        "filings_per_location": YES_OR_NO,
        "requires": ("attorney",),
    },
)
