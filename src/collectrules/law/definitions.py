"""The definitions of a file: its terms, each checked where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.vocabulary import CONTACT, ROOTS, catalogue
from collectrules.expressions.language import DefinitionCircle
from collectrules.expressions.syntax import RESERVED, SUBJECTS, Definition, Subject, SyntaxProblem
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Scalar, Table
from collectrules.law.clauses import NOT_READ, add_misread, read_expression
from collectrules.law.values import check_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from collectrules.expressions.checking import Checker
    from collectrules.expressions.syntax import SubjectType
    from collectrules.law.keys import Keys
    from collectrules.law.model import Language

KEYS: Final = ("title", "cite", "of", "is", "note")


def read_definitions(keys: Keys, language: Language, facts: Collection[str] = ()) -> dict[str, Definition]:
    """Every definition under `define:`, by name; none is called as one of the facts that the file declares."""
    definitions: dict[str, Definition] = {}
    table = keys.table_of("define")
    words = catalogue()
    taken = {*RESERVED, *ROOTS, *words.fields(CONTACT), *words.events, *language.functions}
    taken.update(facts)
    for name, node in keys.entries("define"):
        assert table is not None
        place = table.place_of(name)
        check_name(name, place, keys.problems)
        if name in taken:
            message = f"`{name}` has a meaning in expressions already"
            keys.problems.add(place, "CR131", message, "choose another name")
        if not isinstance(node, Table):
            keys.problems.add(node.place, "CR102", f"the definition `{name}` is no table of keys", "`title:` and `is:`")
            continue
        inner = keys.inner(node, f"the definition `{name}`", KEYS)
        text = inner.text("is", required=True)
        definitions[name] = Definition(
            name=name,
            title=inner.text("title", required=True),
            expression=read_expression(text, inner.place("is"), keys.problems) if text else NOT_READ,
            subjects=_subjects(inner),
            citation=inner.text("cite"),
        )
    return definitions


def _subjects(keys: Keys) -> tuple[Subject, ...]:
    """What a definition is asked of: `of: contact`, whose fields are written bare, or `of: {d: event, b: debt}`."""
    of = keys.table.entries.get("of")
    if not isinstance(of, Table):
        kind = keys.text("of")
        return () if not kind else (Subject("this", _subject_type(keys, "of", kind)),)
    named = keys.inner(of, f"`of` of {keys.what}", of.entries)
    for name in of.entries:
        place = of.place_of(name)
        check_name(name, place, keys.problems)
        if name in RESERVED or name in ROOTS:
            keys.problems.add(place, "CR131", f"`{name}` has a meaning in expressions already", "choose another name")
    return tuple([Subject(name, _subject_type(named, name, named.text(name))) for name in of.entries])


def _subject_type(keys: Keys, key: str, kind: str) -> SubjectType:
    for each in SUBJECTS:
        if each == kind:
            return each
    keys.problem(key, "CR103", f"`{kind}` is no subject", meant(kind, SUBJECTS) or f"known here: {', '.join(SUBJECTS)}")
    return "entry"


def check_definitions(keys: Keys, checker: Checker, names: Iterable[str]) -> None:
    """Report the mistakes of each definition once: where they stand, not where the definition is used."""
    table = keys.table_of("define")
    circles: set[frozenset[str]] = set()
    for name in names:
        try:
            checker.definition(name)
        except SyntaxProblem as problem:
            node = table.entries[name] if table is not None else None
            assert isinstance(node, Table)
            text = node.entries["is"]
            assert isinstance(text, Scalar)
            if isinstance(problem, DefinitionCircle):
                circle = frozenset(problem.within)
                if name in circle and circle not in circles:
                    circles.add(circle)
                    keys.problems.add(text.place, "CR130", problem.message, problem.help)
            elif problem.within[-1] == name:
                add_misread(problem, " ".join(text.text.split()), text.place, keys.problems)
