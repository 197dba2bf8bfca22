"""What a service holds in memory that is asked about everything, everywhere, for years of days; and then about nowhere.

A process of its own checks a short case for every encoded place, kind of act, channel and quarter of a year, complete
and partial in turns, and gives the whole verdict of some. Then it is asked about thousands of places that do not exist:
what it keeps of them must have a bound.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.cases import RECORDS, case_of
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE: Final = """\
resident memory of a service: all places, kinds of act, channels, 60 quarters
(left out: nothing; 60 quarters from 2016 on, a whole verdict for one case in 200)"""
STATUS: Final = Path("/proc/self/status")
QUARTERS: Final = 60
FIRST_YEAR: Final = 2016
BY_CHANNEL: Final = ("contact", "respond")
"""The kinds of act that are asked by every channel; any other is asked by none."""
WHOLE: Final = 200
MADE_UP: Final = 20_000
CALL: Final = {"at": "2016-01-04T10:00", "channel": "phone", "direction": "outbound", "outcome": "no_answer"}


def rows(*, quick: bool = False) -> list[Row]:
    """Megabytes after each stretch of work."""
    if not STATUS.exists():
        return [Row("", "a service", None, "MB", note=f"there is no {STATUS} on this system")]
    quarters, made_up = (2, 100) if quick else (QUARTERS, MADE_UP)
    command = (sys.executable, "-m", "benchmarks.memory", str(quarters), str(made_up))
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - this very file
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    return [Row(size, name, megabytes, "MB") for size, name, megabytes in figures]


def main() -> None:
    """Be the service: print a line of JSON after each stretch of work."""
    quarters, made_up = (int(argument) for argument in sys.argv[1:])
    words = {name: _told("facts", f"action.{name}")[0]["words"] for name in ("kind", "channel")}
    places = sorted({rule["jurisdiction"] for rule in _told("rules")})

    from benchmarks.asking import new_advisor
    from collectrules import as_json

    advisor = new_advisor()
    _tell("", "imports")
    acts = [(kind, channel) for kind in BY_CHANNEL for channel in words["channel"]]
    acts += [(kind, None) for kind in words["kind"] if kind not in BY_CHANNEL]
    asked = 0
    for quarter in range(quarters):
        day = date(FIRST_YEAR + quarter // 4, 1 + 3 * (quarter % 4), 15).isoformat()
        for place, (kind, channel) in product(places, acts):
            case = advisor.case(_case(RECORDS[asked % 2], place, day, kind, channel))
            if asked % WHOLE:
                advisor.check(case)
            else:
                as_json(advisor.explore(case))
            asked += 1
        if quarter + 1 in (1, quarters):
            _tell(f"{asked:,}", f"{len(places)} places, quarters: {quarter + 1}")
    for place in islice(_made_up_places(set(places)), made_up):
        advisor.check(advisor.case(_case("complete", place, f"{FIRST_YEAR}-01-15", "contact", "phone")))
    _tell(f"{made_up:,}", "places that do not exist")


def _case(record: str, place: str, day: str, kind: str, channel: str | None) -> dict[str, Any]:
    action: dict[str, Any] = {"kind": kind, "at": f"{day}T10:00"}
    case = {
        **case_of(record, [CALL]),
        "jurisdiction": place,
        "action": action | ({"channel": channel} if channel else {}),
    }
    if not place.startswith("US"):  # a debtor whose clock is that of Chicago speaks against any other country
        del case["debtor"]
    return case


def _made_up_places(encoded: set[str]) -> Iterator[str]:
    """Parts of the United States: its law applies in each."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    for parts in product(letters, repeat=3):
        place = f"US-{''.join(parts)}"
        if place not in encoded:
            yield place


def _told(*arguments: str) -> list[dict[str, Any]]:
    """What a command of this program tells."""
    command = (sys.executable, "-m", "collectrules", *arguments, "--json")
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - our own command
    return [json.loads(line) for line in done.stdout.splitlines()]


def _tell(size: str, name: str) -> None:
    resident = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    print(json.dumps([size, name, int(resident.split()[1]) / 1024]), flush=True)


if __name__ == "__main__":
    main()
