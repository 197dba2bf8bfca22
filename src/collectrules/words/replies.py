"""What a reply of a debtor tells: events for the history, certain ones and those that a person must confirm.

A reply in any language that is read can stop messages, whatever language the debtor wrote in before. What was not
understood is said to be unclear, and is never nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.verdict.objects import NOT_ADVICE
from collectrules.words import reading
from collectrules.words.languages import plain
from collectrules.words.plain_text import place, refuse_long, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.words.languages import Language, Sign

SCHEMA: Final = "collectrules/reply/v1"
_STOP: Final = "opt_out"
_NO_TEXT: Final = " .!,;:-*#\"'()\t\n"


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
    for language in languages.values():
        yield from _stop_words(text, channel, language)
        for sign, certain, start, end in reading.signs(text, language):
            if not sign.channels or channel in sign.channels:
                shown = text[start:end].strip()
                yield Told(sign.event, sign.title, certain, place(text, start), shown, "", _entry(sign, channel))


def _stop_words(text: str, channel: str, language: Language) -> Iterator[Told]:
    """A stop word that is the whole reply is certain, whatever the signs around it; in it, it is to be confirmed."""
    sentence = whole(text)
    said = sentence.plain.strip(_NO_TEXT)
    words = sorted((plain(word) for word in language.replies.stop_words), key=len, reverse=True)
    for word in words:
        if said == word:
            start, end = sentence.span(sentence.plain.index(word), sentence.plain.index(word) + len(word))
            entry = {"event": _STOP, "channel": channel, "scope": "channel"}
            title, source = "no more messages on this channel", language.replies.stop_source
            yield Told(_STOP, title, True, place(text, start), text[start:end], source, entry)  # noqa: FBT003
            return


def _entry(sign: Sign, channel: str) -> dict[str, Any]:
    """The event as an entry of a history has it; nothing for what is a fact of the debtor."""
    if sign.event not in terms.EVENT_KEYS:
        return {}
    keys = terms.EVENT_KEYS[sign.event]
    stated = {key: value for key, value in sign.keys.items() if key in keys}
    return {"event": sign.event, **stated, **({"channel": channel} if "channel" in keys else {})}
