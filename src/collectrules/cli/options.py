"""Options that several commands have."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, TypeVar

import click

from collectrules.cli import days, path_types

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence


G = TypeVar("G")
T = TypeVar("T")


def read_by(read: Callable[[G], T]) -> Callable[[click.Context, click.Parameter, G | None], T | None]:
    """The callback of an option whose text is read so; None where it is not given. `read` raises click.BadParameter."""
    return lambda _ctx, _parameter, given: None if given is None else read(given)


def _codes(given: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in given.split(",") if code.strip())


RULESETS: Final = click.option(
    "--rulesets",
    "rulesets",
    metavar="DIR",
    multiple=True,
    type=path_types.THERE,
    help="A folder with more rulesets, beside the shipped ones. May be repeated.",
)
TODAY: Final = days.day_option(
    "--today", "today", "The day against which the age of rulesets is held, instead of the clock's."
)
JURISDICTION: Final = click.option(
    "--jurisdiction",
    "jurisdictions",
    metavar="CODES",
    default="",
    callback=read_by(_codes),
    help="Only these codes and what lies inside them, with commas between: US-TX,FR.",
)


def in_colour() -> bool:
    """Does somebody look at the output, who has not said `NO_COLOR`?"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def lies_inside(code: str, wanted: Sequence[str]) -> bool:
    """Whether a jurisdiction is one of those wanted or a part of one; of none wanted, every one is."""
    return not wanted or any(code == place or code.startswith(f"{place}-") for place in wanted)


def check_channels(named: Iterable[str], known: Collection[str]) -> None:
    """Raise what a user is told of the first channel that is none, with the one that was meant."""
    from collectrules.case.terms import CHANNEL
    from collectrules.ground.errors import meant

    for name in named:
        if name not in known:
            advice = meant(name, known, CHANNEL.usual) or f"the channels are {', '.join(known)}"
            raise click.UsageError(f"there is no channel `{name}`\n    {advice}")
