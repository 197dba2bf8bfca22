"""What a channel, a format or a ruleset has to keep beyond its type, held in one call: `assert_conforms`."""

from __future__ import annotations

from collections.abc import Iterator  # singledispatch reads the types
from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING

from collectrules.case import terms
from collectrules.case.objects import Action
from collectrules.case.vocabulary import catalogue
from collectrules.imports import Importer
from collectrules.plugins import providers
from collectrules.plugins.channels import REACHED_BY, Channel
from collectrules.plugins.handoffs import HandoffFormat
from collectrules.testing.kit import check_rulesets

if TYPE_CHECKING:
    from collections.abc import Collection


def assert_conforms(thing: object) -> None:
    """Hold what a plugin brings against what is asked of it: a `Channel`, a `HandoffFormat`, an importer, a path.

    A path is a ruleset file or a folder of them, whose examples are run. Raises AssertionError with everything that is
    wrong, InvalidInput for a ruleset that cannot be read, and TypeError for what nothing is asked of.
    """
    wrong = list(faults(thing))
    assert not wrong, "\n".join(wrong)


@singledispatch
def faults(thing: object) -> Iterator[str]:
    """Everything that is wrong with it, a sentence each. One function for each type that plugins bring."""
    raise TypeError(f"nothing is asked of a {type(thing).__name__}: give a channel, a format, an importer or a path")


@faults.register
def _(channel: Channel) -> Iterator[str]:
    about = f"channel `{channel.name}`"
    yield from _unknown(about, "asks for", channel.asks, Action.KEYS.facts, "a fact of an action")
    yield from _unknown(about, "leaves", channel.leaves, terms.OUTCOME.words, "an outcome")
    yield from _unknown(about, "has to say", channel.discloses, terms.CONTENT.words, "a word for content")
    yield from _unknown(about, "is like", channel.like, catalogue().channels, "a channel of the case format")
    reached_by = [channel.reached_by] if channel.reached_by else []
    yield from _unknown(about, "is reached by", reached_by, REACHED_BY, "what reaches somebody")
    yield from _unknown(about, "names", channel.providers, providers.names(), "a provider")
    if not channel.docs.strip():
        yield f"{about} says nothing under `docs`: what it covers, and what it leaves out"
    for way in channel.ways:
        yield from _unknown(about, f"states by `{way.name}`", way.facts, Action.KEYS.facts, "a fact of an action")
        yield from _unknown(about, f"leaves by `{way.name}`", way.leaves, channel.leaves, "an outcome that it leaves")


@faults.register
def _(form: HandoffFormat) -> Iterator[str]:
    about = f"handoff format `{form.name}`"
    yield from _unknown(about, "carries out", form.acts, terms.ACTION_KIND.words, "a kind of act")
    if not form.acts:
        yield f"{about} carries out no act, so that no law would be asked: name one under `acts`"
    if not form.suffix.startswith("."):
        yield f"{about} has the ending `{form.suffix}`: it begins with a point"
    if not form.docs.strip():
        yield f"{about} says nothing under `docs`: what it is for, and what it leaves out"


@faults.register
def _(importer: Importer) -> Iterator[str]:
    about = f"importer `{importer.name}`"
    if not importer.path.is_file():
        yield f"{about} has no mapping: there is no file {importer.path}"
        return
    mapping = importer.mapping
    if not mapping.title.strip() or not mapping.docs.strip():
        yield f"{about} says nothing under `title` or `docs`: what the export is, and what it leaves out"
    if not mapping.recognised_by:
        yield f"{about} names no columns under `recognised_by`, so that no file is known to be its own"


@faults.register
def _(path: Path) -> Iterator[str]:
    try:
        check_rulesets(path)
    except AssertionError as error:
        yield str(error)


def _unknown(about: str, does: str, names: Collection[str], known: Collection[str], what: str) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{about} {does} `{name}`, which is not {what}"
