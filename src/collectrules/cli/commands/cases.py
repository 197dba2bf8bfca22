"""`collectrules cases`: work on case files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, exit_codes, messages, path_types
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path


@click.group(name="cases")
def command() -> None:
    """Work on case files.

    \b
    Example:
      collectrules cases upgrade case.yaml
    """


@command.command(epilog="Exit codes: 0 written or up to date, 1 with `--check` something is old, 2 unreadable input.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=path_types.ANY)
@click.option("--check", is_flag=True, help="Write nothing: say which files are of an older format.")
@asking.CONFIG
def upgrade(*, files: tuple[Path, ...], check: bool, configuration: Path | None) -> int:
    """Rewrite case files of format 1 in format 2, comments kept: YAML, JSON or JSON lines.

    A file is written only if it says the same afterwards, case by case; else it stays, and what differs is told.

    \b
    Examples:
      collectrules cases upgrade case.yaml tests/*.yaml
      collectrules cases upgrade --check case.yaml
    """
    from collectrules.case.upgrading import upgrade as upgrade_file

    advisor = asking.Sources(configuration).advisor()
    codes = {exit_codes.CLEAN}
    for path in files:
        try:
            if upgrade_file(path, advisor.each_case, check=check):
                click.echo(f"{path}: {'is of format 1' if check else 'upgraded'}")
                codes.add(exit_codes.FOUND if check else exit_codes.CLEAN)
        except InvalidInput as error:
            messages.tell(error)
            codes.add(exit_codes.WRONG_INPUT)
    return exit_codes.worst(codes)
