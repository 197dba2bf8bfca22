"""What a reply of a debtor tells: events for the history, certain ones and those that a person must confirm.

A reply in any language that is read can stop messages, whatever language the debtor wrote in before. What was not
understood is said to be unclear, and is never nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.events import EVENT_KEYS
from collectrules.verdict.objects import NOT_ADVICE
from collectrules.words import reading
from collectrules.words.plain_text import place, refuse_long, sentences, whole
from collectrules.words.stops import is_harmless, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from collectrules.words.languages import Language
    from collectrules.words.languages.sayings import Sign

SCHEMA: Final = "collectrules/reply/v1"
_STOP: Final = "opt_out"
_OTHER_TIME: Final = "inconvenience_designated"
_STOP_TITLE: Final = "no more messages on this channel"
_STOP_OR_NOT: Final = "perhaps no more messages on this channel: it was not understood"
_STOPPED_BY_WORD: Final = frozenset({"sms", "email", "phone", "social_private"})
"""Channels on which a reply in any words may ask that messages stop; a letter says it in so many words."""
_SOME: Final = 4
"""Words of a sentence that may tell something that is not read."""
_SHOWN: Final = 40
_SURELY: Final = 3
"""So many more words of another language: what may be meant in this one is not."""


class Told(Struct, frozen=True):
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


class Reply(Struct, frozen=True):
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
    everything = list(_told(text, channel, languages))
    read = [(start, end) for _, start, end in everything]
    otherwise = [(start, end) for each, start, end in everything if each.certain and each.event == _OTHER_TIME]
    for each, start, end in everything:
        if each.event == _STOP and not each.certain and any(first < end and start < last for first, last in otherwise):
            continue  # "do not call before nine" stops nothing
        before = told.get(each.event)
        if before is None or (each.certain and not before.certain):
            told[each.event] = each
    unclear = ""
    if disguised := reading.disguised(text):
        unclear = f"{disguised}: a person must read it"
    elif not told:
        unclear = "nothing was understood: a person must read it"
        if channel in _STOPPED_BY_WORD and not _is_harmless(text, languages):
            told[_STOP] = Told(_STOP, _STOP_OR_NOT, False, "1:1", text.strip(), "", _stop_entry(channel))  # noqa: FBT003
    elif not all(each.certain for each in told.values()):
        unclear = "something must be confirmed by a person"
    elif (rest := _not_understood(text, read)) is not None:
        unclear = f"{_cut(text[rest[0] : rest[1]])} was not understood: a person must read it"
    return Reply(tuple(sorted(told.values(), key=lambda each: not each.certain)), unclear, channel)


def _is_harmless(text: str, languages: Mapping[str, Language]) -> bool:
    """Does every sentence ask for no stop, in whatever language?"""
    parts = [part for part in sentences(text) if any(map(str.isalnum, part.plain))]
    return bool(parts) and all(any(is_harmless(part, language) for language in languages.values()) for part in parts)


def _told(text: str, channel: str, languages: Mapping[str, Language]) -> Iterator[tuple[Told, int, int]]:
    """What it tells in each language, from where to where."""
    every = whole(text)
    parts = [*sentences(text), every]
    marked = reading.marked(every, languages)
    for language in languages.values():
        foreign = max(marked.values()) - marked[language.code] >= _SURELY
        stop = stopped(every, language, foreign=foreign)
        if stop is not None:
            shown = text[stop.start : stop.end].strip()
            where, source = place(text, stop.start), language.replies.stop_source
            told = Told(_STOP, _STOP_TITLE, stop.certain, where, shown, source, _stop_entry(channel))
            yield told, stop.start, stop.end
        for sign, certain, start, end in reading.signs(parts, language):
            if not (foreign and not certain) and (not sign.channels or channel in sign.channels):
                shown = text[start:end].strip()
                told = Told(sign.event, sign.title, certain, place(text, start), shown, "", _entry(sign, channel))
                yield told, start, end


def _not_understood(text: str, read: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """A sentence of some length of which nothing was read, from where to where."""
    for sentence in sentences(text):
        start, end = sentence.span(0, len(sentence.plain))
        if len(sentence.plain.split()) >= _SOME and not any(first < end and start < last for first, last in read):
            return start, end
    return None


def _cut(text: str) -> str:
    """The beginning of a text, in quotes, on one line."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}...")


def _stop_entry(channel: str) -> dict[str, Any]:
    return {"event": _STOP, "channel": channel, "scope": "channel"}


def _entry(sign: Sign, channel: str) -> dict[str, Any]:
    """The event as an entry of a history has it; nothing for what is a fact of the debtor."""
    if sign.event not in EVENT_KEYS:
        return {}
    keys = EVENT_KEYS[sign.event]
    stated = {key: value for key, value in sign.keys.items() if key in keys}
    return {"event": sign.event, **stated, **({"channel": channel} if "channel" in keys else {})}
