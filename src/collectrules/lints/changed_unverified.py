"""A value is another one than before, and the law was not read again.

Against the earlier rulesets (`--against`) a dated value was changed, taken out or added, while `verified:` of its rule,
or of its file, names the same day as before or an earlier one. A figure that nobody held against the text is a slip of
the pen or a rumour. A change of law adds a line; it never edits one. A house policy is nobody's law: of it only a line
that was edited or taken out is told, where its `version:` is the one before, for answers that were given under it could
not be told from those of today.

Mend: read the law again and say so under `verified:`; put back a line that was edited, and add one for the new figure.
Of a house policy: raise its version, or add a line from the day on which the figure changes.
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
    if file.is_policy:
        yield from _of_policy(before, file)
        return
    now = file.ruleset
    if now.verified <= before.verified:
        for _, told in _changes(before.values, now.values):
            yield Remark(file.root.place_of("values"), f"{told}, and the law was last read on {now.verified}", _HELP)
    for block, old in _in_both(before, file):
        if block.verified > old.verified:
            continue
        for _, told in _changes(old.values, block.values):
            message = f"{told} in `{block.id}`, and the law was last read on {block.verified}"
            yield Remark(file.place(block, "values"), message, _HELP)


def _of_policy(before: Ruleset, file: RulesetFile) -> Iterator[Remark]:
    """What was edited or taken out of a house policy that is called by the version that it had."""
    now = file.ruleset
    if now.version != before.version:
        return
    where = [(file.root.place_of("values"), "", before.values, now.values)]
    where += [
        (file.place(block, "values"), f" in `{block.id}`", old.values, block.values)
        for block, old in _in_both(before, file)
    ]
    for place, inside, old, new in where:
        for is_new, told in _changes(old, new):
            if not is_new:
                yield Remark(place, f"{told}{inside}, and the version is {now.version} as before", _HELP_OF_POLICY)


def _in_both(before: Ruleset, file: RulesetFile) -> Iterator[tuple[Rule | AnswerBlock, Rule | AnswerBlock]]:
    """The rules and answers that stood there before, each as it is now and as it was."""
    known = {block.full_id: block for block in before.blocks}
    yield from ((block, known[block.full_id]) for block in file.blocks if block.full_id in known)


_HELP = "read it again, and say so under `verified:`"
_HELP_OF_POLICY = "raise `version:`, or put the line back and add one from the day on which the figure changes"


def _changes(before: Values, now: Values) -> Iterator[tuple[bool, str]]:
    """Each dated value that is another one, in words; is it a line that was not there before?"""
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
                yield True, f"`{name}`{since} is new: {constant_text(is_now)}"
            elif is_now is None and was is not None:
                yield False, f"`{name}`{since} is gone, it was {constant_text(was)}"
            elif was is not None and is_now is not None:
                yield False, f"`{name}`{since} is {constant_text(is_now)} and was {constant_text(was)}"


LINT = Lint(code="CR219", name="changed-unverified", severity="error", documentation=__doc__, of_change=_of_change)
