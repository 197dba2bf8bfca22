"""One file a language: what its texts say for the words of the law, and what replies in it tell."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import yaml
from msgspec import Struct, ValidationError, convert, field

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TERM: Final = re.compile(r"\{([a-z_]+)\}")
_ESCAPE: Final = "escape its signs with \\"


class Examples(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts on both sides: what is certain, what a person must read, what says nothing of it."""

    certain: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class Patterns(Struct, frozen=True, forbid_unknown_fields=True):
    """What is certain, what is unclear, and what makes a clause say nothing of it after all."""

    certain: tuple[re.Pattern[str], ...]
    unclear: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


class Frames(Struct, frozen=True, forbid_unknown_fields=True):
    """What a sentence does with what is said in it, whatever that is."""

    turns: tuple[str, ...] = ()
    """Where it turns, as at "but": what denies something before does not reach what stands after."""
    negations: tuple[str, ...] = ()
    """Words that deny: an `unless` with one of them denies, any other tells that something else is meant."""
    conditions: tuple[str, ...] = ()
    """What makes a denial hold only for some case, as "unless you pay": then it is unclear."""
    others: tuple[str, ...] = ()
    """Whose words follow, up to a comma: those of the law, of somebody else, of the one who asked."""


class FramePatterns(Struct, frozen=True, forbid_unknown_fields=True):
    """Frames as they are held against a sentence."""

    turns: tuple[re.Pattern[str], ...]
    negations: tuple[re.Pattern[str], ...]
    conditions: tuple[re.Pattern[str], ...]
    others: tuple[re.Pattern[str], ...]


class Saying(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says one word of `action.content`, or announces an act of the law (`threat`)."""

    word: str
    title: str
    write: str
    """What to write instead, or where it must be said what to write."""
    certain: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Words that are said with it."""
    required: bool = False
    """Is it a statement that laws require, and not one that they forbid?"""
    plain: bool = False
    """Is it neither, but what a letter about a debt may say?"""
    across: bool = False
    """Is it told by the whole text, not by a sentence?"""
    threat: str = ""
    """The kind of act that is announced."""
    announced: bool = False
    """Is it the announcement of a step, and so a threat as far as it is not meant?"""
    not_by: tuple[str, ...] = ()
    """Roles of collectors of whom it is true."""
    examples: Examples = Examples()


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """How a reply tells an event, or a fact that a person must confirm."""

    event: str
    title: str
    channels: tuple[str, ...] = ()
    """Only of replies on these; none are all."""
    keys: dict[str, str] = field(default_factory=dict)
    """What an entry of the history says beside it; `channel` stands for that of the reply."""
    certain: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Replies(Struct, frozen=True, forbid_unknown_fields=True):
    """What replies in a language tell. `stop_words` are certain where they are the whole reply."""

    stop_words: tuple[str, ...] = ()
    stop_fillers: tuple[str, ...] = ()
    """Words beside stop words that change nothing: please, now."""
    stop_hints: tuple[str, ...] = ()
    """Words and pictures that, where they are all of the reply, may be meant as a stop word."""
    stop_source: str = ""
    events: tuple[Sign, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """One file. `marks` are words by which a text is known to be of this language; without any, no text is."""

    language: str
    title: str
    marks: tuple[str, ...]
    terms: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    """What stands in patterns, and the pattern of how else it is written."""
    frames: Frames = Frames()
    other_sums: tuple[str, ...] = ()
    """Sums, `\N{SECTION SIGN}` in a pattern, that are none of a debt: paid, offered, a month."""
    sayings: tuple[Saying, ...] = ()
    replies: Replies = Replies()


class Language:
    """A language as texts are read in it; patterns are made when they are first needed."""

    def __init__(self, file: _File) -> None:
        self.code = file.language
        self.title = file.title
        self.marks = frozenset(plain(mark) for mark in file.marks)
        self.sayings = file.sayings
        self.replies = file.replies
        self.plain = frozenset(each.word for each in file.sayings if each.plain)
        self.required = frozenset(word for each in file.sayings if each.required for word in (each.word, *each.also))
        self._file = file
        self._made: dict[int, Patterns] = {}

    def patterns(self, of: Saying | Sign) -> Patterns:
        """The patterns of a saying or sign. Raises `re.error` for one that is none."""
        key = id(of)
        if key not in self._made:
            self._made[key] = Patterns(self._all(of.certain), self._all(of.unclear), self._all(of.unless))
        return self._made[key]

    @cached_property
    def frames(self) -> FramePatterns:
        """What sentences do with what is said in them. Raises `re.error` for a pattern that is none."""
        each = self._file.frames
        return FramePatterns(
            self._all(each.turns), self._all(each.negations), self._all(each.conditions), self._all(each.others)
        )

    @cached_property
    def other_sums(self) -> tuple[re.Pattern[str], ...]:
        """Sums that are none of a debt. Raises `re.error` for a pattern that is none."""
        return self._all(self._file.other_sums)

    def _all(self, patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(plain(self._full(pattern))) for pattern in patterns)

    def _full(self, pattern: str) -> str:
        """The pattern with the terms that it names, and with every spelling."""
        full = _TERM.sub(lambda match: self._file.terms.get(match[1], match[0]), pattern)
        for written, also in self._file.spellings.items():
            full = full.replace(written, also)
        return full


def load(folders: Sequence[Path] = ()) -> Mapping[str, Language]:
    """The languages, by code of ISO 639-1: those built in, and those of `folders`, which go before.

    Raises InvalidInput for a file that cannot be read, or a pattern that is none.
    """
    read = dict(_built_in())
    for folder in folders:
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise InvalidInput(
                [Problem(Place(str(folder)), "CR001", "no patterns are here", "name a folder with en.yaml")]
            )
        for path in files:
            language = _read(path.read_text("utf-8"), str(path))
            read[language.code] = language
    return read


@cache
def _built_in() -> Mapping[str, Language]:
    files = resources.files(__package__ or __name__)
    names = sorted(each.name for each in files.iterdir() if each.name.endswith(".yaml"))
    languages = [_read((files / name).read_text("utf-8"), name, ours=True) for name in names]
    return {language.code: language for language in languages}


def _read(text: str, path: str, *, ours: bool = False) -> Language:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        language = Language(convert(yaml.load(text, Loader=loader), _File))  # noqa: S506  # a safe loader, in C if it is there
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path, mark.line + 1, mark.column + 1) if mark is not None else Place(path)
        raise InvalidInput([Problem(place, "CR004", "this is not YAML")]) from None
    except ValidationError as error:
        raise InvalidInput([Problem(Place(path), "CR010", f"these are no patterns: {str(error).lower()}")]) from None
    try:
        _ = None if ours else (language.frames, language.other_sums)
    except re.error as error:
        message = f"`frames` or `other_sums` have a pattern that is none: {error}"
        raise InvalidInput([Problem(Place(path), "CR010", message, _ESCAPE)]) from None
    every: list[Saying | Sign] = [] if ours else [*language.sayings, *language.replies.events]
    for each in every:
        try:
            language.patterns(each)
        except re.error as error:
            name = each.word if isinstance(each, Saying) else each.event
            message = f"`{name}` has a pattern that is none: {error}"
            raise InvalidInput([Problem(Place(path), "CR010", message, _ESCAPE)]) from None
    return language


def plain(text: str) -> str:
    """Letters without accents, as texts are read."""
    apart = unicodedata.normalize("NFKD", text.replace("\N{LATIN SMALL LETTER SHARP S}", "ss"))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
