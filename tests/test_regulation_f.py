"""Regulation F can be read: how long its expressions are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from collectrules.law.reader import read_with_places
from collectrules.lints import RulesetFile, Written
from collectrules.plugins.loading import load_plugins

MAIN_FILE = Path(__file__).parents[1] / "rulesets/us/federal/regulation_f.yaml"
TOGETHER, LONGEST = 50_000, 400
"""Characters; whoever has to add law of their length makes room for it first, by a name or a kind."""


@pytest.fixture(scope="module")
def written() -> tuple[Written, ...]:
    """Every expression under a key of the ruleset and its parts: not those of examples, not those kinds make."""
    language = load_plugins().language
    ruleset, root = read_with_places(MAIN_FILE, language)
    return RulesetFile(ruleset, root, language, date(2026, 11, 30).toordinal()).expressions


def test_they_are_few_characters_together(written: tuple[Written, ...]) -> None:
    by_length = sorted(((len(each.text), str(each.place)) for each in written), reverse=True)
    assert sum(length for length, _ in by_length) < TOGETHER, by_length[:10]


def test_none_is_too_long_to_be_read_aloud(written: tuple[Written, ...]) -> None:
    assert [(len(each.text), str(each.place)) for each in written if len(each.text) >= LONGEST] == []
