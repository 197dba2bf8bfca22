"""Every allow of every suite and example, changed in one way: what was shown for it is no longer shown.

Lines that rest on what the rulesets cover (`rulesets/topics.yaml`) are asked where that is declared.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import collectrules
from collectrules.advisor import Advisor
from collectrules.case.objects import Case
from collectrules.case.reading import case_from_mapping, read_cases
from collectrules.ground.errors import InvalidInput
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.channels import Channel
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 21)
COVERS = pytest.mark.skipif(not (ROOT / "rulesets/topics.yaml").exists(), reason="no topics are declared")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


@cache
def allowed() -> tuple[dict[str, Any], ...]:
    """The cases of all suites and examples that are allowed, as a user would put them."""
    advisor = Advisor.load(today=TODAY)
    files = [*sorted((ROOT / "tests/cases/open").glob("*.yaml")), *sorted((ROOT / "examples").glob("*.yaml"))]
    found = []
    for path in files:
        for case in read_cases(path).cases:
            if case.action is None:
                continue
            mapping = {key: value for key, value in case.to_mapping().items() if key != "expect"}
            mapping |= {"record": "complete"} if case.whole else {}
            if "-" not in case.jurisdiction and "applicable_law" in Case.KEYS.facts:
                mapping.setdefault("applicable_law", [case.jurisdiction])  # as a suite says of itself
            if decision(advisor, mapping) == "allow":
                found.append(mapping)
    return tuple(found)


def decision(advisor: Advisor, mapping: dict[str, Any]) -> str:
    """The decision; `refused` where the case is none."""
    try:
        return advisor.check(case_from_mapping(mapping, channels=advisor.rulebook.channels)).decision
    except InvalidInput:
        return "refused"


def is_bound(mapping: dict[str, Any]) -> bool:
    """Does the law of the place bind these parties at all?"""
    return Advisor.load(today=TODAY).check(case_from_mapping(mapping)).basis != "not_covered"


def changed(mapping: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A case with another action; None takes a key out."""
    case = deepcopy(mapping)
    case["action"] |= changes
    case["action"] = {key: value for key, value in case["action"].items() if value is not None}
    return case


def wrong(cases: Iterator[tuple[Any, str, str]]) -> list[tuple[Any, str, str]]:
    """Those that did not come out as they must: the id, what came out, what was not to."""
    return [(name, came, bad) for name, came, bad in cases if came == bad]


def test_there_is_something_to_sweep() -> None:
    assert len(allowed()) > 50


def test_without_its_clock_an_act_is_allowed_only_where_no_hour_would_forbid_it(advisor: Advisor) -> None:
    def swept() -> Iterator[tuple[Any, str, str]]:
        for case in allowed():
            at = case["action"]["at"]
            if "T" not in at or "at_tz" in case["action"]:
                continue
            hours = [decision(advisor, changed(case, at=f"{at[:10]}T{hour}")) for hour in ("00:00", "06:30", "22:30")]
            if {"deny", "review"} & set(hours):
                yield case.get("id"), decision(advisor, changed(case, at=at[:10])), "allow"

    assert wrong(swept()) == []


def test_history_after_the_act_is_refused(advisor: Advisor) -> None:
    later = {"at": "2062-04-01", "event": "cease_notice_received"}
    for case in allowed():
        assert decision(advisor, {**case, "history": [*case.get("history", ()), later]}) == "refused", case.get("id")


ABOUT_A_NUMBER = (
    {"event": "learned_not_debtors_number"},
    {"event": "opt_out", "scope": "endpoint"},
    {"event": "reassignment_check", "facts": {"database": "fcc", "result": "reassigned"}},
)
"""What may be known of one number or address alone."""


def test_an_act_that_leaves_its_number_out_gets_no_further_than_one_that_names_a_bad_one(advisor: Advisor) -> None:
    def swept() -> Iterator[tuple[Any, str, str]]:
        for stated in allowed():
            if stated["action"]["kind"] not in ("contact", "respond") or "endpoint" in stated["action"]:
                continue
            case = deepcopy(stated)
            case.get("debtor", {}).pop("endpoints", None)
            for known in ABOUT_A_NUMBER:
                event = known | {"at": case["action"]["at"][:10], "endpoint": "one"}
                event |= {"channel": case["action"]["channel"]} if known["event"] == "opt_out" else {}
                with_event = case | {"history": [*case.get("history", ()), event]}
                if decision(advisor, changed(with_event, endpoint="one")) in ("deny", "review"):
                    yield (case.get("id"), known), decision(advisor, with_event), "allow"

    found = list(swept())
    assert len(found) > 100
    assert wrong(iter(found)) == []


def test_empty_lists_change_nothing(advisor: Advisor) -> None:
    for case in allowed():
        lists: dict[str, Any] = {
            key: [] for key in ("debts", "omits", "heard_by", "envelope", "languages") if key not in case["action"]
        }
        assert decision(advisor, changed(case, **lists)) == "allow", case.get("id")


def test_an_hour_that_was_named_as_bad_forbids_also_where_it_runs_over_midnight(advisor: Advisor) -> None:
    for case in allowed():
        at = case["action"]["at"]
        if case["action"]["kind"] != "contact" or case["jurisdiction"] != "US" or "T" not in at:
            continue
        debtor = case.get("debtor", {})
        plain = {**case, "debtor": {**debtor, "inconvenient": [{"from": "00:00", "to": "24:00"}]}}
        wrapped = {**case, "debtor": {**debtor, "inconvenient": [{"from": "23:59", "to": "23:58"}]}}
        assert decision(advisor, plain) == decision(advisor, wrapped), case.get("id")


def test_an_endpoint_that_is_not_listed_is_refused(advisor: Advisor) -> None:
    listed = [case for case in allowed() if "endpoint" in case["action"] and case.get("debtor", {}).get("endpoints")]
    assert listed
    for case in listed:
        assert decision(advisor, changed(case, endpoint="nobodys")) == "refused", case.get("id")


# ---- what rests on covers ----------------------------------------------------------------------------------------


@COVERS
def test_a_channel_that_no_law_names_is_never_allowed() -> None:
    signals = Channel(
        name="smoke",
        title="smoke signals",
        electronic=False,
        written=False,
        spoken=False,
        tied_to_place=False,
        public=False,
        postal=False,
        in_person=False,
        docs="Seen from afar.",
    )
    plugins = load_plugins([SimpleNamespace(collectrules_channels=collectrules.hookimpl(lambda: [signals]))])
    advisor = Advisor(Rulebook(plugins.ruleset_folders, plugins.language), today=TODAY)
    contacts = (case for case in allowed() if case["action"]["kind"] in ("contact", "respond") and is_bound(case))
    cases = ((case.get("id"), decision(advisor, changed(case, channel="smoke")), "allow") for case in contacts)
    assert wrong(cases) == []


@COVERS
def test_a_day_before_the_law_is_never_allowed(advisor: Advisor) -> None:
    def swept() -> Iterator[tuple[Any, str, str]]:
        for case in allowed():
            early = {key: value for key, value in changed(case, at="1925-04-01T12:00").items() if key != "history"}
            yield case.get("id"), decision(advisor, early), "allow"

    assert wrong(swept()) == []


@COVERS
def test_a_federal_country_without_its_part_is_never_allowed(advisor: Advisor) -> None:
    def swept() -> Iterator[tuple[Any, str, str]]:
        for case in allowed():
            country, _, part = case["jurisdiction"].partition("-")
            if part and country in ("US", "CA"):
                bare = {key: value for key, value in case.items() if key != "applicable_law"}
                yield case.get("id"), decision(advisor, {**bare, "jurisdiction": country}), "allow"

    assert wrong(swept()) == []
