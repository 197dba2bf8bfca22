"""`collectrules docs`: the rule catalogue as pages of HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, exit_codes, options

if TYPE_CHECKING:
    from datetime import date


@click.command(name="docs", epilog="Exit codes: 0 written, 2 unreadable input.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write into; pages that are there already are replaced.",
)
@options.JURISDICTION
@options.TODAY
@asking.CONFIG
@options.RULESETS
def command(
    *,
    folder: Path,
    jurisdictions: tuple[str, ...],
    today: date | None,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
) -> int:
    """Write the rule catalogue: a page for each rule, each place, kinds, facts and lints, and places by topics.

    Every page is one file that loads nothing from anywhere; open `index.html`.

    \b
    Examples:
      collectrules docs -o catalogue
      collectrules docs -o ours --rulesets our_rules --jurisdiction US-TX
    """  # noqa: D301  # `\b` is a mark of click: keep these lines as they are
    from collectrules.catalogue import Book, site

    advisor = asking.advisor(configuration, rulesets, today)
    book = advisor.rulebook
    told = [
        ruleset
        for ruleset in book.rulesets()
        if ruleset.where is not None or any(options.lies_inside(code, jurisdictions) for code in ruleset.jurisdictions)
    ]
    count = 0
    for name, text in site(Book(told, book.language, book.topics), advisor.today):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        count += 1
    click.echo(f"{count} pages in {folder}: open {folder / 'index.html'}")
    return exit_codes.CLEAN
