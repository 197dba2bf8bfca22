"""A verdict is the same whatever debts and endpoints are called, and names them as the case does."""

import json

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.output.rendering import as_json, as_text


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load()


@pytest.mark.parametrize("debt", ["INV-1042", "a].paid", "x.y", "debts[A]", "debtor.minor", "history"])
def test_ids_change_nothing_but_names(advisor: Advisor, debt: str) -> None:
    def told(debt: str, endpoint: str) -> tuple[str, str]:
        mapping = {
            "jurisdiction": "US",
            "collector": {"role": "third_party"},
            "debts": [{"id": debt, "kind": "consumer"}, {"id": "Z-other", "kind": "consumer"}],
            "debtor": {"time_zone": "America/New_York", "endpoints": [{"id": endpoint, "channel": "phone"}]},
            "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00", "endpoint": endpoint},
        }
        verdict = advisor.explore(case_from_mapping(mapping))
        as_text(verdict)
        return as_json(verdict), verdict.decision

    plain, decision = told("DEBT0001", "phone0001")
    named, same = told(debt, "+1 (850) 555-0142 [home].x")
    assert decision == same == "review"
    expected = plain.replace("DEBT0001", json.dumps(debt)[1:-1]).replace("phone0001", "+1 (850) 555-0142 [home].x")
    differing = {"decision_id"}  # a digest of the case
    assert {key for key, value in json.loads(named).items() if value != json.loads(expected)[key]} <= differing
    assert f"debts[{debt}].paid" in {each["fact"] for each in json.loads(named)["unknown"]}
