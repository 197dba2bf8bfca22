"""A country of which only the answers are encoded that a test writes, and questions put to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from collectrules.verdict.answers import Answer

HEAD: Final = """\
ruleset: xx
title: a law of a test
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2000-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2030-01-01
answers:
"""
DEBT: Final = {"id": "A", "kind": "commercial", "amount": "1000.00", "currency": "EUR", "due": "2024-12-31"}

RATES: Final = {"2024-01-01": "12.50", "2025-01-01": "11.15", "2025-07-01": "10.15"}
FIXED = {
    "asks": ["interest_rate", "late_payment"],
    "kind": "interest",
    "rate": "at_start",
    "values": {"annual_rate": RATES},
}
MOVING = {**FIXED, "rate": "moving"}
LATE = {"what": "late_payment"}


def sentences(answer: Any) -> list[str]:
    return [step.sentence for step in answer.steps]


def over(first: str, last: str, **more: str) -> dict[str, str]:
    return {**LATE, "at": last, "interest_from": first, "interest_to": last, **more}


@dataclass
class Country:
    """Blocks of law, numbered in their order, and what they answer."""

    folder: Path
    calendars: Mapping[str, Any] = field(default_factory=dict)

    def enact(self, *blocks: Mapping[str, Any]) -> Rulebook:
        lines = []
        for number, block in enumerate(blocks, start=1):
            usual = {"id": f"block_{number}", "title": f"block {number}", "cite": "Law 1"}
            lines.append(f"  - {json.dumps({**usual, 'examples': [{'story': 'of a test', 'expect': {}}], **block})}\n")
        head = HEAD.replace("answers:", f"calendars: {json.dumps(self.calendars)}\nanswers:")
        (self.folder / "xx.yaml").write_text(head + "".join(lines))
        return Rulebook([self.folder], load_plugins().language)

    def answer(self, blocks: list[Mapping[str, Any]], ask: Mapping[str, Any], **changes: Any) -> Answer:
        mapping = {
            "jurisdiction": "XX",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debts": [DEBT],
            "ask": {"at": "2025-06-30", **ask},
            **changes,
        }
        case = case_from_mapping(mapping)
        return Advisor(self.enact(*blocks), today=date(2026, 1, 1)).answer(case)

    def problems(self, *blocks: Mapping[str, Any]) -> list[str]:
        """What is wrong with such blocks, without the places."""
        with pytest.raises(InvalidInput) as caught:
            self.enact(*blocks).rulesets()
        return [f"{problem.code} {problem.message}" for problem in caught.value.problems]


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)


def debt(**changes: Any) -> dict[str, Any]:
    """The usual debt with some keys changed; a value of None takes a key away."""
    return {key: value for key, value in {**DEBT, **changes}.items() if value is not None}


@pytest.fixture(name="debt")
def _debt() -> Any:
    return debt
