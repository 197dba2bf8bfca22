"""The golden files are read and written byte for byte; a draft has what a collector reports, and counts it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import collectrules_metro2
from collectrules import Advisor, Handoff, hand_over, testing
from collectrules_metro2 import records, segments

if TYPE_CHECKING:
    from collectrules import Case, Preflight

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 29)
RECEIVER = f"""
receiver: the three bureaus
kind: bureau
fields:
  metro2.reporter: FERNBANK RECOVERY
  metro2.reporter_address: 1 QUAY STREET, AUSTIN TX 78701
  metro2.identification: FR001
  metro2.account_type: '48'
  metro2.payment_history: {"B" * 24}
"""
DETAILS = """
C-1042:
  debtor.first_name: Kwame
  debtor.last_name: Osei
  debtor.national_id: 159-32-8759
  debtor.birth_date: 1972-03-18
  original_creditor.name: FERNBANK SUPPLY
  metro2.ecoa: '1'
  metro2.status: '93'
  metro2.opened: 2026-08-01
  metro2.original_amount: '2040.99'
  metro2.first_delinquency: 2026-03-31
  metro2.creditor_classification: '01'
"""


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.dat")), ids=lambda path: path.stem)
def test_a_golden_file_comes_back_byte_for_byte(path: Path) -> None:
    file = records.read(path.read_bytes())
    assert file.records or file.segments
    assert file.to_bytes() == path.read_bytes()


def as_golden(segment: segments.Segment) -> dict[str, Any]:
    """The fields as the golden JSON names them, without those of zeros and blanks."""
    values: dict[str, Any] = {}
    for name, value in segment.values.items():
        key = name[0].lower() + name[1:]
        values[key.replace("eCOA", "ecoa").replace("ECOACodeZ", "ECOACodeZ")] = value
    return {key: value for key, value in values.items() if value not in (None, 0, "")}


def golden(values: dict[str, Any]) -> dict[str, Any]:
    """The same of the golden JSON: days without a time."""
    made: dict[str, Any] = {}
    for key, value in values.items():
        if key == "timeStamp" or key.endswith("DescriptorWord"):
            continue
        day = isinstance(value, str) and value.endswith("T00:00:00Z")
        made[key] = date.fromisoformat(value[:10]) if day else value
    return {key: value for key, value in made.items() if value not in (None, 0, "")}


def without_words(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "timeStamp" and not key.endswith("DescriptorWord")}


def test_what_is_read_is_what_the_golden_json_says() -> None:
    expected = json.loads((GOLDEN / "unpacked_fixed_file.json").read_text(encoding="utf-8"))
    header, base, trailer = records.read((GOLDEN / "unpacked_fixed_file.dat").read_bytes()).records
    assert without_words(as_golden(header.base)) == golden(expected["header"])
    assert without_words(as_golden(base.base)) == golden(expected["data"][0]["base"])
    assert without_words(as_golden(trailer.base)) == golden(expected["trailer"])
    more = {each.name: without_words(as_golden(each)) for each in base.more}
    for name, part in {"J1": "j1", "J2": "j2", "K3": "k3", "L1": "l1", "N1": "n1"}.items():
        stated = expected["data"][0][part]
        assert more[name] == golden(stated[0] if isinstance(stated, list) else stated), name


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"abc", "a record begins with its length"),
        (b"0426HEADER", "ends after 10"),
        (b"J1 SHORT", "a J1 segment has 100 characters"),
        (b"K1" + b"x" * 30 + b"04" + b"Q9", "no segment begins with `Q9`"),
        (b"K1" + b"x" * 30 + b"4 ", "which is no number of 2 digits"),
    ],
)
def test_a_damaged_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        records.read(data)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(rulesets=[Handoff.RULESETS], today=TODAY)


def case(advisor: Advisor, *history: dict[str, Any], **debt: Any) -> Case:
    """An agency that has spoken with the debtor, so that Regulation F lets it report."""
    home = {
        "use": "home",
        "lines": ["12 Elm Street", "Flat 3"],
        "city": "Austin",
        "region": "TX",
        "postal_code": "78701",
        "country": "US",
    }
    spoke = {"at": "2026-09-01T12:00", "channel": "phone", "direction": "outbound", "outcome": "conversation"}
    return advisor.case(
        {
            "version": 2,
            "record": "complete",
            "collector": {"role": "third_party", "name": "Fernbank Recovery"},
            "creditor": {"kind": "company", "name": "Fernbank Supply"},
            "debtor": {
                "id": "C-1042",
                "name": "K. Osei",
                "kind": "natural_person",
                "time_zone": "America/Chicago",
                "addresses": [home],
                "endpoints": [{"number": "+1 512 555 0142"}],
            },
            "debts": [
                {
                    "id": "INV-1042",
                    "kind": "consumer",
                    "amount": "1840.99",
                    "currency": "USD",
                    "due": "2026-03-01",
                    **debt,
                }
            ],
            "history": [spoke, *history],
        }
    )


@pytest.fixture
def handoff(advisor: Advisor, tmp_path: Path) -> Handoff:
    return made(advisor, tmp_path, DETAILS)


def made(advisor: Advisor, folder: Path, details: str) -> Handoff:
    (folder / "bureaus.yaml").write_text(RECEIVER, encoding="utf-8")
    (folder / "details.yaml").write_text(details, encoding="utf-8")
    return Handoff.load(
        collectrules_metro2.FORMAT, folder / "bureaus.yaml", details=folder / "details.yaml", advisor=advisor
    )


def test_a_draft_is_read_back_and_its_trailer_counts(handoff: Handoff, advisor: Advisor, tmp_path: Path) -> None:
    other = case(advisor)
    assert other.debtor is not None
    cases = [case(advisor), other.but(debtor=other.debtor.but(id="C-2"))]
    (tmp_path / "details.yaml").write_text(DETAILS + DETAILS.replace("C-1042", "C-2"), encoding="utf-8")
    handoff = Handoff.load(
        collectrules_metro2.FORMAT, tmp_path / "bureaus.yaml", details=tmp_path / "details.yaml", advisor=advisor
    )
    run = hand_over(handoff, cases, tmp_path / "out.draft")
    assert run.accounts == 2
    data = (tmp_path / "out.draft").read_bytes()
    header, first, second, trailer = records.read(data).records
    assert {each.length for each in (header, first, second, trailer)} == {460}
    assert header.base.values["SoftwareVendorName"] == "DRAFT, NOT FOR SUBMISSION"
    values = first.base.values
    assert (values["PortfolioType"], values["AccountType"], values["AccountStatus"]) == ("O", "48", "93")
    assert (values["CurrentBalance"], values["HighestCredit"]) == (1840, 2040), "cents are cut"
    assert (values["DateFirstDelinquency"], values["DateBirth"]) == (date(2026, 3, 31), date(1972, 3, 18))
    assert (values["SocialSecurityNumber"], values["TelephoneNumber"]) == (159328759, 5125550142)
    assert [each.name for each in first.more] == ["K1"]
    totals = trailer.base.values
    assert (totals["TotalBaseRecords"], totals["BlockCount"], totals["TotalStatusCode93"]) == (2, 4, 2)
    assert (totals["TotalOriginalCreditorSegments"], totals["TotalSocialNumbersAllSegments"]) == (2, 2)
    assert records.read(data).to_bytes() == data


def blockers(preflight: Preflight) -> str:
    return " ".join(blocker.what for blocker in preflight.blockers)


@pytest.mark.parametrize(
    ("was", "becomes", "what"),
    [
        ("metro2.status: '93'", "metro2.status: '62'", "status 62 says paid in full"),
        ("159-32-8759", "8759", "nine digits"),
        ("first_delinquency: 2026-03-31", "first_delinquency: 2026-08-02", "the first delinquency is later"),
        ("original_creditor.name: FERNBANK SUPPLY", "", "the name of the original creditor is missing"),
        ("Osei", "Ōsei", "Surname takes 25 plain characters"),
    ],
)
def test_what_the_format_refuses(advisor: Advisor, tmp_path: Path, was: str, becomes: str, what: str) -> None:
    assert was in DETAILS
    details = DETAILS.replace(f"  {was}\n", "") if not becomes else DETAILS.replace(was, becomes)
    assert what in blockers(made(advisor, tmp_path, details).preflight(case(advisor)))


def test_a_debt_may_not_be_reported_before_the_consumer_was_reached(handoff: Handoff, advisor: Advisor) -> None:
    silent = case(advisor).but(history=())
    answer = handoff.preflight(silent)
    assert (answer.decision, [each.citation for each in answer.blockers]) == ("deny", ["12 CFR 1006.30(a)(1)"])


def test_a_debt_in_dispute_is_not_reported_unseen(handoff: Handoff, advisor: Advisor) -> None:
    dispute = {"at": "2026-11-20", "event": "dispute_received", "form": "written"}
    answer = handoff.preflight(case(advisor, dispute))
    assert not answer.ready
    assert any("1681s-2(a)(3)" in blocker.citation for blocker in answer.blockers)


def test_the_format_conforms() -> None:
    testing.assert_conforms(collectrules_metro2.FORMAT)
