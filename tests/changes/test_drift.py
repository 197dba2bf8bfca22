"""Paragraphs of an official text by id and hash, and the rules that rest on what changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.changes.official import hashed, paragraphs_of
from collectrules.law.paragraphs import designations, rests_on

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
§ 12 Calls.
(a) Definitions. In this section:
(1) "Call" means a call;
(2) "Week" means seven days.
(b) A collector shall not call:
(1) more than three times a week;
(2) at night, that is
(i) before eight, or
(ii) after nine.
§ 13 Letters.
(h) eighth
(i) ninth, which is no Roman number
(j) tenth
"""
RULESET = """\
ruleset: {name}
title: a law of a test
jurisdiction: US
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {{date: 2026-01-01, against: the text, confidence: high}}
verify_by: 2030-01-01
define:
  week: {{title: in a week, cite: Law 12(a)(2), is: any(contacts where age < 7)}}
rules:
  - id: calls
    title: not more than three a week
    cite: Law 12(b)(1)
    strength: prohibition
    governs: {{kind: contact, channel: phone}}
    when: week
    examples:
      - {{story: kept, action: {{kind: contact}}, expect: allow}}
      - {{story: broken, action: {{kind: contact}}, expect: deny}}
  - id: nights
    title: not at night
    cite: Law 12(b)(2)
    strength: prohibition
    governs: {{kind: contact, channel: phone}}
    when: outside_hours(action, 08:00, 21:00)
    examples:
      - {{story: kept, action: {{kind: contact}}, expect: allow}}
      - {{story: broken, action: {{kind: contact}}, expect: deny}}
"""


@pytest.fixture
def law_file(tmp_path: Path) -> Path:
    path = tmp_path / "law.yaml"
    path.write_text(RULESET.format(name="law"), "utf-8")
    (tmp_path / "read.txt").write_text(TEXT, "utf-8")
    assert cli.run(["drift", str(path), "--text", str(tmp_path / "read.txt"), "--write"]) == 0
    return path


def drifted(law_file: Path, text: str, capsys: Any) -> tuple[int, dict[str, Any]]:
    fetched = law_file.parent / "fetched"
    fetched.write_text(text, "utf-8")
    capsys.readouterr()
    code = cli.run(["drift", str(law_file), "--text", str(fetched), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_marks_go_as_deep_as_they_follow_one_another() -> None:
    assert list(paragraphs_of(TEXT)) == [
        *("12", "12(a)", "12(a)(1)", "12(a)(2)", "12(b)", "12(b)(1)", "12(b)(2)", "12(b)(2)(i)", "12(b)(2)(ii)"),
        *("13", "13(h)", "13(i)", "13(j)"),
    ]


def test_words_are_hashed_and_not_their_layout() -> None:
    assert hashed("\u201cCall\u201d  means\na call;") == hashed('"Call" means a call;')
    assert hashed("before eight") != hashed("before nine")
    wide = TEXT.replace(" times a week", "\n   times a   week")
    assert paragraphs_of(wide) == paragraphs_of(TEXT)


def test_html_is_read_as_the_text_it_shows() -> None:
    lines = "".join(f"<p>{line.replace('night', '<em>night</em>')}</p>\n" for line in TEXT.splitlines())
    page = f"<html><head><style>p {{ color: red }}</style></head><body>{lines}<script>(k) x</script></body></html>"
    assert paragraphs_of(page) == paragraphs_of(TEXT)


@pytest.mark.parametrize("heading", ["§ 12", "Section 12", "Sec. 12.", "Art. 12", "Article 12"])
def test_a_section_begins_with_its_number(heading: str) -> None:
    assert list(paragraphs_of(f"{heading} Calls.\n(1) one\n")) == ["12", "12(1)"]
    assert list(paragraphs_of("392.304. Calls.\n(a) one\n")) == ["392.304", "392.304(a)"]


def test_nothing_changed(law_file: Path, capsys: Any) -> None:
    code, found = drifted(law_file, TEXT, capsys)
    assert (code, found["same"], found["to_read"]) == (0, 13, {})


def test_what_changed_is_gone_or_new_and_who_rests_on_it(law_file: Path, capsys: Any) -> None:
    text = TEXT.replace("after nine", "after ten").replace("(j) tenth\n", "(k) other\n")
    code, found = drifted(law_file, text, capsys)
    assert code == 1
    assert (found["changed"], found["gone"], found["new"]) == (["12(b)(2)(ii)"], ["13(j)"], ["13(k)"])
    assert found["to_read"] == {"law.nights": ["12(b)(2)(ii)"]}


def test_a_rule_rests_on_what_its_definitions_cite(law_file: Path, capsys: Any) -> None:
    _, found = drifted(law_file, TEXT.replace("seven days", "five days"), capsys)
    assert found["to_read"] == {"law.calls": ["12(a)(2)"]}


def test_what_is_written_again_replaces_what_was_there(law_file: Path, capsys: Any) -> None:
    before = law_file.read_text("utf-8")
    assert "night" not in before.partition("paragraphs:")[2], "no text of the law stands in the ruleset"
    (law_file.parent / "read.txt").write_text(TEXT.replace("night", "evening"), "utf-8")
    assert cli.run(["drift", str(law_file), "--text", str(law_file.parent / "read.txt"), "--write"]) == 0
    after = law_file.read_text("utf-8")
    assert after != before
    assert len(after.splitlines()) == len(before.splitlines())
    code, _ = drifted(law_file, TEXT.replace("night", "evening"), capsys)
    assert code == 0


def test_what_cannot_be_compared_is_told(law_file: Path, tmp_path: Path, capsys: Any) -> None:
    bare = tmp_path / "bare.yaml"
    bare.write_text(RULESET.format(name="bare"), "utf-8")
    assert cli.run(["drift", str(bare), "--text", str(tmp_path / "read.txt")]) == 2
    assert "`bare` holds no `paragraphs:`" in capsys.readouterr().err
    empty = tmp_path / "empty.txt"
    empty.write_text("no section at all\n", "utf-8")
    assert cli.run(["drift", str(law_file), "--text", str(empty)]) == 2
    assert "no paragraph is found in this text" in capsys.readouterr().err


def test_a_hash_that_is_none_is_a_mistake_of_the_ruleset(law_file: Path, tmp_path: Path, capsys: Any) -> None:
    law_file.write_text(law_file.read_text("utf-8").replace("'12(a)': ", "'12(a)': x"), "utf-8")
    assert cli.run(["drift", str(law_file), "--text", str(tmp_path / "read.txt")]) == 2
    assert "is no hash of a paragraph" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("citation", "paragraph", "rests"),
    [
        ("12 CFR 1006.14(b)(2)(i)(A) and (ii)", "1006.14(b)(2)(i)(A)", True),
        ("12 CFR 1006.14(b)", "1006.14(b)(2)", True),
        ("12 CFR 1006.14(b)(2)", "1006.14(b)", True),
        ("12 CFR 1006.14(b)(2)", "1006.14(b)(1)", False),
        ("12 CFR 1006.1", "1006.14", False),
        ("Tex. Fin. Code 392.304(a)(5)", "392.304(a)", True),
        ("BGB 288", "288(2)", True),
    ],
)
def test_a_rule_rests_on_what_it_cites(citation: str, paragraph: str, rests: bool) -> None:
    assert rests_on([citation], paragraph) is rests
    assert designations(citation)
