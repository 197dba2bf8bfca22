"""Every topic that the research read at a place is covered there, or `research_topics.yaml` says why not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml

from collectrules.law.coverage import coverage
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

FOLDER: Final = Path(__file__).parent
REASONS: Final[dict[str, dict[str, str]]] = yaml.safe_load((FOLDER / "research_topics.yaml").read_text("utf-8"))
ROWS: Final = list(csv.DictReader((FOLDER / "research_topics.csv").read_text("utf-8").splitlines()))
TOPICS_OF: Final = {
    "first_notice_or_disclosures": ("first_notice", "disclosures"),
    "licence_agency": ("licence",),
    "licence_buyer": ("licence",),
    "time_barred_rule": ("time_barred",),
    "creditor_covered": (),
    "b2b_covered": (),
}
"""Rows that other topics of ours hold; whom a law binds is no topic, but stands at each cover."""


@pytest.fixture(scope="module")
def covered() -> set[tuple[str, str]]:
    """Each place and topic of which a cover says something on the day of the research."""
    rulebook = Rulebook([FOLDER.parents[1] / "rulesets"], load_plugins().language)
    found = coverage(rulebook.rulesets(), rulebook.topics, date(2026, 11, 21))
    return {
        (each.jurisdiction, name)
        for each in found
        for name, topic in each.topics.items()
        if topic.standing != "not read"
    }


@pytest.fixture(scope="module")
def left(covered: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What was read with some confidence and is covered neither at the place nor above nor below it."""
    read = {
        (row["place"], topic)
        for row in ROWS
        if row["state"] != "not_read" and row["confidence"] != "low"
        for topic in TOPICS_OF.get(row["topic"], (row["topic"],))
    }
    return {
        (place, topic)
        for place, topic in read
        if not any(
            topic == name and (f"{place}-".startswith(f"{other}-") or other.startswith(f"{place}-"))
            for other, name in covered
        )
    }


def test_the_research_is_whole() -> None:
    assert len(ROWS) == 1958
    assert {row["state"] for row in ROWS} == {"encoded", "found", "mirrors_federal", "nothing", "not_read"}


def test_what_was_read_is_covered_or_has_a_reason(left: set[tuple[str, str]]) -> None:
    assert left == {(place, topic) for place, topics in REASONS.items() for topic in topics}


def test_a_reason_is_a_reason() -> None:
    assert all(len(reason.split()) > 3 for topics in REASONS.values() for reason in topics.values())
