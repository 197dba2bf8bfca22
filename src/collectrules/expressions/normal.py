"""Expressions of one meaning in one form, and what can be said of an expression whatever case it is asked of."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Node,
    Query,
    Stated,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Words = Mapping[tuple[str, ...], frozenset[str]]
    """By dotted name: the only words that it can be."""

_NO_WORDS: Final[Words] = {}
_CONTRARY: Final = {"==": "!=", "in": "not in", "has": "lacks", "<": ">=", "<=": ">"}
_CONTRARIES: Final = {**_CONTRARY, **{other: one for one, other in _CONTRARY.items()}}
_FLIPPED_QUERY: Final = {"any": "no", "no": "any"}


@lru_cache(maxsize=1024)  # one lint after another asks about the same rule
def normal(expression: Expression) -> Expression:
    """The expression without columns, its negations inside, `and` and `or` flat, sorted and without repetition."""
    return _normal(_bare(expression), negated=False)


def opposites(one: Expression, other: Expression) -> bool:
    """Does one deny what the other says? `x == a` and `x != a` do, though neither need be true where x is absent.

    Their denials do not: where x is absent both may hold.
    """
    one, other = normal(one), normal(other)
    denied = _normal(one, negated=True)
    return denied in (other, _denial(other)) or _denial(one) == _normal(other, negated=True)


def conjuncts(expression: Expression) -> tuple[Expression, ...]:
    """What must be true, each by itself, where the expression is; in normal form."""
    whole = normal(expression)
    return whole.parts if isinstance(whole, Conjunction) else (whole,)


def disjuncts(expression: Expression) -> tuple[Expression, ...]:
    """What suffices, each by itself, to make the expression true; in normal form."""
    whole = normal(expression)
    return whole.parts if isinstance(whole, Disjunction) else (whole,)


def decided(
    expression: Expression, truth: Callable[[str], bool | None] = lambda _: None, words: Words = _NO_WORDS
) -> bool | None:
    """Is the expression true in every case (True), or in none (False)? None where it depends.

    `truth` is that of a definition by its name, None also of what is none; `words` what some names can only be.
    """
    return _Deciding(truth, words).of(normal(expression))


class _Deciding:
    def __init__(self, truth: Callable[[str], bool | None], words: Words) -> None:
        self.truth, self.words = truth, words

    def of(self, expression: Expression) -> bool | None:
        match expression:
            case Literal("bool", value):
                return bool(value)
            case Negation(part):
                return False if self.of(part) is True else None  # of what is unknown neither is true
            case Conjunction(parts):
                return self.all_of(parts)
            case Disjunction(parts):
                each = [self.of(part) for part in parts]
                return True if True in each else None if None in each else False
            case Query("any", where=where) if where is not None:
                return False if self.of(where) is False else None
            case Name((name,)) | Call(name):
                return self.truth(name)
            case Comparison():
                return self.all_of((expression,))
        return None

    def all_of(self, parts: tuple[Expression, ...]) -> bool | None:
        if len(parts) > 1:
            each = [self.of(part) for part in parts]
            if False in each:
                return False
            said = {*parts, *map(_denial, parts)}  # as `opposites`: what stands in a normal form is normal
            if any(_normal(part, negated=True) in said for part in parts):
                return False
            if None not in each:
                return True
        possible: dict[tuple[str, ...], frozenset[str]] = dict(self.words)
        for name, words in _named(parts, ("==", "in")):
            possible[name] = possible.get(name, words) & words
        for name, words in _named(parts, ("!=", "not in")):
            if name in possible:
                possible[name] -= words
        asked = {part.left.parts for part in parts if isinstance(part, Comparison) and isinstance(part.left, Name)}
        return False if any(not possible[name] for name in asked & possible.keys()) else None


def _named(parts: Iterable[Expression], operators: tuple[str, ...]) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """What names are compared with, where those are words."""
    named = []
    for part in parts:
        if isinstance(part, Comparison) and part.operator in operators and isinstance(part.left, Name):
            items = part.right.items if isinstance(part.right, Choices) else (part.right,)
            words = [item.parts[0] for item in items if isinstance(item, Name) and len(item.parts) == 1]
            if len(words) == len(items):
                named.append((part.left.parts, frozenset(words)))
    return named


def _bare(part: Any) -> Any:
    """A part of the tree with every column 0."""
    if isinstance(part, tuple):
        return tuple([_bare(each) for each in part])
    if not isinstance(part, Node):
        return part
    fields = {name: _bare(getattr(part, name)) for name in part.__struct_fields__ if name != "column"}
    return type(part)(**fields)


def _normal(expression: Expression, *, negated: bool) -> Expression:
    match expression:
        case Comparison("has any", left, Choices(items)):
            each = tuple([Comparison("has", left, item) for item in items])
            return _normal(Disjunction(each) if len(each) > 1 else each[0], negated=negated)
        case Literal("bool", value):
            return Literal("bool", bool(value) != negated)
        case Negation(part):
            return _normal(part, negated=not negated)
        case Conjunction(parts):
            return _joined(Disjunction if negated else Conjunction, parts, negated=negated)
        case Disjunction(parts):
            return _joined(Conjunction if negated else Disjunction, parts, negated=negated)
        case Stated(term, given):
            return Stated(_inside(term), given != negated)
        case Query("any" | "no" as kind):
            query: Query = _inside(expression)
            return replace(query, kind=_FLIPPED_QUERY[kind]) if negated else query
    whole: Expression = _inside(expression)
    return Negation(whole) if negated else whole


def _joined(
    kind: type[Conjunction | Disjunction], parts: Iterable[Expression], *, negated: bool
) -> Conjunction | Disjunction | Expression:
    flat: dict[Expression, None] = {}
    for part in parts:
        inner = _normal(part, negated=negated)
        flat.update(dict.fromkeys(inner.parts if isinstance(inner, kind) else (inner,)))
    each = tuple(sorted(flat, key=repr))
    return each[0] if len(each) == 1 else kind(each)


def _inside(expression: Expression) -> Any:
    """The same with what stands inside it in normal form."""
    match expression:
        case Choices(items):
            return Choices(tuple(sorted(dict.fromkeys(items), key=repr)))
        case Comparison(operator, left, right):
            return Comparison(operator, _normal(left, negated=False), _normal(right, negated=False))
        case Call(_, arguments):
            return replace(expression, arguments=tuple([_normal(each, negated=False) for each in arguments]))
        case Query(_, _, _, _, where):
            return expression if where is None else replace(expression, where=_normal(where, negated=False))
    return expression


def _denial(expression: Expression) -> Expression:
    """What follows from an expression: each comparison as the denial of its contrary, `x != a` as that of `x == a`."""
    match expression:
        case Comparison(operator, left, right) if operator in _CONTRARIES:
            return Negation(Comparison(_CONTRARIES[operator], left, right))
        case Conjunction(parts) | Disjunction(parts):
            return type(expression)(tuple(sorted(map(_denial, parts), key=repr)))
    return expression
