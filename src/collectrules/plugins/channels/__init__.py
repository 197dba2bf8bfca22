"""The ways in which somebody is reached: one file a channel, found by being here.

A channel file defines `CHANNEL`. A plugin adds channels of its own through the hook `collectrules_channels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Iterator


class Channel(Struct, frozen=True):
    """One way to reach a person, and what rulesets may ask about it: its properties, a closed list.

    They are what a rule may govern channels by (`channel: {electronic: yes}`), and what the functions of the same names
    answer in a ruleset.
    """

    name: str
    """The word that cases and rulesets write: lower case letters, digits and underscores."""
    title: str
    electronic: bool
    """It travels as an electronic message, so opt-out wording can be owed. A voice call is not one."""
    written: bool
    """What arrives can be read and kept."""
    spoken: bool
    """Two people can talk over it."""
    tied_to_place: bool
    """Using it reaches a place (a home, a workplace), not only a person. A call says so by its endpoint's `place`."""
    public: bool
    """Others than the person addressed can read it without opening anything."""
    postal: bool
    """The post carries it."""
    in_person: bool
    """Whoever uses it stands before the person."""
    docs: str
    """What the channel covers and what it leaves out, in one or two sentences."""


def built_in() -> Iterator[Channel]:
    """Every channel that has a file in this package, by file name."""
    return defined_in(__name__, __path__, "CHANNEL")
