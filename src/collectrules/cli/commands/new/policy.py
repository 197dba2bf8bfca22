"""`collectrules new policy`: rules of the house, which only ever tighten what the law allows."""

from __future__ import annotations

from pathlib import Path

import click

from collectrules.cli import exit_codes, path_types


@click.command(name="policy", epilog="Exit codes: 0 written, 2 wrong usage, or the file is there already.")
@click.argument("name")
@click.option("--place", metavar="CODE", required=True, help="Where the debtor of its examples is: US-TX, DE.")
@click.option("--folder", type=path_types.FOLDER, default=Path(), help="Of rulesets.")
def command(*, name: str, place: str, folder: Path) -> int:
    """Write the house policy NAME, which lies at house/NAME.yaml.

    It passes `validate`, `test` and `mutate` as it stands.

    \b
    Example:
      collectrules new policy late_calls --place US-TX --folder our_rules
    """
    from collectrules.scaffolds.ruleset import write_policy

    for file in write_policy(name, place.upper(), folder):
        click.echo(file)
        click.echo(f"\nnext:\n    collectrules validate {file}\n    collectrules test {file}")
    return exit_codes.CLEAN
