"""`collectrules import` from the outside: options, what is told, exit codes, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., tuple[int, str, str]]

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
AGING = SAMPLES / "qbo_ar_aging_detail.csv"
STATES = ("currency=USD", "kind=commercial", "role=creditor", "jurisdiction=US-TX")


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs the command with statements, and gives the exit code and what it printed."""

    def ask(*arguments: object, states: tuple[str, ...] = ()) -> tuple[int, str, str]:
        code = run(["import", *map(str, arguments), *(text for state in states for text in ("--state", state))])
        output = capsys.readouterr()
        return code, output.out, output.err

    return ask


def test_an_export_becomes_accounts(told: Told, tmp_path: Path) -> None:
    out = tmp_path / "cases.jsonl"
    code, text, _ = told(AGING, "-o", out, states=STATES)
    assert code == 0
    assert "debtors   13 with 26 invoices, 26 of them open" in text
    assert "overdue   24 invoices on 2026-11-20" in text
    assert "agrees with the export's own total, 25,677.50" in text
    assert f"written: {out}, 13 accounts" in text
    assert all(len(line) <= 80 for line in text.splitlines() if str(tmp_path) not in line and str(SAMPLES) not in line)
    assert len([json.loads(line) for line in out.read_text().splitlines()]) == 13
    assert run(["check", "--action", "contact", "--channel", "letter", "--at", "2026-11-30", str(out)]) in (1, 3)


def test_what_is_lacking_ends_with_2_and_nothing_is_written(told: Told, tmp_path: Path) -> None:
    out = tmp_path / "cases.jsonl"
    code, text, error = told(AGING, "-o", out, states=STATES[1:])
    assert (code, text) == (2, "")
    assert "--state currency=USD" in error
    assert not out.exists()


def test_without_a_place_to_write_it_only_tells(told: Told) -> None:
    code, text, _ = told(AGING, "--explain", states=STATES)
    assert code == 0
    assert "nothing is written" in text
    assert "Open balance        open: what is still open" in text
    assert "(column 1)          not used" in text


def test_a_rejected_row_is_written_out_and_ends_with_3(told: Told, tmp_path: Path) -> None:
    bad = tmp_path / "aging.csv"
    bad.write_text(AGING.read_text(encoding="utf-8-sig").replace("10/27/2025", "13/27/2025"), encoding="utf-8")
    out = tmp_path / "cases.jsonl"
    code, text, _ = told(bad, "-o", out, states=STATES)
    assert code == 3
    assert "row 7: `13/27/2025` is no day of the calendar" in text
    assert "3,953.27 is not accounted for" in text.replace("\n            ", " ")
    assert "7,`13/27/2025` is no day of the calendar" in (tmp_path / "aging.rejected.csv").read_text(
        encoding="utf-8-sig"
    )


def test_nothing_in_it_ends_with_4(told: Told, tmp_path: Path) -> None:
    bills = tmp_path / "transactions.csv"
    bills.write_text("tranid,type,trandate,entity,postingperiod\n7,VendBill,2026-05-07,1570,251\n")
    out = tmp_path / "cases.jsonl"
    code, text, _ = told(bills, "-o", out, states=STATES)
    assert code == 4
    assert f"{out} is not written: no account is in it" in text
    assert not out.exists()
    assert "1 type is VendBill" in text
    assert "0 with 0 invoices" in text


def test_a_log_and_a_second_export_go_into_accounts_that_are_there(told: Told, tmp_path: Path) -> None:
    out, log = tmp_path / "cases.jsonl", tmp_path / "calls.csv"
    log.write_text("call_id,timestamp,direction,customer,disposition\n1,2026-11-09 10:00,outbound,Pinecrest HOA,busy\n")
    assert told(AGING, "-o", out, states=STATES)[0] == 0
    columns = ("--column", "account=customer")
    code, text, _ = told(log, "--as", "log", "--into", out, *columns, states=("zone=America/Chicago", "channel=phone"))
    assert code == 0
    assert "by account 1" in text
    before = out.read_text()
    code, text, _ = told(AGING, "-o", out, states=STATES)
    assert code == 0
    assert "those that were there keep their history" in text
    assert out.read_text() == before


def test_a_large_file_is_read_under_a_bar(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    monkeypatch.setattr(import_module("collectrules.cli.commands.import"), "_LARGE", 1)
    code, text, _ = told(AGING, states=STATES)
    assert code == 0
    assert "44 read" in text


def test_every_importer_is_listed(told: Told) -> None:
    code, text, _ = told("--list")
    assert code == 0
    assert "xero" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_mapping_that_is_wrong(told: Told, tmp_path: Path) -> None:
    mapping = tmp_path / "own.yaml"
    mapping.write_text("columns: {opn: Rest}\n")
    code, _, error = told(AGING, "--map", mapping)
    assert code == 2
    assert "own.yaml:1:11: CR811 there is no field `opn`" in error


def test_a_total_that_differs_is_for_a_person(told: Told, tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    export.write_text(AGING.read_text("utf-8-sig").replace('"$25,677.50"', '"$25,700.00"'), "utf-8")
    code, text, _ = told(export, "-o", tmp_path / "cases.jsonl", states=STATES)
    assert code == 3
    assert "+22.50 is not" in text
