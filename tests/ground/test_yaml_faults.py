"""What people write by hand and YAML reads otherwise: what they meant is told, with the text as it has to stand."""

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.ground.source import read


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "debtor: {name: 't Hooft, city: 's-Gravenhage}\n",
            1,
            'the quotes end before the text does: write "\'t Hooft"',
        ),
        ("name: 't Hooft\ncity: 's-Gravenhage\n", 2, 'write "\'s-Gravenhage"'),
        (
            "debtor: {name: 't Hooft, kind: company}\n",
            2,
            '(what is not closed begins at line 1); else write "\'t Hooft"',
        ),
        ("debts: [{id: 'O'Brien-1', kind: consumer}]\n", 1, 'write "O\'Brien-1"'),
        ('name: "Bäcker" Schmidt\n', 1, "write '\"Bäcker\" Schmidt'"),
        ("name: 'Peter's \"Inn\"'\n", 1, "write 'Peter''s \"Inn\"'"),
        ("debts: [{id: #4711, kind: consumer}]\n", 2, "is a comment; where it is none, write '#4711'"),
        ("name:Smith\nkind: company\n", 2, "at line 1 put a space after the colon: name: Smith"),
        ("debts:\n  - id: A\n  -id: B\n", 3, "put a space after the `-`"),
        ('id: "C:\\inv\\1"\n', 1, "put single quotes around the text"),
        ("name: {a: 1 b: 2}\n", 1, "check"),
    ],
)
def test_what_was_meant_is_told(text: str, line: int, said: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        read(text, "x.yaml")
    (problem,) = wrong.value.problems
    assert problem.code == "CR004"
    assert problem.place.line == line
    assert said in problem.help


@pytest.mark.parametrize("text", ["a: 'it''s so'\nb: {c: 1\nd: 2\n", "at: 2026-03-02 10:00\nb: {c: 1\nd: 2\n"])
def test_a_line_that_is_in_order_is_not_blamed(text: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        read(text, "x.yaml")
    assert "it belongs to what begins at line" in wrong.value.problems[0].help
