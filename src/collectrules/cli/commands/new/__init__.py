"""`collectrules new`: the beginnings of things; one file each in this folder."""

from __future__ import annotations

import sys

import click

from collectrules.cli.command_folder import CommandFolder


class _New(CommandFolder):
    """The files of this folder."""

    folder = sys.modules[__name__]


@click.group(name="new", cls=_New, epilog="Exit codes: 0 written, 2 wrong usage, or something is there already.")
def command() -> None:
    """Write the beginning of something of your own, which passes its checks as it stands.

    \b
    Example:
      collectrules new plugin collectrules-elbonia --kind jurisdiction
    """
