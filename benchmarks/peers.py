"""The peers: each takes the same conditions, written in its own language, and answers the same records.

None of them knows "unknown", so they are given records without holes. Each is used the fastest way we found: compiled
once, all rules in one call where the peer can return a list, the record handed over as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from benchmarks.stacks import MEASURES, WORDS
from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Not, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

Answer = Callable[[dict[str, Any]], Any]
"""A record in; a list of truths out."""


def normal(condition: Condition, *, denied: bool = False) -> Condition:
    """The same condition, or its denial, without `Not`: pushed down to the comparisons."""
    match condition:
        case Compare(measure, op, constant):
            return Compare(measure, op.negated if denied else op, constant)
        case Not(part):
            return normal(part, denied=not denied)
        case AllOf(parts) | AnyOf(parts):
            inner = tuple(normal(part, denied=denied) for part in parts)
            return AllOf(inner) if isinstance(condition, AllOf) is not denied else AnyOf(inner)


def _infix(condition: Condition, *, both: str, either: str) -> str:
    """A condition in one of the many languages that write it much like C or Python."""
    match condition:
        case Compare(measure, op, constant):
            return f"{measure.name} {op} {json.dumps(constant)}"
        case AllOf(parts) | AnyOf(parts):
            word = both if isinstance(condition, AllOf) else either
            return f"({f' {word} '.join(_infix(part, both=both, either=either) for part in parts)})"
        case Not():
            raise AssertionError("normal form has no denials")


def zen_engine(conditions: Sequence[Condition]) -> Answer:
    """GoRules Zen, in Rust."""
    texts = [_infix(normal(condition), both="and", either="or") for condition in conditions]
    evaluate: Answer = import_module("zen").compile_expression(f"[{', '.join(texts)}]").evaluate
    return evaluate


def cel_rust(conditions: Sequence[Condition]) -> Answer:
    """The Common Expression Language, in Rust."""
    texts = [_infix(normal(condition), both="&&", either="||") for condition in conditions]
    execute: Answer = import_module("cel").compile(f"[{', '.join(texts)}]").execute
    return execute


def cel_cpp(conditions: Sequence[Condition]) -> Answer:
    """The Common Expression Language, Google's own in C++."""
    cel = import_module("cel_expr_python.cel")
    types = {"int": cel.Type.INT, "text": cel.Type.STRING, "bool": cel.Type.BOOL}
    environment = cel.NewEnv(variables={name: types[measure.type] for name, measure in MEASURES.items()})
    texts = [_infix(normal(condition), both="&&", either="||") for condition in conditions]
    program = environment.compile(f"[{', '.join(texts)}]")
    return lambda record: program.eval(data=record).plain_value()


def rego(conditions: Sequence[Condition]) -> Answer:
    """Rego, Microsoft's rego-cpp; a rule is a set of bodies of which one must hold."""
    regopy = import_module("regopy")
    lines = ["package stack", "import rego.v1"]

    def body(condition: Condition) -> list[str]:
        match condition:
            case Compare(measure, op, constant):
                return [f"input.{measure.name} {op} {json.dumps(constant)}"]
            case AllOf(parts):
                return [line for part in parts for line in body(part)]
            case AnyOf(parts):
                name = f"any{len(lines)}"
                lines.extend(f"{name} if {{ {'; '.join(body(part))} }}" for part in parts)
                return [name]
            case Not():
                raise AssertionError("normal form has no denials")

    for number, condition in enumerate(conditions):
        tests = body(normal(condition))
        lines.append(f"default rule{number} := false")
        lines.append(f"rule{number} if {{ {'; '.join(tests)} }}")
    lines.append(f"answers := [{', '.join(f'rule{number}' for number in range(len(conditions)))}]")
    interpreter = regopy.Interpreter()
    interpreter.add_module("stack", "\n".join(lines))
    bundle = interpreter.build("data.stack.answers")

    def answer(record: dict[str, Any]) -> Any:
        interpreter.set_input(regopy.Input(record))
        return interpreter.query_bundle(bundle).results[0].expressions[0]

    return answer


def business_rules(conditions: Sequence[Condition]) -> Answer:
    """Venmo's business-rules, in Python: rules as nested dictionaries, what they read as methods."""
    engine, variables, actions = (
        import_module(f"business_rules.{name}") for name in ("engine", "variables", "actions")
    )
    kinds = {
        "int": variables.numeric_rule_variable,
        "text": variables.string_rule_variable,
        "bool": variables.boolean_rule_variable,
    }

    def reads(name: str) -> Callable[[Any], Any]:
        def read(self: Any) -> Any:
            return self.record[name]

        read.__name__ = name
        return read

    def fire(self: Any, number: int) -> None:
        self.answers[number] = True

    methods = {name: kinds[measure.type](reads(name)) for name, measure in MEASURES.items()}
    facts = type("Facts", (variables.BaseVariables,), methods)
    doing = type("Doing", (actions.BaseActions,), {"fire": actions.rule_action(params={"number": "numeric"})(fire)})
    rules = [
        {"conditions": _nested(normal(condition)), "actions": [{"name": "fire", "params": {"number": number}}]}
        for number, condition in enumerate(conditions)
    ]

    def answer(record: dict[str, Any]) -> Any:
        known, done = facts(), doing()
        known.record = record
        done.answers = [False] * len(rules)
        engine.run_all(rule_list=rules, defined_variables=known, defined_actions=done)
        return done.answers

    return answer


_NAMED: Final = {
    Op.EQ: "equal_to",
    Op.LT: "less_than",
    Op.LE: "less_than_or_equal_to",
    Op.GT: "greater_than",
    Op.GE: "greater_than_or_equal_to",
}


def _nested(condition: Condition) -> dict[str, Any]:
    """A condition in normal form as business-rules writes it. It has no "not equal": text is one of the other words."""
    match condition:
        case Compare(measure, op, constant) if measure.type == "bool":
            holds = (op is Op.EQ) == constant
            return {"name": measure.name, "operator": "is_true" if holds else "is_false", "value": True}
        case Compare(measure, Op.NE, constant):
            others = [word for word in WORDS[measure.name] if word != constant]
            return {"any": [{"name": measure.name, "operator": "equal_to", "value": word} for word in others]}
        case Compare(measure, op, constant):
            return {"name": measure.name, "operator": _NAMED[op], "value": constant}
        case AllOf(parts):
            return {"all": [_nested(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_nested(part) for part in parts]}
        case Not():
            raise AssertionError("normal form has no denials")


PEERS: Final[dict[str, Callable[[Sequence[Condition]], Answer]]] = {
    "zen-engine": zen_engine,
    "common-expression-language": cel_rust,
    "cel-expr-python": cel_cpp,
    "regopy": rego,
    "business-rules": business_rules,
}
"""By the name under which pip installs them."""
