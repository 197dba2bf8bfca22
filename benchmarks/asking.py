"""From the text of a case to the text of its verdict: what `collectrules check --json -` does once it has started.

Run as a program, this file answers each line of standard input, a case, with a line of JSON: the seconds it took, and
the verdict. So another source tree can be asked the same; this file imports nothing but the package that it finds.

Seconds are those of the processor that this process used: others may use the machine too.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules import Advisor, Case

TODAY: Final = date(2026, 11, 21)
"""Rulesets age, and these answers must not."""

OBJECTS_BETWEEN_COLLECTIONS: Final = 250_000
"""As the command has it, in this tree and in trees of before."""

Answer = tuple[float, str]
"""The seconds of an answer, and the verdict as JSON text."""


def new_advisor() -> Advisor:
    """An advisor with the shipped law, on a day that stays the same."""
    from collectrules import Advisor

    return Advisor.load(today=TODAY)


def read(text: str, read_cases: Callable[[str], Any] | None = None) -> Case:
    """The case of a JSON text, read as the command reads standard input; with the laws of an advisor, where it can."""
    kept = sys.stdin
    sys.stdin = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8")
    try:
        case: Case = (read_cases or _public("read_cases"))("-").cases[0]
    finally:
        sys.stdin = kept
    return case


def asker() -> Callable[[str], str]:
    """A function from the text of a case to the text of its whole verdict."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    advisor, as_json = new_advisor(), _public("as_json")
    read_cases: Callable[[str], Any] = getattr(advisor, "read_cases", None) or _public("read_cases")
    # In trees that have no `explore`, `check` gives a verdict that searches while it is written out.
    explore: Callable[[Case], Any] = getattr(advisor, "explore", advisor.check)
    return lambda text: as_json(explore(read(text, read_cases)))


@cache
def _public(name: str) -> Any:
    """A function of the package, which in a tree of before stands in one of its modules only."""
    package = import_module("collectrules")
    try:
        return getattr(package, name)
    except AttributeError:
        return getattr(import_module(f"collectrules.{BEFORE[name]}"), name)


BEFORE: Final = {"as_json": "rendering", "read_cases": "case"}


def timed(ask: Callable[[str], str], text: str) -> Answer:
    """One answer, and what it took."""
    start = process_time()
    verdict = ask(text)
    return process_time() - start, verdict


@contextmanager
def elsewhere(tree: Path) -> Iterator[Callable[[str], Answer]]:
    """What `timed` does, done by the source tree of that folder in a process and with a cache folder of its own."""
    source = (tree / "src").resolve(strict=True)
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPATH": str(source), "COLLECTRULES_CACHE": cache}
        with subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            asked, answers = process.stdin, process.stdout
            used = Path(answers.readline().strip())
            assert used.is_relative_to(source), f"the package was found at {used}, not in {source}"

            def ask(text: str) -> Answer:
                print(text, file=asked, flush=True)
                seconds, verdict = json.loads(answers.readline())
                return seconds, verdict

            yield ask


def main() -> None:
    """Answer the cases of standard input, one a line, until it ends."""
    import collectrules

    print(collectrules.__file__, flush=True)
    ask, cases = asker(), sys.stdin
    for line in cases:
        print(json.dumps(timed(ask, line.rstrip("\n"))), flush=True)


if __name__ == "__main__":
    main()
