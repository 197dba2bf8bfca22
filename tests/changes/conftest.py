"""Two sides of a change, as folders that are the whole law of a country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import indent
from typing import TYPE_CHECKING, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.changes.comparing import difference
from collectrules.changes.sides import sides
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.changes.comparing import Difference, RuleChange
    from collectrules.law.strength import Decision

TODAY: Final = date(2026, 6, 1)
HEAD: Final = """\
ruleset: us.federal.law
title: a law of a test
jurisdiction: US
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2030-01-01
calendars:
  feasts: {cite: Law 2, closed: [], holidays: [{name: Foundation, month: 4, day: 8}]}
  office: {cite: Law 3, closed: [sat, sun], holidays: [{name: Foundation, month: 4, day: 8}]}
example_case:
  collector: {role: third_party}
  debts: [{id: A, kind: consumer}]
  debtor: {time_zone: America/New_York}
  action: {kind: contact, channel: phone, at: 2026-04-08T10:00}
"""
TOPICS: Final = """\
topics:
  sales:
    title: sales
    asks: may this be sold?
    touched_by: [{kind: sell_debt}]
    expected: {else: country}
    gap: told
"""


PERMISSION: Final = """\
  - id: nothing_more
    title: nothing more is said
    cite: Law 9
    kind: permission
    governs: {kind: any}
    examples: [{story: any act, action: {kind: contact}, expect: allow}]
"""


@dataclass
class Books:
    """Writes folders of law, compares them, and asks them."""

    path: Path

    def folder(self, name: str, rules: str, more: str = "") -> Path:
        """A folder with one ruleset; `rules` are its rules, from the left margin."""
        folder = self.path / name
        (folder / "us" / "federal").mkdir(parents=True, exist_ok=True)
        (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
        (folder / "us" / "federal" / "law.yaml").write_text(
            f"{HEAD}{more}rules:\n{indent(rules, '  ')}{PERMISSION}", encoding="utf-8"
        )
        return folder

    def compared(self, old: str, new: str, *, before: str = "", after: str = "") -> Difference:
        """The difference between two sets of rules; `before` and `after` are what else stands in the file."""
        folders = self.folder("old", old, before), self.folder("new", new, after)
        with sides(str(folders[0]), str(folders[1]), load_plugins()) as (first, second):
            return difference(first, second, TODAY)

    def only(self, old: str, new: str) -> RuleChange:
        """What became of the only rule that changed."""
        (change,) = self.compared(old, new).rules
        return change

    def answer(self, name: str, case_file: Path) -> Decision:
        """What the law of a folder says of the case in a file."""
        language = load_plugins().language
        language = type(language)(language.kinds, language.functions, language.channels)
        advisor = Advisor(Rulebook([self.path / name], language), today=TODAY)
        return advisor.check(advisor.read_cases(case_file).cases[0]).decision


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)
