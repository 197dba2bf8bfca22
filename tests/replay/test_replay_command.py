"""`collectrules replay`: the whole of a log, in every format, with the same bytes by any number of processes."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.cli import run

if TYPE_CHECKING:
    from pathlib import Path

CALL = {"channel": "phone", "direction": "outbound", "outcome": "no_answer"}
HOURS = {"a": ("10:00", "22:30"), "b": ("09:00", "12:00"), "c": ("11:00", "23:10")}


def line(person: str, hours: tuple[str, ...], **stated: Any) -> str:
    history = [
        {"at": f"2026-0{2 + number}-03T{hour}", **CALL, "agent": f"agent {person}", "campaign": "=spring"}
        for number, hour in enumerate(hours)
    ]
    return json.dumps(
        {
            "version": 2,
            "jurisdiction": "US-TX",
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"id": person, "time_zone": "America/Chicago", "name": "Kwame Osei"},
            "history": history,
            **stated,
        }
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{line(person, hours)}\n" for person, hours in HOURS.items()), encoding="utf-8")
    return path


def replayed(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run(["replay", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    "wrong",
    [
        {"debts": [{"kind": "consumer"}]},
        {"history": None},
        {"history": [{"at": "2026-02-30", **CALL}]},
        {"history": [{"at": "2026-02-03", **CALL, "debts": ["C"]}]},
        {"debts": [{"id": "B", "kind": "loan"}]},
    ],
)
def test_a_wrong_line_is_told_where_it_stands_and_the_others_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, Any]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join([line("a", HOURS["a"]), line("a", (), **wrong), line("b", HOURS["b"])]), "utf-8")
    code, out, err = replayed(capsys, path)
    assert code == 2
    assert err.startswith(f"{path}:2:")
    assert "2 acts of 1 person," in " ".join(out.split())


def test_the_summary_tells_what_stands_apart(log: Path, capsys: Any) -> None:
    code, out, _ = replayed(capsys, log)
    assert code == 1
    assert all(len(line) <= 80 for line in out.splitlines() if "log.jsonl" not in line)
    assert "6 acts of 3 people, 3 February 2026 to 3 March 2026" in " ".join(out.split())
    told = [line.split() for line in out.splitlines()]
    assert ["violations", "2"] in told
    assert ["clean", "4"] in told
    assert ["agent", "a", "1", "0", "0", "2"] in told
    assert ["2026-03", "2", "0", "0", "3"] in told
    assert ["=spring", "2", "0", "0", "6"] in told


def test_json_has_a_line_for_each_act_and_the_sums(log: Path, capsys: Any) -> None:
    _, out, _ = replayed(capsys, "--json", log)
    *acts, whole = [json.loads(each) for each in out.splitlines()]
    assert [(act["person"], act["number"], act["standing"]) for act in acts if act["standing"] != "clean"] == [
        ("a", 2, "violation"),
        ("c", 2, "violation"),
    ]
    assert whole["schema"] == "collectrules/replay/v1"
    assert whole["acts"]["violation"] == 2
    assert whole["by_agent"][0] == {
        "agent": "agent a",
        "violation": 1,
        "presumed_violation": 0,
        "factor": 0,
        "not_shown": 0,
        "clean": 1,
    }


def test_files_have_the_same_findings_without_names(log: Path, tmp_path: Path, capsys: Any) -> None:
    table, sarif, pages = tmp_path / "f.csv", tmp_path / "f.sarif", tmp_path / "pages"
    replayed(capsys, "--csv", table, "--sarif", sarif, "--timelines", pages, log)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [(row["person"], row["standing"], row["campaign"]) for row in rows] == [
        ("a", "violation", "'=spring"),
        ("c", "violation", "'=spring"),
    ]
    result = json.loads(sarif.read_text("utf-8"))["runs"][0]
    assert [each["ruleId"] for each in result["results"]] == ["us.federal.regulation_f.contact_hours"] * 2
    assert result["tool"]["driver"]["rules"][0]["id"] == "us.federal.regulation_f.contact_hours"
    assert {each["level"] for each in result["results"]} == {"error"}
    assert len({each["partialFingerprints"]["collectrules/replay/v1"] for each in result["results"]}) == 2
    assert len(list(pages.glob("*.html"))) == 3  # two persons and the list
    index = (pages / "index.html").read_text("utf-8")
    assert index.count("<a href=") == 2
    for path in (table, sarif, *pages.glob("*.html")):
        assert "Kwame" not in path.read_text("utf-8")


def test_a_person_is_shown_on_demand(log: Path, tmp_path: Path, capsys: Any) -> None:
    replayed(capsys, "--timelines", tmp_path / "pages", "--person", "b", log)
    assert "Contacts with b" in "".join(each.read_text("utf-8") for each in (tmp_path / "pages").glob("*.html"))


def test_a_person_who_is_not_in_the_log_is_told(log: Path, tmp_path: Path, capsys: Any) -> None:
    code, _, err = replayed(capsys, "--timelines", tmp_path / "pages", "--person", "b", "--person", "nobody", log)
    assert code == 2
    assert err == f"no page is written of `nobody`: there is no such person in {log}, by `debtor.id`\n"


def test_the_same_log_gives_the_same_bytes_by_any_number_of_processes_and_in_any_order(
    log: Path, tmp_path: Path, capsys: Any
) -> None:
    lines = [line(f"p{number:03}", HOURS["abc"[number % 3]]) for number in range(40)]
    ordered, mixed = tmp_path / "ordered.jsonl", tmp_path / "mixed.jsonl"
    ordered.write_text("\n".join(lines), encoding="utf-8")
    mixed.write_text("\n".join(lines[::2] + lines[1::2]), encoding="utf-8")
    found = [replayed(capsys, "--json", "--jobs", jobs, path)[1] for path in (ordered, mixed) for jobs in (1, 2)]
    assert len(set(found)) == 1
    assert replayed(capsys, "--json", "--today", "2026-01-01", log)[1] == replayed(capsys, "--json", log)[1]


def test_a_line_that_cannot_be_read_does_not_take_the_others(log: Path, capsys: Any) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write('{"version": 2, "debtor": {"id": "d"}}\nno json\n')
    code, out, err = replayed(capsys, log)
    assert code == 2
    assert "6 acts of 3 people" in " ".join(out.split())
    assert "log.jsonl:4:1" in err
    assert "log.jsonl:5:" in err


def test_a_log_without_an_act_is_told(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(line("a", ()), encoding="utf-8")
    code, _, err = replayed(capsys, path)
    assert code == 4
    assert "nothing was judged" in err


def test_all_clean_is_zero(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(line("b", HOURS["b"]), encoding="utf-8")
    assert replayed(capsys, path)[0] == 0


def test_nothing_but_what_is_wrong_stands_on_standard_error(log: Path, capsys: Any) -> None:
    assert replayed(capsys, log)[2] == ""


def test_a_table_is_told_where_to_go_first(tmp_path: Path, capsys: Any) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("date,number\n2026-01-01,+1\n")
    code, out, err = replayed(capsys, table)
    assert (code, out) == (2, "")
    assert "is a table, and a log is read as JSON lines" in err
    assert "collectrules import" in err
    assert "`rule_also`" not in err
