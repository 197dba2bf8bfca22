"""`collectrules diff`: what does a change of rulesets change, and does it allow anything that was denied?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, options, path_types

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command(
    name="diff",
    epilog="Exit codes: 0 proved that nothing is answered more mildly, 1 a case shows what is, 2 unreadable input,"
    " 3 neither proved nor shown.",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--decisions",
    metavar="LOG",
    type=path_types.FILE_THERE,
    help="Which answers of this log (of `check --log`) change, counted by rule.",
)
@click.option(
    "--cases",
    metavar="FILE",
    type=path_types.FILE_THERE,
    help="Which answers to the cases of this file change, counted by rule.",
)
@click.option(
    "--queries", is_flag=True, help="What is proved of the changed rules: never or always fires, implied, contradicts."
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    type=path_types.FOLDER,
    help="Write each case that shows a difference into this folder, as a case file.",
)
@options.TODAY
@click.option("--json", "as_json", is_flag=True, help="One document: collectrules/difference/v1.")
def command(
    *,
    old: str,
    new: str | None,
    decisions: Path | None,
    cases: Path | None,
    queries: bool,
    folder: Path | None,
    today: date | None,
    as_json: bool,
) -> int:
    """Say of each rule that changed whether it is tighter, looser, equal or incomparable, and prove or show it.

    OLD and NEW are folders of rulesets, single files, or revisions of git: `main`, `v3:our_rules`, `main..HEAD`. A file
    or folder that has places of the shipped law stands in their place; one with a `topics.yaml` is the whole law.

    \b
    Examples:
      collectrules diff main..HEAD
      collectrules diff old/rulesets new/rulesets --decisions answers.jsonl
      collectrules diff texas_before.yaml texas_after.yaml -o differences
    """
    from collectrules.ground.errors import MissingExtra

    if find_spec("z3") is None:
        raise MissingExtra("`diff`", "prove")
    from collectrules.changes import comparing, replay, telling
    from collectrules.changes.queries import remarks
    from collectrules.changes.sides import sides
    from collectrules.plugins.loading import load_plugins

    day = today or datetime.now(UTC).date()
    with sides(old, new, load_plugins()) as (before, after):
        difference = comparing.difference(before, after, day)
        replayed = None
        if decisions is not None or cases is not None:
            recorded = [
                *([] if decisions is None else replay.logged(decisions)),
                *([] if cases is None else replay.read(cases)),
            ]
            replayed = replay.replayed(recorded, before, after, today)
        asked = None
        if queries:
            changed = frozenset(each.id for each in difference.rules)
            rulesets = [each for place in difference.files if (each := after.ruleset(place)) is not None]
            asked = list(remarks(rulesets, after.rulebook, day.toordinal(), changed)) if changed else []
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in telling.case_files(difference):
            (folder / name).write_text(text, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(telling.as_plain(difference, replayed, asked), ensure_ascii=False, indent=2))
    else:
        colour = options.in_colour()
        if replayed is not None:
            click.echo(telling.replay_text(replayed))
        if asked is not None:
            click.echo(telling.queries_text(asked))
        click.echo(telling.as_text(difference, colour=colour), nl=False)
    if difference.loosened:
        return exit_codes.FOUND
    return exit_codes.REVIEW if difference.unproved else exit_codes.CLEAN
