"""One file a language: what its texts say for the words of the law, and what replies in it tell."""

from __future__ import annotations

import re
from functools import cache, cached_property, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, TypeVar

import yaml
from msgspec import Struct, ValidationError, convert, field
from msgspec.structs import astuple

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.words.languages.nets import Anchors, Kind, Net, NetPatterns, Words
from collectrules.words.languages.sayings import FramePatterns, Frames, Patterns, Replies, Saying, Sign
from collectrules.words.languages.vocabularies import Vocabulary, VocabularyFile
from collectrules.words.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

_T = TypeVar("_T")
_NETS: Final = "net"
"""The folder of nets, beside the files of languages and with the same names."""
_VOCABULARIES: Final = "vocabulary"
"""The folder of vocabularies, likewise."""
_TERM: Final = re.compile(r"\{([a-z_]+)\}")
_ESCAPE: Final = "escape its signs with \\"


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
    claimed_sums: tuple[str, ...] = ()
    """Sums that are claimed, or added: of sums that the case could hold they alone are strange."""
    sayings: tuple[Saying, ...] = ()
    replies: Replies = Replies()


class Language:
    """A language as texts are read in it; patterns are made when they are first needed."""

    def __init__(self, file: _File, net: Net, vocabulary: VocabularyFile) -> None:
        self.code = file.language
        self.title = file.title
        self.marks = frozenset(plain(mark) for mark in file.marks)
        self.sayings = file.sayings
        self.replies = file.replies
        self.plain = frozenset(each.word for each in file.sayings if each.plain)
        self.required = frozenset(word for each in file.sayings if each.required for word in (each.word, *each.also))
        self.net = NetPatterns(net, self._one)
        self.vocabulary = Vocabulary(vocabulary)
        found = (net.anchors, vocabulary if vocabulary.kinds else None)
        self.kinds: tuple[Kind | Anchors | VocabularyFile, ...] = (
            *net.kinds,
            *(each for each in found if each is not None),
        )
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
        return FramePatterns(*map(self._all, astuple(each)))

    @cached_property
    def other_sums(self) -> tuple[re.Pattern[str], ...]:
        """Sums that are none of a debt. Raises `re.error` for a pattern that is none."""
        return self._all(self._file.other_sums)

    @cached_property
    def stop_signs(self) -> Words:
        """Words of replies that may stop messages."""
        return Words([map(plain, self.replies.stop_signs)])

    @cached_property
    def harmless(self) -> Words:
        """Words of replies that ask for nothing to stop."""
        return Words([map(plain, self.replies.harmless)])

    @cached_property
    def harmless_forms(self) -> tuple[re.Pattern[str], ...]:
        """Sentences of replies that ask for nothing to stop. Raises `re.error` for a pattern that is none."""
        return self._all(self.replies.harmless_forms)

    @cached_property
    def stop_unless(self) -> tuple[re.Pattern[str], ...]:
        """What such words mean otherwise. Raises `re.error` for a pattern that is none."""
        return self._all(self.replies.stop_unless)

    @cached_property
    def claimed_sums(self) -> tuple[re.Pattern[str], ...]:
        """Sums that are claimed, or added. Raises `re.error` for a pattern that is none."""
        return self._all(self._file.claimed_sums)

    def _all(self, patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
        return tuple(map(self._one, patterns))

    def _one(self, pattern: str) -> re.Pattern[str]:
        return re.compile(plain(self._full(pattern)))

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
            language = _read(path, folder)
            read[language.code] = language
    return read


@cache
def _built_in() -> Mapping[str, Language]:
    files = resources.files(__package__ or __name__)
    names = sorted(each.name for each in files.iterdir() if each.name.endswith(".yaml"))
    languages = [_read(files / name, files, ours=True) for name in names]
    return {language.code: language for language in languages}


def _read(file: Traversable, folder: Traversable, *, ours: bool = False) -> Language:
    """The language of a file, net and vocabulary: of one's own, else the shipped. Tests try the patterns of ours."""
    read = _converted(file, _File)
    net = _beside(folder, _NETS, read.language, Net)
    language = Language(read, net, _beside(folder, _VOCABULARIES, read.language, VocabularyFile))
    if ours:
        return language
    tried: list[tuple[str, Callable[[], object]]] = [
        ("`frames` or `other_sums` have", lambda: (language.frames, language.other_sums, language.claimed_sums)),
        ("`stop_unless` or `harmless_forms` have", lambda: (language.stop_unless, language.harmless_forms)),
        *((f"`{each.word}` has", partial(language.patterns, each)) for each in language.sayings),
        *((f"`{each.event}` has", partial(language.patterns, each)) for each in language.replies.events),
        ("the net has", lambda: (language.net.explained, language.net.denials, language.net.caught)),
        ("the vocabulary has", lambda: language.vocabulary.wordings),
    ]
    for what, patterns in tried:
        try:
            patterns()
        except re.error as error:
            message = f"{what} a pattern that is none: {error}"
            raise InvalidInput([Problem(Place(str(file)), "CR010", message, _ESCAPE)]) from None
    return language


def _beside(folder: Traversable, kind: str, language: str, of: type[_T]) -> _T:
    """What stands in the file of a language in a folder, else in that of ours, else nothing."""
    for each in (folder, resources.files(__package__ or __name__)):
        file = each / kind / f"{language}.yaml"
        if file.is_file():
            return _converted(file, of)
    return of()


def _converted(file: Traversable, kind: type[_T]) -> _T:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = str(file)
    try:
        return convert(yaml.load(file.read_text("utf-8"), Loader=loader), kind)  # noqa: S506  # a safe loader, in C if it is there
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path, mark.line + 1, mark.column + 1) if mark is not None else Place(path)
        raise InvalidInput([Problem(place, "CR004", "this is not YAML")]) from None
    except ValidationError as error:
        raise InvalidInput([Problem(Place(path), "CR010", f"these are no patterns: {str(error).lower()}")]) from None
