"""`collectrules coverage`: which law was read, for whom, how sure, topic by topic, and when it is due again."""

from __future__ import annotations

import json
from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import asking, exit_codes, options
from collectrules.ground.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collectrules.advisor import Advisor
    from collectrules.law.by_paragraph import ParagraphTold
    from collectrules.law.coverage import CoverTold, JurisdictionCovered, TopicCovered

_NAME: Final = 12
_STANDINGS: Final = ("encoded", "partly", "nothing", "not read")
_TITLE: Final = 34
_HEADINGS: Final = f"{'':{_NAME}} rules answers  encoded partly nothing unread verified   verify by"


@click.command(name="coverage", epilog="Exit codes: 0 listed, 2 unreadable input, 4 nothing fits the filters.")
@click.argument("places", nargs=-1, metavar="[PLACE]...")
@options.JURISDICTION
@click.option("--json", "as_json", is_flag=True, help="One jurisdiction a line as JSON, every topic with its covers.")
@asking.ADVISED
def command(*, advisor: Advisor, places: tuple[str, ...], jurisdictions: tuple[str, ...], as_json: bool) -> int:
    """List the places whose law is encoded, and of each PLACE that is named what was read, topic by topic.

    A topic is encoded, encoded in part, read and without a rule (nothing), or not read: a gap, which makes a review
    of an act that touches it, or is told beside an allow.

    \b
    Examples:
      collectrules coverage
      collectrules coverage US-MA
      collectrules coverage --jurisdiction US --today 2027-01-15
    """
    from collectrules.law.coverage import coverage

    encoded = coverage(advisor.rulebook.rulesets(), advisor.rulebook.topics, advisor.today)
    named = tuple(place.upper() for place in places)
    found = [
        covered
        for covered in encoded
        if (not named or covered.jurisdiction in named) and options.lies_inside(covered.jurisdiction, jurisdictions)
    ]
    if not found:
        from collectrules.case.places.written import codes_meant

        meant = [code for place in places for code in codes_meant(place)]
        which = f"did you mean {' or '.join(meant)}? " if meant else ""
        click.echo(f"no law of such a place is encoded; {which}`collectrules coverage` lists the places", err=True)
        return exit_codes.NOTHING_CHECKED
    lines = _as_json(found) if as_json else _each(found) if named else _table(found, advisor.today)
    click.echo("\n".join(lines))
    return exit_codes.CLEAN


def _as_json(found: Sequence[JurisdictionCovered]) -> Iterator[str]:
    from collectrules.output.rendering import plain

    for covered in found:
        yield json.dumps(plain(covered), ensure_ascii=False)


def _table(found: Sequence[JurisdictionCovered], day: date) -> Iterator[str]:
    yield _HEADINGS
    for covered in found:
        extent = covered.extent
        topics = Counter(topic.standing for topic in covered.topics.values())
        counts = f"{extent.rules:5} {extent.answers:7} {topics['encoded']:8} {topics['partly']:6}"
        more = f"{topics['nothing']:7} {topics['not read']:6}"
        days = f" {extent.verified} {extent.verify_by}" if extent.verified else ""
        yield f"{covered.jurisdiction:{_NAME}} {counts} {more}{days}{'!' if extent.overdue else ''}".rstrip()
        yield from _listed("not in force", covered.not_in_force)
    yield ""
    extents = [covered.extent for covered in found]
    rules, answers = sum(extent.rules for extent in extents), sum(extent.answers for extent in extents)
    counted = ((len(found), "jurisdiction"), (rules, "rule"), (answers, "answer"))
    yield ", ".join(f"{number} {what}{'' if number == 1 else 's'}" for number, what in counted)
    yield f"`collectrules coverage {found[0].jurisdiction}` tells it topic by topic"
    overdue = sum(extent.overdue for extent in extents)
    if overdue:
        yield f"!  {overdue} past their `verify by` on {day.isoformat()}: what they pass is a review"


def _each(found: Sequence[JurisdictionCovered]) -> Iterator[str]:
    """The places that are named, topic by topic."""
    for number, covered in enumerate(found):
        if number:
            yield ""
        yield covered.jurisdiction
        for topic in covered.topics.values():
            yield from _topic(topic)
        yield ""
        yield from _listed("rulesets", covered.rulesets)
        yield from _listed("not in force", covered.not_in_force)
        yield from _listed("cities with law of their own", covered.cities)
        for ruleset, paragraphs in covered.paragraphs.items():
            yield from _paragraphs(ruleset, paragraphs)


def _paragraphs(ruleset: str, paragraphs: Sequence[ParagraphTold]) -> Iterator[str]:
    """How many paragraphs of a law stand how, and which are left to a person or missing."""
    from collectrules.law.by_paragraph import STATES

    counts = Counter(paragraph.state for paragraph in paragraphs)
    told = ", ".join(f"{counts[state]} {words}" for state, words in STATES.items())
    yield ""
    yield from _wrapped(f"{ruleset}, {len(paragraphs)} paragraphs: {told}", 2)
    for state in ("person", "missing"):
        reasons = dict.fromkeys(paragraph.why for paragraph in paragraphs if paragraph.state == state)
        for why in reasons:
            ids = [paragraph.id for paragraph in paragraphs if (paragraph.state, paragraph.why) == (state, why)]
            yield from _wrapped(f"{STATES[state]}: {', '.join(ids)}: {why}", 6)


def _wrapped(text: str, indent: int) -> list[str]:
    first, following = " " * indent, " " * (indent + 2)
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)


def _topic(topic: TopicCovered) -> Iterator[str]:
    words: str = topic.standing
    if topic.standing == "nothing":
        words = "nothing (read)"
    elif topic.standing == "not read" and topic.expected and topic.gap == "blocks":
        words = "not read, and blocks"
    yield f"  {topic.title:{_TITLE}} {words}"
    for cover in topic.covers:
        yield from wrap(
            _cover(cover), WIDTH, initial_indent="      ", subsequent_indent="        ", break_on_hyphens=False
        )


def _cover(cover: CoverTold) -> str:
    """One cover: what, for whom, on which channels, since when, how sure."""
    what = f"as {cover.mirrors}" if cover.mirrors else cover.state
    sure = f"{cover.confidence}{', from memory' if cover.from_memory else ''}"
    if cover.confidence == "low":
        sure = f"{sure}: a gap"
    days = f"since {cover.since}{f' until {cover.until}' if cover.until else ''}"
    told = (f"for {cover.whom}" if cover.whom else "", f"by {', '.join(cover.channels)}" if cover.channels else "")
    return "; ".join(each for each in (what, *told, days, sure, cover.citation) if each)


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield from wrap(
            f"{what}: {', '.join(names)}", WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
