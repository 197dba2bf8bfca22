"""One rule on a page: as a sentence and as law, its dates, how sure it is, examples on both sides, its history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from collectrules.catalogue import links
from collectrules.catalogue.outlines import outline
from collectrules.expressions import english
from collectrules.law.model import NEVER
from collectrules.output.case_yaml import case_yaml
from collectrules.output.rules import RuleText
from collectrules.pages import Column, Html, Mark, badge, facts, link, page, section, table, tag, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Dated
    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import AnswerBlock, Rule, Ruleset
    from collectrules.output.rules import Paragraph
    from collectrules.pages import Tone
    from collectrules.pages.markup import Content

SURE: Final[Mapping[str, Tone]] = {"high": "allow", "medium": "review", "low": "deny"}
_EVERYWHERE: Final = "house policies"
FOOT: Final = "Not legal advice: what is encoded, how it was read and when. The text of the law decides."


def rule_page(rule: Rule, ruleset: Ruleset, kind: RuleKind, today: date) -> str:
    """The page of a rule."""
    origin = links.of_rule(rule.full_id)
    text = RuleText(rule, ruleset, kind)
    read = frozenset({*rule.values, *text.untold_values()})
    overdue = rule.verify_by < today.toordinal()
    pairs: list[tuple[str, Content]] = [
        ("law", rule.citation),
        ("place", links.to(links.of_place(rule.jurisdiction), origin, rule.jurisdiction or _EVERYWHERE)),
        ("a breach is", badge(english.words(rule.strength), rule.strength.decision)),
        ("kind", links.to(f"{links.KINDS}#{rule.kind}", origin, english.words(rule.kind))),
        ("in force", _force(rule)),
        ("read", f"{rule.verified}"),
        ("how sure", badge(rule.confidence, SURE[rule.confidence])),
        ("read again by", [_day(rule.verify_by), " ", badge("overdue", "deny") if overdue else None]),
    ]
    if ruleset.status != "in_force":
        pairs.append(("status", badge(ruleset.status, "review")))
    content = [
        links.top(origin),
        facts(pairs),
        section(
            "As a sentence",
            tag("p", f"{(rule.says or rule.title)[:1].upper()}{(rule.says or rule.title)[1:]}."),
            tag("p", tag("strong", "Governs:"), f" {rule.governs_english}"),
            *_asked(rule),
        ),
        section("As law", _told((*text.english(), *text.values(), *text.binds(), *text.definitions()))),
        section("Examples", *_examples(rule, ruleset)),
        section("History", _history(rule, {**ruleset.values, **rule.values}, read)),
        section("Written", tag("p", tag("code", text.written())), tag("p", link(rule.source))),
    ]
    return page(rule.title, *content, lead=tag("code", rule.full_id), foot=FOOT)


def answer_page(block: AnswerBlock, ruleset: Ruleset) -> str:
    """The page of an answer to a question."""
    origin = links.of_rule(block.full_id)
    pairs: list[tuple[str, Content]] = [
        ("law", block.citation),
        ("place", links.to(links.of_place(block.jurisdiction), origin, block.jurisdiction)),
        ("answers", english.listing([english.words(each) for each in block.asks], "and")),
        ("how", english.words(block.kind)),
        ("in force", _force(block)),
        ("read", block.verified),
        ("how sure", badge(block.confidence, SURE[block.confidence])),
        ("read again by", _day(block.verify_by)),
    ]
    told = [(english.words(key), _value(value)) for key, value in block.parts.items()]
    stories = [
        [example.story, english.listing([f"{name} {value}" for name, value in example.expect.items()], "and")]
        for example in block.examples
    ]
    content = [
        links.top(origin),
        facts(pairs),
        section(
            "As law",
            tag("p", "where ", tag("code", block.when_text)) if block.when_text else None,
            facts(told),
        ),
        section("Examples", table("examples", [Column("story"), Column("answered")], stories, cards=True)),
        section("History", _history(block, block.values, frozenset(block.values))),
        section("Written", tag("p", tag("code", ruleset.place_of(block.place))), tag("p", link(block.source))),
    ]
    return page(block.title, *content, lead=tag("code", block.full_id), foot=FOOT)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return english.listing([f"{name} {each}" for name, each in value.items()], "and")
    return english.listing(list(value), "and") if isinstance(value, tuple) else english.words(str(value))


def _force(one: Rule | AnswerBlock) -> str:
    until = "" if one.until >= NEVER else f" to {_day(one.until)}"
    return f"since {_day(one.since)}{until}" if one.since else f"always{until}"


def _day(ordinal: int) -> str:
    return english.day(ordinal) if 0 < ordinal < NEVER else "no day"


def _asked(rule: Rule) -> Iterator[Html]:
    for label, text in (
        ("To be decided by a person", rule.question),
        ("What would make it lawful", rule.remedy),
    ):
        if text:
            yield tag("p", tag("b", f"{label}: "), text)


def _told(paragraphs: tuple[Paragraph, ...]) -> Html:
    """The rule as `rules --show` tells it, with the law that says each part."""
    told: list[tuple[str, list[Content]]] = []
    for each in paragraphs:
        cited = tag("p", tag("small", each.citation)) if each.citation else None
        parts: list[Content] = [outline(each.lines), cited]
        if told and not each.label:
            told[-1][1].extend(parts)
        else:
            told.append((each.label, parts))
    return Html("".join(section(label, *parts, level=3) for label, parts in told))


def _examples(rule: Rule, ruleset: Ruleset) -> Iterator[Html]:
    """On both sides of the line: those that it allows first."""
    for decision in ("allow", "review", "deny"):
        for example in rule.examples:
            if example.expect == decision:
                yield tag(
                    "details",
                    tag("summary", badge(decision, example.expect), " ", example.story),
                    tag("pre", case_yaml(ruleset.example(example.mapping))),
                )


def _history(one: Rule | AnswerBlock, values: Mapping[str, Dated[Constant]], used: frozenset[str]) -> Html:
    """What changed when: it began, a value took effect, it ended, and when it was read."""
    marks: list[tuple[int, str, Tone]] = []
    if one.since:
        marks.append((one.since, "in force from this day", "plain"))
    for name in sorted(used):
        dated = values[name]
        for day, text in zip(dated.days, dated.texts, strict=True):
            marks.append((day, f"{english.words(name)}: {text}", "step2"))
    if one.until < NEVER:
        marks.append((one.until, "the last day", "deny"))
    marks.append((date.fromisoformat(one.verified).toordinal(), "held against the law", "allow"))
    told = [
        Mark(date.fromordinal(day), english.day(day), text, tone)
        for day, text, tone in sorted(marks)
        if 0 < day < NEVER
    ]
    return timeline("what took effect, and when it was read", told)
