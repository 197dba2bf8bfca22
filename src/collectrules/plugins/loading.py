"""Finds what plugins add, checks it, and puts it together with what is built in.

Nothing is skipped: a plugin that fails to load, registers the wrong thing or doubles a name is `InvalidInput`, since a
verdict made without the law that somebody installed would be wrong in silence.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

import pluggy
from msgspec import Struct, field

from collectrules import measures
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.law import kinds
from collectrules.law.kinds import RuleKind
from collectrules.law.model import Language
from collectrules.measures import MeasureFunction
from collectrules.plugins import channels, handoffs, hookspecs
from collectrules.plugins.channels import Channel
from collectrules.plugins.handoffs import HandoffFormat
from collectrules.plugins.hookspecs import GROUP, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_PACKAGE: Final = Path(__file__).parents[1]


class Plugins(Struct, frozen=True):
    """All that is built in or installed, by name. In the order of loading: built in first."""

    channels: Mapping[str, Channel]
    kinds: Mapping[str, RuleKind]
    measures: Mapping[str, MeasureFunction]
    handoff_formats: Mapping[str, HandoffFormat]
    ruleset_folders: tuple[Path, ...]

    @property
    def language(self) -> Language:
        """What a ruleset may use."""
        return Language(self.kinds, self.measures, self.channels, library_folders=self.ruleset_folders)


def load_plugins(extra: Sequence[object] = ()) -> Plugins:
    """What is built in, what is installed, and `extra` plugin objects, in this order.

    Without `extra` the answer is found once a process. Raises `InvalidInput` with every fault of every plugin.
    """
    return _put_together(extra) if extra else _installed()


@cache
def _installed() -> Plugins:
    return _put_together(())


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
    def collectrules_measures(self) -> list[MeasureFunction]:
        return list(measures.built_in())

    @hookimpl
    def collectrules_channels(self) -> list[Channel]:
        return list(channels.built_in())

    @hookimpl
    def collectrules_handoff_formats(self) -> list[HandoffFormat]:
        return list(handoffs.built_in())


class _Loader(Struct):
    """Collects plugins and problems, so that everything that is wrong is told at once."""

    manager: pluggy.PluginManager
    problems: list[Problem] = field(default_factory=list)
    remedies: dict[str, str] = field(default_factory=dict)
    """What to do about each plugin, by its full name."""

    def complain(self, plugin: str, code: str, message: str, help_: str = "") -> None:
        remedy = self.remedies.get(plugin, "mend the plugin")
        self.problems.append(Problem(Place(f"plugin {plugin}"), code, message, help_ or remedy))

    def register(self, plugin: object, name: str, remedy: str) -> None:
        self.remedies[name] = remedy
        try:
            self.manager.register(plugin, name)
        except (ValueError, pluggy.PluginValidationError) as error:
            self.complain(name, "CR902", f"cannot be registered: {_last_line(error)}")
            return
        offered = {hook.name for hook in self.manager.get_hookcallers(plugin) or ()}
        known = {hook for hook in dir(hookspecs) if hook.startswith(f"{GROUP}_")}
        for unknown in sorted(offered - known):
            self.complain(name, "CR903", f"there is no hook `{unknown}`", meant(unknown, known))
        if not offered:
            self.complain(name, "CR904", "offers no hook", "mark its functions with `@collectrules.hookimpl`")

    def register_entry_point(self, entry_point: EntryPoint) -> None:
        distribution = entry_point.dist
        name = f"`{entry_point.name}`" + (f" of {distribution.name} {distribution.version}" if distribution else "")
        remedy = f"mend it, or run: pip uninstall {distribution.name}" if distribution else "mend the plugin"
        self.remedies[name] = remedy
        try:
            plugin = entry_point.load()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # whatever a plugin raises on import is its fault, told as such
            self.complain(name, "CR901", f"cannot be imported from `{entry_point.value}`: {_told(error)}")
        else:
            self.register(plugin, name, remedy)

    def items(self, hook: str, fault: Callable[[T], str]) -> list[tuple[str, T]]:
        """What every plugin gives for one hook, with the plugin's name; what `fault` objects to is left out."""
        found: list[tuple[str, T]] = []
        implementations = getattr(self.manager.hook, hook).get_hookimpls()
        for implementation in implementations:
            plugin = implementation.plugin_name
            try:
                given = implementation.function()
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001  # as above: a plugin's fault, whatever it is
                self.complain(plugin, "CR905", f"`{hook}` failed: {_told(error)}")
                continue
            if not isinstance(given, list):
                self.complain(plugin, "CR906", f"`{hook}` returned {_kind(given)}, not a list")
                continue
            for item in given:
                if wrong := fault(item):
                    self.complain(plugin, "CR907", f"`{hook}` returned {wrong}")
                else:
                    found.append((plugin, item))
        return found

    def named(self, hook: str, fault: Callable[[T], str]) -> Mapping[str, T]:
        """The same, by name; a name that is given twice is a problem of the plugin that gave it later."""
        owners: dict[str, str] = {}
        things: dict[str, T] = {}
        for plugin, thing in self.items(hook, fault):
            name: str = thing.name  # type: ignore[attr-defined]  # `fault` has looked
            if name in owners:
                self.complain(plugin, "CR908", f"`{hook}` gives `{name}`, which plugin {owners[name]} gives already")
            else:
                owners[name] = plugin
                things[name] = thing
        return MappingProxyType(things)


def _put_together(extra: Iterable[object]) -> Plugins:
    loader = _Loader(pluggy.PluginManager(GROUP))
    loader.manager.add_hookspecs(hookspecs)
    loader.register(_BuiltIn(), "`built in` of collectrules", "install collectrules again")
    found = entry_points(group=GROUP)
    for entry_point in sorted(found, key=lambda point: (point.dist.name if point.dist else "", point.name)):
        loader.register_entry_point(entry_point)
    for number, plugin in enumerate(extra, start=1):
        loader.register(plugin, f"`{getattr(plugin, '__name__', type(plugin).__name__)}` (extra {number})", "mend it")
    put_together = Plugins(
        channels=loader.named("collectrules_channels", _must_be(Channel)),
        kinds=loader.named("collectrules_rule_kinds", _must_be(RuleKind)),
        measures=loader.named("collectrules_measures", _must_be(MeasureFunction)),
        handoff_formats=loader.named("collectrules_handoff_formats", _must_be(HandoffFormat)),
        ruleset_folders=tuple(folder for _, folder in loader.items("collectrules_ruleset_folders", _must_be_folder)),
    )
    if loader.problems:
        raise InvalidInput(loader.problems)
    return put_together


def _must_have_name(thing: object) -> str:
    name = getattr(thing, "name", None)
    if not isinstance(name, str):
        return f"{_kind(thing)} that has no `name`"
    return "" if _NAME.fullmatch(name) else f"the name `{name}`: use lower case letters, digits and underscores"


def _must_be(wanted: type) -> Callable[[object], str]:
    def fault(thing: object) -> str:
        if isinstance(thing, wanted):
            return _must_have_name(thing)
        return f"{_kind(thing)}, not a {wanted.__name__}"

    return fault


def _must_be_folder(thing: Path) -> str:
    if not isinstance(thing, Path):
        return f"{_kind(thing)}, not a Path"
    return "" if thing.is_dir() else f"`{thing}`, which is not a folder"


def _kind(thing: object) -> str:
    return f"an object of type {type(thing).__name__}"


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {_last_line(error)}"


def _last_line(error: BaseException) -> str:
    """One line of a message that may have many; the last says most."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else "no message"
