"""`collectrules plugins`: what is installed, and what each plugin brings."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, exit_codes
from collectrules.ground.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collectrules.plugins.loading import Plugins


@click.command(name="plugins", epilog="Exit codes: 0 listed, 2 a plugin that does not load.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@asking.CONFIG
def command(*, as_json: bool, configuration: Path | None) -> int:
    """List what is built in and every installed plugin: version, hash of its files, and what it brings.

    A plugin that does not load is an error of every command, with what to do. `collectrules --without-plugin NAME`, or
    `without_plugins:` of the configuration with a reason, leaves one out; every verdict then says so.

    \b
    Examples:
      collectrules plugins
      collectrules --without-plugin pigeon-post check case.yaml
    """
    from collectrules.cli import configuration as configured
    from collectrules.plugins.loading import load_plugins

    configured.load(configuration)
    plugins = load_plugins()
    click.echo(json.dumps(plugins.told(), ensure_ascii=False) if as_json else "\n".join(_told(plugins)))
    return exit_codes.CLEAN


def _told(plugins: Plugins) -> Iterator[str]:
    for package in plugins.used:
        about = f"switched off: {package.switched_off}" if package.switched_off else package.hash
        yield " ".join(filter(None, (package.name, package.version)))
        yield from wrap(about, WIDTH, initial_indent="  ", subsequent_indent="    ")
    if plugins.used:
        yield ""
    for source in (*plugins.sources[1:], plugins.sources[0]):  # what is built in is long, and last
        yield source.name
        for hook, names in source.brings.items():
            told = f"{hook.replace('_', ' ')}: {', '.join(names)}"
            yield from wrap(told, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
