"""What `docs/rulesets.md` shows of answers is read, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from collectrules.law.model import Language
from collectrules.law.reader import parse_with_places
from collectrules.plugins.loading import load_plugins
from collectrules.testing.examples import examples_of

DOCUMENT: Final = Path(__file__).parents[3] / "docs" / "rulesets.md"
HEAD: Final = """\
ruleset: xx
title: what is documented
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2000-01-01
verified: {date: 2026-11-21, against: the text, confidence: high}
verify_by: 2027-11-30
example_case: {collector: {role: creditor}, creditor: {kind: company}, debts: [{id: A, kind: consumer}]}
answers:
"""


def documented() -> list[str]:
    section = DOCUMENT.read_text("utf-8").partition("\n## 8. Answers\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    return [block.removeprefix("answers:\n") for block in blocks]


@pytest.mark.parametrize("block", documented())
def test_a_block_that_is_shown_answers_its_examples(block: str) -> None:
    loaded = load_plugins()
    language = loaded.language
    text = HEAD + block.replace("examples: [...]", "examples: [{story: left out, expect: {}}]")
    ruleset, _ = parse_with_places(text, "xx.yaml", language)
    assert len(ruleset.answers) == 1
    assert [result.got for result in examples_of(ruleset, loaded) if not result.ok] == []


def test_every_kind_is_shown() -> None:
    shown = {kind for block in documented() for kind in re.findall(r"\bkind: (\w+)", block)}
    assert shown >= {kind.name for kind in Language({}, {}, {}).questions.values()}
