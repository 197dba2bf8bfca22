"""Every example written beside a shipped rule holds, and a rule that is loosened is noticed by its own examples."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from collectrules.testing import check_rulesets

RULESETS = Path(__file__).parents[1] / "rulesets"

LOOSENED = [
    ("us/ma.yaml", "two_in_seven_days", "at_most: {2012-03-02: 2}", "at_most: {2012-03-02: 20}"),
    (
        "us/federal/regulation_f/cease.yaml",
        "cease_communication",
        "when: to_consumer(action) and ceased",
        "when: to_consumer(action) and ceased and debtor.minor",
    ),
]
"""A file of law, a rule in it, and words of the rule with others that let more pass."""


def test_every_shipped_example_holds_and_no_rule_is_without() -> None:
    tried = {result.rule for result in check_rulesets(RULESETS)}
    listed = subprocess.run(
        [sys.executable, "-m", "collectrules", "rules", "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    rules = {json.loads(line)["id"] for line in listed.stdout.splitlines()}
    assert len(rules) > 200
    assert rules <= tried


@pytest.mark.parametrize(("file", "rule", "words", "others"), LOOSENED, ids=[row[1] for row in LOOSENED])
def test_a_loosened_rule_is_noticed(file: str, rule: str, words: str, others: str, tmp_path: Path) -> None:
    text = (RULESETS / file).read_text("utf-8")
    found = re.search(rf"^  - id: {rule}\n.*?(?=^  - id: |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    assert found[0].count(words) == 1, f"{file}: {rule} reads otherwise now: mend this test"
    copy = shutil.copytree(RULESETS, tmp_path / "rulesets") / file
    copy.write_text(text.replace(found[0], found[0].replace(words, others)), "utf-8")
    with pytest.raises(AssertionError, match=rf"\b{rule}: ") as caught:
        check_rulesets(copy)
    assert "got allow" in str(caught.value)
