"""`collectrules validate`: may these files be merged?"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from collectrules.cli import asking, exit_codes, path_types
from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.cli.asking import Sources


def _explained(ctx: click.Context, parameter: click.Parameter, name: str | None) -> None:
    """Print what a code or lint means, and leave."""
    del parameter
    if name is None or ctx.resilient_parsing:
        return
    from collectrules.validation.codes import catalogue, known

    code = known(name)
    if code is None:
        names = [name for each in catalogue().values() for name in (each.code, each.name)]
        raise click.BadParameter(f"there is no code or lint `{name}`\n    {meant(name, names)}".rstrip())
    click.echo(f"{code.code} {code.name} ({code.severity})\n\n{code.documentation}")
    ctx.exit()


@click.command(
    name="validate",
    epilog="Exit codes: 0 no error, 1 some, 2 a file of which nothing could be read, 4 nothing was checked.",
)
@click.argument("paths", nargs=-1, metavar="PATH...", type=path_types.THERE)
@click.option(
    "--format",
    "form",
    metavar="NAME",
    default="text",
    help="text, json (collectrules/validation/v1), sarif (2.1.0), github or junit.",
)
@click.option("--select", metavar="NAME", multiple=True, help="Only this lint. May be repeated.")
@click.option("--ignore", metavar="NAME", multiple=True, help="Not this lint. May be repeated.")
@click.option("--strict", is_flag=True, help="A warning is an error.")
@click.option(
    "--exceptions",
    metavar="FILE",
    type=path_types.THERE,
    help="What is excepted, why and until when; without it `validate.yaml`, where there is one here.",
)
@click.option(
    "--explain",
    metavar="NAME",
    callback=_explained,
    expose_value=False,
    is_eager=True,
    help="What a code or lint means.",
)
@click.option(
    "--against",
    metavar="OLD",
    help="What was there before: a folder, a file, or a revision of git (`main`); what changed is looked at too.",
)
@asking.SOURCES
def command(
    *,
    paths: tuple[Path, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    exceptions: Path | None,
    against: str | None,
    sources: Sources,
) -> int:
    """Tell every fault of rulesets, libraries, house policies, topics, configurations and cases; PATH: file or folder.

    Beside what would be refused anyway, lints tell what nobody should merge: values newer than the last reading, rules
    that never speak, doubled or contradictory ones, examples on one side of a change. The check for CI.

    \b
    Examples:
      collectrules validate rulesets
      collectrules validate our_rules --format github --today 2026-11-23
      collectrules validate rulesets --against main
      collectrules validate --explain verified-before-value
    """
    from collectrules.cli import configuration as configurations
    from collectrules.plugins.loading import load_plugins
    from collectrules.validation import codes, formats
    from collectrules.validation.exceptions import FILE_NAME
    from collectrules.validation.validating import Setting, chosen, validate

    every_lint = codes.every_lint()
    every_format = {each.name: each for each in formats.built_in()}
    _known("--format", [form], list(every_format))
    _known("--select", select, [name for lint in every_lint for name in (lint.code, lint.name)])
    _known("--ignore", ignore, [name for lint in every_lint for name in (lint.code, lint.name)])
    if exceptions is None and Path(FILE_NAME).is_file():
        exceptions = Path(FILE_NAME)
    setting = Setting(
        loaded=load_plugins(),
        folders=sources.folders,
        read_configuration=configurations.load,
        configuration_names=configurations.FILE_NAMES,
        lints=tuple(chosen(every_lint, select, ignore)),
        every_lint=every_lint,
        today=sources.today or datetime.now(UTC).date(),
        exceptions=exceptions,
    )
    with ExitStack() as stack:
        if against is not None:
            from collectrules.changes.sides import earlier

            side = stack.enter_context(earlier(against, paths, setting.loaded))
            setting = replace(setting, earlier=lambda place: side.ruleset(place.as_posix()))
        report = validate(paths, setting)
    click.echo(every_format[form].write(report))
    if not report.files:
        click.echo("nothing was checked: name a file or folder of rulesets", err=True)
        return exit_codes.NOTHING_CHECKED
    if report.unreadable:
        return exit_codes.WRONG_INPUT
    return exit_codes.FOUND if report.errors or (strict and report.warnings) else exit_codes.CLEAN


def _known(option: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            advice = meant(name, known) or f"known here: {', '.join(known)}"
            raise click.BadParameter(f"`{name}` is not known\n    {advice}", param_hint=option)
