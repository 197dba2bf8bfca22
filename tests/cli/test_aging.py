"""`collectrules aging`."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT: dict[str, Any] = {
    "version": 2,
    "id": "K-1",
    "jurisdiction": "DE",
    "record": "complete",
    "collector": {"role": "creditor"},
    "debts": [{"id": "RE-1", "kind": "commercial", "amount": "100.00", "currency": "EUR", "due": "2026-11-01"}],
    "history": [],
}
EXPORT = "Customer,Invoice,Date,Due,Open\nLindenhof,RE-1,2026-10-01,2026-10-31,80.00\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps(ACCOUNT), "utf-8")
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["aging", *arguments, "--as-of", "2026-11-29"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_name_of_the_file_says_the_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "a.jsonl")[1].startswith("aging as of 29 November 2026 · 1 account\n")
    for name, begin in (("a.csv", "account,"), ("a.json", "{"), ("a.html", "<!DOCTYPE"), ("a.txt", "aging as of")):
        code, out, _ = ran(capsys, "a.jsonl", "-o", name)
        assert (code, out) == (0, f"written  {name}\n")
        assert (folder / name).read_text("utf-8").startswith(begin)
    assert ran(capsys, "a.jsonl", "--format", "json")[1].startswith("{")


def test_an_export_is_imported_on_the_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "open.csv").write_text(EXPORT, "utf-8")
    states = [f"--state={each}" for each in ("kind=commercial", "role=creditor", "jurisdiction=DE", "currency=EUR")]
    code, out, err = ran(
        capsys,
        "open.csv",
        "--as",
        "table",
        *states,
        "--column",
        "account=Customer",
        "--column",
        "invoice=Invoice",
        "--column",
        "issued=Date",
        "--column",
        "due=Due",
        "--column",
        "open=Open",
    )
    assert (code, err) == (0, "")
    assert "  1 to 30 days late                1               80.00" in out


def test_what_an_export_lacks_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "open.csv").write_text(EXPORT, "utf-8")
    code, out, err = ran(capsys, "open.csv", "--as", "table")
    assert (code, out) == (2, "")
    assert "currency" in err


@pytest.mark.parametrize("said", [("--state", "currency=USD"), ("--as", "table"), ("--column", "open=Rest")])
def test_what_is_said_of_an_export_needs_one(
    folder: Path, capsys: pytest.CaptureFixture[str], said: tuple[str, str]
) -> None:
    code, out, err = ran(capsys, "a.jsonl", *said)
    assert (code, out) == (2, "")
    assert "are of an export, and a.jsonl is read as accounts" in err
    (folder / "b.csv").write_text(EXPORT, "utf-8")
    assert ran(capsys, "a.jsonl", "b.csv", *said)[2] != err
    assert ran(capsys, *said) == ran(capsys)  # no file at all


def test_what_cannot_be_read_is_told_and_the_rest_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text(f'{json.dumps(ACCOUNT)}\n{{"id": "K-2"}}\n', "utf-8")
    code, out, err = ran(capsys, "a.jsonl")
    assert code == 2
    assert "1 account" in out
    assert "could not be used" in out
    assert "a.jsonl:2" in err


def test_nothing_is_no_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys)[0] == 4
    assert ran(capsys, "none.jsonl")[0] == 2


@pytest.mark.parametrize("days", ["30,30", "60,30", "0,30", "thirty", "", "30,"])
def test_buckets_rise(folder: Path, capsys: pytest.CaptureFixture[str], days: str) -> None:
    code, _, err = ran(capsys, "a.jsonl", "--buckets", days)
    assert code == 2
    assert "write the last day of each bucket: 30,60,90" in err
    assert ran(capsys, "a.jsonl", "--buckets", "10,20")[0] == 0


def test_a_file_whose_ending_says_no_format_is_not_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "a.jsonl", "-o", "a.pdf")
    assert code == 2
    assert "let it end with .csv, .html, .json, .txt" in err
    assert not (folder / "a.pdf").exists()
    assert ran(capsys, "a.jsonl", "-o", "a.pdf", "--format", "text")[0] == 0


def test_credits_that_no_invoice_took_are_told_with_the_net(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    credit = {"at": "2026-11-02", "event": "credit_note", "amount": "30.00", "currency": "EUR"}
    taken = {"at": "2026-11-03", "event": "payment", "amount": "5.00", "currency": "EUR", "debts": ["RE-1"]}
    other = {"at": "2026-11-04", "event": "payment", "amount": "7.00", "currency": "USD"}
    (folder / "b.jsonl").write_text(json.dumps({**ACCOUNT, "history": [credit, taken, other]}), "utf-8")
    text = ran(capsys, "b.jsonl")[1]
    told = [line.split() for line in text.splitlines()]
    assert ["less", "unapplied", "credits", "and", "payments", "-30.00"] in told
    assert ["net", "70.00"] in told
    assert "nothing is open in USD" in text
    assert "unapplied" not in ran(capsys, "a.jsonl")[1]

    whole = json.loads(ran(capsys, "b.jsonl", "--format", "json")[1])
    assert whole["unapplied"] == {"EUR": {"amount": "30.00", "net": "70.00"}, "USD": {"amount": "7.00", "net": "-7.00"}}
    rows = list(csv.DictReader(ran(capsys, "b.jsonl", "--format", "csv")[1].splitlines()))
    assert [(row["currency"], row["unapplied"], row["net"].strip("'")) for row in rows] == [
        ("EUR", "30.00", "70.00"),
        ("USD", "7.00", "-7.00"),
    ]
    page = ran(capsys, "b.jsonl", "--format", "html")[1]
    assert "Unapplied credits and payments" in page
    assert "70.00 EUR" in page
    assert page.count('class="cards"') == page.count("<table"), "on a telephone every table is a list of cards"
