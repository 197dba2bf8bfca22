"""`collectrules rules`: the law that is encoded, as a list or one rule at a time."""

from __future__ import annotations

import json
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, options
from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Dated
    from collectrules.law.model import LibraryUsed, Rule


@click.command(name="rules", epilog="Exit codes: 0 found, 2 there is no rule of that id, 4 no rule fits the filters.")
@click.option("--show", metavar="ID", help="One rule: what it says in English, its values, exceptions and examples.")
@options.JURISDICTION
@click.option("--kind", metavar="KIND", help="Only rules that govern this kind of action: contact, file_claim, ...")
@options.RULESETS
@click.option("--json", "as_json", is_flag=True, help="One rule a line as JSON.")
def command(
    *, show: str | None, jurisdictions: tuple[str, ...], kind: str | None, rulesets: tuple[Path, ...], as_json: bool
) -> int:
    """List the rules that are encoded, or show one.

    \b
    Examples:
      collectrules rules --jurisdiction US --kind contact
      collectrules rules --show us.federal.regulation_f.call_frequency
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.advisor import Advisor

    rulebook = Advisor.load(rulesets=rulesets).rulebook
    rules = list(rulebook.rules())
    if show is not None:
        found = [rule for rule in rules if rule.full_id == show]
        if not found:
            advice = meant(show, [rule.full_id for rule in rules]) or "`collectrules rules` lists them"
            raise click.BadParameter(f"there is no rule `{show}`\n    {advice}", param_hint="--show")
    else:
        found = [
            rule
            for rule in rules
            if options.lies_inside(rule.jurisdiction, jurisdictions) and (kind is None or rule.governs(kind, None))
        ]
    for rule in found:
        if as_json:
            click.echo(_as_json(rule, rulebook.english(rule), rulebook.libraries(rule)))
        else:
            lines = _shown(rule, rulebook.english(rule), rulebook.libraries(rule)) if show else _listed(rule)
            click.echo("\n".join(lines))
    return exit_codes.CLEAN if found else exit_codes.NOTHING_CHECKED


def _as_json(rule: Rule, english: str, libraries: Iterable[LibraryUsed]) -> str:
    from collectrules.output.rendering import plain

    document = {
        "id": rule.full_id,
        "ruleset": rule.ruleset,
        "jurisdiction": rule.jurisdiction,
        "title": rule.title,
        "citation": rule.citation,
        "source": rule.source,
        "strength": rule.strength,
        "governs": {"kind": rule.governs_kinds, "channel": rule.governs_channels},
        "values": {name: _by_day(dated) for name, dated in rule.values.items()},
        "english": english,
        "when": rule.breach_text,
        "exceptions": [
            {"title": lifted.title, "citation": lifted.citation, "if": lifted.text} for lifted in rule.exceptions
        ],
        "review": [
            {"title": review.title, "citation": review.citation, "if": review.text, "question": review.question}
            for review in rule.reviews
        ],
        "question": rule.question,
        "remedy": rule.remedy,
        "examples": [{"story": example.story, "expect": example.expect} for example in rule.examples],
        "uses": [{"id": used.id, "version": used.version, "hash": used.hash} for used in libraries],
        "place": str(rule.place),
    }
    return json.dumps(plain(document), ensure_ascii=False)


def _by_day(dated: Dated[Constant]) -> dict[str, str]:
    """A value of the law by the day from which it is in force."""
    days = (date.fromordinal(day).isoformat() for day in dated.days)
    return dict(zip(days, dated.texts, strict=True))


def _listed(rule: Rule) -> Iterator[str]:
    yield f"{rule.full_id}  {rule.strength.replace('_', ' ')}"
    yield from _paragraph("", f"{rule.title} [{rule.citation}]")


def _shown(rule: Rule, english: str, libraries: Iterable[LibraryUsed]) -> Iterator[str]:
    yield rule.full_id
    yield from _paragraph("", rule.title)
    yield from _paragraph("law", f"{rule.citation} ({rule.jurisdiction})")
    yield from _paragraph("text", rule.source)
    yield from _paragraph("strength", rule.strength.replace("_", " "))
    channels = f" by {', '.join(sorted(rule.governs_channels))}" if rule.governs_channels else ""
    yield from _paragraph("governs", ", ".join(sorted(rule.governs_kinds)) + channels)
    for name, dated in rule.values.items():
        since = "; ".join(f"{value} since {day}" for day, value in _by_day(dated).items())
        yield from _paragraph("value", f"{name}: {since}")
    yield from _paragraph("speaks if", english)
    yield from _paragraph("as law", rule.breach_text)
    for lifted in rule.exceptions:
        yield from _paragraph("unless", f"{lifted.title} [{lifted.citation}]: {lifted.text}")
    for review in rule.reviews:
        yield from _paragraph("review if", f"{review.title} [{review.citation}]: {review.text}")
        yield from _paragraph("ask", review.question)
    yield from _paragraph("ask", rule.question)
    yield from _paragraph("remedy", rule.remedy)
    for example in rule.examples:
        yield from _paragraph("example", f"{example.expect}: {example.story}")
    for used in libraries:
        yield from _paragraph("uses", f"{used.id} {used.version} · {used.hash}")
    yield from _paragraph("written", str(rule.place))


def _paragraph(label: str, text: str) -> list[str]:
    from collectrules.output.rendering import WIDTH

    indent = " " * 14
    first = f"    {label:10}" if label else "    "
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent if label else "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
