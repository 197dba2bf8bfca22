"""Lints: what the reader takes and nobody should merge. One file each; a new lint is one file and its test.

A lint looks at one text, one ruleset or library, or one folder of rulesets as a whole, and remarks on what it sees
there. Its module's docstring is its documentation: the first line is its title, and a last paragraph that begins with
`Mend:` says what to do. Lints know no law and decide no case.
"""

from __future__ import annotations

import pkgutil
import re
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from msgspec import Struct

from collectrules.case.vocabulary import OBJECTS
from collectrules.expressions.normal import decided
from collectrules.expressions.syntax import SyntaxProblem, parse
from collectrules.ground.modules import defined_in
from collectrules.ground.nodes import Listing, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from collectrules.expressions.syntax import Expression
    from collectrules.ground.errors import Place
    from collectrules.law.model import AnswerBlock, Language, Rule, Ruleset
    from collectrules.law.topics import Topics

Severity = Literal["error", "warning"]
"""An error must not be merged; a warning is for its author to look at."""

_CONDITION_KEYS: Final = ("when", "if", "is", "for")
"""Keys under which an expression stands wherever they are; a rule's kind adds its own."""
_EXPRESSION_SHAPES: Final = ("condition", "contact", "debt", "term", "collection", "entries")
_NO_EXPRESSIONS: Final = ("examples", "example_case", "calendars", "values", "facts", "verified", "expect")
_WHO_IS_NO_EXPRESSION: Final = ("others", "everybody")


_PROSE: Final = frozenset(
    {"title", "note", "says", "question", "story", "cite", "what", "remedy", "against", "reason", "source", "verified"}
)
"""Keys whose text is for people."""
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


class Remark(NamedTuple):
    """Something that a lint sees: where, what is wrong, and what to do."""

    place: Place
    message: str
    help: str = ""


class Text(Struct, frozen=True):
    """A file of any kind, as it is written."""

    path: str
    content: str


class Written(NamedTuple):
    """An expression as it stands in a file."""

    text: str
    expression: Expression
    place: Place


class LawFile:
    """A ruleset, house policy or library that was read without a problem, with the places of what stands in it.

    The tree is that of a ruleset joined with its parts.
    """

    def __init__(self, root: Table, language: Language, today: int) -> None:
        self.root, self.language, self.today = root, language, today

    @property
    def is_policy(self) -> bool:
        """Is it a house policy, which is no law?"""
        return "policy" in self.root

    @cached_property
    def tables(self) -> Mapping[Place, Table]:
        """What stands at a place that a rule, an answer or another item of a list knows."""
        return {table.place: table for table in _tables(self.root)}

    @cached_property
    def expressions(self) -> tuple[Written, ...]:
        """Every expression that is written in the file."""
        return tuple(_expressions(self.root, self._keys()))

    def body(self, name: str) -> Expression | None:
        """What a definition that stands in the file says."""
        return self._bodies.get(name)

    @cached_property
    def _bodies(self) -> Mapping[str, Expression]:
        """What each definition that stands in the file says, by its name."""
        table = self.root.get("define")
        named = table.entries.items() if isinstance(table, Table) else ()
        texts = {name: node.get("is") for name, node in named if isinstance(node, Table)}
        parsed = {
            name: _parsed(" ".join(node.text.split())) for name, node in texts.items() if isinstance(node, Scalar)
        }
        return {name: body for name, body in parsed.items() if body is not None}

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The fields that hold an amount of money."""
        facts = [(name, fact) for each in OBJECTS for name, fact in each.facts.items()]
        return frozenset(name for name, fact in facts if fact.kind.fact_type == "money")

    def _keys(self) -> frozenset[str]:
        """The keys under which an expression may stand, those that kinds add among them."""
        of_rules = [kind.fields.items() for kind in self.language.kinds.values()]
        of_answers = [kind.fields.items() for kind in self.language.questions.values()]
        shaped = [*chain.from_iterable(of_rules), *chain.from_iterable(of_answers)]
        return frozenset([*_CONDITION_KEYS, *(key for key, shape in shaped if shape in _EXPRESSION_SHAPES)])


class RulesetFile(LawFile):
    """A ruleset or house policy."""

    def __init__(self, ruleset: Ruleset, root: Table, language: Language, today: int) -> None:
        super().__init__(root, language, today)
        self.ruleset = ruleset
        self._truths: dict[str, bool | None] = {}

    @property
    def blocks(self) -> tuple[Rule | AnswerBlock, ...]:
        """The rules, and the answers."""
        return self.ruleset.blocks

    def place(self, block: Rule | AnswerBlock, *keys: str) -> Place:
        """Where the first of these keys of a rule stands that it has; else the rule."""
        table = self.tables[block.place]
        return next((table.place_of(key) for key in keys if key in table), block.place)

    def rule_at(self, place: Place) -> str:
        """The full id of the rule or answer in which a place lies; empty for none."""
        return self._rules.get(place, "")

    @cached_property
    def _rules(self) -> Mapping[Place, str]:
        """The full id of the rule or answer at every place inside one."""
        ids = {block.place: block.full_id for block in self.blocks}
        return {place: name for where, name in ids.items() for place in _places(self.tables[where])}

    def body(self, name: str) -> Expression | None:
        """What a definition says, of a library too."""
        definition = self.ruleset.definitions.get(name)
        return None if definition is None else definition.expression

    def truth(self, name: str) -> bool | None:
        """Is a definition true, or never true, in every case? None where it depends, and of what is no definition."""
        if name not in self._truths:
            body = self.body(name)
            self._truths[name] = None if body is None else decided(body, self.truth)
        return self._truths[name]


class Folder(Struct, frozen=True):
    """The rulesets and libraries of one folder that were checked; what is wrong with others is not known."""

    files: tuple[RulesetFile, ...]
    libraries: Sequence[LawFile]
    """The libraries that were read without a problem."""
    complete_places: frozenset[str]
    """The places all of whose files are among them."""
    is_complete: bool
    """Is every file of the folder among them?"""
    topics: Topics
    covered_elsewhere: Callable[[str], Collection[str]]
    """The topics of a place that other folders, which every command reads, speak of."""
    law_of: Callable[[str], Sequence[Ruleset]]
    """The law of a place: of this folder, and of the folders that every command reads."""


def _no_text(_: Text) -> Iterable[Remark]:
    return ()


def _no_file(_: LawFile) -> Iterable[Remark]:
    return ()


def _no_ruleset(_: RulesetFile) -> Iterable[Remark]:
    return ()


def _no_change(_: Ruleset, __: RulesetFile) -> Iterable[Remark]:
    return ()


def _no_folder(_: Folder) -> Iterable[Remark]:
    return ()


class Lint(Struct, frozen=True, kw_only=True):
    """One lint. `code` and `name` are stable; `documentation` is the docstring of its module."""

    code: str
    name: str
    severity: Severity
    documentation: str | None
    of_text: Callable[[Text], Iterable[Remark]] = _no_text
    of_law: Callable[[LawFile], Iterable[Remark]] = _no_file
    """Of a ruleset, and of a library."""
    of_ruleset: Callable[[RulesetFile], Iterable[Remark]] = _no_ruleset
    of_folder: Callable[[Folder], Iterable[Remark]] = _no_folder
    of_change: Callable[[Ruleset, RulesetFile], Iterable[Remark]] = _no_change
    """Of the earlier ruleset of a file and the file as it is, where an earlier state of the law is named."""


def built_in() -> Iterator[Lint]:
    """Every lint of this package: the `LINT` of each module here."""
    return defined_in(__name__, __path__, "LINT")


def built_in_names() -> frozenset[str]:
    """Their names, which are those of their modules: for who must not read them all."""
    return frozenset(each.name.replace("_", "-") for each in pkgutil.iter_modules(__path__))


def words_of(node: Node) -> Iterator[str]:
    """Every word of a part of the file that is for the program."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Scalar):
            yield from _WORD.findall(each.text)
        elif isinstance(each, Listing):
            waiting.extend(each.items)
        else:
            for key, part in each.entries.items():
                if key not in _PROSE:
                    yield key
                    waiting.append(part)


def _places(node: Node) -> Iterator[Place]:
    """Where everything inside a node stands, keys and the node itself included."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each.place
        if isinstance(each, Table):
            yield from each.keys.values()
            waiting.extend(each.entries.values())
        elif isinstance(each, Listing):
            waiting.extend(each.items)


def _tables(node: Node) -> Iterator[Table]:
    """Every table inside a node, itself included."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Table):
            yield each
            waiting.extend(each.entries.values())
        elif isinstance(each, Listing):
            waiting.extend(each.items)


def _expressions(table: Table, keys: frozenset[str]) -> Iterator[Written]:
    for key, node in table.entries.items():
        if key in _NO_EXPRESSIONS:
            continue
        if isinstance(node, Scalar):
            text = " ".join(node.text.split())
            if key in keys and text not in _WHO_IS_NO_EXPRESSION and (tree := _parsed(text)) is not None:
                yield Written(text, tree, node.place)
        else:
            for inner in node.items if isinstance(node, Listing) else (node,):
                if isinstance(inner, Table):
                    yield from _expressions(inner, keys)


def _parsed(text: str) -> Expression | None:
    """An expression, or a collection with its condition; None for a text that is neither."""
    for form in (text, f"any({text})"):
        try:
            return parse(form)
        except SyntaxProblem:
            pass
    return None


__all__ = [
    "Folder",
    "LawFile",
    "Lint",
    "Remark",
    "RulesetFile",
    "Severity",
    "Text",
    "Written",
    "built_in",
    "built_in_names",
    "words_of",
]
