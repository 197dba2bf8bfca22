"""The vocabulary of a language: the words of which lawful texts about debts are made, by kind.

Patterns and nets list what is bad, and whoever writes a new threat finds new words for it. A vocabulary lists what is
harmless: a sentence with any other word is for a person, whatever it says.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.words.languages.sayings import Saying
from collectrules.words.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from collectrules.words.plain_text import Sentence

_ANY_ENDING: Final = "*"
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CODE: Final = re.compile(
    r"\S*(?:https?:|www\.|@|[a-z]{2}\.(?=[a-z]{2,}\b))\S*|(?<!\w)[a-z]{1,4}(?:[-/][a-z]{1,4})*[-/]?\d[\w/-]*"
)
"""An address of the web or of e-mail, a number with letters: nothing in them is a word."""
_OF_TWO: Final = re.compile("[A-Z][a-z]{2,}[A-Z][a-z]{2,}")
"""A name made of two words."""
_FUZZY: Final = 6
"""Letters of a word that may be a known one, mistyped by one letter."""
_VOWELS: Final = "aeiou"
_PART: Final = 4
"""Letters of each part of a compound at least."""
_SHORTEST: Final = 2
"""Letters of a word, and of what is left of one without its ending."""
_LOUD: Final = 3
"""Words in capitals after which a capital tells no name."""
_CALLED: Final = (",", ":")
"""What stands after the name with which a text begins."""
_COMPANY: Final = 3
"""Words of the name of a company behind its first, at most, the kind of company among them."""
_SIGNATURE: Final = 4
"""Words of a signature at most."""
_PICTURE: Final = "So"


class VocabularyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A vocabulary as its file has it."""

    language: str = ""
    word: str = ""
    """What a sentence with another word may say: a word of `action.content`."""
    title: str = ""
    write: str = ""
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What may stand at the end of a known word, and what may have stood there before."""
    titles: tuple[str, ...] = ()
    """Words before names, where a capital alone tells none."""
    companies: tuple[str, ...] = ()
    """Words after names of companies."""
    capitals_are_names: bool = True
    """Is a word with a capital, other than the first, a name? Not where every noun has one."""
    compounds: bool = False
    """Are words put together of others, as in German?"""
    pictures: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    """By kind its words; `*` stands for any ending."""
    wordings: tuple[str, ...] = ()
    """Patterns of lawful wording: in them no word is strange, as "home" in "your home number"."""
    caught: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


class Vocabulary:
    """A vocabulary as it is held against sentences."""

    def __init__(self, file: VocabularyFile) -> None:
        self._file = file

    @cached_property
    def saying(self) -> Saying | None:
        """What a sentence with a word of no kind may say; none where the language has no vocabulary."""
        file = self._file
        return Saying(file.word, file.title, file.write) if file.kinds else None

    @cached_property
    def wordings(self) -> tuple[re.Pattern[str], ...]:
        """Lawful wording in which no word is strange. Raises `re.error` for a pattern that is none."""
        return tuple(re.compile(plain(pattern)) for pattern in self._file.wordings)

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str], tuple[int, ...]]:
        """Whole words, words with any ending, and how long those are."""
        words = [plain(word) for kind in self._file.kinds.values() for word in kind.split()]
        begun = frozenset(word.removesuffix(_ANY_ENDING) for word in words if word.endswith(_ANY_ENDING))
        whole = frozenset(word for word in words if not word.endswith(_ANY_ENDING))
        return whole, begun, tuple(sorted(set(map(len, begun))))

    @cached_property
    def _endings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((plain(ending), tuple(map(plain, before))) for ending, before in self._file.endings.items())

    def strange(self, sentence: Sentence, names: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where in a sentence words or pictures of no kind stand; `names` are words that the text uses as names."""
        known = [match.span() for pattern in (_CODE, *self.wordings) for match in pattern.finditer(sentence.plain)]
        for match in _WORD.finditer(sentence.plain):
            word, start = match[0], match.start()
            if self.knows(word) or word in names or any(first <= start < last for first, last in known):
                continue
            yield match.span()
        for place, sign in enumerate(sentence.plain):
            if unicodedata.category(sign) == _PICTURE and sign not in self._file.pictures:
                yield place, place + 1

    def names(self, sentences: list[Sentence], text: str, stated: Collection[str] = ()) -> frozenset[str]:
        """The words that a text uses as names, as capitals tell: after a title or an initial, beside another name.

        `stated` are names that the case states, in small letters without accents.
        """
        names = {word for name in stated for word in _WORD.findall(name)}
        titled = False
        for number, sentence in enumerate(sentences):
            found = list(_WORD.finditer(sentence.plain))
            words = [word[0] for word in found]
            written = [text[slice(*sentence.span(*word.span()))] for word in found]
            loud = sum(each.isupper() and len(each) > _LOUD for each in written) >= _LOUD
            capitals = [each[:1].isupper() and not (loud and each.isupper()) for each in written]
            is_signature = number == len(sentences) - 1 and len(words) <= _SIGNATURE and all(capitals)
            if not number and words and capitals[0] and sentence.plain[len(words[0]) :].lstrip()[:1] in _CALLED:
                names.add(words[0])
            for at, word in enumerate(words):
                is_company = self._is_company(words[at + 1 : at + 1 + _COMPANY], capitals[at + 1 : at + 1 + _COMPANY])
                beside = self._file.capitals_are_names and (at or any(capitals[1:2])) and not loud
                of_two = _OF_TWO.fullmatch(written[at]) is not None
                if (capitals[at] and (is_signature or is_company or beside or of_two)) or (
                    titled and written[at][:1].isupper()
                ):
                    names.add(word)
                titled = word in self._file.titles or (len(written[at]) == 1 and capitals[at])
        return frozenset(names)

    def _is_company(self, following: list[str], capitals: list[bool]) -> bool:
        """Does a word of companies follow, behind none but words with capitals?"""
        for word, capital in zip(following, capitals, strict=True):
            if word in self._file.companies:
                return True
            if not capital:
                return False
        return False

    def knows(self, word: str) -> bool:
        """Is it a word of a kind, as it stands, without an ending, in its parts, or mistyped by a letter?"""
        if len(word) < _SHORTEST or self._knows(word):
            return True
        if "'" in word:
            return all(map(self.knows, word.split("'")))
        return len(word) >= _FUZZY and (self._is_mistyped(word) or (self._file.compounds and self._is_compound(word)))

    def _knows(self, word: str, least: int = 0) -> bool:
        """Is it a word of a kind, as it stands or without an ending? Of a word of `least` letters or more."""
        if self._lists(word, least):
            return True
        for ending, before in self._endings:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= max(_SHORTEST, least - 1):
                undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
                if any(self._lists(each, least) for each in (*(stem + each for each in before), undoubled)):
                    return True
        return False

    def _lists(self, word: str, least: int = 0) -> bool:
        whole, begun, lengths = self._words
        if word in whole and len(word) >= least:
            return True
        return any(word[:length] in begun for length in lengths if least <= length <= len(word))

    def _is_compound(self, word: str) -> bool:
        parts = ((word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1))
        return any(self._knows(last, _PART) and self._knows(first, _PART) for first, last in parts)

    @cached_property
    def _shortened(self) -> tuple[frozenset[str], frozenset[str]]:
        """Whole words, and beginnings of words, each with one letter taken out: of long ones."""
        whole, begun, _ = self._words
        return frozenset(_without_one(whole)), frozenset(_without_one(begun))

    def _is_mistyped(self, word: str) -> bool:
        """Is a letter too many or too few, a vowel another one, or are two letters turned round?"""
        if any(self._knows(each, _FUZZY) for each in _nearly(word)):
            return True
        short_whole, short_begun = self._shortened
        stems = {word, *(word.removesuffix(ending) for ending, _ in self._endings)}
        if any(len(stem) >= _FUZZY and stem in short_whole for stem in stems):
            return True
        return any(word[:length] in short_begun for length in range(_FUZZY, len(word) + 1))


def _nearly(word: str) -> Iterator[str]:
    """The word with a letter less, two turned round, or another vowel, its first letter as it is."""
    yield from _one_less(word)
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word)):
        if word[at] in _VOWELS:
            yield from (word[:at] + vowel + word[at + 1 :] for vowel in _VOWELS if vowel != word[at])


def _one_less(word: str) -> Iterator[str]:
    """The word without one of its letters but the first."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _without_one(words: frozenset[str]) -> Iterator[str]:
    for word in words:
        if len(word) > _FUZZY:
            yield from _one_less(word)
