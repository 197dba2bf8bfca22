"""JSON lines: an object for each act, and one for the whole at the end (`collectrules/replay/v1`)."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from msgspec.json import encode

from collectrules.replay.model import SCHEMA, STANDINGS

if TYPE_CHECKING:
    from collectrules.replay.model import JudgedPerson
    from collectrules.replay.tally import Tally


class Lines:
    """Writes to an open file of text."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def person(self, person: JudgedPerson) -> None:
        """A line for each act."""
        self._file.writelines(f"{encode(act).decode()}\n" for act in person.acts)

    def end(self, tally: Tally) -> None:
        """The sums."""
        whole = {
            "schema": SCHEMA,
            "acts": {standing: tally.acts[standing] for standing in STANDINGS},
            "people": tally.people,
            "other_entries": tally.others,
            "rejected": tally.rejected,
            "from": tally.first,
            "to": tally.last,
            "rules": [
                {"standing": standing, "rule": rule, "citation": citation, "acts": number}
                for standing in STANDINGS
                for (rule, citation), number in sorted(tally.rules[standing].items())
            ],
            **{
                f"by_{name}": [
                    {name: value, **{standing: counted[standing] for standing in STANDINGS}}
                    for value, counted in sorted(of_it.items())
                ]
                for name, of_it in tally.by.items()
            },
            "rulesets": sorted(tally.rulesets),
        }
        self._file.write(f"{encode(whole).decode()}\n")
