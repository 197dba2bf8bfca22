"""Every open-invoice export of the samples: from the file to a step with a reason for each account, by the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parent.parent / "imports" / "samples"
BASICS = ("kind=commercial", "role=creditor", "jurisdiction=DE")
EXPORTS = {
    "invoiceninja/freshbooks_invoices.csv": ("2026-11-20", ()),
    "invoiceninja/invoiceninja_v4_invoices.csv": ("2026-11-20", ("currency=USD",)),
    "invoiceninja/qbo_sandbox_invoices.json": ("2026-11-20", ("phone_country=US",)),
    "fivetran/recurly_invoice_history_data.csv": ("2026-11-20", ("zone=Etc/UTC",)),
    "fivetran/zuora_invoice_data.csv": ("2026-11-20", ()),
    "small_ar/aadishgarg_invoices.csv": ("2026-11-20", ("currency=INR", "amount_is=open")),
    "small_ar/dsoles_sample_invoices.csv": ("2026-11-20", ("currency=USD", "amount_is=open")),
    "small_ar/zmotiwala_ar_aging.csv": ("2026-11-20", ("currency=USD", "amount_is=open")),
    "qbo_ar_aging_detail.csv": ("2026-11-29", ("currency=USD",)),
    "xero_sales_invoices.csv": ("2026-11-29", ("date_order=dmy",)),
}


def steps(into: Path, day: str, policy: str, capsys: pytest.CaptureFixture[str]) -> Iterator[dict[str, object]]:
    cli.run(["advise", "--policy", policy, "--at", day, "--json", str(into)])
    told = capsys.readouterr()
    assert told.err == ""
    for line in told.out.splitlines():
        yield json.loads(line)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_account_of_an_export_gets_a_step_with_a_reason(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day, stated = EXPORTS[name]
    into = tmp_path / "accounts.jsonl"
    states = [argument for each in (*BASICS, *stated) for argument in ("--state", each)]
    plain = ["--as", "table"] if name.startswith("small_ar/") else []  # no program writes these
    code = cli.run(["import", str(SAMPLES / name), *plain, *states, "-o", str(into)])
    assert code in (0, 3), capsys.readouterr()
    capsys.readouterr()
    made = list(steps(into, day, "small_b2b", capsys))
    assert len(made) == len(into.read_text(encoding="utf-8").splitlines())
    for advice in made:
        for step in advice["steps"]:  # type: ignore[attr-defined]  # a list of objects
            assert step["outcome"] in ("step", "wait", "pause", "ask", "end", "nothing")
            assert step["reasons"]
            assert step["outcome"] != "step" or (step["title"] and step["day"])
            assert step["outcome"] != "ask" or step["questions"], "what to find out is said"
