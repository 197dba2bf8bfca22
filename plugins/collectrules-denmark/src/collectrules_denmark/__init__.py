"""A plugin of collectrules: what was read of Danish law on collection, as data. It has no Python of its own."""

from __future__ import annotations

from pathlib import Path

from collectrules import hookimpl

collectrules_api = 1


@hookimpl
def collectrules_ruleset_folders() -> list[Path]:
    """The folder with the law of DK."""
    return [Path(__file__).parent / "rulesets"]
