"""From a measure that is unknown to the facts one would have to get, each with its question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.facts import CONTACT, ROOTS, Field, catalogue
from collectrules.case.objects import Event
from collectrules.verdict.objects import OpenFact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.law.model import Rule
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source

_HISTORY_QUESTION: Final = "is this the whole history: every contact and every event?"
_WHOLE_QUESTION: Final = "what is not in the history did not happen"


class Missing:
    """Collects absent facts over several rules."""

    def __init__(self, context: Context, *, whole: bool) -> None:
        self._context = context
        self._whole = whole
        self._rules: dict[str, list[str]] = {}
        self._questions: dict[str, str] = {}
        self._taken: dict[str, str] = {}

    def add(self, rule: Rule, sources: Iterable[Source]) -> None:
        """Note what the unknown measures of a rule lack."""
        before = sum(map(len, self._rules.values()))
        for source in sources:
            for fact in sorted(source.facts()):
                self._note(fact, rule)
        if sum(map(len, self._rules.values())) == before and rule.question:
            self._put(rule.id.replace("_", " "), rule.question, "", rule)

    def facts(self, *, taken: bool = False) -> tuple[OpenFact, ...]:
        """What was noted; with `taken`, how each was taken."""
        return tuple(
            OpenFact(fact, self._questions[fact], tuple(rules), self._taken[fact] if taken else None)
            for fact, rules in self._rules.items()
        )

    def _put(self, fact: str, question: str, taken: str, rule: Rule) -> None:
        rules = self._rules.setdefault(fact, [])
        if rule.full_id not in rules:
            rules.append(rule.full_id)
        self._questions[fact] = question
        self._taken[fact] = taken

    def _note(self, fact: str, rule: Rule) -> None:
        if fact.startswith("presumed: "):
            self._put(fact.removeprefix("presumed: "), "is that so?", "so", rule)
            return
        root, _, name = fact.partition(".")
        if root == "history":
            if not self._whole:
                self._put("history", _HISTORY_QUESTION, _WHOLE_QUESTION, rule)
            self._history(name, rule)
            return
        if root in ("debts", "endpoints"):
            self._items(root, name, rule)
        elif root in ROOTS and name:
            self._stated(root, name, rule)

    def _stated(self, root: str, name: str, rule: Rule) -> None:
        owner: Any = self._context.action.fact if root == "action" else getattr(self._context, root)
        object_type = CONTACT if root == "action" else ROOTS[root]
        path = root
        *owners, last = name.split(".")
        for part in owners:
            fields = catalogue().fields(object_type)
            if part not in fields or fields[part].type != "object":
                return
            owner, object_type, path = getattr(owner, part, None), fields[part].items, f"{path}.{part}"
        fields = catalogue().fields(object_type)
        if last not in fields or (not hasattr(type(owner), last) and owner is not None):
            return
        if root == "action" and last not in catalogue().own_fields("action"):
            return
        if owner is None or getattr(owner, last, None) is None:
            field = fields[last]
            if field.absence.structural:
                return
            self._put(f"{path}.{last}", f"{field.description}?", _taken(field), rule)

    def _items(self, group: str, name: str, rule: Rule) -> None:
        """Debts, or endpoints of the debtor, that leave a field open."""
        field = catalogue().own_fields(group.removesuffix("s")).get(name)
        for each in getattr(self._context, group):
            if field is not None and getattr(each, name) is None and not field.absence.structural:
                self._put(f"{group}[{each.id}].{name}", f"{field.description}?", _taken(field), rule)

    def _history(self, name: str, rule: Rule) -> None:
        """Entries of the history that leave a field open which would be unknown even in a complete record."""
        for number, fact in enumerate(self._context.case.history or (), start=1):
            kind = type(fact).__name__.lower()
            field = catalogue().own_fields(kind).get(name)
            if field is None or field.absence.kind not in ("unknown", "excludes", "when"):
                continue
            if getattr(fact, name, None) is None and not (
                isinstance(fact, Event) and fact.event != name and self._whole
            ):
                self._put(f"history[{number}].{name}", f"{field.description}?", "unknown", rule)


def _taken(field: Field) -> str:
    absence = field.absence
    match absence.kind:
        case "is" | "when" | "if_consumer":
            value = absence.value
            return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        case "same_as":
            return f"the same as {absence.value}"
        case "lawful":
            return "lawful in every respect"
        case "all_debts":
            return "all debts of the case"
        case _:
            return "none"
