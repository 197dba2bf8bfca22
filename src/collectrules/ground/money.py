"""Amounts of money: exact decimals, and the whole numbers that conditions compare.

An amount is a `Decimal` in units of its currency, and the currency stands beside it. A float is never an amount.
In records an amount is a whole number of ten-thousandths of a unit, fine enough for rates and lump sums as well.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
UNITS_OF_RECORD: Final = 10_000
"""Ten-thousandths of a currency unit, or of a per cent: what records and conditions count."""

_MOST_DIGITS: Final = 20


def is_amount(value: Decimal) -> bool:
    """Whether a number can stand for an amount or rate at all: finite, and of a size that can be written out."""
    return value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS


def to_cent(amount: Decimal) -> Decimal:
    """Round to the cent; half a cent goes away from zero, as on an invoice."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def written(amount: Decimal) -> str:
    """Write an amount with at least two decimals and without an exponent: `8400.00`."""
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent > CENT.as_tuple().exponent:  # type: ignore[operator]
        amount = amount.quantize(CENT)
    return f"{amount:f}"


def to_record(amount: Decimal) -> int:
    """Return an amount or rate as ten-thousandths. Raises `ValueError` where it is finer than that."""
    scaled = amount * UNITS_OF_RECORD
    whole = int(scaled)
    if whole != scaled:
        message = f"{amount} is finer than a ten-thousandth"
        raise ValueError(message)
    return whole
