"""A time limit for code of others: what a plugin does when it is imported, and when one of its hooks is asked."""

from __future__ import annotations

import os
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SECONDS: Final = 20.0
"""A plugin that imports large packages on a slow disk takes a few."""
VARIABLE: Final = "COLLECTRULES_PLUGIN_SECONDS"
"""The variable of the environment that holds another limit, in seconds."""


class TooLong(Exception):
    """It had not come back when the time was up."""


def seconds() -> float:
    """The limit. One that is no number, or not above nothing, is as if it was not given."""
    try:
        given = float(os.environ.get(VARIABLE, ""))
    except ValueError:
        return SECONDS
    return given if 0 < given < float("inf") else SECONDS


def within_limit(call: Callable[[], T]) -> T:
    """What the call gives, and whatever it raises; raises TooLong where it does not come back in time.

    The call runs in a thread of its own, since nothing can make it stop: one that hangs is left behind, and ends with
    the process. An extension that never lets the interpreter go cannot be given up so; nothing is decided then either.
    """
    given: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(call())
        except BaseException as error:  # noqa: BLE001  # it is raised where the call is waited for
            raised.append(error)

    limit = seconds()
    thread = Thread(target=run, name="collectrules plugin", daemon=True)
    thread.start()
    thread.join(limit)
    if raised:
        raise raised[0]
    if not given:
        raise TooLong(f"it did not come back within {limit:g} seconds; {VARIABLE} sets another limit")
    return given[0]
