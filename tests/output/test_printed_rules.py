"""A rule as it is printed: two rules of one law that say different things are told differently."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from collectrules.advisor import Advisor
from collectrules.expressions.syntax import unparse
from collectrules.output.rules import RuleText

if TYPE_CHECKING:
    from collectrules.law.model import Rule


def meaning(rule: Rule) -> tuple[object, ...]:
    """What breaches a rule and what lifts that, as text, and the values in it."""
    clauses = tuple(unparse(clause.condition) for clause in rule.clauses)
    return unparse(rule.breach), clauses, tuple((name, dated.days, dated.texts) for name, dated in rule.values.items())


def test_no_two_shipped_rules_of_different_meaning_print_the_same_sentences() -> None:
    rulebook = Advisor.load().rulebook
    told: dict[tuple[str, str], dict[tuple[object, ...], str]] = defaultdict(dict)
    for ruleset in rulebook.rulesets():
        for rule in ruleset.rules:
            text = RuleText(rule, ruleset, rulebook.language.kinds[rule.kind])
            paragraphs = (*text.english(), *text.values())
            english = "\n".join(f"{each.label} {line}" for each in paragraphs for line in each.lines)
            told[ruleset.id, english].setdefault(meaning(rule), rule.full_id)
    assert len(told) > 1_000
    assert [list(rules.values()) for rules in told.values() if len(rules) > 1] == []
