"""`collectrules new plugin`: a package that installs and passes its tests at once."""

from __future__ import annotations

from pathlib import Path

import click

from collectrules.cli import exit_codes, path_types
from collectrules.scaffolds.plugin import KINDS


@click.command(name="plugin", epilog="Exit codes: 0 written, 2 wrong usage, or the folder is there already.")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What it adds.")
@click.option("--place", metavar="CODE", default="XA", show_default=True, help="Of a jurisdiction: whose law it is.")
@click.option("--folder", type=path_types.FOLDER_THERE, default=Path(), help="Where to write.")
def command(*, name: str, kind: str, place: str, folder: Path) -> int:
    """Write the package NAME, for example collectrules-pigeon: what it adds, a README and tests that pass.

    \b
    Examples:
      collectrules new plugin collectrules-elbonia --kind jurisdiction --place XA
      collectrules new plugin collectrules-pigeon --kind channel
    """
    from collectrules.scaffolds.plugin import write_plugin

    written = write_plugin(name, kind, place.upper(), folder)
    for file in written:
        click.echo(file)
    click.echo(f"\nnext:\n    pip install -e '{written[0].parent}[test]'\n    pytest {written[0].parent}")
    return exit_codes.CLEAN
