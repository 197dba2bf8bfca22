"""`python -m benchmarks`: run every section, print a table of 80 columns, and with `--json FILE` write the figures.

A section is a module with a `TITLE` and a function `rows(*, quick)`; a new one is a new file and a name in `SECTIONS`.
What is kept between runs lies in a folder of the benchmark's own, which is empty when it starts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks import deciding, growth, loading, memory, slots, starting, verdicts

if TYPE_CHECKING:
    from benchmarks.row import Row

SECTIONS: Final = {
    "verdicts": verdicts,
    "growth": growth,
    "starting": starting,
    "memory": memory,
    "loading": loading,
    "deciding": deciding,
    "slots": slots,
}


def main() -> None:
    """Run the sections named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="speed, side by side with peers")
    parser.add_argument("sections", nargs="*", help=f"which to run (default: all): {', '.join(SECTIONS)}")
    parser.add_argument("--quick", action="store_true", help="short rounds: to see that it runs, not how fast")
    parser.add_argument("--full", action="store_true", help="growth: also 50,000 events, which may take very long")
    parser.add_argument("--beside", type=Path, metavar="TREE", help="verdicts: in turns with another source tree")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    more = {"growth": {"full": arguments.full}, "verdicts": {"beside": arguments.beside}}
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(machine)
    figures = {}
    with TemporaryDirectory() as cache:
        os.environ["COLLECTRULES_CACHE"] = cache
        for name in arguments.sections or SECTIONS:
            rows = SECTIONS[name].rows(quick=arguments.quick, **more.get(name, {}))
            figures[name] = [asdict(row) for row in rows]
            print(f"\n{SECTIONS[name].TITLE}\n{'-' * 80}")
            for row in rows:
                print(line(row), flush=True)
    if arguments.json:
        report = {"machine": machine, "quick": arguments.quick, "sections": figures}
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def line(row: Row) -> str:
    """One row in 80 columns at most; a long name has a line to itself. `x` is so many times what is named after it."""
    start = f"{row.size:<10}{row.contender:<{NAME}}"
    if len(row.contender) > NAME:
        start = f"{start}\n{'':<{10 + NAME}}"
    if row.figure is None:
        return f"{start}{row.note}"
    figure = f"{row.figure:>11,.0f}" if row.figure >= 100 or row.figure % 1 == 0 else f"{row.figure:>11.2f}"  # noqa: PLR2004
    ratio = row.note if row.ratio is None else f"{row.ratio:>8.2f}x {row.note or row.to}"
    return "\n".join(part[:80].rstrip() for part in f"{start}{figure} {row.unit:<9}{ratio}".split("\n"))


NAME: Final = 27
"""Columns of a contender's name."""


if __name__ == "__main__":
    main()
