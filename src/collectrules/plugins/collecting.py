"""Takes plugins in, asks them what they bring, and keeps every fault of every one.

CR901 a plugin that cannot be imported, or not in time; CR902 to CR904 one that cannot be registered, offers a hook that
there is not, or none; CR905 to CR907 a hook that fails or gives what it must not; CR908 a name given twice; CR910 hooks
of another version; CR911 a plugin to leave out that is not installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct, field

from collectrules.ground.errors import Place, Problem, meant
from collectrules.plugins import hookspecs
from collectrules.plugins.guard import within_limit
from collectrules.plugins.hookspecs import API_NAME, API_VERSION, GROUP
from collectrules.plugins.provenance import content_hash
from collectrules.verdict.objects import PluginUsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.metadata import Distribution, EntryPoint

    import pluggy

T = TypeVar("T")

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_FILLED_BY: Final[Mapping[str, Callable[[Any], bool]]] = {
    "bool": lambda value: isinstance(value, bool),
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "tuple[str, ...]": lambda value: isinstance(value, tuple) and all(isinstance(each, str) for each in value),
    "Callable": callable,
    "Mapping": lambda value: isinstance(value, Mapping),
}
"""What a field may hold, by the beginning of its annotation; one of any other type is not looked into."""

BUILT_IN: Final = "`built in` of collectrules"


class Source(Struct):
    """One plugin: what it is called, where it comes from, and what to do about it."""

    name: str
    remedy: str
    distribution: Distribution | None = None
    module: str = ""
    brings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By hook, without the `collectrules_` before it: the names of what it gives."""
    folders: list[Path] = field(default_factory=list)


class Collector(Struct):
    """Collects plugins and problems, so that everything that is wrong is told at once."""

    manager: pluggy.PluginManager
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    """By their full names, in the order of loading."""
    switched_off: dict[str, PluginUsed] = field(default_factory=dict)

    def complain(self, plugin: str, code: str, message: str, help_: str = "") -> None:
        """Something is wrong with a plugin; without help it is to be mended or taken out."""
        self.problems.append(Problem(Place(f"plugin {plugin}"), code, message, help_ or self._remedy(plugin)))

    def _remedy(self, plugin: str) -> str:
        source = self.sources.get(plugin)
        return source.remedy if source is not None else "mend the plugin"

    def register(self, plugin: object, source: Source) -> None:
        """Take a plugin in."""
        name = source.name
        self.sources[name] = source
        stated = getattr(plugin, API_NAME, API_VERSION)
        if not isinstance(stated, int) or isinstance(stated, bool) or not 1 <= stated <= API_VERSION:
            message = f"was written for version {stated!r} of the hooks; this collectrules has version {API_VERSION}"
            self.complain(name, "CR910", message, f"install a newer collectrules, or: {source.remedy}")
            return
        try:
            self.manager.register(plugin, name)
        except Exception as error:  # noqa: BLE001  # whatever a plugin does when it is looked at is its fault
            self.complain(name, "CR902", f"cannot be registered: {_last_line(error)}")
            return
        offered = {hook.name for hook in self.manager.get_hookcallers(plugin) or ()}
        known = {hook for hook in dir(hookspecs) if hook.startswith(f"{GROUP}_")}
        for unknown in sorted(offered - known):
            self.complain(name, "CR903", f"there is no hook `{unknown}`", meant(unknown, known))
        if not offered:
            self.complain(name, "CR904", "offers no hook", "mark its functions with `@collectrules.hookimpl`")

    def register_entry_point(self, entry_point: EntryPoint, off: Mapping[str, str]) -> None:
        """Import an installed plugin and take it in, unless it is switched `off`: by its name or its package's."""
        package = entry_point.dist
        name = f"`{entry_point.name}`" + (f" of {package.name} {package.version}" if package else "")
        own = package.name if package else entry_point.name
        for called in (own, entry_point.name):
            if called in off:
                version = package.version if package else ""
                self.switched_off[called] = PluginUsed(own, version, "", switched_off=off[called])
                return
        remedy = f"mend it, or run: pip uninstall {own}" if package else "mend the plugin"
        help_ = f"{remedy}; or leave it out, which every verdict then says: --without-plugin {own}"
        source = Source(name, help_, package, entry_point.module)
        self.sources[name] = source
        try:
            plugin = within_limit(entry_point.load)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # whatever a plugin raises on import is its fault, told as such
            self.complain(name, "CR901", f"cannot be imported from `{entry_point.value}`: {_told(error)}")
        else:
            self.register(plugin, source)

    def items(self, hook: str, fault: Callable[[Any], str]) -> list[tuple[str, Any]]:
        """What every plugin gives for one hook, with the plugin's name; what `fault` objects to is left out."""
        found: list[tuple[str, Any]] = []
        for implementation in getattr(self.manager.hook, f"{GROUP}_{hook}").get_hookimpls():
            plugin = implementation.plugin_name
            call = implementation.function
            try:
                given = call() if plugin == BUILT_IN else within_limit(call)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001  # as above: a plugin's fault, whatever it is
                self.complain(plugin, "CR905", f"`{GROUP}_{hook}` failed: {_told(error)}")
                continue
            if not isinstance(given, list):
                self.complain(plugin, "CR906", f"`{GROUP}_{hook}` returned {_kind(given)}, not a list")
                continue
            for item in given:
                if wrong := fault(item):
                    self.complain(plugin, "CR907", f"`{GROUP}_{hook}` returned {wrong}")
                else:
                    found.append((plugin, item))
        return found

    def named(self, hook: str, wanted: type[T], name: re.Pattern[str] = _NAME) -> Mapping[str, T]:
        """The same, of one type and by name; a name given twice is a problem of the plugin that gave it later."""
        owners: dict[str, str] = {}
        things: dict[str, T] = {}
        for plugin, thing in self.items(hook, _must_be(wanted, name)):
            called: str = thing.name  # `_must_be` has looked
            if called in owners:
                message = f"`{GROUP}_{hook}` gives `{called}`, which plugin {owners[called]} gives already"
                self.complain(plugin, "CR908", message)
                continue
            owners[called] = plugin
            things[called] = thing
            self._note(plugin, hook, called)
        return MappingProxyType(things)

    def folders(self, hook: str) -> tuple[Path, ...]:
        """The folders of every plugin, in the order of loading."""
        found = self.items(hook, _must_be_folder)
        for plugin, folder in found:
            self._note(plugin, hook, folder.name)
            self.sources[plugin].folders.append(folder)
        return tuple(folder for _, folder in found)

    def _note(self, plugin: str, hook: str, name: str) -> None:
        brings = self.sources[plugin].brings
        brings[hook] = (*brings.get(hook, ()), name)

    def used(self) -> Iterator[PluginUsed]:
        """Each package that brings something beside what is built in, once; then those that are switched off."""
        of_package: dict[str, list[Source]] = {}
        for source in self.sources.values():
            if source.name != BUILT_IN:
                name = source.distribution.name if source.distribution is not None else source.name
                of_package.setdefault(name, []).append(source)
        for name, sources in of_package.items():
            package = sources[0].distribution
            folders = [folder for source in sources for folder in source.folders]
            content = content_hash([source.module for source in sources if source.module], package, folders)
            yield PluginUsed(name, package.version if package is not None else "", content)
        yield from self.switched_off.values()


def _must_be(wanted: type, name: re.Pattern[str]) -> Callable[[object], str]:
    def fault(thing: object) -> str:
        if not isinstance(thing, wanted):
            return f"{_kind(thing)}, not a {wanted.__name__}"
        called = getattr(thing, "name", None)
        if not isinstance(called, str):
            return f"{_kind(thing)} that has no `name`"
        if not name.fullmatch(called):
            return f"the name `{called}`: use lower case letters, digits and underscores"
        wrong = next(_badly_filled(thing), "")
        return f"`{called}`, in which {wrong}" if wrong else ""

    return fault


def _badly_filled(thing: object) -> Iterator[str]:
    """The fields that hold something of another type than they are declared with."""
    declared = {
        name: text for each in type(thing).__mro__ for name, text in vars(each).get("__annotations__", {}).items()
    }
    for name, text in declared.items():
        for kind, fits in _FILLED_BY.items():
            if str(text) == kind or (str(text).startswith(f"{kind}[") and kind[0].isupper()):
                if not fits(getattr(thing, name)):
                    yield f"`{name}` is {_kind(getattr(thing, name))}, not {text}"
                break


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
