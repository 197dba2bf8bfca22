"""`python -m benchmarks`: run every section, print a table of 80 columns, and with `--json FILE` write the figures.

A section is a module with a `TITLE` and a function `rows(*, quick)`; a new one is a new file and a name in `SECTIONS`.
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import checking, deciding, growth, holes, loading, starting

if TYPE_CHECKING:
    from benchmarks.row import Row

SECTIONS: Final = {
    "deciding": deciding,
    "holes": holes,
    "checking": checking,
    "growth": growth,
    "loading": loading,
    "starting": starting,
}


def main() -> None:
    """Run the sections named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="speed, side by side with peers")
    parser.add_argument("sections", nargs="*", help=f"which to run (default: all): {', '.join(SECTIONS)}")
    parser.add_argument("--quick", action="store_true", help="short rounds: to see that it runs, not how fast")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    arguments = parser.parse_args()
    unknown = set(arguments.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    print(machine)
    figures = {}
    for name in arguments.sections or SECTIONS:
        rows = SECTIONS[name].rows(quick=arguments.quick)
        figures[name] = [asdict(row) for row in rows]
        print(f"\n{SECTIONS[name].TITLE}\n{'-' * 80}")
        for row in rows:
            print(line(row))
    if arguments.json:
        report = {"machine": machine, "quick": arguments.quick, "sections": figures}
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def line(row: Row) -> str:
    """One row in 80 columns at most; `x` is how many times faster than the contender named after it."""
    start = f"{row.size:<10}{row.contender:<27}"
    if row.figure is None:
        return f"{start}{row.note}"[:80]
    figure = f"{row.figure:>11,.0f}" if row.figure >= 100 else f"{row.figure:>11.2f}"  # noqa: PLR2004
    ratio = "" if row.ratio is None else f"{row.ratio:>8.2f}x {row.note or row.to}"
    return f"{start}{figure} {row.unit:<9}{ratio}"[:80].rstrip()


if __name__ == "__main__":
    main()
