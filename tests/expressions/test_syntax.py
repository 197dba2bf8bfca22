"""Text to tree and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import (
    RESERVED,
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Node,
    Query,
    Stated,
    SyntaxProblem,
    ValueName,
    parse,
    unparse,
)
from collectrules.expressions.walking import value_names

words = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True).filter(lambda word: word not in RESERVED)
dotted = st.lists(words, min_size=1, max_size=3).map(tuple)
quoted = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\"'\x7f"), max_size=8)
literals = st.one_of(
    st.integers(0, 10**6).map(lambda number: Literal("int", number)),
    st.booleans().map(lambda truth: Literal("bool", truth)),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)).map(lambda day: Literal("date", day.toordinal())),
    st.integers(0, 1440).map(lambda minute: Literal("time", minute)),
    st.one_of(quoted, quoted.map(lambda text: f'"{text}'), quoted.map(lambda text: f"'{text}")).map(
        lambda text: Literal("text", text)
    ),
)
simple = st.one_of(literals, words.map(ValueName), dotted.map(Name))


def conditions(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pairs = st.lists(inner, min_size=2, max_size=3).map(tuple)
    fields = st.lists(words, max_size=2).map(tuple)
    choices = st.lists(simple, min_size=1, max_size=3).map(tuple).map(Choices)
    plain_operators = st.sampled_from(("==", "!=", "<", "<=", ">", ">=", "has", "lacks", "overlaps", "after", "before"))
    of = st.one_of(st.none(), words.map(lambda word: Name((word,))))
    alias = st.one_of(st.none(), words)
    queries = st.sampled_from(("any", "no", "count", "latest", "earliest"))
    return st.one_of(
        inner.map(Negation),
        pairs.map(Conjunction),
        pairs.map(Disjunction),
        st.builds(Comparison, plain_operators, inner, inner),
        st.builds(Comparison, st.sampled_from(("in", "not in", "has any", "only")), inner, choices),
        st.builds(Stated, inner, st.booleans()),
        st.builds(Call, words, st.lists(inner, max_size=3).map(tuple), fields),
        st.builds(Query, queries, words, of, alias, st.one_of(st.none(), inner), st.none(), fields),
        st.builds(Query, st.just("largest"), words, of, alias, st.none(), inner, fields),
    )


expressions: st.SearchStrategy[Expression] = st.recursive(simple, conditions, max_leaves=12)


def shape(part: Any) -> Any:
    """A tree without the columns at which its nodes stand."""
    if isinstance(part, Node):
        fields = [name for name in part.__struct_fields__ if name != "column"]
        return (type(part), *[shape(getattr(part, name)) for name in fields])
    return tuple(shape(item) for item in part) if isinstance(part, tuple) else part


@given(expressions)
def test_what_is_written_out_reads_back_as_the_same_tree(expression: Expression) -> None:
    assert shape(parse(unparse(expression))) == shape(expression)


@given(expressions)
def test_white_space_means_nothing(expression: Expression) -> None:
    spaced = unparse(expression).replace(" ", "\n   ") if '"' not in unparse(expression) else unparse(expression)
    if "'" not in spaced:
        assert shape(parse(spaced)) == shape(expression)


@given(st.text("()[].,=<>!$\"' abcdn0:-\n", max_size=40))
def test_any_text_reads_or_is_a_problem_with_a_column_in_it(text: str) -> None:
    column = 0
    try:
        parse(text)
    except SyntaxProblem as problem:
        column = problem.column
    assert 0 <= column <= len(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not a == b", "not (a == b)"),
        ("not not a", "a"),
        ("a == b and c in [d, e]", "(a == b) and (c in [d, e])"),
        ("(((a)))", "a"),
        ("f(a, b).c", "f( a ,b ) . c"),
        ("x in [a, b,]", "x in [a, b]"),
    ],
)
def test_what_binds_tighter(text: str, same: str) -> None:
    assert shape(parse(text)) == shape(parse(same))


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("(a or b) == true", "a or b == true"),
        ("(a and b) or c", "a and (b or c)"),
        ("not (a and b)", "not a and b"),
        ("x == 'a'", "x == a"),
        ("any(contacts where (a or b) == false)", "any(contacts where a or b == false)"),
    ],
)
def test_two_meanings_are_never_written_alike(text: str, another: str) -> None:
    assert parse(text) != parse(another)
    assert unparse(parse(text)) != unparse(parse(another))


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("a = b", "`=` is no comparison", 2),
        ("a == ", "not the end of the expression", 5),
        ("a b", "`b` does not continue the expression", 2),
        ("(a", "`)` expected to close the parenthesis, not the end", 2),
        ("a in b", "`[` expected before the list", 5),
        ("a in []", "an empty list", 5),
        ("a not b", "`in` expected after `not`", 6),
        ("a is b", "`is b` says nothing", 2),
        ("a is", "`is` says nothing", 2),
        ("and", "`and` stands where", 0),
        ("2026-02-30 == a", "`2026-02-30` is no date", 0),
        ("24:01 == a", "`24:01` is no clock time", 0),
        ("09:60 == a", "`09:60` is no clock time", 0),
        ("a == {b}", "`{` is not part of", 5),
        ("any(7)", "needs a collection", 4),
        ("any(debts of", "a name expected after `of`", 12),
        ("any(debts of 7)", "a name expected after `of`", 13),
        ("any(contacts as where x)", "a name expected after `as`", 16),
        ("any(contacts as c.d where x)", "a name expected after `as`", 16),
        ("any(contacts as true)", "a name expected after `as`", 16),
        ("largest(contacts)", "`,` expected before the term", 16),
        ("f(a).7", "a field's name expected", 5),
    ],
)
def test_a_mistake_is_told_with_its_column(text: str, message: str, column: int) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["00:00", "24:00", "23:59"])
def test_the_edges_of_a_day_are_clock_times(text: str) -> None:
    assert unparse(parse(text)) == text


def test_nesting_has_an_end() -> None:
    assert parse("(" * 50 + "a" + ")" * 50) == Name(("a",), column=50)
    with pytest.raises(SyntaxProblem, match="nested more than"):
        parse("(" * 500 + "a" + ")" * 500)


def test_values_are_named_and_put_in() -> None:
    expression = parse("count(contacts as c where c.age < $days) >= $at_most and x")
    assert value_names(expression) == {"days", "at_most"}
    filled = substitute(expression, {"days": Literal("int", 7), "at_most": Literal("int", 3)})
    assert unparse(filled) == "count(contacts as c where c.age < 7) >= 3 and x"
    assert value_names(substitute(expression, {"days": Literal("int", 7)})) == {"at_most"}


def test_nothing_changes_where_there_is_nothing_to_put_in() -> None:
    expression = parse("any(contacts as c where c.age < 7) or x in [a]")
    assert substitute(expression, {"days": Literal("int", 7)}) is expression
