"""`collectrules advise` and `record`, as the owner of a small firm would use them."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

FIRM = {"version": 2, "jurisdiction": "DE", "record": "complete", "collector": {"role": "creditor"}}


def account(name: str, due: str, amount: str = "800.00", **stated: Any) -> dict[str, Any]:
    debt = {
        "id": f"{name}-1",
        "kind": "commercial",
        "amount": amount,
        "currency": "EUR",
        "due": due,
        "issued": "2026-01-02",
    }
    return {**FIRM, "id": name, "debts": [debt], "debtor": {"name": f"={name}", "time_zone": "Europe/Berlin"}, **stated}


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.jsonl"
    made = [
        account("C1", "2026-11-01"),
        account("C2", "2026-12-24"),
        account("C3", "2026-09-01", history=[{"at": "2026-11-20", "event": "dispute_received"}]),
        account("C4", "2026-11-02", amount="0.00"),
    ]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in made))
    return path


def test_several_accounts_are_two_lines_each_and_counted(run: Run, accounts: Path) -> None:
    ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", accounts)
    assert ran.out == (
        "ALLOW    C1  EUR 800.00  reminder by letter\n"
        "         22 days past due; the stage `reminder` begins 3 days past due\n"
        "         (2026-11-04)\n"
        "WAIT     C2  EUR 800.00  until 2026-12-28  reminder by letter\n"
        "         due in 31 days; the stage `reminder` begins 3 days past due\n"
        "         (2026-12-27)\n"
        "ALLOW    C3  EUR 800.00  say that the dispute arrived, and ask for what is\n"
        "         disputed in writing by letter\n"
        "         a dispute was told on 2026-11-20: the ladder rests until it is settled;\n"
        "         to be answered by 2026-11-30\n"
        "NOTHING  C4  nothing\n"
        "         nothing is open: every invoice is paid or settled\n"
        "4 accounts: 2 to do, 1 to wait, 1 nothing to do\n"
    )
    assert ran.code == 0


def test_without_a_policy_it_says_which_there_are(run: Run, accounts: Path) -> None:
    ran = run("advise", accounts)
    assert ran.code == 2
    assert "no policy is named" in ran.err
    assert "agency, own_consumer, small_b2b" in " ".join(ran.err.split())


def test_the_policy_of_the_configuration_is_taken(run: Run, accounts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(accounts.parent)
    (accounts.parent / "collectrules.yaml").write_text("policy: small_b2b\n")
    assert run("advise", "--at", "2026-11-23", accounts).out.startswith("ALLOW    C1")


def test_a_worklist_is_written_as_csv_page_and_calendar(run: Run, accounts: Path, tmp_path: Path) -> None:
    table, page, calendar = tmp_path / "w.csv", tmp_path / "w.html", tmp_path / "w.ics"
    ran = run(
        "advise", "--policy", "small_b2b", "--at", "2026-11-23",
        "--csv", table, "--html", page, "--calendar", calendar, accounts,
    )  # fmt: skip
    assert ran.out.splitlines()[0] == "4 accounts: 2 to do, 1 to wait, 1 nothing to do"
    rows = list(csv.DictReader(table.read_text().splitlines()))
    steps = [row for row in rows if row["outcome"] in ("step", "wait")]
    assert [(row["case"], row["day"], row["letter"], row["open"]) for row in steps] == [
        ("C1", "2026-11-23", "reminder", "800.00"),
        ("C2", "2026-12-28", "reminder", "800.00"),
        ("C3", "2026-11-23", "", "800.00"),
    ]
    assert steps[0]["debtor"] == "'=C1", "no formula reaches a spreadsheet"
    html = page.read_text()
    assert html.index("Mon 23 November 2026") < html.index("Mon 28 December 2026"), "grouped by day, the earliest first"
    assert "Mon 23 November 2026: 2 steps" in html
    assert "EUR 800.00" in html
    assert "the stage reminder begins" in html, "names of stages have no marks of code"
    assert "<script" not in html.replace("<script>", "", 1)
    text = calendar.read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(each.encode()) for each in text.split("\r\n")) <= 75
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:C1: first reminder\\, with a copy of the invoice\r\n" in unfolded
    assert "SUMMARY:read the policy small_b2b again\r\n" in unfolded
    assert "SUMMARY:C1: deadline ends" in unfolded
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\nDTEND;VALUE=DATE:\d+\r\nSUMMARY:(?!C\d|read)", unfolded)
    assert len(days) == len(set(days)), "what is looked at again on a day is one entry"
    assert "reviews: aging and past-due list\\; " in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(set(re.findall("UID:.*", unfolded)))


def test_the_same_worklist_is_written_by_several_processes(run: Run, accounts: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    lines = accounts.read_text().splitlines()
    many.write_text("".join(line.replace('"C', f'"{number}C') + "\n" for number in range(12) for line in lines))
    one = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "--json", "--jobs", "1", many)
    two = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "--json", "--jobs", "2", many)
    assert one.out == two.out
    assert len(one.out.splitlines()) == 48


def test_an_account_that_cannot_be_read_does_not_take_the_others(run: Run, accounts: Path) -> None:
    accounts.write_text(accounts.read_text().replace('"due": "2026-12-24"', '"due": "2026-13-24"'))
    ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", accounts)
    assert ran.code == 2
    assert "CR020" in ran.err
    assert "4 accounts: 2 to do, 1 unreadable, 1 nothing to do" in ran.out


def test_a_later_entry_is_told_for_its_account_alone(run: Run, accounts: Path) -> None:
    ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-19", accounts)
    assert "accounts.jsonl:3:1: CR026 the account has an entry of 2026-11-20" in ran.err
    assert "1 unreadable" in ran.out


def test_house_rules_in_a_policy_that_bind_nobody_are_refused(run: Run, accounts: Path, tmp_path: Path) -> None:
    from collectrules.policy.shipped import policy_path

    ours = tmp_path / "ours.yaml"
    ours.write_text(policy_path("small_b2b").read_text() + "rules: []\n")
    ran = run("advise", "--policy", ours, accounts)
    assert ran.code == 2
    assert "the house rules of this policy bind nobody: it lies in no folder of rulesets" in ran.err


def test_the_accounts_whose_letter_may_be_sent_go_into_a_file(run: Run, accounts: Path, tmp_path: Path) -> None:
    due = tmp_path / "reminders.jsonl"
    ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "--due", f"reminder={due}", accounts)
    assert ran.out.endswith(f"written to {due}\n")
    assert [json.loads(line)["id"] for line in due.read_text().splitlines()] == ["C1"], "C2 waits, C3 is disputed"
    assert run("advise", "--policy", "small_b2b", "--due", f"remnder={due}", accounts).code == 2


def test_accounts_are_told_apart_by_the_channel_that_is_advised(run: Run, tmp_path: Path) -> None:
    path, mails, letters = tmp_path / "a.jsonl", tmp_path / "mails.jsonl", tmp_path / "letters.jsonl"
    by_mail = account("C2", "2026-11-01")
    by_mail["debtor"]["endpoints"] = [{"email": "ap@c2.example"}]
    path.write_text(f"{json.dumps(account('C1', '2026-11-01'))}\n{json.dumps(by_mail)}\n")
    due = ("--due", f"reminder={letters}", "--due", f"reminder@email={mails}")
    assert run("advise", "--policy", "small_b2b", "--at", "2026-11-23", *due, path).code == 0
    assert [json.loads(line)["id"] for line in mails.read_text().splitlines()] == ["C2"]
    assert [json.loads(line)["id"] for line in letters.read_text().splitlines()] == ["C1"]
    assert run("advise", "--policy", "small_b2b", "--due", "reminder@phone=x", path).code == 2
    one = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "--account", "C2", path).out
    assert "--on 2026-11-23T09:00 --channel email" in " ".join(one.split())


def test_a_policy_is_validated_by_itself(run: Run, tmp_path: Path) -> None:
    from collectrules.policy.shipped import policy_path

    ours = tmp_path / "ours.yaml"
    ours.write_text(policy_path("small_b2b").read_text())
    assert run("validate", ours).code == 0
    ours.write_text(policy_path("small_b2b").read_text().replace("intends: [file_claim, ", "intends: ["))
    ran = run("validate", ours)
    assert ran.code == 1
    assert "CR173 empty-threat: the step `final_notice` announces file_claim" in ran.out


# ---- record -------------------------------------------------------------------------------------------------------


def test_what_was_advised_is_recorded_and_the_next_step_follows(run: Run, accounts: Path) -> None:
    policy = ("--policy", "small_b2b")
    ran = run("record", accounts, "step", *policy, "--account", "C1", "--at", "2026-11-23")
    assert ran.out == (
        "written: at 2026-11-23, channel letter, direction outbound, outcome mailed\n"
        "written: at 2026-11-23, event reminder_sent, channel letter\n"
        "written: at 2026-11-23, event step_done, stage reminder, step reminder, channel letter\n"
    )
    lines = accounts.read_text().splitlines()
    assert len(lines) == 4
    assert [json.loads(line)["id"] for line in lines] == ["C1", "C2", "C3", "C4"]
    then = run("advise", *policy, "--at", "2026-11-23", "--json", accounts).out.splitlines()[0]
    step = json.loads(then)["steps"][0]
    assert (step["outcome"], step["stage"], step["step"]) == ("wait", "reminder", "second_reminder")
    assert step["day"] == "2026-12-01", "the deadline of seven days, and the day after"


def test_a_payment_without_debts_is_written_with_those_that_took_it(run: Run, accounts: Path) -> None:
    money = ("--currency", "EUR", "--account", "C1", "--amount", "1.00", "--at", "2026-11-20")
    assert run("record", accounts, "payment", *money).code == 0
    (paid,) = (
        entry
        for entry in json.loads(accounts.read_text().splitlines()[0])["history"]
        if entry.get("event") == "payment"
    )
    assert len(paid["debts"]) == 1, "one that names no debt is one that no invoice took"


def test_a_payment_lowers_what_is_open_and_closes_the_invoice(run: Run, accounts: Path) -> None:
    money = ("--currency", "EUR", "--account", "C1", "--debt", "C1-1")
    assert run("record", accounts, "payment", "--amount", "300.00", "--at", "2026-11-20", *money).code == 0
    assert json.loads(accounts.read_text().splitlines()[0])["debts"][0]["amount"] == "500.00"
    assert run("record", accounts, "payment", "--amount", "500.00", "--at", "2026-11-21", *money).code == 0
    debt = json.loads(accounts.read_text().splitlines()[0])["debts"][0]
    assert (debt["amount"], debt["paid"]) == ("0.00", True)
    assert run("record", accounts, "payment_reversed", "--amount", "500.00", "--at", "2026-11-22", *money).code == 0
    debt = json.loads(accounts.read_text().splitlines()[0])["debts"][0]
    assert (debt["amount"], "paid" in debt) == ("500.00", False)


def test_more_than_is_open_is_refused_and_nothing_written(run: Run, accounts: Path) -> None:
    before = accounts.read_text()
    ran = run(
        "record",
        accounts,
        "payment",
        "--amount",
        "800.01",
        "--currency",
        "EUR",
        "--account",
        "C1",
        "--at",
        "2026-11-20",
    )
    assert ran.code == 2
    assert "CR015 0.01 more than is open of C1-1" in ran.err
    assert accounts.read_text() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("payment", "--amount", "5.00", "--currency", "JPY"), "the amount is in JPY, `C1-1` in EUR"),
        (("payment", "--amount", "5.00", "--currency", "XYZ"), "    give the amount in EUR"),
        (("promise_to_pay", "--amount", "5.00", "--currency", "JPY"), "the amount is in JPY, `C1-1` in EUR"),
        (("payment",), "`payment` without an amount changes nothing"),
        (("payment", "--amount", "0.00", "--currency", "EUR"), "`payment` without an amount changes nothing"),
        (("payment_reversed", "--debt", "C1-1"), "`payment_reversed` without an amount changes nothing"),
        (("credit_note", "--debt", "C1-1"), "`credit_note` without an amount changes nothing"),
        (("payment", "--amount", "900.00", "--currency", "EUR", "--debt", "C1-1"), "    open: EUR 800.00 of C1-1"),
    ],
)
def test_money_that_cannot_be_set_off_is_refused(
    run: Run, accounts: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = accounts.read_text()
    ran = run("record", accounts, *arguments, "--account", "C1", "--at", "2026-11-20")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert accounts.read_text() == before


def test_debts_in_two_currencies_are_told_apart_by_their_names(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "two.jsonl"
    made = account("C1", "2026-11-01")
    made["debts"].append({**made["debts"][0], "id": "C1-2", "currency": "GBP"})
    case.write_text(json.dumps(made) + "\n")
    payment = ("record", case, "payment", "--amount", "5.00", "--currency", "GBP", "--at", "2026-11-20")
    assert "name the debts that it was for with `--debt`" in run(*payment).err
    assert "`C1-1` in EUR" in run(*payment, "--debt", "C1-1", "--debt", "C1-2").err
    assert run(*payment, "--debt", "C1-2").out.endswith("\nopen: GBP 795.00 of C1-2\n")


def test_nothing_is_recorded_of_a_day_to_come(run: Run, accounts: Path) -> None:
    today = datetime.now(UTC).astimezone().date()
    money = ("payment", "--account", "C1", "--amount", "5.00", "--currency", "EUR", "--at")
    ran = run("record", accounts, *money, str(today + timedelta(days=1)))
    assert ran.code == 2
    assert f"CR026 {today + timedelta(days=1)} is after today ({today})" in ran.err
    assert run("record", accounts, *money, str(today)).code == 0


def test_what_is_open_afterwards_is_told_and_a_line_stays_a_line(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "one.jsonl"
    case.write_text(json.dumps(account("C1", "2026-11-01", amount="2800.00")) + "\n")
    money = ("record", case, "payment", "--currency", "EUR", "--debt", "C1-1", "--at", "2026-11-20", "--amount")
    assert run(*money, "273.20").out.splitlines()[1:] == ["open: EUR 2,526.80 of C1-1"]
    assert run(*money, "2526.80").out.splitlines()[1:] == ["open: nothing of C1-1"]
    assert case.read_text().count("\n") == 1
    again = run(*money, "2526.80")
    assert again.err.endswith("CR015 2526.80 more than is open of C1-1\n    open: nothing of C1-1\n")
    no_money = run("record", case, "hardship_told", "--at", "2026-11-20")
    assert "open:" not in no_money.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("step", "--policy", "small_b2b", "--stage", "foo"),
        ("contact", "--channel", "phone", "--direction", "outbound", "--outcome", "foo"),
        ("contact", "--channel", "pigeon", "--direction", "outbound", "--outcome", "no_answer"),
    ],
)
def test_lists_of_what_could_be_meant_fit_a_terminal(run: Run, accounts: Path, arguments: tuple[str, ...]) -> None:
    ran = run("record", accounts, "--account", "C1", *arguments)
    assert ran.code == 2
    assert len(ran.err.splitlines()) > 3
    assert max(map(len, ran.err.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pament", "--account", "C1"), "did you mean `payment`?"),
        (("payment",), "has 4 accounts\n    say which with `--account`"),
        (("payment", "--account", "C9"), "there is no account `C9` in"),
        (
            ("step", "--account", "C2", "--policy", "small_b2b", "--at", "2026-11-23"),
            "nothing is to be done on 2026-11-23: `reminder` is advised for Monday 2026-12-28",
        ),
        (("step", "--account", "C1", "--policy", "small_b2b", "--stage", "call"), "what came of the"),
        (("step", "--account", "C1", "--policy", "small_b2b", "--stage", "cal"), "there is no one step `cal.?`"),
    ],
)
def test_what_cannot_be_recorded_is_told(run: Run, accounts: Path, arguments: tuple[str, ...], said: str) -> None:
    before = accounts.read_text()
    ran = run("record", accounts, *arguments)
    assert ran.code == 2
    assert said in ran.err or "by which channel" in ran.err
    assert accounts.read_text() == before


def test_a_single_case_in_yaml_keeps_its_comments_and_version(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "# the account of a good customer\n"
        "version: 2\nid: C1\njurisdiction: DE\ncollector: {role: creditor}\n"
        "debts: [{id: INV-1042, kind: commercial, amount: '10.00', currency: EUR, due: '2026-11-01'}]\n"
    )
    assert run("record", case, "promise_to_pay", "--promised-for", "2026-12-01", "--at", "2026-11-20").code == 0
    written = case.read_text()
    assert written.startswith("# the account of a good customer\nversion: 2\n")
    assert "promised_for: '2026-12-01'" in written
    assert run("advise", "--policy", "small_b2b", "--at", "2026-11-23", case).out.startswith("C1 · DE · open EUR 10.00")


def test_what_no_invoice_took_is_told_in_the_list_and_the_worklists(run: Run, tmp_path: Path) -> None:
    paid = {"at": "2026-11-20", "event": "payment", "amount": "50.00", "currency": "EUR"}
    back = {**paid, "at": "2026-11-21", "event": "payment_reversed"}
    path = tmp_path / "accounts.jsonl"
    made = [account("C1", "2026-11-01", history=[paid]), account("C2", "2026-11-01", history=[paid, back])]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in made))
    told = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", path).out
    assert told.count("         note: payments of EUR 50.00 name no invoice") == 1, (
        "what was taken back does not lie there"
    )
    page, rows = tmp_path / "today.html", tmp_path / "today.csv"
    run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "--html", page, "--csv", rows, path)
    assert "payments of EUR 50.00 name no invoice" in page.read_text("utf-8")
    notes = {
        row["case"]: row["note"]
        for row in csv.DictReader(rows.read_text("utf-8").splitlines())
        if row["stage"] != "tasks"
    }
    assert notes["C1"].startswith("payments of EUR 50.00")
    assert not notes["C2"]


def test_the_letter_that_is_advised_is_written_by_the_command_that_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = [{"at": "2026-09-10", "event": "step_done", "stage": "reminder", "step": "second_reminder"}]
    stated = {**account("C1", "2026-09-01", history=done), "debtor": {"name": "C1 AG", "kind": "company"}}
    stated["history"].append(
        {"at": "2026-10-01", "channel": "phone", "direction": "outbound", "outcome": "conversation"}
    )
    (tmp_path / "one.jsonl").write_text(json.dumps({**stated, "collector": {"role": "creditor", "name": "Acme GmbH"}}))
    told = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", "one.jsonl").out
    shown = re.search(r"^write +(.*?)^\S", told, re.MULTILINE | re.DOTALL)
    assert shown is not None, told
    words = " ".join(shown[1].split()).replace("CASE", "one.jsonl").replace("FILE", "a.txt").replace("'...'", "lamps")
    ran = run(*words.split()[1:], "--today", "2026-11-23")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "written  a.txt"), ran.err


def test_a_line_of_several_is_wrapped_and_never_cut(run: Run, accounts: Path) -> None:
    ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", accounts)
    assert "…" not in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "(2026-11-23)" in ran.out or "days past due" in ran.out


def test_a_step_on_a_day_of_rest_is_told_with_its_day_and_how_to_say_that_it_was_done(run: Run, accounts: Path) -> None:
    ran = run("record", accounts, "step", "--account", "C1", "--policy", "small_b2b", "--at", "2026-11-22")
    assert ran.code == 2
    told = " ".join(ran.err.split())
    assert "nothing is to be done on 2026-11-22: `reminder` is advised for Monday 2026-11-23" in told
    assert "say so: --stage reminder --step reminder" in told


def test_a_final_notice_needs_the_day_of_an_earlier_letter(run: Run, tmp_path: Path) -> None:
    def asked(**how: str) -> bool:
        done = [
            {"at": f"2026-0{7 + number}-20", "event": "step_done", "stage": stage, "step": step, **how}
            for number, (stage, step) in enumerate((("reminder", "second_reminder"), ("demand", "demand")))
        ]
        path = tmp_path / "a.json"
        path.write_text(json.dumps(account("C1", "2026-07-10", history=done)))
        ran = run("advise", "--policy", "small_b2b", "--at", "2026-11-23", path)
        assert "final notice" in ran.out.split("why")[0], ran.out
        return "when was the debtor written to before?" in " ".join(ran.out.split())

    assert asked()
    assert asked(channel="phone")
    assert not asked(channel="email")
