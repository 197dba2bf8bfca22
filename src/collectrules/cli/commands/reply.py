"""`collectrules reply`: what does a message of a debtor tell?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import click
from msgspec import to_builtins

from collectrules.cli import exit_codes, options
from collectrules.cli.commands.words import PATTERNS

_FILE_NAME: Final = re.compile(r"\S+\.(txt|eml|html?)", re.IGNORECASE)
"""A text that is meant as the name of a file: one word with the ending of a message."""


@click.command(name="reply", epilog="Exit codes: 0 all is certain, 3 a person must read it, 2 unreadable input.")
@click.argument("message", metavar="FILE|TEXT")
@click.option("--channel", metavar="CHANNEL", default="sms", show_default=True, help="How it came: sms, email, letter.")
@click.option("--json", "as_json", is_flag=True, help="As JSON: collectrules/reply/v1.")
@PATTERNS
def command(*, message: str, channel: str, as_json: bool, folders: tuple[Path, ...]) -> int:
    """Read an incoming message into events: stop, refusal, dispute, attorney, bankruptcy, wrong number, hardship.

    Each is certain, or to be confirmed by a person. What was not understood is said to be unclear. `-` reads standard
    input.

    \b
    Examples:
      collectrules reply 'STOP'
      collectrules reply --channel email message.txt
    """
    from collectrules.case.terms import CHANNEL
    from collectrules.output.words import reply_page
    from collectrules.words.languages import load
    from collectrules.words.plain_text import text_of
    from collectrules.words.replies import read_reply

    options.check_channels([channel], CHANNEL.words)
    path = Path(message)
    if _FILE_NAME.fullmatch(message) and not _is_file(path):
        raise click.UsageError(f"there is no file `{message}`\n    name a file that is there, or write the text itself")
    text = text_of(path) if message == "-" or _is_file(path) else message
    reply = read_reply(text, channel, load(folders))
    click.echo(json.dumps(to_builtins(reply), ensure_ascii=False) if as_json else reply_page(reply), nl=as_json)
    return exit_codes.REVIEW if reply.unclear else exit_codes.CLEAN


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a message that is too long for a name
        return False
