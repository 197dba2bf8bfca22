"""Files are whole or not there: refused accounts stay out, a killed run leaves nothing under the final name."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

import pytest

from collectrules import Fault, InvalidInput, Preflight
from collectrules.handoff.preflight import Handoff
from collectrules.handoff.writing import hand_over
from collectrules.plugins.handoffs import HandoffFormat
from collectrules.plugins.handoffs.package import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from collectrules.case.objects import Case


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_is_refused_stays_out_and_the_receipt_says_what_went(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    told: list[object] = []
    wrong = InvalidInput([])
    other = case_of(debtor={"id": "C-2"}, debt={"kind": "commercial"})
    cases: list[Case | InvalidInput] = [case_of(), case_of(debt={"disputed": True}), wrong, other]
    run = hand_over(handoff("placement_csv"), cases, path, told=told.append)
    assert (run.accounts, run.refused, run.unreadable, run.path) == (2, 1, 1, path)
    assert len(told) == 4
    assert path.read_bytes().count(b"\r\n") == 3
    *accounts, last = lines_of(tmp_path / "out.csv.receipt.jsonl")
    assert [line["decision"] for line in accounts] == ["allow", "allow"]
    assert last["sha256"] == sha256(path.read_bytes()).hexdigest() == run.hash
    assert accounts[0]["rulesets"]


def test_an_account_is_written_once(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    told: list[object] = []
    run = hand_over(handoff("placement_csv"), [case_of(), case_of()], tmp_path / "out.csv", told=told.append)
    assert (run.accounts, run.refused) == (1, 1)
    assert isinstance(told[1], Preflight)
    assert [blocker.what for blocker in told[1].blockers] == ["this account stands in the run before"]


def test_nothing_is_written_where_nothing_may_go(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    run = hand_over(handoff("package"), [case_of(debt={"paid": True})], out / "a.zip")
    assert (run.accounts, run.path, list(out.iterdir())) == (0, None, [])


def test_a_file_that_is_there_is_only_replaced_when_that_is_said(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InvalidInput, match="CR958 this file is there already"):
        hand_over(handoff("placement_csv"), [case_of()], path)
    assert path.read_text(encoding="utf-8") == "old"
    hand_over(handoff("placement_csv"), [case_of()], path, replace=True)
    assert path.read_bytes() != b"old"


def one_a_file(write_: Callable[..., Iterator[bytes]], fault: str = "") -> HandoffFormat:
    return HandoffFormat(
        name="note",
        title="a note",
        media_type="text/plain",
        suffix=".txt",
        acts=("place_with_agency",),
        fields=FORMAT.fields,
        write=write_,
        docs="A note.",
        faults=lambda account, receiver: [Fault(fault, "mend it")] if fault else [],
        several=False,
    )


def notes(accounts: Iterator[object], receiver: object) -> Iterator[bytes]:
    for _ in accounts:
        yield b"note"


def test_several_accounts_of_a_format_with_one_a_file_make_a_zip(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    model = handoff("package")
    desk = Handoff(model.advisor, one_a_file(notes), model.file, details=model._details)  # noqa: SLF001  # the same details
    other = case_of(debtor={"id": "2026/7"}, debt={"kind": "commercial"})
    hand_over(desk, [case_of(), other], tmp_path / "out.zip")
    assert zipfile.ZipFile(tmp_path / "out.zip").namelist() == ["C-1042.txt", "2026%2F7.txt"]
    with pytest.raises(InvalidInput, match="CR959 a file of note holds one account"):
        hand_over(desk, [case_of(), other], tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()


def test_a_fault_of_the_format_is_a_blocker(handoff: Callable[..., Handoff], case_of: Callable[..., Case]) -> None:
    model = handoff("package")
    desk = Handoff(model.advisor, one_a_file(notes, "the town is too long"), model.file, details=model._details)  # noqa: SLF001
    answer = desk.preflight(case_of())
    assert [(each.by, each.what, each.mend) for each in answer.blockers] == [
        ("format", "the town is too long", ("mend it",))
    ]
    assert answer.decision == "review"


def test_a_format_that_fails_leaves_nothing(
    handoff: Callable[..., Handoff], case_of: Callable[..., Case], tmp_path: Path
) -> None:
    def fails(accounts: Iterator[object], receiver: object) -> Iterator[bytes]:
        yield b"half"
        next(accounts)
        raise RuntimeError("out of paper")

    out = tmp_path / "out"
    out.mkdir()
    model = handoff("package")
    desk = Handoff(model.advisor, one_a_file(fails), model.file, details=model._details)  # noqa: SLF001
    with pytest.raises(RuntimeError, match="out of paper"):
        hand_over(desk, [case_of()], out / "a.txt")
    assert list(out.iterdir()) == []


ENDLESS = """
import sys
from pathlib import Path
from collectrules.handoff.preflight import Handoff, RULESETS
from collectrules.handoff.writing import hand_over
from collectrules import Advisor
advisor = Advisor.load(rulesets=[RULESETS])
case = next(iter(advisor.each_case(sys.argv[1])))
def cases():
    for number in range(int(sys.argv[4])):
        yield case.but(debtor=case.debtor.but(id=f"C-{number}"))
        if number == 2:
            print("begun", flush=True)
hand_over(Handoff.load(sys.argv[5], Path(sys.argv[2]), advisor=advisor), cases(), Path(sys.argv[3]))
"""


def test_a_run_that_is_killed_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    debts = [{"id": "A", "kind": "commercial", "amount": "9.00", "currency": "USD"}]
    address = {"city": "Austin", "region": "TX", "country": "US"}
    stated = {
        "version": 2,
        "record": "complete",
        "collector": {"role": "creditor", "name": "Fernbank"},
        "debtor": {"id": "C-1", "name": "Osei Ltd", "kind": "company", "addresses": [address]},
        "debts": debts,
    }
    case.write_text(json.dumps(stated), encoding="utf-8")
    receiver = tmp_path / "to.yaml"
    receiver.write_text("receiver: Harbour\nkind: agency\n", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    final = folder / "out.bin"
    arguments = [sys.executable, "-c", ENDLESS, str(case), str(receiver), str(final)]
    with subprocess.Popen([*arguments, "1000000", "package"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        time.sleep(Random(1).random() / 2)
        os.kill(running.pid, signal.SIGKILL)
    left = {path.name for path in folder.iterdir()}
    assert left, "the run had begun to write"
    assert all(name.startswith(".out.bin") and ".part" in name for name in left)
    # The next run is not disturbed by what the killed one left.
    subprocess.run([*arguments, "3", "package"], check=True, capture_output=True)
    assert final.exists()
    assert lines_of(folder / "out.bin.receipt.jsonl")[-1]["accounts"] == 3
