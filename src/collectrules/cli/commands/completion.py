"""`collectrules completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    name="completion",
    epilog="Example: collectrules completion bash > ~/.local/share/bash-completion/completions/collectrules",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell."""
    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three shells that the argument allows"
    click.echo(kind(ctx.find_root().command, {}, "collectrules", "_COLLECTRULES_COMPLETE").source())
