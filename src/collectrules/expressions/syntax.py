"""The text of an expression, read into a tree. Nothing is ever evaluated as code.

Grammar, loosest first: `or`, `and`, `not`, one comparison, a term. A term is a literal, a `$value`, a dotted name, a
function call or a query. Every node knows the column it starts at, counted from 0 in the expression's text.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from typing import Literal as Choice

from msgspec import Struct

from collectrules.ground.plain import PlainValue

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES: Final = ("any", "no", "count", "largest", "latest", "earliest")


class SyntaxProblem(Exception):
    """The text is not an expression: what is wrong, at which column, and what was probably meant.

    `within` names the definitions in which the mistake lies, the innermost last; empty for the text that was read.
    """

    within: tuple[str, ...] = ()

    def __init__(self, message: str, column: int, help: str = "") -> None:  # noqa: A002 - the field's own name
        super().__init__(message)
        self.message, self.column, self.help = message, column, help


class Node(PlainValue, frozen=True, tag=True):
    """A part of an expression. Its form on disk is a list: the name of its class, then its fields."""


class Literal(Node, frozen=True):
    """A constant. Dates are proleptic ordinals, clock times minutes after midnight, words plain text."""

    kind: Choice["word", "int", "bool", "date", "time", "text"]
    value: int | bool | str
    column: int = 0


class ValueName(Node, frozen=True):
    """`$name`: a dated value of the rule."""

    name: str
    column: int = 0


class Name(Node, frozen=True):
    """A dotted name: a fact, a field of an entry, an alias, a definition."""

    parts: tuple[str, ...]
    column: int = 0


class Call(Node, frozen=True):
    """A function, or a definition with subjects, applied to arguments."""

    function: str
    arguments: tuple[Expression, ...]
    fields: tuple[str, ...] = ()
    column: int = 0


class Query(Node, frozen=True):
    """A question over a collection: `any(contacts as c where ...)`."""

    kind: Choice["any", "no", "count", "largest", "latest", "earliest"]
    collection: str
    of: Name | None
    alias: str | None
    where: Expression | None
    term: Expression | None
    fields: tuple[str, ...] = ()
    column: int = 0


class Negation(Node, frozen=True):
    """`not part`."""

    part: Expression
    column: int = 0


class Conjunction(Node, frozen=True):
    """Its parts joined by `and`."""

    parts: tuple[Expression, ...]
    column: int = 0


class Disjunction(Node, frozen=True):
    """Its parts joined by `or`."""

    parts: tuple[Expression, ...]
    column: int = 0


class Choices(Node, frozen=True):
    """The bracketed list on the right of `in`, `has any`, `only`."""

    items: tuple[Expression, ...]
    column: int = 0


class Comparison(Node, frozen=True):
    """`left operator right`; operator is one of the words below or a symbol."""

    operator: str
    left: Expression
    right: Expression
    column: int = 0


class Stated(Node, frozen=True):
    """`x is given` (or, negated, `x is absent`)."""

    term: Expression
    given: bool
    column: int = 0


Expression = (
    Literal | ValueName | Name | Call | Query | Negation | Conjunction | Disjunction | Choices | Comparison | Stated
)


SubjectType = Choice["contact", "event", "entry", "debt", "endpoint", "consent"]
SUBJECTS: Final[tuple[SubjectType, ...]] = ("contact", "event", "entry", "debt", "endpoint", "consent")
"""What a definition may be asked of. An `entry` is a contact or an event, a `consent` one that may carry a consent."""


class Subject(PlainValue, frozen=True):
    """What a definition is asked of. It is called `this` where the fields of the only one are written bare."""

    name: str
    type: SubjectType

    @property
    def object_type(self) -> str:
        """The object whose fields it has: whatever bears a consent is an entry."""
        return "entry" if self.type == "consent" else self.type


class Definition(PlainValue, frozen=True):
    """A named expression of a ruleset, asked of its subjects; without one it is a condition of the whole case."""

    name: str
    title: str
    expression: Expression
    subjects: tuple[Subject, ...] = ()
    citation: str = ""

    @property
    def is_bare(self) -> bool:
        """Are the fields of its only subject written without a name?"""
        return len(self.subjects) == 1 and self.subjects[0].name == "this"

    @property
    def usage(self) -> str:
        """How it is asked: `open_dispute(d, b)`."""
        if self.is_bare:
            return f"{self.name}({'action' if self.subjects[0].type == 'contact' else self.subjects[0].type})"
        return f"{self.name}({', '.join(subject.name for subject in self.subjects)})" if self.subjects else self.name


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<date>\d{4}-\d{2}-\d{2}(?!\d))
      | (?P<time>\d{2}:\d{2}(?!\d))
      | (?P<int>\d+(?![\w.]))
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<value>\$[a-z][a-z0-9_]*)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<symbol>==|!=|<=|>=|<|>|\(|\)|\[|\]|,|\.)
      | (?P<end>\Z))""",
    re.VERBOSE,
)
_MAXIMUM_DEPTH = 60
_MINUTES_AN_HOUR: Final = 60
_MINUTES_A_DAY: Final = 1440
_SYMBOLS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_OPERATORS: Final = frozenset({"in", "lacks", "only", "overlaps", "after", "before"})
"""The words that are operators by themselves."""
_KEYWORDS: Final = frozenset(
    {"and", "or", "not", "in", "has", "lacks", "only", "overlaps", "after", "before", "is", "where", "as", "of"}
)
RESERVED: Final = _KEYWORDS | {*QUERIES, "true", "false", "given", "absent", "this", "presumed", "surely", "if_given"}
"""Words with a meaning of their own: no definition may be called so."""


class _Token(Struct, frozen=True):
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    """The words of an expression, and `end` after the last."""
    at, kind = 0, ""
    while kind != "end":
        match = _TOKEN.match(text, at)
        if match is None:
            wrong = len(text) - len(text[at:].lstrip())
            if text[wrong] == "=":
                raise SyntaxProblem("`=` is no comparison", wrong, "write `==`")
            raise SyntaxProblem(f"`{text[wrong]}` is not part of the expression language", wrong)
        kind = match.lastgroup or ""
        yield _Token(kind, match[kind], match.start(kind))
        at = match.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self.rest = iter([*_tokens(text)])
        self.token = next(self.rest)
        self.depth = 0

    def advance(self) -> _Token:
        """The token that stands here. Behind the end is the end."""
        token = self.token
        self.token = next(self.rest, token)
        return token

    def accept(self, text: str) -> bool:
        if self.token.text == text and self.token.kind in ("symbol", "name"):
            self.advance()
            return True
        return False

    def expect(self, text: str, after: str) -> None:
        if not self.accept(text):
            found = f"`{self.token.text}`" if self.token.text else "the end"
            raise SyntaxProblem(f"`{text}` expected {after}, not {found}", self.token.column)

    def whole(self) -> Expression:
        expression = self.disjunction()
        if self.token.kind != "end":
            raise SyntaxProblem(
                f"`{self.token.text}` does not continue the expression",
                self.token.column,
                "join conditions with `and` or `or`",
            )
        return expression

    def disjunction(self) -> Expression:
        self.depth += 1
        if self.depth > _MAXIMUM_DEPTH:
            raise SyntaxProblem(
                f"nested more than {_MAXIMUM_DEPTH} deep", self.token.column, "give parts names under `define:`"
            )
        column = self.token.column
        parts = [self.conjunction()]
        while self.accept("or"):
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Disjunction(tuple(parts), column)

    def conjunction(self) -> Expression:
        column = self.token.column
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Conjunction(tuple(parts), column)

    def negation(self) -> Expression:
        column = self.token.column
        negated = False
        while self.accept("not"):
            negated = not negated
        part = self.comparison()
        return Negation(part, column) if negated else part

    def comparison(self) -> Expression:
        left = self.term()
        column = self.token.column
        if self.token.kind == "symbol" and self.token.text in _SYMBOLS:
            return Comparison(self.advance().text, left, self.term(), column)
        if self.accept("is"):
            word = self.advance().text
            if word not in ("given", "absent"):
                raise SyntaxProblem(
                    f"`{f'is {word}'.strip()}` says nothing",
                    column,
                    "write `is given` or `is absent`; compare with `==`",
                )
            return Stated(left, word == "given", column)
        operator = self.operator()
        if operator in ("in", "not in", "has any"):
            return Comparison(operator, left, self.choices(), column)
        if operator == "only":
            return Comparison(operator, left, self.choices() if self.token.text == "[" else self.term(), column)
        return Comparison(operator, left, self.term(), column) if operator else left

    def operator(self) -> str:
        """The operator of one or two words that stands here; empty where there is none."""
        if self.accept("not"):
            self.expect("in", "after `not`")
            return "not in"
        if self.accept("has"):
            return "has any" if self.accept("any") else "has"
        return self.advance().text if self.token.text in _OPERATORS and self.token.kind == "name" else ""

    def choices(self) -> Choices:
        column = self.token.column
        self.expect("[", "before the list")
        items: list[Expression] = []
        while not self.accept("]"):
            items.append(self.term())
            if not self.accept(","):
                self.expect("]", "at the end of the list")
                break
        if not items:
            raise SyntaxProblem("an empty list", column, "name at least one word")
        return Choices(tuple(items), column)

    def term(self) -> Expression:
        token = self.advance()
        match token.kind:
            case "int":
                return Literal("int", int(token.text), token.column)
            case "date":
                try:
                    return Literal("date", date.fromisoformat(token.text).toordinal(), token.column)
                except ValueError as error:
                    raise SyntaxProblem(f"`{token.text}` is no date of the calendar", token.column) from error
            case "time":
                hours, minutes = int(token.text[:2]), int(token.text[3:])
                if minutes >= _MINUTES_AN_HOUR or hours * _MINUTES_AN_HOUR + minutes > _MINUTES_A_DAY:
                    raise SyntaxProblem(f"`{token.text}` is no clock time", token.column, "00:00 to 24:00")
                return Literal("time", hours * _MINUTES_AN_HOUR + minutes, token.column)
            case "text":
                return Literal("text", token.text[1:-1], token.column)
            case "value":
                return ValueName(token.text[1:], token.column)
            case "name":
                return self.named(token)
        if token.text == "(":
            inner = self.disjunction()
            self.expect(")", "to close the parenthesis")
            return inner
        found = f"`{token.text}`" if token.text else "the end of the expression"
        raise SyntaxProblem(f"a fact, number, word or query expected, not {found}", token.column)

    def named(self, token: _Token) -> Expression:
        if token.text in ("true", "false"):
            return Literal("bool", token.text == "true", token.column)
        if token.text in _KEYWORDS:
            raise SyntaxProblem(f"`{token.text}` stands where a fact, number, word or query belongs", token.column)
        if self.token.text != "(":
            return Name(tuple(token.text.split(".")), token.column)
        self.advance()
        if token.text in QUERIES:
            return self.query(token)
        if token.text in ("surely", "if_given"):
            return self.hedged(token)
        arguments: list[Expression] = []
        while not self.accept(")"):
            arguments.append(self.disjunction())
            if not self.accept(","):
                self.expect(")", f"to close `{token.text}(`")
                break
        return Call(token.text, tuple(arguments), self.trailing(), token.column)

    def hedged(self, token: _Token) -> Conjunction | Disjunction:
        """`surely(x == y)`: what it compares is given, and compares so; false where it is known not to be stated.

        `if_given(x == y)`: `x` compares so where it is given; true where it is known not to be stated.
        """
        inner = self.disjunction()
        self.expect(")", f"to close `{token.text}(`")
        if not isinstance(inner, Comparison) or not isinstance(inner.left, Name):
            example = f"for example `{token.text}(action.place == work)`"
            raise SyntaxProblem(f"`{token.text}` takes one comparison of a fact", token.column, example)
        if token.text == "if_given":
            return Disjunction((Stated(inner.left, given=False, column=inner.left.column), inner), token.column)
        facts = [side for side in (inner.left, inner.right) if side is inner.left or _is_dotted(side)]
        return Conjunction((*(Stated(fact, given=True, column=fact.column) for fact in facts), inner), token.column)

    def trailing(self) -> tuple[str, ...]:
        fields: tuple[str, ...] = ()
        while self.accept("."):
            if self.token.kind != "name":
                raise SyntaxProblem("a field's name expected after `.`", self.token.column)
            fields += tuple(self.advance().text.split("."))
        return fields

    def plain_name(self, where: str) -> str:
        """The name without dots that stands here."""
        token = self.token
        if token.kind != "name" or "." in token.text or token.text in RESERVED:
            found = f"`{token.text}`" if token.text else "the end"
            raise SyntaxProblem(f"a name expected {where}, not {found}", token.column)
        return self.advance().text

    def query(self, token: _Token) -> Query:
        collection = self.advance()
        if collection.kind != "name":
            raise SyntaxProblem(
                f"`{token.text}(` needs a collection", collection.column, "for example `contacts` or `opt_out`"
            )
        of = None
        if self.accept("of"):
            column = self.token.column
            of = Name(("this" if self.accept("this") else self.plain_name("after `of`"),), column)
        alias = self.plain_name("after `as`") if self.accept("as") else None
        where = term = None
        if token.text == "largest":
            self.expect(",", "before the term of `largest`")
            term = self.disjunction()
        elif self.accept("where"):
            where = self.disjunction()
        self.expect(")", f"to close `{token.text}(`")
        kind = next(kind for kind in QUERIES if kind == token.text)
        return Query(kind, collection.text, of, alias, where, term, self.trailing(), token.column)


def _is_dotted(expression: Expression) -> bool:
    return isinstance(expression, Name) and len(expression.parts) > 1


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read one expression: the same object for the same text, by which what is known of it is found again.

    Raises `SyntaxProblem` with the column of the mistake.
    """
    return _Parser(text).whole()


def unparse(expression: Expression) -> str:
    """The canonical text of an expression: two expressions that read alike name the same measure."""
    match expression:
        case Literal("date", value):
            return date.fromordinal(int(value)).isoformat()
        case Literal("time", value):
            return f"{int(value) // 60:02d}:{int(value) % 60:02d}"
        case Literal("bool", value):
            return "true" if value else "false"
        case Literal("text", value):
            return f"'{value}'" if '"' in str(value) else f'"{value}"'
        case Literal(_, value):
            return str(value)
        case ValueName(name):
            return f"${name}"
        case Name(parts):
            return ".".join(parts)
        case Call(function, arguments, fields):
            return f"{function}({', '.join(map(unparse, arguments))}){''.join('.' + f for f in fields)}"
        case Query(kind, collection, of, alias, where, term, fields):
            inner = collection
            inner += f" of {unparse(of)}" if of else ""
            inner += f" as {alias}" if alias else ""
            inner += f" where {unparse(where)}" if where else ""
            inner += f", {unparse(term)}" if term else ""
            return f"{kind}({inner}){''.join('.' + f for f in fields)}"
        case Negation(part):
            return f"not {_bracketed(part)}"
        case Conjunction(parts):
            return " and ".join(map(_bracketed, parts))
        case Disjunction(parts):
            return " or ".join(map(_bracketed, parts))
        case Choices(items):
            return f"[{', '.join(map(unparse, items))}]"
        case Comparison(operator, left, right):
            return f"{_term(left)} {operator} {_term(right)}"
        case Stated(term, given):
            return f"{_term(term)} is {'given' if given else 'absent'}"


def _bracketed(expression: Expression) -> str:
    text = unparse(expression)
    return f"({text})" if isinstance(expression, Conjunction | Disjunction | Negation) else text


def _term(expression: Expression) -> str:
    """The text of what stands beside an operator: conditions in parentheses."""
    text = unparse(expression)
    conditions = Conjunction | Disjunction | Negation | Comparison | Stated
    return f"({text})" if isinstance(expression, conditions) else text
