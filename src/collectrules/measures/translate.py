"""Expressions translated to Python functions that read a case, in strong Kleene logic.

Every expression is translated in up to three modes. `settled`: absent facts are what their absence means in a complete
record and the history is whole. `open`: absent facts are unknown and the history may hold more. `least`: as `open`, but
a count is what is certain to be there. Names and constants never enter the generated text except through `repr`
of exact `str`, `int` and `bool`, or as entries of its namespace.
"""

from __future__ import annotations

import itertools
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, Literal

from collectrules.case import objects as case_objects
from collectrules.case.facts import ANY_ENTRY, CONTACT, DERIVED, ENTRY_TYPES, EVENT, ROOTS, Absence, Catalogue, Field
from collectrules.expressions import syntax
from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Definition,
    Disjunction,
    Expression,
    Name,
    Negation,
    Query,
    Stated,
    SyntaxProblem,
    ValueName,
    unparse,
)
from collectrules.ground.errors import meant
from collectrules.ground.generated import code_of
from collectrules.ground.money import UNITS_OF_RECORD
from collectrules.measures import LAWFUL, NOTHING, MeasureFunction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Mode = Literal["if_complete", "as_stated", "at_least"]

_ORDERED: Final = frozenset({"int", "date", "time", "money"})
_TEXTUAL: Final = frozenset({"word", "text", "zone"})
TELLABLE: Final = _ORDERED | _TEXTUAL | {"bool"}
"""The types of single answers; the rest are lists and objects."""


class DefinitionCircle(SyntaxProblem):
    """A definition that uses itself; `within` names those of the circle."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of an expression. `object_type` names the fields of an object; `words` limits what it may equal."""

    name: str
    object_type: str = ""
    words: frozenset[str] | None = None


_BOOL: Final = Kind("bool")
_INT: Final = Kind("int")


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean at one place: the innermost entry, and everything an alias refers to."""

    subject: tuple[str, str] | None = None
    aliases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """alias -> (type of the entry, Python variable)"""


_definition_numbers: Final = itertools.count(1)
"""Keep apart what is remembered of a case: definitions of two rulesets may be called alike."""

_MOST_DEFINITIONS: Final = 10_000_000


class Translator:
    """Translates the expressions of one ruleset. Definitions are translated once for each mode, when first used."""

    def __init__(
        self,
        catalogue: Catalogue,
        functions: Mapping[str, MeasureFunction],
        definitions: Mapping[str, Definition],
        calendars: Mapping[str, object],
        channels: frozenset[str] = frozenset(),
    ) -> None:
        self._catalogue = catalogue
        self._functions = functions
        self._definitions = definitions
        self._calendars = calendars
        self._channels = frozenset(catalogue.channels) | channels
        self._names = itertools.count()
        self._costs: dict[int, tuple[Expression, int]] = {}  # by identity, which the expression in it keeps
        self._checked: dict[tuple[str, Mode], str] = {}
        self._kinds: dict[Expression, Kind] = {}
        self._ready: dict[tuple[str, Mode], str] = {}
        self._reads: dict[str, frozenset[str]] = {}
        self._facts: dict[Expression, frozenset[str]] = {}
        self._lock = threading.RLock()
        self._lines: list[str] = []
        self._path: list[str] = []
        self._current: set[str] = set()
        self._namespace: dict[str, Any] = {"NOTHING": NOTHING, "LAWFUL": LAWFUL, "EMPTY": _empty_objects()}
        for name, function in functions.items():
            self._namespace[f"F_{name}"] = function.read

    # ---- what others call ---------------------------------------------------------------------------------------

    def function(self, expression: Expression, mode: Mode) -> Callable[[Any], Any]:
        """The expression as a function of a context. Raises SyntaxProblem where it does not make sense."""
        with self._lock:
            kind, code = self._term(expression, Scope(), mode)
            temporary = self._temporary()
            if kind.name in _TEXTUAL:
                code = f'("" if ({temporary} := {code}) is NOTHING else {temporary})'
            elif kind.name != "bool":
                code = f"(None if ({temporary} := {code}) is NOTHING else {temporary})"
            name = f"m{next(self._names)}"
            self._lines.append(f"def {name}(x):\n return {code}\n")
            exec(code_of("".join(self._lines)), self._namespace)  # noqa: S102 - own text, see module docstring
            self._lines.clear()
            result: Callable[[Any], Any] = self._namespace[name]
            return result

    def entries(self, query: Query, mode: Mode) -> Callable[[Any], list[Any]]:
        """The items for which the condition of a query is certainly true, as a function of a context.

        Of `largest` over a count, those of the largest count; of `largest` over anything else, none.
        """
        with self._lock:
            code = self._fitting(query, Scope(), mode)
            name = f"m{next(self._names)}"
            self._lines.append(f"def {name}(x):\n return {code}\n")
            exec(code_of("".join(self._lines)), self._namespace)  # noqa: S102 - own text, see module docstring
            self._lines.clear()
            result: Callable[[Any], list[Any]] = self._namespace[name]
            return result

    def kind(self, expression: Expression) -> Kind:
        """The type of an expression of the whole case; checks it throughout."""
        found = self._kinds.get(expression)
        if found is None:
            with self._only_checking():
                found = self._kinds[expression] = self._term(expression, Scope(), "if_complete")[0]
        return found

    def type_of(self, expression: Expression) -> Kind:
        """The type of an expression that was checked before, from its outermost part where that tells."""
        match expression:
            case Negation() | Conjunction() | Disjunction() | Comparison() | Stated() | Query(kind="any" | "no"):
                return _BOOL
            case Query(kind="count"):
                return _INT
            case Name((name,)) | Call(name) if name in self._definitions or name == "presumed":
                return _BOOL
            case Call(name, _, ()) if name in self._functions and self._functions[name].result != "endpoint":
                return Kind(self._functions[name].result)
            case _:
                return self.kind(expression)

    def check_definition(self, name: str) -> None:
        """Check a definition throughout. Raises SyntaxProblem; `within` tells in which definition the mistake lies."""
        with self._only_checking():
            self._ready_definition(name, "if_complete", 0)

    def facts(self, expression: Expression) -> frozenset[str]:
        """The dotted names of the facts that an expression reads, those of its definitions included."""
        found = self._facts.get(expression)
        if found is None:
            with self._only_checking():
                self._current = set()
                self._term(expression, Scope(), "if_complete")
                found = self._facts[expression] = frozenset(self._current)
        return found

    def reads_clock(self, expression: Expression) -> bool:
        """May the value differ for the same case at another moment of the action?"""
        del expression
        return True

    def cost(self, expression: Expression) -> int:
        """How dear the value of an expression is, by the loops over the history that it takes; for ordering only."""
        found = self._costs.get(id(expression))
        if found is None:
            self._costs[id(expression)] = (expression, 0)  # while a definition that needs itself is being priced
            found = self._costs[id(expression)] = (expression, self._cost_of(expression))
        return found[1]

    def _cost_of(self, expression: Expression) -> int:
        """Loops multiply what is inside them; a definition costs what its expression does."""
        match expression:
            case Query():
                return _LOOP_COST * (1 + sum(self.cost(part) for part in (expression.where, expression.term) if part))
            case Name((name,)) | Call(name) if name in self._definitions:
                return 2 + self.cost(self._definitions[name].expression)
            case Conjunction(parts) | Disjunction(parts):
                return sum(self.cost(part) for part in parts)
            case Choices(items):
                return sum(self.cost(item) for item in items)
            case Call(_, arguments):
                return 3 + sum(self.cost(part) for part in arguments)
            case Comparison(_, left, right):
                return self.cost(left) + self.cost(right)
            case Negation(part) | Stated(part):
                return self.cost(part)
            case _:
                return 1

    @contextmanager
    def _only_checking(self) -> Iterator[None]:
        """Translate without keeping the code: a check must not make the next function dearer to compile."""
        with self._lock:
            lines, ready = self._lines, self._ready
            self._lines, self._ready = [], self._checked
            try:
                yield
            finally:
                self._lines, self._ready = lines, ready

    # ---- conditions ---------------------------------------------------------------------------------------------

    def _condition(self, expression: Expression, scope: Scope, mode: Mode) -> str:
        kind, code = self._term(expression, scope, mode)
        if kind.name != "bool":
            raise SyntaxProblem(
                f"`{unparse(expression)}` is no condition",
                expression.column,
                "compare it, for example with `==`, or ask `is given`",
            )
        return code

    def _junction(self, parts: tuple[Expression, ...], scope: Scope, mode: Mode, *, stop: bool) -> str:
        parts = tuple(sorted(parts, key=self.cost))  # Kleene logic does not care about the order; loops are dear
        names = [self._temporary() for _ in parts]
        codes = [self._condition(part, scope, mode) for part in parts]
        stops = " or ".join(f"({name} := {code}) is {stop}" for name, code in zip(names, codes, strict=True))
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({stop} if {stops} else None if {unknown} else {not stop})"

    # ---- terms --------------------------------------------------------------------------------------------------

    def _term(self, expression: Expression, scope: Scope, mode: Mode) -> tuple[Kind, str]:
        match expression:
            case syntax.Literal(literal, value):
                return Kind("text" if literal == "word" else literal), repr(value)
            case Conjunction(parts):
                return _BOOL, self._junction(parts, scope, mode, stop=False)
            case Disjunction(parts):
                return _BOOL, self._junction(parts, scope, mode, stop=True)
            case Negation(part):
                temporary = self._temporary()
                code = self._condition(part, scope, mode)
                return _BOOL, f"(None if ({temporary} := {code}) is None else not {temporary})"
            case Comparison():
                return _BOOL, self._comparison(expression, scope, mode)
            case Stated():
                return _BOOL, self._stated(expression, scope, mode)
            case Query():
                return self._query(expression, scope, mode)
            case Call():
                return self._call(expression, scope, mode)
            case Name():
                return self._name(expression, scope, mode)
            case ValueName(name, column):
                raise SyntaxProblem(f"`${name}` has no value here", column, "give it under `values:` of the rule")
            case Choices(_, column):
                raise SyntaxProblem("a list stands where one value belongs", column)

    def _name(self, expression: Name, scope: Scope, mode: Mode) -> tuple[Kind, str]:
        head, *rest = expression.parts
        owner = self._entry(head, scope)
        if not rest and self._is_definition(head, scope):
            return _BOOL, self._definition(head, scope, mode, expression.column)
        if owner is not None and rest:
            object_type, variable = owner
            return self._fields(object_type, variable, tuple(rest), mode, expression)
        if scope.subject is not None and head in self._catalogue.fields(scope.subject[0]):
            return self._fields(*scope.subject, expression.parts, mode, expression)
        if head in ROOTS and rest:
            self._current.add(unparse(expression))
            return self._fields(ROOTS[head], f"x.{head}", tuple(rest), mode, expression)
        self._unknown_name(expression, scope)
        raise AssertionError

    def _is_definition(self, name: str, scope: Scope) -> bool:
        return name in self._definitions and self._entry(name, scope) is None

    def _unknown_name(self, expression: Name, scope: Scope) -> None:
        head = expression.parts[0]
        known = {*self._definitions, *scope.aliases, *ROOTS}
        if scope.subject is not None:
            known |= set(self._catalogue.fields(scope.subject[0]))
        where = "no fact, alias or definition here"
        if head in ROOTS or head in scope.aliases:
            where = "an object, not one of its fields"
        raise SyntaxProblem(f"`{unparse(expression)}` is {where}", expression.column, meant(head, known))

    def _entry(self, name: str, scope: Scope) -> tuple[str, str] | None:
        """The type and Python variable of an entry or object called by name."""
        if name == "action":
            return CONTACT, "x.action"
        return scope.aliases.get(name)

    def _fields(
        self, object_type: str, owner: str, parts: tuple[str, ...], mode: Mode, whole: Expression
    ) -> tuple[Kind, str]:
        name, *rest = parts
        fields = self._catalogue.fields(object_type)
        if name not in fields:
            raise SyntaxProblem(f"`{name}` is no field of {_article(object_type)}", whole.column, meant(name, fields))
        the_field = fields[name]
        self._note(object_type, owner, the_field)
        if rest:
            if the_field.type != "object":
                raise SyntaxProblem(f"`{name}` has no fields", whole.column)
            temporary = self._temporary()
            raw = self._raw(object_type, owner, the_field)
            inner = f"({temporary} if ({temporary} := {raw}) is not None else EMPTY[{the_field.items!r}])"
            holder = self._temporary()
            kind, code = self._fields(the_field.items, holder, tuple(rest), mode, whole)
            return kind, f"({holder} := {inner}, {code})[1]"
        return self._read(object_type, owner, the_field, mode)

    def _note(self, object_type: str, owner: str, the_field: Field) -> None:
        if owner in {"x.action", "this"}:
            self._current.add(f"action.{the_field.name}")
        if object_type in ENTRY_TYPES and owner != "x.action":
            self._current.add(f"history.{the_field.name}")
        if object_type in ("debt", "endpoint"):
            self._current.add(f"{object_type}s.{the_field.name}")

    def _raw(self, object_type: str, owner: str, the_field: Field) -> str:
        if object_type in ENTRY_TYPES:
            if the_field.name in DERIVED:
                return f"{owner}.{the_field.name}"
            owner = f"{owner}.fact"
        name = the_field.name
        return f"{owner}.{name}_" if iskeyword(name) else f"{owner}.{name}"

    def _read(self, object_type: str, owner: str, the_field: Field, mode: Mode) -> tuple[Kind, str]:
        kind = _kind(the_field)
        raw = self._raw(object_type, owner, the_field)
        if object_type in ENTRY_TYPES and the_field.name in DERIVED:
            return kind, raw
        temporary = self._temporary()
        converted = temporary
        if the_field.type == "date":
            converted = f"{temporary}.toordinal()"
        elif the_field.type == "money":
            converted = f"int({temporary} * {UNITS_OF_RECORD})"
        absent = self._absent(object_type, owner, the_field, mode)
        absent = self._where_known(absent, object_type, owner, the_field, mode)
        if absent == "None" and converted == temporary:
            return kind, raw
        return kind, f"({converted} if ({temporary} := {raw}) is not None else {absent})"

    def _where_known(self, code: str, object_type: str, owner: str, the_field: Field, mode: Mode) -> str:
        """What an absent field gives: `code` where its absence is known to mean that, else unknown.

        It is known in a complete record; where the absence says something by itself; and of the action, for a field
        that no action can have: how a call will end is in no case.
        """
        if mode == "if_complete" or the_field.absence.structural or code == "None":
            return code
        if object_type not in (CONTACT, ANY_ENTRY) or the_field.name in self._catalogue.own_fields("action"):
            return "None"
        return code if owner == "x.action" else f"({code} if {owner} is x.action else None)"

    def _absent(self, object_type: str, owner: str, the_field: Field, mode: Mode) -> str:
        absence: Absence = the_field.absence
        match absence.kind:
            case "is":
                return repr(absence.value)
            case "none":
                if the_field.type == "list":
                    return "()"
                if the_field.type == "bool":
                    return "False" if absence.structural else "None"
                return "NOTHING"
            case "same_as":
                other = self._catalogue.fields(object_type)[absence.value]
                return self._read(object_type, owner, other, mode)[1]
            case "all_debts":
                return "x.debt_ids"
            case "lawful":
                return "LAWFUL"
            case "when":
                assert absence.other is not None
                other_field = self._catalogue.fields(object_type)[absence.other[0]]
                raw = self._raw(object_type, owner, other_field)
                return f"({absence.value!r} if {raw} == {absence.other[1]!r} else None)"
            case "if_consumer":
                return f"({absence.value!r} if x.all_consumer else None)"
            case "unknown" | "excludes":
                return "None"

    # ---- comparisons --------------------------------------------------------------------------------------------

    def _comparison(self, expression: Comparison, scope: Scope, mode: Mode) -> str:
        operator, left, right = expression.operator, expression.left, expression.right
        if operator in ("after", "before"):
            symbol = ">" if operator == "after" else "<"
            first, second = self._entry_argument(left, scope), self._entry_argument(right, scope)
            return f"({first}.position {symbol} {second}.position)"
        kind, code = self._term(left, scope, mode)
        if operator == "overlaps":
            return self._overlaps(expression, kind, code, scope, mode)
        if operator in ("has", "has any", "lacks", "only"):
            if isinstance(expression.right, Name | Call) and not _is_constant(expression.right):
                return self._holds_value(expression, kind, code, scope, mode)
            return self._holds(expression, kind, code)
        if kind.name == "list" or kind.object_type:
            raise SyntaxProblem(
                f"`{unparse(left)}` is no single value", left.column, "use `has`, `lacks`, `only` or `overlaps`"
            )
        temporary = self._temporary()
        if operator in ("in", "not in"):
            assert isinstance(right, Choices)
            constants = [self._constant(item, kind) for item in right.items]
            excluded = self._excluded(left, scope, constants, mode)
            chosen = f"{{{', '.join(map(repr, constants))}}}"
            found = f"{temporary} {operator} {chosen}"
            if bare := _bare(code):
                return f"({bare} {operator} {chosen})"
            return f"({excluded(operator == 'not in')} if ({temporary} := {code}) is None else {found})"
        if operator not in ("==", "!=") and kind.name not in _ORDERED:
            raise SyntaxProblem(f"`{unparse(left)}` has no order", left.column, "compare it with `==`, `!=` or `in`")
        if _is_constant(right):
            constant = self._constant(right, kind)
            excluded = self._excluded(left, scope, [constant], mode)
            unknown = excluded(operator == "!=")
            if operator in ("==", "!="):
                if bare := _bare(code):
                    return f"({bare} {operator} {constant!r})"
                return f"({unknown} if ({temporary} := {code}) is None else {temporary} {operator} {constant!r})"
            missing = f"({temporary} := {code}) is None or {temporary} is NOTHING"
            return f"(None if {missing} else {temporary} {operator} {constant!r})"
        return self._between(expression, (kind, code), scope, mode)

    def _between(self, expression: Comparison, left: tuple[Kind, str], scope: Scope, mode: Mode) -> str:
        """A comparison of two facts. What is not stated equals nothing, and has no order."""
        operator = expression.operator
        kind, code = left
        other_kind, other = self._term(expression.right, scope, mode)
        if not _comparable(kind, other_kind):
            raise SyntaxProblem(
                f"`{unparse(expression.left)}` and `{unparse(expression.right)}` are not of one type",
                expression.column,
                f"one is {_article(kind.name)}, the other {_article(other_kind.name)}",
            )
        first, second = self._temporary(), self._temporary()
        unknown = f"({first} := {code}) is None or ({second} := {other}) is None"
        if operator == "==":
            return f"(None if {unknown} else {first} is not NOTHING and {first} == {second})"
        if operator == "!=":
            return f"(None if {unknown} else {first} is NOTHING or {first} != {second})"
        return f"(None if {unknown} or {first} is NOTHING or {second} is NOTHING else {first} {operator} {second})"

    def _overlaps(self, expression: Comparison, kind: Kind, code: str, scope: Scope, mode: Mode) -> str:
        other_kind, other = self._term(expression.right, scope, mode)
        if kind.name != "list" or other_kind.name != "list":
            raise SyntaxProblem("`overlaps` stands between two lists", expression.column)
        first, second = self._temporary(), self._temporary()
        return (
            f"(None if ({first} := {code}) is None or ({second} := {other}) is None"
            f" else False if {first} is LAWFUL or {second} is LAWFUL else not set({first}).isdisjoint({second}))"
        )

    def _holds(self, expression: Comparison, kind: Kind, code: str) -> str:
        """`has`, `has any`, `lacks`, `only`: of content that is lawful in every respect all but `only` are false."""
        if kind.name != "list":
            raise SyntaxProblem(
                f"`{unparse(expression.left)}` is no list", expression.left.column, "compare it with `==` or `in`"
            )
        item_kind = Kind("word", words=kind.words)
        right = expression.right
        items = right.items if isinstance(right, Choices) else (right,)
        words = [self._constant(item, item_kind) for item in items]
        temporary = self._temporary()
        chosen = f"{{{', '.join(map(repr, words))}}}"
        match expression.operator:
            case "has":
                lawful, found = "False", f"{words[0]!r} in {temporary}"
            case "lacks":
                lawful, found = "False", f"{words[0]!r} not in {temporary}"
            case "has any":
                lawful, found = "False", f"not {chosen}.isdisjoint({temporary})"
            case _:
                lawful, found = "True", f"{chosen}.issuperset({temporary})"
        return f"(None if ({temporary} := {code}) is None else {lawful} if {temporary} is LAWFUL else {found})"

    def _holds_value(self, expression: Comparison, kind: Kind, code: str, scope: Scope, mode: Mode) -> str:
        """`has` and `lacks` of a single fact, `only` of another list. What is not stated is in no list."""
        other_kind, other = self._term(expression.right, scope, mode)
        operator = expression.operator
        wanted = "list" if operator == "only" else None
        if kind.name != "list" or (other_kind.name != wanted if wanted else other_kind.name not in _TEXTUAL):
            raise SyntaxProblem(
                f"`{unparse(expression)}` does not fit",
                expression.column,
                "`has` and `lacks` take a list and one word, `only` takes two lists",
            )
        first, second = self._temporary(), self._temporary()
        unknown = f"({first} := {code}) is None or ({second} := {other}) is None"
        match operator:
            case "has":
                lawful, found = "False", f"{second} in {first}"
            case "lacks":
                lawful, found = "False", f"{second} not in {first}"
            case _:
                lawful, found = "True", f"{second} is LAWFUL or set({second}).issuperset({first})"
        return f"(None if {unknown} else {lawful} if {first} is LAWFUL else {found})"

    def _excluded(self, left: Expression, scope: Scope, constants: list[Any], mode: Mode) -> Callable[[bool], str]:
        """What a comparison with constants gives where the fact is absent: some absences exclude some words."""
        found = self._field_of(left, scope)
        if found is None:
            return lambda _negated: "None"
        object_type, owner, the_field = found
        if the_field.absence.kind != "excludes" or not set(constants) <= set(the_field.absence.value):
            return lambda _negated: "None"
        return lambda negated: self._where_known(repr(negated), object_type, owner, the_field, mode)

    def is_plain(self, expression: Expression) -> bool:
        """Is nothing lost when the expression is a measure by itself, compared with a constant outside?

        It is where an absence excludes some words, and where no value is stated but that is no word: a record knows
        values only.
        """
        found = self._field_of(expression, Scope())
        if found is not None and found[2].absence.kind == "excludes":
            return False
        return self.kind(expression).name in _TEXTUAL | {"bool"} or not _may_be_nothing(expression)

    def _field_of(self, expression: Expression, scope: Scope) -> tuple[str, str, Field] | None:
        """The type and Python variable of the entry whose field an expression is, and that field; None for others."""
        if not isinstance(expression, Name):
            return None
        *owners, name = expression.parts
        entry = self._entry(owners[0], scope) if owners else scope.subject
        if entry is None or len(owners) > 1 or name not in self._catalogue.fields(entry[0]):
            return None
        return *entry, self._catalogue.fields(entry[0])[name]

    def _constant(self, expression: Expression, kind: Kind) -> Any:
        """The Python constant of a literal on the right of a comparison with something of this type."""
        if isinstance(expression, Name) and len(expression.parts) == 1 and kind.name in _TEXTUAL:
            self._check_word(expression.parts[0], expression, kind)
            return expression.parts[0]
        if isinstance(expression, syntax.Literal):
            fits = {
                "int": ("int", "time"),
                "date": ("date",),
                "time": ("time", "int"),
                "bool": ("bool",),
                "text": ("text", "word"),
                "word": ("text", "word"),
                "zone": ("text",),
                "money": ("int", "text"),
            }.get(kind.name, ())
            if expression.kind in fits:
                if kind.name in _TEXTUAL:
                    self._check_word(str(expression.value), expression, kind)
                if kind.name == "money":
                    return int(Decimal(str(expression.value)) * UNITS_OF_RECORD)
                return expression.value
        raise SyntaxProblem(f"`{unparse(expression)}` cannot be compared with {_article(kind.name)}", expression.column)

    def _check_word(self, word: str, expression: Expression, kind: Kind) -> None:
        if kind.words is not None and word not in kind.words and word not in self._channels_of(kind):
            raise SyntaxProblem(f"`{word}` is no word that stands here", expression.column, meant(word, kind.words))

    def _channels_of(self, kind: Kind) -> frozenset[str]:
        standard = frozenset(self._catalogue.channels)
        return self._channels if kind.words is not None and kind.words >= standard else frozenset()

    def _stated(self, expression: Stated, scope: Scope, mode: Mode) -> str:
        term = expression.term
        temporary = self._temporary()
        if isinstance(term, Query | Call):
            _, code = self._term(term, scope, mode)
            found = f"{temporary} is {'not ' if expression.given else ''}NOTHING"
            return f"(None if ({temporary} := {code}) is None else {found})"
        if not isinstance(term, Name):
            raise SyntaxProblem("only a fact can be given or absent", expression.column)
        if len(term.parts) == 1 and self._is_definition(term.parts[0], scope):
            raise SyntaxProblem(f"`{unparse(term)}` is a definition, not a fact", expression.column, "ask it by itself")
        self._term(term, scope, mode)
        object_type, owner, the_field = self._owner_of(term, scope)
        raw = self._raw(object_type, owner, the_field)
        absent_is = self._where_known(repr(not expression.given), object_type, owner, the_field, mode)
        return f"({expression.given} if {raw} is not None else {absent_is})"

    def _owner_of(self, term: Name, scope: Scope) -> tuple[str, str, Field]:
        """The type of the object whose field a fact is, the code of that object, and the field."""
        parts = term.parts
        entry = self._entry(parts[0], scope)
        if entry is not None and len(parts) > 1:
            (object_type, owner), parts = entry, parts[1:]
        elif scope.subject is not None and parts[0] in self._catalogue.fields(scope.subject[0]):
            object_type, owner = scope.subject
        else:
            object_type, owner, parts = ROOTS[parts[0]], f"x.{parts[0]}", parts[1:]
        for name in parts[:-1]:
            the_field = self._catalogue.fields(object_type)[name]
            temporary = self._temporary()
            raw = self._raw(object_type, owner, the_field)
            owner = f"({temporary} if ({temporary} := {raw}) is not None else EMPTY[{the_field.items!r}])"
            object_type = the_field.items
        return object_type, owner, self._catalogue.fields(object_type)[parts[-1]]

    # ---- definitions and functions ------------------------------------------------------------------------------

    def _definition(self, name: str, scope: Scope, mode: Mode, column: int) -> str:
        definition = self._definitions[name]
        if definition.of == "":
            return f"{self._ready_definition(name, mode, column)}(x)"
        if scope.subject is None or scope.subject[0] not in (CONTACT, ANY_ENTRY):
            raise SyntaxProblem(f"`{name}` is asked of one contact", column, f"write `{name}(action)`")
        return f"{self._ready_definition(name, mode, column)}(x, {scope.subject[1]})"

    def _ready_definition(self, name: str, mode: Mode, column: int) -> str:
        if name in self._path:
            circle = self._path[self._path.index(name) :]
            problem = DefinitionCircle(f"`{name}` is defined by itself", column, " uses ".join([*circle, name]))
            problem.within = tuple(circle)
            raise problem
        ready = self._ready.get((name, mode))
        if ready is None:
            definition = self._definitions[name]
            outer, self._current = self._current, set()
            self._path.append(name)
            try:
                if definition.of:
                    scope = Scope((CONTACT, "this"), {"this": (CONTACT, "this")})
                    parameters, key = "x, this", f"this.position * {_MOST_DEFINITIONS} + {next(_definition_numbers)}"
                else:
                    scope, parameters, key = Scope(), "x", str(-next(_definition_numbers))
                code = self._condition(definition.expression, scope, mode)
            except SyntaxProblem as problem:
                problem.within = problem.within or tuple(self._path)
                raise
            finally:
                self._path.pop()
                self._reads[name] = frozenset(self._current)
                self._current = outer
            ready = f"d{next(self._names)}"
            self._lines.append(
                f"def {ready}({parameters}):\n"
                f" memo = x.memo\n"
                f" key = {key}\n"
                f" if key in memo: return memo[key]\n"
                f" value = memo[key] = {code}\n"
                f" return value\n"
            )
            self._ready[name, mode] = ready
        self._current |= self._reads[name]
        return ready

    def _call(self, expression: Call, scope: Scope, mode: Mode) -> tuple[Kind, str]:
        name = expression.function
        if name in self._definitions:
            definition = self._definitions[name]
            if definition.of == "":
                raise SyntaxProblem(f"`{name}` is a condition of the whole case", expression.column, f"write `{name}`")
            if len(expression.arguments) != 1:
                raise SyntaxProblem(f"`{name}` is asked of one contact", expression.column, f"write `{name}(action)`")
            entry = self._entry_argument(expression.arguments[0], scope)
            return _BOOL, f"{self._ready_definition(name, mode, expression.column)}(x, {entry})"
        if name == "presumed":
            return _BOOL, self._presumed(expression, mode)
        function = self._functions.get(name)
        if function is None:
            known = {*self._functions, *self._definitions, *syntax.QUERIES, "presumed"}
            raise SyntaxProblem(f"`{name}` is no function or definition", expression.column, meant(name, known))
        if len(expression.arguments) != len(function.parameters):
            takes = ", ".join(function.parameters)
            raise SyntaxProblem(f"`{name}` takes ({takes})", expression.column)
        self._current.update(function.reads)
        arguments, checks = [], []
        for argument, parameter in zip(expression.arguments, function.parameters, strict=True):
            code, may_lack = self._argument(argument, parameter, scope, mode)
            if may_lack:
                temporary = self._temporary()
                lacks = f"({temporary} := {code}) is None"
                if not function.takes_nothing:
                    lacks += f" or {temporary} is NOTHING"
                checks.append(lacks)
                code = temporary
            arguments.append(code)
        code = f"F_{name}({', '.join(['x', *arguments])})"
        if checks:
            code = f"(None if {' or '.join(checks)} else {code})"
        if function.result != "endpoint":
            if expression.fields:
                raise SyntaxProblem(f"`{name}` has no fields", expression.column)
            return Kind(function.result), code
        if not expression.fields:
            return Kind("object", "endpoint"), code
        return self._field_of_result("endpoint", code, expression.fields, expression, mode)

    def _presumed(self, expression: Call, mode: Mode) -> str:
        if len(expression.arguments) != 1 or not isinstance(expression.arguments[0], syntax.Literal):
            raise SyntaxProblem("`presumed` takes one quoted text", expression.column)
        self._current.add(f"presumed: {expression.arguments[0].value}")
        return "True" if mode == "if_complete" else "None"

    def _field_of_result(
        self, object_type: str, code: str, fields: tuple[str, ...], whole: Expression, mode: Mode
    ) -> tuple[Kind, str]:
        temporary = self._temporary()
        kind, inner = self._fields(object_type, temporary, fields, mode, whole)
        none = "False" if kind.name == "bool" else "()" if kind.name == "list" else "NOTHING"
        return kind, f"(None if ({temporary} := {code}) is None else {none} if {temporary} is NOTHING else {inner})"

    def _argument(self, argument: Expression, parameter: str, scope: Scope, mode: Mode) -> tuple[str, bool]:
        """The code of an argument, and whether it may be unknown or not stated."""
        if parameter == "entry":
            return self._entry_argument(argument, scope), False
        if parameter == "calendar":
            name = unparse(argument)
            if name not in self._calendars:
                raise SyntaxProblem(
                    f"`{name}` is no calendar of this file", argument.column, meant(name, self._calendars)
                )
            self._namespace[f"C_{name}"] = self._calendars[name]
            return f"C_{name}", False
        kind, code = self._term(argument, scope, mode)
        constant = isinstance(argument, syntax.Literal)
        fits = {
            "date": kind.name == "date",
            "int": kind.name == "int",
            "time": kind.name == "time" or (kind.name == "int" and not constant),
            "text": kind.name in _TEXTUAL,
            "channel": kind.name in _TEXTUAL,
            "periods": kind.name == "list" and kind.object_type == "period",
            "debt": kind.object_type == "debt",
        }[parameter]
        if not fits:
            raise SyntaxProblem(
                f"`{unparse(argument)}` is {_article(kind.name)}, not {_article(parameter)}", argument.column
            )
        return code, not constant

    def _entry_argument(self, argument: Expression, scope: Scope) -> str:
        if isinstance(argument, Name) and len(argument.parts) == 1:
            entry = self._entry(argument.parts[0], scope)
            if entry is not None:
                return entry[1]
        raise SyntaxProblem(
            f"`{unparse(argument)}` is no entry", argument.column, "write `action`, `this` or an alias given with `as`"
        )

    # ---- queries ------------------------------------------------------------------------------------------------

    def _collection(self, query: Query, scope: Scope, mode: Mode) -> tuple[str, str, str]:
        """The type of the items, the code of the collection, and code that tells whether there may be more items."""
        name = query.collection
        if query.of is not None:
            if name != "debts":
                raise SyntaxProblem(f"`{name} of` is unknown", query.column, "only `debts of` an entry")
            entry = self._entry_argument(query.of, scope)
            _, ids = self._read(CONTACT, entry, self._catalogue.fields(CONTACT)["debts"], mode)
            return "debt", f"x.debts_of({ids})", "False"
        match name:
            case "contacts":
                self._current.add("history")
                return CONTACT, "x.contacts", "x.unlisted"
            case "consents":
                self._current.add("history")
                return ANY_ENTRY, "x.consents", "x.unlisted"
            case "events":
                self._current.add("history")
                return EVENT, "x.events", "x.unlisted"
            case "all_debts":
                return "debt", "x.debts", "False"
            case "debts":
                return "debt", "x.debts_of(x.action.fact.debts or x.debt_ids)", "False"
            case "endpoints":
                self._current.add("debtor.endpoints")
                return "endpoint", "x.endpoints", "x.open"
        if name in self._catalogue.events:
            self._current.add(f"history.{name}")
            return EVENT, f"x.of({name!r})", "x.unlisted"
        known = (*self._catalogue.events, "contacts", "consents", "events", "debts", "all_debts", "endpoints")
        raise SyntaxProblem(f"`{name}` is no collection and no event", query.column, meant(name, known))

    def _query(self, query: Query, scope: Scope, mode: Mode) -> tuple[Kind, str]:
        object_type, collection, may_be_more = self._collection(query, scope, mode)
        if mode == "if_complete":
            may_be_more = "False"
        item = f"i{next(self._names)}"
        outer = sorted({variable for _, variable in scope.aliases.values() if variable != item})
        aliases = dict(scope.aliases)
        if query.alias is not None:
            if query.alias in aliases or query.alias in ROOTS:
                raise SyntaxProblem(f"the alias `{query.alias}` is taken", query.column, "choose another name")
            aliases[query.alias] = (object_type, item)
        inner = replace(scope, subject=(object_type, item), aliases={**aliases, f" {item}": (object_type, item)})
        if query.fields and query.kind not in ("latest", "earliest"):
            raise SyntaxProblem(f"`{query.kind}(...)` has no fields", query.column)
        if query.kind == "largest":
            assert query.term is not None
            kind, term = self._term(query.term, inner, mode)
            if kind.name not in ("int", "date"):
                raise SyntaxProblem("`largest` takes a whole number or a date", query.column)
            none = "0" if kind.name == "int" else "NOTHING"
            stop = "" if mode == "at_least" else f" if {may_be_more}: return None\n"
            body = (
                f"{stop} most = 0\n for {item} in {collection}:\n  value = {term}\n"
                f"  if value is None: {'continue' if mode == 'at_least' else 'return None'}\n"
                f"  if value is not NOTHING and value > most: most = value\n return most or {none}\n"
            )
            return kind, self._loop(body, outer)
        # A count that is certain to be there is one of what certainly fits: nothing inside `where` is a lower bound.
        inside: Mode = "if_complete" if mode == "if_complete" else "as_stated"
        test = self._condition(query.where, inner, inside) if query.where is not None else "True"
        collection = self._narrowed(query, collection, inner, inside)
        match query.kind:
            case "any" | "no":
                found, rest = (True, False) if query.kind == "any" else (False, True)
                body = (
                    f" unknown = {may_be_more}\n for {item} in {collection}:\n  truth = {test}\n"
                    f"  if truth is True: return {found}\n  if truth is None: unknown = True\n"
                    f" return None if unknown else {rest}\n"
                )
                return _BOOL, self._loop(body, outer)
            case "count":
                body = f" number = 0\n for {item} in {collection}:\n  truth = {test}\n  if truth is True: number += 1\n"
                if mode != "at_least":
                    body = f" if {may_be_more}: return None\n{body}  elif truth is None: return None\n"
                return _INT, self._loop(body + " return number\n", outer)
            case _:
                order = f"reversed({collection})" if query.kind == "latest" else collection
                body = (
                    f" if {may_be_more}: return None\n"
                    f" for {item} in {order}:\n  truth = {test}\n  if truth is True: return {item}\n"
                    f"  if truth is None: return None\n return NOTHING\n"
                )
                code = self._loop(body, outer)
                if not query.fields:
                    raise SyntaxProblem(f"`{query.kind}(...)` needs a field", query.column, "for example `.day`")
                return self._field_of_result(object_type, code, query.fields, query, mode)

    def _fitting(self, query: Query, scope: Scope, mode: Mode) -> str:
        """The code of the list of what fits a query, as `entries` tells."""
        object_type, collection, _ = self._collection(query, scope, mode)
        item = f"i{next(self._names)}"
        outer = sorted({variable for _, variable in scope.aliases.values()})
        named = {query.alias: (object_type, item)} if query.alias is not None else {}
        aliases = {**scope.aliases, **named, f" {item}": (object_type, item)}
        inner = replace(scope, subject=(object_type, item), aliases=aliases)
        if query.kind == "largest":
            counted = self._fitting(query.term, inner, mode) if isinstance(query.term, Query) else "[]"
            return self._loop(
                f" most = []\n for {item} in {collection}:\n  found = {counted}\n"
                f"  if len(found) > len(most): most = found\n return most\n",
                outer,
            )
        test = self._condition(query.where, inner, mode) if query.where is not None else "True"
        return self._loop(
            f" found = []\n for {item} in {collection}:\n  if {test} is True: found.append({item})\n return found\n",
            outer,
        )

    def _narrowed(self, query: Query, collection: str, scope: Scope, mode: Mode) -> str:
        """The code of a part of the history outside which a condition that `where` needs is certainly false."""
        needed = query.where.parts if isinstance(query.where, Conjunction) else (query.where,)
        younger = None
        for condition in needed:
            if query.collection not in _HISTORY or not isinstance(condition, Comparison):
                continue
            found = self._field_of(condition.left, scope)
            if found is None or scope.subject is None or found[1] != scope.subject[1]:
                continue
            the_field = found[2]
            if mode == "if_complete" and _needs_statement(condition, the_field):
                return f"x.stating({query.collection!r}, {the_field.name!r})"
            if the_field.name == "age" and isinstance(condition.right, syntax.Literal):
                days = condition.right.value
                if isinstance(days, int) and condition.operator in _YOUNGER:
                    younger = f"x.younger({query.collection!r}, {days + _YOUNGER[condition.operator]})"
        return younger or collection

    def _loop(self, body: str, outer: list[str]) -> str:
        name = f"q{next(self._names)}"
        parameters = ", ".join(["x", *outer])
        self._lines.append(f"def {name}({parameters}):\n{body}")
        return f"{name}({parameters})"

    def _temporary(self) -> str:
        return f"t{next(self._names)}"


_LOOP_COST: Final = 20

_HISTORY: Final = frozenset({"contacts", "events", "consents"})
"""The collections that may be long."""

_YOUNGER: Final = {"<": 0, "<=": 1, "==": 1}
"""What is added to the days of a comparison, so that it is false of every age from there on."""


def _needs_statement(condition: Comparison, the_field: Field) -> bool:
    """Is the comparison false in a complete record wherever the field, which few entries state, is absent?"""
    right = condition.right
    if the_field.type == "list":
        constant = isinstance(right, Choices) or _is_constant(right)
        return constant and condition.operator in ("has", "has any") and the_field.absence.kind in ("none", "lawful")
    if the_field.type != "bool" or condition.operator != "==" or not isinstance(right, syntax.Literal):
        return False
    return the_field.absence.kind == "is" and the_field.absence.value is not right.value


def _kind(the_field: Field) -> Kind:
    if the_field.type == "list":
        return Kind("list", the_field.items if the_field.items in ("period", "endpoint") else "", the_field.words)
    if the_field.type == "object":
        return Kind("object", the_field.items)
    return Kind(the_field.type, "", the_field.words)


def _may_be_nothing(expression: Expression) -> bool:
    """May the value of the expression be known not to be stated? What is counted or computed is a value."""
    match expression:
        case Name():
            return expression.parts[-1] not in DERIVED
        case Query():
            return bool(expression.fields) or expression.kind == "largest"
        case Call():
            return bool(expression.fields)
    return False


_PLAIN_READING: Final = re.compile(r"\((t\d+) if \(\1 := (.*)\) is not None else NOTHING\)")
"""The reading of a field as it is, known not to be stated where it is absent."""


def _bare(code: str) -> str:
    """The bare field of such a reading, which as None equals no word, as NOTHING does; empty for any other code."""
    match = _PLAIN_READING.fullmatch(code)
    return match[2] if match else ""


def _is_constant(expression: Expression) -> bool:
    return isinstance(expression, syntax.Literal) or (isinstance(expression, Name) and len(expression.parts) == 1)


def _comparable(first: Kind, second: Kind) -> bool:
    if first.name in _TEXTUAL:
        return second.name in _TEXTUAL
    if {first.name, second.name} <= {"int", "time"}:
        return True
    return first.name == second.name and first.name in (*_ORDERED, "bool")


def _article(word: str) -> str:
    word = {"word": "word", "bool": "truth", "int": "number", "list": "list"}.get(word, word).replace("_", " ")
    return f"an {word}" if word[0] in "aeio" else f"a {word}"


def _empty_objects() -> Mapping[str, Any]:
    """An object of each kind that states nothing: what an absent `debtor.attorney` is."""
    return {
        "attorney": case_objects.Attorney(),
        "consent": case_objects.Consent(),
        "opt_out": case_objects.OptOut(method=None),  # type: ignore[arg-type]
        "assumed_name": case_objects.AssumedName(),
    }
