"""An official text as paragraphs: each with the id by which it is cited, and a hash of its words.

Plain text, HTML and XML are read. A section begins with its number (`§ 1006.6`, `Section 5`, `Art. 7`, `392.304.`);
below it `(a)`, `(1)`, `(i)`, `(A)` begin paragraphs, which go as deep as they follow one another. What has no number
belongs to the paragraph before it. The hash is of the words alone: spaces, line ends and kinds of quotation marks do
not matter.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from html.parser import HTMLParser
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADED: Final = re.compile(
    r"(?:§+|Sec(?:tion|\.)|Art(?:icle|ikel|ículo|\.)|Rule|Reg(?:ulation|\.)|s\.)\s*([A-Za-z]?\d[\w.:]*?(?:-\d[\w.:]*?)*)\.?(?=[\s(-]|$)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(\d+[A-Z]?(?:[.:-]\d+[A-Z]?)+\.?|\d+[A-Z]?\.)(?=\s)")
_BESIDE: Final = re.compile(r"(?:Appendix|Supplement|Annex|Schedule) \S+ to ", re.IGNORECASE)
"""What is printed behind a text and is no paragraph of it."""
_MARK: Final = re.compile(r"\(([A-Za-z]{1,5}|\d{1,3})\)\s*")
_BLOCKS: Final = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "article", "br", "head"}
)
_UNREAD: Final = frozenset({"script", "style"})
_QUOTES: Final = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
)
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS: Final = ("", "x", "xx", "xxx", "xl")


def paragraphs_of(text: str) -> dict[str, str]:
    """The hash of each paragraph by its id, in the order of the text; two of one id are hashed together."""
    words: dict[str, list[str]] = {}
    section, marks = "", list[str]()
    lines = list(takewhile(lambda line: not _BESIDE.match(line), _lines(text)))
    for number, line in enumerate(lines):
        headed = _HEADED.match(line) or _NUMBERED.match(line)
        if headed is not None:
            section, marks = headed[1].rstrip("."), []
            line = line[headed.end() :].lstrip(". ")  # noqa: PLW2901 - what is left of it
        while (mark := _MARK.match(line)) is not None and section:
            is_roman = mark[1] == "i" and _comes_first("ii", "j", lines[number:])
            marks = [*marks, "i"] if is_roman else _placed(marks, mark[1])
            words.setdefault(_id(section, marks), [])
            line = line[mark.end() :]  # noqa: PLW2901 - as above
        if section:
            words.setdefault(_id(section, marks), []).append(line)
    return {name: hashed(" ".join(lines)) for name, lines in words.items() if _bare(" ".join(lines))}


def _comes_first(one: str, other: str, lines: Iterable[str]) -> bool:
    """Does the one mark begin a paragraph before the other does, in what is left of a section?

    Not where `(1)` does, but inside a capital: numbers stand inside letters, Roman numbers inside numbers.
    """
    capitals = False
    for place, line in enumerate(lines):
        if place and (_HEADED.match(line) or _NUMBERED.match(line)):
            return False
        while (mark := _MARK.match(line)) is not None:
            if mark[1] in (one, other) or (mark[1] == "1" and not capitals):
                return mark[1] == one
            capitals = capitals or mark[1] == "A"
            line = line[mark.end() :]  # noqa: PLW2901 - what is left of it
    return False


def hashed(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the words of a text."""
    return sha256(_bare(text).encode()).hexdigest()[:16]


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).split())


def _id(section: str, marks: list[str]) -> str:
    return section + "".join(f"({mark})" for mark in marks)


def _lines(text: str) -> Iterator[str]:
    """The lines that may begin a paragraph, without marks of HTML or XML."""
    if re.match(r"\s*<", text):
        reader = _Blocks()
        reader.feed(text)
        reader.close()
        text = "".join(reader.text)
    for line in text.splitlines():
        if bare := " ".join(line.split()):
            yield bare


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unread += tag in _UNREAD
        self.text.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD
        self.text.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(data if "\n" not in data else " ".join(data.split(" ")).replace("\n", " "))


# ---- how deep a mark stands ------------------------------------------------------------------------------------------


def _placed(marks: list[str], mark: str) -> list[str]:
    """The marks of a paragraph: the mark follows one of those around it, the innermost first, or begins a new depth."""
    for depth in range(len(marks), 0, -1):
        if mark in _following(marks[depth - 1]):
            return [*marks[: depth - 1], mark]
    if mark not in _FIRST:  # one before it is gone or reserved
        for depth in range(len(marks), 0, -1):
            if _alike(mark, marks[depth - 1]):
                return [*marks[: depth - 1], mark]
    return [*marks, mark]


_FIRST: Final = frozenset({"a", "A", "1", "i", "I"})


def _alike(mark: str, before: str) -> bool:
    """Are both digits, or single letters of one case, and the mark later?"""
    if mark.isdigit() or before.isdigit():
        return mark.isdigit() and before.isdigit() and int(mark) > int(before)
    return len(mark) == len(before) == 1 and mark.islower() is before.islower() and mark > before


def _following(mark: str) -> set[str]:
    """The marks that may come after one: `(h)` and `(i)` after `(g)` and `(h)`, `(ii)` after `(i)`."""
    if mark.isdigit():
        return {str(int(mark) + 1)}
    after = set()
    if len(mark) == 1 and mark not in "zZ":
        after.add(chr(ord(mark) + 1))
    roman = _roman_number(mark.lower())
    if roman:
        following = _roman(roman + 1)
        after.add(following if mark.islower() else following.upper())
    return after


def _roman(number: int) -> str:
    return _TENS[number // 10] + _ROMAN[number % 10] if number < 10 * len(_TENS) else ""


def _roman_number(mark: str) -> int:
    return next((number for number in range(1, 40) if _roman(number) == mark), 0)
