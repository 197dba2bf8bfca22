"""An offer before it is made: a plan of instalments or a settlement, held against the policy and then the law.

A plan is made of equal instalments to the cent, the last one the rest. A settlement is a sum that ends the debt.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.advising.acts import Acts, reasons
from collectrules.expressions.english import days as in_days
from collectrules.ground.money import CENT, written
from collectrules.policy.account import Account
from collectrules.policy.conditions import asked
from collectrules.policy.model import amount_in
from collectrules.policy.standing import standing, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collectrules.advising.advice import Decision, Reason
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.policy.conditions import Condition
    from collectrules.policy.model import Policy

_HUNDRED: Final = Decimal(100)
_CHANNEL: Final = "letter"


class Offer(Struct, frozen=True, kw_only=True):
    """An offer, and whether it may be made."""

    kind: str
    """`plan` or `settlement`."""
    open: Decimal
    currency: str
    payments: tuple[tuple[date, Decimal], ...]
    against: tuple[str, ...]
    """What of the policy speaks against it; empty: it is within the policy."""
    decision: Decision
    """What the law says to making it by letter."""
    law: tuple[Reason, ...]

    @property
    def may_be_made(self) -> bool:
        """Is it within the policy, and allowed?"""
        return not self.against and self.decision == "allow"


def plan(advisor: Advisor, policy: Policy, case: Case, day: date, terms: tuple[int, int]) -> Offer:
    """A plan of so many instalments, one every so many days (`terms`), the first after as many. Raises InvalidInput."""
    instalments, every = terms
    account, amount, currency = _account(policy, case, day)
    each = (amount / instalments).quantize(CENT, ROUND_UP)
    payments = []
    left = amount
    for number in range(instalments):
        paid = min(each, left)
        payments.append((day + timedelta(days=every * (number + 1)), paid))
        left -= paid
    payments = [payment for payment in payments if payment[1]]
    against = tuple(_against_plan(policy, account, payments, currency, day))
    acts = Acts(advisor, policy, case, account.open)
    return _offer(acts, day, (amount, currency), kind="plan", payments=tuple(payments), against=against)


def settlement(advisor: Advisor, policy: Policy, case: Case, day: date, amount: Decimal) -> Offer:
    """A sum that ends the debt, to be paid within the days for which a promise may be made. Raises InvalidInput."""
    account, whole, currency = _account(policy, case, day)
    until = day + timedelta(days=policy.promises.most_days)
    against = tuple(_against_settlement(policy, account, whole, amount, currency))
    acts = Acts(advisor, policy, case, account.open)
    return _offer(acts, day, (whole, currency), kind="settlement", payments=((until, amount),), against=against)


def _account(policy: Policy, case: Case, day: date) -> tuple[Account, Decimal, str]:
    account = Account(case, day, policy.promises.grace)
    whole = total(account.open) if account.open else None
    if whole is None:
        message = "what is open is not known in one currency, so that nothing can be offered"
        raise case.wrong("CR012", message, "state the amounts")
    return account, *whole


def _offer(acts: Acts, day: date, whole: tuple[Decimal, str], **stated: Any) -> Offer:
    purpose = "payment_offer" if stated["kind"] == "plan" else "discount_offer"
    verdict = acts.verdict("contact", day, channel=_CHANNEL, purpose=purpose)
    return Offer(open=whole[0], currency=whole[1], decision=verdict.decision, law=reasons(verdict), **stated)


def _against_plan(
    policy: Policy, account: Account, payments: list[tuple[date, Decimal]], currency: str, day: date
) -> Iterator[str]:
    plans = policy.plans
    if plans is None:
        yield f"the policy `{policy.id}` offers no plans"
        return
    if len(payments) > plans.most_instalments:
        yield f"{len(payments)} instalments, and the policy has at most {plans.most_instalments}"
    long = (payments[-1][0] - day).days
    if long > plans.most_days:
        yield f"the last instalment is in {in_days(long)}, and the policy has at most {plans.most_days}"
    least = amount_in(plans.least_instalment, currency)
    if least is not None and payments[0][1] < least:
        yield f"instalments of {currency} {written(payments[0][1])}, and the policy has at least {written(least)}"
    yield from _against_condition(policy, account, plans.when)


def _against_settlement(
    policy: Policy, account: Account, whole: Decimal, amount: Decimal, currency: str
) -> Iterator[str]:
    settlements = policy.settlements
    if settlements is None:
        yield f"the policy `{policy.id}` offers no settlements"
        return
    least = (whole * (_HUNDRED - settlements.most_discount) / _HUNDRED).quantize(CENT, ROUND_UP)
    if amount > whole:
        yield f"{currency} {written(amount)} is more than what is open"
    elif amount < least:
        most = settlements.most_discount
        yield f"the policy lets off {most} per cent at most: {currency} {written(least)} is the least"
    yield from _against_condition(policy, account, settlements.when)


def _against_condition(policy: Policy, account: Account, when: Condition | None) -> Iterator[str]:
    told = asked(when, standing(account, account.open, policy))
    if told.truth is not True:
        yield told.sentence
