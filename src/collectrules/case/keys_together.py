"""Keys of an object that go together: what a schema of single keys cannot say, in values, messages and JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003 - msgspec reads the types of fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.advice import listed, missing_key
from collectrules.case.keys import tell_missing
from collectrules.case.values import plain, type_of
from collectrules.ground.nodes import Listing, Node, Scalar, Table, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.case.kinds import JsonSchema, Report
    from collectrules.ground.errors import Place


class Needs(Struct, frozen=True):
    """With one key, others must be there."""

    key: str
    needed: tuple[str, ...]
    advice: str = ""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether they are there."""
        return self.key not in value or all(key in value for key in self.needed)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which is missing."""
        for key in self.needed:
            if self.key in table and key not in table:
                message = f"{subject} with `{self.key}` needs `{key}`"
                report.add(table.place_of(self.key), "CR012", message, self.advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("dependentRequired", {})[self.key] = list(self.needed)


class AtLeastOne(Struct, frozen=True):
    """One of these keys must be there, or more; with `beside`, only where that key is there."""

    keys: tuple[str, ...]
    beside: str = ""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether one is there that must be."""
        return (bool(self.beside) and self.beside not in value) or any(key in value for key in self.keys)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that none is there."""
        if (self.beside and self.beside not in table) or any(key in table for key in self.keys):
            return
        advice = missing_key(table.entries, self.keys, report.owners)
        with_ = f" with `{self.beside}`" if self.beside else ""
        message = f"{subject}{with_} needs {' or '.join(f'`{key}`' for key in self.keys)}"
        report.add(table.place, "CR012", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        one = [{"required": [key]} for key in self.keys]
        if self.beside:
            schema.setdefault("allOf", []).append({"if": {"required": [self.beside]}, "then": {"anyOf": one}})
        else:
            schema["anyOf"] = one


class AtMostOne(Struct, frozen=True):
    """Of these keys no two stand together."""

    keys: tuple[str, ...]

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no two do."""
        return sum(key in value for key in self.keys) < 2  # noqa: PLR2004  # two

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which do."""
        present = [key for key in self.keys if key in table]
        if len(present) > 1:
            both = " and ".join(f"`{key}`" for key in present)
            report.add(table.place_of(present[1]), "CR015", f"{subject} has {both}", "keep one of them")

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("allOf", []).append({"not": {"required": list(self.keys)}})


class KeysByWord(Struct, frozen=True):
    """Which keys may stand beside each word of one key; `always` may stand beside all."""

    key: str
    always: tuple[str, ...]
    beside: Mapping[str, tuple[str, ...]]

    def _strange(self, word: object, present: Iterable[Any]) -> list[Any]:
        allowed = self.beside.get(word) if isinstance(word, str) else None
        if allowed is None:
            return []
        # A key that exists beside no word is told as such, once.
        strange = [key for key in present if key not in allowed and key not in self.always]
        return [key for key in strange if any(key in keys for keys in self.beside.values())] if strange else []

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no other stands there."""
        return not self._strange(value.get(self.key), value)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which does not belong there."""
        word = table.get(self.key)
        if isinstance(word, Scalar):
            for key in self._strange(word.text, table):
                message = f"{subject} with `{self.key}: {word.text}` has no key `{key}`"
                advice = f"it can have {listed((*self.always, *self.beside[word.text]))}"
                report.add(table.place_of(key), "CR015", message, advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema["allOf"] = [
            {
                "if": {"properties": {self.key: {"const": word}}},
                "then": {"propertyNames": {"enum": [*self.always, *keys]}},
            }
            for word, keys in self.beside.items()
        ]


class Sides:
    """A contact from somebody has `from`, one to somebody has `to`."""

    inbound = "a contact from somebody (`direction: inbound`) has `from`"
    outbound = "a contact to somebody (`direction: outbound`) has `to`"

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether the other side is not named as this one."""
        return ("to" if value.get("direction") == "inbound" else "from") not in value

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which key is the other one's."""
        del subject
        direction = table.get("direction")
        if direction is None:  # that is told, and what follows from it is not known
            return
        inbound = isinstance(direction, Scalar) and direction.text == "inbound"
        key = "to" if inbound else "from"
        if key in table:
            advice = self.inbound if inbound else self.outbound
            report.add(table.place_of(key), "CR015", f"`{key}` does not belong here", advice)

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        schema.setdefault("allOf", []).append(
            {
                "if": {"properties": {"direction": {"const": "inbound"}}},
                "then": {"not": {"required": ["to"]}, "description": self.inbound},
                "else": {"not": {"required": ["from"]}, "description": self.outbound},
            }
        )


class Refusal:
    """A refusal of a place (`opt_out`) says of which; that of times, or of talk with others, is another event."""

    _OF_OTHER_EVENTS: Final = {
        "times": "write `inconvenience_designated`, with `days`, `from` and `to`",
        "third_party": "where a consent to talk with somebody is taken back, write `consent_revoked` with this scope",
    }

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it says what is refused."""
        scope = value.get("scope")
        if value.get("event") != "opt_out" or type(scope) is not str:
            return True
        return scope not in self._OF_OTHER_EVENTS and (scope != "place" or "place" in value)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say what is missing, or which event is meant."""
        if self.holds(plain(table)):
            return
        scope = plain(table)["scope"]
        if scope == "place":
            message = f"{subject} with `scope: place` needs `place`"
            report.add(table.place_of("scope"), "CR012", message, "say which place was refused: home, work")
        else:
            message = f"`scope` of an opt-out cannot be `{scope}`"
            report.add(table.place_of("scope"), "CR013", message, self._OF_OTHER_EVENTS[scope])

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        opt_out = {"required": ["event", "scope"], "properties": {"event": {"const": "opt_out"}}}
        of_place = {"properties": {"scope": {"const": "place"}}}
        then = {
            "properties": {"scope": {"not": {"enum": [*self._OF_OTHER_EVENTS]}}},
            "if": of_place,
            "then": {"required": ["place"]},
        }
        schema.setdefault("allOf", []).append({"if": opt_out, "then": then})


_BARE_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _is_bare(text: str) -> bool:
    """Is it a day without a time?"""
    return re.fullmatch(_BARE_DAY[1:-1], text) is not None


class Repeated:
    """`times` counts contacts of a day, at least one, of which the hours are not known."""

    advice = "`times` stands for contacts at unknown minutes: give the bare date"

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether the day is bare."""
        if "times" not in value:
            return True
        at = value.get("at")
        return value["times"] != 0 and not (isinstance(at, datetime) or (type(at) is str and not _is_bare(at)))

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that it needs a bare day, or one contact at least."""
        del subject
        times, at = table.get("times"), table.get("at")
        if times is None:
            return
        if isinstance(at, Scalar) and type_of(at) == "string" and not _is_bare(at.text):
            report.add(at.place, "CR014", f"`at` cannot be {shown(at.text)}", self.advice)
        count = plain(times)
        if isinstance(times, Scalar) and type(count) is int and count < 1:
            report.add(times.place, "CR016", f"`times` is {times.text}, but at least 1 is needed")

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        bare = {"pattern": _BARE_DAY, "description": self.advice}
        schema["dependentSchemas"] = {"times": {"properties": {"at": bare, "times": {"minimum": 1}}}}


class ActionHasDecision:
    """What is expected of an action is a decision."""

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether it is."""
        expected = value.get("expect")
        return "action" not in value or type(expected) is not dict or "decision" in expected

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say that there is none."""
        del subject
        expected = table.get("expect")
        if "action" in table and isinstance(expected, Table):
            tell_missing(expected, "`expect`", report, ["decision"])

    def describe(self, schema: JsonSchema) -> None:
        """Add it to the schema."""
        then = {"properties": {"expect": {"required": ["decision"]}}}
        schema.setdefault("allOf", []).append({"if": {"required": ["action"]}, "then": then})


def _id(item: Any) -> str | None:
    stated = item.get("id") if type(item) is dict else None
    return stated if type(stated) is str else None


class OwnIds(Struct, frozen=True):
    """Each item of a list has an id of its own; `path` are the keys down to the list, `id_of` gives that of an item."""

    of_what: str
    path: tuple[str, ...]
    id_of: Callable[[Any], str | None] = _id
    advice: str = "give each its own"

    def holds(self, value: dict[Any, Any]) -> bool:
        """Whether no id stands twice."""
        items: Any = value
        for key in self.path:
            items = items.get(key, {}) if type(items) is dict else {}
        ids = [name for item in items if (name := self.id_of(item)) is not None]
        return len(set(ids)) == len(ids)

    def tell(self, table: Table, subject: str, report: Report) -> None:
        """Say which stands twice, and where it stood before."""
        del subject
        items: Node | None = table
        for key in self.path:
            items = items.get(key) if isinstance(items, Table) else None
        first: dict[str, Place] = {}
        for item in items if isinstance(items, Listing) else ():
            name = self.id_of(plain(item))
            if name is None:
                continue
            keys = [item.get(key) for key in ("id", "number", "email")] if isinstance(item, Table) else []
            place = next((each.place for each in keys if each is not None), item.place)
            if name in first:
                before = first[name]
                seen = f"line {before.line}" if before.line else str(before)
                message = f"the {self.of_what} {shown(name)} stands twice"
                report.add(place, "CR024", message, f"it stands first at {seen}; {self.advice}")
            else:
                first[name] = place

    def describe(self, schema: JsonSchema) -> None:
        """Leave it out: JSON Schema cannot say it."""
