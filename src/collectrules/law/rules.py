"""The rules of a file, each with its examples."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Final, get_args

from collectrules.case.vocabulary import CONTACT, catalogue
from collectrules.expressions.english import iso_day
from collectrules.expressions.syntax import Conjunction, parse, unparse
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Scalar, Table
from collectrules.law.clauses import NOT_READ, read_expression
from collectrules.law.model import Example, Rule
from collectrules.law.scope import Group, Head, read_governs, read_standing
from collectrules.law.strength import OF_RULES, Decision, Strength
from collectrules.law.values import WORD, newest_values, plain, read_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.errors import Place
    from collectrules.law.clauses import ClauseReader
    from collectrules.law.keys import Keys
    from collectrules.law.kinds import RuleKind

KEYS: Final = (
    "id", "like", "group", "title", "cite", "source", "strength", "governs", "kind", "unless", "review", "factors",
    "values", "says", "question", "remedy", "since", "until", "verified", "verify_by", "examples", "note",
)  # fmt: skip
CASE_KEYS: Final = ("collector", "creditor", "debts", "debtor", "history", "action", "record", "jurisdiction")
"""What an example may say of its case."""
EXAMPLE_KEYS: Final = ("story", "expect", *CASE_KEYS)


def read_rule(file: Keys, table: Table, head: Head, clauses: ClauseReader) -> Rule:
    """One rule."""
    kind, fields = _kind_of(file, table, clauses.language.kinds)
    keys = file.inner(table, "a rule", (*KEYS, *fields))
    rule_id = keys.text("id", required=True)
    if rule_id and not WORD.fullmatch(rule_id):
        keys.problem("id", "CR112", f"`{rule_id}` is no rule id", "lower case letters, digits, underscores")
    citation = keys.citation(f"the rule `{rule_id}`", "no rule without `cite:`")
    strength = _strength(keys, kind)
    problems_before = len(keys.problems.all)
    values = read_values(keys, of_a_rule=True, windows=kind.windows)
    for name in kind.values:
        if name not in values:
            message = f"a rule of kind `{kind.name}` needs the value `{name}`"
            keys.problems.add(table.place, "CR100", message, f"values: {{{name}: {{<date>: <value>}}}}")
    newest = {**head.newest, **newest_values(values)}
    group = _group(keys, head)
    parts = {**_parts(keys, kind, clauses, newest, group), "values": tuple(values)}
    text, breach = "false", NOT_READ
    if len(keys.problems.all) == problems_before:
        for mistake in kind.mistakes(parts, values):
            keys.problem(mistake.key, "CR102", mistake.message, mistake.help)
    if len(keys.problems.all) == problems_before:
        parts = _of_group(parts, kind, group)
        text = kind.breach(parts)
        breach = clauses.expression(text, _breach_place(keys, kind), newest)
    if group is not None and group.governs is not None and "governs" not in table:
        governs = group.governs
    else:
        governs = read_governs(keys, clauses.language)
    if strength == "circumstances" and not keys.text("question"):
        message = f"the rule `{rule_id}` has no `question`"
        keys.problems.add(table.place, "CR100", message, "what must a person decide?")
    factors = clauses.several(keys, "factors", newest)
    if factors and strength != "presumption_of_violation":
        keys.problem("factors", "CR102", "`factors` rebut a presumption of violation only")
    reviews = clauses.reviews(keys, "review", newest)
    if reviews and strength.decision != "deny":
        keys.problem("review", "CR102", f"a breach of strength `{strength}` is a review already", "ask its `question`")
    presumed = group.factors if group is not None and strength == "presumption_of_violation" else ()
    rule = Rule(
        governs_kinds=governs.kinds,
        governs_channels=governs.channels,
        governs_english=governs.english,
        id=rule_id,
        citation=citation,
        strength=strength,
        kind=kind.name,
        parts=parts,
        breach=breach,
        breach_text=text,
        values=values,
        exceptions=(
            *clauses.several(keys, "unless", newest, ("remedy",)),
            *(group.exceptions if group is not None else ()),
        ),
        reviews=(*reviews, *(group.reviews if group is not None and strength.decision == "deny" else ())),
        factors=(*factors, *presumed),
        says=keys.text("says"),
        question=keys.text("question"),
        remedy=keys.text("remedy"),
        examples=_examples(keys),
        like=keys.text("like"),
        **read_standing(keys, head),
    )
    if all(example.expect in get_args(Decision) for example in rule.examples):
        _check_sides(rule, keys)
    _check_first_day(rule, keys)
    return rule


def _kind_of(file: Keys, table: Table, kinds: Mapping[str, RuleKind]) -> tuple[RuleKind, Iterable[str]]:
    """The kind of a rule and the keys it adds; where there is no such kind, nothing more is asked of the rule."""
    node = table.get("kind")
    if node is None:
        return kinds["condition"], kinds["condition"].fields
    if isinstance(node, Scalar) and node.text in kinds:
        return kinds[node.text], kinds[node.text].fields
    if isinstance(node, Scalar):
        help_ = meant(node.text, kinds) or f"known here: {', '.join(kinds)}"
        file.problems.add(node.place, "CR103", f"`{node.text}` is no rule kind", help_)
    else:
        file.problems.add(node.place, "CR102", "`kind` is one text")
    return kinds["permission"], [name for kind in kinds.values() for name in kind.fields]


def _group(keys: Keys, head: Head) -> Group | None:
    """The group to which the rule belongs, if any."""
    name = keys.text("group")
    if name and name not in head.groups:
        help_ = meant(name, head.groups) or "define it under `groups:`"
        keys.problem("group", "CR103", f"there is no group `{name}` in this file", help_)
    return head.groups.get(name)


def _strength(keys: Keys, kind: RuleKind) -> Strength:
    strength = keys.text("strength", required=kind.name != "permission") or "prohibition"
    if strength not in OF_RULES:
        help_ = meant(strength, OF_RULES) or ", ".join(OF_RULES)
        keys.problem("strength", "CR103", f"`{strength}` is no strength", help_)
        return Strength.PROHIBITION
    return Strength(strength)


def _parts(
    keys: Keys, kind: RuleKind, clauses: ClauseReader, values: Mapping[str, Constant], group: Group | None
) -> dict[str, str | tuple[str, ...]]:
    """What the fields of the rule's kind hold, each checked by itself where it can be."""
    parts: dict[str, str | tuple[str, ...]] = {}
    for key, shape in kind.fields.items():
        place, known = keys.place(key), kind.words.get(key)
        if keys.node(key) is None:
            if key in kind.required and not (key == "when" and group is not None and group.condition):
                keys.problems.add(keys.table.place, "CR100", f"a rule of kind `{kind.name}` needs `{key}`")
            continue
        if shape == "contacts" and isinstance(table := keys.node(key), Table):
            parts[key] = _contacts(keys.inner(table, f"`{key}`", table), clauses)
            continue
        if shape == "words" or known is not None:
            words = keys.words(key, known)
            parts[key] = words if shape == "words" else " ".join(words)
            continue
        text = parts[key] = keys.text(key, required=True)
        if shape == "calendar":
            calendars = clauses.checker.names.calendars
            if text and text not in calendars:
                keys.problem(key, "CR103", f"there is no calendar `{text}` in this file", meant(text, calendars))
        elif text and shape == "condition" and key != "when":
            clauses.expression(text, place, values)
        elif text and shape == "collection":
            clauses.expression(f"any({text})", place, values)
        elif text and shape == "entries":
            read_expression(f"any({text})", place, keys.problems)
        elif text:
            read_expression(text, place, keys.problems)
    return parts


def _of_group(
    parts: dict[str, str | tuple[str, ...]], kind: RuleKind, group: Group | None
) -> dict[str, str | tuple[str, ...]]:
    """What the fields of a rule hold, with the condition of its group among them."""
    key = next((key for key in ("when", "also_when") if key in kind.fields), None)
    if group is None or not group.condition or key is None:
        return parts
    both = (parse(text) for text in (group.condition, str(parts.get(key, ""))) if text)
    joined = chain.from_iterable(each.parts if isinstance(each, Conjunction) else (each,) for each in both)
    return {**parts, key: unparse(Conjunction(tuple(joined)))}


def _contacts(keys: Keys, clauses: ClauseReader) -> tuple[str, ...]:
    """Facts of a contact, and definitions with `yes` or `no`, as conditions with `{of}` where the contact belongs."""
    definitions = clauses.checker.names.definitions
    conditions = []
    fields = catalogue().fields(CONTACT)
    for name in keys.table:
        if name not in fields and name not in definitions:
            message = f"`{name}` is no fact of a contact and no definition of this file"
            keys.problems.add(keys.table.place_of(name), "CR101", message, meant(name, (*fields, *definitions)))
        elif name not in fields:
            conditions.append(f"{name}({{of}})" if keys.truth(name) else f"not {name}({{of}})")
        elif fields[name].type == "bool":
            conditions.append(f"{{of}}.{name} == {str(keys.truth(name)).lower()}")
        else:
            conditions.append(f"{{of}}.{name} in [{', '.join(keys.words(name))}]")
    if not keys.table.entries:
        keys.problems.add(
            keys.table.place, "CR100", f"{keys.what} names no fact", "{channel: phone, direction: outbound}"
        )
    return tuple(conditions)


def _breach_place(keys: Keys, kind: RuleKind) -> Place:
    """Where a reader looks for what the breach says."""
    for key in ("when", *kind.fields):
        if keys.node(key) is not None:
            return keys.place(key)
    return keys.table.place


def _examples(keys: Keys) -> tuple[Example, ...]:
    """The cases written beside a rule."""
    examples = []
    for table in keys.items_of("examples"):
        inner = keys.inner(table, "an example", EXAMPLE_KEYS)
        expect = inner.text("expect", required=True)
        if expect not in get_args(Decision):
            inner.problem("expect", "CR103", f"`{expect}` is no decision", "allow, deny or review")
        mapping = {key: plain(node) for key, node in table.entries.items() if key in CASE_KEYS}
        story = inner.text("story", required=True)
        examples.append(Example(story, expect, json.dumps(mapping), table.place))  # type: ignore[arg-type]
    return tuple(examples)


def _check_sides(rule: Rule, keys: Keys) -> None:
    """At least two examples, one on each side of the line; a permission has only one side."""
    sides = {example.expect for example in rule.examples}
    if rule.kind == "permission":
        if not rule.examples:
            keys.problems.add(rule.place, "CR111", f"the rule `{rule.id}` has no example")
    elif "allow" not in sides or sides == {"allow"}:
        absent = "that it allows" if "allow" not in sides else "that it breaks"
        message = f"the rule `{rule.id}` has no example {absent}"
        keys.problems.add(rule.place, "CR111", message, "write one on each side of the line")


def _check_first_day(rule: Rule, keys: Keys) -> None:
    """A dated value must say what it is on the first day of its rule; what it was before, nobody asks."""
    table = keys.table_of("values")
    for edge, dated in rule.values.items():
        name = edge if table is None or edge in table else edge.rpartition("_")[0]
        if table is not None and dated.days[0] > rule.since > 0:
            first = iso_day(rule.since)
            message = f"`{name}` has no value on {first}, the first day of the rule"
            help_ = f"add `{first}: ...`, or begin the rule later with `since:`"
            keys.problems.add(table.place_of(name), "CR120", message, help_)
