"""Conditions decided by one generated Python function: the backend that is always there, and the fast one.

Conditions become a table of distinct nodes: a leaf, or "all of these". Any-of is the denial of an all-of, so a
reference to node `n` is written `n`, and a reference to its denial `~n`: what two conditions share is decided once.

The function is written twice. Where every measure is known, a condition is one plain `and`/`or` expression. Where some
measure is not, a condition is asked for two such expressions, "certainly true" and "certainly false", in which every
comparison with an unknown measure fails; neither is unknown. This is strong Kleene logic, since in normal form a truth
value can only be lost, never turned, when a measure is forgotten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from collectrules.deciding.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Matcher,
    Measure,
    Not,
    Op,
    Record,
    Truth,
    Value,
    fold,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PYTHON_TYPE: Final = {"bool": "bool", "int": "int", "text": "str"}

_UNKNOWN: Final = {"bool": "None", "int": "nan", "text": "None"}
"""What stands for an unknown value: every `==` and `<` with it is false, and so are the denials written below."""

_DEEPEST: Final = 20
"""Brackets within brackets in one expression. Python's parser gives up at 200; deeper nodes get a variable."""

_NODES_A_FUNCTION: Final = 6000
"""Compiling one function takes more than linear time, so a long sequence of conditions becomes several functions."""


def match(conditions: Sequence[Condition]) -> Matcher:
    """Compile conditions into one function of a record.

    A record value counts only if its type is exactly the measure's (`True` is no 1, `"7"` is no 7), else it is unknown.
    Trees of any depth, width and sharing of subtrees are taken; the matcher holds no state and serves any thread.
    """
    tables = list(_tables(conditions))
    if len(tables) == 1:
        return _compiled(*tables[0])
    matchers = [_compiled(table, roots) for table, roots in tables]

    def one_after_the_other(record: Record) -> tuple[Truth, ...]:
        return tuple(truth for matcher in matchers for truth in matcher(record))

    return one_after_the_other


@dataclass(frozen=True, slots=True)
class _Leaf:
    """`measure == constant` or `measure < constant`; on whole numbers the other comparisons are denials of these."""

    measure: Measure
    less: bool
    constant: Value


@dataclass(frozen=True, slots=True)
class _All:
    """True when every part is. Parts are references: `n`, or `~n` for the denial of node `n`."""

    parts: tuple[int, ...]


@dataclass(slots=True)
class _Table:
    """The distinct nodes of some conditions, parts before wholes."""

    nodes: list[_Leaf | _All] = field(default_factory=list)
    numbers: dict[_Leaf | _All, int] = field(default_factory=dict)

    def number(self, node: _Leaf | _All) -> int:
        found = self.numbers.setdefault(node, len(self.nodes))
        if found == len(self.nodes):
            self.nodes.append(node)
        return found

    def enter(self, root: Condition) -> int:
        """The reference of a condition."""
        return fold(root, self._reference, {})

    def _reference(self, condition: Condition, parts: list[int]) -> int:
        match condition:
            case Compare(measure, op, constant):
                return self._leaf(measure, op, constant)
            case AllOf():
                return self._all(parts)
            case AnyOf():
                return ~self._all([~part for part in parts])
            case Not():
                return ~parts[0]

    def _all(self, parts: list[int]) -> int:
        distinct = tuple(dict.fromkeys(parts))
        return distinct[0] if len(distinct) == 1 else self.number(_All(distinct))

    def _leaf(self, measure: Measure, op: Op, constant: Value) -> int:
        if op in (Op.NE, Op.GE, Op.GT):
            return ~self._leaf(measure, op.negated, constant)
        if constant is False:
            return ~self._leaf(measure, op, constant=True)
        if op is Op.LE:
            return self.number(_Leaf(measure, less=True, constant=cast("int", constant) + 1))
        return self.number(_Leaf(measure, less=op is Op.LT, constant=constant))


def _tables(conditions: Sequence[Condition]) -> Iterator[tuple[_Table, list[int]]]:
    table, roots = _Table(), list[int]()
    for condition in conditions:
        roots.append(table.enter(condition))
        if len(table.nodes) > _NODES_A_FUNCTION:
            yield table, roots
            table, roots = _Table(), []
    if roots or not conditions:
        yield table, roots


def _compiled(table: _Table, roots: list[int]) -> Matcher:
    """Write the function of one table, compile it and hand it over.

    It reads the record, then calls one of the two functions that decide. Each of these is written when it is first
    needed: a program that judges one case waits for one of them only.
    """
    measures = dict.fromkeys(node.measure for node in table.nodes if isinstance(node, _Leaf))
    variables = {measure: f"v{number}" for number, measure in enumerate(measures)}
    arguments = ", ".join(variables.values())
    lines = ["def matcher(record):", "get = record.get", "sure = True"]
    for measure, variable in variables.items():
        lines.append(f"{variable} = get({literal(measure.name)})")
        lines.append(f"if type({variable}) is not {_PYTHON_TYPE[measure.type]}:")
        lines.append(f" {variable} = {_UNKNOWN[measure.type]}; sure = False")
    lines.append(f"return certain({arguments}) if sure else doubtful({arguments})")
    namespace: dict[str, Any] = {"nan": float("nan")}

    def when_first_called(name: str, *, sure: bool) -> Callable[..., tuple[Truth, ...]]:
        def write_and_call(*values: object) -> tuple[Truth, ...]:
            body = _Writer(table, variables, sure=sure).body(roots)
            _run("\n ".join([f"def {name}({arguments}):", *body]), namespace)
            return cast("Matcher", namespace[name])(*values)  # type: ignore[arg-type]

        return write_and_call

    namespace["certain"] = when_first_called("certain", sure=True)
    namespace["doubtful"] = when_first_called("doubtful", sure=False)
    _run("\n ".join(lines), namespace)
    return cast("Matcher", namespace["matcher"])


def _run(source: str, namespace: dict[str, Any]) -> None:
    # Only variables of ours, and literals of exact `str`, `int` and `bool`, were written into the source.
    exec(compile(source, "<conditions>", "exec"), namespace)  # noqa: S102


class _Writer:
    """Writes the nodes of a table as Python, for records whose measures are all known (`sure`) or for any record."""

    def __init__(self, table: _Table, variables: dict[Measure, str], *, sure: bool) -> None:
        self.nodes = table.nodes
        self.variables = variables
        self.sure = sure
        self.texts: list[tuple[str, str]] = []
        """For each node, what is true where it is true, and what is true where it is false."""
        self.lines: list[str] = []

    def body(self, roots: list[int]) -> list[str]:
        """The lines of a function that returns the truth of each root, in order."""
        uses = Counter(max(root, ~root) for root in roots)
        for node in self.nodes:
            if isinstance(node, _All):
                uses.update([max(part, ~part) for part in node.parts])
        depths: list[int] = []
        for number, node in enumerate(self.nodes):
            if isinstance(node, _Leaf):
                # A yes-or-no measure is a variable already; for any other leaf one pays from the third use on.
                text, depth, shared = self._leaf(node), 0, uses[number] > 2 and node.measure.type != "bool"  # noqa: PLR2004
            else:
                text = self._all(node.parts)
                depth = 1 + max((depths[max(part, ~part)] for part in node.parts), default=0)
                shared = uses[number] > 1 or depth > _DEEPEST
            if shared:
                text, depth = self._variable(number, *text), 0
            self.texts.append(text)
            depths.append(depth)
        return [*self.lines, f"return ({' '.join([f'{self._answer(root)},' for root in roots])})"]

    def _text(self, reference: int) -> str:
        return self.texts[reference][0] if reference >= 0 else self.texts[~reference][1]

    def _answer(self, root: int) -> str:
        if self.sure:
            return self._text(root)
        return f"True if {self._text(root)} else False if {self._text(~root)} else None"

    def _variable(self, number: int, true: str, false: str) -> tuple[str, str]:
        self.lines.append(f"t{number} = {true}")
        if self.sure:
            return f"t{number}", f"(not t{number})"
        self.lines.append(f"f{number} = not t{number} and {false}")
        return f"t{number}", f"f{number}"

    def _leaf(self, leaf: _Leaf) -> tuple[str, str]:
        variable, constant = self.variables[leaf.measure], literal(leaf.constant)
        if leaf.measure.type == "bool":
            return variable, f"({variable} is False)"
        if leaf.less:
            return f"({variable} < {constant})", f"({variable} >= {constant})"
        return f"({variable} == {constant})", self._none_of(variable, leaf.measure, constant)

    def _none_of(self, variable: str, measure: Measure, *constants: str) -> str:
        """Known, and none of the constants."""
        others = f"!= {constants[0]}" if len(constants) == 1 else f"not in {{{', '.join(constants)}}}"
        if self.sure:
            return f"({variable} {others})"
        known = f"{variable} == {variable}" if measure.type == "int" else f"{variable} is not None"
        return f"({variable} {others} and {known})"

    def _all(self, parts: tuple[int, ...]) -> tuple[str, str]:
        """All of the parts, and the denial of that. "None of these constants" is one look into a set."""
        denied: dict[Measure, list[_Leaf]] = {}
        for part in parts:
            node = self.nodes[~part] if part < 0 else None
            if isinstance(node, _Leaf) and not node.less and node.measure.type != "bool":
                denied.setdefault(node.measure, []).append(node)
        holds, fails = [], []
        for measure, leaves in denied.items():
            if len(leaves) > 1:
                constants = [literal(leaf.constant) for leaf in leaves]
                holds.append(self._none_of(self.variables[measure], measure, *constants))
                fails.append(f"({self.variables[measure]} in {{{', '.join(constants)}}})")
        for part in parts:
            node = self.nodes[~part] if part < 0 else None
            if not (isinstance(node, _Leaf) and not node.less and len(denied.get(node.measure, ())) > 1):
                holds.append(self._text(part))
                fails.append(self._text(~part))
        return (f"({' and '.join(holds)})", f"({' or '.join(fails)})") if parts else ("True", "False")


def literal(value: Value) -> str:
    """A Python literal in ASCII. Exact types only, so that no foreign `__repr__` is ever compiled."""
    if type(value) is int:
        return hex(value)  # decimal text of a very long number is refused by Python
    if type(value) is str or type(value) is bool:
        return ascii(value)
    raise TypeError(f"a condition names {type(value).__name__}; only str, int and bool can be compiled")
