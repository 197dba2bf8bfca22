"""What the built-in formats write: whole, the same bytes for the same accounts, and safe to open."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import jsonschema
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from collectrules.handoff import telling
from collectrules.handoff.writing import hand_over
from collectrules.plugins.accounts import Account, Field, NotAsked, Receiver
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.handoff.preflight import Handoff

EVIL = ['=HYPERLINK("http://x")', "+1+2", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "|x", "%0A"]
ZEROS = {
    "addresses": [
        {
            "use": "home",
            "lines": ["12 Elm Street"],
            "city": "Lee",
            "region": "MA",
            "postal_code": "01238",
            "country": "US",
        }
    ]
}
"""An address whose code has a zero in front."""


def written(handoff: Handoff, path: Path, *cases: Case) -> bytes:
    assert hand_over(handoff, cases, path, replace=True).accounts == len(cases)
    return path.read_bytes()


def table(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_package_is_whole_and_its_json_keeps_the_published_schema(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    papers = tmp_path / "papers" / "C-1042"
    papers.mkdir(parents=True)
    (papers / "contract.pdf").write_bytes(b"%PDF-1.7")
    content = written(handoff("package", documents=papers.parent), tmp_path / "out.zip", case_of())
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    manifest, account = json.loads(archive.read("manifest.json")), json.loads(archive.read("account.json"))
    validator = jsonschema.Draft202012Validator(telling.schema("package"))
    for part in (manifest, account):
        validator.validate(part)
    assert not validator.is_valid({**manifest, "accounts": 0})
    assert not validator.is_valid({**account, "accounts": [{**account["accounts"][0], "ssn": "1"}]})
    assert {part["name"] for part in manifest["parts"]} == set(archive.namelist()) - {"manifest.json"}
    for part in manifest["parts"]:
        assert part["sha256"] == sha256(archive.read(part["name"])).hexdigest()
    assert archive.read("documents/C-1042/contract.pdf") == b"%PDF-1.7"
    decision = json.loads(archive.read("decisions.jsonl"))
    assert decision["decision_id"] == account["accounts"][0]["decision"]["id"]
    assert {used["id"] for used in decision["rulesets"]} >= {"us.federal.regulation_f", "house.handoff"}
    assert "K. Osei" in archive.read("cover.html").decode()
    assert b'"2026-09-15","payment","INV-1042","-200.00","1840.00","USD"' in archive.read("ledger.csv")


@pytest.mark.parametrize(("account", "folder"), [(".", "%2E"), ("..", "%2E%2E"), ("a/../b", "a%2F..%2Fb")])
def test_the_documents_of_an_account_lie_in_a_folder_of_its_own(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path, account: str, folder: str
) -> None:
    papers = tmp_path / "papers" / folder
    papers.mkdir(parents=True)
    (papers / "contract.pdf").write_bytes(b"%PDF-1.7")
    case = case_of(debtor={"id": account}, debt={"kind": "commercial"})
    content = written(handoff("package", documents=papers.parent), tmp_path / "out.zip", case)
    assert f"documents/{folder}/contract.pdf" in zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.parametrize("form", ["package", "placement_csv", "placement_xlsx"])
def test_the_same_account_makes_the_same_bytes(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path, form: str
) -> None:
    other = case_of(debtor={"id": "C-2"}, debt={"kind": "commercial"})
    first = written(handoff(form), tmp_path / "one", case_of(), other)
    assert first == written(handoff(form), tmp_path / "two", case_of(), other)


def test_a_table_keeps_zeros_and_makes_formulas_inert(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    columns = "  columns: {'=Ref': account.id, Name: debtor.name, ZIP: debtor.postal_code, Phone: debtor.phone_1}"
    for evil in EVIL:
        row = table(
            written(
                handoff("placement_csv", "fields:", columns),
                tmp_path / "a.csv",
                case_of(debtor={"name": evil, **ZEROS}),
            )
        )
        assert row == [{"'=Ref": "C-1042", "Name": f"'{evil}", "ZIP": "01238", "Phone": "'+18505550142"}]


def as_a_spreadsheet_would(cell: str) -> str:
    """What is left of a cell after a program that takes digits for a number has opened and saved the file."""
    if cell.isdecimal():
        return f"{float(cell):.15g}"
    return cell


def test_zeros_survive_a_spreadsheet_where_the_receiver_wants_it(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    columns = "  columns: {ZIP: debtor.postal_code, Number: account.id, Cents: account.amount as cents}"
    case = case_of(debtor={"id": "12345678901234567890", **ZEROS}, debt={"kind": "commercial"})
    plain = table(written(handoff("placement_csv", "fields:", columns), tmp_path / "a.csv", case))[0]
    assert (plain["ZIP"], as_a_spreadsheet_would(plain["ZIP"])) == ("01238", "1238")
    safe = handoff("placement_csv", "fields:", columns, "  zeros: apostrophe")
    row = table(written(safe, tmp_path / "b.csv", case))[0]
    assert {name: as_a_spreadsheet_would(cell).removeprefix("'") for name, cell in row.items()} == {
        "ZIP": "01238",
        "Number": "12345678901234567890",
        "Cents": "184000",
    }


def test_a_workbook_survives_two_spreadsheet_readers(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    columns = "  columns: {Ref: account.id, Name: debtor.name, ZIP: debtor.postal_code, Phone: debtor.phone_1}"
    for evil in [*EVIL, 'a & b < c > "d" \x01 \N{SNOWMAN}']:
        path = tmp_path / "a.xlsx"
        written(handoff("placement_xlsx", "fields:", columns), path, case_of(debtor={"name": evil, **ZEROS}))
        read = evil.replace("\x01", " ")
        expected = ["C-1042", read, "01238", "+18505550142"]
        assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1] == expected
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        cells = next(iter(sheet.iter_rows(min_row=2)))
        assert ([cell.value for cell in cells], {cell.data_type for cell in cells}) in (
            (expected, {"s"}),
            (expected, {"inlineStr"}),
        )


def test_columns_take_the_forms_that_the_receiver_wants(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    lines = (
        "fields:",
        "  columns:",
        "    Phone: debtor.phone_1 as digits",
        "    Cents: account.amount as cents",
        "    Placed: act.day as MM/DD/YYYY",
        "    Source: text ACME",
        "    Rules: decision.rulesets",
        "    DOB: debtor.birth_date",
    )
    row = table(written(handoff("placement_csv", *lines), tmp_path / "a.csv", case_of()))[0]
    assert (row["Phone"], row["Cents"], row["Placed"], row["Source"]) == ("18505550142", "184000", "11/29/2026", "ACME")
    assert "house.handoff@2026.1" in row["Rules"]
    assert row["DOB"] == ""


def test_a_row_for_each_debt(handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path) -> None:
    debts = [{"id": name, "kind": "commercial", "amount": "9.00", "currency": "USD"} for name in ("A", "B")]
    desk = handoff(
        "placement_csv", "fields:", "  rows: debt", "  columns: {Debt: debt.id, Open: debt.open}", details={}
    )
    rows = table(written(desk, tmp_path / "a.csv", case_of(debts=debts, history=[])))
    assert [(row["Debt"], row["Open"]) for row in rows] == [("A", "9.00"), ("B", "9.00")]


@pytest.mark.parametrize(
    ("columns", "what", "mend"),
    [
        ("{Ref: account.di}", "there is no `account.di` to stand in a column", "did you mean `account.id`?"),
        ("{Ref: act.day as roman}", "`as roman` is no form of a cell", "write `as` and one of digits, cents"),
        ("{DOB: debtor.birth_date required}", "the column `DOB` is required", "state debtor.birth_date"),
    ],
)
def test_a_column_that_cannot_be_filled_is_a_blocker(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], columns: str, what: str, mend: str
) -> None:
    answer = handoff("placement_csv", "fields:", f"  columns: {columns}").preflight(case_of())
    assert [blocker.by for blocker in answer.blockers] == ["format"]
    assert what in answer.blockers[0].what
    assert mend in answer.blockers[0].mend[0]


def test_a_format_is_given_the_fields_that_it_names_and_no_others() -> None:
    named, other = Field[str]("debtor.name", "the name"), Field[str]("debtor.birth_date", "the date of birth")
    account = Account({"debtor.name": "K. Osei", "debtor.birth_date": "1980-01-01"}, (named,))
    assert account[named] == "K. Osei"
    assert account.names() == {"debtor.name"}
    with pytest.raises(NotAsked, match="not among its fields"):
        account.get(other)
    with pytest.raises(NotAsked, match="nobody stated it"):
        Account({}, (named,))[named]


def test_every_format_names_what_it_reads_and_carries_out_known_acts(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case]
) -> None:
    for form in load_plugins().handoff_formats.values():
        names = [field.name for field in form.fields]
        assert len(names) == len(set(names)), form.name
        assert form.docs
        assert form.acts


def test_no_national_number_leaves_in_a_package(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    itemization: dict[str, Any] = {"debtor.birth_date": "1980-02-03"}
    debts = [{"id": "A", "kind": "commercial", "amount": "9.00", "currency": "USD"}]
    content = written(handoff("package", details=itemization), tmp_path / "a.zip", case_of(debts=debts, history=[]))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert all(b"1980-02-03" not in archive.read(name) for name in archive.namelist())


def test_a_paid_debt_that_is_history_has_no_row(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    paid = {"id": "A", "kind": "consumer", "amount": "0.00", "currency": "USD", "paid": True}
    debts = [paid, {"id": "B", "kind": "consumer", "amount": "1840.00", "currency": "USD"}]
    case = case_of(debts=debts, history=[])
    by_debt = handoff("placement_csv", "fields: {rows: debt, columns: {Debt: debt.id}}")
    assert table(written(by_debt, tmp_path / "a.csv", case)) == [{"Debt": "B"}]
    by_account = handoff("placement_csv", "fields: {columns: {Debts: debt.id}}")
    assert table(written(by_account, tmp_path / "b.csv", case)) == [{"Debts": "B"}]


def test_a_receiver_gives_what_its_file_states() -> None:
    setting = Field[str]("client", "the client", source="receiver")
    assert Receiver("x", "agency", {"client": "A1"})[setting] == "A1"
    with pytest.raises(NotAsked):
        Receiver("x", "agency", {})[setting]
