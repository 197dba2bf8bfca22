"""`collectrules drift`: did the official text change since a ruleset was held against it?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, path_types

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    name="drift", epilog="Exit codes: 0 nothing changed, 1 something did, 2 unreadable input, or nothing to compare."
)
@click.argument("ruleset", type=path_types.FILE_THERE)
@click.option(
    "--text",
    "text_file",
    metavar="FILE",
    required=True,
    type=path_types.FILE_THERE,
    help="The official text as it is now: plain text, HTML or XML, in UTF-8.",
)
@click.option(
    "--write", is_flag=True, help="Write ids and hashes of its paragraphs into RULESET: somebody has read it."
)
@click.option("--json", "as_json", is_flag=True, help="One document: collectrules/drift/v1.")
def command(*, ruleset: Path, text_file: Path, write: bool, as_json: bool) -> int:
    """Hold the paragraphs of an official text against the hashes in a ruleset: changed, gone, new.

    The rules that rest on what changed or is gone are to be read again. No text of the law is kept, only hashes.

    \b
    Examples:
      collectrules drift our_rules/us/tx.yaml --text fin_392.txt --write
      collectrules drift our_rules/us/tx.yaml --text fin_392_today.html
    """
    from collectrules.changes import drift
    from collectrules.ground import whole_files
    from collectrules.ground.source import file_text
    from collectrules.law.reader import read_ruleset
    from collectrules.plugins.loading import load_plugins

    read = read_ruleset(ruleset, load_plugins().language)
    text = file_text(text_file)
    if write:
        paragraphs = drift.read(text, str(text_file))
        whole_files.write(ruleset, drift.with_paragraphs(file_text(ruleset), paragraphs))
        click.echo(f"{len(paragraphs)} paragraphs written into {ruleset}")
        return exit_codes.CLEAN
    found = drift.drift(read, text, str(text_file))
    if as_json:
        document = {"schema": "collectrules/drift/v1", "ruleset": read.id, **found._asdict()}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(drift.as_lines(found, read.blocks)))
    return exit_codes.FOUND if found.any else exit_codes.CLEAN
