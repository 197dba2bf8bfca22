"""The records have their published lengths, keep what they hold, and refuse what does not fit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import collectrules_ygc
from collectrules import Advisor, Handoff, hand_over, testing
from collectrules_ygc import records

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules import Case, Preflight

TODAY = date(2026, 11, 29)
RECEIVER = """
receiver: Quay Law
kind: law_firm
fields: {ygc.forwarder: FERN, ygc.firm: QUAY, ygc.claim_type: SUIT, ygc.commission: '2500', ygc.law_list: ALQ}
"""
DETAILS = """
C-1042:
  itemization.date: 2026-09-15
  itemization.basis: last_payment
  itemization.balance: '1840.00'
  itemization.interest: '0.00'
  itemization.fees: '0.00'
  itemization.credits: '0.00'
  interest.rate: '19.50'
  debtor.first_name: Kwame
  debtor.last_name: Osei
"""


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(rulesets=[Handoff.RULESETS], today=TODAY)


def case(advisor: Advisor, **debtor: Any) -> Case:
    home = {
        "use": "home",
        "lines": ["12 Elm Street"],
        "city": "Austin",
        "region": "TX",
        "postal_code": "01234-0001",
        "country": "US",
    }
    mail = {
        "use": "mail",
        "lines": ["PO Box 7"],
        "city": "Austin",
        "region": "TX",
        "postal_code": "78701",
        "country": "US",
    }
    stated = {
        "id": "C-1042",
        "name": "K. Osei",
        "kind": "natural_person",
        "addresses": [home, mail],
        "endpoints": [{"number": "+1 512 555 0142"}],
    }
    paid = {"at": "2026-09-15", "event": "payment", "amount": "200.00", "currency": "USD", "debts": ["INV-1042"]}
    debt = {
        "id": "INV-1042",
        "kind": "consumer",
        "amount": "1840.00",
        "invoiced": "2040.00",
        "currency": "USD",
        "issued": "2026-08-01",
        "due": "2026-08-31",
    }
    return advisor.case(
        {
            "version": 2,
            "record": "complete",
            "collector": {"role": "creditor", "name": "Fernbank Supply"},
            "creditor": {"kind": "company", "name": "Fernbank Supply of the Southern States"},
            "debtor": {**stated, **debtor},
            "debts": [debt],
            "history": [paid],
        }
    )


@pytest.fixture
def handoff(advisor: Advisor, tmp_path: Path) -> Handoff:
    receiver, details = tmp_path / "quay.yaml", tmp_path / "details.yaml"
    receiver.write_text(RECEIVER, encoding="utf-8")
    details.write_text(DETAILS, encoding="utf-8")
    return Handoff.load(collectrules_ygc.FORMAT, receiver, details=details, advisor=advisor)


@pytest.mark.parametrize(("record", "length"), sorted(records.LENGTHS.items()))
def test_a_record_has_its_published_length(record: str, length: int) -> None:
    columns = records.layout(record)
    assert sum(column.size for column in columns) == length
    ends = [1, *(column.start + column.size for column in columns)]
    assert [column.start for column in columns] == ends[:-1], "no gap and no overlap"
    assert len(records.written(record, {"RECORD_CODE": record})) == length


def test_an_account_is_written_with_its_decision(handoff: Handoff, advisor: Advisor, tmp_path: Path) -> None:
    assert hand_over(handoff, [case(advisor)], tmp_path / "out.ygc").accounts == 1
    lines = (tmp_path / "out.ygc").read_text(encoding="ascii").split("\n")[:-1]
    read = [records.read(line) for line in lines]
    assert [each["RECORD_CODE"] for each in read] == ["01", "02", "22", "24", "09"]
    account, debtor, further, payment, note = read
    assert (account["FILENO"], account["FORW_FILE"], account["FORW_ID"], account["FIRM_ID"]) == (
        "C-1042",
        "C-1042",
        "FERN",
        "QUAY",
    )
    assert (account["DATE_FORW"], account["RATES_PRE"], account["DEBT_BAL"]) == ("20261129", ".1950", "1840.00")
    assert (account["CRED_NAME"], account["CRED_NAME2"]) == ("Fernbank Supply of the So", "uthern States")
    assert lines[0][232:246] == "       1840.00"
    assert (debtor["D1_NAME"], debtor["D1_ZIP"], debtor["D1_PHONE"]) == ("Osei/Kwame", "012340001", "5125550142")
    assert (debtor["D1_SSN"], debtor["D1_DOB"], debtor["D1_DL"]) == ("", "", "")
    assert (further["STREET"], further["ZIP"]) == ("PO Box 7", "78701")
    assert (payment["POST_D"], payment["TOTAL_COLL"], payment["DBTR_BAL"]) == ("20260915", "200.00", "1840.00")
    assert note["PCMT"].startswith("decision allow ")
    assert "us.federal.regulation_f@" in note["PCMT"]


def blockers(preflight: Preflight) -> str:
    return " ".join(blocker.what for blocker in preflight.blockers)


@pytest.mark.parametrize(
    ("debtor", "what"),
    [
        ({"id": "C-10420000X"}, "the number of the account has 11 characters; the format takes 10"),
        (
            {"addresses": [{"lines": ["x" * 51], "city": "Austin", "region": "TX", "country": "US"}]},
            "D1_STREET_LONG takes 50",
        ),
        (
            {"addresses": [{"lines": ["Straße"], "city": "Austin", "region": "TX", "country": "US"}]},
            "plain letters only",
        ),
        (
            {"addresses": [{"lines": ["a", "b", "c"], "city": "Austin", "region": "TX", "country": "US"}]},
            "more than two lines",
        ),
        ({"addresses": [{"region": "TX", "country": "US"}]}, "an address with a street and a town is missing"),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut(
    handoff: Handoff, advisor: Advisor, debtor: dict[str, Any], what: str
) -> None:
    assert what in blockers(handoff.preflight(case(advisor, **debtor)))


def test_a_person_needs_both_names(advisor: Advisor, handoff: Handoff, tmp_path: Path) -> None:
    details = tmp_path / "less.yaml"
    details.write_text(DETAILS.replace("  debtor.first_name: Kwame\n", ""), encoding="utf-8")
    less = Handoff.load(collectrules_ygc.FORMAT, tmp_path / "quay.yaml", details=details, advisor=advisor)
    assert "last name and first name" in blockers(less.preflight(case(advisor)))
    assert handoff.preflight(case(advisor)).ready


def test_a_field_takes_what_it_holds_and_nothing_longer() -> None:
    assert records.written("12", {"DP_CASH": Decimal("99999999999.99")})[109:123] == "99999999999.99"
    with pytest.raises(records.DoesNotFit, match="DP_CASH takes 14 characters"):
        records.written("12", {"DP_CASH": Decimal("999999999999.99")})
    with pytest.raises(KeyError, match="no field DP_CASHED"):
        records.written("12", {"DP_CASHED": "1"})
    with pytest.raises(records.DoesNotFit, match="RATES_PRE"):
        records.written("01", {"RATES_PRE": Decimal("1.5")})
    with pytest.raises(ValueError, match="no record of 3 characters"):
        records.read("12x")


def test_the_format_conforms() -> None:
    testing.assert_conforms(collectrules_ygc.FORMAT)
