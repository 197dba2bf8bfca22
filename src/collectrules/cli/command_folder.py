"""A group of commands that are found by their files: each defines `command`, and is loaded when it is used."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import click

from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from types import ModuleType


class CommandFolder(click.Group):
    """A group whose commands are the modules of a package."""

    folder: ModuleType
    """The package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the files."""
        del ctx
        return sorted(module.name for module in pkgutil.iter_modules(self.folder.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{self.folder.__name__}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, and with the nearest name where there is none."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = self.list_commands(ctx)
            advice = meant(args[0], known) or f"the commands are {', '.join(known)}"
            raise click.UsageError(f"there is no command `{args[0]}`\n    {advice}", ctx)
        return super().resolve_command(ctx, args)
