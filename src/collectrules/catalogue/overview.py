"""Rules by search, places by topics, and a page for each place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from collectrules.catalogue import links
from collectrules.catalogue.rule_page import FOOT, SURE
from collectrules.expressions import english
from collectrules.pages import Column, badge, facts, page, section, table, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from collectrules.law.coverage import JurisdictionCovered, Standing
    from collectrules.law.model import AnswerBlock, Rule, Ruleset
    from collectrules.law.topics import Topics
    from collectrules.pages import Html, Tone
    from collectrules.pages.markup import Content

_TONES: Final[Mapping[Standing, Tone]] = {
    "encoded": "allow",
    "partly": "review",
    "nothing": "plain",
    "not read": "deny",
}
_RULES: Final = (Column("rule"), Column("law"), Column("a breach is"), Column("sure"))


def index(rulesets: Sequence[Ruleset], today: date) -> str:
    """Every rule and answer, to be searched."""
    rules = sum(len(each.rules) for each in rulesets)
    answers = sum(len(each.answers) for each in rulesets)
    places = {code for each in rulesets for code in each.jurisdictions if code}
    sure = Counter(rule.confidence for each in rulesets for rule in each.rules)
    sure.update(block.confidence for each in rulesets for block in each.answers)
    pairs = [
        ("rules", f"{rules:,}"),
        ("answers to questions", f"{answers:,}"),
        ("places", str(len(places))),
        ("how sure", ", ".join(f"{sure[word]:,} {word}" for word in ("high", "medium", "low") if sure[word])),
    ]
    content = [
        links.top(links.INDEX),
        facts(pairs),
        section("Rules", _rules(rulesets, links.INDEX, searched=True), name="rules"),
        section("Answers to questions", _answers(rulesets, links.INDEX, searched=True), name="answers"),
    ]
    lead = f"What is encoded of the law on collecting debts, as it stood on {english.day(today.toordinal())}."
    return page(
        "Rule catalogue",
        *content,
        lead=lead,
        foot=FOOT,
        search="Search rules, places, citations",
        contents=(("rules", "Rules"), ("answers", "Answers to questions")),
    )


def _rules(rulesets: Iterable[Ruleset], origin: str, *, searched: bool) -> Html:
    rows: list[list[Content]] = [
        [
            [links.to(links.of_rule(rule.full_id), origin, rule.title), _small(rule)],
            rule.citation,
            badge(english.words(rule.strength), rule.strength.decision),
            badge(rule.confidence, SURE[rule.confidence]),
        ]
        for ruleset in rulesets
        for rule in ruleset.rules
    ]
    return table(f"{len(rows):,} rules", _RULES, rows, cards=True, searched=searched)


def _small(one: Rule | AnswerBlock) -> Html:
    return tag("div", tag("small", f"{one.jurisdiction or 'house'} · {one.full_id}"))


def _answers(rulesets: Iterable[Ruleset], origin: str, *, searched: bool) -> Html:
    columns = (Column("answer"), Column("law"), Column("to"), Column("sure"))
    rows: list[list[Content]] = [
        [
            [links.to(links.of_rule(block.full_id), origin, block.title), _small(block)],
            block.citation,
            english.listing([english.words(each) for each in block.asks], "and"),
            badge(block.confidence, SURE[block.confidence]),
        ]
        for ruleset in rulesets
        for block in ruleset.answers
    ]
    return table(f"{len(rows):,} answers", columns, rows, cards=True, searched=searched)


def matrix(covered: Iterable[JurisdictionCovered], topics: Topics) -> str:
    """Places by topics: what was read where."""
    columns = [Column("place"), *(Column(topic.title) for topic in topics.by_id.values())]
    rows: list[list[Content]] = []
    for place in covered:
        code = tag("span", place.jurisdiction, style="white-space: nowrap")
        row: list[Content] = [links.to(links.of_place(place.jurisdiction), links.MATRIX, code)]
        for name in topics.by_id:
            topic = place.topics.get(name)
            row.append(None if topic is None else badge(topic.standing, _TONES[topic.standing]))
        rows.append(row)
    meaning = {
        "encoded": "the law of it was read, and rules of this catalogue say it",
        "partly": "some of it was read",
        "nothing": "the law was read, and says nothing of it",
        "not read": "law of it is expected here, and was not read: an act that touches it is a review",
    }
    content = [
        links.top(links.MATRIX),
        section("What the words mean", facts(list(meaning.items()))),
        section("What was read where", table("places by topics", columns, rows, searched=True)),
    ]
    lead = "An empty cell: no law of that topic is expected at that place, and none was read."
    return page("Places and topics", *content, lead=lead, foot=FOOT, search="Search places")


def place_page(place: JurisdictionCovered, rulesets: Sequence[Ruleset]) -> str:
    """One place: what is encoded, what was read, and its rules."""
    origin = links.of_place(place.jurisdiction)
    extent = place.extent
    pairs: list[tuple[str, Content]] = [
        ("rules", str(extent.rules)),
        ("answers", str(extent.answers)),
        ("how sure", f"{extent.high} high, {extent.medium} medium, {extent.low} low"),
        ("read, the oldest", "" if extent.verified is None else english.day(extent.verified.toordinal())),
        (
            "to be read again by",
            "" if extent.verify_by is None else english.day(extent.verify_by.toordinal()),
        ),
    ]
    topics: list[list[Content]] = [
        [
            topic.title,
            badge(topic.standing, _TONES[topic.standing]),
            "; ".join(dict.fromkeys(filter(None, (cover.citation or cover.ruleset for cover in topic.covers)))),
        ]
        for topic in place.topics.values()
    ]
    files = [
        tag("li", each.title, " ", tag("code", each.id), f", version {each.version}")
        for each in rulesets
    ]  # fmt: skip
    left_out: list[list[Content]] = [
        [omission.what, omission.citation] for each in rulesets for omission in each.omissions
    ]
    content = [
        links.top(origin),
        facts(pairs),
        section("Sources", tag("ul", *files)),
        section(
            "Topics",
            table("what was read", [Column("topic"), Column("read"), Column("from")], topics, cards=True),
        ),
        section("Rules", _rules(rulesets, origin, searched=True)),
        section("Answers", _answers(rulesets, origin, searched=True))
        if any(each.answers for each in rulesets)
        else None,
    ]
    if left_out:
        columns = [Column("what"), Column("law")]
        content.append(section("Left out", table("law that no rule here says", columns, left_out, cards=True)))
    return page(place.jurisdiction, *content, foot=FOOT, search="Search this place")


def house_page(policies: Sequence[Ruleset]) -> str:
    """The house policies, which are law of no place."""
    origin = links.of_place("")
    return page("House policies", links.top(origin), _rules(policies, origin, searched=False), foot=FOOT)
