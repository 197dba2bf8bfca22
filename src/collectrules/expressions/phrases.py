"""Expressions as English: in one sentence with brackets, or in lines whose indents show what belongs together.

What stands inside a query stands in brackets, or further in; so does what is joined inside something else. Two
expressions of different meaning are two sentences. A definition is told by its title in square brackets; what it means
is told once, where the definitions are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.vocabulary import CONTACT, ENTRY_TYPES, EVENT, ROOTS, catalogue
from collectrules.expressions import english, syntax
from collectrules.expressions.meanings import OF_CASE, Meanings, Scope
from collectrules.expressions.outline import Group, Phrase, Plain, inline, lines_of
from collectrules.expressions.syntax import (
    Call,
    Choices,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Name,
    Negation,
    Query,
    Stated,
    ValueName,
    unparse,
)
from collectrules.expressions.wording import (
    AGES,
    CONTACT_NOUNS,
    DATES,
    EVENT_NOUNS,
    FUNCTIONS,
    HOW_MANY,
    NOUNS,
    OPERATORS,
    PLURAL,
    PLURAL_OPERATORS,
    item_names,
    verb_of,
)
from collectrules.expressions.words_said import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectrules.case.law_facts import LawFact
    from collectrules.expressions.syntax import Definition
    from collectrules.ground.dated import Dated


class Phrases:
    """The expressions of one ruleset, in English."""

    def __init__(
        self,
        definitions: Mapping[str, Definition],
        values: Mapping[str, Dated[syntax.Literal]] | None = None,
        facts: tuple[LawFact, ...] = (),
    ) -> None:
        self._definitions = definitions
        self._meant = Meanings(definitions, catalogue(facts))
        self._values = values or {}

    def sentence(self, expression: Expression, scope: Scope = OF_CASE) -> str:
        """An expression on one line; a dated value as it is now."""
        return inline(self.phrase(expression, scope))

    def outline(self, expression: Expression, width: int, scope: Scope = OF_CASE, lead: str = "") -> list[str]:
        """An expression in lines of so many columns, behind a lead where one is given."""
        return lines_of(self.phrase(expression, scope), width, lead)

    # ---- conditions ---------------------------------------------------------------------------------------------

    def phrase(self, expression: Expression, scope: Scope = OF_CASE) -> Phrase:
        """An expression as a phrase, which may be told on one line or in several."""
        match expression:
            case Conjunction() | Disjunction() if hedged := self._hedged(expression, scope):
                return Plain(hedged)
            case Conjunction(parts):
                return Group("", "and", tuple(self.phrase(part, scope) for part in parts))
            case Disjunction(parts):
                return Group("", "or", tuple(self.phrase(part, scope) for part in parts))
            case Negation(part):
                return self._not(part, scope)
            case Query("any" | "no" as kind) if expression.where is not None:
                an = "no" if kind == "no" else "a"
                return self._such(f"there is {self._one(expression, an, scope)} for which", expression, scope)
            case Query("any" | "no" as kind):
                return Plain(f"there is {self._one(expression, 'no' if kind == 'no' else 'a', scope)}")
            case Query("latest" | "earliest" as kind, fields=()) if expression.where is not None:
                return self._such(
                    f"the {kind} {self._item(expression, scope, plural=False)} for which", expression, scope
                )
            case Comparison(operator, Query("count") as query, right) if operator in HOW_MANY:
                number = self._noun(right, scope)
                one = number == "1"
                items = self._item(query, scope, plural=not one)
                what = f"there {'is' if one else 'are'} {HOW_MANY[operator]} {number} {items}"
                return Plain(what) if query.where is None else self._such(f"{what} for which", query, scope)
            case _:
                return Plain(self._plain(expression, scope))

    def _such(self, head: str, query: Query, scope: Scope) -> Group:
        """What is asked of the items of a query."""
        assert query.where is not None
        inner = self.phrase(query.where, scope.inside(query))
        if isinstance(inner, Group) and not inner.head:
            return Group(head, inner.joined_by, inner.parts)
        return Group(head, "and", (inner,))

    def _not(self, part: Expression, scope: Scope) -> Phrase:
        positive = self.phrase(part, scope)
        if isinstance(positive, Group):
            if not positive.head:
                return Group("not", positive.joined_by, positive.parts)
            return Group("not", "and", (positive,))
        return Plain(self._opposite(part, scope) or f"not ({positive.text})")

    def _opposite(self, part: Expression, scope: Scope) -> str:
        """A truth said with its own negation; empty where there is none."""
        match part:
            case Name((name,)) | Call(name) if name in self._definitions:
                return self._plain(part, scope).replace("[", "not [", 1)
            case Name(parts) if self._meant.is_truth(part, scope):
                return f"{self._owner(parts[:-1], scope)} {verb_of(parts[-1]).fails}"
            case Call(function, _, ()) if function not in self._definitions and function in FUNCTIONS:
                return self._call(part, scope, fails=True)
        return ""

    def _plain(self, expression: Expression, scope: Scope) -> str:
        match expression:
            case Comparison():
                return self._comparison(expression, scope)
            case Stated(Name(parts) as term, given) if self._meant.is_truth(term, scope):
                truth = f"{self._owner(parts[:-1], scope)} {verb_of(parts[-1]).holds}"
                return f"it is {'given' if given else 'not given'} whether {truth}"
            case Stated(Name((*owners, "event")), given):
                return f"{self._owner(owners, scope)} is {'an' if given else 'no'} event"
            case Stated(term, given):
                return f"{self._noun(term, scope)} {_be(term)} {'given' if given else 'not given'}"
            case Name(parts) if self._meant.is_truth(expression, scope):
                return f"{self._owner(parts[:-1], scope)} {verb_of(parts[-1]).holds}"
            case Query(kind, fields=(*owners, last)) if kind in ("latest", "earliest") and self._meant.is_bool(
                expression
            ):
                return f"{self._noun(_with_fields(expression, tuple(owners)), scope)} {verb_of(last).holds}"
            case Call(function, arguments, (*owners, last)) if self._meant.is_bool(expression):
                return f"{self._noun(Call(function, arguments, tuple(owners)), scope)} {verb_of(last).holds}"
            case _:
                return self._noun(expression, scope)

    def _hedged(self, expression: Conjunction | Disjunction, scope: Scope) -> str:
        """A comparison that asks first whether its fact is given, as one phrase; empty for anything else."""
        match expression.parts:
            case (Stated(fact, given), Comparison(operator, left, right) as so) if unparse(fact) == unparse(left):
                truth = self._compared_truth(operator, left, right, scope)
                if given is isinstance(expression, Disjunction) or (not truth and self._special(so, scope)):
                    return ""
                if truth:
                    return f"it is given that {truth}" if given else f"if that is given, {truth}"
                plain = self._usual(so, scope, "" if given else ", if given,")
                return _stated(plain, self._noun(left, scope), _be(left)) if given else plain
            case (Stated(fact, False), Name() as truth) if unparse(fact) == unparse(truth):
                if isinstance(expression, Disjunction) and self._meant.is_truth(truth, scope):
                    return f"if that is given, {self._plain(truth, scope)}"
            case (Stated(fact, True), Stated(other, True), Comparison("==" | "!=" as operator, left, right) as so):
                if isinstance(expression, Disjunction) or self._special(so, scope):
                    return ""
                if (unparse(fact), unparse(other)) == (unparse(left), unparse(right)):
                    outcome = "the same" if operator == "==" else "not the same"
                    return f"{self._noun(left, scope)} and {self._noun(right, scope)} are given and are {outcome}"
        return ""

    def _comparison(self, expression: Comparison, scope: Scope) -> str:
        return self._special(expression, scope) or self._usual(expression, scope)

    def _special(self, expression: Comparison, scope: Scope) -> str:
        """A comparison that English has words of its own for; empty for any other."""
        operator, left, right = expression.operator, expression.left, expression.right
        truth = self._compared_truth(operator, left, right, scope)
        if truth:
            return truth
        if operator in ("after", "before"):
            return f"{self._entry(left, scope)} comes {operator} {self._entry(right, scope)}"
        ages = (
            isinstance(left, Name) and left.parts[-1] == "age" and self._meant.object_type(left, scope) in ENTRY_TYPES
        )
        if isinstance(left, Name) and ages and operator in AGES:
            owner = self._owner(left.parts[:-1], scope)
            if operator == "==" and isinstance(right, syntax.Literal) and right.value == 0:
                return f"{owner} lies on the day of the action"
            return f"{owner} lies {AGES[operator]}{self._right(left, right, scope)} days back"
        if operator == "==" and self._meant.is_debt_id(left, scope) and self._meant.is_debt_id(right, scope):
            return f"{self._owner(_parts(left)[:-1], scope)} is the debt {self._owner(_parts(right)[:-1], scope)}"
        return ""

    def _usual(self, expression: Comparison, scope: Scope, hedge: str = "") -> str:
        """A comparison as its sides with words between them; `hedge` stands behind the left one."""
        operator, left, right = expression.operator, expression.left, expression.right
        dates = operator in DATES and self._meant.is_date(left, scope)
        words = DATES[operator] if dates else OPERATORS[operator]
        if _is_plural(left):
            words = PLURAL_OPERATORS[operator]
        subject = f"{self._noun(left, scope)}{hedge}"
        if _parts(left)[-1:] == ("event",) and self._meant.object_type(left, scope) in ENTRY_TYPES:  # type: ignore[arg-type]
            subject = f"{self._owner(_parts(left)[:-1], scope)}{hedge}"
        if isinstance(right, Choices):
            words, items = _choice(operator, words, [self._right(left, item, scope) for item in right.items])
            return f"{subject} {words} {items}"
        return f"{subject} {words} {self._right(left, right, scope)}"

    def _compared_truth(self, operator: str, left: Expression, right: Expression, scope: Scope) -> str:
        """`minor == true` and its like; empty for anything else."""
        if not isinstance(right, syntax.Literal) or right.kind != "bool" or operator not in ("==", "!="):
            return ""
        holds = inline(self.phrase(left, scope))
        if operator == "!=":
            return f"(not ({holds}) or not given)" if right.value else f"(({holds}) or not given)"
        if right.value:
            return holds
        return self._opposite(left, scope) or f"not ({holds})"

    def _right(self, left: Expression, right: Expression, scope: Scope) -> str:
        """What something is compared with: a word, a constant, or another fact."""
        if isinstance(right, Name) and len(right.parts) == 1:
            if _parts(left)[-1:] == ("content",):
                return said(right.parts[0])
            if _parts(left)[-1:] == ("event",):
                return english.article(item_names(right.parts[0])[0])
            return english.WEEKDAY_NAMES.get(right.parts[0], english.words(right.parts[0]))
        if self._meant.is_debt_id(right, scope):
            return self._owner(_parts(right)[:-1], scope)
        if isinstance(right, syntax.Literal) and right.kind == "int" and _parts(left)[-1:] == ("minute",):
            return english.clock(int(right.value))
        return self._noun(right, scope)

    # ---- nouns --------------------------------------------------------------------------------------------------

    def _noun(self, expression: Expression, scope: Scope) -> str:
        match expression:
            case syntax.Literal():
                return english.constant_text(expression)
            case ValueName(name):
                return english.newest(self._values[name]) if name in self._values else unparse(expression)
            case Name((only,)) if only in self._definitions and only not in scope.aliases:
                definition = self._definitions[only]
                it = "it: " if definition.subjects and scope.queries else ""
                return f"{it}[{definition.title}]"
            case Name((only,)) if only in scope.aliases or only == "action":
                return self._entry(expression, scope)
            case Name(parts):
                return self._named(parts, scope)
            case Call():
                return self._call(expression, scope)
            case Query():
                return self._query(expression, scope)
            case Choices(items):
                return english.listing([self._noun(item, scope) for item in items], "and")
            case _:
                return f"({inline(self.phrase(expression, scope))})"

    def _named(self, parts: Sequence[str], scope: Scope) -> str:
        *owners, last = parts
        object_type = self._meant.object_type(Name(tuple(parts)), scope)
        special = CONTACT_NOUNS if object_type == CONTACT else EVENT_NOUNS if object_type == EVENT else {}
        return _of(special.get(last) or NOUNS.get(last) or english.words(last), self._owner(owners, scope))

    def _owner(self, parts: Sequence[str], scope: Scope) -> str:
        """What a field is a field of."""
        if not parts:
            return "it" if scope.subject else "the case"
        head, *rest = parts
        if head in scope.aliases:
            owner = "this contact" if head == "this" else head
        elif head in ROOTS:
            owner = f"the {head}"
        else:
            owner, rest = ("it" if scope.subject else ""), list(parts)
        for name in rest:
            owner = _of(english.words(name), owner) if owner else english.words(name)
        return owner

    def _entry(self, expression: Expression, scope: Scope) -> str:
        text = unparse(expression)
        if text == "this" and not scope.queries:
            return "it"
        return self._owner(text.split("."), scope)

    def _call(self, call: Call, scope: Scope, *, fails: bool = False) -> str:
        if call.function in self._definitions:
            return self._asked(call, scope)
        if call.function == "presumed":
            return f"it may be presumed that {' '.join(unparse(part)[1:-1] for part in call.arguments)}"
        arguments = [self._argument(argument, scope) for argument in call.arguments]
        wording = FUNCTIONS.get(call.function)
        if wording is None:
            text = f"{english.words(call.function)} ({', '.join(arguments)})"
        else:
            text = (wording.fails if fails else wording.text).format(*arguments)
        for name in call.fields:
            text = _of(english.words(name), text)
        return text

    def _asked(self, call: Call, scope: Scope) -> str:
        """A definition, and of what it is asked."""
        title = f"[{self._definitions[call.function].title}]"
        if len(call.arguments) > 1:
            return f"{english.listing([self._entry(each, scope) for each in call.arguments], 'and')}: {title}"
        who = [self._entry(argument, scope) for argument in call.arguments]
        if (who == ["it"] and not scope.queries) or (who == ["the action"] and scope == OF_CASE):
            return title
        return f"{who[0]}: {title}" if who else title

    def _argument(self, argument: Expression, scope: Scope) -> str:
        match argument:
            case Name((only,)) if not self._meant.is_field_of_it(only, scope):
                entry = only in scope.aliases or only in ROOTS
                return self._entry(argument, scope) if entry else english.words(only)
            case Query():
                return f"({self._query(argument, scope)})"
            case Call(_, (_, *_)):
                return f"({self._call(argument, scope)})"
            case _:
                return self._noun(argument, scope)

    # ---- queries ------------------------------------------------------------------------------------------------

    def _query(self, query: Query, scope: Scope) -> str:
        if query.kind == "largest":
            assert query.term is not None
            term = inline(self.phrase(query.term, scope.inside(query)))
            return f"the largest, over the {self._several(query, scope)}, of ({term})"
        what = f"the number of {self._several(query, scope)}"
        if query.kind != "count":
            what = f"the {query.kind} {self._item(query, scope, plural=False)}"
        if query.where is not None:
            what = inline(self._such(f"{what} for which", query, scope))
        for name in query.fields:
            what = _of(NOUNS.get(name) or english.words(name), what)
        return what

    def _one(self, query: Query, an: str, scope: Scope) -> str:
        item = self._item(query, scope, plural=False)
        return f"no {item}" if an == "no" else english.article(item)

    def _several(self, query: Query, scope: Scope) -> str:
        return self._item(query, scope, plural=True)

    def _item(self, query: Query, scope: Scope, *, plural: bool) -> str:
        """What a query looks for, with its alias."""
        names = item_names(query.collection)
        if query.of is not None:
            names = ("debt", "debts")
        elif query.kind in ("latest", "earliest"):
            names = (names[0].removeprefix("earlier "), names[1])
        of = f" of {self._entry(query.of, scope)}" if query.of is not None else ""
        if query.alias is None:
            return f"{names[plural]}{of}"
        comma = "," if query.where is not None else ""
        return f"{names[plural]}{of}, {'each ' if plural else ''}called {query.alias}{comma}"


def _parts(expression: Expression) -> tuple[str, ...]:
    return expression.parts if isinstance(expression, Name) else ()


def _is_plural(expression: Expression) -> bool:
    return isinstance(expression, Name) and expression.parts[-1] in PLURAL


def _be(expression: Expression) -> str:
    return "are" if _is_plural(expression) else "is"


def _stated(said: str, noun: str, be: str) -> str:
    """`its place is work` as `its place is stated to be work`; empty where the verb is another one."""
    head = f"{noun} {be} "
    return f"{head}stated to be {said.removeprefix(head)}" if said.startswith(head) else ""


def _of(noun: str, owner: str) -> str:
    """A noun with its owner: `the debtor's age`, `its age`, `the recipient of the number that c uses`."""
    if "{}" in noun:
        return noun.format(owner)
    if owner == "it":
        return f"its {noun}"
    return f"{owner}'s {noun}" if len(owner.split()) <= _SHORT else f"the {noun} of {owner}"


def _with_fields(query: Query, fields: tuple[str, ...]) -> Query:
    """The query with other fields."""
    return Query(query.kind, query.collection, query.of, query.alias, query.where, query.term, fields, query.column)


def _choice(operator: str, words: str, items: list[str]) -> tuple[str, str]:
    """The words for a comparison with several items, and the items."""
    if operator == "in":
        return "is", english.listing(items, "or")
    if operator == "not in":
        return ("is neither", english.listing(items, "nor")) if len(items) > 1 else ("is not", items[0])
    if operator == "has any":
        return words, english.listing(items, "or")
    return words, english.listing(items, "and")


_SHORT: Final = 3
"""Words of an owner that takes an `'s`."""
