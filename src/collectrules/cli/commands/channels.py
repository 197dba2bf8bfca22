"""`collectrules channels`: the ways to reach a person, and what each asks, leaves, says and is refused by providers."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, options
from collectrules.ground.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.plugins.channels import Channel


@click.command(name="channels", epilog="Exit codes: 0 listed, 2 there is no such channel.")
@click.argument("names", nargs=-1, metavar="[CHANNEL]...")
@click.option("--json", "as_json", is_flag=True, help="One channel a line as JSON.")
def command(*, names: tuple[str, ...], as_json: bool) -> int:
    """List the channels that a case may name, those of plugins too; of each CHANNEL that is named, everything.

    What a provider refuses is no law: it is asked where the configuration names the provider (`providers: [whatsapp]`).

    \b
    Examples:
      collectrules channels
      collectrules channels sms whatsapp
    """
    from collectrules.output.rendering import plain
    from collectrules.plugins.loading import load_plugins

    channels = load_plugins().channels
    options.check_channels(names, channels)
    chosen = [channels[name] for name in names or channels]
    if as_json:
        click.echo("\n".join(json.dumps(plain(each.told()), ensure_ascii=False) for each in chosen))
    elif names:
        click.echo("\n\n".join("\n".join(_told(each)) for each in chosen))
    else:
        click.echo("\n".join(f"{each.name:16}{each.title}" for each in chosen))
    return exit_codes.CLEAN


def _told(channel: Channel) -> Iterator[str]:
    yield f"{channel.name}: {channel.title}"
    yield from wrap(channel.docs, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for label, words in (
        ("it is", [each.replace("_", " ") for each in channel.properties()]),
        ("like", channel.like),
        ("reached by", [channel.reached_by] if channel.reached_by else ()),
        ("asks", channel.asks),
        ("leaves", channel.leaves),
        ("says", channel.discloses),
        ("providers", channel.providers),
    ):
        if words:
            yield from wrap(", ".join(words), WIDTH, initial_indent=f"  {label:11}", subsequent_indent=" " * 13)
    for way in channel.ways:
        facts = ", ".join(f"{name}: {str(value).lower()}" for name, value in way.facts.items())
        told = f"{way.title}{f' ({facts})' if facts else ''}"
        yield from wrap(told, WIDTH, initial_indent=f"  {way.name}: ", subsequent_indent="      ")
        yield from wrap(way.docs, WIDTH, initial_indent="      ", subsequent_indent="      ")
