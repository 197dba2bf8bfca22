"""What a text says, word by word of the law, and how sure that is. The law is not asked here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from collectrules.words.framing import Framed, matched
from collectrules.words.net import caught, is_adrift
from collectrules.words.plain_text import plain, sentences, two_alphabets, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from collectrules.words.languages import Language
    from collectrules.words.languages.sayings import Saying, Sign
    from collectrules.words.plain_text import Sentence

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW: Final = 3
"""Words of which a text may consist without being of a known language."""


class Said(NamedTuple):
    """One thing that a text says: the saying, whether it is certain, and from where to where it stands."""

    saying: Saying
    certain: bool
    start: int
    end: int


class Reader(Protocol):
    """A second reader, as a language model: whatever it says can only make an answer stricter."""

    def read(self, text: str, language: str) -> Collection[tuple[str, int, int]]:
        """Words of `action.content` that it takes to be said, each with the place from where to where."""


def marked(every: Sentence, languages: Mapping[str, Language]) -> dict[str, int]:
    """By language how many words of a whole text are marks of it."""
    words = _WORD.findall(every.plain)
    return {code: sum(word in language.marks for word in words) for code, language in languages.items()}


def language_of(text: str, languages: Mapping[str, Language], stated: Collection[str] = ()) -> Language | None:
    """The language of a text: that of whose marks it has most; of a few words, or marks, the first stated.

    None: no known one.
    """
    every = whole(text)
    words, counted = len(_WORD.findall(every.plain)), marked(every, languages)
    most = max(counted.values(), default=0)
    if most and most * 8 >= words:
        return languages[max(counted, key=lambda code: (counted[code], code in stated))]
    first = next((code for code in stated if code in languages), None)
    return languages[first] if first is not None and (words <= _FEW or 0 < counted[first] == most) else None


def read(text: str, language: Language, others: Collection[Language] = (), names: Iterable[str] = ()) -> list[Said]:
    """All that a text says, in the order in which it stands there; the same thing once a sentence.

    A sentence in one of the `others` is read in that one too: what is required counts only in the language of the text.
    Where nothing is known of any sentence but what is required, all the others may say anything. `names` are names that
    the case states.
    """
    said: list[Said] = []
    adrift: list[Said] = []
    is_anchored = False
    adrift_saying = language.net.unanchored
    names = [plain(name).casefold() for name in names]
    parts = sentences(text)
    named = language.vocabulary.names(parts, text, names)
    stated = frozenset(word for name in names for word in _WORD.findall(name))
    for sentence in parts:
        framed = _framed(sentence, language)
        known = _of_sentence(sentence, framed, language, stated)
        said += known
        other = _other_language(sentence, language, others)
        there = framed if other is None else _framed(sentence, other)
        strange = _strange(sentence, there, other or language, named, known)
        said += [] if strange is None else [strange]
        is_required = any(each.saying.required for each in known)
        if adrift_saying is not None and not known and is_adrift(framed, language.net):
            adrift.append(Said(adrift_saying, False, *sentence.span(0, len(sentence.plain))))  # noqa: FBT003
        elif not is_required and (known or len(_WORD.findall(sentence.plain)) >= _FEW):
            is_anchored = True
        if other is not None:
            also = _of_sentence(sentence, there, other, stated)
            said += [each for each in also if not (each.saying.required or each.saying.plain)]
    if not is_anchored:
        said += adrift
    every = whole(text)
    framed = _framed(every, language)
    for saying in language.sayings:
        if saying.across:
            said += _said(saying, language, every, framed, [])
    return sorted(said, key=lambda each: (each.start, each.end))


def _framed(sentence: Sentence, language: Language) -> Framed:
    """A sentence of a text that goes out, as a language frames and denies."""
    return Framed(sentence.plain, language.frames, language.net.denials)


def _of_sentence(sentence: Sentence, framed: Framed, language: Language, names: frozenset[str]) -> list[Said]:
    """What sayings know, and what the net catches beside it where it is none of the names."""
    said: list[Said] = []
    names_here = [word.span() for word in _WORD.finditer(sentence.plain) if word[0] in names]
    explained = list(names_here)
    for saying in language.sayings:
        if not saying.across:
            said += _said(saying, language, sentence, framed, explained)
    named = [sentence.span(start, end) for start, end in names_here]
    said = [each for each in said if each.certain or (each.start, each.end) not in named]
    known = {each.saying.word for each in said}
    certain = [each for each in said if each.certain and not (each.saying.required or each.saying.plain)]
    words = frozenset(each.saying.word for each in certain)
    for kind, start, end in caught(framed, language.net, words, explained):
        first, last = sentence.span(start, end)
        if kind.word not in known and not any(first < each.end and each.start < last for each in certain):
            known.add(kind.word)
            said.append(Said(kind, False, first, last))  # noqa: FBT003
    return said


def _strange(
    sentence: Sentence, framed: Framed, language: Language, names: frozenset[str], known: Collection[Said]
) -> Said | None:
    """The first word that is none of lawful texts, that the sentence does not deny, and that is not told already."""
    saying = language.vocabulary.saying
    if saying is None:
        return None
    told = [(each.start, each.end) for each in known if each.saying.is_held_up]
    for start, end in language.vocabulary.strange(sentence, names):
        first, last = sentence.span(start, end)
        if not framed.is_denied(start) and not any(a <= first and last <= b for a, b in told):
            return Said(saying, False, first, last)  # noqa: FBT003
    return None


def _other_language(sentence: Sentence, language: Language, others: Collection[Language]) -> Language | None:
    """The language of a sentence that is plainly not that of its text."""
    words = _WORD.findall(sentence.plain)
    own = sum(word in language.marks for word in words)
    counted = {each.code: sum(word in each.marks for word in words) for each in others}
    best = max(others, key=lambda each: counted[each.code], default=None)
    return best if best is not None and counted[best.code] >= max(_FEW, 2 * own + 1) else None


def _said(
    saying: Saying, language: Language, sentence: Sentence, framed: Framed, explained: list[tuple[int, int]]
) -> list[Said]:
    stated = saying.required or saying.plain
    announced = bool(saying.threat) or saying.announced
    found = matched(language.patterns(saying), framed, stated=stated, explained=explained, announced=announced)
    if found is None:
        return []
    certain, start, end = found
    return [Said(saying, certain, *sentence.span(start, end))]


def disguised(text: str) -> str:
    """Something by which a text hides what it says from a program; empty where there is none."""
    mixed = two_alphabets(text)
    return f"the word {mixed!r} mixes letters of two alphabets" if mixed else ""


def signs(parts: Iterable[Sentence], language: Language) -> list[tuple[Sign, bool, int, int]]:
    """What a reply tells, each with whether it is certain, and from where to where it stands.

    `parts` are its sentences, and the whole of it as one.
    """
    told = []
    for sentence in parts:
        framed = Framed(sentence.plain, language.frames)
        for sign in language.replies.events:
            found = matched(language.patterns(sign), framed, stated=True)
            if found is not None:
                certain, start, end = found
                told.append((sign, certain, *sentence.span(start, end)))
    return told
