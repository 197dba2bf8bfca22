"""A figure of the law without a day.

A number other than 0 and 1, or an amount, stands in an expression itself. When the law changes it, somebody will edit
the number, and every act of before will be judged by the new one.

Mend: give it a name and a day under `values:` of the rule or of the file, and write `$name` in the expression.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import Literal
from collectrules.expressions.walking import walk
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import LawFile

_NO_FIGURES: Final = (0, 1)
"""None, one: whether something is there at all."""
_AMOUNT: Final = re.compile(r"\d+\.\d+")


def _of_law(file: LawFile) -> Iterator[Remark]:
    for _, expression, place in file.expressions:
        figures = [part for part in walk(expression) if isinstance(part, Literal) and _is_figure(part)]
        for figure in sorted({str(part.value) for part in figures}):
            message = f"the figure {figure} stands in an expression, without the day since when it is the law"
            yield Remark(place, message, f"values: {{name: {{<day>: {figure}}}}}, and `$name` here")


def _is_figure(part: Literal) -> bool:
    if part.kind == "int":
        return part.value not in _NO_FIGURES
    return part.kind == "text" and _AMOUNT.fullmatch(str(part.value)) is not None


LINT = Lint(code="CR210", name="undated-figure", severity="warning", documentation=__doc__, of_law=_of_law)
