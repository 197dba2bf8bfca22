"""`collectrules editor`: the language server for rulesets and cases."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from collectrules.cli import exit_codes


@click.command(name="editor", epilog="Exit codes: 0 the editor went away, 2 wrong usage.")
def command() -> int:
    """Speak the Language Server Protocol on standard input and output, for an editor that starts this command.

    It tells what is wrong as you type, what a word means, what may stand at a place, and where it is defined.

    \b
    Example, of an editor's configuration:
      collectrules editor
    """
    from collectrules.ground.errors import MissingExtra

    if find_spec("pygls") is None:
        raise MissingExtra("`editor`", "editor")
    from collectrules.editor.server import server

    # The server closes what it reads and writes; this process still has to leave in good order.
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb") as answered:
        server().start_io(asked, answered)
    return exit_codes.CLEAN
