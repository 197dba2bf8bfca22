"""Text with positions: what is written stays what it is, and what is wrong has a place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from collectrules.ground.errors import InvalidInput, Place
from collectrules.ground.nodes import DEPTH_LIMIT, Listing, Node, Scalar, Table
from collectrules.ground.source import decode, read, read_bytes, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def entry(text: str, key: str = "a", path: str = "x.yaml") -> Scalar:
    node = read(text, path).table("the file").get(key)
    assert node is not None
    return node.scalar(key)


def problems(text: str, path: str = "x.yaml") -> list[tuple[str, int, int]]:
    with pytest.raises(InvalidInput) as caught:
        read(text, path)
    return [(problem.code, problem.place.line, problem.place.column) for problem in caught.value.problems]


@pytest.fixture(params=["libyaml", "python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")


@pytest.mark.usefixtures("either_parser")
class TestYaml:
    @pytest.mark.parametrize("written", ["21:00", "NO", "on", "01234", "2026-03-02", "1_000", "0x1f", "~", "5.10"])
    def test_a_scalar_stays_what_was_written(self, written: str) -> None:
        plain = entry(f"a: {written}")
        assert (plain.text, plain.quoted) == (written, False)
        quoted = entry(f"a: '{written}'")
        assert (quoted.text, quoted.quoted) == (written, True)

    def test_block_text_is_quoted(self) -> None:
        assert entry("a: |\n  no\n").quoted
        assert entry("a: >-\n  no\n  more\n") == Scalar("no more", quoted=True, place=Place("x.yaml", 1, 4))

    def test_keys_stay_text(self) -> None:
        assert list(read("on: 1\nNO: 2\n21:00: 3\n", "x.yaml").table("")) == ["on", "NO", "21:00"]

    def test_every_key_and_value_has_a_place(self) -> None:
        root = read("# first\na:\n  - b: é x\n  - [1, {c: 2}]\n", "x.yaml").table("")
        assert root.place == Place("x.yaml", 2, 1)
        assert root.place_of("a") == Place("x.yaml", 2, 1)
        first, second = root.entries["a"].listing("a")
        assert first.table("").place_of("b") == Place("x.yaml", 3, 5)
        assert first.table("").entries["b"].place == Place("x.yaml", 3, 8)
        one, two = second.listing("")
        assert (one.place, two.table("").place_of("c")) == (Place("x.yaml", 4, 6), Place("x.yaml", 4, 10))

    def test_windows_line_ends_and_byte_order_mark(self) -> None:
        node = read_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x.yaml").table("")
        assert node.place_of("b") == Place("x.yaml", 2, 1)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", [("CR003", 0, 0)]),
            ("# only a comment\n", [("CR003", 0, 0)]),
            ("---\n...\n", [("CR003", 0, 0)]),
            ("a: 1\nb: 2\na: 3\n", [("CR006", 3, 1)]),
            ("a: {b: 1, b: 2}\na: 1\n", [("CR006", 1, 11), ("CR006", 2, 1)]),
            ("a: &x 1\nb: *x\n", [("CR007", 1, 4), ("CR007", 2, 4)]),
            ("a: &x [1]\n", [("CR007", 1, 4)]),
            ("a:\n  <<: {b: 1}\n", [("CR007", 2, 3)]),
            ("a: !!str 1\nb: !x {}\n", [("CR007", 1, 4), ("CR007", 2, 4)]),
            ("a: 1\n---\nb: 2\n", [("CR005", 2, 1)]),
            ("? [a]\n: b\n", [("CR009", 1, 3)]),
            ("a: {{b}}\n", [("CR009", 1, 5)]),
            ("'': b\n", [("CR009", 1, 1)]),
            ("a: \x07\n", [("CR002", 1, 4)]),
            ("a: b\n\tc: d\n", [("CR004", 2, 1)]),
            ("a: @b\n", [("CR004", 1, 4)]),
        ],
    )
    def test_what_is_refused(self, text: str, expected: list[tuple[str, int, int]]) -> None:
        assert problems(text) == expected

    @pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
    def test_nesting_has_a_limit(self, opening: str) -> None:
        assert problems(opening * (DEPTH_LIMIT + 1) + "\n")[-1][0] == "CR008"
        read("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, "x.yaml")
        assert problems("[" * 100_000)[-1][0] == "CR008"

    def test_a_merge_key_in_quotes_is_a_key(self) -> None:
        assert entry("'<<': b\n", "<<").text == "b"

    @pytest.mark.parametrize("text", ["a: [1, 2", "a: {b: 1,", "a: 'b", 'a: "b\n', "a: {b: {c: 1}\n"])
    def test_a_file_cut_in_half_says_so(self, text: str) -> None:
        with pytest.raises(InvalidInput, match="the file ends in the middle"):
            read(text, "x.yaml")


class TestJson:
    def test_tabs_and_escapes_with_positions(self) -> None:
        text = '{\n\t"a": "\\u00e9 \\ud83d\\ude00 \\/ \\t",\n\t"b": [true, -1.50, null]\n}\n'
        for path in ("x.json", "<stdin>"):
            root = read(text, path).table("")
            assert root.entries["a"] == Scalar("é 😀 / \t", quoted=True, place=Place(path, 2, 7))
            assert root.place_of("b") == Place(path, 3, 2)
            assert [item.scalar("") for item in root.entries["b"].listing("")] == [
                Scalar("true", quoted=False, place=Place(path, 3, 8)),
                Scalar("-1.50", quoted=False, place=Place(path, 3, 14)),
                Scalar("null", quoted=False, place=Place(path, 3, 21)),
            ]

    def test_flow_yaml_is_not_taken_for_json(self) -> None:
        assert entry("{a: b}", path="<stdin>").text == "b"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ("CR003", 0, 0)),
            (" \n", ("CR003", 0, 0)),
            ('{"a": 1', ("CR004", 1, 8)),
            ('{"a": "b', ("CR004", 1, 7)),
            ('{"a": 1,\n}', ("CR004", 1, 8)),
            ("[1,]", ("CR004", 1, 3)),
            ('{"a" 1}', ("CR004", 1, 6)),
            ("{a: 1}", ("CR004", 1, 2)),
            ('{"a": 01}', ("CR004", 1, 7)),
            ('{"a": NaN}', ("CR004", 1, 7)),
            ('{"a": "\\x"}', ("CR004", 1, 8)),
            ('{"a": 1} x', ("CR004", 1, 10)),
            ('{"a": 1}\n{"a": 2}', ("CR005", 2, 1)),
            ('{"a": 1,\n "a": 2}', ("CR006", 2, 2)),
            ('{"a": "\\ud83d"}', ("CR002", 1, 7)),
            ('{"": 1}', ("CR009", 1, 2)),
            ("[" * 100_000, ("CR008", 1, DEPTH_LIMIT + 1)),
        ],
    )
    def test_what_is_refused(self, text: str, expected: tuple[str, int, int]) -> None:
        assert problems(text, "x.json") == [expected]


def test_bytes_that_are_not_utf8_have_a_place() -> None:
    with pytest.raises(InvalidInput, match=r"^x:2:6: CR002 byte 0xe9 is not UTF-8"):
        decode("a: b\né é ".encode() + b"c\xe9", "x")
    with pytest.raises(InvalidInput, match=r"^x:1:1: CR002 this is UTF-16 text"):
        decode("a: b".encode("utf-16"), "x")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(InvalidInput, match="CR001 cannot read this file"):
            read_file(path)
    (tmp_path / "a.yaml").write_text("a: b", encoding="utf-8")
    assert read_file(tmp_path / "a.yaml").table("").place == Place(str(tmp_path / "a.yaml"), 1, 1)


def test_asking_for_another_shape_is_an_error_with_a_place() -> None:
    root = read("a: b\nc: [d]\n", "x.yaml").table("a ruleset")
    text, listing = root.entries["a"], root.entries["c"]
    with pytest.raises(InvalidInput, match=r"^x.yaml:1:4: CR010 `a` must be a list, but here is `b`$"):
        text.listing("`a`")
    with pytest.raises(InvalidInput, match=r"^x.yaml:2:4: CR010 `c` must be keys with values, but here is a list$"):
        listing.table("`c`")
    with pytest.raises(InvalidInput, match=r"^x.yaml:1:1: CR010 a ruleset must be text, but here is keys with values$"):
        root.scalar("a ruleset")


# What JSON can hold, without halves of characters and what no terminal shows.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2028\u2029"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts.filter(bool), inner),
    max_leaves=20,
)


def plain(node: Node) -> Any:
    if isinstance(node, Listing):
        return [plain(item) for item in node]
    if isinstance(node, Table):
        return {key: plain(value) for key, value in node.entries.items()}
    return node.text if node.quoted else json.loads(node.text)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Listing):
        for item in node:
            yield from nodes(item)
    if isinstance(node, Table):
        for value in node.entries.values():
            yield from nodes(value)


@given(values, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json_is_read_as_json_reads_it(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    root = read(text, "x.json")
    assert plain(root) == value
    lines = text.split("\n")
    for node in nodes(root):
        begins = lines[node.place.line - 1][node.place.column - 1]
        expected = "{" if isinstance(node, Table) else "[" if isinstance(node, Listing) else None
        assert begins == (expected or ('"' if node.scalar("").quoted else node.scalar("").text[0]))


def refusal(raw: bytes | str, path: str) -> InvalidInput | None:
    try:
        read(raw, path) if isinstance(raw, str) else read_bytes(raw, path)
    except InvalidInput as error:
        return error
    return None


@given(st.text() | st.text("{}[]:,-#&*!|>'\"%@`? \n\tab0"), st.sampled_from(["x.json", "x.yaml"]))
@example("? ", "x.yaml")
@example("%YAML 9.9\n---\na", "x.yaml")
@example("\ud800", "x.yaml")
@example('"\\ud800"', "x.yaml")
def test_any_text_is_read_or_refused_with_places(text: str, path: str) -> None:
    error = refusal(text, path)
    if error is None:
        return
    assert error.problems
    str(error).encode()
    for problem in error.problems:
        assert problem.place.path == path
        assert 0 <= problem.place.line <= len(text) + 2


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    error = refusal(raw, "x.yaml")
    assert error is None or error.problems
