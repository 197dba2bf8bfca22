"""The ways in which somebody is reached: one file a channel, found by being here.

A channel file defines `CHANNEL`. A plugin adds channels of its own through the hook `collectrules_channels`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.vocabulary import CHANNEL_PROPERTIES
from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REACHED_BY: Final = ("number", "email", "address", "account", "person")
"""A telephone number, an e-mail address, a place where somebody lives or works, an account of this channel alone, or
the person alone."""

_AS_IT_IS: Final[Mapping[str, object]] = MappingProxyType({})


class Way(Struct, frozen=True):
    """A way of using a channel that a case states by facts of the act: no channel of its own, so its law is asked."""

    name: str
    title: str
    facts: Mapping[str, object] = _AS_IT_IS
    """What an act of this way states, by the names of the facts of an action; nothing where no fact tells it apart."""
    leaves: tuple[str, ...] = ()
    """The outcomes that a contact of this way can have, where they are others than those of the channel."""
    docs: str = ""


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
    reached_by: str = ""
    """What it takes to reach somebody: one of `REACHED_BY`. Empty: not said, so any number or address may be used."""
    like: tuple[str, ...] = ()
    """The channels of the case format that laws may mean it by: what is allowed here and not there is a review.

    None: those that are the same in every respect. It says nothing of a channel of the case format.
    """
    asks: tuple[str, ...] = ()
    """The facts that laws ask of an act on it, beside kind, channel and moment: names of facts of an action."""
    leaves: tuple[str, ...] = ()
    """What it leaves in the history: the outcomes that a contact on it can have. None: events alone."""
    discloses: tuple[str, ...] = ()
    """What a message on it has to say, by the words for content, where a law asks for it."""
    providers: tuple[str, ...] = ()
    """Whose rules beside the law bind a message on it, by their names in `collectrules.plugins.providers`."""
    ways: tuple[Way, ...] = ()

    def properties(self) -> tuple[str, ...]:
        """What it is, of all that a rule may govern channels by."""
        return tuple(name for name in CHANNEL_PROPERTIES if getattr(self, name))

    def told(self) -> dict[str, Any]:
        """Every field by its name, the ways in a list."""
        own = {name: getattr(self, name) for name in self.__struct_fields__ if name != "ways"}
        return {**own, "ways": [{name: getattr(way, name) for name in way.__struct_fields__} for way in self.ways]}


def built_in() -> Iterator[Channel]:
    """Every channel that has a file in this package, by file name."""
    return defined_in(__name__, __path__, "CHANNEL")
