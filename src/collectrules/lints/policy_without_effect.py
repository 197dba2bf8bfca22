"""A house policy that is looser than the law, and so says nothing.

The policy closes at 22:00 where the law of a place where it binds closes at 21:00, or lets four calls a week pass where
the law lets three: what it forbids is forbidden already. Whoever reads the policy believes what the law forbids.
Compared are hours of contact, and caps of the same contacts and period.

Mend: make the policy as strict as the law or stricter, or take the rule out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collectrules.law.model import Rule, Ruleset
    from collectrules.lints import Folder, RulesetFile


def _of_folder(folder: Folder) -> Iterator[Remark]:
    for file in folder.files:
        if file.ruleset.where is None:
            continue
        for place in file.ruleset.where:
            laws = folder.law_of(place)
            for rule in file.ruleset.rules:
                yield from _remarks(file, rule, laws, place)


def _remarks(file: RulesetFile, rule: Rule, laws: Sequence[Ruleset], place: str) -> Iterator[Remark]:
    for law in laws:
        for other in law.rules:
            if other.kind == rule.kind and _covers(other, rule) and _is_looser(rule, other):
                message = f"`{rule.id}` is looser than the law of {place}, `{other.full_id}`: it says nothing there"
                yield Remark(file.place(rule, "values", "kind"), message, f"the law: {other.citation}")
                return


def _covers(law: Rule, rule: Rule) -> bool:
    """Does the law, of the same shape, govern every act that the policy governs, without an exception, to this day?"""
    if law.exceptions or law.reviews or law.factors or law.strength.decision != "deny":
        return False
    if law.until < max(law.since, rule.since) or not set(rule.governs_kinds) <= set(law.governs_kinds):
        return False
    return law.has_channels_of(rule) and _shape(law) == _shape(rule)


def _shape(rule: Rule) -> dict[str, object]:
    return {key: value for key, value in rule.parts.items() if key != "values"}


def _is_looser(rule: Rule, law: Rule) -> bool:
    """As its values are now, does it forbid nothing that the law lets pass?"""
    if set(rule.values) != set(law.values):
        return False
    newest = {name: int(dated.values[-1].value) for name, dated in rule.values.items()}
    by_law = {name: int(dated.values[-1].value) for name, dated in law.values.items()}
    if rule.kind == "contact_hours":
        edges = [(name.endswith("from"), newest[name], by_law[name]) for name in newest]
        return all(mine <= theirs if is_first else mine >= theirs for is_first, mine, theirs in edges)
    if rule.kind == "frequency_cap":
        return newest["at_most"] >= by_law["at_most"] and newest.get("days", 0) <= by_law.get("days", 0)
    return False


LINT = Lint(code="CR218", name="policy-without-effect", severity="warning", documentation=__doc__, of_folder=_of_folder)
