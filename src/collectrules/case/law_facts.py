"""Facts that laws declare: what one law alone asks for is no word of every case.

A ruleset or a library declares them (`law/facts.py` reads that); a case states them under `facts:` of the object that
they are of. What is stated there is held against the declarations of the place's laws. Where these are not known yet,
it is taken as it stands, and held against them before the case is asked about anything (`reading.checked`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from collectrules.case import format_1, terms
from collectrules.case.keys import Absence, Fact
from collectrules.case.kinds import JsonSchema, Kind, Refused, Report, Setting, Words, is_of_type
from collectrules.case.several import Several
from collectrules.case.values import NO_VALUE, plain, written
from collectrules.ground.errors import Place, meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table, shown
from collectrules.ground.plain import PlainValue

if TYPE_CHECKING:
    from collections.abc import Iterable

FACT_OWNERS: Final = ("action", "contact", "event", "debt", "debtor", "collector", "creditor", "case")
"""The objects of which a law may declare facts."""

TYPES: Final[Mapping[str, Kind[Any]]] = {
    "bool": terms.TRUTH,
    "number": terms.NUMBER,
    "date": terms.DATE,
    "money": terms.MONEY,
    "text": terms.TEXT,
    "debts": Several(terms.DEBT_REF),
}
"""The types of such a fact by name; beside them a list of words."""


class LawFact(PlainValue, frozen=True):
    """A fact that a law declares: of which objects, its type or words, what its absence from a complete record means.

    `type` is empty where there are `words`; with `several`, a case lists some of them. `absent` is `unknown`, `none`
    (known not to be stated), `true`, `false`, or one of the words.
    """

    name: str
    of: tuple[str, ...]
    type: str
    words: tuple[str, ...]
    several: bool
    absent: str
    title: str
    ask: str
    """The question to ask of whoever knows."""
    declared_by: str
    """The id of the ruleset or library."""
    place: Place
    group: str = ""
    """The group of the record to which it belongs; empty: that of its object."""

    def agrees_with(self, other: LawFact) -> bool:
        """Is it the same to a case, whatever each law calls it?"""
        return (self.type, set(self.words), self.several, self.absent) == (
            other.type,
            set(other.words),
            other.several,
            other.absent,
        )

    def fact(self) -> Fact:
        """The key of a case that it is."""
        kind: Kind[Any] = Words("", " ".join(self.words)) if self.words else TYPES[self.type]
        if self.several:
            kind = Several(kind)
        absence = self._absence()
        return Fact(
            self.name, kind, self.title, absence, question=self.ask, declared_by=self.declared_by, group=self.group
        )

    def _absence(self) -> Absence:
        if self.absent in ("unknown", "none") and self.absent not in self.words:
            return Absence("none" if self.absent == "none" else "unknown")
        return Absence("is", self.absent == "true" if self.type == "bool" else self.absent)


_ONE_VALUE: Final[JsonSchema] = {"type": ["string", "boolean", "integer"]}
ANY_VALUE: Final[JsonSchema] = {"anyOf": [_ONE_VALUE, {"type": "array", "items": _ONE_VALUE}]}
"""What a fact may be of which the declaration is not known, as JSON Schema."""

DeclaredFacts = Mapping[str, Mapping[str, Fact]]
"""By the object that they are of, and by name: what cases of one place may state beside the words of every case."""


def by_owner(facts: Iterable[LawFact]) -> DeclaredFacts:
    """Facts as the keys of their objects."""
    found: dict[str, dict[str, Fact]] = {}
    for each in facts:
        for owner in each.of:
            found.setdefault(owner, {}).setdefault(each.name, each.fact())
    return found


class FactsOfLaws(Kind[Mapping[str, Any]]):
    """What stands under `facts:` of an object."""

    fact_type = "map"
    json_types = ("object",)
    takes = "facts that a law of the place declares, by name"

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def read(self, value: Any, setting: Setting) -> Mapping[str, Any]:
        """Take what is declared with values that are right; where nothing is known of laws, plain values.

        What every case might state in the first format, and no law of this place asks for, is left out.
        """
        if type(value) is not dict:
            raise Refused(self.tell)
        declared = None if setting.facts is None else setting.facts.get(self.owner, {})
        unread = format_1.NAMES.get(self.owner, frozenset())
        stated: dict[str, Any] = {}
        wrong: dict[Any, Refused | None] = {}
        for name, item in value.items():
            fact = None if declared is None else declared.get(name)
            if declared is not None and fact is None:
                if name not in unread:
                    wrong[name] = None
                continue
            try:
                stated[name] = _unread(item) if fact is None else fact.kind.read(item, setting)
            except Refused as refused:
                wrong[name] = refused
        if wrong:
            raise Refused(partial(self.tell, wrong=wrong, declared=declared or {}))
        return stated

    def tell(
        self,
        node: Node,
        subject: str,
        report: Report,
        wrong: Mapping[Any, Refused | None] | None = None,
        declared: Mapping[str, Fact] | None = None,
    ) -> None:
        """Say what nobody declares, and which values are wrong."""
        if not is_of_type(node, self, subject, report) or not isinstance(node, Table):
            return
        for name, refused in (wrong or {}).items():
            if refused is not None:
                refused.tell(node.entries[name], f"`{name}`", report)
                continue
            message = f"no law of this place declares a fact {shown(name)} of {_the(self.owner)}"
            there_are = f"they declare {', '.join(sorted(declared))}" if declared else "they declare none"
            report.add(node.place_of(name), "CR011", message, meant(name, declared or ()) or there_are)

    def write(self, value: Any) -> object:
        """Return them by name."""
        return {name: _written(item) for name, item in value.items()} if isinstance(value, Mapping) else value

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it; which there are depends on the laws."""
        return {"type": "object", "additionalProperties": ANY_VALUE, "description": self.takes}


def _the(owner: str) -> str:
    return f"the {owner}" if owner in ("action", "debtor", "collector", "creditor", "case") else f"a {owner}"


def _unread(value: Any) -> Any:
    """A plain value or a list of such, as it stands. Raises `Refused`."""
    if type(value) in (list, tuple):
        return tuple([_unread_single(item) for item in value])
    return _unread_single(value)


def _unread_single(value: Any) -> Any:
    if isinstance(value, bool | int | str):
        return value
    text = written(value)
    if text is None:
        raise Refused(_tell_no_fact)
    return text


def _tell_no_fact(node: Node, subject: str, report: Report) -> None:
    items = node.items if isinstance(node, Listing) else (node,)
    for item in items:
        if not isinstance(item, Scalar):
            report.add(
                item.place, "CR010", f"{subject} must be one value or a list of such", "see `collectrules facts`"
            )
        elif plain(item) is None or plain(item) is NO_VALUE:
            advice = "give one, or take the key out" if plain(item) is None else "put quotes around it"
            report.add(item.place, "CR014", f"{subject} must be one value, but here is {shown(item.text)}", advice)


def _written(value: Any) -> object:
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    text = written(value)
    return value if text is None else text
