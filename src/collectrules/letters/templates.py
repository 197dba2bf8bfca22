"""Reading letter templates: a head of keys, a line `---`, and the text, which Jinja fills.

```
title: Reminder
docs: asks for what is overdue
content: [debt_information, payment_request]
needs:
  deadline: {is: date, ask: by when is to be paid}
---
Dear {{ debtor.name }},
```

| key | meaning |
|---|---|
| `title` | subject of the letter |
| `docs` | what it is for, for the list of letters |
| `content` | words of `action.content` that the letter always holds; what `says(...)` adds comes from the text |
| `kind`, `purpose` | of the act; `kind` is `contact` where it is not said |
| `also` | kinds of act that the letter is besides being a contact: `[send_validation_notice]` |
| `needs` | details that no case states: their kind (`text`, `date`, `amount`, `number`) and the question |
| `may_have` | the same, for those that may be left out |
| `threatens_claim` | `yes`: the letter threatens suit; `asked`: where the next step is a claim |
| `events` | what `record` writes into the case once it is sent: `[reminder_sent]` |
| `places` | where it may be sent: codes of ISO 3166, and what lies in them; anywhere where it is not said |
| `mark` | word across every page: COPY |
| `language` | language of the text, `en` where it is not said |

Codes: CR840 a template without a head; CR841 a key or word that is none; CR842 text that Jinja cannot read.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.case.terms import ACTION_KIND, CONTENT, EVENT, JURISDICTION, PURPOSE
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Table
from collectrules.ground.source import file_text, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from collectrules.ground.nodes import Node

SUFFIX: Final = ".letter"
_HEAD_END: Final = re.compile(r"^---[ \t]*\n", re.MULTILINE)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_KINDS: Final = ("text", "date", "amount", "number")
_KEYS: Final = (
    *("title", "docs", "content", "kind", "purpose", "also", "needs", "may_have"),
    *("threatens_claim", "events", "places", "mark", "language"),
)

DetailKind = Literal["text", "date", "amount", "number"]


class Detail(Struct, frozen=True):
    """Something that a letter tells and no case states."""

    name: str
    kind: DetailKind
    ask: str
    required: bool


class Letter(Struct, frozen=True):
    """A letter template: what it is as an act, what it needs, and its text."""

    name: str
    """The word that a user writes: lower case letters, digits and underscores."""
    title: str
    docs: str
    text: str
    """The text, for Jinja."""
    place: str
    """What messages call its file."""
    first_line: int
    """The line of the file on which the text begins."""
    content: tuple[str, ...] = ()
    kind: str = "contact"
    purpose: str = ""
    also: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    threatens_claim: Literal["no", "asked", "yes"] = "no"
    events: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mark: str = ""
    language: str = "en"


def built_in() -> Iterator[Letter]:
    """Every letter that has a file in `shipped`, by file name."""
    shipped = files(__package__) / "shipped"
    for file in sorted(shipped.iterdir(), key=lambda each: each.name):
        if file.name.endswith(SUFFIX):
            yield read_letter(file.read_text("utf-8"), file.name.removesuffix(SUFFIX), file.name)


def letters_in(folder: Path) -> Iterator[Letter]:
    """The letters of a folder: its files `NAME.letter`. Raises InvalidInput for one that is wrong, or for none."""
    found = sorted(folder.glob(f"*{SUFFIX}"))
    if not found:
        raise _wrong(str(folder), "CR840", "there is no letter in this folder", f"a letter is a file NAME{SUFFIX}")
    for path in found:
        yield read_letter(file_text(path), path.name.removesuffix(SUFFIX), str(path))


def read_letter(text: str, name: str, path: str) -> Letter:
    """A letter of the text of its file. Raises InvalidInput with every problem of its head."""
    if not _NAME.fullmatch(name):
        raise _wrong(path, "CR841", f"`{name}` is no name of a letter", "lower case letters, digits and underscores")
    end = _HEAD_END.search(text)
    if end is None:
        raise _wrong(path, "CR840", "the template has no head", "write its keys, a line `---`, and then the text")
    return _Head(read(text[: end.start()], path).table("the head of the letter"), path).letter(
        name, text[end.end() :], text[: end.end()].count("\n") + 1
    )


class _Head:
    """Collects what is wrong with the head of one letter."""

    def __init__(self, table: Table, path: str) -> None:
        self.table = table
        self.path = path
        self.problems: list[Problem] = []

    def letter(self, name: str, text: str, first_line: int) -> Letter:
        for key in self.table:
            if key not in _KEYS:
                self.complain(self.table.place_of(key), f"the head of a letter has no key `{key}`", meant(key, _KEYS))
        threatens = self.text("threatens_claim") or "no"
        letter = Letter(
            name=name,
            title=self.text("title", required=True),
            docs=self.text("docs", required=True),
            text=text,
            place=self.path,
            first_line=first_line,
            content=self.words("content", CONTENT.words),
            kind=self.word("kind", ACTION_KIND.words) or "contact",
            purpose=self.word("purpose", PURPOSE.words),
            also=self.words("also", ACTION_KIND.words),
            details=(*self.details("needs", required=True), *self.details("may_have", required=False)),
            threatens_claim=threatens if threatens in ("asked", "yes") else "no",  # type: ignore[arg-type]  # narrowed
            events=self.words("events", EVENT.words),
            places=self.codes("places"),
            mark=self.text("mark"),
            language=self.text("language") or "en",
        )
        if threatens not in ("no", "asked", "yes"):
            self.complain(self.table.place_of("threatens_claim"), f"`{threatens}` is none of no, asked and yes", "")
        if self.problems:
            raise InvalidInput(self.problems)
        return letter

    def text(self, key: str, *, required: bool = False) -> str:
        node = self.table.get(key)
        if node is None:
            if required:
                self.complain(self.table.place, f"the head of the letter has no `{key}`", f"{key}: ...")
            return ""
        return node.scalar(f"`{key}`").text.strip()

    def word(self, key: str, known: Collection[str]) -> str:
        return next(iter(self.words(key, known)), "")

    def words(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        node = self.table.get(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else (node,)
        for item in items:
            word = item.scalar(f"`{key}`").text
            if word not in known:
                self.complain(item.place, f"`{word}` is no word for `{key}`", meant(word, known))
        return tuple(item.scalar(f"`{key}`").text for item in items)

    def codes(self, key: str) -> tuple[str, ...]:
        node = self.table.get(key)
        items = () if node is None else node.items if isinstance(node, Listing) else (node,)
        written = [item.scalar(f"`{key}`") for item in items]
        for each in written:
            if not re.fullmatch(JURISDICTION.pattern, each.text):
                self.complain(each.place, f"`{each.text}` is no place", f"{key}: [US-TX]")
        return tuple(each.text for each in written)

    def details(self, key: str, *, required: bool) -> Iterator[Detail]:
        node = self.table.get(key)
        if node is None:
            return
        for name, entry in node.table(f"`{key}`").entries.items():
            yield self.detail(name, entry, required=required)

    def detail(self, name: str, entry: Node, *, required: bool) -> Detail:
        if not isinstance(entry, Table):
            self.complain(entry.place, f"`{name}` does not say what it is", "{is: text, ask: the question}")
            return Detail(name, "text", "", required)
        kind, ask = entry.get("is"), entry.get("ask")
        word = kind.scalar("`is`").text if kind is not None else ""
        if word not in _KINDS or ask is None or not _NAME.fullmatch(name):
            self.complain(entry.place, f"`{name}` is no detail of a letter", "name: {is: text, ask: the question}")
        chosen: DetailKind = word if word in _KINDS else "text"  # type: ignore[assignment]  # narrowed by the test
        return Detail(name, chosen, ask.scalar("`ask`").text if ask is not None else "", required)

    def complain(self, place: Place, message: str, help_: str) -> None:
        self.problems.append(Problem(place, "CR841", message, help_))


def _wrong(path: str, code: str, message: str, help_: str) -> InvalidInput:
    return InvalidInput([Problem(Place(path), code, message, help_)])
