"""The functions that expressions may call: what they take, what they give, and what their answer follows from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

Parameter = Literal["entry", "date", "int", "time", "periods", "calendar", "channel", "text", "debt"]
Changes = Literal["given days", "named times", "any day"]
Result = Literal["bool", "int", "date", "money", "endpoint"]


class MeasureFunction(Struct, frozen=True):
    """A function that expressions may call.

    `read` gets the context of the case and then the arguments: an entry, a date (proleptic ordinal), a whole number, a
    clock time (minutes after midnight), a tuple of periods, a calendar, a channel's name, a text. Arguments that
    are unknown or not stated never reach it, except where `takes_nothing`: the answer is then unknown. It returns the
    answer, or None for unknown; with `context.open` set, facts that the case does not state are unknown. An answer of
    another type than `result` says, or an exception, is a fault: unknown, told in the verdict, and never an allow.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Result
    read: Callable[..., Any]
    title: str
    reads: tuple[str, ...] = ()
    """The facts it reads besides its arguments, as dotted names, for the list of what is missing. Of the history it
    names the events that it looks for, `history.contacts`, or `history` for all."""
    takes_nothing: bool = False
    follows_from: tuple[str, ...] | None = None
    """Every fact besides its arguments and the channels that the answer may follow from, so that it need not be asked
    again where these are the same: `action.place` for a field of an entry that it gets, `debts.id` for which debts
    there are, `history` for all that came before. None: anything, also the moment of the action."""

    changes: Changes = "any day"
    """On which days the answer may change: on those that follow from the dates and numbers it is given, by the week and
    the times that the debtor named, or on any."""
    whenever: bool = False
    """Is it the same of all entries of the history that state the same of what `follows_from` names of the action,
    whenever they are?"""
    open_ended: bool = False
    """Is it never certainly false of a partial record, because more may be so than is stated?"""

    @property
    def origin(self) -> str:
        """The module that its code stands in, for whoever has to mend it."""
        return str(getattr(self.read, "__module__", "an unknown module"))
