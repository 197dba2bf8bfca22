"""A plugin of collectrules: a regulation of another field, the Telemarketing Sales Rule on deceptive acts."""

from __future__ import annotations

from pathlib import Path

from collectrules import hookimpl

collectrules_api = 1


@hookimpl
def collectrules_ruleset_folders() -> list[Path]:
    """The folder with 16 CFR 310.3."""
    return [Path(__file__).parent / "rulesets"]
