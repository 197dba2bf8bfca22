"""With nothing kept, another process reads some of the rulesets of a place, and nobody can tell but by the clock."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.law import reading_ahead
from collectrules.law.reading_ahead import ReadingAhead
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no other process without fork")

FILES = [Path(name) for name in ("a", "b", "c", "d", "e", "f")]


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that runs tests may have threads of its own, which none of this waits for."""
    monkeypatch.setattr(reading_ahead, "_can_fork", lambda: True)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (file := tmp_path / "log").touch()
    return file


def reading(log: Path, kept: str = "") -> Callable[[Path], bool]:
    def read(file: Path) -> bool:
        with log.open("a", encoding="utf-8") as lines:
            lines.write(f"{file} in {'another' if os.getpid() != here else 'this'}\n")
        return str(file) == kept

    here = os.getpid()
    return read


@pytest.mark.usefixtures("forks")
@pytest.mark.parametrize(
    ("at", "kept", "read"),
    [("a", "", "fedcb"), ("b", "", "fedc"), ("c", "", ""), ("a", "d", "fed"), ("z", "", "")],
    ids=["all behind", "behind another", "too few", "until they meet", "a file of another list"],
)
def test_another_process_reads_what_lies_behind_from_the_last_on(log: Path, at: str, kept: str, read: str) -> None:
    with ReadingAhead(FILES, reading(log, kept)) as ahead:
        ahead.begin(Path(at))
        ahead.begin(Path(at))  # once is enough
    assert log.read_text("utf-8").splitlines() == [f"{name} in another" for name in read]


@pytest.mark.usefixtures("forks")
def test_what_goes_wrong_there_is_nobody_elses(log: Path, capfd: pytest.CaptureFixture[str]) -> None:
    noted = reading(log)

    def read(file: Path) -> bool:
        os.write(1, b"a word of the other process")
        noted(file)
        raise KeyboardInterrupt

    with ReadingAhead(FILES, read) as ahead:
        ahead.begin(FILES[0])
    assert log.read_text("utf-8") == "f in another\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("forks")
def test_where_no_process_may_be_made_one_reads_all(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[None] = []

    def refused() -> int:
        tried.append(None)
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    with ReadingAhead(FILES, reading(log)) as ahead:
        ahead.begin(FILES[0])
        ahead.begin(FILES[0])
    assert len(tried) == 1
    assert not log.read_text("utf-8")


@pytest.mark.usefixtures("forks")
def test_whoever_began_the_command_may_have_said_to_keep_no_ended_process(log: Path) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with ReadingAhead(FILES, reading(log)) as ahead:
            ahead.begin(FILES[0])
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert len(log.read_text("utf-8").splitlines()) == len(FILES) - 1


def test_beside_a_thread_or_where_nothing_is_kept_one_process_reads_all(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for threads, cache in ((2, "x"), (1, "off")):
        monkeypatch.setattr(threading, "active_count", lambda count=threads: count)
        monkeypatch.setenv("COLLECTRULES_CACHE", cache)
        with ReadingAhead(FILES, reading(log)) as ahead:
            ahead.begin(FILES[0])
    assert not log.read_text("utf-8")


@pytest.mark.usefixtures("forks")
def test_law_is_the_same_read_by_one_or_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins = load_plugins()
    of: dict[int, object] = {}
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        monkeypatch.setenv("COLLECTRULES_CACHE", str(folder))
        of[processes] = Rulebook(plugins.ruleset_folders, plugins.language, processes=processes).of("GB")
        of[-processes] = sorted(file.name for file in folder.iterdir() if not file.name.startswith("topics"))
    assert of[1] == of[2]
    assert of[-1] == of[-2]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # nobody is left
