"""The kit for plugin authors: checks for a plugin's own tests, `assert_conforms`, and a plugin of pytest.

Each name is loaded when it is first used: pytest takes its plugin in wherever this package is installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collectrules.testing.conforming import assert_conforms
    from collectrules.testing.kit import check_case, check_import, check_plugin, check_rulesets

__all__ = ["assert_conforms", "check_case", "check_import", "check_plugin", "check_rulesets"]

_HOMES = {
    "assert_conforms": "conforming",
    "check_case": "kit",
    "check_import": "kit",
    "check_plugin": "kit",
    "check_rulesets": "kit",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
