"""A value changed and the examples stand on one side of the change.

A dated value of the rule, or of the file where the rule uses it, has another value from some day on, and all examples
of the rule act before that day, or all after it: nothing would notice a change that is written under the wrong day.
Only changes within the days of the rule are asked for.

Mend: add an example on the last day before, or on the day of the change.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from collectrules.expressions.english import iso_day
from collectrules.expressions.walking import value_names, walk_all
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.law.model import Rule, Values
    from collectrules.lints import RulesetFile


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    for rule in file.ruleset.rules:
        days = [day for day in (_day(example.mapping, file) for example in rule.examples) if day]
        if len(days) < len(rule.examples):
            continue  # an example without a day is told when it is read
        for name, dated in _used(file, rule).items():
            changes = [day for day in dated.days[1:] if rule.since < day <= rule.until]
            one_sided = [day for day in changes if max(days) < day or min(days) >= day]
            if one_sided:
                side = "before" if max(days) < one_sided[0] else "after"
                message = f"`{name}` changes on {_listed(one_sided)}, and every example of `{rule.id}` is {side} it"
                yield Remark(file.place(rule, "examples"), message, "add an example on the other side")


def _listed(days: list[int]) -> str:
    return " and ".join([iso_day(days[0]), *([iso_day(days[-1])] if len(days) > 1 else [])])


def _used(file: RulesetFile, rule: Rule) -> Values:
    """The dated values on which the rule rests, of those that have changed."""
    changed = {name: dated for name, dated in {**file.ruleset.values, **rule.values}.items() if dated.days[1:]}
    if not changed:
        return {}
    conditions = (rule.breach, *(clause.condition for clause in rule.exceptions))
    names = {name for each in conditions for part in walk_all(each, file.body) for name in value_names(part)}
    return {name: dated for name, dated in changed.items() if name in names or name in rule.values}


def _day(mapping: Mapping[str, Any], file: RulesetFile) -> int:
    """The day on which an example acts; 0 where it names none."""
    for case in (mapping, file.ruleset.example_case):
        action = case.get("action")
        at = str(action.get("at", "")) if isinstance(action, dict) else ""
        try:
            return date.fromisoformat(at[:10]).toordinal()
        except ValueError:
            pass
    return 0


LINT = Lint(code="CR208", name="one-sided-change", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset)
