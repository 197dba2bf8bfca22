"""Law that should have been read again.

The day under `verify_by:` of a ruleset, rule, answer or cover has passed (on `--today`): from that day on what it
passes is a review, and its covers are gaps.

Mend: read the law again, and write the new days under `verified:` and `verify_by:`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectrules.expressions.english import days
from collectrules.ground.nodes import Scalar
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    for table in file.tables.values():
        node = table.get("verify_by")
        if isinstance(node, Scalar) and (late := file.today - date.fromisoformat(node.text.strip()).toordinal()) > 0:
            message = (
                f"this should have been read again by {node.text.strip()}, {days(late)} ago: what it passes is a review"
            )
            yield Remark(node.place, message, "read the law again, then write the new days")


LINT = Lint(code="CR213", name="verify-by-past", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset)
