"""A text as patterns are held against it: small letters, plain spaces and quotes, and where each sign came from.

What is written so that a reader sees a word and a pattern does not (signs without width, letters with spaces between
them or several times, digits for letters, letters of another alphabet that look alike) is undone, or told.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 200_000
"""Signs that are read of one text; a longer one is refused."""

_SIGNS: Final = {
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}`", "'"),
    **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"'),
    **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}", "-"),
}
_LIKE_LATIN: Final = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u0442\u043a\u043c\u043d\u0432\u0501\u04bb\u03b1\u03b5\u03bf\u03c1\u03bd\u03c4\u03c5\u03b9\u03ba\u03c7",
        "aeopcyxisjtkmhbdhaeopvtuikx",
        strict=True,
    )
)
"""Small letters of Cyrillic and Greek that look like those of Latin."""
_FOREIGN: Final = re.compile(r"[^\W\d_]*[\u0370-\u052f][^\W\d_]*")
_FOR_LETTERS: Final = dict(zip("0134578@$!|", "oieastbasii", strict=True))
"""Digits and signs that stand for letters in words."""
_MIXED: Final = re.compile(r"(?<![\w.@/:#&=?-])(?=[^\s]*[a-z])[a-z]*(?:[013457@$!|8]{1,2}[a-z]+)+(?![\w@/:=]|[.-]\w)")
_UNITS: Final = re.compile(r"\d+(?:st|nd|rd|th|ers?|eme|uhr|am|pm|a|p|h|hrs?|mins?|s|k|x|min|st[eo]?)\b|.{0,2}$")
"""What a digit and letters mean as they stand: ordinals, hours; a word of two signs."""
_AGAIN: Final = re.compile(r"(?<=[a-z])([a-hj-vx-z])\1{2,}|([a-hj-vx-z])\2{2,}(?=[a-z])")
"""A letter three times or more in a word; not those of `www` and of Roman numbers."""
_SPACED: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_-]){2,}[^\W\d_](?!\w)")
_END: Final = re.compile(r"(?:[.!?;]+(?=\s)|\n\s*\n|\n(?=\s*[-*\u2022]))")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


class Sentence(NamedTuple):
    """One sentence as it is read, and the offset in the text of each of its signs."""

    plain: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text stands what stands there in the sentence."""
        return self.offsets[start], self.offsets[end - 1] + 1


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, read plainly. Raises InvalidInput for a text that is too long."""
    refuse_long(text)
    made = []
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if text[start:end].strip():
            made.append(_plain(text, start, end))
        start = end
    return made


def refuse_long(text: str) -> None:
    """Raise InvalidInput for a text that is longer than is read."""
    if len(text) > MOST:
        message = f"a text of {len(text)} signs is more than is read"
        raise InvalidInput([Problem(Place("text"), "CR001", message, f"{MOST} at most: cut it into parts")])


def whole(text: str) -> Sentence:
    """The text as one sentence: for what is told across several."""
    return _plain(text, 0, len(text))


def _plain(text: str, start: int, end: int) -> Sentence:
    signs: list[str] = []
    offsets: list[int] = []
    for offset in range(start, end):
        for sign in _of_sign(text[offset]):
            if sign == " " and (not signs or signs[-1] == " "):
                continue
            signs.append(sign)
            offsets.append(offset)
    plain = _FOREIGN.sub(_as_latin, "".join(signs))
    plain = _MIXED.sub(_as_letters, plain)
    for match in reversed(list(_AGAIN.finditer(plain))):
        del offsets[match.start() + 1 : match.end()]
        plain = plain[: match.start() + 1] + plain[match.end() :]
    for match in reversed(list(_SPACED.finditer(plain))):
        joined = [place for place in range(*match.span()) if plain[place].isalpha()]
        offsets[match.start() : match.end()] = [offsets[place] for place in joined]
        plain = plain[: match.start()] + "".join(plain[place] for place in joined) + plain[match.end() :]
    return Sentence(plain, tuple(offsets))


@cache
def _of_sign(sign: str) -> str:
    """What is read of one sign: small letters, plain spaces and quotes; of accents and what has no width nothing."""
    apart = unicodedata.normalize("NFKD", sign).casefold()
    seen = (each for each in apart if unicodedata.category(each) not in ("Cf", "Mn"))
    return "".join(" " if each.isspace() else _SIGNS.get(each, each) for each in seen)


def _as_latin(match: re.Match[str]) -> str:
    """The word in Latin letters, where it looks as one of them."""
    latin = "".join(_LIKE_LATIN.get(sign, sign) for sign in match[0])
    return latin if latin.isascii() else match[0]


def _as_letters(match: re.Match[str]) -> str:
    """The word with letters for digits: `st0p`."""
    word = match[0]
    if _UNITS.match(word) or sum(map(str.isalpha, word)) * 2 < len(word):
        return word
    return "".join(_FOR_LETTERS.get(sign, sign) for sign in word)


def plain(text: str) -> str:
    """Letters without accents, as texts are read."""
    apart = unicodedata.normalize("NFKD", text.replace("\N{LATIN SMALL LETTER SHARP S}", "ss"))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def two_alphabets(text: str) -> str:
    """A word that mixes letters of two alphabets, as a Cyrillic letter in a Latin word; empty where none does."""
    for match in _WORD.finditer(text):
        alphabets = {unicodedata.name(sign, "").split(" ")[0] for sign in match[0]}
        if len(alphabets & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return match[0]
    return ""


def place(text: str, offset: int) -> str:
    """Line and column of an offset, counted from one: `3:14`."""
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def text_of(path: Path) -> str:
    """The text of a file: of HTML what a reader sees, of an e-mail (`.eml`) its subject and body; `-`: standard input.

    Raises InvalidInput for a file that cannot be read.
    """
    from collectrules.ground.source import file_text, standard_input_text

    if str(path) == "-":
        return standard_input_text()
    text = file_text(path)
    if path.suffix.lower() == ".eml":
        return _of_email(text)
    return _of_html(text) if path.suffix.lower() in (".html", ".htm") else text


def _of_email(text: str) -> str:
    from email import message_from_string, policy

    message = message_from_string(text, policy=policy.default)
    body = message.get_body(("plain", "html"))
    content = body.get_content() if body is not None else ""
    if body is not None and body.get_content_type() == "text/html":
        content = _of_html(content)
    return f"{message['subject'] or ''}\n\n{content}"


class _Seen(HTMLParser):
    """Gathers what a reader of a page sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("script", "style", "title", "head"):
            self.unseen += 1
        elif tag in ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "td"):
            self.seen.append("\n" if tag in ("br", "td") else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title", "head"):
            self.unseen = max(0, self.unseen - 1)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.seen.append(data)


def _of_html(text: str) -> str:
    parser = _Seen()
    parser.feed(text)
    parser.close()
    return "".join(parser.seen).strip()
