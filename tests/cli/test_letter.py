"""`collectrules letter`: what is written where, and what is told of what is not. With the shipped law."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT: dict[str, Any] = {
    "version": 2,
    "id": "K-1",
    "record": "complete",
    "collector": {"role": "creditor", "name": "Lindenhof GmbH"},
    "debtor": {
        "name": "Söhne GmbH",
        "kind": "company",
        "addresses": [{"lines": ["Elbchaussee 1"], "city": "Hamburg", "postal_code": "20095", "country": "DE"}],
    },
    "debts": [{"id": "RE-1", "kind": "commercial", "amount": "1250.00", "currency": "EUR", "due": "2026-09-30"}],
    "history": [],
}
LETTERHEAD = "sender: {name: Lindenhof GmbH, address: [Berlin]}\npayment: [IBAN DE00]\n"
DAYS = ("--on", "2026-11-29", "--today", "2026-11-29")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.jsonl").write_text(json.dumps(ACCOUNT), "utf-8")
    (tmp_path / "head.yaml").write_text(LETTERHEAD, "utf-8")
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["letter", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_one_account(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "reminder", "one.jsonl", "-o", "a.txt", "--letterhead", "head.yaml", *DAYS)
    assert (code, out, err) == (0, "written  a.txt\n", "")
    text = (folder / "a.txt").read_text("utf-8")
    assert "1,250.00 EUR" in text
    assert "IBAN DE00" in text
    assert "29 November 2026" in text


def test_several_accounts_are_a_file_each_and_one_refusal_does_not_stop_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    barred = {**ACCOUNT, "id": "K-2", "record": "partial"}
    lacking = {**ACCOUNT, "id": "K-3", "debts": [{"id": "RE-9", "kind": "commercial"}]}
    lines = [json.dumps(each) for each in (ACCOUNT, barred, lacking, {**ACCOUNT, "id": "K-4"})]
    (folder / "four.jsonl").write_text("\n".join(lines), "utf-8")
    code, out, err = ran(
        capsys, "reminder", "four.jsonl", "-o", "out", "--format", "html", "--letterhead", "head.yaml", *DAYS
    )
    assert code == 2
    assert sorted(each.name for each in (folder / "out").iterdir()) == ["K-1-reminder.html", "K-4-reminder.html"]
    assert out.count("written  ") == 2
    assert "not written: reminder for K-2\nREVIEW" in err
    assert "debt `RE-9` has no amount" in err


def test_a_draft_is_written_and_marked_and_the_answer_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "one.jsonl").write_text(json.dumps({**ACCOUNT, "record": "partial"}), "utf-8")
    code, out, err = ran(capsys, "reminder", "one.jsonl", "-o", "a.txt", "--draft", *DAYS)
    assert code == 3
    assert out.startswith("draft  a.txt")
    assert "REVIEW" in err
    assert (folder / "a.txt").read_text("utf-8").lstrip().startswith("*** DRAFT ***")


def test_what_is_announced_must_be_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demand = ("demand_letter", "one.jsonl", "-o", "a.txt", "--deadline", "2026-12-15", "--next-step", "hold")
    told = (*demand, "--detail", "delivered=40 lamps", *DAYS)
    code, _, err = ran(capsys, *told)
    assert code == 1
    assert "CR846 the letter announces what nobody says is meant" in err
    assert not (folder / "a.txt").exists()
    assert ran(capsys, *told, "--intends-to-act")[0] == 0


def test_details_of_each_account(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "details.yaml").write_text(
        "all: {deadline: 2026-12-15, next_step: hold, delivered: lamps}\nK-1: {delivered: chairs}\n", "utf-8"
    )
    demand = ("demand_letter", "one.jsonl", "-o", "a.txt", "--details", "details.yaml", "--intends-to-act", *DAYS)
    assert ran(capsys, *demand)[0] == 0
    assert "You received: chairs." in (folder / "a.txt").read_text("utf-8")


def test_a_folder_of_letters_goes_before_the_shipped_ones(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ours").mkdir()
    (folder / "ours" / "reminder.letter").write_text(
        "title: Ours\ndocs: ours\ncontent: [debt_information]\n---\nHello {{ debtor.name }}.\n", "utf-8"
    )
    (folder / "collectrules.yaml").write_text("letters: [ours]\nletterhead: head.yaml\n", "utf-8")
    assert ran(capsys, "reminder", "one.jsonl", "-o", "a.txt", *DAYS)[0] == 0
    text = (folder / "a.txt").read_text("utf-8")
    assert "Hello Söhne GmbH." in text
    assert text.startswith("Lindenhof GmbH\nBerlin\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("remindr", "one.jsonl", "-o", "a.txt"), "there is no letter `remindr`\n    did you mean `reminder`?"),
        (("reminder", "one.jsonl", "-o", "a.doc"), "nothing says as what to write a.doc"),
        (("reminder", "one.jsonl"), "name the letter, the file of the account, and where to write it"),
        (("reminder", "one.jsonl", "-o", "a.txt", "--detail", "deadline"), "`deadline` is no detail"),
        (("reminder", "none.jsonl", "-o", "a.txt"), "none.jsonl"),
    ],
)
def test_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, _, err = ran(capsys, *arguments, *DAYS)
    assert code == 2
    assert message in err
    assert not (folder / "a.txt").exists()


def test_the_list_names_each_letter_and_what_it_needs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(capsys, "--list")
    assert code == 0
    assert "demand_letter: what was delivered and billed" in out
    assert "    needs deadline (date): by when is to be paid\n" in out


def test_without_a_letterhead_it_is_told_once_how_to_name_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nameless = {**ACCOUNT, "collector": {"role": "creditor"}}
    (folder / "two.jsonl").write_text(f"{json.dumps(nameless)}\n{json.dumps({**nameless, 'id': 'K-2'})}\n", "utf-8")
    code, _, err = ran(capsys, "reminder", "two.jsonl", "-o", "out", "--format", "text", *DAYS)
    assert code == 2
    told = " ".join(err.split())
    assert told.count("--letterhead FILE") == told.count("`letterhead:` of collectrules.yaml") == 1
    (folder / "none.yaml").write_text("payment: [IBAN DE00]\n", "utf-8")
    _, _, err = ran(
        capsys, "reminder", "two.jsonl", "-o", "out", "--format", "text", "--letterhead", "none.yaml", *DAYS
    )
    assert "which `--letterhead` or `letterhead:` of collectrules.yaml names" in " ".join(err.split())


def test_what_is_missing_is_told_with_its_own_option(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capsys, "demand_letter", "one.jsonl", "-o", "a.txt", "--letterhead", "head.yaml", *DAYS)
    assert code == 2
    assert "    --deadline 2026-12-15\n" in err
    assert "    --next-step hold --intends-to-act" in err
    assert "--detail delivered='...'" in err
    assert "next_step=" not in err


@pytest.mark.parametrize(
    ("event", "debts", "note"),
    [
        ("credit_note", None, "a credit note of EUR 20.00 is set off against no invoice"),
        ("credit_note", ["RE-1"], ""),
        ("payment", None, "payments of EUR 20.00 name no invoice"),
        ("payment", ["RE-1"], ""),
    ],
)
def test_what_no_invoice_took_is_told_where_payment_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], event: str, debts: list[str] | None, note: str
) -> None:
    entry = {"at": "2026-10-01", "event": event, "amount": "20.00", "currency": "EUR"}
    history = [{**entry, **({"debts": debts} if debts else {})}]
    (folder / "b.jsonl").write_text(json.dumps({**ACCOUNT, "history": history}), "utf-8")
    _, out, _ = ran(capsys, "reminder", "b.jsonl", "-o", "b.txt", "--letterhead", "head.yaml", "--draft", *DAYS)
    assert ("    note: " in out) == bool(note)
    assert note in out
    _, out, _ = ran(capsys, "statement", "b.jsonl", "-o", "b.txt", "--letterhead", "head.yaml", "--draft", *DAYS)
    assert "note:" not in out, "a statement lists it and asks for nothing"


def test_an_address_in_britain_has_the_town_and_then_the_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = {"lines": ["40 Dock Street"], "city": "Cardiff", "region": "WLS", "postal_code": "CF10 4AA", "country": "GB"}
    debtor = {**ACCOUNT["debtor"], "addresses": [home]}
    (folder / "gb.jsonl").write_text(json.dumps({**ACCOUNT, "debtor": debtor}), "utf-8")
    ran(capsys, "statement", "gb.jsonl", "-o", "gb.txt", "--letterhead", "head.yaml", "--draft", *DAYS)
    assert "40 Dock Street\nCardiff\nCF10 4AA\n" in (folder / "gb.txt").read_text("utf-8")


def test_paid_accounts_are_passed_over_and_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paid = {**ACCOUNT, "id": "K-2", "debts": [{**ACCOUNT["debts"][0], "amount": "0.00", "paid": True}]}
    (folder / "two.jsonl").write_text(f"{json.dumps(ACCOUNT)}\n{json.dumps(paid)}\n", "utf-8")
    options = ("--format", "text", "--letterhead", "head.yaml", *DAYS)
    code, out, err = ran(capsys, "reminder", "two.jsonl", "-o", "out", *options)
    assert (code, err) == (0, "")
    assert out.endswith("2 accounts of two.jsonl: 1 written, 1 with nothing open\n")
    code, out, _ = ran(capsys, "reminder", "two.jsonl", "--account", "K-2", "-o", "out", *options)
    assert (code, out) == (4, "1 account of two.jsonl: 1 with nothing open\n")
    code, _, err = ran(capsys, "reminder", "two.jsonl", "--account", "K-2", "--debt", "RE-9", "-o", "out", *options)
    assert code == 2, "what is asked for by name is never passed over"
    assert "the case has no debt `RE-9`" in err


def test_a_day_without_letters_is_no_fault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "due.jsonl").write_text("", "utf-8")
    code, out, err = ran(
        capsys, "reminder", "due.jsonl", "-o", "out", "--format", "pdf", "--letterhead", "head.yaml", *DAYS
    )
    assert (code, out, err) == (4, "0 accounts of due.jsonl: no letter to write\n", "")


def test_one_account_of_many_is_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps({**ACCOUNT, "id": name}) for name in ("K-1", "K-2")]
    (folder / "two.jsonl").write_text("\n".join([*lines, "{not json"]), "utf-8")
    code, out, err = ran(
        capsys, "reminder", "two.jsonl", "--account", "K-2", "-o", "a.txt", "--letterhead", "head.yaml", *DAYS
    )
    assert (code, out, err) == (0, "written  a.txt\n", "")
    code, _, err = ran(capsys, "reminder", "two.jsonl", "--account", "K-3", "-o", "b.txt", *DAYS)
    assert code == 2
    assert "there is no account `K-3` in two.jsonl\n    did you mean `K-2`?" in err


def test_a_letter_by_e_mail_in_the_language_of_the_debtor(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    debtor = {**ACCOUNT["debtor"], "language": "de", "endpoints": [{"email": "ap@soehne.example"}]}
    (folder / "one.jsonl").write_text(json.dumps({**ACCOUNT, "debtor": debtor}), "utf-8")
    options = ("--letterhead", "head.yaml", *DAYS)
    code, out, err = ran(capsys, "reminder", "one.jsonl", "-o", "a.eml", *options)
    assert (code, out, err) == (0, "written  a.eml\n", "")
    content = (folder / "a.eml").read_text("utf-8")
    assert "To: ap@soehne.example\n" in content
    assert "Subject: Zahlungserinnerung\n" in content
    assert ran(capsys, "reminder", "one.jsonl", "-o", "a.txt", "--language", "en", *options)[0] == 0
    assert "This is a reminder" in (folder / "a.txt").read_text("utf-8")
    code, _, err = ran(capsys, "reminder", "one.jsonl", "-o", "a.txt", "--language", "it", *options)
    assert code == 2
    assert "the letter `reminder` has no text in `it`: it has de, en, es, fr" in err
    code, _, err = ran(capsys, "reminder", "one.jsonl", "-o", "a.pdf", "--channel", "email", *options)
    assert code == 2
    assert "an e-mail is no PDF" in err


def test_an_e_mail_goes_out_at_a_moment_where_the_law_has_hours(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that `advise` proposes is answered as the advice was."""
    consumer = {**ACCOUNT, "jurisdiction": "DE", "debts": [{**each, "kind": "consumer"} for each in ACCOUNT["debts"]]}
    debtor = {**ACCOUNT["debtor"], "kind": "natural_person", "endpoints": [{"email": "ap@soehne.example"}]}
    (folder / "one.jsonl").write_text(json.dumps({**consumer, "debtor": debtor}), "utf-8")
    mail = ("reminder", "one.jsonl", "-o", "a.eml", "--letterhead", "head.yaml", "--today", "2026-11-29", "--on")
    code, _, err = ran(capsys, *mail, "2026-11-24")
    assert code == 3
    assert err.endswith("    say with `--on` when it goes out: 2026-11-24T09:00, or now\n")
    assert ran(capsys, *mail, "2026-11-24T23:30")[0] == 3
    assert not (folder / "a.eml").exists()
    assert ran(capsys, *mail, "2026-11-24T09:00") == (0, "written  a.eml\n", "")
    code, out, _ = advised(capsys, "one.jsonl")
    assert code == 0
    assert "--on 2026-11-24T09:00 --channel email" in " ".join(out.split())


def advised(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["advise", "--policy", "own_consumer", "--at", "2026-11-24", "--today", "2026-11-29", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err
