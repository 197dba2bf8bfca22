"""The ways to recover an old account side by side, by the company's own figures and the route's answers.

Expected net is `open x success x (1 - commission) - cost`; of a sale `open x price - cost`; of a court what a judgment
is expected to bring, `open x success x collectable - cost`. A figure that nobody states leaves the way open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.advising.advice import Recovery
from collectrules.expressions import english
from collectrules.ground.money import to_cent, written
from collectrules.policy.model import amount_in
from collectrules.policy.standing import total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.advising.acts import Acts
    from collectrules.advising.advice import Decision
    from collectrules.policy.model import Way
    from collectrules.policy.proposing import Proposal

_TITLES: Final = {
    "in_house": "go on in-house",
    "agency": "placement with an agency, the debt stays yours",
    "lawyer": "a lawyer writes and negotiates",
    "sale": "sale of the debt, which is no placement: it is the buyer's then",
    "court": "a claim in court",
    "payment_plan": "payment plan",
    "write_off": "write-off",
}
_ACTS: Final = {"agency": "place_with_agency", "sale": "sell_debt", "court": "file_claim"}
UNSTATED: Final = "the policy states no figures under `recovery:`"
_HUNDRED: Final = Decimal(100)


class Recovering:
    """The ways to recover what one proposal is about. `collectable`: what the user says of a judgment, in per cent."""

    def __init__(self, acts: Acts, proposal: Proposal, collectable: Decimal | None) -> None:
        self.acts = acts
        self.policy = acts.policy
        self.case = acts.case
        self.proposal = proposal
        self.collectable = collectable
        whole = total(proposal.invoices)
        self.amount = whole[0] if whole is not None else None
        self.currency = whole[1] if whole is not None else ""
        self.day = proposal.day or acts.advisor.today

    def ways(self) -> tuple[Recovery, ...]:
        """All ways that there are, the best expected net first, those with open figures last."""
        stated = {way.id: way for way in self.policy.recovery}
        made = [self._way(name, stated.get(name)) for name in _TITLES]
        return tuple(sorted(made, key=lambda each: (each.net is None, -(each.net or 0))))

    def _way(self, name: str, way: Way | None) -> Recovery:
        act = _ACTS.get(name)
        decision, notes = self._law(act) if act is not None else ("", ())
        if name == "court":
            notes = (*notes, *self._route())
        title = _TITLES[name]
        if way is None:
            return Recovery(name, title, None, None, None, None, "", decision, (UNSTATED,), notes)
        missing = tuple(self._missing(name, way))
        cost = amount_in(way.cost, self.currency) if way.cost is not None else None
        chance = self._chance(name, way)
        net = None
        if not missing and self.amount is not None and cost is not None:
            net = to_cent(self._brings(name, way, chance) - cost)
        if self.amount is None:
            missing = (*missing, "what is open is not known")
        return Recovery(name, title, net, cost, way.days, chance, way.risk, decision, missing, notes)

    def _missing(self, name: str, way: Way) -> Iterator[str]:
        if name == "sale" and way.price is None:
            yield "the price in per cent of what is open: `price`"
        if name != "sale" and self._success(way) is None:
            yield "the share that comes in, by days past due: `success`"
        if way.cost is None or amount_in(way.cost, self.currency) is None:
            yield f"what it costs in {self.currency or 'the currency of the account'}: `cost`"
        if name == "court" and self.collectable is None and way.collectable is None:
            yield "whether a judgment could be collected: `collectable`, or --collectable"

    def _success(self, way: Way) -> Decimal | None:
        """The share that comes in, by how old the account is."""
        late = self.proposal.values.get("days_past_due")
        number = late if isinstance(late, int) else None
        reached = [share for days, share in way.success.items() if number is not None and days <= max(number, 0)]
        return reached[-1] if reached else None

    def _chance(self, name: str, way: Way) -> Decimal | None:
        if name == "sale":
            return _HUNDRED if way.price is not None else None
        success = self._success(way)
        if name != "court" or success is None:
            return success
        share = self.collectable if self.collectable is not None else way.collectable
        return None if share is None else to_cent(success * share / _HUNDRED)

    def _brings(self, name: str, way: Way, chance: Decimal | None) -> Decimal:
        assert self.amount is not None
        if name == "sale":
            return self.amount * (way.price or 0) / _HUNDRED
        return self.amount * (chance or 0) / _HUNDRED * (_HUNDRED - way.commission) / _HUNDRED

    # ---- the law -----------------------------------------------------------------------------------------------

    def _law(self, kind: str) -> tuple[Decision, tuple[str, ...]]:
        verdict = self.acts.verdict(kind, self.day)
        return verdict.decision, tuple(english.cited(each.sentence, each.citation) for each in verdict.findings[:1])

    def _route(self) -> Iterator[str]:
        """Which court takes the claim by its amount and place, as `collectrules route` answers."""
        route = self.acts.answer("court_route", self.day)
        if not route.values:
            yield f"which court takes it is open: {route.open[0]}" if route.open else "which court takes it is open"
            return
        small = route.values.get("route") == "small_claims"
        named = route.values.get("court_id") or route.values.get("court")
        yield f"{'small claims' if small else 'ordinary civil court'}{f', {named}' if named else ''}"
        if most := route.values.get("may_file_up_to"):
            yield f"small claims take up to {most}"
        if route.values.get("requires") == "attorney":
            yield "an attorney must appear"

    def judgment(self) -> tuple[str, ...]:
        """Could a judgment be collected: what the record and the law say, and what to find out."""
        return tuple(self._judgment())

    def _judgment(self) -> Iterator[str]:
        values = self.proposal.values
        if values.get("insolvent"):
            yield "against: an insolvency is recorded; a judgment would wait behind it or be worth nothing"
        debtor = self.case.debtor
        if debtor is not None and debtor.deceased:
            yield "against: the debtor is dead; the estate would have to be claimed against"
        limitation = self.acts.answer("limitation", self.day)
        if limitation.values.get("time_barred") is True:
            yield "against: the debt is time-barred"
        elif last := limitation.values.get("last_day"):
            yield f"until {last} it can be sued for"
        elif limitation.open:
            yield f"the last day to sue is open: {limitation.open[0]}"
        if self.collectable is not None:
            yield f"you say that {written(self.collectable)} per cent of it could be collected"
            return
        if debtor is not None and debtor.kind in ("company", None) and self.case.debts[0].kind == "commercial":
            yield "find out: does it still trade, does it own anything, who else has judgments against it?"
        else:
            yield "find out: is there income or property that may be taken, and who else has judgments?"
