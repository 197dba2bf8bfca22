"""Rule kinds: the shapes a rule may have. One file each; a new kind is one file and its test.

A kind turns the fields that a rule of its shape has, and the values in force, into one expression: the breach. It tells
its rule in English, and says what a finding of it rests on. What a kind cannot say is said with `when:`. Kinds know
nothing of deciders, and no number of any law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, field

from collectrules.expressions.syntax import Literal as Constant
from collectrules.ground.dated import Dated
from collectrules.ground.modules import defined_in
from collectrules.law.evidence import Evidence, Grounds

Shape = Literal["condition", "contact", "contacts", "words", "word", "collection", "entries", "calendar", "debt"]
"""What a field of a rule holds: a condition of the case, of a contact or of a debt, words, one word,
`collection where ...`, the same as `entries` where its condition may speak of other parts of the rule, the name of a
calendar.

`contacts` tells which contacts are meant: by the name of a definition, or by a mapping of facts, which comes to the
kind as a tuple of conditions with `{of}` where the contact belongs.
"""

Parts = Mapping[str, "str | tuple[str, ...]"]
"""The fields of one rule as text; `words` as a tuple. Under `values` the names of the values that the rule gives."""

Values = Mapping[str, Dated[Constant]]
"""The dated values of one rule."""


class RuleLine(Struct, frozen=True):
    """One line of a rule in English: `breached`, `counted`, `only if`, and what is said of it.

    `expression` is told after the text, with a bare name as a field of one contact where it is asked `of_contact`, or
    of the object that `fields_of` names (`debt`), and `aliases` for what its names stand for (alias -> type of object).
    A definition's name stands for the definition.
    """

    label: str
    text: str = ""
    expression: str = ""
    of_contact: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    fields_of: str = ""


class Mistake(NamedTuple):
    """What is wrong with a rule, each of whose fields can be read: under which key, and what to do."""

    key: str
    message: str
    help: str = ""


def _no_mistake(_: Parts, __: Values) -> Iterable[Mistake]:
    return ()


def _nothing(_: Parts) -> str:
    return ""


def _no_figures(_: Parts) -> Mapping[str, str]:
    return {}


def _untold(_: Parts, __: Values) -> Sequence[RuleLine]:
    return ()


def _no_evidence(_: Grounds) -> Evidence:
    return {}


def _no_arithmetic(_: Evidence) -> str:
    return ""


class RuleKind(Struct, frozen=True):
    """A shape of rule.

    `fields` are the keys it adds to a rule, required ones first in `required`; `values` the dated values it needs,
    `optional` those that it may have, and `windows` those of them that are hours of a day: `$name_from` and `$name_to`.
    `words` are the words that a field may hold, where they are few. `breach` gives the text of the breach, in which
    `$name` stands for a value and the fields have been put in by the kind.

    `mistakes` finds what the fields and values of a rule cannot mean together.

    `figures` are expressions that a report of the file may tell (`figure:`), by name.

    `english` tells the rule; where it gives no line, the breach is told as a condition. `entries` gives the text of the
    query whose entries a finding rests on, empty for none; `evidence` makes of them what a finding shows, and
    `arithmetic` puts that into a sentence, empty where the rule's own title says it all.
    """

    name: str
    title: str
    fields: Mapping[str, Shape]
    required: tuple[str, ...]
    values: tuple[str, ...]
    breach: Callable[[Parts], str]
    figures: Callable[[Parts], Mapping[str, str]] = _no_figures
    english: Callable[[Parts, Values], Sequence[RuleLine]] = _untold
    entries: Callable[[Parts], str] = _nothing
    evidence: Callable[[Grounds], Evidence] = _no_evidence
    arithmetic: Callable[[Evidence], str] = _no_arithmetic
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    mistakes: Callable[[Parts, Values], Iterable[Mistake]] = _no_mistake

    @property
    def known_values(self) -> frozenset[str]:
        """Every value that the kind knows and tells of itself, by the name in its expression."""
        edges = [f"{name}_{edge}" for name in self.windows for edge in ("from", "to")]
        return frozenset((*self.values, *self.optional, *edges))


def built_in() -> Iterator[RuleKind]:
    """Every kind of this package: the `KIND` of each module here."""
    return defined_in(__name__, __path__, "KIND")


def also(parts: Parts) -> list[str]:
    """The further condition that a rule may have beside its kind's, `also_when:`, as a part of the breach."""
    return [f"({parts['also_when']})"] if parts.get("also_when") else []


def only_if(parts: Parts) -> list[RuleLine]:
    """The same in English."""
    return [RuleLine("only if", expression=str(parts["also_when"]))] if parts.get("also_when") else []


def every_of(conditions: Iterable[str]) -> str:
    """Conditions that must all hold, as one text."""
    return " and ".join(conditions)


def one_of(conditions: Sequence[str]) -> str:
    """Conditions of which one must hold, as one text that may stand beside others."""
    return f"({' or '.join(conditions)})" if len(conditions) > 1 else conditions[0]


def listed(words: str | Sequence[str]) -> str:
    """Words as the bracketed list of an expression."""
    return f"[{', '.join([words] if isinstance(words, str) else words)}]"


class Collected(NamedTuple):
    """What a `collection` field holds, in its parts: `contacts as c where c.channel == letter`."""

    name: str
    alias: str
    condition: str
    """Empty for none."""

    @classmethod
    def of(cls, text: str | Sequence[str], alias: str) -> Collected:
        """Read the field; an entry is called by its own alias, else by the one that is given."""
        collection, _, condition = str(text).partition(" where ")
        name, _, own = collection.partition(" as ")
        return cls(name.strip(), own.strip() or alias, condition)

    def query(self, kind: str, *conditions: str) -> str:
        """A query of that kind (`any`, `no`, `count`) over the entries that fulfil further conditions."""
        every = [*([f"({self.condition})"] if self.condition else []), *conditions]
        where = f" where {every_of(every)}" if every else ""
        return f"{kind}({self.name} as {self.alias}{where})"


SAME_PERSON = (
    "c.to == action.to"
    " and (action.to == debtor or c.person == action.person or c.person is absent or action.person is absent)"
)
"""Is a contact `c` with the same person as the action is? One who is not named may be the same."""


__all__ = [
    "SAME_PERSON",
    "Collected",
    "Evidence",
    "Grounds",
    "Mistake",
    "Parts",
    "RuleKind",
    "RuleLine",
    "Shape",
    "Values",
    "also",
    "built_in",
    "every_of",
    "listed",
    "one_of",
    "only_if",
]
