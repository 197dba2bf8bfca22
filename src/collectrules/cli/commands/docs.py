"""`collectrules docs`: the rule catalogue as pages of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, exit_codes, options, path_types

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.advisor import Advisor


@click.command(name="docs", epilog="Exit codes: 0 written, 2 unreadable input.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    required=True,
    type=path_types.FOLDER,
    help="The folder to write into; pages that are there already are replaced.",
)
@options.JURISDICTION
@asking.ADVISED
def command(*, advisor: Advisor, folder: Path, jurisdictions: tuple[str, ...]) -> int:
    """Write the rule catalogue: a page for each rule, each place, kinds, facts and lints, and places by topics.

    Every page is one file that loads nothing from anywhere; open `index.html`.

    \b
    Examples:
      collectrules docs -o catalogue
      collectrules docs -o ours --rulesets our_rules --jurisdiction US-TX
    """
    from collectrules.catalogue import Book, site

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
