"""The plugins that are left out in this process, by name, and why: an option or the configuration says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_off: dict[str, str] = {}


def switch_off(names: Mapping[str, str]) -> None:
    """Leave out these plugins, each with the reason, and no others: it holds for whatever asks for plugins later."""
    _off.clear()
    _off.update(names)


def switch_off_too(names: Mapping[str, str]) -> None:
    """Leave out these plugins beside the others."""
    _off.update({name: reason for name, reason in names.items() if name not in _off})


def switched_off() -> Mapping[str, str]:
    """The plugins that are left out, and why."""
    return dict(_off)
