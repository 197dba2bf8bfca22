"""The schema of rulesets takes every shipped file, and refuses each bad one whose mistake a schema can see."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from collectrules.law import schema
from collectrules.plugins.loading import load_plugins

ROOT = Path(__file__).parents[2]
RULESETS = ROOT / "rulesets"
BAD = ROOT / "tests" / "bad_rulesets"
OF_MEANING = (
    "CR004",
    "CR006",
    "CR112",
    "CR120",
    "CR121",
    "CR130",
    "CR131",
    "CR132",
    "CR140",
    "CR150",
    "CR151",
    "CR152",
    "CR161",
)
"""Codes of what no schema sees: what an expression means, what is named elsewhere, where a file lies."""
NOT_SEEN = {
    "calendar_extends_nothing": "which calendars there are",
    "cap_of_a_week_without_first_day": "which definitions there are",
    "cap_without_period": "what fields of a kind mean together",
    "channel_of_no_channel": "which channels are what is asked for",
    "charge_cap_without_currency": "what fields of a kind mean together",
    "city_of_another_state": "whose city it is",
    "closed_days_name_none": "what fields of a kind mean together",
    "closed_days_of_no_calendar": "which calendars there are",
    "counts_a_misspelt_fact": "which definitions there are",
    "kept_rule_misspelt": "which rules there are",
    "must_not_say_nothing": "what fields of a kind mean together",
    "must_say_nothing": "what fields of a kind mean together",
    "part_says_it_again": "what the parts say",
    "report_of_no_figure": "what the kind of another rule counts",
    "report_of_no_rule": "which rules there are",
    "stop_for_days_and_months": "what fields of a kind mean together",
    "third_party_is_nobody": "what fields of a kind mean together",
    "time_bar_restarts_half_told": "what fields of a kind mean together",
    "time_bar_standstill_backwards": "what fields of a kind mean together",
    "unknown_group": "which groups there are",
    "window_of_holidays_without_calendar": "what fields of a kind mean together",
    "windows_leave_days_out": "what fields of a kind mean together",
    "workplace_forbids_nothing": "what fields of a kind mean together",
}


def stated(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only, as the reader has them


SCHEMA = schema.schema(load_plugins().language)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(SCHEMA)))


@pytest.mark.parametrize("folder", sorted(path.name for path in RULESETS.iterdir() if path.is_dir()))
def test_it_takes_every_shipped_file(folder: str) -> None:
    every = 1 if os.environ.get("COLLECTRULES_TEST_ALL") else 8
    for path in sorted((RULESETS / folder).rglob("*.yaml"))[::every]:
        document = stated(path)
        if {"ruleset", "part_of", "policy", "library", "inheritance"} & set(document):
            best = jsonschema.exceptions.best_match(VALIDATOR.iter_errors(document))
            assert best is None, f"{path}: {best.json_path} {best.message}"


def test_it_refuses_each_bad_file_whose_mistake_a_schema_can_see() -> None:
    refused = 0
    for path in sorted(BAD.rglob("*.yaml")):
        told = path.with_suffix(".txt").read_text("utf-8")
        codes = set(re.findall(r": (CR\d+) ", told))
        try:
            document = stated(path)
        except yaml.YAMLError:
            continue
        sees = not VALIDATOR.is_valid(document)
        refused += sees
        assert sees or codes <= set(OF_MEANING) or path.stem in NOT_SEEN, f"{path.name}: {told}"
    assert refused > 60


def test_what_yaml_makes_numbers_of_is_taken_too() -> None:
    """Language servers read 7 as a number and true as a truth value."""
    path = RULESETS / "us/mi/collection.yaml"
    typed = yaml.load(path.read_text("utf-8"), _Core)  # noqa: S506 - a safe loader, with the types of YAML 1.2
    best = jsonschema.exceptions.best_match(VALIDATOR.iter_errors(typed))
    assert best is None, f"{best.json_path} {best.message}"


class _Core(yaml.SafeLoader):
    """Numbers and truth values as YAML 1.2 has them; a day and a clock time are texts."""


_Core.yaml_implicit_resolvers = {}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?\d+$"), list("-+0123456789"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("strength: prohibition", "strength: prohibited"),
        ("kind: contact_hours", "kind: contact_hour"),
        ("governs: {kind: charges}", "governs: {kind: charge}"),
        ("confidence: high", "confidence: sure"),
        ("values: {from: {2000-01-01: '08:00'}", "values: {from: {2000-13-01: '08:00'}"),
    ],
)
def test_a_slip_in_a_shipped_file_is_refused(old: str, new: str) -> None:
    text = (RULESETS / "us/mi/collection.yaml").read_text("utf-8")
    assert old in text
    assert not VALIDATOR.is_valid(yaml.load(text.replace(old, new), yaml.BaseLoader))  # noqa: S506 - as above
