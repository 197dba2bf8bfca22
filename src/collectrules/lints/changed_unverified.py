"""A value is another one than before, and the law was not read again.

Against the earlier rulesets (`--against`) a dated value was changed, taken out or added, while `verified:` of its rule,
or of its file, names the same day as before or an earlier one. A figure that nobody held against the text is a slip of
the pen or a rumour. A change of law adds a line; it never edits one.

Mend: read the law again and say so under `verified:`; put back a line that was edited, and add one for the new figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions.english import constant_text, iso_day
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.law.model import AnswerBlock, Rule, Ruleset, Values
    from collectrules.lints import RulesetFile


def _of_change(before: Ruleset, file: RulesetFile) -> Iterator[Remark]:
    now = file.ruleset
    if now.verified <= before.verified:
        for told in _changes(before.values, now.values):
            yield Remark(file.root.place_of("values"), f"{told}, and the law was last read on {now.verified}", _HELP)
    was: tuple[Rule | AnswerBlock, ...] = (*before.rules, *before.answers)
    known = {block.full_id: block for block in was}
    for block in file.blocks:
        old = known.get(block.full_id)
        if old is None or block.verified > old.verified:
            continue
        for told in _changes(old.values, block.values):
            message = f"{told} in `{block.id}`, and the law was last read on {block.verified}"
            yield Remark(file.place(block, "values"), message, _HELP)


_HELP = "read it again, and say so under `verified:`"


def _changes(before: Values, now: Values) -> Iterator[str]:
    for name in dict.fromkeys((*before, *now)):
        old, new = (
            {} if each is None else dict(zip(each.days, each.values, strict=True))
            for each in (before.get(name), now.get(name))
        )
        for day in sorted({*old, *new}):
            was, is_now = old.get(day), new.get(day)
            if was == is_now:
                continue
            since = f" since {iso_day(day)}" if day else ""
            if was is None and is_now is not None:
                yield f"`{name}`{since} is new: {constant_text(is_now)}"
            elif is_now is None and was is not None:
                yield f"`{name}`{since} is gone, it was {constant_text(was)}"
            elif was is not None and is_now is not None:
                yield f"`{name}`{since} is {constant_text(is_now)} and was {constant_text(was)}"


LINT = Lint(code="CR219", name="changed-unverified", severity="error", documentation=__doc__, of_change=_of_change)
