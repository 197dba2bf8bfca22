"""The aging as JSON: `collectrules/aging/v1`. Amounts and averages are text; what is not known is null."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.money import written
from collectrules.receivables.formats import AgingFormat

if TYPE_CHECKING:
    from decimal import Decimal

    from collectrules.receivables.aging import Aging, Buckets, Customer, Payments

SCHEMA: Final = "collectrules/aging/v1"


def _write(aging: Aging, most: int) -> str:
    del most
    whole = {
        "schema": SCHEMA,
        "as_of": aging.as_of.isoformat(),
        "accounts": aging.accounts,
        "unusable_accounts": len(aging.wrong),
        "currencies": {currency: _currency(aging, currency) for currency in aging.totals},
        "unapplied": {
            currency: {"amount": written(sum_), "net": written(aging.net(currency))}
            for currency, sum_ in aging.unapplied.items()
        },
        "payments": _payments(aging.payments),
        "months": [
            {
                "month": month.name,
                "paid": month.paid,
                "average_days_late": _text(month.average_days_late),
                "average_days_to_pay": _text(month.average_days_to_pay),
            }
            for month in aging.months
        ],
        "long_late_days": aging.long_late,
        "repeat_offenders": [customer.account for customer in aging.repeat_offenders],
        "customers": [_customer(aging, customer) for customer in aging.customers],
        "unknown_amounts": [{"account": account, "invoice": invoice} for account, invoice in aging.unknown_amounts],
        "paid_without_day": aging.paid_without_day,
        "later_invoices": aging.later_invoices,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _currency(aging: Aging, currency: str) -> dict[str, Any]:
    found = aging.concentration(currency)
    concentration = found and {
        "customers": found.customers,
        "largest_per_cent": _text(found.largest),
        "five_largest_per_cent": _text(found.five_largest),
        "customers_of_80_per_cent": found.customers_of_80_per_cent,
    }
    return {**_buckets(aging, aging.totals[currency]), "concentration": concentration}


def _buckets(aging: Aging, buckets: Buckets) -> dict[str, Any]:
    parts = zip(aging.bucket_names, buckets.amounts, buckets.invoices, strict=True)
    return {
        "open": written(buckets.open),
        "late": written(buckets.late),
        "open_invoices": buckets.count,
        "buckets": [{"name": name, "amount": written(amount), "invoices": count} for name, amount, count in parts],
    }


def _customer(aging: Aging, customer: Customer) -> dict[str, Any]:
    return {
        "account": customer.account,
        "name": customer.name,
        "currencies": {currency: _buckets(aging, each) for currency, each in sorted(customer.buckets.items())},
        "unapplied": {currency: written(sum_) for currency, sum_ in customer.unapplied.items()},
        "oldest_days_late": customer.oldest,
        "payments": _payments(customer.payments),
        "long_late_invoices": customer.long_late,
        "repeat_offender": customer.is_repeat_offender,
    }


def _payments(payments: Payments) -> dict[str, Any]:
    return {
        "paid_invoices": payments.paid,
        "average_days_to_pay": _text(payments.average_days_to_pay),
        "average_days_late": _text(payments.average_days_late),
        "change_in_days": _text(payments.change),
        "trend": payments.trend or None,
    }


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure}"


FORMAT = AgingFormat(name="json", suffix=".json", write=_write)
