"""Plugins are found, checked and put together; whatever is wrong with one is told with its name and a remedy."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import collectrules
from collectrules import lints
from collectrules.ground.errors import InvalidInput
from collectrules.lints import Lint, Remark, RulesetFile
from collectrules.plugins import hookspecs, loading
from collectrules.plugins.accounts import ACCOUNT_ID
from collectrules.plugins.channels import Channel
from collectrules.plugins.handoffs import HandoffFormat
from collectrules.plugins.loading import load_plugins
from collectrules.scaffolds.ruleset import write_ruleset
from collectrules.validation.validating import Setting, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT_IN_CHANNELS = {
    "courier",
    "email",
    "in_person",
    "letter",
    "phone",
    "portal",
    "postcard",
    "response_form",
    "sms",
    "social_private",
    "social_public",
    "visit",
}
"""The channels of the case format, which whoever read a law could think of."""
NEWER_CHANNELS = {"fax", "process_server", "push", "rcs", "whatsapp"}
"""Built in too, and as new to a law as those of plugins."""


def channel(name: str) -> Channel:
    return Channel(
        name=name,
        title=name,
        electronic=True,
        written=True,
        spoken=False,
        tied_to_place=False,
        public=False,
        postal=False,
        in_person=False,
        docs="A channel of a test.",
    )


class Messenger:
    """A plugin as an author would write it."""

    def __init__(self, *channels: object) -> None:
        self.channels = channels

    @collectrules.hookimpl
    def collectrules_channels(self) -> list[object]:
        return list(self.channels)


def problems_of(*extra: object) -> str:
    with pytest.raises(InvalidInput) as raised:
        load_plugins(extra)
    return str(raised.value)


def test_what_is_built_in_comes_through_the_hooks() -> None:
    loaded = load_plugins()
    assert set(loaded.channels) >= BUILT_IN_CHANNELS | NEWER_CHANNELS
    assert all(name == known.name for name, known in loaded.channels.items())
    assert any((folder / "us").is_dir() for folder in loaded.ruleset_folders)


def test_the_default_is_loaded_once() -> None:
    assert load_plugins() is load_plugins()
    assert load_plugins((Messenger(channel("pigeon")),)) is not load_plugins((Messenger(channel("pigeon")),))


def test_every_channel_file_is_found_without_a_second_list() -> None:
    folder = Path(collectrules.__file__).parent / "plugins" / "channels"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == BUILT_IN_CHANNELS | NEWER_CHANNELS


def test_the_channels_of_the_case_format_are_those_that_laws_were_read_for() -> None:
    from collectrules.case.vocabulary import catalogue

    assert set(catalogue().channels) == BUILT_IN_CHANNELS


def test_a_plugin_adds_a_channel_beside_the_built_in_ones() -> None:
    loaded = load_plugins((Messenger(channel("pigeon")),))
    assert loaded.channels["pigeon"].electronic
    assert set(loaded.channels) - set(load_plugins().channels) == {"pigeon"}


def test_a_name_given_twice_names_both_plugins() -> None:
    told = problems_of(Messenger(channel("phone")))
    assert "CR908" in told
    assert "plugin `Messenger` (extra 1)" in told
    assert "gives `phone`, which plugin `built in` of collectrules gives already" in told


def test_every_fault_is_told_at_once() -> None:
    told = problems_of(Messenger("phone"), Messenger(channel("Pigeon Post")))
    assert "an object of type str, not a Channel" in told
    assert "the name `Pigeon Post`: use lower case letters, digits and underscores" in told


def test_a_hook_that_fails_is_named() -> None:
    class Broken:
        @collectrules.hookimpl
        def collectrules_channels(self) -> list[Channel]:
            raise LookupError("no pigeons today")

    assert "CR905 `collectrules_channels` failed: LookupError: no pigeons today" in problems_of(Broken())


def test_a_hook_that_returns_no_list() -> None:
    class One:
        @collectrules.hookimpl
        def collectrules_channels(self) -> Channel:
            return channel("pigeon")

    assert "returned an object of type Channel, not a list" in problems_of(One())


def test_a_misspelled_hook_is_an_error_with_the_nearest_name() -> None:
    class Misspelled:
        @collectrules.hookimpl
        def collectrules_chanels(self) -> list[Channel]:
            return []

    told = problems_of(Misspelled())
    assert "CR903 there is no hook `collectrules_chanels`" in told
    assert "did you mean `collectrules_channels`?" in told


def test_a_plugin_that_offers_nothing() -> None:
    told = problems_of(SimpleNamespace(collectrules_channels=list))
    assert "CR904 offers no hook" in told
    assert "@collectrules.hookimpl" in told


@pytest.mark.parametrize("wrong", ["rulesets", Path("no such folder anywhere")])
def test_a_ruleset_folder_must_be_one(wrong: object) -> None:
    class Folders:
        @collectrules.hookimpl
        def collectrules_ruleset_folders(self) -> list[object]:
            return [wrong]

    assert "CR907 `collectrules_ruleset_folders` returned" in problems_of(Folders())


@pytest.mark.parametrize(
    ("hook", "wanted"), [("collectrules_rule_kinds", "RuleKind"), ("collectrules_measures", "MeasureFunction")]
)
def test_kinds_and_measures_are_what_they_must_be(hook: str, wanted: str) -> None:
    def alike() -> list[object]:
        return [SimpleNamespace(name="alike")]

    plugin = SimpleNamespace(**{hook: collectrules.hookimpl(alike)})
    assert f"`{hook}` returned an object of type SimpleNamespace, not a {wanted}" in problems_of(plugin)


def test_a_plugin_that_leaves_the_program_is_named() -> None:
    def leaves() -> list[object]:
        raise SystemExit(0)

    plugin = SimpleNamespace(collectrules_measures=collectrules.hookimpl(leaves))
    assert "CR905 `collectrules_measures` failed: SystemExit: 0" in problems_of(plugin)


def test_a_handoff_format_is_found() -> None:
    letter = HandoffFormat(
        name="plain_letter",
        title="a letter",
        media_type="text/plain",
        suffix=".txt",
        acts=("place_with_agency",),
        fields=(ACCOUNT_ID.needed(),),
        write=lambda accounts, receiver: (account[ACCOUNT_ID].encode() for account in accounts),
        docs="A letter.",
    )
    plugin = SimpleNamespace(collectrules_handoff_formats=collectrules.hookimpl(lambda: [letter]))
    assert load_plugins((plugin,)).handoff_formats["plain_letter"] == letter


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path in which a test installs distributions; what is loaded by default is found anew."""
    monkeypatch.syspath_prepend(str(tmp_path))
    loading._installed.cache_clear()  # noqa: SLF001  # the cache lives as long as the process; a test is shorter
    yield tmp_path
    loading._installed.cache_clear()  # noqa: SLF001


def install(folder: Path, name: str, entry_points: str) -> None:
    metadata = folder / f"{name.replace('-', '_')}-1.2.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    (metadata / "entry_points.txt").write_text(f"[collectrules]\n{entry_points}\n")


def test_an_installed_plugin_is_found(installed: Path) -> None:
    (installed / "pigeon_plugin.py").write_text(
        "from collectrules import Channel, hookimpl\n\n\n"
        "@hookimpl\n"
        "def collectrules_channels():\n"
        "    return [Channel('pigeon', 'pigeon', False, True, False, True, False, False, False, 'A pigeon.')]\n"
    )
    install(installed, "pigeon-post", "pigeon = pigeon_plugin")
    assert load_plugins().channels["pigeon"].title == "pigeon"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (None, "ModuleNotFoundError: No module named 'pigeon_plugin'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def broken(", "SyntaxError"),
    ],
)
def test_an_installed_plugin_that_fails_to_load_is_an_error(installed: Path, code: str | None, told: str) -> None:
    sys.modules.pop("pigeon_plugin", None)
    if code is not None:
        (installed / "pigeon_plugin.py").write_text(code)
    install(installed, "pigeon-post", "pigeon = pigeon_plugin")
    with pytest.raises(InvalidInput) as raised:
        load_plugins()
    message = str(raised.value)
    assert "plugin `pigeon` of pigeon-post 1.2: CR901 cannot be imported from `pigeon_plugin`" in message
    assert told in message
    assert "pip uninstall pigeon-post" in message


def test_every_hook_is_documented_and_typed() -> None:
    hooks = [getattr(hookspecs, name) for name in dir(hookspecs) if name.startswith("collectrules_")]
    assert len(hooks) >= 6
    for hook in hooks:
        assert hook.__doc__
        assert hook.__annotations__["return"].startswith("list[")


# ---- lints -------------------------------------------------------------------------------------------------------


class Shouting:
    """A plugin that adds a lint: no ruleset shouts."""

    def __init__(self, code: str = "XX201", name: str = "no-shouting") -> None:
        self.code, self.name = code, name

    @collectrules.hookimpl
    def collectrules_lints(self) -> list[Lint]:
        return [Lint(code=self.code, name=self.name, severity="error", documentation=__doc__, of_ruleset=_shouts)]


def _shouts(file: RulesetFile) -> Iterator[Remark]:
    if file.ruleset.title.isupper():
        yield Remark(file.root.place_of("title"), f"`{file.ruleset.title}` shouts", "small letters")


def test_a_lint_of_a_plugin_is_asked_like_any_other(tmp_path: Path) -> None:
    path = next(iter(write_ruleset("fr.calls", tmp_path)))
    path.write_text(path.read_text().replace("Collection Act (made up)", "COLLECTION ACT"))
    loaded = load_plugins((Shouting(),))
    every = (*lints.built_in(), *loaded.lints.values())
    setting = Setting(loaded, tuple, lambda _: None, (), every, every, datetime.now(UTC).date())
    told = [fault for fault in validate([path], setting).faults if fault.severity == "error"]
    assert [(fault.code, fault.name, fault.place.line) for fault in told] == [("XX201", "no-shouting", 3)]


@pytest.mark.parametrize(
    "plugin", [Shouting("CR299"), Shouting("XX1"), Shouting("xx201"), Shouting(name="never-speaks")]
)
def test_a_lint_has_a_code_and_a_name_of_its_own(plugin: Shouting) -> None:
    told = problems_of(plugin)
    assert "CR908 `collectrules_lints` gives" in told
    assert "cannot be its own" in told


def test_two_lints_of_one_code_are_told() -> None:
    assert "CR908" in problems_of(Shouting(), Shouting(name="no-whispering"))


def test_no_command_but_validate_reads_the_built_in_lints() -> None:
    """They would make every start slower."""
    told = (
        "import sys; from collectrules.plugins.loading import load_plugins; load_plugins(); print(sorted(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert "collectrules.lints.never_speaks" not in ran.stdout
    assert lints.built_in_names() == {lint.name for lint in lints.built_in()}
