"""A draft whose day has come.

`status:` says draft or pending, and the day under `since:` has passed (on `--today`). A file of such a status never
speaks, whatever the date: if its law is in force, nobody is told.

Mend: write `status: in_force` once it is law; else the day on which it will be, or take the file out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.english import iso_day
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    ruleset = file.ruleset
    if ruleset.status != "in_force" and ruleset.since <= file.today:
        message = f"this file is {ruleset.status}, but it was to begin on {iso_day(ruleset.since)}: it never speaks"
        help_ = "is it the law now? then `status: in_force`"
        yield Remark(file.root.entries["status"].place, message, help_)


LINT = Lint(code="CR214", name="draft-that-began", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset)
