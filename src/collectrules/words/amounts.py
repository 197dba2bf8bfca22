"""Sums of money that a text names and its case does not."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.words.plain_text import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.case.objects import Case

_MARK: Final = r"(?:US\$|C\$|A\$|\$|€|£|USD|EUR|GBP|CAD|AUD|CHF|PLN|SEK)"
_FIGURE: Final = r"\d{1,3}(?:[., '\u00a0]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?"
_SUM: Final = re.compile(rf"{_MARK}\s?({_FIGURE})(?![\d])|(?<![\d.,])({_FIGURE})\s?{_MARK}(?![A-Za-z])")
_HERE: Final = "\N{SECTION SIGN}"
_BESIDE: Final = 40
"""Signs before and after a sum that are looked at."""
_CENTS: Final = re.compile(r"[.,](\d{2})$")


def strange_amounts(
    text: str, case: Case, others: Iterable[re.Pattern[str]] = (), claimed: Iterable[re.Pattern[str]] = ()
) -> Iterator[tuple[int, int]]:
    """Where sums stand that are none of a debt or of several, and that neither history nor act names.

    `others` tell by what stands beside a sum, written as a section sign, that it is none of a debt: paid, a month.
    A sum that is no more than the case states may be a part of it; that it is claimed or added, `claimed` tell.
    """
    known = _known(case)
    most = max(known, default=Decimal(0))
    named = list(sums(text))
    left = {each - paid for each in known for paid, _, _ in named}  # what is still open after a payment
    for amount, start, end in named:
        if known and amount and amount not in known and amount not in left:
            before = whole(text[max(0, start - _BESIDE) : start] + _HERE).plain
            after = whole(text[end : end + _BESIDE]).plain
            beside = before + after
            is_claimed = amount > most or any(claim.search(beside) for claim in claimed)
            if is_claimed and not any(other.search(beside) for other in others):
                yield start, end


def sums(text: str) -> Iterator[tuple[Decimal, int, int]]:
    """The sums of money in a text, each with from where to where it stands."""
    for match in _SUM.finditer(text):
        yield _amount(match[1] or match[2]), *match.span()


def _known(case: Case) -> set[Decimal]:
    """The amounts that a case states; of few debts the sums of any of them too, of many the sum of all."""
    debts = [debt.amount for debt in case.debts if debt.amount is not None]
    sums = {Decimal(0)}
    for amount in debts if len(debts) <= 10 else ():  # noqa: PLR2004  # a thousand sums, no more
        sums |= {amount + each for each in sums}
    stated = {*debts, sum(debts, Decimal(0)), *sums} - {Decimal(0)}
    for debt in case.debts:
        stated |= {each for each in (debt.invoiced, debt.attorney_fees) if each is not None}
    for entry in case.history or ():
        paid = getattr(entry, "amount", None)
        if paid is not None:
            stated.add(paid)
    if case.action is not None and case.action.amount is not None:
        stated.add(case.action.amount)
    return stated


def _amount(figure: str) -> Decimal:
    cents = _CENTS.search(figure)
    whole = figure[: cents.start()] if cents else figure
    return Decimal(re.sub(r"[^\d]", "", whole) + (f".{cents[1]}" if cents else ""))
