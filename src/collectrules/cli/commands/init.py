"""`collectrules init`: a configuration that says what the records hold, and a first case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, messages, options, path_types

if TYPE_CHECKING:
    from collectrules.cli.profiles import Profile


def _whole(given: tuple[str, ...]) -> dict[str, str]:
    """`--whole GROUP=REASON`. Raises click.BadParameter."""
    from collectrules.case.groups import BY_ID

    groups: dict[str, str] = {}
    for each in given:
        group, _, reason = each.partition("=")
        if group not in BY_ID or not reason.strip():
            help_ = "write contacts='the dialer writes one log'"
            raise click.BadParameter(f"`{each}` is no group with its reason\n    {help_}")
        groups[group] = reason.strip()
    return groups


def _place(given: str) -> str:
    """A code of ISO 3166. Raises click.BadParameter."""
    from collectrules.case.terms import JURISDICTION
    from collectrules.case.value_advice import advise_jurisdiction

    if not JURISDICTION.matches(given):
        raise click.BadParameter(f"`{given}` is not {JURISDICTION.takes}\n    {advise_jurisdiction(given)}")
    return given


@click.command(name="init", epilog="Exit codes: 0 written, 2 a file is there already, or wrong usage.")
@click.option("--profile", metavar="NAME", help="Begin with one of the profiles; `--profile list` lists them.")
@click.option(
    "--whole",
    multiple=True,
    metavar="GROUP=REASON",
    callback=options.read_by(_whole),
    help="A group that is kept whole, and why.",
)
@click.option(
    "--jurisdiction",
    metavar="CODE",
    default="US",
    show_default=True,
    callback=options.read_by(_place),
    help="Where the first debtor lives.",
)
@click.option("--folder", type=path_types.FOLDER_THERE, default=Path(), help="Where to write.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: what the profile and the options say.")
def command(*, profile: str | None, whole: dict[str, str], jurisdiction: str, folder: Path, yes: bool) -> int:
    """Write collectrules.yaml, which says once what your records hold, and a first case, first-case.yaml.

    In a group of the record that is kept whole, what is not there did not happen: each needs a reason, which verdicts
    repeat. Nothing is taken for granted that you do not say.

    \b
    Examples:
      collectrules init
      collectrules init --profile agency --yes
      collectrules init --whole "contacts=the dialer writes one log" --yes
    """
    from collectrules.cli import profiles

    if profile == "list":
        for each in profiles.every():
            click.echo(f"{each.name:24}{each.title}")
        return exit_codes.CLEAN
    chosen = profiles.named(profile) if profile is not None else profiles.NOTHING_TAKEN
    there = [name for name in ("collectrules.yaml", profiles.FIRST_CASE) if (folder / name).exists()]
    if there:
        raise click.UsageError(f"there is a {there[0]} already\n    `--folder` names another place")
    chosen = chosen.with_whole(whole)
    if not yes:
        chosen = _asked(chosen)
    (folder / "collectrules.yaml").write_text(profiles.configuration_text(chosen), encoding="utf-8")
    (folder / profiles.FIRST_CASE).write_text(profiles.first_case_text(chosen, jurisdiction), encoding="utf-8")
    click.echo(f"collectrules.yaml and {profiles.FIRST_CASE} are written: `collectrules check {profiles.FIRST_CASE}`")
    return exit_codes.CLEAN


def _asked(profile: Profile) -> Profile:
    """The profile with an answer for each group: is it whole, and why."""
    from collectrules.case.groups import GROUPS

    for group in GROUPS:
        taken = profile.records.get(group.id)
        click.echo(f"\n{messages.folded(f'{group.title}: {group.question}')}")
        if not click.confirm("    in every case", default=taken is not None):
            profile = profile.without(group.id)
        elif taken is None:
            reason = str(click.prompt("    reason (who knows this, and how)"))
            profile = profile.with_whole({group.id: reason})
    return profile
