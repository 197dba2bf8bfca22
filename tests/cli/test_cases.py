"""`collectrules cases upgrade`: files of format 1 are rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

EXAMPLE = Path(__file__).parents[2] / "examples" / "eighth-call.yaml"


def test_the_command_says_what_it_did(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(EXAMPLE.read_text("utf-8").replace("version: 2\n", ""), "utf-8")
    ran = run("cases", "upgrade", "--check", path)
    assert (ran.code, ran.out) == (1, f"{path}: is of format 1\n")
    ran = run("cases", "upgrade", path)
    assert (ran.code, ran.out) == (0, f"{path}: upgraded\n")
    assert run("cases", "upgrade", "--check", path).code == 0
    assert run("cases", "upgrade", tmp_path / "none.yaml").code == 2
