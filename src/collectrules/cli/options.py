"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime


def _day(ctx: click.Context, parameter: click.Parameter, given: datetime | None) -> date | None:
    del ctx, parameter
    return given.date() if given else None


def day_option(flag: str, name: str, text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """An option that takes a date."""
    return click.option(flag, name, metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help=text)


def _codes(ctx: click.Context, parameter: click.Parameter, given: str) -> tuple[str, ...]:
    del ctx, parameter
    return tuple(code.strip().upper() for code in given.split(",") if code.strip())


RULESETS: Final = click.option(
    "--rulesets",
    "rulesets",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A folder with more rulesets, beside the shipped ones. May be repeated.",
)
TODAY: Final = day_option(
    "--today", "today", "The day against which the age of rulesets is held, instead of the clock's."
)
JURISDICTION: Final = click.option(
    "--jurisdiction",
    "jurisdictions",
    metavar="CODES",
    default="",
    callback=_codes,
    help="Only these codes and what lies inside them, with commas between: US-TX,FR.",
)


def lies_inside(code: str, wanted: Sequence[str]) -> bool:
    """Whether a jurisdiction is one of those wanted or a part of one; of none wanted, every one is."""
    return not wanted or any(code == place or code.startswith(f"{place}-") for place in wanted)
