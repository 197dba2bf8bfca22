"""`collectrules words`: may this text go out?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from collectrules.cli import asking, exit_codes, path_types

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.advisor import Advisor

PATTERNS = click.option(
    "--patterns",
    "folders",
    metavar="DIR",
    multiple=True,
    type=path_types.FOLDER_THERE,
    help="A folder with patterns of your own, one file a language, in place of the shipped ones. May be repeated.",
)


@click.command(name="words", epilog="Exit codes: 0 may go out, 1 may not, 3 a person must read it, 2 unreadable input.")
@click.argument("file", metavar="FILE", type=path_types.ANY_OR_INPUT)
@click.option("--act", "act", metavar="CASE", required=True, type=path_types.ANY, help="What it goes out as.")
@click.option("--part", is_flag=True, help="It is part of a text, as one sentence, and need not say everything.")
@click.option("--json", "as_json", is_flag=True, help="As JSON: collectrules/words/v1.")
@PATTERNS
@asking.ADVISED
def command(*, advisor: Advisor, file: Path, act: Path, part: bool, as_json: bool, folders: tuple[Path, ...]) -> int:
    """Say whether the text in FILE may go out as the act of a case: a letter, a message, an e-mail (.eml) or HTML.

    What the text says is put into the act, and the law decides: required statements that are missing and claims that
    are forbidden are told with their place, the law, and what to write. `-` reads standard input.

    \b
    Examples:
      collectrules words letter.txt --act case.yaml
      collectrules words --part --json sentence.txt --act case.yaml
    """
    from collectrules.output.words import page
    from collectrules.words.gate import Gate
    from collectrules.words.languages import load
    from collectrules.words.plain_text import text_of

    cases = advisor.read_cases(act).cases
    if len(cases) != 1 or cases[0].action is None:
        raise click.UsageError("`--act` takes the file of one case with an action")
    text = text_of(file)
    verdict = Gate(advisor, load(folders)).ask(text, cases[0], part=part)
    click.echo(
        json.dumps(to_builtins(verdict), ensure_ascii=False) if as_json else page(verdict, str(file)), nl=as_json
    )
    return exit_codes.OF_DECISION[verdict.decision]
