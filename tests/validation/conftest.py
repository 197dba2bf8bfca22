"""Files of a law that does not exist, and what a validation says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules import lints
from collectrules.cli import configuration
from collectrules.plugins.loading import load_plugins
from collectrules.validation.validating import Setting, chosen, validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.validation.report import Report

RULESET = """\
ruleset: {id}
title: a law of a test
jurisdiction: {place}
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {{date: 2026-01-01, against: the text, confidence: high}}
verify_by: 2027-01-01
{more}example_case:
  {{collector: {{role: third_party}}, debts: [{{id: A, kind: consumer}}], debtor: {{time_zone: America/New_York}}}}
rules:
  - id: minors
    title: nobody under age
    cite: {cite}
    strength: prohibition
    governs: {{kind: contact}}
    when: debtor.minor
    examples:
      - {{story: of age, action: {{kind: contact, channel: sms, at: '2026-04-08'}}, expect: allow}}
      - {{story: child, debtor: {{minor: true}}, action: {{kind: contact, channel: sms, at: 2026-04-08}}, expect: deny}}
"""
QUIET = ("missing-cover",)
"""Lints that a law of one rule does not pass."""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a ruleset, or any text, at a path of the folder in which the test runs."""
    monkeypatch.chdir(tmp_path)

    def written(path: str, text: str = "", **given: str) -> Path:
        named = {"id": "xx.law", "place": "XX", "cite": "Law 4", "more": "", **given}
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or RULESET.format(**named), encoding="utf-8")
        return file

    return written


@pytest.fixture
def validated() -> Callable[..., Report]:
    """Validates paths as the command does, by every lint but those that are quiet."""

    def ran(
        *paths: str,
        exceptions: str = "",
        ignore: tuple[str, ...] = QUIET,
        select: tuple[str, ...] = (),
        folders: tuple[str, ...] = (),
        today: date = date(2026, 6, 1),
    ) -> Report:
        every = tuple(lints.built_in())
        setting = Setting(
            load_plugins(),
            lambda: [*load_plugins().ruleset_folders, *map(Path, folders)],
            configuration.load,
            configuration.FILE_NAMES,
            tuple(chosen(every, select, ignore)),
            every,
            today,
            Path(exceptions) if exceptions else None,
        )
        return validate(map(Path, paths), setting)

    return ran


@pytest.fixture
def codes(validated: Callable[..., Report]) -> Callable[..., list[str]]:
    """The places and codes of what is wrong."""

    def ran(*paths: str, **given: object) -> list[str]:
        return [f"{fault.place} {fault.code}" for fault in validated(*paths, **given).faults]

    return ran
