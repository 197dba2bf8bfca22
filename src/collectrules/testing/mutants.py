"""The mutants of a ruleset: the same ruleset with one thing in it changed, which an example beside it should notice.

Changed are every number, clock time, date and amount, each dated value and the day from which it holds, the first and
the last day of a rule that says them, every comparison, what a condition leaves out, and every exception, review and
factor; of rules, answers, definitions and of whom the file binds. What a library gives is the library's: its mutants,
those of a rule that is taken up from it too, are made in each ruleset that uses it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from collectrules.expressions.english import iso_day
from collectrules.expressions.syntax import SyntaxProblem, parse, unparse
from collectrules.expressions.variants import neighbours, variants
from collectrules.ground.dated import MINUTES_A_DAY
from collectrules.ground.nodes import Table
from collectrules.law.model import NEVER, AnswerBlock, Rule
from collectrules.testing.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from collectrules.expressions.syntax import Expression
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Dated
    from collectrules.ground.errors import Place
    from collectrules.law.kinds import Shape
    from collectrules.law.model import Clause, Ruleset, Values
    from collectrules.lints import RulesetFile

B = TypeVar("B", Rule, AnswerBlock)

MutantKind = Literal["number", "comparison", "window edge", "day", "exclusion", "exception"]

_ORDERS = ("<", "<=", ">", ">=")
_OF_ONE: dict[Shape, tuple[str, str]] = {
    "condition": ("", ""),
    "contact": ("", ""),
    "debt": ("", ""),
    "collection": ("any(", ")"),
    "entries": ("any(", ")"),
}
"""What stands around the text of a field so that it is an expression."""


class Mutant(Struct, frozen=True):
    """One changed thing. `blocks` are the full ids of the rules and answers whose examples may notice it."""

    owner: str
    """The rule, answer or definition in which the change is, with the ruleset before it; or the ruleset."""
    where: str
    """What of the owner: `values.at_most 2012-03-02`, `when`, `unless 2`."""
    kind: MutantKind
    before: str
    after: str
    place: Place
    blocks: tuple[str, ...]
    ruleset: Ruleset
    """The ruleset with the change; of the rules only those that may notice it."""
    of_rule: bool
    """Is nothing changed but rules, so that what definitions say stays as it was?"""
    nth: int = 1
    """Of changes that read alike in one condition, which one."""

    @property
    def is_boundary(self) -> bool:
        """Does it move a line: a number, an hour, a day, or an order that takes in its edge?"""
        return self.kind in ("number", "window edge", "day") or (
            self.kind == "comparison" and any(f" {order} " in self.before for order in _ORDERS)
        )

    @property
    def id(self) -> str:
        """The change in one line: what a list of accepted mutants calls it."""
        told = f"{self.before} -> {self.after}" if self.after else f"without {self.before}"
        return f"{self.owner}: {self.where}: {told}{f' ({self.nth})' if self.nth > 1 else ''}"


class LibraryFile(Struct, frozen=True):
    """A library with the places of what stands in it."""

    name: str
    root: Table
    gives: frozenset[str]
    """The names of its values and definitions, and of what else it gives."""


class _Edit(Struct, frozen=True):
    """A change of a part, before it is put into a ruleset."""

    where: str
    kind: MutantKind
    before: str
    after: str
    place: Place


def mutants(file: RulesetFile) -> Iterator[Mutant]:
    """Every mutant of a ruleset, in the order in which the file is read."""
    yield from _numbered(_Making(file).every())


def mutants_of_library(library: LibraryFile, file: RulesetFile) -> Iterator[Mutant]:
    """Every mutant of a library, as it is in a ruleset that uses it."""
    yield from _numbered(_Making(file).of_library(library))


def _numbered(made: Iterable[Mutant]) -> Iterator[Mutant]:
    """Of those that read alike, which one each is."""
    seen: Counter[str] = Counter()
    for mutant in made:
        seen[mutant.id] += 1
        yield mutant if seen[mutant.id] == 1 else replace(mutant, nth=seen[mutant.id])


class _Making:
    def __init__(self, file: RulesetFile) -> None:
        self.file, self.ruleset = file, file.ruleset
        self.kinds = file.language.kinds
        self.given = frozenset(chain.from_iterable(used.gives for used in file.ruleset.uses))
        """What libraries give."""
        self.reach = Reach(file.ruleset)
        self.sharing = {key: self._sharing(key) for key in ("exceptions", "reviews", "factors")}
        """The rules of each clause that stands in more than one of them."""

    def every(self) -> Iterator[Mutant]:
        own = frozenset((*self.ruleset.values, *self.ruleset.definitions)) - self.given
        yield from self.of_values(self.ruleset.id, own, self.file.root)
        yield from self.of_binds()
        yield from self.of_definitions(self.ruleset.id, own, self.file.root)
        yield from self.of_shared_clauses()
        for rule in self.ruleset.rules:
            yield from self.of_rule(rule)
        for block in self.ruleset.answers:
            yield from self.of_answer(block)

    # ---- the file as a whole, and what it uses ------------------------------------------------------------------

    def of_library(self, library: LibraryFile) -> Iterator[Mutant]:
        yield from self.of_values(library.name, library.gives, library.root)
        yield from self.of_definitions(library.name, library.gives, library.root)
        for rule in self.ruleset.rules:
            yield from self.of_rule(rule, library.name)
        for block in self.ruleset.answers:
            yield from self.of_answer(block, library.name)

    def of_values(self, owner: str, names: frozenset[str], root: Table) -> Iterator[Mutant]:
        ruleset = self.ruleset
        own = {name: dated for name, dated in ruleset.values.items() if name in names}
        for edit, values in _of_values(own, root, ruleset.since):
            name = edit.where.split()[0].removeprefix("values.")
            changed = replace(ruleset, values={**ruleset.values, **values})
            yield self._wide(owner, edit, self.reach.of_value(name), changed)

    def of_binds(self) -> Iterator[Mutant]:
        ruleset = self.ruleset
        if ruleset.binds is not None:
            every = tuple(rule.full_id for rule in ruleset.rules)
            place = ruleset.binds.place
            for edit, condition in _of_expression("binds", ruleset.binds.condition, place):
                changed = replace(ruleset, binds=replace(ruleset.binds, condition=condition))
                yield self._wide(ruleset.id, edit, every, changed)
            for edit, clauses in _of_clauses("binds unless", ruleset.binds_unless):
                yield self._wide(ruleset.id, edit, every, replace(ruleset, binds_unless=clauses))

    def of_definitions(self, owner: str, names: frozenset[str], root: Table) -> Iterator[Mutant]:
        table = root.get("define")
        for name, definition in self.ruleset.definitions.items():
            node = table.get(name) if isinstance(table, Table) else None
            if name not in names or not isinstance(node, Table):
                continue
            place = node.entries["is"].place
            for edit, expression in _of_expression("is", definition.expression, place):
                definitions = {**self.ruleset.definitions, name: replace(definition, expression=expression)}
                changed = replace(self.ruleset, definitions=definitions)
                yield self._wide(f"{owner} {name}", edit, self.reach.of_definition(name), changed)

    def _wide(self, owner: str, edit: _Edit, blocks: Sequence[str], ruleset: Ruleset) -> Mutant:
        """A mutant that all rules and answers may notice which use what is changed."""
        return self._mutant(owner, edit, tuple(blocks), ruleset, of_rule=False)

    def _mutant(self, owner: str, edit: _Edit, blocks: tuple[str, ...], ruleset: Ruleset, *, of_rule: bool) -> Mutant:
        rules = tuple([rule for rule in ruleset.rules if rule.full_id in blocks])
        small = replace(ruleset, rules=rules, obligations=(), reports=(), omissions=(), covers=())
        return Mutant(owner, edit.where, edit.kind, edit.before, edit.after, edit.place, blocks, small, of_rule=of_rule)

    # ---- rules --------------------------------------------------------------------------------------------------

    def of_shared_clauses(self) -> Iterator[Mutant]:
        """Exceptions, reviews and factors that several rules of a group share: gone, or changed, from all of them."""
        for key, name in (("exceptions", "unless"), ("reviews", "review"), ("factors", "factors")):
            for place, rules in self.sharing[key].items():
                clause = next(each for each in getattr(rules[0], key) if each.place == place)
                for edit, others in _of_clauses(f"{name} of a group", (clause,)):
                    changed = [_with_clause(rule, key, place, others) for rule in rules]
                    ids = tuple(rule.full_id for rule in rules)
                    yield self._with_rules(self.ruleset.id, edit, ids, changed)

    def _sharing(self, key: str) -> Mapping[Place, Sequence[Rule]]:
        sharing: dict[Place, list[Rule]] = {}
        for rule in self.ruleset.rules:
            for clause in getattr(rule, key):
                sharing.setdefault(clause.place, []).append(rule)
        return {place: rules for place, rules in sharing.items() if len(rules) > 1}

    def of_rule(self, rule: Rule, library: str = "") -> Iterator[Mutant]:
        """Those of what stands in the ruleset; with the name of a library, those of what it took up from there."""
        for owner, edit, changed in self._of(rule, library, self._of_rule):
            yield self._with_rules(owner, edit, (rule.full_id,), [changed])

    def _of(
        self, block: B, library: str, edits: Callable[[B], Iterable[tuple[_Edit, B]]]
    ) -> Iterator[tuple[str, _Edit, B]]:
        """The changes of what stands in the ruleset, or in a library, with the name of whose they are."""
        if library and block.like.rpartition(".")[0] != library:
            return
        for edit, changed in edits(block):
            if not library and self._stands_here(edit.place):
                yield block.full_id, edit, changed
            elif library and not self._stands_here(edit.place):
                name, _, day = edit.where.partition(" ")
                undated = name if day and name.startswith("values.") else edit.where
                yield block.like, replace(edit, where=undated), changed

    def _stands_here(self, place: Place) -> bool:
        """Is it in a file of the ruleset, not of a library?"""
        main = self.file.root.place.path
        return place.path == main or PurePath(place.path).parent == PurePath(main).with_suffix("")

    def _with_rules(self, owner: str, edit: _Edit, ids: tuple[str, ...], rules: Sequence[Rule]) -> Mutant:
        return self._mutant(owner, edit, ids, replace(self.ruleset, rules=tuple(rules)), of_rule=True)

    def _of_rule(self, rule: Rule) -> Iterator[tuple[_Edit, Rule]]:
        table = self.file.tables[rule.place]
        for key, part in rule.parts.items():
            shape = self.kinds[rule.kind].fields.get(key)
            if shape is None:
                continue  # the names of its values
            for edit, text in _of_part(key, shape, part, self.file.place(rule, key)):
                changed = self._with_part(rule, key, text)
                if changed is not None:
                    yield edit, changed
        for edit, values in _of_values(rule.values, table, rule.since, rule.until):
            yield edit, replace(rule, values={**rule.values, **values})
        yield from _of_days(rule, table)
        for key, name in (("exceptions", "unless"), ("reviews", "review"), ("factors", "factors")):
            shared = self.sharing[key]
            own = tuple(clause for clause in getattr(rule, key) if clause.place not in shared)
            others = tuple(clause for clause in getattr(rule, key) if clause.place in shared)
            for edit, clauses in _of_clauses(name, own):
                yield edit, replace(rule, **{key: (*clauses, *others)})

    def _with_part(self, rule: Rule, key: str, part: str | tuple[str, ...]) -> Rule | None:
        """The rule with another text in a field; None where that is no rule."""
        parts = {name: each for name, each in {**rule.parts, key: part}.items() if each or name == "values"}
        try:
            text = self.kinds[rule.kind].breach(parts)
            return replace(rule, parts=parts, breach=parse(text), breach_text=text)
        except (KeyError, SyntaxProblem):
            return None

    # ---- answers ------------------------------------------------------------------------------------------------

    def of_answer(self, block: AnswerBlock, library: str = "") -> Iterator[Mutant]:
        """As of a rule."""
        for owner, edit, changed in self._of(block, library, self._of_answer):
            answers = tuple(changed if each is block else each for each in self.ruleset.answers)
            ruleset = replace(self.ruleset, answers=answers)
            yield self._mutant(owner, edit, (block.full_id,), ruleset, of_rule=True)

    def _of_answer(self, block: AnswerBlock) -> Iterator[tuple[_Edit, AnswerBlock]]:
        table = self.file.tables[block.place]
        if block.when is not None:
            for edit, when in _of_expression("when", block.when, table.entries["when"].place):
                yield edit, replace(block, when=when, when_text=unparse(when))
        for name, term in block.terms.items():
            for edit, expression in _of_expression(name, term, table.entries[name].place):
                yield edit, replace(block, terms={**block.terms, name: expression})
        for edit, values in _of_values(block.values, table, block.since, block.until):
            yield edit, replace(block, values={**block.values, **values})
        yield from _of_days(block, table)


def _with_clause(rule: Rule, key: str, place: Place, others: Sequence[Clause]) -> Rule:
    """The rule with other clauses in the place of one."""
    before: tuple[Clause, ...] = getattr(rule, key)
    after = [(clause,) if clause.place != place else tuple(others) for clause in before]
    return replace(rule, **{key: tuple(chain.from_iterable(after))})


def _of_expression(where: str, expression: Expression, place: Place) -> Iterator[tuple[_Edit, Expression]]:
    for change in variants(expression):
        yield _Edit(where, change.kind, change.before, change.after, place), change.expression


def _of_part(
    key: str, shape: Shape, part: str | tuple[str, ...], place: Place
) -> Iterator[tuple[_Edit, str | tuple[str, ...]]]:
    """A field of a rule's kind with one thing changed."""
    if shape == "contacts" and not isinstance(part, str):
        for number, condition in enumerate(part):
            rest = (*part[:number], *part[number + 1 :])
            told = condition.replace("{of}.", "").replace("({of})", "")
            if rest or key == "not_counted":
                yield _Edit(key, "exclusion", told, "", place), rest
        return
    if shape == "contacts":
        if key == "not_counted":
            yield _Edit(key, "exclusion", str(part), "", place), ""
        return
    if shape not in _OF_ONE or not isinstance(part, str):
        return
    before, behind = _OF_ONE[shape]
    for edit, expression in _of_expression(key, parse(f"{before}{part}{behind}"), place):
        text = unparse(expression)
        if text.startswith(before):  # else `any` itself was turned round
            yield edit, text.removeprefix(before).removesuffix(behind)


def _of_clauses(name: str, clauses: tuple[Clause, ...]) -> Iterator[tuple[_Edit, tuple[Clause, ...]]]:
    """Exceptions with one of them gone, or with one thing in one of them changed."""
    for number, clause in enumerate(clauses):
        where = f"{name} {number + 1}" if len(clauses) > 1 else name
        before, behind = clauses[:number], clauses[number + 1 :]
        yield _Edit(where, "exception", unparse(clause.condition), "", clause.place), (*before, *behind)
        for edit, condition in _of_expression(where, clause.condition, clause.place):
            yield edit, (*before, replace(clause, condition=condition), *behind)


# ---- dated values, and days --------------------------------------------------------------------------------------


def _of_values(values: Values, table: Table, since: int, until: int = NEVER) -> Iterator[tuple[_Edit, Values]]:
    """One dated value the next one, or the one before; and the day of a change a day earlier, and a day later."""
    written = table.get("values")
    for name, dated in values.items():
        node = written.get(name) if isinstance(written, Table) else None
        of_window = node is None and isinstance(written, Table)
        if of_window:
            node = written.get(name.rpartition("_")[0])  # type: ignore[union-attr]  # it is a table
        for number, day in enumerate(dated.days):
            place = table.place if not isinstance(node, Table) else node.place_of(iso_day(day)) if day else node.place
            ends = dated.days[number + 1] - 1 if number + 1 < len(dated.days) else NEVER
            if ends < since or day > until:
                continue  # never in force
            where = f"values.{name} {iso_day(day)}" if day else f"values.{name}"
            value = dated.values[number]
            for other in _other_values(name, dated, number, values):
                kind: MutantKind = "window edge" if value.kind == "time" else "number"
                edit = _Edit(where, kind, unparse(value), unparse(other), place)
                yield edit, {name: _with_value(dated, number, other)}
            if number and day > since and value != dated.values[number - 1]:
                for moved in (day - 1, day + 1):
                    if dated.days[number - 1] < moved <= ends:
                        days = (*dated.days[:number], moved, *dated.days[number + 1 :])
                        edit = _Edit(f"values.{name}", "day", iso_day(day), iso_day(moved), place)
                        yield edit, {name: replace(dated, days=days)}


def _other_values(name: str, dated: Dated[Constant], number: int, values: Values) -> Iterator[Constant]:
    """The values next to one; of the hours of a closed day none, and no hour that the day does not have."""
    value = dated.values[number]
    if value.kind == "time":
        stem, _, edge = name.rpartition("_")
        prefix = f"{stem}_" if stem else ""
        other = values.get(f"{prefix}{'to' if edge == 'from' else 'from'}") if edge in ("from", "to") else None
        if other is not None and other.days == dated.days and other.values[number].value == value.value:
            return  # closed
        at_edge = (edge == "from" and value.value == 0) or (edge == "to" and value.value == MINUTES_A_DAY)
        if at_edge:
            return
    yield from neighbours(value)


def _with_value(dated: Dated[Constant], number: int, value: Constant) -> Dated[Constant]:
    return replace(dated, values=(*dated.values[:number], value, *dated.values[number + 1 :]))


def _of_days(block: B, table: Table) -> Iterator[tuple[_Edit, B]]:
    """The first day a day later, and the last a day earlier, where the block says them itself."""
    if "since" in table and block.since:
        edit = _Edit("since", "day", iso_day(block.since), iso_day(block.since + 1), table.entries["since"].place)
        yield edit, replace(block, since=block.since + 1)
    if "until" in table and block.until < NEVER:
        edit = _Edit("until", "day", iso_day(block.until), iso_day(block.until - 1), table.entries["until"].place)
        yield edit, replace(block, until=block.until - 1)
