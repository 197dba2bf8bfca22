"""A plugin of collectrules: the law of a jurisdiction that does not exist, and a messenger as a channel."""

from __future__ import annotations

from pathlib import Path

from collectrules import Channel, hookimpl

collectrules_api = 1

TELEGRAM = Channel(
    name="telegram",
    title="Telegram message",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    docs="A message to one Telegram account. Groups and status posts are left out; a call over Telegram is `phone`.",
)


@hookimpl
def collectrules_ruleset_folders() -> list[Path]:
    """The folder with the law of XA."""
    return [Path(__file__).parent / "rulesets"]


@hookimpl
def collectrules_channels() -> list[Channel]:
    """The messenger."""
    return [TELEGRAM]
