"""Rulesets kept from one run to the next: the same as read anew, never used for another text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from collectrules import measures
from collectrules.ground import generated
from collectrules.law import kept as ruleset_cache
from collectrules.law import kinds
from collectrules.law.kinds import RuleKind
from collectrules.law.rulesets import Language, read_ruleset
from collectrules.plugins.channels import built_in
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.law.rulesets import Ruleset


@pytest.fixture
def language() -> Language:
    return Language(
        {kind.name: kind for kind in kinds.built_in()},
        {function.name: function for function in measures.built_in()},
        {channel.name: channel for channel in built_in()},
    )


@pytest.fixture
def law() -> Path:
    (folder,) = load_plugins().ruleset_folders
    return folder / "us" / "federal" / "bankruptcy.yaml"


@pytest.fixture
def kept_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, law: Path) -> tuple[Ruleset, Path]:
    """A ruleset that was read, and the file in which it is kept."""
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path))
    first = read_ruleset(law, language)
    (kept,) = tmp_path.glob("*.ruleset")
    return first, kept


def test_a_kept_ruleset_is_what_was_read(kept_law: tuple[Ruleset, Path], language: Language) -> None:
    first, kept = kept_law
    assert kept.stat().st_mode & 0o077 == 0
    again = ruleset_cache.kept(kept, language)
    assert again is not None
    assert again is not first
    assert again.hash == first.hash
    assert [rule.breach for rule in again.rules] == [rule.breach for rule in first.rules]
    assert [rule.kind for rule in again.rules] == [rule.kind for rule in first.rules]
    assert again.rules[0].place == first.rules[0].place


def test_another_text_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, law: Path
) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "bankruptcy.yaml"
    copy.write_text(law.read_text("utf-8"), "utf-8")
    before = read_ruleset(copy, language)
    copy.write_text(law.read_text("utf-8").replace("title: ", "title: new ", 1), "utf-8")
    assert read_ruleset(copy, language).title != before.title


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x80\x05.", b"cposix\nsystem\n."])
def test_a_kept_file_that_is_no_ruleset_is_read_anew(
    kept_law: tuple[Ruleset, Path], language: Language, law: Path, rubbish: bytes
) -> None:
    first, kept = kept_law
    kept.write_bytes(rubbish)
    assert read_ruleset(law, language).hash == first.hash


def test_a_kept_file_can_run_no_code(
    kept_law: tuple[Ruleset, Path], tmp_path: Path, language: Language, law: Path
) -> None:
    first, kept = kept_law
    for function in ("builtins\neval", "builtins\nexec"):
        kept.write_bytes(f"c{function}\n(Vopen({str(tmp_path / 'run')!r}, 'w')\ntR.".encode())
        assert read_ruleset(law, language).hash == first.hash
    assert not (tmp_path / "run").exists()


def test_of_very_many_kept_files_the_older_half_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, law: Path
) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path))
    monkeypatch.setattr(ruleset_cache, "_MOST_KEPT", 4)
    for number in range(4):
        old = tmp_path / f"old-{number}.ruleset"
        old.touch()
        os.utime(old, (number, number))
    (tmp_path / "else").touch()
    read_ruleset(law, language)
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("bankruptcy")}
    assert left == {"old-2.ruleset", "old-3.ruleset", "else"}
    assert len(list(tmp_path.iterdir())) == len(left) + 1


def test_nothing_is_kept_where_a_plugin_adds_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, law: Path
) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path))
    foreign = RuleKind("foreign", "of a plugin", {}, (), (), breach=lambda _: "false")
    read_ruleset(law, Language({**language.kinds, "foreign": foreign}, language.functions, language.channels))
    assert not list(tmp_path.iterdir())


def test_keeping_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", "off")
    assert generated.cache_folder() is None


def test_a_ruleset_that_unpickles_to_something_else_is_not_used(tmp_path: Path, language: Language) -> None:
    place = tmp_path / "x.ruleset"
    place.write_bytes(b"\x80\x04K\x01.")
    assert ruleset_cache.kept(place, language) is None
