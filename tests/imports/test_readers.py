"""Files as rows: nothing is dropped in silence, whatever the quotes, line ends and encodings are."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.ground.errors import MissingExtra
from collectrules.imports.lacking import CannotImport
from collectrules.imports.readers import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.imports.readers import Row

    WriteFile = Callable[[str, str | bytes], Path]


def rows(path: Path) -> list[Row]:
    return list(opened(path).rows)


def test_line_ends_of_every_kind(file: WriteFile) -> None:
    for end in ("\n", "\r\n", "\r"):
        path = file("a.csv", f"a,b{end}1,2{end}3,4")
        assert [(row.number, row.cells) for row in rows(path)] == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]


def test_encodings(file: WriteFile) -> None:
    text = "Größe;Name\n1;Müller\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert [row.cells for row in rows(file("a.csv", text.encode(encoding)))][1] == ["1", "Müller"]
    with pytest.raises(CannotImport, match="bytes of zero"):
        rows(file("a.csv", b"a,b\n1,\0\n"))


@pytest.mark.parametrize(
    ("begin", "told"),
    [(b"%PDF-1.7\n%\xe2\xe3", "a PDF"), (b"\x89PNG\r\n", "a picture"), (b"\x7fELF\x02\xff\0", "bytes of zero")],
)
def test_what_is_no_table_is_refused_by_what_it_is(begin: bytes, told: str, file: WriteFile) -> None:
    with pytest.raises(CannotImport, match=f"this is .*{told}"):
        opened(file("a.csv", begin + b"\n1,2,3\n"))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_marks_between_cells(mark: str, file: WriteFile) -> None:
    path = file("a.csv", f"a{mark}b{mark}c\n1{mark}2{mark}3\n")
    assert rows(path)[1].cells == ["1", "2", "3"]


def test_a_mark_that_stands_within_cells_is_none(file: WriteFile) -> None:
    german = "Name;Betrag;Ort\n" + "Firma;1.190,00;Köln, Mitte\n" * 3
    assert rows(file("a.csv", german))[1].cells == ["Firma", "1.190,00", "Köln, Mitte"]
    assert rows(file("a.csv", '"a","b","c"\n"x","\t","\t\t"\n'))[1].cells == ["x", "\t", "\t\t"]


def test_a_quote_that_is_never_closed_costs_its_own_row(file: WriteFile) -> None:
    path = file("a.csv", 'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,11,12\n')
    found = rows(path)
    assert [row.number for row in found] == [1, 2, 3, 4, 5]
    assert [bool(row.fault) for row in found] == [False, False, True, False, False]
    assert "never closed" in found[2].fault


def test_a_cell_may_have_several_lines(file: WriteFile) -> None:
    path = file("a.csv", 'a,b,c\n1,"two\nlines",3\n4,5,6\n')
    assert [(row.number, row.fault) for row in rows(path)] == [(1, ""), (2, ""), (4, "")]
    assert rows(path)[1].cells[1] == "two\nlines"


def test_quotes_within_a_cell_are_text(file: WriteFile) -> None:
    path = file("a.csv", 'a,b\n"User 10" <114>,114\nsay "hi" now,2\n')
    assert [row.cells for row in rows(path)][1:] == [["User 10 <114>", "114"], ['say "hi" now', "2"]]


def test_an_unopened_quote_is_minded(file: WriteFile) -> None:
    assert (
        rows(file("a.csv", 'a,b\n1,text"\n'))[1].remark
        == "a cell ends with a quote that was never opened: taken as text"
    )


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\x1a")), min_size=3, max_size=3
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_well_comes_back(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b", "c"], *table])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(written.getvalue(), encoding="utf-8", newline="")
    blank = [row for row in table if not any(cell.strip() for cell in row)]
    found = [row.cells for row in rows(path)][1:]
    assert len(found) == len(table) - len(blank)
    assert found == [row for row in table if row not in blank]


def test_json_has_decimals_and_keys_within_keys(file: WriteFile) -> None:
    text = json.dumps(
        {"Invoice": [{"Id": "1", "Ref": {"value": "24"}, "Balance": 362.07, "to": ["a", "b"], "x": None}]}
    )
    reading = opened(file("a.json", text), ("Invoice",))
    assert reading.names == ["Id", "Ref.value", "Balance", "to"]
    assert [row.cells for row in reading.rows] == [["1", "24", Decimal("362.07"), "a"]]


def test_json_lines_have_a_fault_each(file: WriteFile) -> None:
    reading = opened(file("a.jsonl", '{"a": 1}\n\n{"a": \n[1]\n{"b": 2}\n'))
    assert [(row.number, bool(row.fault)) for row in reading.rows] == [(1, False), (3, True), (4, True), (5, False)]


def test_json_that_is_nested_without_end_is_told(file: WriteFile) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    with pytest.raises(CannotImport, match="nested too deeply"):
        rows(file("a.json", deep))
    reading = opened(file("a.jsonl", f'{{"a": 1}}\n{{"a": {deep}}}\n'))
    assert [row.fault for row in reading.rows] == ["", "this line is no JSON: it is nested too deeply"]
    for depth in range(100, 1000, 20):  # what the library still reads may be too deep for a row
        keys = '{"a": ' * depth + "1" + "}" * depth
        for row in opened(file("a.jsonl", f'{{"b": 1}}\n{keys}\n')).rows:
            assert row.fault in ("", "it is nested too deeply", "this line is no JSON: it is nested too deeply")


def test_what_cannot_be_opened(file: WriteFile, tmp_path: Path) -> None:
    for name, text in (("a.csv", ""), ("a.json", "{]")):
        with pytest.raises(CannotImport):
            rows(file(name, text))
    with pytest.raises(CannotImport, match="cannot read this file"):
        rows(tmp_path / "nowhere.csv")
    with pytest.raises(CannotImport, match="this spreadsheet cannot be opened"):
        rows(file("a.xlsx", b"PK\x03\x04 and no more"))


def test_a_spreadsheet_needs_its_reader(file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(MissingExtra, match=r"pip install 'collectrules\[spreadsheets\]'"):
        rows(file("a.xlsx", b"PK\x03\x04"))


def test_the_bar_is_told_of_every_byte(file: WriteFile) -> None:
    text = "a,b\n" + "1,2\n" * 3000
    path, told = file("a.csv", text), list[int]()
    list(opened(path, advance=told.append).rows)
    assert sum(told) == len(text)
    assert len(told) > 3
