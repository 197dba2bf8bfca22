"""What a company says of all its cases, whatever law is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.case.records import Kept
    from collectrules.verdict.gaps import Accepted
    from collectrules.verdict.objects import PluginUsed


class Company(Struct, frozen=True):
    """What a company says of all its cases."""

    accepted: Accepted = {}
    """The gaps of the law that it accepts, each with the reason."""
    configuration: str = ""
    """The name and hash of the file that says so."""
    records: Mapping[str, Kept] = {}
    """The groups of its records that it keeps whole, or checks."""
    plugins: tuple[PluginUsed, ...] = ()
    """What it has installed beside this package, or switched off."""


NO_COMPANY: Final = Company()
