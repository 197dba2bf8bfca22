"""`collectrules coverage`: which law is encoded, how sure it is, and when it must be read again."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import exit_codes, options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from collectrules.law.coverage import Extent, JurisdictionCovered

_WIDTH: Final = 80
_NAME: Final = 24
_HEADINGS: Final = f"{'':{_NAME}} rules answers  high medium   low verified   verify by"


@click.command(name="coverage", epilog="Exit codes: 0 listed, 2 unreadable input, 4 nothing fits the filters.")
@options.JURISDICTION
@click.option("--json", "as_json", is_flag=True, help="One jurisdiction a line as JSON.")
@options.RULESETS
@options.TODAY
def command(*, jurisdictions: tuple[str, ...], as_json: bool, rulesets: tuple[Path, ...], today: date | None) -> int:
    """List jurisdictions and topics with the law that is encoded for each, and mark what is due to be verified.

    \b
    Examples:
      collectrules coverage
      collectrules coverage --jurisdiction US-TX --today 2027-01-15
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.advisor import Advisor
    from collectrules.law.coverage import coverage

    advisor = Advisor.load(rulesets=rulesets, today=today)
    day = advisor.today
    encoded = coverage(advisor.rulebook.rulesets(), day)
    found = [covered for covered in encoded if options.lies_inside(covered.jurisdiction, jurisdictions)]
    if not found:
        click.echo("no law of such a place is encoded; `collectrules coverage` lists the places", err=True)
        return exit_codes.NOTHING_CHECKED
    click.echo(_as_json(found) if as_json else "\n".join(_table(found, day)))
    return exit_codes.CLEAN


def _as_json(found: Sequence[JurisdictionCovered]) -> str:
    from collectrules.output.rendering import plain

    return "\n".join(json.dumps(plain(covered), ensure_ascii=False) for covered in found)


def _table(found: Sequence[JurisdictionCovered], day: date) -> Iterator[str]:
    yield _HEADINGS
    for covered in found:
        yield _row(covered.jurisdiction, covered.extent)
        for topic, extent in covered.topics.items():
            yield _row(f"  {topic.replace('_', ' ')}", extent)
        yield from _listed("rulesets", covered.rulesets)
        yield from _listed("not in force", covered.not_in_force)
    yield ""
    extents = [covered.extent for covered in found]
    rules, answers = sum(extent.rules for extent in extents), sum(extent.answers for extent in extents)
    counts = ((len(found), "jurisdiction"), (rules, "rule"), (answers, "answer"))
    yield ", ".join(f"{number} {what}{'' if number == 1 else 's'}" for number, what in counts)
    yield "a rule counts for each topic of its ruleset"
    overdue = sum(extent.overdue for extent in extents)
    if overdue:
        yield f"!  {overdue} past their `verify by` on {day.isoformat()}: what they pass is a review"


def _row(name: str, extent: Extent) -> str:
    first, *more = wrap(name, _NAME, subsequent_indent="    ")
    counts = f"{extent.rules:5} {extent.answers:7} {extent.high:5} {extent.medium:6} {extent.low:5}"
    days = f"{extent.verified} {extent.verify_by}" if extent.verified else ""
    row = f"{first:{_NAME}} {counts} {days}{'!' if extent.overdue else ''}".rstrip()
    return "\n".join([row, *more])


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield from wrap(
            f"{what}: {', '.join(names)}", _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
