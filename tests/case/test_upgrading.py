"""`collectrules cases upgrade`: files of format 1 become files of format 2 that say the same, comments kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.upgrading import upgrade, upgraded
from collectrules.ground.errors import InvalidInput

OPEN = Path(__file__).parents[1] / "cases" / "open"
BLOCK = """\
# a shop
jurisdiction: US  # the whole country
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
history:
  - {event: consent, given_to: creditor, at: 2026-02-01, scope: third_party}
action:
  kind: take_payment
  # meant by the debtor
  directed_to: [A]  # this one
  at: 2026-03-01
  authorized_by: >-
    agreement
expect: {decision: allow}
"""
BLOCK_2 = """\
# a shop
version: 2
applicable_law: [US]
jurisdiction: US  # the whole country
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
history:
  - {event: consent, facts: {given_to: creditor}, at: 2026-02-01, scope: third_party}
action:
  kind: take_payment
  # meant by the debtor
  facts:
    directed_to: [A]  # this one
    authorized_by: >-
      agreement
  at: 2026-03-01
expect: {decision: allow}
"""


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load()


def test_only_what_changes_is_written_anew_and_comments_stay() -> None:
    assert upgraded(BLOCK, "case.yaml") == BLOCK_2
    assert upgraded(BLOCK_2, "case.yaml") == BLOCK_2


def test_claims_and_threats_are_told_apart_from_what_is_said() -> None:
    flow = "action: {kind: contact, content: [obscenity, claims_attorney_false], at: 2026-03-01}\n"
    told = "action: {kind: contact, says: [obscenity], claims: [{to_be: attorney, true: false}], at: 2026-03-01}\n"
    assert upgraded(flow, "case.yaml") == f"version: 2\n{told}"
    block = "action:\n  content:\n    - threat_violence\n  at: 2026-03-01\n"
    told = "action:\n  says: []\n  threatens: [{what: violence}]\n  at: 2026-03-01\n"
    assert upgraded(block, "case.yaml") == f"version: 2\n{told}"
    kept = "action:\n  content:\n    # in the second line\n    - threat_violence\n"
    assert upgraded(kept, "case.yaml") == f"version: 2\n{kept}"
    assert "content: [obscenity]" in upgraded("action: {content: [obscenity]}\n", "case.yaml")
    contact = {"history": [{"channel": "sms", "content": ["claims_credit_bureau"]}]}
    (now,) = json.loads(upgraded(json.dumps(contact), "case.json"))["history"]
    assert now == {"channel": "sms", "says": [], "claims": [{"to_be": "credit_bureau", "true": False}]}


@pytest.mark.parametrize("name", sorted(path.name for path in OPEN.glob("*.yaml")))
def test_every_case_of_the_open_files_says_the_same(advisor: Advisor, name: str, tmp_path: Path) -> None:
    shutil.copy(OPEN / name, tmp_path / name)
    cases = list(advisor.each_case(tmp_path / name))
    assert upgrade(tmp_path / name, advisor.each_case)
    now = list(advisor.each_case(tmp_path / name))
    assert len(now) == len(cases) > 0
    assert not upgrade(tmp_path / name, advisor.each_case)
    comments = [line for line in (OPEN / name).read_text("utf-8").splitlines() if line.lstrip().startswith("#")]
    assert [line for line in (tmp_path / name).read_text("utf-8").splitlines() if line.lstrip()[:1] == "#"] == comments


def test_json_and_json_lines() -> None:
    case = {"jurisdiction": "US-MA", "action": {"kind": "take_payment", "venue": "collector_office"}}
    told = {
        "version": 2,
        "jurisdiction": "US-MA",
        "action": {"kind": "take_payment", "facts": {"venue": "collector_office"}},
    }
    assert json.loads(upgraded(json.dumps(case), "case.json")) == told
    lines = upgraded(f"{json.dumps(case)}\n" * 2, "cases.jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [told, told]


def test_a_file_that_would_say_something_else_stays(advisor: Advisor, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        BLOCK.replace("  at: 2026-03-01\n", "  at: 2026-03-01\n  facts: {venue: collector_office}\n"), "utf-8"
    )
    before = path.read_text("utf-8")
    with pytest.raises(InvalidInput, match=r"case.yaml:10:3: CR015 `directed_to` stands beside `facts:`"):
        upgrade(path, advisor.each_case)
    assert path.read_text("utf-8") == before

    path.write_text(BLOCK, "utf-8")

    def other(file: Path) -> Any:
        return [case.but(story="another") if file != path else case for case in advisor.each_case(file)]  # type: ignore[union-attr]

    with pytest.raises(InvalidInput, match="would say something else"):
        upgrade(path, other)
    assert path.read_text("utf-8") == BLOCK
    assert list(tmp_path.iterdir()) == [path]
