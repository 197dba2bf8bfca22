"""What a file of a language holds: sayings of texts that go out, signs of replies, and frames of sentences."""

from __future__ import annotations

import re  # noqa: TC003  # msgspec asks for the types of fields

from msgspec import Struct, field


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
    breaks: tuple[str, ...] = ()
    """What ends a denial, as where somebody else acts (", the sheriff will"), or makes it none ("would rather not")."""
    provisos: tuple[str, ...] = ()
    """How a clause begins, up to a denial that is only a condition, as "if you do not"."""
    others: tuple[str, ...] = ()
    """Whose words follow, up to a comma: those of the law, of somebody else, of the one who asked."""


class FramePatterns(Struct, frozen=True, forbid_unknown_fields=True):
    """Frames as they are held against a sentence."""

    turns: tuple[re.Pattern[str], ...]
    negations: tuple[re.Pattern[str], ...]
    conditions: tuple[re.Pattern[str], ...]
    breaks: tuple[re.Pattern[str], ...]
    provisos: tuple[re.Pattern[str], ...]
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
    of_step: bool = False
    """Does it belong to a step that is announced, and so is a threat as far as none is announced and meant?"""
    not_by: tuple[str, ...] = ()
    """Roles of collectors of whom it is true."""
    examples: Examples = Examples()

    @property
    def is_held_up(self) -> bool:
        """Is a text that says it never allowed, whatever act it is?"""
        return not (self.required or self.plain or self.threat or self.announced or self.of_step or self.not_by)


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
    stop_signs: tuple[str, ...] = ()
    """Words, `*` any ending, and several together, with one of which anywhere a reply may mean that it should stop."""
    stop_unless: tuple[str, ...] = ()
    """Patterns of what such words mean otherwise, as the end of a month."""
    harmless: tuple[str, ...] = ()
    """Words of thanks, assent and questions about money: a reply of these alone asks for no stop. `*` any ending."""
    harmless_forms: tuple[str, ...] = ()
    """Patterns of sentences that ask for no stop: questions how to pay, answers of an absent person's mailbox."""
    stop_source: str = ""
    events: tuple[Sign, ...] = ()
