"""Every entry of the research on the law is encoded, or `research.yaml` says why not."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from collectrules.law.by_paragraph import told
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collectrules.law.model import Ruleset

FOLDER: Final = Path(__file__).parent
REGISTER: Final[dict[str, dict[str, Any]]] = yaml.safe_load((FOLDER / "research.yaml").read_text("utf-8"))
ENTRIES: Final = {
    "us_states/small_claims.yaml": (70, "43de0425e4bf"),
    "us_states/contact_limits.yaml": (103, "29cd328d9308"),
    "us_states/limitations.yaml": (51, "5e31ffa611b7"),
    "us_states/licensing.yaml": (52, "923d1b0e063a"),
    "us_states/late_interest.yaml": (51, "5e31ffa611b7"),
    "world/small_claims.yaml": (80, "c9d9132d528d"),
    "world/contact_limits.yaml": (69, "08d5ae5324d6"),
    "world/late_payment.yaml": (50, "77f55a0b1466"),
    "world/pre_action.yaml": (51, "8eea32f52811"),
    "world/limitation.yaml": (48, "47f77fa644cf"),
    "world/prohibited_tactics.yaml": (74, "4f9f7fe6b975"),
    "us_federal/PARAMETERS.md": (118, "efcdb890a450"),
}
"""How many entries the research has (699, and those of federal law), and a digest of their ids: none is exchanged."""
PROPOSED: Final = frozenset({"fr-creances-commerciales", "in-rbi-2026"})
"""A bill and a draft: their rulesets decide nothing."""


def digest(entries: dict[str, Any]) -> str:
    return sha256("\n".join(sorted(entries)).encode()).hexdigest()[:12]


@lru_cache
def rulesets() -> tuple[Ruleset, ...]:
    return tuple(Rulebook([FOLDER.parents[1] / "rulesets"], load_plugins().language).rulesets())


def encoded() -> dict[str, Ruleset]:
    """Of each rule and answer its ruleset."""
    return {
        **{rule.full_id: each for each in rulesets() for rule in each.rules},
        **{block.full_id: each for each in rulesets() for block in each.answers},
    }


def covered() -> set[tuple[str, str]]:
    return {
        (place, cover.topic) for ruleset in rulesets() for place in ruleset.jurisdictions for cover in ruleset.covers
    }


def place_of(file: str, entry: str) -> str:
    """The place of an entry, as far as its id says: the state, else the country."""
    if file.startswith("us_federal"):
        return "US"
    if file.startswith("us_states"):
        return f"US-{entry.removeprefix('US-')[:2]}"
    return entry.partition("-")[0].upper()


def test_every_entry_stands_in_the_register() -> None:
    assert {file: (len(entries), digest(entries)) for file, entries in REGISTER.items()} == ENTRIES


def test_most_are_encoded_and_few_are_left_out() -> None:
    standing = Counter(
        "encoded" if isinstance(found, list) else next(iter(found))
        for entries in REGISTER.values()
        for found in entries.values()
    )
    assert standing == {"encoded": 666, "paragraph": 96, "covered": 33, "reason": 22}


@pytest.mark.parametrize("file", REGISTER)
def test_what_encodes_an_entry_is_there_and_is_law_of_its_place(file: str) -> None:
    rules = encoded()
    for entry, found in REGISTER[file].items():
        for name in found if isinstance(found, list) else ():
            assert name in rules, f"{entry}: there is no `{name}`"
            place = place_of(file, entry)
            assert any(each == place or each.startswith(f"{place}-") for each in rules[name].jurisdictions), entry
            assert (rules[name].status == "in_force") is (entry not in PROPOSED), entry


def test_where_a_place_has_no_rule_a_cover_says_so() -> None:
    read = covered()
    for file, entries in REGISTER.items():
        for entry, found in entries.items():
            if isinstance(found, dict) and "covered" in found:
                assert (place_of(file, entry), found["covered"]) in read, entry


def test_a_paragraph_of_regulation_f_stands_in_its_own_list() -> None:
    regulation = next(ruleset for ruleset in rulesets() if ruleset.id == "us.federal.regulation_f")
    assert regulation.by_paragraph is not None
    listed = {paragraph.id for paragraph in told(regulation.by_paragraph, regulation.citations)}
    for entry, found in REGISTER["us_federal/PARAMETERS.md"].items():
        if isinstance(found, dict) and "paragraph" in found:
            assert found["paragraph"] in listed, entry


def test_a_reason_is_a_reason() -> None:
    reasons = [
        found["reason"]
        for entries in REGISTER.values()
        for found in entries.values()
        if isinstance(found, dict) and "reason" in found
    ]
    assert all(len(reason.split()) > 3 for reason in reasons)
