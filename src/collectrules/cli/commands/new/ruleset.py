"""`collectrules new ruleset`: law of a place, with a rule and examples on both sides of its lines."""

from __future__ import annotations

from pathlib import Path

import click

from collectrules.cli import exit_codes, path_types


@click.command(name="ruleset", epilog="Exit codes: 0 written, 2 wrong usage, or the file is there already.")
@click.argument("ruleset_id", metavar="ID")
@click.option("--folder", type=path_types.FOLDER, default=Path(), help="Of rulesets.")
def command(*, ruleset_id: str, folder: Path) -> int:
    """Write the ruleset ID, whose place follows from it: us.tx.calls lies at us/tx/calls.yaml and is law of US-TX.

    What it says is made up. It passes `validate`, `test` and `mutate` as it stands.

    \b
    Examples:
      collectrules new ruleset us.tx.calls --folder our_rules
      collectrules new ruleset us.federal.calls --folder our_rules
    """
    from collectrules.plugins.loading import load_plugins
    from collectrules.scaffolds.ruleset import write_ruleset

    for file in write_ruleset(ruleset_id, folder, beside=load_plugins().ruleset_folders):
        click.echo(file)
        click.echo(f"\nnext:\n    collectrules validate {file}\n    collectrules test {file}")
    return exit_codes.CLEAN
