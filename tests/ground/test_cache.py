"""Bytes kept from one run to the next: what comes back is what was kept, or nothing."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from collectrules.ground import cache
from collectrules.ground.cache import Slot, cache_folder, keep, load

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and links of POSIX")

KEY, CONTENT = b"made from this", b"this was made"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def slot(folder: Path) -> Slot:
    found = cache.slot("name", ".test", KEY)
    assert found is not None
    assert found.file.parent == folder
    return found


def test_what_is_kept_comes_back(slot: Slot) -> None:
    assert load(slot) is None
    keep(slot, CONTENT)
    assert load(slot) == CONTENT


def test_nobody_else_may_read_or_write_it(slot: Slot, folder: Path) -> None:
    keep(slot, CONTENT)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert slot.file.stat().st_mode & 0o777 == 0o600


def test_another_key_gets_nothing(slot: Slot) -> None:
    keep(slot, CONTENT)
    other = cache.slot("name", ".test", KEY + b"!")
    assert other is not None
    slot.file.rename(other.file)
    assert load(other) is None


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o702])
def test_a_folder_in_which_others_write_is_not_used(slot: Slot, folder: Path, mode: int) -> None:
    keep(slot, CONTENT)
    folder.chmod(mode)
    assert load(slot) is None
    slot.file.unlink()
    keep(slot, CONTENT)
    assert not list(folder.iterdir())


def test_a_file_that_others_can_write_is_not_used(slot: Slot) -> None:
    keep(slot, CONTENT)
    slot.file.chmod(0o666)
    assert load(slot) is None
    keep(slot, CONTENT)
    assert load(slot) == CONTENT


def test_what_belongs_to_somebody_else_is_not_used(slot: Slot, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(slot, CONTENT)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert load(slot) is None
    slot.file.unlink()
    keep(slot, CONTENT)
    assert not slot.file.exists()


def test_a_link_to_a_folder_is_not_used(slot: Slot, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "real")
    keep(slot, CONTENT)
    assert not list((tmp_path / "real").iterdir())


def test_a_link_in_the_place_of_a_file_is_not_followed(slot: Slot, folder: Path, tmp_path: Path) -> None:
    keep(slot, CONTENT)
    target = tmp_path / "target"
    slot.file.rename(target)
    before = target.read_bytes()
    slot.file.symlink_to(target)
    assert load(slot) is None
    keep(slot, CONTENT + b" anew")
    assert load(slot) == CONTENT + b" anew"
    assert target.read_bytes() == before
    assert not slot.file.is_symlink()
    assert len(list(folder.iterdir())) == 1


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(
    slot: Slot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(os, "urandom", bytes)
    (folder / f".{bytes(8).hex()}.test").symlink_to(tmp_path / "target")
    keep(slot, CONTENT)
    assert not (tmp_path / "target").exists()
    assert load(slot) is None


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_what_is_no_file_is_not_waited_for(
    slot: Slot, folder: Path, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(mode=0o700)
    if kind == "folder":
        slot.file.mkdir()
    elif kind == "pipe":
        os.mkfifo(slot.file)
    else:
        monkeypatch.chdir(folder)  # a path of a socket may not be long
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(slot.file.name)
        monkeypatch.chdir(tmp_path)
    assert load(slot) is None
    keep(slot, CONTENT)
    assert load(slot) == (None if kind == "folder" else CONTENT)
    assert [file.name for file in folder.iterdir()] == [slot.file.name]


def test_where_nothing_can_be_written_nothing_is_kept(slot: Slot, folder: Path) -> None:
    folder.parent.joinpath("cache").write_text("a file in the place of the folder")
    keep(slot, CONTENT)
    assert load(slot) is None


def test_of_very_many_files_the_older_half_goes(slot: Slot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST_FILES", 4)
    folder.mkdir(mode=0o700)
    for number in range(4):
        old = folder / f"old-{number}.test"
        old.touch()
        os.utime(old, (number, number))
    (folder / "else").touch()
    keep(slot, CONTENT)
    assert {file.name for file in folder.iterdir()} == {"old-2.test", "old-3.test", "else", slot.file.name}


def test_keeping_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", "off")
    assert cache_folder() is None
    assert cache.slot("name", ".test", KEY) is None


def test_without_a_word_it_lies_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLLECTRULES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "collectrules"
