"""CSV: a row for each remark on an act; what cannot be shown lawful, in one row an act."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.replay.model import JudgedAct, JudgedPerson
    from collectrules.replay.tally import Tally

COLUMNS: Final = (
    *("standing", "rule", "citation", "sentence", "person", "number", "at", "channel", "outcome"),
    *("agent", "campaign", "debts", "rulesets"),
)
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is read as a formula by spreadsheets."""


class Table:
    """Writes to an open file of text without a translation of line ends."""

    def __init__(self, file: IO[str]) -> None:
        self._rows = csv.writer(file)
        self._rows.writerow(COLUMNS)

    def person(self, person: JudgedPerson) -> None:
        """The rows of each act."""
        for act in person.acts:
            for told in _told(act):
                common = (act.person, str(act.number), act.at, act.channel, act.outcome, act.agent, act.campaign)
                row = (*told, *common, " ".join(act.debts), "; ".join(act.rulesets))
                self._rows.writerow([f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in row])

    def end(self, tally: Tally) -> None:
        """Nothing: sums have no row."""


def _told(act: JudgedAct) -> Iterator[tuple[str, str, str, str]]:
    for remark in act.against:
        yield remark.standing, remark.rule, remark.citation, remark.sentence
    if open_ones := act.not_shown:
        rules = " ".join(remark.rule for remark in open_ones)
        laws = "; ".join(dict.fromkeys(remark.citation for remark in open_ones if remark.citation))
        yield "not_shown", rules, laws, open_ones[0].sentence
