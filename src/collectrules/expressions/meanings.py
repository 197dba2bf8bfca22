"""What the names of an expression stand for: of what object each is a field, and of which type.

An expression is told in English by it, also one that makes no sense: what is not known here is told as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case.vocabulary import ANY_ENTRY, CONTACT, EVENT, ROOTS
from collectrules.expressions.syntax import Call, Expression, Literal, Name, Query
from collectrules.expressions.wording import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.expressions.syntax import Definition

_ITEMS: Final[Mapping[str, str]] = {
    "contacts": CONTACT,
    "consents": ANY_ENTRY,
    "debts": "debt",
    "all_debts": "debt",
    "endpoints": "endpoint",
}
"""What the items of a collection are; events where it is not here."""


class Scope(Struct, frozen=True):
    """What is spoken of: what bare names are fields of (`it`), and the entry that each alias stands for."""

    subject: str = ""
    """The object type of what bare names are fields of; empty for none."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """alias -> object type"""
    queries: int = 0
    """How many queries are around."""

    def inside(self, query: Query) -> Scope:
        """What is spoken of in the condition of a query."""
        item = _ITEMS.get(query.collection, EVENT)
        aliases = {**self.aliases, query.alias: item} if query.alias is not None else self.aliases
        return replace(self, subject=item, aliases=aliases, queries=self.queries + 1)


OF_CASE: Final = Scope()
OF_CONTACT: Final = Scope(CONTACT, {"this": CONTACT})


def scope_of(definition: Definition) -> Scope:
    """What a definition speaks of."""
    aliases = {subject.name: subject.object_type for subject in definition.subjects}
    return Scope(definition.subjects[0].object_type if definition.is_bare else "", aliases)


class Meanings:
    """What names stand for in the expressions of one ruleset."""

    def __init__(self, definitions: Collection[str], words: Catalogue) -> None:
        self._definitions = definitions
        self._words = words

    def object_type(self, name: Name, scope: Scope) -> str:
        """The type of the object whose field a name is; empty where that is not known."""
        *owners, _ = name.parts
        if not owners:
            return scope.subject
        head, *rest = owners
        found = scope.aliases.get(head) or (CONTACT if head == "action" else ROOTS.get(head, ""))
        if not found:
            found, rest = scope.subject, owners
        for inner in rest:
            known = self._words.fields(found).get(inner) if found else None
            found = known.items if known is not None else ""
        return found

    def is_field_of_it(self, name: str, scope: Scope) -> bool:
        """Is a bare name a field of what is spoken of?"""
        return bool(scope.subject) and name in self._words.fields(scope.subject)

    def is_truth(self, name: Name, scope: Scope) -> bool:
        """Is a name a fact that is true or false?"""
        if len(name.parts) == 1 and name.parts[0] in self._definitions:
            return False
        known = self._field(name, scope)
        return known is not None and known.type == "bool"

    def is_bool(self, term: Query | Call) -> bool:
        """Is the field that a query or function gives true or false?"""
        found = "endpoint" if isinstance(term, Call) else _ITEMS.get(term.collection, EVENT)
        for name in term.fields[:-1]:
            known = self._words.fields(found).get(name)
            found = known.items if known is not None else found
        known = self._words.fields(found).get(term.fields[-1])
        return known is not None and known.type == "bool"

    def is_date(self, expression: Expression, scope: Scope) -> bool:
        """Is it a day?"""
        match expression:
            case Literal(kind):
                return kind == "date"
            case Name():
                known = self._field(expression, scope)
                return known is not None and known.type in ("date", "at")
            case Call(function):
                return function in FUNCTIONS and FUNCTIONS[function].is_date
            case Query(fields=(*_, last)):
                return last == "day"
        return False

    @staticmethod
    def is_debt_id(expression: Expression, scope: Scope) -> bool:
        """Is it the id of a debt that has an alias?"""
        return (
            isinstance(expression, Name)
            and len(expression.parts) == 2  # noqa: PLR2004 - an alias and its field
            and expression.parts[1] == "id"
            and scope.aliases.get(expression.parts[0]) == "debt"
        )

    def _field(self, name: Name, scope: Scope) -> Field | None:
        found = self.object_type(name, scope)
        return self._words.fields(found).get(name.parts[-1]) if found else None
