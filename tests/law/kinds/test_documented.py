"""The manual tells every kind of rule, and its examples can be read."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from collectrules.law.kinds import built_in

SECTION = (Path(__file__).parents[3] / "docs/rulesets.md").read_text("utf-8").split("\n## 7. ")[1].split("\n## 8. ")[0]
RULES = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)
CALENDAR = "calendars: {quebec_holidays: {cite: Law 2, closed: [], holidays: []}}"


def test_every_kind_is_told() -> None:
    assert {kind.name for kind in built_in()} == set(re.findall(r"\*\*([a-z_]+)\*\*:", SECTION))


@pytest.mark.parametrize("text", RULES)
def test_its_examples_can_be_read(law: Any, text: str) -> None:
    body = dedent(text)
    given = "" if "- id:" in body else "- id: one\n  title: one\n  cite: Law 1\n  strength: prohibition\n"
    if "- id:" not in body and "governs:" not in body:
        given += "  governs: {kind: contact}\n"
    examples = "".join(
        f"  - {{story: {word}, action: {{kind: contact, at: 2026-04-08}}, expect: {word}}}\n"
        for word in ("allow", "deny")
    )
    rule = f"{given}{indent(body, '' if '- id:' in body else '  ')}  examples:\n{indent(examples, '  ')}"
    assert law.ruleset(indent(rule, "  "), more=CALENDAR, since="2022-07-01").rules[0].kind in text
