"""SARIF 2.1.0: a result for each remark on an act, at the line of the log that has the act's person.

What cannot be shown lawful is one result an act. The rules come after the results: they are known at the end.
"""

from __future__ import annotations

from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, Final

from msgspec.json import encode

from collectrules._version import __version__

if TYPE_CHECKING:
    from collectrules.replay.model import JudgedAct, JudgedPerson, Remark
    from collectrules.replay.tally import Tally

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"violation": "error", "presumed_violation": "error", "factor": "warning", "not_shown": "note"}
_OPEN: Final = "cannot_be_shown_lawful"


class Sarif:
    """Writes to an open file of text, result by result. `log` is the address of the log in the results."""

    def __init__(self, file: IO[str], log: str) -> None:
        self._file, self._log = file, log
        self._rules: dict[str, dict[str, Any]] = {}
        file.write(f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":[')
        self._first = True

    def person(self, person: JudgedPerson) -> None:
        """The results of each act."""
        for act in person.acts:
            against, hidden = act.against, act.not_shown
            for remark in against:
                self._result(act, remark, remark.rule)
            if hidden and not against:
                self._result(act, hidden[0], _OPEN, len(hidden))

    def end(self, tally: Tally) -> None:
        """The rules, and the law that was used."""
        driver = {"name": "collectrules", "version": __version__, "rules": list(self._rules.values())}
        law = {"rulesets": sorted(tally.rulesets)}
        self._file.write(f'],"tool":{encode({"driver": driver}).decode()},"properties":{encode(law).decode()}}}]}}\n')

    def _result(self, act: JudgedAct, remark: Remark, rule: str, number: int = 1) -> None:
        if rule not in self._rules:
            self._rules[rule] = _rule(rule, remark)
        index = list(self._rules).index(rule)
        text = remark.sentence if number == 1 else f"{remark.sentence}; and {number - 1} more rules cannot be decided"
        named = f"{act.person}, {act.channel} at {act.at}: {text}"
        identity = f"{act.person}\n{act.number}\n{act.at}\n{rule}"
        result = {
            "ruleId": rule,
            "ruleIndex": index,
            "level": _LEVELS[remark.standing],
            "message": {"text": f"{named} ({remark.citation})" if remark.citation else named},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": self._log}},
                    "logicalLocations": [{"name": act.person, "fullyQualifiedName": f"{act.person}/{act.number}"}],
                }
            ],
            "partialFingerprints": {"collectrules/replay/v1": sha256(identity.encode()).hexdigest()},
            "properties": {
                "standing": remark.standing,
                "agent": act.agent,
                "campaign": act.campaign,
                "debts": list(act.debts),
            },
        }
        self._file.write(f"{'' if self._first else ','}\n{encode(result).decode()}")
        self._first = False


def _rule(rule: str, remark: Remark) -> dict[str, Any]:
    if rule == _OPEN:
        return {"id": _OPEN, "shortDescription": {"text": "that the act was lawful cannot be shown"}}
    told = {"id": rule, "shortDescription": {"text": remark.citation or rule}}
    return {**told, "helpUri": remark.source} if remark.source.startswith("http") else told
