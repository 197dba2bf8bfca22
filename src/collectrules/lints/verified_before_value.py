"""A value took effect after the law was last read.

The day of `verified:` is earlier than the day from which the newest value of the rule is the law, and that day has
come. Whoever wrote the value knew it as a plan; nobody has since looked whether it became law as it was announced. A
value whose day is still to come is left alone, and so is a house policy.

Mend: read the law again and write the new day under `verified:`, of the file or of the rule.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectrules.expressions.english import iso_day
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.model import Values
    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    ruleset = file.ruleset
    help_ = "read it again and write the day under `verified:`"
    table = file.root.get("values")
    if file.is_policy:
        return
    for block in file.blocks:
        for name, day in _unread(block.values, block.verified, file.today):
            message = f"`{name}` of `{block.id}` is the law since {day}, but the law was last read on {block.verified}"
            yield Remark(file.place(block, "values"), message, help_)
    own = ruleset.values if table is not None else {}
    for name, day in _unread(own, ruleset.verified, file.today):
        assert table is not None
        if name in table.table("`values`"):
            message = f"`{name}` is the law since {day}, but the law was last read on {ruleset.verified}"
            yield Remark(table.table("`values`").place_of(name), message, help_)


def _unread(values: Values, verified: str, today: int) -> Iterator[tuple[str, str]]:
    """The values whose newest day that has come is later than the day of reading, with that day."""
    read = date.fromisoformat(verified).toordinal()
    for name, dated in values.items():
        newest = max((day for day in dated.days if day <= today), default=0)
        if newest > read:
            yield name, iso_day(newest)


LINT = Lint(code="CR201", name="verified-before-value", severity="error", documentation=__doc__, of_ruleset=_of_ruleset)
