"""What is told on standard error, in lines that fit a terminal."""

from __future__ import annotations

import sys
from typing import Final

import click

from collectrules.ground.lines import WIDTH, wrapped

_HELP: Final = "    "  # what stands before the help below a message


def tell(message: object) -> None:
    """Tell what is wrong, or what should be known, on standard error."""
    click.echo(fitted(str(message), whole=sys.stderr.isatty()), err=True)


def fitted(message: str, *, whole: bool) -> str:
    """A message whose help is folded to the width of a terminal; with `whole` its other lines are too.

    Without a terminal what is wrong stays on the line of its place, where other programs look for it.
    """
    return "\n".join(
        folded(line) if len(line) > WIDTH and (whole or line.startswith(_HELP)) else line
        for line in message.split("\n")
    )


def folded(line: str) -> str:
    """A line in lines that fit a terminal."""
    own = line[: len(line) - len(line.lstrip())] or _HELP
    return "\n".join(wrapped(line, own, first=""))
