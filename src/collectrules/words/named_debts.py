"""Debts of a case that a text names, in whatever words: by their sum or their number. And names that a case states."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.words.amounts import sums
from collectrules.words.plain_text import plain, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case

_SHORTEST: Final = 3
"""Signs of a number that can be told from a word or a figure."""


def named_debt(text: str, case: Case) -> tuple[int, int] | None:
    """From where to where a text first names the sum of a debt, of all debts together, or the number of one."""
    return min((*_sums(text, case), *_numbers(text, case)), default=None)


def names_of(case: Case) -> Iterator[str]:
    """The names that a case states: who collects, for whom, from whom, and the numbers of the debts."""
    for party in (case.collector, case.creditor, case.debtor):
        if party is not None and party.name:
            yield party.name
    for debt in case.debts:
        yield from filter(None, (debt.id, debt.account_number))


def _sums(text: str, case: Case) -> Iterator[tuple[int, int]]:
    amounts = [debt.amount for debt in case.debts if debt.amount is not None]
    invoiced = [debt.invoiced for debt in case.debts if debt.invoiced is not None]
    of_debts = {*amounts, sum(amounts, Decimal(0)), *invoiced} - {Decimal(0)}
    return ((start, end) for amount, start, end in sums(text) if amount in of_debts)


def _numbers(text: str, case: Case) -> Iterator[tuple[int, int]]:
    every = whole(text)
    for debt in case.debts:
        for number in filter(None, (debt.id, debt.account_number)):
            if len(number) >= _SHORTEST:
                for match in _as_token(plain(number).casefold()).finditer(every.plain):
                    yield every.span(*match.span())


def _as_token(number: str) -> re.Pattern[str]:
    """The number by itself; one of digits alone is no part of a telephone number, a date or a sum either."""
    signs = r"[-./,:]?" if number.isdigit() else ""
    before = r"(?<!\w)(?<!\d[-./,:])" if number.isdigit() else r"(?<!\w)"
    return re.compile(rf"{before}{re.escape(number)}(?!{signs}\w)")
