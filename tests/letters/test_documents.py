"""Filled text becomes blocks, and what comes from outside begins none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.letters.documents import Grid, Heading, Lines, Paragraph, Points, Rule, blocks, inserted

WHOLE = """# Open

A paragraph
of two lines.

> one line
> another

- a point
- another

[ ] a box

| Invoice | Open: |
| A | 5.00 |

---
"""


def test_each_line_becomes_the_block_that_its_beginning_says() -> None:
    assert list(blocks(WHOLE)) == [
        Heading("Open"),
        Paragraph("A paragraph of two lines."),
        Lines(("one line", "another")),
        Points(("a point", "another"), boxes=False),
        Points(("a box",), boxes=True),
        Grid(("Invoice", "Open"), (("A", "5.00"),), (False, True)),
        Rule(),
    ]


def test_a_table_has_as_many_cells_in_each_row() -> None:
    with pytest.raises(ValueError, match="a row of a table has 1 cells, its head has 2"):
        list(blocks("| a | b |\n| c |\n"))


@pytest.mark.parametrize(
    "text", ["# a", "> a", "- a", "[ ] a", "| a | b |", "---", "a\n# b\n\n- c", "\ue000# a", "\ue001"]
)
def test_text_from_outside_begins_no_block(text: str) -> None:
    made = list(blocks(f"{inserted(text)}\n"))
    assert [type(each) for each in made] == [Paragraph]


@given(st.text())
def test_any_text_from_outside_fills_one_cell(text: str) -> None:
    (grid,) = blocks(f"| Name | Open |\n| {inserted(text)} | 5.00 |\n")
    assert isinstance(grid, Grid)
    assert len(grid.rows[0]) == 2


@given(st.lists(st.sampled_from(["# a", "> b", "- c", "[ ] d", "| e |", "---", "f", "", "  "])))
def test_any_lines_are_read(lines: list[str]) -> None:
    made: Any = list(blocks("\n".join(lines)))
    assert all(isinstance(each, Heading | Paragraph | Lines | Points | Grid | Rule) for each in made)
