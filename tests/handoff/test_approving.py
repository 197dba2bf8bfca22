"""A review that a named person answers for goes with name and reason; a denial, a gap or another account do not."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from collectrules import cli
from collectrules.handoff import telling
from collectrules.handoff.approving import Approval

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.handoff.preflight import Handoff

    Make = Callable[..., Handoff]
    CaseOf = Callable[..., Case]

PLACED = {"event": {"event": "placed_with_agency"}}
APPROVAL = Approval("C-1042", "K. Osei", "the agency gave it back in October")


def test_a_review_is_approved_and_stays_a_review(handoff: Make, case_of: CaseOf) -> None:
    before = handoff("package").preflight(case_of(**PLACED))
    assert (before.ready, before.decision, before.approved) == (False, "review", None)
    answer = handoff("package", approval=APPROVAL).preflight(case_of(**PLACED))
    assert (answer.ready, answer.decision, answer.blockers) == (True, "review", ())
    assert answer.approved is not None
    assert set(answer.approved.what) == {each.rule for each in before.blockers if each.by in ("law", "policy")}
    assert (answer.approved.by, answer.approved.because) == (APPROVAL.by, APPROVAL.because)
    told = telling.as_text(answer)
    assert told.startswith("READY")
    assert "approved by K. Osei: the agency gave it back in October" in " ".join(told.split())
    jsonschema.validate(json.loads(telling.as_json(answer)), telling.schema("handoff"))


@pytest.mark.parametrize(
    "changes",
    [
        {"debt": {"identity_theft_notified": True}},
        {"debt": {"paid": True}},
        {"debt": {"amount": "1841.00"}},
        {"debt": {"identity_theft_notified": True}, **PLACED},
    ],
)
def test_a_denial_is_never_approved(handoff: Make, case_of: CaseOf, changes: dict[str, Any]) -> None:
    plain = handoff("package").preflight(case_of(**changes))
    answer = handoff("package", approval=APPROVAL).preflight(case_of(**changes))
    assert answer == plain
    assert (answer.ready, answer.decision, answer.approved) == (False, "deny", None)


def test_it_holds_for_no_other_account(handoff: Make, case_of: CaseOf) -> None:
    other = Approval("C-1043", APPROVAL.by, APPROVAL.because)
    answer = handoff("package", approval=other).preflight(case_of(**PLACED))
    assert (answer.ready, answer.approved) == (False, None)


def test_what_a_format_lacks_is_not_approved(handoff: Make, case_of: CaseOf) -> None:
    nameless = {"debtor": {"name": None}}
    answer = handoff("package", approval=APPROVAL).preflight(case_of(**PLACED, **nameless))
    assert not answer.ready
    assert {each.by for each in answer.blockers} == {"field"}


def test_where_nothing_is_for_review_nothing_is_approved(handoff: Make, case_of: CaseOf) -> None:
    answer = handoff("package", approval=APPROVAL).preflight(case_of())
    assert (answer.ready, answer.decision, answer.approved) == (True, "allow", None)


@pytest.mark.parametrize("lacks", ["account", "by", "because"])
def test_an_approval_names_who_and_why(lacks: str) -> None:
    stated = {"account": "C-1042", "by": "K. Osei", "because": "settled", lacks: " "}
    with pytest.raises(ValueError, match="an approval names its account, who approves, and why"):
        Approval(**stated)


def test_the_package_and_the_receipt_keep_it(
    case_of: CaseOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.json").write_text(json.dumps({"id": "C-1042", **case_of(**PLACED).to_versioned_mapping()}))
    (tmp_path / "to.yaml").write_text(
        "receiver: Harbour\nkind: agency\nfields:\n"
        "  creditor.address: {lines: [1 Quay Street], city: Austin, region: TX, postal_code: '78701', country: US}\n"
    )
    sums = {"basis": "last_payment", **dict.fromkeys(("interest", "fees", "credits"), "0.00"), "balance": "1840.00"}
    details = {"itemization.date": "2026-09-15", **{f"itemization.{name}": value for name, value in sums.items()}}
    (tmp_path / "details.jsonl").write_text(json.dumps({"account": "C-1042", **details}))
    command = ["handoff", "case.json", "--format", "package", "--to", "to.yaml", "--details", "details.jsonl"]
    days = ["--at", "2026-11-29", "--today", "2026-11-29"]
    assert cli.run([*command, "-o", "a.zip", *days]) == 3
    approved = ["--approved-by", "K. Osei", "--because", "the agency gave it back"]
    assert cli.run([*command, "-o", "a.zip", *days, *approved]) == 2, "an approval is of one account that is named"
    assert "a review is approved for one account" in capsys.readouterr().err
    assert cli.run([*command, "-o", "a.zip", *days, "--account", "C-1042", *approved]) == 0
    with zipfile.ZipFile("a.zip") as package:
        stated = json.loads(package.read("account.json"))
        assert "approved by K. Osei" in package.read("cover.html").decode()
        verdict = json.loads(package.read("decisions.jsonl"))
    jsonschema.validate(stated, telling.schema("package"))
    (account,) = stated["accounts"]
    assert account["decision"]["word"] == verdict["decision"] == "review"
    assert account["decision"]["approved"]["because"] == "the agency gave it back"
    del account["decision"]["approved"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stated, telling.schema("package"))
    receipt = json.loads((tmp_path / "a.zip.receipt.jsonl").read_text().splitlines()[0])
    assert receipt["approved"]["by"] == "K. Osei"
