"""Standing assumptions: single facts that a company takes as given, with a reason, where a case does not state them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Action, Attorney, Case, Collector, Creditor, Debtor
from collectrules.case.texts import zone
from collectrules.case.vocabulary import ROOTS, catalogue
from collectrules.ground.errors import InvalidInput, Place, Problem, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.case.law_facts import LawFact
    from collectrules.case.vocabulary import Catalogue

Assumption = tuple[object, str]
"""The value, and why it may be taken as given."""

WHOLE_HISTORY: Final = "history"
"""The assumption that what is not in the history did not happen; its value is `complete`."""

_CLASSES: Final[Mapping[str, Any]] = {
    "action": Action,
    "collector": Collector,
    "creditor": Creditor,
    "debtor": Debtor,
    "attorney": Attorney,
}


def history_is_whole(assume: Mapping[str, Assumption]) -> bool:
    """Is the history taken as whole?"""
    return WHOLE_HISTORY in assume and assume[WHOLE_HISTORY][0] == "complete"


def check(assume: Mapping[str, Assumption], declared: Callable[[], tuple[LawFact, ...]] = tuple) -> None:
    """Raise InvalidInput for assumptions that name no fact or a value that does not fit.

    `declared` gives the facts that laws declare; it is asked only where an assumption is about none of every case.
    """
    words = catalogue()
    if any(path != WHOLE_HISTORY and _field(path, words) is None for path in assume):
        words = catalogue(declared())
    problems = []
    for path, (value, reason) in assume.items():
        place = Place("assume")
        if not reason.strip():
            problems.append(Problem(place, "CR301", f"`{path}` has no reason", "say why it may be taken as given"))
        if path == WHOLE_HISTORY:
            if value != "complete":
                problems.append(Problem(place, "CR302", f"`{path}` can only be taken as `complete`"))
            continue
        field = _field(path, words)
        if field is None:
            known = [f"{root}.{name}" for root in ("debtor", "action") for name in words.own_fields(root)]
            problems.append(Problem(place, "CR303", f"`{path}` is no single fact of a case", meant(path, known)))
        elif field.type == "bool" and not isinstance(value, bool):
            problems.append(Problem(place, "CR302", f"`{path}` is true or false, not `{value}`"))
        elif field.type == "int" and type(value) is not int:
            problems.append(Problem(place, "CR302", f"`{path}` is a whole number, not `{value}`"))
        elif field.type in ("text", "zone") and not isinstance(value, str):
            problems.append(Problem(place, "CR302", f"`{path}` is text, not `{value}`"))
        elif field.type == "zone" and zone(str(value)) is None:
            problems.append(Problem(place, "CR302", f"`{value}` is no time zone", "write it as America/Chicago"))
        elif field.words is not None and field.type == "word" and value not in field.words:
            problems.append(
                Problem(place, "CR302", f"`{value}` is no word for `{path}`", meant(str(value), field.words))
            )
    if problems:
        raise InvalidInput(problems)


def _field(path: str, words: Catalogue) -> Any:
    root, *names = path.split(".")
    if root not in ROOTS or root not in _CLASSES or not names:
        return None
    object_type = ROOTS[root]
    for name in names[:-1]:
        field = words.own_fields(object_type).get(name)
        if field is None or field.type != "object" or field.items not in _CLASSES:
            return None
        object_type = field.items
    field = words.own_fields(object_type).get(names[-1])
    return field if field is not None and field.type in ("bool", "int", "word", "text", "zone") else None


def with_assumptions(case: Case, assume: Mapping[str, Assumption], words: Catalogue) -> tuple[Case, tuple[str, ...]]:
    """The case with each assumed fact that it does not state, and the paths of those that were put in.

    `words` is what a case of its place may state: what only laws of other places ask for is left out.
    """
    used = []
    for path, (value, _) in assume.items():
        if path == WHOLE_HISTORY:
            continue
        root, *names = path.split(".")
        changed = _put(getattr(case, root), root, names, value, words)
        if changed is not None:
            case = replace(case, **{root: changed})
            used.append(path)
    return case, tuple(used)


def _put(owner: Any, object_type: str, names: list[str], value: object, words: Catalogue) -> Any:
    """The object with the fact put in; None where it is stated already, or where there is no such object."""
    if owner is None:
        if object_type in ("action", "collector"):
            return None
        owner = _CLASSES[object_type]()
    name, *rest = names
    field = words.own_fields(object_type).get(name)
    if field is None:
        return None
    if rest:
        inner = _put(getattr(owner, name), field.items, rest, value, words)
        return None if inner is None else replace(owner, **{name: inner})
    return None if getattr(owner, field.attribute, None) is not None else owner.but(**{field.attribute: value})
