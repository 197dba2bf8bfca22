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
| `language` | language of the text, `en` where it is not said; texts in others lie in `de/`, with `title` and `mark` |

Codes: CR840 a template without a head; CR841 a key or word that is none; CR842 text that Jinja cannot read.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct, structs

from collectrules.case.events import EVENT
from collectrules.case.terms import ACTION_KIND, CONTENT, JURISDICTION, PURPOSE
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Scalar, Table
from collectrules.ground.source import file_text, read
from collectrules.law.keys import Keys, Problems
from collectrules.letters import languages
from collectrules.letters.languages import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SUFFIX: Final = ".letter"
_HEAD_END: Final = re.compile(r"^---[ \t]*\n", re.MULTILINE)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_KINDS: Final = ("text", "date", "amount", "number")
_CODES: Final = dict.fromkeys(("CR100", "CR101", "CR102", "CR103"), "CR841")
_KEYS: Final = (
    *("title", "docs", "content", "kind", "purpose", "also", "needs", "may_have"),
    *("threatens_claim", "events", "places", "mark", "language"),
)

_SHIPPED: Final = Path(__file__).parent / "shipped"
_OF_A_TEXT: Final = ("title", "mark")
_CODE: Final = re.compile("[a-z]{2}")
_NONE: Final[Mapping[str, Letter]] = MappingProxyType({})

DetailKind = Literal["text", "date", "amount", "number"]


class Detail(Struct, frozen=True):
    """Something that a letter tells and no case states."""

    name: str
    kind: DetailKind
    ask: str
    required: bool


class Translation(Struct, frozen=True):
    """The file of a letter in another language, not read before the letter is wanted in it."""

    path: Path
    place: str
    """What messages call it."""


_NOWHERE: Final[Mapping[str, Translation]] = MappingProxyType({})


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
    language: str = ENGLISH
    translations: Mapping[str, Translation] = _NOWHERE
    """Its texts in other languages, by code."""

    def in_language(self, code: str) -> Letter:
        """The letter in a language: the act, the details and the events are the same.

        Raises InvalidInput where it has no text in it, or where that is wrong.
        """
        if code == self.language:
            return self
        if code not in self.translations:
            there = ", ".join(sorted({self.language, *self.translations}))
            message = f"the letter `{self.name}` has no text in `{code}`: it has {there}"
            help_ = f"write {code}/{self.name}{SUFFIX} into a folder of letters, or ask for another: --language en"
            raise InvalidInput([Problem(Place(self.place), "CR848", message, help_)])
        translation = self.translations[code]
        return read_translation(file_text(translation.path), self, code, translation.place)


def built_in() -> Iterator[Letter]:
    """Every letter that has a file in `shipped`, by file name."""
    yield from _letters(_SHIPPED, {}, lambda path: path.relative_to(_SHIPPED).as_posix())


def letters_in(folder: Path, known: Mapping[str, Letter] = _NONE) -> Iterator[Letter]:
    """The letters of a folder: its files `NAME.letter`, and their texts in other languages, `de/NAME.letter`.

    A text of a letter of `known` that is not in the folder itself is added to that one. Raises InvalidInput for one
    that is wrong, or for none.
    """
    for letter in _letters(folder, known, str):
        for code in letter.translations:
            letter.in_language(code)  # what is wrong with a text is told now
        yield letter


def _letters(folder: Path, known: Mapping[str, Letter], called: Callable[[Path], str]) -> Iterator[Letter]:
    """The letters of a folder, their texts unread. `called` is what messages call a file."""
    own = {path.name.removesuffix(SUFFIX): path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    texts = [path for path in sorted(folder.glob(f"*/*{SUFFIX}")) if _CODE.fullmatch(path.parent.name)]
    if not own and not texts:
        raise _wrong(str(folder), "CR840", "there is no letter in this folder", f"a letter is a file NAME{SUFFIX}")
    letters = {name: read_letter(file_text(path), name, called(path)) for name, path in own.items()}
    for path in texts:
        name = path.name.removesuffix(SUFFIX)
        letter = letters.get(name) or known.get(name)
        if letter is None:
            message = f"there is no letter `{name}` of which this could be the text in `{path.parent.name}`"
            raise _wrong(called(path), "CR840", message, meant(name, {*letters, *known}))
        text = {path.parent.name: Translation(path, called(path))}
        letters[name] = structs.replace(letter, translations={**letter.translations, **text})
    yield from letters.values()


def read_translation(text: str, of: Letter, code: str, path: str) -> Letter:
    """A letter with its text in another language, whose head has a title, and a mark where the letter has one.

    Raises InvalidInput with every problem of its head.
    """
    if code not in languages.known():
        help_ = f"the languages are {', '.join(languages.known())}"
        raise _wrong(path, "CR841", f"how letters write days and amounts in `{code}` is not known", help_)
    head, body, first_line = _parts(text, path)
    keys = Keys(Problems(_CODES), head, "the head of a text", _OF_A_TEXT, _KEYS, "all else is as in the letter itself")
    title = keys.text("title", required=True, help_="title: ...")
    mark = keys.text("mark", required=bool(of.mark), help_="mark: ...")
    keys.problems.refuse()
    return structs.replace(
        of, title=title, mark=mark, text=body, place=path, first_line=first_line, language=code, translations=_NOWHERE
    )


def read_letter(text: str, name: str, path: str) -> Letter:
    """A letter of the text of its file. Raises InvalidInput with every problem of its head."""
    if not _NAME.fullmatch(name):
        raise _wrong(path, "CR841", f"`{name}` is no name of a letter", "lower case letters, digits and underscores")
    head, body, first_line = _parts(text, path)
    keys = Keys(Problems(_CODES), head, "the head of the letter", _KEYS)
    letter = _letter(keys, name, path, body, first_line)
    keys.problems.refuse()
    return letter


def _parts(text: str, path: str) -> tuple[Table, str, int]:
    """The head, the text, and the line on which that begins."""
    end = _HEAD_END.search(text)
    if end is None:
        raise _wrong(path, "CR840", "the template has no head", "write its keys, a line `---`, and then the text")
    head = read(text[: end.start()], path).table("the head of the letter")
    return head, text[end.end() :], text[: end.end()].count("\n") + 1


def _letter(keys: Keys, name: str, path: str, text: str, first_line: int) -> Letter:
    threatens = keys.text("threatens_claim") or "no"
    if threatens not in ("no", "asked", "yes"):
        keys.problem("threatens_claim", "CR841", f"`{threatens}` is none of no, asked and yes")
    for node in keys.nodes("places"):
        if isinstance(node, Scalar) and not JURISDICTION.matches(node.text):
            keys.problems.add(node.place, "CR841", f"`{node.text}` is no place", "places: [US-TX]")
    return Letter(
        name=name,
        title=keys.text("title", required=True, help_="title: ..."),
        docs=keys.text("docs", required=True, help_="docs: ..."),
        text=text,
        place=path,
        first_line=first_line,
        content=keys.words("content", CONTENT.words),
        kind=next(iter(keys.words("kind", ACTION_KIND.words)), "contact"),
        purpose=next(iter(keys.words("purpose", PURPOSE.words)), ""),
        also=keys.words("also", ACTION_KIND.words),
        details=(*_details(keys, "needs", required=True), *_details(keys, "may_have", required=False)),
        threatens_claim=threatens if threatens in ("asked", "yes") else "no",  # type: ignore[arg-type]  # narrowed
        events=keys.words("events", EVENT.words),
        places=keys.words("places"),
        mark=keys.text("mark"),
        language=keys.text("language") or ENGLISH,
    )


def _details(keys: Keys, key: str, *, required: bool) -> Iterator[Detail]:
    for name, entry in keys.entries(key):
        if not isinstance(entry, Table):
            message = f"`{name}` does not say what it is"
            keys.problems.add(entry.place, "CR841", message, "{is: text, ask: the question}")
            continue
        inner = keys.inner(entry, f"`{name}`", ("is", "ask"))
        kind, ask = inner.text("is"), inner.text("ask")
        if kind not in _KINDS or not ask or not _NAME.fullmatch(name):
            help_ = "name: {is: text, ask: the question}"
            keys.problems.add(entry.place, "CR841", f"`{name}` is no detail of a letter", help_)
        yield Detail(name, kind, ask, required)  # type: ignore[arg-type]  # one of the kinds, or a problem


def _wrong(path: str, code: str, message: str, help_: str) -> InvalidInput:
    return InvalidInput([Problem(Place(path), code, message, help_)])
