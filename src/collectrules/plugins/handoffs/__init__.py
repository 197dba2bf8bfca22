"""Ways to write an account out for whoever takes it over: an agency, a court, a credit bureau.

None is built in. A plugin adds one through the hook `collectrules_handoff_formats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.case.objects import Case


class HandoffFormat(Struct, frozen=True):
    """One receiver's format."""

    name: str
    """The word a user writes: lower case letters, digits and underscores."""
    title: str
    media_type: str
    """What `write` returns, as a media type: `text/csv`, `application/json`."""
    missing: Callable[[Case], tuple[str, ...]]
    """The facts that the receiver asks for and the case does not have, each as one sentence; empty: ready."""
    write: Callable[[Case], bytes]
    """The account in the receiver's format. Only called where nothing is missing; sends nothing."""
    docs: str
