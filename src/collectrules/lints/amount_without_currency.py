"""An amount is compared, and nothing says in which currency.

A limit of 500.00 is met by 500 yen as by 500 dollars: what is compared cannot be measured by it. The rule, answer or
definition compares the amount of a debt or of an act with a figure and asks for no currency, neither there nor in what
it uses, and its kind has no `currency:`.

Mend: ask for the currency beside the amount, `currency == EUR and amount > $limit`, or use the kind that has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.syntax import Comparison, Literal, Name, ValueName
from collectrules.expressions.walking import walk, walk_all
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.lints import LawFile, Written

_ORDERS = ("<", "<=", ">", ">=")
_CURRENCY = "currency"


def _of_law(file: LawFile) -> Iterator[Remark]:
    for written in file.expressions:
        compared = next((part for part in walk(written.expression) if _compares(part, file)), None)
        if compared is not None and not _asks(written, file):
            yield Remark(
                written.place, "an amount is compared, and nothing says in which currency", "currency == EUR and ..."
            )


def _compares(part: Expression, file: LawFile) -> bool:
    match part:
        case Comparison(operator, Name(parts), (ValueName() | Literal("text")) as figure):
            return operator in _ORDERS and parts[-1] in file.amounts and not _is_zero(figure)
    return False


def _is_zero(figure: Expression) -> bool:
    """Is it nothing? Nothing is the same in every currency."""
    return isinstance(figure, Literal) and not str(figure.value).strip("0.")


def _asks(written: Written, file: LawFile) -> bool:
    return any(
        isinstance(part, Name) and part.parts[-1] == _CURRENCY for part in walk_all(written.expression, file.body)
    )


LINT = Lint(code="CR217", name="amount-without-currency", severity="warning", documentation=__doc__, of_law=_of_law)
