"""Finds what plugins add, checks it, and puts it together with what is built in.

Nothing is skipped: a plugin that fails to load, registers the wrong thing or doubles a name is `InvalidInput`, since a
verdict made without the law that somebody installed would be wrong in silence. Whoever wants to do without a plugin
switches it off by name, and every verdict then says so.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pluggy
from msgspec import Struct
from msgspec.structs import asdict

from collectrules import imports, measures
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.switches import switched_off
from collectrules.imports import Importer
from collectrules.law import kinds, questions
from collectrules.law.kinds import RuleKind
from collectrules.law.model import Language
from collectrules.law.questions import QuestionKind
from collectrules.letters import templates
from collectrules.letters.templates import Letter
from collectrules.measures import MeasureFunction
from collectrules.plugins import channels, handoffs, hookspecs
from collectrules.plugins.channels import Channel
from collectrules.plugins.collecting import BUILT_IN, Collector, Source
from collectrules.plugins.handoffs import HandoffFormat
from collectrules.plugins.hookspecs import GROUP, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from collectrules.lints import Lint
    from collectrules.verdict.objects import PluginUsed

_LINT_NAME: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_LINT_CODE: Final = re.compile(r"[A-Z]{2,8}\d{3}")
_OWN_CODES: Final = "CR"
_PACKAGE: Final = Path(__file__).parents[1]


class Plugins(Struct, frozen=True, dict=True):
    """All that is built in or installed, by name. In the order of loading: built in first."""

    channels: Mapping[str, Channel]
    kinds: Mapping[str, RuleKind]
    questions: Mapping[str, QuestionKind]
    measures: Mapping[str, MeasureFunction]
    handoff_formats: Mapping[str, HandoffFormat]
    importers: Mapping[str, Importer]
    read_letters: Callable[[], Mapping[str, Letter]]
    ruleset_folders: tuple[Path, ...]
    lints: Mapping[str, Lint]
    """Those of plugins: what is built in is read by `collectrules validate` alone, for all others start faster."""
    used: tuple[PluginUsed, ...] = ()
    """The packages of plugins, beside this one; those that are switched off last."""
    registered: tuple[Source, ...] = ()

    @cached_property
    def letters(self) -> Mapping[str, Letter]:
        """The letters: those that are built in alone are read when they are first asked for."""
        return self.read_letters()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every plugin and what it brings, what is built in first."""
        _ = self.letters  # who brings them is noted when they are read
        return self.registered

    @cached_property
    def language(self) -> Language:
        """What a ruleset may use; the same one each time, for what is read with a language is known by it."""
        return Language(self.kinds, self.measures, self.channels, self.questions, library_folders=self.ruleset_folders)

    def told(self) -> dict[str, Any]:
        """What `collectrules plugins --json` prints: the packages, and every plugin with what it brings, by hook."""
        return {
            "api": hookspecs.API_VERSION,
            "packages": [asdict(each) for each in self.used],
            "plugins": [{"name": each.name, "brings": each.brings} for each in self.sources],
        }


def load_plugins(extra: Sequence[object] = (), without: Mapping[str, str] | None = None) -> Plugins:
    """What is built in, what is installed and not switched off, and `extra` plugin objects, in this order.

    `without` are names of plugins, or of their packages, that are left out beside those that are switched off in this
    process, each with the reason. Without `extra` the answer is found once a process. Raises `InvalidInput` with every
    fault of every plugin.
    """
    off = tuple(sorted({**switched_off(), **(without or {})}.items()))
    return _put_together(extra, off) if extra else _installed(off)


@cache
def _installed(off: tuple[tuple[str, str], ...]) -> Plugins:
    return _put_together((), off)


class _BuiltIn:
    """What this package ships, as a plugin like any other."""

    @hookimpl
    def collectrules_ruleset_folders(self) -> list[Path]:
        """The shipped law: inside the package once installed, beside `src` in a source checkout."""
        for folder in (_PACKAGE / "rulesets", _PACKAGE.parents[1] / "rulesets"):
            if folder.is_dir():
                return [folder]
        raise FileNotFoundError("the shipped rulesets are missing from this installation")

    @hookimpl
    def collectrules_rule_kinds(self) -> list[RuleKind]:
        return list(kinds.built_in())

    @hookimpl
    def collectrules_question_kinds(self) -> list[QuestionKind]:
        return list(questions.built_in())

    @hookimpl
    def collectrules_measures(self) -> list[MeasureFunction]:
        return list(measures.built_in())

    @hookimpl
    def collectrules_letters(self) -> list[Letter]:
        return list(templates.built_in())

    @hookimpl
    def collectrules_channels(self) -> list[Channel]:
        return list(channels.built_in())

    @hookimpl
    def collectrules_handoff_formats(self) -> list[HandoffFormat]:
        return list(handoffs.built_in())

    @hookimpl
    def collectrules_importers(self) -> list[Importer]:
        return list(imports.built_in())


def _put_together(extra: Iterable[object], off: tuple[tuple[str, str], ...]) -> Plugins:
    collector = Collector(pluggy.PluginManager(GROUP))
    collector.manager.add_hookspecs(hookspecs)
    collector.register(_BuiltIn(), Source(BUILT_IN, "install collectrules again"))
    found = sorted(entry_points(group=GROUP), key=lambda point: (point.dist.name if point.dist else "", point.name))
    for entry_point in found:
        collector.register_entry_point(entry_point, dict(off))
    known = {called for point in found for called in (point.name, point.dist.name if point.dist else point.name)}
    for name in dict(off):
        if name not in known:
            help_ = meant(name, known) or f"installed are: {', '.join(sorted(known)) or 'none'}"
            problem = Problem(Place(f"plugin `{name}`"), "CR911", "is to be left out, and is not installed", help_)
            collector.problems.append(problem)
    for number, plugin in enumerate(extra, start=1):
        module = getattr(plugin, "__module__", "") or getattr(plugin, "__name__", "")
        name = getattr(plugin, "__name__", type(plugin).__name__)
        collector.register(plugin, Source(f"`{name}` (extra {number})", "mend it", None, str(module)))
    # One line for each hook, and a field of `Plugins` for what it gives.
    put_together = Plugins(
        channels=collector.named("channels", Channel),
        kinds=collector.named("rule_kinds", RuleKind),
        questions=collector.named("question_kinds", QuestionKind),
        measures=collector.named("measures", MeasureFunction),
        handoff_formats=collector.named("handoff_formats", HandoffFormat),
        importers=collector.named("importers", Importer),
        read_letters=_letters(collector),
        ruleset_folders=collector.folders("ruleset_folders"),
        lints=_lints(collector),
        registered=tuple(collector.sources.values()),
        used=() if collector.problems else tuple(collector.used()),
    )
    if collector.problems:
        raise InvalidInput(collector.problems)
    return put_together


def _letters(collector: Collector) -> Callable[[], Mapping[str, Letter]]:
    """What reads the letters; those of plugins now, so that what is wrong with them is told."""
    read = partial(collector.named, "letters", Letter)
    if len(collector.manager.hook.collectrules_letters.get_hookimpls()) == 1:  # what is built in
        return read
    letters = read()
    return lambda: letters


def _lints(collector: Collector) -> Mapping[str, Lint]:
    """The lints of plugins, whose names and codes no lint of this package has."""
    if not collector.manager.hook.collectrules_lints.get_hookimpls():
        return {}
    from collectrules import lints

    found = collector.named("lints", lints.Lint, _LINT_NAME)
    own, codes = lints.built_in_names(), [lint.code for lint in found.values()]
    for lint in found.values():
        is_ours = lint.name in own or lint.code.startswith(_OWN_CODES)
        if is_ours or codes.count(lint.code) > 1 or not _LINT_CODE.fullmatch(lint.code):
            plugin = next(name for name, each in collector.sources.items() if lint.name in each.brings.get("lints", ()))
            message = f"`{GROUP}_lints` gives `{lint.name}` with the code `{lint.code}`, which cannot be its own"
            help_ = f"a name that is free, and a code of other letters than {_OWN_CODES} and three digits: XX201"
            collector.complain(plugin, "CR908", message, help_)
    return found
