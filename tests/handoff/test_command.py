"""The command `handoff`, with the real law."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from collectrules import cli

if TYPE_CHECKING:
    from pathlib import Path

CASE: dict[str, Any] = {
    "version": 2,
    "record": "complete",
    "collector": {"role": "creditor", "name": "Fernbank"},
    "debtor": {
        "id": "C-1",
        "name": "Osei Ltd",
        "kind": "company",
        "addresses": [{"lines": ["1 Elm"], "city": "Austin", "region": "TX", "country": "US"}],
    },
    "debts": [{"id": "A", "kind": "commercial", "amount": "9.00", "currency": "USD"}],
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    disputed = {**CASE, "debtor": {**CASE["debtor"], "id": "C-2"}, "debts": [{**CASE["debts"][0], "disputed": True}]}
    lines = [json.dumps(CASE), json.dumps(disputed), json.dumps({**CASE, "collector": {"role": "creditr"}})]
    (tmp_path / "accounts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "to.yaml").write_text(
        "receiver: Harbour\nkind: agency\nterms: {commission: '25.00'}\n", encoding="utf-8"
    )
    return tmp_path


def run(*arguments: str) -> int:
    return cli.run(["handoff", *arguments, "--today", "2026-11-29"])


def test_a_preflight_writes_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(files.iterdir())
    assert run("case.json", "--format", "package", "--to", "to.yaml", "--preflight") == 0
    out = capsys.readouterr().out
    assert out.startswith("READY   C-1: place with agency, package to Harbour\n")
    assert "\nquote   net USD 6.75 of USD 9.00" in out
    assert sorted(files.iterdir()) == before


def test_the_quotes_of_several_receivers_stand_beside_each_other(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "quay.yaml").write_text("receiver: Quay\nkind: law_firm\nterms: {commission: '40.00'}\n", encoding="utf-8")
    both = ["--to", "to.yaml", "--to", "quay.yaml"]
    assert run("case.json", "--format", "package", *both, "--preflight") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "net USD 6.75 of USD 9.00" in out
    assert "net USD 5.40 of USD 9.00" in out
    assert run("case.json", "--format", "package", *both, "-o", "a.zip") == 2
    assert "an account is handed over once" in capsys.readouterr().err


def test_the_schemas_are_published(capsys: pytest.CaptureFixture[str]) -> None:
    for of in ("handoff", "package"):
        assert cli.run(["schema", of]) == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_a_preflight_as_data(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("accounts.jsonl", "--format", "package", "--to", "to.yaml", "--preflight", "--json") == 2
    told = capsys.readouterr()
    ready, blocked = (json.loads(line) for line in told.out.splitlines())
    assert (ready["ready"], blocked["ready"], blocked["blockers"][0]["rule"]) == (True, False, "house.handoff.dispute")
    assert "did you mean `creditor`" in told.err


def test_what_may_go_is_written_and_the_rest_is_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("accounts.jsonl", "--format", "placement_csv", "--to", "to.yaml", "-o", "out.csv") == 2
    assert "1 written to out.csv, 1 refused, 1 unreadable" in capsys.readouterr().out
    assert (files / "out.csv").read_text(encoding="utf-8-sig").count("\n") == 2


def test_the_codes_of_refusals(files: Path) -> None:
    assert run("case.json", "--format", "package", "--to", "to.yaml", "-o", "a.zip") == 0
    assert run("case.json", "--format", "package", "--to", "to.yaml", "-o", "a.zip") == 2
    (files / "paid.json").write_text(
        json.dumps({**CASE, "debts": [{**CASE["debts"][0], "paid": True}]}), encoding="utf-8"
    )
    assert run("paid.json", "--format", "package", "--to", "to.yaml", "-o", "b.zip") == 1
    assert run("--format", "package", "--to", "to.yaml", "-o", "c.zip") == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["case.json"], "`--format` is missing"),
        (["case.json", "--format", "package", "--preflight"], "`--to` is missing"),
        (["case.json", "--format", "package", "--to", "to.yaml"], "name the file with `-o`, or ask with `--preflight`"),
        (["case.json", "--format", "packge", "--to", "to.yaml", "--preflight"], "did you mean `package`?"),
    ],
)
def test_wrong_usage_is_told(
    files: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err


def test_the_fields_of_a_format_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--format", "package", "--fields") == 0
    out = capsys.readouterr().out
    assert "debtor.name: the name of the debtor (required; personal)" in out
    assert max(len(line) for line in out.splitlines()) <= 80
