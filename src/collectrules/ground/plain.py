"""Values that can be kept in a file and read again."""

from __future__ import annotations

from msgspec import Struct


class PlainValue(Struct, frozen=True, array_like=True, gc=False):
    """A value made of plain values only, whose form on disk is the list of its fields; none is part of itself.

    The types of its fields are read when it is: they are imported for running too, not only for checking.
    """
