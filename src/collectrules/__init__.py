"""Answers before somebody acts on an unpaid debt: allow, deny or review, with the law cited for every reason.

The public names, nothing else. Each is loaded when it is first used, so that `collectrules --version` loads none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from collectrules._version import __version__

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case import Case
    from collectrules.channels import Channel
    from collectrules.errors import CollectrulesError, InvalidInput, MissingExtra
    from collectrules.handoffs import HandoffFormat
    from collectrules.hookspecs import hookimpl
    from collectrules.verdict import Finding, Strength, Verdict

__all__ = [
    "Advisor",
    "Case",
    "Channel",
    "CollectrulesError",
    "Finding",
    "HandoffFormat",
    "InvalidInput",
    "MissingExtra",
    "Strength",
    "Verdict",
    "__version__",
    "hookimpl",
]

_HOMES = {
    "Advisor": "advisor",
    "Case": "case",
    "Channel": "channels",
    "CollectrulesError": "errors",
    "Finding": "verdict",
    "HandoffFormat": "handoffs",
    "InvalidInput": "errors",
    "MissingExtra": "errors",
    "Strength": "verdict",
    "Verdict": "verdict",
    "hookimpl": "hookspecs",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
