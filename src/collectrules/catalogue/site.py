"""All pages of the catalogue, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collectrules.catalogue import links, overview, reference
from collectrules.catalogue.rule_page import answer_page, rule_page
from collectrules.law.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collectrules.law.model import Language, Ruleset
    from collectrules.law.topics import Topics


class Book(NamedTuple):
    """What is told: rulesets, the language they are written in, and the topics that acts may touch."""

    rulesets: Sequence[Ruleset]
    language: Language
    topics: Topics


def site(book: Book, today: date) -> Iterator[tuple[str, str]]:
    """The name of each file of the catalogue, with `/` between folders, and its text."""
    rulesets = sorted(book.rulesets, key=lambda ruleset: (ruleset.jurisdiction, ruleset.id))
    covered = coverage(rulesets, book.topics, today)
    yield links.INDEX, overview.index(rulesets, today)
    yield links.MATRIX, overview.matrix(covered, book.topics)
    rules = [rule for ruleset in rulesets for rule in ruleset.rules]
    yield links.KINDS, reference.kinds(book.language, rules)
    facts = dict.fromkeys(fact for ruleset in rulesets for fact in ruleset.facts)
    yield links.FACTS, reference.facts(book.language.channels, facts)
    yield links.LINTS, reference.lints()
    for place in covered:
        own = [ruleset for ruleset in rulesets if place.jurisdiction in ruleset.jurisdictions]
        yield links.of_place(place.jurisdiction), overview.place_page(place, own)
    policies = [ruleset for ruleset in rulesets if ruleset.where is not None]
    if policies:
        yield links.of_place(""), overview.house_page(policies)
    for ruleset in rulesets:
        for rule in ruleset.rules:
            yield links.of_rule(rule.full_id), rule_page(rule, ruleset, book.language.kinds[rule.kind], today)
        for block in ruleset.answers:
            yield links.of_rule(block.full_id), answer_page(block, ruleset)
