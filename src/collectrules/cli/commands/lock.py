"""`collectrules lock`: write down what answers are given with, so that `--locked` refuses anything else."""

from __future__ import annotations

from pathlib import Path

import click

from collectrules.cli import asking, exit_codes, options, path_types


@click.command(name="lock", epilog="Exit codes: 0 written, or the same; 1 with --check: not as locked; 2 wrong input.")
@click.option("--check", is_flag=True, help="Write nothing: tell what is not as it is locked.")
@click.option("--output", metavar="FILE", type=path_types.FILE, default=Path("collectrules.lock"), show_default=True)
@asking.CONFIG
@options.RULESETS
def command(*, check: bool, output: Path, configuration: Path | None, rulesets: tuple[Path, ...]) -> int:
    """Lock the versions and hashes of rulesets, libraries, plugins, the configuration, time zones and this program.

    Every command that answers takes `--locked`: where anything is not as the nearest collectrules.lock has it, nothing
    is answered, and what differs is told.

    \b
    Examples:
      collectrules lock
      collectrules check --locked case.yaml
      collectrules lock --check
    """
    from collectrules import lock
    from collectrules.ground import whole_files

    now = asking.Sources(configuration, rulesets).lock()
    if check:
        wrong = list(lock.differences(lock.read_lock(lock.nearest(Path.cwd())), now))
        click.echo("\n".join(wrong) if wrong else "everything is as it is locked")
        return exit_codes.FOUND if wrong else exit_codes.CLEAN
    whole_files.write(output, lock.text_of(now))
    click.echo(
        f"{output} is written: {', '.join(f'{len(things)} {sort}' for sort, things in now.sections() if things)}"
    )
    return exit_codes.CLEAN
