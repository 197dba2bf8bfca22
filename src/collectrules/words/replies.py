"""What a reply of a debtor tells: events for the history, certain ones and those that a person must confirm.

A reply in any language that is read can stop messages, whatever language the debtor wrote in before. What was not
understood is said to be unclear, and is never nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.verdict.objects import NOT_ADVICE
from collectrules.words import reading
from collectrules.words.languages import plain
from collectrules.words.plain_text import place, refuse_long, sentences, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from collectrules.words.languages import Language, Sign
    from collectrules.words.plain_text import Sentence

SCHEMA: Final = "collectrules/reply/v1"
_STOP: Final = "opt_out"
_WORD: Final = re.compile(r"[^\W_]+")
_SIGNS: Final = re.compile(r"[^\W_]+|[^\w\s.,;:!?'\"()*#-]")
"""Words, and pictures one by one."""
_SURELY: Final = 3
"""So many more words of another language: what may be meant in this one is not."""
_LONG_ENOUGH: Final = 4
"""Letters of a stop word that may be mistyped: of a shorter one too many words are one letter away."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a reply tells."""

    event: str
    """The word of the event; for what is a fact of the debtor, as a death, its word."""
    title: str
    certain: bool
    place: str
    """Line and column, counted from one."""
    text: str
    source: str
    entry: Mapping[str, Any]
    """The event for the history of the case, beside its moment; empty where a person must say what it is."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer: JSON has the same fields. `unclear` says why a person must read it, and is empty where none must."""

    told: tuple[Told, ...]
    unclear: str
    channel: str
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE


def read_reply(text: str, channel: str, languages: Mapping[str, Language]) -> Reply:
    """What a reply that came by a channel tells. Raises InvalidInput for a text that is too long."""
    refuse_long(text)
    told: dict[str, Told] = {}
    for each in _told(text, channel, languages):
        before = told.get(each.event)
        if before is None or (each.certain and not before.certain):
            told[each.event] = each
    unclear = ""
    if disguised := reading.disguised(text):
        unclear = f"{disguised}: a person must read it"
    elif not told:
        unclear = "nothing was understood: a person must read it"
    elif not all(each.certain for each in told.values()):
        unclear = "something must be confirmed by a person"
    return Reply(tuple(sorted(told.values(), key=lambda each: not each.certain)), unclear, channel)


def _told(text: str, channel: str, languages: Mapping[str, Language]) -> Iterator[Told]:
    every = whole(text)
    parts = [*sentences(text), every]
    marked = reading.marked(every, languages)
    for language in languages.values():
        yield from _stop_words(text, every, channel, language)
        foreign = max(marked.values()) - marked[language.code] >= _SURELY
        for sign, certain, start, end in reading.signs(parts, language):
            if not (foreign and not certain) and (not sign.channels or channel in sign.channels):
                shown = text[start:end].strip()
                yield Told(sign.event, sign.title, certain, place(text, start), shown, "", _entry(sign, channel))


def _stop_words(text: str, every: Sentence, channel: str, language: Language) -> Iterator[Told]:
    """A reply of nothing but stop words, and what changes nothing beside them, is certain; one that is nearly so, not.

    A word that is mistyped by one letter, and a picture of a stop sign, are to be confirmed.
    """
    replies = language.replies
    words = _WORD.findall(every.plain)
    certain = _only(
        words, [_phrase(each) for each in replies.stop_words], [_phrase(each) for each in replies.stop_fillers]
    )
    nearly = len(words) == 1 and any(_mistyped(words[0], plain(each)) for each in replies.stop_words)
    hinted = _only(_SIGNS.findall(every.plain), [tuple(_SIGNS.findall(plain(each))) for each in replies.stop_hints], [])
    shown = text.strip()
    if certain or nearly or hinted:
        entry = {"event": _STOP, "channel": channel, "scope": "channel"}
        where = place(text, text.index(shown))
        yield Told(_STOP, "no more messages on this channel", certain, where, shown, replies.stop_source, entry)


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(text)))


def _only(words: Sequence[str], stops: Collection[tuple[str, ...]], fillers: Collection[tuple[str, ...]]) -> bool:
    """Are there only stop words, at least one of them, and fillers?"""
    reached = {0: False}
    for at in range(len(words)):
        if at in reached:
            for phrase in (*stops, *fillers):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    end = at + len(phrase)
                    reached[end] = reached.get(end, False) or reached[at] or phrase in stops
    return reached.get(len(words), False)


def _mistyped(word: str, stop: str) -> bool:
    """Does one letter too many, too few, another one, or a pair turned round keep the word from being the other?"""
    if len(stop) < _LONG_ENOUGH or abs(len(word) - len(stop)) > 1 or word == stop:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, stop, strict=False)) if one != other), len(stop))
    here, there = word[start:], stop[start:]
    turned = len(here) == len(there) > 1 and here[0] == there[1] and here[1] == there[0] and here[2:] == there[2:]
    return turned or here[1:] == there[1:] or here[1:] == there or here == there[1:]


def _entry(sign: Sign, channel: str) -> dict[str, Any]:
    """The event as an entry of a history has it; nothing for what is a fact of the debtor."""
    if sign.event not in terms.EVENT_KEYS:
        return {}
    keys = terms.EVENT_KEYS[sign.event]
    stated = {key: value for key, value in sign.keys.items() if key in keys}
    return {"event": sign.event, **stated, **({"channel": channel} if "channel" in keys else {})}
