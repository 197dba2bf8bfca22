"""The figures of an account that the conditions of a policy ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.law.files import layers
from collectrules.policy.account import LONG_PAST_DUE, NOTHING, first_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from collectrules.policy.account import Account, Invoice
    from collectrules.policy.model import Policy


def standing(account: Account, invoices: Sequence[Invoice], policy: Policy) -> dict[str, object]:
    """The figures of some open invoices of an account. What is not known is what the policy assumes, else None."""
    figures = known(account, invoices, policy.evidence)
    figures.update({name: value for name, value in policy.assumes.items() if figures[name] is None})
    return figures


def known(account: Account, invoices: Sequence[Invoice], evidence: Sequence[str]) -> dict[str, object]:
    """The figures of some open invoices of an account, nothing assumed. What is not known is None.

    `evidence`: the documents that must be at hand.
    """
    case, debtor = account.case, account.case.debtor
    ids = frozenset(invoice.id for invoice in invoices)
    due = first_due(invoices)
    late = account.days_late
    since = debtor.customer_since if debtor is not None else None
    promises = [each for each in account.promises if each.debts & ids or not ids]
    whole = total(account.open)
    return {
        "days_past_due": (account.day - due).days if due is not None else None if invoices else 0,
        "amount": total(invoices),
        "open_invoices": len(invoices),
        "promises_kept": sum(each.state == "kept" and not each.is_plan for each in promises),
        "promises_broken": sum(each.state == "broken" and not each.is_plan for each in promises),
        "plans_broken": sum(each.state == "broken" and each.is_plan for each in promises),
        "paid_on_time": sum(days <= 0 for days in late),
        "paid_late": sum(days > 0 for days in late),
        "over_60_days": _over(account, LONG_PAST_DUE),
        "average_days_late": round(sum(late) / len(late)) if late else None,
        "customer_days": (account.day - since).days if since is not None else None,
        "calls": account.talks(due, answered=False) if due is not None else None,
        "conversations": account.talks(due, answered=True) if due is not None else None,
        "missing_documents": _missing(invoices, evidence),
        "disputed": any(each.debts & ids for each in account.disputes),
        "hardship": account.hardship is not None,
        "promise": any(each.state == "pending" and not each.is_plan for each in promises),
        "plan": any(each.state == "pending" and each.is_plan for each in promises),
        "over_limit": _over_limit(account, whole),
        "on_hold": account.on_hold,
        "contact_person": debtor is not None and debtor.contact_person is not None,
        "reachable_by_phone": _reachable(account, "phone"),
        "reachable_by_email": _reachable(account, "email"),
        "insolvent": account.insolvent,
        "validated": account.latest("validation_notice_sent") is not None,
        "worth": debtor.worth if debtor is not None else None,
        "debt_kind": frozenset(debt.kind for debt in case.debts if debt.id in ids or not ids),
        "debtor_kind": debtor.kind if debtor is not None else None,
        "role": case.collector.role,
        "place": frozenset(place for each in case.places for place in layers(each)),
        "currency": whole[1] if whole is not None else None,
    }


def total(invoices: Sequence[Invoice]) -> tuple[Decimal, str] | None:
    """What is open of some invoices together; None where one has no amount, or another currency."""
    currencies = {invoice.currency for invoice in invoices}
    amounts = [invoice.open for invoice in invoices if invoice.open is not None]
    if len(currencies) != 1 or len(amounts) < len(invoices):
        return None
    return sum(amounts, NOTHING), currencies.pop()


def _over(account: Account, days: int) -> int:
    """Invoices that were paid, or are open, so many days late."""
    still = [invoice.days_past_due(account.day) for invoice in account.open]
    return sum(each > days for each in account.days_late) + sum(each is not None and each > days for each in still)


def _missing(invoices: Sequence[Invoice], evidence: Sequence[str]) -> int | None:
    """Documents that are to be at hand and are not; None where the record does not say what is."""
    if any(invoice.documents is None for invoice in invoices):
        return None
    return sum(each not in (invoice.documents or ()) for invoice in invoices for each in evidence)


def _over_limit(account: Account, whole: tuple[Decimal, str] | None) -> bool | None:
    debtor = account.case.debtor
    limit = debtor.credit_limit if debtor is not None else None
    if debtor is None or limit is None or whole is None or debtor.credit_currency != whole[1]:
        return None
    return whole[0] > limit


def _reachable(account: Account, channel: str) -> bool:
    debtor = account.case.debtor
    return any(each.channel == channel for each in (debtor.endpoints if debtor is not None else None) or ())
