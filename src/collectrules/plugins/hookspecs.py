"""Everything a plugin can add: one hook for each, all optional, each returning a list.

A plugin is a module or an object named by an entry point of the group `collectrules`; it marks the hooks it offers with
`@collectrules.hookimpl`, and says with `collectrules_api = 1` for which version of these hooks it was written; one that
does not say was written for the first. What this package ships comes through the same hooks. A name may be given once:
two plugins that give the same one are an error, and so is a plugin that fails to load, or was written for newer hooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.imports import Importer
    from collectrules.law.kinds import RuleKind
    from collectrules.law.questions import QuestionKind
    from collectrules.letters.templates import Letter
    from collectrules.lints import Lint
    from collectrules.measures import MeasureFunction
    from collectrules.plugins.channels import Channel
    from collectrules.plugins.handoffs import HandoffFormat

GROUP: Final = "collectrules"
"""The group of the entry points, and the name that pluggy knows the hooks by."""

API_VERSION: Final = 1
"""Of these hooks. It grows when one of them changes so that older plugins would not do, not when one is added."""
API_NAME: Final = "collectrules_api"
"""What a plugin calls the version that it was written for."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def collectrules_ruleset_folders() -> list[Path]:  # type: ignore[empty-body]  # a specification has no body
    """Folders with rulesets in them, at any depth: law, or house policies."""


@hookspec
def collectrules_rule_kinds() -> list[RuleKind]:  # type: ignore[empty-body]
    """Shapes of rules beside the built-in ones: what `kind:` may name."""


@hookspec
def collectrules_question_kinds() -> list[QuestionKind]:  # type: ignore[empty-body]
    """Ways of answering a question beside the built-in ones: what `kind:` of a block under `answers:` may name."""


@hookspec
def collectrules_measures() -> list[MeasureFunction]:  # type: ignore[empty-body]
    """Functions that rulesets may call in a condition."""


@hookspec
def collectrules_channels() -> list[Channel]:  # type: ignore[empty-body]
    """Ways to reach a person beside the built-in ones: what `channel:` may name."""


@hookspec
def collectrules_handoff_formats() -> list[HandoffFormat]:  # type: ignore[empty-body]
    """Formats in which an account is written out for whoever takes it over."""


@hookspec
def collectrules_importers() -> list[Importer]:  # type: ignore[empty-body]
    """Sources of accounts and logs beside the built-in ones: what `import --as` may name."""


@hookspec
def collectrules_lints() -> list[Lint]:  # type: ignore[empty-body]
    """What `collectrules validate` remarks on beside the built-in lints; the codes of these begin with other letters.

    It is asked by every command: import what a lint needs inside the functions that look.
    """


@hookspec
def collectrules_letters() -> list[Letter]:  # type: ignore[empty-body]
    """Letter templates: `list(collectrules.letters_in(folder))` reads those of a folder."""
