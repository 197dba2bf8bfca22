"""One expression resolved: what its names mean, whether its types fit, and the facts that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from collectrules.case.vocabulary import ANY_ENTRY, CONTACT, ENTRY_TYPES, EVENT, ROOTS, Field
from collectrules.expressions import comparing, english, syntax
from collectrules.expressions.checked import (
    Application,
    Argument,
    CaseObject,
    Checked,
    Collection,
    Constant,
    Entry,
    FieldValue,
    GivenObject,
    InnerObject,
    Junction,
    Opposite,
    Owner,
    Presumed,
    Search,
    StatedField,
    StatedValue,
    Term,
    TheAction,
    Use,
    Variable,
)
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
    Subject,
    SyntaxProblem,
    ValueName,
    unparse,
)
from collectrules.expressions.types import BOOL, INT, TEXTUAL, Kind, article
from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.expressions.language import Costs, Names

MOST_NESTED: Final = 200
"""How deep an expression may go, definitions within definitions included: its reading and its asking recurse."""

MOST_LOOPS: Final = 64
"""Queries within queries: how long a frame is. The parser allows fewer levels in one expression."""

_ACTION: Final = TheAction(CONTACT)

_FITTING: Final[Mapping[str, frozenset[str]]] = {
    CONTACT: frozenset({CONTACT, ANY_ENTRY}),
    EVENT: frozenset({EVENT}),
    ANY_ENTRY: ENTRY_TYPES,
}
"""What may be given as a subject: a definition of a contact is asked of a consent too, whatever bears it."""


class Scope(Struct, frozen=True):
    """What names mean at one place: the innermost item, and everything that an alias refers to."""

    subject: Variable | None = None
    aliases: Mapping[str, Variable] = field(default_factory=dict)
    depth: int = 0
    """How many places of the frame are taken."""


class Resolver:
    """Resolves one expression, or the body of one definition."""

    def __init__(self, names: Names, costs: Costs, use: Callable[[str, int, int], Checked], level: int) -> None:
        self.names = names
        self.facts: set[str] = set()
        self.slots = 0
        self._costs = costs
        self._use = use
        """Checks a definition, used at a column and a level."""
        self._level = level

    def case_wide(self, expression: Expression) -> Term:
        """The meaning of an expression of the whole case. Raises SyntaxProblem where it does not make sense."""
        return self.term(expression, Scope())

    def body(self, definition: Definition) -> Term:
        """The meaning of a definition's condition; its subjects take the first places of the frame, in their order."""
        subjects = {
            subject.name: Variable(slot, subject.object_type, is_this=subject.object_type in (CONTACT, ANY_ENTRY))
            for slot, subject in enumerate(definition.subjects)
        }
        self.slots = len(subjects)
        return self.condition(definition.expression, Scope(subjects.get("this"), subjects, self.slots))

    # ---- conditions and values ----------------------------------------------------------------------------------

    def condition(self, expression: Expression, scope: Scope) -> Term:
        """The meaning of what must be a condition."""
        term = self.term(expression, scope)
        if term.kind.name != "bool":
            raise SyntaxProblem(
                f"`{unparse(expression)}` is no condition",
                expression.column,
                "compare it, for example with `==`, or ask `is given`",
            )
        return term

    def term(self, expression: Expression, scope: Scope) -> Term:
        """The meaning of an expression where its names mean what `scope` says."""
        self._level += 1
        if self._level > MOST_NESTED:
            raise SyntaxProblem(
                f"nested more than {MOST_NESTED} deep, with the definitions it uses",
                expression.column,
                "define fewer things by others",
            )
        term = self._term(expression, scope)
        self._level -= 1
        return term

    def _term(self, expression: Expression, scope: Scope) -> Term:
        match expression:
            case syntax.Literal(literal, value):
                return Constant(Kind("text" if literal == "word" else literal), value)
            case Conjunction(parts):
                return Junction(self._all(parts, scope), stop=False)
            case Disjunction(parts):
                return Junction(self._all(parts, scope), stop=True)
            case Negation(part):
                return Opposite(self.condition(part, scope))
            case Comparison():
                return comparing.comparison(
                    expression,
                    self.names,
                    term=lambda part: self.term(part, scope),
                    entry=lambda part: self.entry(part, scope),
                )
            case Stated():
                return self._stated(expression, scope)
            case Query():
                return self._query(expression, scope)
            case Call():
                return self._call(expression, scope)
            case Name():
                return self._name(expression, scope)
            case ValueName(name, column):
                raise SyntaxProblem(f"`${name}` has no value here", column, "give it under `values:` of the rule")
            case Choices(_, column):
                raise SyntaxProblem("a list stands where one value belongs", column)

    def _all(self, parts: tuple[Expression, ...], scope: Scope) -> tuple[Term, ...]:
        """Conditions, the cheapest first: Kleene logic does not care about the order, and loops are dear."""
        return tuple([self.condition(part, scope) for part in sorted(parts, key=self._costs.of)])

    # ---- names --------------------------------------------------------------------------------------------------

    def _name(self, expression: Name, scope: Scope) -> Term:
        head, *rest = expression.parts
        entry = _alias(head, scope)
        if not rest and self._is_definition(head, scope):
            return self._used(head, scope, expression.column)
        if entry is not None and rest:
            return self._field(entry, tuple(rest), expression)
        if scope.subject is not None and head in self.names.catalogue.fields(scope.subject.object_type):
            return self._field(scope.subject, expression.parts, expression)
        if head in ROOTS and rest:
            self.facts.add(unparse(expression))
            return self._field(CaseObject(head, ROOTS[head]), tuple(rest), expression)
        raise self._unknown_name(expression, scope)

    def _is_definition(self, name: str, scope: Scope) -> bool:
        return name in self.names.definitions and _alias(name, scope) is None

    def _unknown_name(self, expression: Name, scope: Scope) -> SyntaxProblem:
        head = expression.parts[0]
        known = {*self.names.definitions, *scope.aliases, *ROOTS}
        if scope.subject is not None:
            known |= set(self.names.catalogue.fields(scope.subject.object_type))
        where = "no fact, alias or definition here"
        if head in ROOTS or head in scope.aliases:
            where = "an object, not one of its fields"
        return SyntaxProblem(f"`{unparse(expression)}` is {where}", expression.column, meant(head, known))

    def _field(self, owner: Owner, parts: tuple[str, ...], whole: Expression) -> FieldValue:
        name, *rest = parts
        fields = self.names.catalogue.fields(owner.object_type)
        if name not in fields:
            message = f"`{name}` is no field of {article(owner.object_type)}"
            listed = f"`collectrules facts {owner.object_type}` lists them"
            raise SyntaxProblem(message, whole.column, meant(name, fields) or listed)
        the_field = fields[name]
        self._note(owner, the_field)
        if not rest:
            return FieldValue(_kind(the_field), owner, the_field)
        if the_field.type != "object":
            raise SyntaxProblem(f"`{name}` has no fields", whole.column)
        return self._field(InnerObject(owner, the_field, the_field.items), tuple(rest), whole)

    def _note(self, owner: Owner, the_field: Field) -> None:
        """Note the fact that is read. A definition of a contact may be asked of the action, or of the history."""
        if isinstance(owner, TheAction) or (isinstance(owner, Variable) and owner.is_this):
            self.facts.add(f"action.{the_field.name}")
        if owner.object_type in ENTRY_TYPES and not isinstance(owner, TheAction):
            self.facts.add(f"history.{the_field.name}")
        if owner.object_type in ("debt", "endpoint"):
            self.facts.add(f"{owner.object_type}s.{the_field.name}")

    def _stated(self, expression: Stated, scope: Scope) -> Term:
        term = expression.term
        if isinstance(term, Query | Call):
            return StatedValue(self.term(term, scope), expression.given)
        if not isinstance(term, Name):
            raise SyntaxProblem("only a fact can be given or absent", expression.column)
        if len(term.parts) == 1 and self._is_definition(term.parts[0], scope):
            raise SyntaxProblem(f"`{unparse(term)}` is a definition, not a fact", expression.column, "ask it by itself")
        value = self.term(term, scope)
        assert isinstance(value, FieldValue)
        return StatedField(value.owner, value.field, expression.given)

    # ---- definitions and functions ------------------------------------------------------------------------------

    def _used(self, name: str, scope: Scope, column: int) -> Use:
        definition = self.names.definitions[name]
        if not definition.subjects:
            return self._use_of(name, (), scope, column)
        if not definition.is_bare or scope.subject is None or not _fits(scope.subject, definition.subjects[0]):
            raise SyntaxProblem(f"`{name}` is asked of {_told(definition)}", column, f"write `{definition.usage}`")
        return self._use_of(name, (scope.subject,), scope, column)

    def _use_of(self, name: str, subjects: tuple[Entry, ...], scope: Scope, column: int) -> Use:
        checked = self._use(name, column, self._level)
        self.facts |= checked.facts
        self._take(scope.depth + checked.slots - len(subjects), column)  # a query may be made with what it means
        return Use(name, subjects)

    def _take(self, slots: int, column: int) -> None:
        """Have a frame of at least that many places."""
        self.slots = max(self.slots, slots)
        if slots > MOST_LOOPS:
            raise SyntaxProblem(
                f"queries nested more than {MOST_LOOPS} deep, with the definitions they use",
                column,
                "define fewer things by others",
            )

    def _asked(self, expression: Call, definition: Definition, scope: Scope) -> Use:
        """A definition asked of what stands in brackets."""
        name, arguments = expression.function, expression.arguments
        if not definition.subjects:
            raise SyntaxProblem(f"`{name}` is a condition of the whole case", expression.column, f"write `{name}`")
        if len(arguments) != len(definition.subjects):
            raise SyntaxProblem(
                f"`{name}` is asked of {_told(definition)}, not of {len(arguments) or 'nothing'}",
                expression.column,
                f"write `{definition.usage}`",
            )
        subjects: list[Entry] = []
        for argument, subject in zip(arguments, definition.subjects, strict=True):
            given = _alias(unparse(argument), scope)
            if given is None or not _fits(given, subject):
                is_what = "is nothing that a definition is asked of"
                if given is not None:
                    is_what = f"is {article(given.object_type)}, not {article(subject.type)}"
                raise SyntaxProblem(
                    f"`{unparse(argument)}` {is_what}",
                    argument.column,
                    f"`{name}` is asked of {_told(definition)}: {_NAMES_OF[subject.type]}",
                )
            subjects.append(given)
        return self._use_of(name, tuple(subjects), scope, expression.column)

    def _call(self, expression: Call, scope: Scope) -> Term:
        name = expression.function
        if name in self.names.definitions:
            return self._asked(expression, self.names.definitions[name], scope)
        if name == "presumed":
            return self._presumed(expression)
        function = self.names.functions.get(name)
        if function is None:
            known = {*self.names.functions, *self.names.definitions, *syntax.QUERIES, "presumed"}
            raise SyntaxProblem(f"`{name}` is no function or definition", expression.column, meant(name, known))
        if len(expression.arguments) != len(function.parameters):
            takes = ", ".join(function.parameters)
            raise SyntaxProblem(f"`{name}` takes ({takes})", expression.column)
        self.facts.update(function.reads)
        arguments = tuple(
            [
                self._argument(argument, parameter, scope)
                for argument, parameter in zip(expression.arguments, function.parameters, strict=True)
            ]
        )
        if function.result != "endpoint":
            if expression.fields:
                raise SyntaxProblem(f"`{name}` has no fields", expression.column)
            return Application(Kind(function.result), function, arguments)
        endpoint = Application(Kind("object", "endpoint"), function, arguments)
        if not expression.fields:
            return endpoint
        return self._field(GivenObject(endpoint, "endpoint"), expression.fields, expression)

    def _presumed(self, expression: Call) -> Presumed:
        if len(expression.arguments) != 1 or not isinstance(expression.arguments[0], syntax.Literal):
            raise SyntaxProblem("`presumed` takes one quoted text", expression.column)
        text = str(expression.arguments[0].value)
        self.facts.add(f"presumed: {text}")
        return Presumed(text)

    def _argument(self, argument: Expression, parameter: str, scope: Scope) -> Argument:
        if parameter == "entry":
            return Argument(self.entry(argument, scope), may_lack=False)
        if parameter == "calendar":
            name = unparse(argument)
            if name not in self.names.calendars:
                message = f"`{name}` is no calendar of this file"
                raise SyntaxProblem(message, argument.column, meant(name, self.names.calendars))
            return Argument(Constant(Kind("calendar"), self.names.calendars[name]), may_lack=False)
        term = self.term(argument, scope)
        kind, constant = term.kind, isinstance(argument, syntax.Literal)
        fits = {
            "date": kind.name == "date",
            "int": kind.name == "int",
            "time": kind.name == "time" or (kind.name == "int" and not constant),
            "text": kind.name in TEXTUAL,
            "channel": kind.name in TEXTUAL,
            "periods": kind.name == "list" and kind.object_type == "period",
            "debt": kind.object_type == "debt",
        }[parameter]
        if not fits:
            message = f"`{unparse(argument)}` is {article(kind.name)}, not {article(parameter)}"
            raise SyntaxProblem(message, argument.column)
        return Argument(term, may_lack=not constant)

    def entry(self, argument: Expression, scope: Scope) -> Entry:
        """The entry that an argument names."""
        if isinstance(argument, Name) and len(argument.parts) == 1:
            entry = _alias(argument.parts[0], scope)
            if entry is not None and entry.object_type in ENTRY_TYPES:
                return entry
        raise SyntaxProblem(
            f"`{unparse(argument)}` is no entry", argument.column, "write `action`, `this` or an alias given with `as`"
        )

    # ---- queries ------------------------------------------------------------------------------------------------

    def _collection(self, query: Query, scope: Scope) -> Collection:
        name = query.collection
        if query.of is not None:
            if name != "debts":
                raise SyntaxProblem(f"`{name} of` is unknown", query.column, "only `debts of` an entry")
            owner = self.entry(query.of, scope)
            debts = self.names.catalogue.fields(CONTACT)["debts"]
            return Collection("debts of", "debt", ids=FieldValue(_kind(debts), owner, debts))
        match name:
            case "contacts":
                self.facts.add("history")
                return Collection(name, CONTACT)
            case "consents":
                self.facts.add("history")
                return Collection(name, ANY_ENTRY)
            case "events":
                self.facts.add("history")
                return Collection(name, EVENT)
            case "all_debts" | "debts":
                return Collection(name, "debt")
            case "endpoints":
                self.facts.add("debtor.endpoints")
                return Collection(name, "endpoint")
        if name in self.names.catalogue.events:
            self.facts.add(f"history.{name}")
            return Collection("event", EVENT, event=name)
        known = (*self.names.catalogue.events, "contacts", "consents", "events", "debts", "all_debts", "endpoints")
        raise SyntaxProblem(f"`{name}` is no collection and no event", query.column, meant(name, known))

    def _query(self, query: Query, scope: Scope) -> Term:
        collection = self._collection(query, scope)
        item = Variable(scope.depth, collection.object_type)
        aliases = dict(scope.aliases)
        if query.alias is not None:
            if query.alias in aliases or query.alias in ROOTS:
                raise SyntaxProblem(f"the alias `{query.alias}` is taken", query.column, "choose another name")
            aliases[query.alias] = item
        inner = Scope(item, aliases, scope.depth + 1)
        self._take(inner.depth, query.column)
        if query.fields and query.kind not in ("latest", "earliest"):
            raise SyntaxProblem(f"`{query.kind}(...)` has no fields", query.column)
        if query.kind == "largest":
            assert query.term is not None
            term = self.term(query.term, inner)
            if term.kind.name not in ("int", "date"):
                raise SyntaxProblem("`largest` takes a whole number or a date", query.column)
            return Search(term.kind, query.kind, collection, item, (), term)
        where = self._where(query.where, inner)
        match query.kind:
            case "any" | "no":
                return Search(BOOL, query.kind, collection, item, where, None)
            case "count":
                return Search(INT, query.kind, collection, item, where, None)
        if not query.fields:
            raise SyntaxProblem(f"`{query.kind}(...)` needs a field", query.column, "for example `.day`")
        found = Search(Kind("object", collection.object_type), query.kind, collection, item, where, None)
        return self._field(GivenObject(found, collection.object_type), query.fields, query)

    def _where(self, where: Expression | None, scope: Scope) -> tuple[Term, ...]:
        """The conditions that an item must fulfil, all of them."""
        if where is None:
            return ()
        term = self.condition(where, scope)
        return term.parts if isinstance(term, Junction) and not term.stop else (term,)


_NAMES_OF: Final[Mapping[str, str]] = {
    "contact": "write `action`, `this` or the alias of a contact",
    "event": "write the alias of an event",
    "entry": "write `action`, `this` or the alias of an entry",
    "debt": "write an alias, as in `any(debts of action as b where ...)`",
    "endpoint": "write an alias, as in `any(endpoints as e where ...)`",
    "consent": "write an alias, as in `any(consents as k where ...)`",
}


def _fits(given: Entry, subject: Subject) -> bool:
    wanted = subject.object_type
    return given.object_type in _FITTING.get(wanted, (wanted,))


def _told(definition: Definition) -> str:
    """What a definition is asked of, in words."""
    kinds = [article(subject.type) for subject in definition.subjects]
    return f"one {definition.subjects[0].type}" if len(kinds) == 1 else english.listing(kinds, "and")


def _alias(name: str, scope: Scope) -> Entry | None:
    """The action, or the item that an alias refers to."""
    return _ACTION if name == "action" else scope.aliases.get(name)


def _kind(the_field: Field) -> Kind:
    if the_field.type == "list":
        return Kind("list", the_field.items if the_field.items in ("period", "endpoint") else "", the_field.words)
    if the_field.type == "object":
        return Kind("object", the_field.items)
    return Kind(the_field.type, "", the_field.words)
