"""Expressions and clauses of a file: read, and checked against the vocabulary before anything is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import Expression, SyntaxProblem, parse
from collectrules.expressions.syntax import Literal as Constant
from collectrules.expressions.types import TELLABLE
from collectrules.expressions.walking import value_names
from collectrules.ground.errors import Place, meant
from collectrules.law.model import Clause, Review

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.expressions.checking import Checker
    from collectrules.law.keys import Keys, Problems
    from collectrules.law.model import Language

NOT_READ: Final[Expression] = Constant("bool", value=False)
"""Stands for an expression that cannot be read: what is told of it is told once."""


def read_expression(text: str, place: Place, problems: Problems) -> Expression:
    """The expression, `NOT_READ` where it is none."""
    try:
        return parse(text)
    except SyntaxProblem as problem:
        add_misread(problem, text, place, problems)
        return NOT_READ


def add_misread(problem: SyntaxProblem, text: str, place: Place, problems: Problems) -> None:
    """Report what is wrong with an expression, with the words around it."""
    shown = text[max(0, problem.column - 20) : problem.column + 20]
    where = f"at `{shown.strip()}`" if shown.strip() else "at the end"
    problems.add(place, "CR130", f"{problem.message}, {where}", problem.help)


CLAUSE_KEYS: Final = ("if", "cite", "title", "note")
"""What an exception or a factor may have."""
REVIEW_KEYS: Final = ("if", "cite", "question", "title", "note")
_NO_FIGURES: Final[Mapping[str, Expression]] = {}


class ClauseReader:
    """Checks the expressions of one file with its definitions and calendars."""

    def __init__(self, problems: Problems, language: Language, checker: Checker) -> None:
        self.problems, self.language, self.checker = problems, language, checker

    def expression(
        self,
        text: str,
        place: Place,
        values: Mapping[str, Constant],
        *,
        condition: bool = True,
        figures: Mapping[str, Expression] = _NO_FIGURES,
    ) -> Expression:
        """The expression, its `$values` still and the `$figures` put in it, once it makes sense with these values."""
        expression = substitute(read_expression(text, place, self.problems), figures)
        names = value_names(expression) if "$" in text else frozenset()
        for name in sorted(names):
            if name not in values:
                help_ = meant(name, (*values, *figures)) or "give it there, with the day since when it is the law"
                self.problems.add(place, "CR130", f"`${name}` is not among the `values:`", help_)
                return expression
        try:
            kind = self.checker.kind(substitute(expression, {name: values[name] for name in names}))
        except SyntaxProblem as problem:
            if not problem.within:  # a mistake within a definition is told where that stands
                add_misread(problem, text, place, self.problems)
            return expression
        if condition and kind.name != "bool":
            self.problems.add(place, "CR130", f"`{text}` is no condition", "compare it, for example with `==`")
        elif kind.name not in TELLABLE:
            help_ = "ask for one field, a count or a condition"
            self.problems.add(place, "CR130", f"`{text}` is no single answer", help_)
        return expression

    def one(self, keys: Keys, key: str, values: Mapping[str, Constant]) -> Clause:
        """A condition under a key, with its citation and title beside it."""
        text = keys.text(key, required=True)
        citation = keys.citation()
        condition = self.expression(text, keys.place(key), values) if text else NOT_READ
        return Clause(condition, text, citation, keys.text("title"), keys.table.place, keys.text("remedy"))

    def reviews(self, keys: Keys, key: str, values: Mapping[str, Constant]) -> tuple[Review, ...]:
        """A list of conditions, each with its citation and a question."""
        reviews = []
        for table in keys.items_of(key):
            inner = keys.inner(table, f"an entry of `{key}`", REVIEW_KEYS)
            question = inner.text("question", required=True, help_="what must a person decide?")
            of = self.one(inner, "if", values)
            reviews.append(Review(of.condition, of.text, of.citation, of.title, of.place, question=question))
        return tuple(reviews)

    def several(
        self, keys: Keys, key: str, values: Mapping[str, Constant], more: tuple[str, ...] = ()
    ) -> tuple[Clause, ...]:
        """A list of conditions, each with its citation; `more` are keys that an entry may have beside."""
        known = (*CLAUSE_KEYS, *more)
        return tuple(
            self.one(keys.inner(table, f"an entry of `{key}`", known), "if", values) for table in keys.items_of(key)
        )
