"""A country alone is doubted where all that tells where the debtor is speaks for a part of another country."""

from __future__ import annotations

from typing import Any

import pytest

from collectrules.case.country_meant import doubt
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput


def case(jurisdiction: str, debtor: dict[str, Any] | None = None, **debt: Any) -> dict[str, Any]:
    return {
        "version": 2,
        "jurisdiction": jurisdiction,
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "consumer", **debt}],
        "debtor": debtor or {},
        "action": {"kind": "contact", "channel": "letter", "at": "2026-03-02"},
    }


DELAWARE = {"addresses": [{"country": "US", "region": "DE"}]}
WILMINGTON = {"endpoints": [{"number": "+1 302 555 0142"}]}
BERLIN = {"addresses": [{"country": "DE"}]}
IN_DOLLARS: dict[str, Any] = {"amount": "10.00", "currency": "USD"}


@pytest.mark.parametrize(
    ("stated", "part"),
    [
        (case("DE", {"time_zone": "America/New_York"}), "US-DE"),
        (case("DE", {"time_zone": ["America/New_York", "America/Chicago"]}), "US-DE"),
        (case("DE", DELAWARE), "US-DE"),
        (case("DE", WILMINGTON), "US-DE"),
        (case("DE", **IN_DOLLARS), "US-DE"),
        (case("IN", {"time_zone": "America/Indiana/Indianapolis"}), "US-IN"),
        (case("NL", {"time_zone": "America/St_Johns"}), "CA-NL"),
        (case("CA", {"endpoints": [{"number": "+1 415 555 0142"}]}), "US-CA"),
        (case("CA", {"addresses": [{"country": "US", "region": "CA"}]}), "US-CA"),
    ],
)
def test_a_state_written_as_a_country_is_told(stated: dict[str, Any], part: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(stated)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message.endswith(f"is {part} meant?")) == ("CR030", True)
    assert doubt({**stated, "jurisdiction": part}) is None


@pytest.mark.parametrize("key", ["phone", "mobile"])
@pytest.mark.parametrize("number", ["508-555-0142", "(508) 555-0142", "508.555.0142"])
def test_it_is_told_with_all_else_that_is_wrong(key: str, number: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(case("MA", {key: number}))
    assert [problem.code for problem in caught.value.problems] == ["CR011", "CR030"]


@pytest.mark.parametrize(
    "stated",
    [
        case("DE"),
        case("DE", {"time_zone": "Europe/Berlin"}, **IN_DOLLARS),
        case("DE", {**BERLIN, **WILMINGTON}),
        case("DE", {"addresses": [*BERLIN["addresses"], *DELAWARE["addresses"]]}),
        case("DE", amount="10.00", currency="EUR"),
        case("DE", kind="commercial", **IN_DOLLARS),  # invoices to firms are in any currency
        case("DE", {"time_zone": "Asia/Kolkata"}),  # that says nothing of a country with such a part
        case("CA", {"time_zone": "America/Toronto"}),
        case("IN", {"time_zone": "Asia/Kolkata"}, **IN_DOLLARS),
        case("FR", {"time_zone": "America/New_York"}),  # no part of another country is called so
        {**case("DE", WILMINGTON), "applicable_law": ["DE"]},
    ],
)
def test_a_country_that_anything_speaks_for_is_taken(stated: dict[str, Any]) -> None:
    assert case_from_mapping(stated).jurisdiction == stated["jurisdiction"]
