"""`collectrules stale`: what law must be read again, for its shelf life is over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, days, exit_codes, options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(name="stale", epilog="Exit codes: 0 nothing is overdue, 1 something is, 2 unreadable input.")
@days.day_option("--on", "on", "The day on which it is asked; without it today.")
@options.JURISDICTION
@click.option("--json", "as_json", is_flag=True, help="One entry a line as JSON.")
@asking.CONFIG
@options.RULESETS
def command(
    *,
    on: date | None,
    jurisdictions: tuple[str, ...],
    as_json: bool,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
) -> int:
    """List each rule, answer and cover that should have been held against the law again, the longest overdue first.

    \b
    Examples:
      collectrules stale
      collectrules stale --on 2027-12-31 --jurisdiction US-MA
    """
    from collectrules.law.stale import stale

    advisor = asking.Sources(configuration, rulesets, on).advisor()
    every = stale(advisor.rulebook.rulesets(), advisor.today)
    overdue = [each for each in every if options.lies_inside(each.jurisdiction, jurisdictions)]
    for each in overdue:
        if as_json:
            click.echo(json.dumps(each._asdict(), default=str))
        else:
            click.echo(f"{each.verify_by}  {each.id}\n            last read {each.verified}, {each.place}")
    if not as_json:
        click.echo(f"{len(overdue)} overdue on {advisor.today}")
    return exit_codes.FOUND if overdue else exit_codes.CLEAN
