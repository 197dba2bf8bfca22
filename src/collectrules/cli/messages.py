"""What is told on standard error, in lines that fit a terminal."""

from __future__ import annotations

import re
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from collectrules.ground.lines import WIDTH, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HELP: Final = "    "  # what stands before the help below a message
_SAID: Final = re.compile(r"\S.*?: (?P<said>CR[0-9]{3} .*)", re.DOTALL)
_PROBLEM: Final = re.compile(r"^(?! )", re.MULTILINE)
_OFTEN: Final = 3
"""So many times one thing is told of the cases of a file; how many there are more is told at the end."""


@contextmanager
def told_of_many() -> Iterator[Callable[[object], None]]:
    """Tell what is wrong with each of many cases, in which the same is often wrong: that is told of the first few."""
    times: Counter[str] = Counter()

    def tell_new(message: object) -> None:
        kept = []
        for problem in filter(None, _PROBLEM.split(f"{message}\n")):
            found = _SAID.fullmatch(problem)
            said = found["said"] if found is not None else problem
            times[said] += 1
            if times[said] <= _OFTEN:
                kept.append(problem.removesuffix("\n"))
        if kept:
            tell("\n".join(kept))

    yield tell_new
    for said, number in times.items():
        if (more := number - _OFTEN) > 0:
            first, _, _ = said.partition("\n")
            tell(f"and {more:,} more time{'s' if more > 1 else ''}: {first}")


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
