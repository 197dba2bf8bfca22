"""A rule or answer that was there is gone, or is called otherwise.

Against the earlier rulesets (`--against`) the id of a rule or answer is not there any more. Logs of decisions, lists of
exceptions and of survivors, cases with expectations, and whoever reads verdicts know it by that id. Law that ended
keeps its rule, with its last day, for acts of that time are still asked about.

Mend: keep the id; where the law ended, say `until:`. Where it must change, change it in a commit of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.model import Ruleset
    from collectrules.lints import RulesetFile


def _of_change(before: Ruleset, file: RulesetFile) -> Iterator[Remark]:
    known = {block.full_id for block in before.blocks}
    there = {block.full_id for block in file.blocks}
    new = [block for block in file.blocks if block.full_id not in known]
    for old in before.blocks:
        if old.full_id in there:
            continue
        heir = next((block for block in new if (block.citation, block.kind) == (old.citation, old.kind)), None)
        if heir is None:
            help_ = "law that ended keeps its rule, with `until:`"
            yield Remark(file.root.place_of("rules"), f"`{old.full_id}` is gone", help_)
        else:
            yield Remark(heir.place, f"`{heir.id}` was called `{old.id}`", "keep the id: logs and lists name it")


LINT = Lint(code="CR220", name="moved-id", severity="warning", documentation=__doc__, of_change=_of_change)
