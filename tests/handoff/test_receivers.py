"""The receiver's file and the details: each mistake is told with its place, and what was meant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from collectrules import InvalidInput
from collectrules.handoff import documents
from collectrules.handoff.preflight import every_field
from collectrules.handoff.receivers import read_details, read_receiver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.handoff.preflight import Handoff

HEAD = "receiver: X\nkind: agency\n"
BAD = {
    "receiver: X\nkind: agnecy": "2:7: CR953 `agnecy` is no kind of receiver\n    did you mean `agency`?",
    "kind: agency": "1:1: CR954 a receiver's file has no `receiver`\n    write: receiver: Harbour Collections",
    f"{HEAD}colums: {{}}": "3:1: CR951 a receiver's file has no key `colums`",
    f"{HEAD}fields: {{columnss: {{}}}}": "3:10: CR952 no format has a field `columnss`",
    f"{HEAD}terms: {{commission: 25%}}": "3:21: CR953 `commission` is per cent, as '25.00', but here is `25%`",
    f"{HEAD}terms: {{comission: '25'}}": "3:9: CR951 `terms` has no key `comission`\n    did you mean `commission`?",
    f"{HEAD}fields: {{rows: invoice}}": "3:16: CR953 `rows` is one of account, debt, but here is `invoice`",
    f"{HEAD}fields: {{creditor.address: {{street: x}}}}": "CR951 `creditor.address` has no key `street`",
}


@pytest.mark.parametrize("text", BAD)
def test_a_mistake_in_a_receivers_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "to.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_receiver(path, every_field())
    assert BAD[text] in str(raised.value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "d.yaml",
            "C-1: {itemization.date: 2026-02-30}",
            "`itemization.date` is a date, as 2026-03-02, but here is `2026-02-30`",
        ),
        (
            "d.yaml",
            "C-1: {itemization.fees: '1.0'}",
            "`itemization.fees` is an amount, as '8400.00', but here is `1.0`",
        ),
        ("d.yaml", "C-1: {debtor.name: X}", "CR952 no format has a field `debtor.name` to state here"),
        ("d.jsonl", '{"account": "A"}\n{"account": "A"}', "CR955 the account `A` stands here twice"),
        ("d.jsonl", '{"itemization.fees": "1.00"}', "CR954 a line of details has no `account`"),
    ],
)
def test_a_mistake_in_the_details_is_told(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as raised:
        read_details(path, every_field())
    assert message in str(raised.value)


def test_details_are_read_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"account": "A", "itemization.fees": "1.00"}\n\n{"account": "B"}\n', encoding="utf-8")
    details = read_details(path, every_field())
    assert (details.of("A"), details.of("B"), details.of("C")) == ({"itemization.fees": Decimal("1.00")}, {}, {})


def test_a_format_that_does_not_do_the_act_is_refused(handoff: Callable[..., Handoff]) -> None:
    with pytest.raises(InvalidInput, match="gets accounts by report_to_bureau, which package does not carry out"):
        handoff("package", kind="bureau")


def test_a_wrong_format_is_told_with_the_nearest(handoff: Callable[..., Handoff]) -> None:
    with pytest.raises(InvalidInput, match="there is no format `packge`\n    did you mean `package`"):
        handoff("packge")


def test_documents_are_those_of_the_accounts_own_folder(tmp_path: Path) -> None:
    for name in ("2026%2F7", "%2E%2E"):
        (tmp_path / "papers" / name).mkdir(parents=True)
    (tmp_path / "papers" / "2026%2F7" / "a.pdf").write_bytes(b"a")
    (tmp_path / "papers" / "2026%2F7" / "link.pdf").symlink_to(tmp_path / "papers" / "2026%2F7" / "a.pdf")
    (tmp_path / "secret.txt").write_text("s")
    assert documents.of_account(tmp_path / "papers", "2026/7") == {"a.pdf": b"a"}
    assert documents.of_account(tmp_path / "papers", "..") == {}
    assert documents.of_account(tmp_path / "papers", None) == documents.of_account(None, "A") == {}
