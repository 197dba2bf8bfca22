"""`collectrules schema`: what is written is a schema, and what is shipped keeps it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


def stated(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - texts only: a day is no date to a schema


@pytest.mark.parametrize("of", ["case", "ruleset", "policy", "verdict", "answer", "advice"])
def test_each_is_a_schema(run: Run, of: str) -> None:
    ran = run("schema", of)
    assert ran.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.out))


def test_there_is_no_other(run: Run) -> None:
    assert run("schema", "law").code == 2


@pytest.mark.parametrize("file", ["us/ma.yaml", "us/federal/bankruptcy.yaml", "ie/courts.yaml"])
def test_shipped_rulesets_keep_that_of_rulesets(run: Run, file: str) -> None:
    schema = json.loads(run("schema", "ruleset").out)
    text = Path("rulesets", file).read_text(encoding="utf-8")
    jsonschema.validate(stated(text), schema)
    wrong = stated(text.replace("\nversion:", "\nversions:", 1))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_an_example_keeps_that_of_cases(run: Run) -> None:
    schema = json.loads(run("schema", "case").out)
    example = stated(Path("examples/what-is-missing.yaml").read_text(encoding="utf-8"))
    jsonschema.validate({**example, "version": int(example["version"])}, schema)


def test_a_word_is_searched_for_in_facts(run: Run) -> None:
    ran = run("facts", "phone")
    assert ran.code == 0
    assert "action.channel: how" in ran.out.splitlines()
    assert "debt.paid" not in ran.out
    assert run("facts", "phonn").code == 2
    (first, *_) = [json.loads(line) for line in run("facts", "attorney_notice", "--json").out.splitlines()]
    assert first["path"] == "event.event"


def test_a_case_of_ones_own_needs_no_story(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        "jurisdiction: US-MA\ncollector: {role: third_party}\ndebts: [{id: A, kind: consumer}]\n"
        "debtor: {time_zone: America/New_York}\n"
        "action: {kind: contact, channel: phone, at: 2026-04-08T22:00}\nexpect: {decision: deny}\n"
    )
    ran = run("test", path)
    assert ran.code == 0
    assert "1 passed" in ran.out
