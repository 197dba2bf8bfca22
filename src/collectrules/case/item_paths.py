"""How a verdict names a fact of one item of a list: `debts[INV-1042].paid`, `endpoints[+1 850 555 0142].place`.

An entry of the history has its number, from 1: `history[2].outcome`.

An id is any text, with brackets and points too. What follows the last bracket is the name of a fact, which has neither:
so a path is read in one way only.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ITEM: Final = re.compile(r"(?:(debts|endpoints)\[(.*)\]|(history)\[([0-9]+)\])\.(\w+)")


class ItemPath(NamedTuple):
    """One fact of one debt, endpoint or entry of the history."""

    group: str
    """`debts`, `endpoints` or `history`."""
    id: str
    """Of an entry of the history its number."""
    name: str


def item_path(fact: str) -> ItemPath | None:
    """What a path of a verdict names; None for a fact that belongs to no item of a list."""
    item = _ITEM.fullmatch(fact) if "[" in fact else None
    return None if item is None else ItemPath(item[1] or item[3], item[2] or item[4] or "", item[5])


def without_item(fact: str) -> str:
    """The path as rules name it, without the item: `debts.paid`."""
    item = item_path(fact)
    return fact if item is None else f"{item.group}.{item.name}"
