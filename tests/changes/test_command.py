"""`collectrules diff`: sides, exit codes, recorded cases, queries, JSON."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.changes.replay import logged
from collectrules.ground.errors import InvalidInput
from collectrules.output.log import log_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = """\
- id: {id}
  title: a rule
  cite: Law 1
  strength: prohibition
  governs: {{kind: contact}}
  when: {when}
  examples:
    - {{story: kept, action: {{kind: contact, channel: letter, at: 2026-04-08}}, expect: allow}}
    - {{story: broken, action: {{kind: contact, channel: phone}}, expect: deny}}
"""
STRICT = "action.channel in [phone, sms]"
MILD = "action.channel == phone"
CASE = """\
jurisdiction: US
record: complete
id: one
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
debtor: {time_zone: America/New_York}
action: {kind: contact, channel: sms, at: 2026-04-08T10:00}
"""


def rule(when: str, name: str = "one") -> str:
    return RULE.format(id=name, when=when)


@pytest.fixture
def folders(books: Any) -> tuple[Path, Path]:
    return books.folder("old", rule(STRICT)), books.folder("new", rule(MILD))


def test_exit_codes_tell_looser_from_safe(folders: tuple[Path, Path], capsys: Any) -> None:
    old, new = map(str, folders)
    assert cli.run(["diff", old, new]) == 1
    assert "LOOSER" in capsys.readouterr().out
    assert cli.run(["diff", new, old]) == 0
    assert "PROVED: nothing that was denied before is allowed now" in capsys.readouterr().out
    assert cli.run(["diff", old, old]) == 0
    assert capsys.readouterr().out.endswith("no rule changed\n")


LIBRARY = (
    "library: common.{name}\ntitle: words\nversion: '1'\n{more}define:\n  {name}: {{title: it is so, is: '{when}'}}\n"
)


def test_a_library_that_another_library_uses_is_looked_into(books: Any, capsys: Any) -> None:
    found = []
    for side, when in (("old", STRICT), ("new", MILD)):
        folder = books.folder(side, rule("above"), "uses: [common.above]\n")
        (folder / "common").mkdir()
        for name, more, is_so in (("above", "uses: [common.below]\n", "below"), ("below", "", when)):
            (folder / "common" / f"{name}.yaml").write_text(LIBRARY.format(name=name, more=more, when=is_so), "utf-8")
        found.append(str(folder))
    assert cli.run(["diff", *found]) == 1
    assert "LOOSER" in capsys.readouterr().out


def test_the_output_fits_a_terminal(folders: tuple[Path, Path], capsys: Any) -> None:
    cli.run(["diff", *map(str, folders)])
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in lines if not line.startswith(("old ", "new "))) <= 80


def test_what_is_neither_proved_nor_shown_is_for_a_person(books: Any, capsys: Any) -> None:
    calendar = "business_days_between(action.day, add_days(action.day, 9), {}) >= 99"
    old = books.folder("old", rule(f"'{MILD} or {calendar.format('office')}'"))
    new = books.folder("new", rule(f"'{MILD} or {calendar.format('feasts')}'"))
    assert cli.run(["diff", str(old), str(new)]) == 3
    out = capsys.readouterr().out
    assert "NOT PROVED, and no case found" in out
    assert "what these functions compute: business_days_between" in out


def test_a_revision_of_git_is_a_side(books: Any, folders: tuple[Path, Path], capsys: Any, monkeypatch: Any) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=books.path, check=True, capture_output=True)  # noqa: S607

    git("init", "-b", "main")
    git("add", "old")
    git("commit", "-m", "one")
    folders[1].joinpath("us/federal/law.yaml").replace(folders[0] / "us/federal/law.yaml")
    monkeypatch.chdir(books.path)
    assert cli.run(["diff", "main:old", "old"]) == 1
    out = capsys.readouterr().out
    assert "old      main:old" in out
    assert "LOOSER" in out
    assert cli.run(["diff", "main", "old"]) == 1  # a revision by itself: the folder with which it is compared
    assert capsys.readouterr().out == out
    git("commit", "-am", "two")
    assert cli.run(["diff", "main^..main:old"]) == 1
    assert "old      main^:old\nnew      main:old\n" in capsys.readouterr().out
    assert cli.run(["diff", "main^..main"]) == 2
    assert "another folder of the revision than `rulesets` is named so: `main:our_rules`" in " ".join(
        capsys.readouterr().err.split()
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "name the old and the new"),
        (["--help-me", "x"], "No such option"),
        (["nowhere", "nothing"], "no folder, no file"),
        (["-x:y", "z"], ""),
    ],
)
def test_what_is_no_side_is_told(arguments: list[str], says: str, capsys: Any) -> None:
    assert cli.run(["diff", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(folders: tuple[Path, Path], capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("collectrules.cli.commands.diff.find_spec", lambda _: None)
    assert cli.run(["diff", *map(str, folders)]) == 2
    assert "run: pip install 'collectrules[prove]'" in capsys.readouterr().err


def test_recorded_answers_are_counted_by_rule(
    books: Any, folders: tuple[Path, Path], tmp_path: Path, capsys: Any
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE, "utf-8")
    assert cli.run(["diff", *map(str, folders), "--cases", str(case), "--json"]) == 1
    recorded = json.loads(capsys.readouterr().out)["recorded"]
    assert recorded["asked"] == 1
    assert recorded["changed"] == {"deny -> allow": 1}
    assert recorded["by_rule"] == {"us.federal.law.one": {"deny -> allow": 1}}
    assert recorded["first"] == {"deny -> allow": ["one"]}


def test_a_log_of_check_is_replayed(books: Any, folders: tuple[Path, Path], tmp_path: Path, capsys: Any) -> None:
    from collectrules.case.reading import parse_cases

    case = parse_cases(CASE, "case.yaml").cases[0]
    log = tmp_path / "log.jsonl"
    log.write_text(log_line(case, '{"decision": "deny"}') + log_line(case, '{"decision": "allow"}'), "utf-8")
    cli.run(["diff", *map(str, folders), "--decisions", str(log)])
    out = capsys.readouterr().out
    assert "asked    2 recorded cases: 2 change (2 deny -> allow)" in out
    assert "us.federal.law.one: 2 deny -> allow" in out
    assert "1 are answered by the old side otherwise than was recorded" in " ".join(out.split())


@pytest.mark.parametrize(
    "line",
    [b'{"other": 1}', b'{"case": 1, "answer": "deny"}', b'{"case": {}, "answer": "deny"}', b"\xff\xfe", b"[" * 100_000],
    ids=["another", "no case", "no answer", "no text", "deep"],
)
def test_a_line_that_is_none_of_a_log_is_told_with_its_number(tmp_path: Path, line: bytes) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(b'{"case": {"id": "a"}, "answer": {"decision": "deny"}}\n' + line + b"\n")

    def read() -> Iterator[object]:
        yield from logged(log)

    with pytest.raises(InvalidInput, match=r"log.jsonl:2:0: CR100 this is no line of a log"):
        list(read())


def test_each_case_is_written_as_a_file_that_runs(
    books: Any, folders: tuple[Path, Path], tmp_path: Path, capsys: Any
) -> None:
    cli.run(["diff", *map(str, folders), "-o", str(tmp_path / "found")])
    (file,) = (tmp_path / "found").iterdir()
    assert file.name == "us.federal.law.one.milder.yaml"
    assert (books.answer("old", file), books.answer("new", file)) == ("deny", "allow")
    capsys.readouterr()


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("'action.kind == contact and action.kind == respond'", "us.federal.law.one never fires"),
        ("'action.channel == phone and action.channel == sms'", "us.federal.law.one is never broken for certain"),
        ("'action.channel == phone or action.channel != phone'", "us.federal.law.one always fires"),
        ("'action.channel == phone and action.to == employer'", "us.federal.law.one is implied by us.federal.law.two"),
        ("action.channel not in [phone]", "us.federal.law.one contradicts"),
    ],
)
def test_queries_tell_what_is_proved_of_a_changed_rule(books: Any, when: str, says: str, capsys: Any) -> None:
    other = rule(MILD, "two")
    old, new = books.folder("old", rule(STRICT) + other), books.folder("new", rule(when) + other)
    cli.run(["diff", str(old), str(new), "--queries"])
    out = " ".join(capsys.readouterr().out.split())
    assert says in out
