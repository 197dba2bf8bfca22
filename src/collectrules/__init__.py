"""Answers before somebody acts on an unpaid debt: allow, deny or review, with the law cited for every reason.

The public names, nothing else. Each is loaded when it is first used, so that `collectrules --version` loads none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from collectrules._version import __version__

if TYPE_CHECKING:
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.case.reading import case_from_mapping, read_cases
    from collectrules.case.records import Kept
    from collectrules.ground.errors import CollectrulesError, InvalidInput, MissingExtra
    from collectrules.handoff.preflight import Handoff, Preflight
    from collectrules.handoff.writing import hand_over
    from collectrules.imports import Importer
    from collectrules.law.kinds import RuleKind
    from collectrules.law.questions import QuestionKind
    from collectrules.law.strength import Strength
    from collectrules.letters.templates import Letter, letters_in
    from collectrules.measures import MeasureFunction
    from collectrules.output.rendering import as_json, as_text
    from collectrules.plugins import accounts
    from collectrules.plugins.accounts import Account, Field, Receiver
    from collectrules.plugins.channels import Channel, Way
    from collectrules.plugins.handoffs import Fault, HandoffFormat
    from collectrules.plugins.hookspecs import hookimpl
    from collectrules.verdict.objects import Finding, Verdict

__all__ = [
    "Account",
    "Advisor",
    "Case",
    "Channel",
    "CollectrulesError",
    "Fault",
    "Field",
    "Finding",
    "Handoff",
    "HandoffFormat",
    "Importer",
    "InvalidInput",
    "Kept",
    "Letter",
    "MeasureFunction",
    "MissingExtra",
    "Preflight",
    "QuestionKind",
    "Receiver",
    "RuleKind",
    "Strength",
    "Verdict",
    "Way",
    "__version__",
    "accounts",
    "as_json",
    "as_text",
    "case_from_mapping",
    "hand_over",
    "hookimpl",
    "letters_in",
    "read_cases",
]

_HOMES = {
    "Account": "plugins.accounts",
    "Advisor": "advisor",
    "Kept": "case.records",
    "Case": "case.objects",
    "Channel": "plugins.channels",
    "CollectrulesError": "ground.errors",
    "Fault": "plugins.handoffs",
    "Field": "plugins.accounts",
    "Finding": "verdict.objects",
    "Handoff": "handoff.preflight",
    "HandoffFormat": "plugins.handoffs",
    "Importer": "imports",
    "InvalidInput": "ground.errors",
    "Letter": "letters.templates",
    "MeasureFunction": "measures",
    "MissingExtra": "ground.errors",
    "Preflight": "handoff.preflight",
    "QuestionKind": "law.questions",
    "Receiver": "plugins.accounts",
    "RuleKind": "law.kinds",
    "Strength": "law.strength",
    "Verdict": "verdict.objects",
    "Way": "plugins.channels",
    "as_json": "output.rendering",
    "as_text": "output.rendering",
    "case_from_mapping": "case.reading",
    "hand_over": "handoff.writing",
    "hookimpl": "plugins.hookspecs",
    "letters_in": "letters.templates",
    "read_cases": "case.reading",
}


_MODULES = {"accounts": "plugins.accounts"}
"""The fields by which handoff formats ask for what they need."""


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"{__name__}.{_MODULES[name]}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
