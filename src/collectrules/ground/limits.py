"""How much this program takes in: more is a mistake or an attack, and is refused by name before it is read.

Each limit is raised by an environment variable, `COLLECTRULES_MOST_BYTES=200000000`; a value that is no number of
digits counts as none.
"""

from __future__ import annotations

import os
from typing import Final, Literal

Limited = Literal["bytes", "entries", "items", "problems"]

_USUAL: Final = {"bytes": 50_000_000, "entries": 200_000, "items": 1_000, "problems": 200}
"""Bytes of one file; entries of a history; items of any other list of a case; problems told of one file."""


def most(what: Limited) -> int:
    """The limit in force."""
    stated = os.environ.get(variable(what), "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) <= len("999999999999") else _USUAL[what]


def variable(what: Limited) -> str:
    """The environment variable that raises it."""
    return f"COLLECTRULES_MOST_{what.upper()}"


def advice(what: Limited) -> str:
    """What to do about something that is over the limit."""
    return f"the limit is {most(what):,}; set {variable(what)} to raise it"
