"""An expression that no person can read.

It is longer than 400 characters, or conditions stand in each other more than six deep (`and`, `or`, `not`, queries and
functions each count as one). A lawyer has to read every rule aloud; what cannot be read is not checked by anybody.

Mend: give its parts names under `define:`, each with the paragraph that it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions.syntax import Call, Conjunction, Disjunction, Negation, Query
from collectrules.expressions.walking import parts_of
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.syntax import Expression
    from collectrules.lints import LawFile

_LONGEST: Final = 400
_DEEPEST: Final = 6


def _of_law(file: LawFile) -> Iterator[Remark]:
    help_ = "give its parts names under `define:`"
    for text, expression, place in file.expressions:
        if len(text) > _LONGEST:
            yield Remark(place, f"this expression has {len(text)} characters, more than {_LONGEST}", help_)
        elif (depth := _depth(expression)) > _DEEPEST:
            yield Remark(place, f"conditions stand {depth} deep in this expression, more than {_DEEPEST}", help_)


def _depth(expression: Expression) -> int:
    inside = max(map(_depth, parts_of(expression)), default=0)
    return inside + isinstance(expression, Conjunction | Disjunction | Negation | Query | Call)


LINT = Lint(code="CR209", name="unreadable-expression", severity="warning", documentation=__doc__, of_law=_of_law)
