"""Generated code kept from one run to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground import generated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., set[bytes]]:
    """A run that asks for the code of some texts: what it then knows, whether found or compiled."""
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path))

    def ask(*numbers: int) -> set[bytes]:
        monkeypatch.setattr(generated, "_known", {})
        monkeypatch.setattr(generated, "_used", {})
        monkeypatch.setattr(generated, "_state", {"loaded": -1})
        generated.remember()
        for number in numbers:
            namespace: dict[str, Any] = {}
            exec(generated.code_of(f"answer = {number}"), namespace)  # noqa: S102 - the text of the test
            assert namespace["answer"] == number
        found = set(generated._known)  # noqa: SLF001 - what is kept is the matter here
        generated.keep()
        return found

    return ask


def test_what_was_compiled_is_found_again(run: Callable[..., set[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(run(1, 2)) == 2

    def no_compiling(*_: object) -> object:
        raise AssertionError("compiled again")

    monkeypatch.setattr(generated, "compile", no_compiling, raising=False)
    assert len(run(2)) == 2


def test_what_the_last_run_needed_stays_and_the_rest_goes(
    run: Callable[..., set[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generated, "_MOST_KEPT", 3)
    run(1, 2, 3)
    run(3, 4)
    assert len(run(4)) == len(run(3)) == 3, "neither was compiled anew"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"i\x01\x00\x00\x00", b"N"])
def test_a_kept_file_that_is_broken_is_not_used(run: Callable[..., set[bytes]], tmp_path: Path, rubbish: bytes) -> None:
    run(1)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(rubbish)
    assert len(run(1)) == 1
    assert len(run(1, 2)) == 2
