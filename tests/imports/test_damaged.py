"""Whatever a file holds, it is read, refused with words, or rejected row by row: no fault, no row lost."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.imports.conftest import SAMPLES

from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.importing import Imported

STATES = (
    *("currency=USD", "date_order=mdy", "decimal_mark=point", "sign=credits_negative", "zone=America/New_York"),
    *("amount_is=open", "kind=commercial", "role=creditor", "jurisdiction=US-TX", "phone_country=US"),
    *("holds=all", "as_of=2026-01-01", "direction=outbound"),
)
CHANGES = 4
"""Damaged copies of each file."""
LARGEST = 30_000
JUNK = (
    "\0",
    '"',
    ",",
    ";",
    "\n",
    "\r",
    "\ufeff",
    "é",
    "-",
    "999999999999999999",
    "0000-00-00",
    "NULL",
    "[",
    "}",
    "\\",
    "=1+1",
)


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """A piece cut out, doubled, moved, or replaced by what files really have in wrong places."""
    at = dice.randrange(len(raw) + 1)
    end = min(len(raw), at + dice.choice((1, 3, 20, 200)))
    junk = dice.choice(JUNK).encode() * dice.choice((1, 1, 3))
    return dice.choice(
        (
            raw[:at] + raw[end:],
            raw[:end] + raw[at:],
            raw[:at] + junk + raw[end:],
            raw[:at] + junk + raw[at:],
            raw[:at],
            raw[:at] + bytes(dice.randrange(256) for _ in range(3)) + raw[end:],
        )
    )


FILES = sorted(path for path in SAMPLES.rglob("*.*") if path.name not in ("README.md", "manifest.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_damaged_files(path: Path, tmp_path: Path, imported: Callable[..., Imported]) -> None:
    dice = random.Random(path.name)
    raw = path.read_bytes()[:LARGEST]
    for number in range(CHANGES):
        copy = tmp_path / f"{number}{path.suffix}"
        copy.write_bytes(damaged(raw, dice))
        try:
            found = imported(copy, *STATES)
        except CollectrulesError:
            continue
        tally = found.tally
        assert all(row.why for row in tally.rejected)
        if found.gives == "invoices":
            for account in found.accounts.values():
                if account.invoices:
                    account.as_case(found.mapping.states)
            counted = tally.rows - sum(tally.left_out.values()) + sum(found.table.skipped.values())
            assert tally.invoices + tally.credits + len(tally.rejected) <= max(counted, 0)
