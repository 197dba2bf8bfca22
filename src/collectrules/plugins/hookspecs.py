"""Everything a plugin can add: five hooks, each optional, each returning a list.

A plugin is a module or an object named by an entry point of the group `collectrules`; it marks the hooks it offers with
`@collectrules.hookimpl`. What this package ships comes through the same hooks. A name may be given once: two plugins
that give the same one are an error, and so is a plugin that fails to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.law.kinds import RuleKind
    from collectrules.measures import MeasureFunction
    from collectrules.plugins.channels import Channel
    from collectrules.plugins.handoffs import HandoffFormat

GROUP = "collectrules"
"""The group of the entry points, and the name that pluggy knows the hooks by."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def collectrules_ruleset_folders() -> list[Path]:  # type: ignore[empty-body]  # a specification has no body
    """Folders with rulesets in them, at any depth: law, or house policies."""


@hookspec
def collectrules_rule_kinds() -> list[RuleKind]:  # type: ignore[empty-body]
    """Shapes of rules beside the built-in ones: what `kind:` may name."""


@hookspec
def collectrules_measures() -> list[MeasureFunction]:  # type: ignore[empty-body]
    """Functions that rulesets may call in a condition."""


@hookspec
def collectrules_channels() -> list[Channel]:  # type: ignore[empty-body]
    """Ways to reach a person beside the built-in ones: what `channel:` may name."""


@hookspec
def collectrules_handoff_formats() -> list[HandoffFormat]:  # type: ignore[empty-body]
    """Formats in which an account is written out for whoever takes it over."""
