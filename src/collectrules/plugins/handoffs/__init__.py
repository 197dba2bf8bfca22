"""Ways to write accounts out for whoever takes them over: an agency, a court, a credit bureau. One file a format.

A format file defines `FORMAT`. A plugin adds formats of its own through the hook `collectrules_handoff_formats`. A
format asks for fields, refuses what its receiver would refuse, and writes bytes; whether the account may be handed over
at all is asked before it is called, and it sends nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from collectrules.plugins.accounts import Account, Field, Receiver


class Fault(Struct, frozen=True):
    """Something for which the receiver would send an account back."""

    what: str
    """What is wrong, lower case: `line 2 of the address has 34 characters; the form takes 30`."""
    mend: str
    """What to do about it, in the imperative."""
    cite: str = ""
    """Where the receiver says so."""


def _none(account: Account, receiver: Receiver) -> Iterable[Fault]:
    del account, receiver
    return ()


class HandoffFormat(Struct, frozen=True):
    """One receiver's format."""

    name: str
    """The word that a user writes: lower case letters, digits and underscores."""
    title: str
    media_type: str
    """What the file is: `text/csv`, `application/json`."""
    suffix: str
    """What a file of it is called at its end: `.csv`."""
    acts: tuple[str, ...]
    """The kinds of act that it carries out; asked of the law in the name of the receiver: `place_with_agency`."""
    fields: tuple[Field[Any], ...]
    """What it reads of an account, and of the receiver's file. It gets nothing else."""
    write: Callable[[Iterable[Account], Receiver], Iterator[bytes]]
    """The file, in pieces: accounts are taken one by one as they come, and none is kept. The same accounts make the
    same bytes."""
    docs: str
    """What it is for, and what it leaves out, in one or two sentences."""
    faults: Callable[[Account, Receiver], Iterable[Fault]] = _none
    """What else the receiver would refuse. Only called where no required field is missing."""
    several: bool = True
    """Can a file hold more than one account? Of a format that cannot, several accounts make a ZIP of files."""


def built_in() -> Iterator[HandoffFormat]:
    """Every format that has a file in this package, by file name."""
    return defined_in(__name__, __path__, "FORMAT")
