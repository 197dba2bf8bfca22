"""Expressions in English: what is said of each, and that no two of different meaning are said alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from collectrules.expressions import outline
from collectrules.expressions.meanings import OF_CONTACT, scope_of
from collectrules.expressions.phrases import Phrases
from collectrules.expressions.syntax import (
    Call,
    Comparison,
    Conjunction,
    Definition,
    Disjunction,
    Expression,
    Literal,
    Name,
    Negation,
    Query,
    Stated,
    Subject,
    parse,
)
from collectrules.expressions.uses import definitions_in
from collectrules.ground.dated import Dated

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFINITIONS = {
    "consumer_debt": Definition("consumer_debt", "some debt is a consumer's", parse("any(debts of action)")),
    "reached": Definition(
        "reached", "somebody was reached", parse("outcome == conversation"), (Subject("this", "contact"),)
    ),
}
VALUES = {"days": Dated((730_000, 738_000), (Literal("int", 7), Literal("int", 10)), ("7", "10"))}
ENGLISH = Phrases(DEFINITIONS, VALUES)


SAID = """
debtor.minor
    the debtor is a minor
not debtor.minor
    the debtor is of age
debtor.minor == true
    the debtor is a minor
debtor.minor == false
    the debtor is of age
debtor.minor is given
    it is given whether the debtor is a minor
debtor.attorney.unresponsive
    the debtor's attorney has not answered in reasonable time
action.channel == phone
    the action's channel is phone
action.to in [debtor, adult_child]
    the action's recipient is debtor or adult child
action.to not in [debtor, spouse, parent]
    the action's recipient is neither debtor, spouse nor parent
action.to not in [debtor]
    the action's recipient is not debtor
action.weekday in [sat, sun]
    the action's weekday is Saturday or Sunday
action.minute >= 480
    the action's clock time is at least 08:00
action.day < 2026-01-31
    the action's day is before 2026-01-31
action.content has any [states_debt, obscenity]
    the action's content includes that there is a debt or obscenity
action.place is absent
    the action's place is not given
if_given(action.place == work)
    the action's place, if given, is work
action.place is given or action.place == work
    the action's place is given or the action's place is work
if_given(action.day <= 2026-01-31) and debtor.minor
    the action's day, if given, is not after 2026-01-31 and the debtor is a minor
not if_given(action.place == work)
    not (the action's place, if given, is work)
surely(action.place in [work, home])
    the action's place is stated to be work or home
surely(action.place == work) or debtor.minor
    the action's place is stated to be work or the debtor is a minor
surely(action.content has obscenity)
    the action's content is given and the action's content includes obscenity
surely(action.marked_disputed == false)
    it is given that the action does not report the dispute
debtor.minor is absent or debtor.minor == false
    if that is given, the debtor is of age
any(consents as k where k.event is absent)
    there is a consent given before, called k, for which (k is no event)
any(opt_out as r where surely(r.words == stop_calling))
    there is an opt-out, called r, for which (r's words are stated to be stop calling)
any(contacts as c where surely(c.endpoint != action.endpoint))
    there is an earlier contact, called c, for which (c's number or address and the action's number or address are given
    and are not the same)
any(events as e where e.event in [opt_out, consent_revoked] and if_given(e.event != payment))
    there is an earlier event, called e, for which (e is an opt-out or a withdrawal of consent and e, if given, is not a
    payment)
debtor.minor is absent or debtor.minor
    if that is given, the debtor is a minor
latest(contacts as c where c.age == 0).outcome == busy
    the outcome of the latest contact, called c, for which (c lies on the day of the action) is busy
consumer_debt
    [some debt is a consumer's]
not consumer_debt
    not [some debt is a consumer's]
reached(action)
    [somebody was reached]
any(contacts as c where reached(c) and reached(action))
    there is an earlier contact, called c, for which (c: [somebody was reached] and the action: [somebody was
    reached])
any(contacts where reached and age == 0)
    there is an earlier contact for which (it: [somebody was reached] and it lies on the day of the action)
no(opt_out)
    there is no opt-out
count(contacts as c where c.age < $days) >= 3
    there are at least 3 earlier contacts, each called c, for which (c lies less than 10 days back)
count(opt_out) >= 1
    there is at least 1 opt-out
any(debts of action as b where any(dispute_received as d where d.debts has b.id))
    there is a debt of the action, called b, for which (there is a dispute received, called d, for which (d's debts
    include b))
days_between(latest(payment where signed).day, action.day) > 30
    the number of days from (the day of the latest payment for which (it is signed)) to the action's day is more
    than 30
outside_hours(action, 08:00, 21:00)
    the action lies outside 08:00 to 21:00 where the debtor is
not electronic(action.channel)
    the action's channel is not electronic
endpoint_of(action).given_directly
    the number or address that the action uses was given to this collector by the debtor
presumed("the number is in order")
    it may be presumed that the number is in order
"""


def said() -> list[tuple[str, str]]:
    """Each expression of `SAID` with what is said of it, which stands below it, further in."""
    pairs: list[tuple[str, str]] = []
    for line in SAID.strip().splitlines():
        if line.startswith(" "):
            text, sentence = pairs.pop()
            pairs.append((text, f"{sentence} {line.strip()}".strip()))
        else:
            pairs.append((line, ""))
    return pairs


@pytest.mark.parametrize(("text", "sentence"), said())
def test_what_is_said(text: str, sentence: str) -> None:
    assert ENGLISH.sentence(parse(text)) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("channel == phone", "its channel is phone"),
        ("reached(this)", "[somebody was reached]"),
        ("reached(action)", "the action: [somebody was reached]"),
        (
            "no(contacts as c where c after this and c.to == to)",
            "there is no earlier contact, called c, for which (c comes after this contact and c's recipient is to)",
        ),
    ],
)
def test_a_definition_of_a_contact_speaks_of_it(text: str, sentence: str) -> None:
    assert ENGLISH.sentence(parse(text), OF_CONTACT) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("k.consent.until >= action.day", "k's consent's last day is not before the action's day"),
        ("k.consent.calls", "k's consent allows calls"),
    ],
)
def test_a_definition_of_a_consent_speaks_of_whatever_bears_it(text: str, sentence: str) -> None:
    scope = scope_of(Definition("lasts", "it lasts", parse(text), (Subject("k", "consent"),)))
    assert ENGLISH.sentence(parse(text), scope) == sentence


def test_an_outline_shows_by_indents_what_belongs_together() -> None:
    text = (
        "action.channel == phone and any(debts of action as b where b.kind == consumer and not (b.paid or b.settled))"
        " and (action.to == debtor or action.to == spouse)"
    )
    assert ENGLISH.outline(parse(text), 64, lead="if") == [
        "if all of these hold:",
        "- the action's channel is phone",
        "- there is a debt of the action, called b, for which all of",
        "  these hold:",
        "  - b's kind is consumer",
        "  - not (b is paid or b is settled)",
        "- at least one of these holds:",
        "  - the action's recipient is debtor",
        "  - the action's recipient is spouse",
    ]


def test_definitions_are_named_once_in_the_order_of_reading() -> None:
    known = {**DEFINITIONS, "both": Definition("both", "both", parse("reached(action) and consumer_debt"))}
    assert list(definitions_in(parse("both and reached(action)"), known)) == ["both", "reached", "consumer_debt"]
    assert list(definitions_in(parse("action.channel == reached"), known)) == []


# ---- no two are said alike -----------------------------------------------------------------------------------------

ALIASES = st.sampled_from(["c", "k"])
FIELDS = st.sampled_from(
    [("kind",), ("channel",), ("action", "kind"), ("c", "kind"), ("k", "channel"), ("action", "to")]
)
ATOMS = st.one_of(
    st.builds(
        lambda field, word: Comparison("==", Name(field), Name((word,))), FIELDS, st.sampled_from(["phone", "contact"])
    ),
    st.builds(lambda field: Comparison("in", Name(field), parse("a in [phone, letter]").right), FIELDS),  # type: ignore[union-attr]
    st.sampled_from([parse("consumer_debt"), parse("reached(action)"), parse("reached(c)"), parse("debtor.minor")]),
    st.sampled_from([parse(f"{how}(c.to {so} spouse)") for how in ("surely", "if_given") for so in ("==", "!=")]),
    st.sampled_from([parse(f"c.to {so}") for so in ("is given", "is absent", "== spouse", "!= spouse")]),
)


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Conjunction, some),
        st.builds(Disjunction, some),
        st.builds(Negation, inner),
        st.builds(
            lambda kind, collection, alias, where: Query(kind, collection, None, alias, where, None),
            st.sampled_from(["any", "no"]),
            st.sampled_from(["contacts", "events"]),
            st.none() | ALIASES,
            inner,
        ),
    )


EXPRESSIONS = st.recursive(ATOMS, grown, max_leaves=7)


def neighbours(expression: Any) -> Iterator[Expression]:
    """Expressions that differ from one in a scope, an alias or a bracket, at its root."""
    match expression:
        case Conjunction((first, *rest)) | Disjunction((first, *rest)):
            other = Disjunction if isinstance(expression, Conjunction) else Conjunction
            yield (
                type(expression)((type(expression)((first, *rest[:-1])), rest[-1]))
                if len(rest) > 1
                else other((first, *rest))
            )
            for part in rest:
                if isinstance(part, Disjunction | Conjunction) and type(part) is not type(expression):
                    # a and (b or c): (a and b) or c
                    yield type(part)((type(expression)((first, part.parts[0])), *part.parts[1:]))
            for number, (part, after) in enumerate(zip(expression.parts, rest, strict=False)):
                taken_in = _with(part, after)  # (a or b) and c: (a or b or c); any(... a) and b: any(... a and b)
                if taken_in is not None:
                    parts = (*expression.parts[:number], taken_in, *expression.parts[number + 2 :])
                    yield type(expression)(parts) if len(parts) > 1 else parts[0]
            if isinstance(first, Negation):
                yield Negation(type(expression)((first.part, *rest)))
            if isinstance(first, Query) and first.where is not None:
                yield replace(first, where=type(expression)((first.where, *rest)))
            if isinstance(first, Stated):
                yield type(expression)((replace(first, given=not first.given), *rest))
        case Negation(Conjunction((first, *rest))):
            yield Conjunction((Negation(first), *rest))
        case Query(where=where):
            yield replace(expression, alias="m" if expression.alias is None else None)
            yield replace(expression, alias="k" if expression.alias == "c" else "c")
            yield replace(expression, kind="no" if expression.kind == "any" else "any")
            if isinstance(where, Conjunction):
                yield Conjunction((replace(expression, where=where.parts[0]), *where.parts[1:]))
            if isinstance(where, Query):
                yield replace(where, where=replace(expression, where=where.where))
        case Comparison(_, Name(("kind" | "channel" as field,)), right):
            yield replace(expression, left=Name(("c", field)), right=right)
            yield replace(expression, left=Name(("action", field)), right=right)
        case Call(function, _):
            yield Call(function, (Name(("k",)),))


def _with(part: Any, more: Any) -> Expression | None:
    match part:
        case Conjunction(parts) | Disjunction(parts):
            return type(part)((*parts, more))
        case Query(where=Conjunction((*parts,))):
            return replace(part, where=Conjunction((*parts, more)))
    return None


def everywhere(expression: Any) -> Iterator[Expression]:
    """The neighbours of an expression and of each of its parts, each in its place."""
    yield from neighbours(expression)
    match expression:
        case Conjunction(parts) | Disjunction(parts):
            for number, part in enumerate(parts):
                for other in everywhere(part):
                    yield type(expression)((*parts[:number], other, *parts[number + 1 :]))
        case Negation(part):
            for other in everywhere(part):
                yield Negation(other)
        case Query(where=where) if where is not None:
            for other in everywhere(where):
                yield replace(expression, where=other)


def same(first: Expression, second: Expression) -> bool:
    """Are they one expression, wherever each stands in its text?"""
    return bool(first == second)


@given(EXPRESSIONS, st.sampled_from([30, 68]))
@settings(max_examples=300)
def test_a_scope_an_alias_or_a_bracket_makes_another_sentence(expression: Expression, width: int) -> None:
    sentence = ENGLISH.sentence(expression)
    outline = "\n".join(ENGLISH.outline(expression, width))
    for other in everywhere(expression):
        if not same(expression, other):
            assert ENGLISH.sentence(other) != sentence
            assert "\n".join(ENGLISH.outline(other, width)) != outline


@given(EXPRESSIONS)
def test_lines_keep_to_their_width(expression: Expression) -> None:
    for line in ENGLISH.outline(expression, 68):
        assert len(line) <= 68 or len(line.split()) <= 4 or line.startswith(" " * (68 - outline._NARROW))  # noqa: SLF001


def test_the_fault_that_began_it_two_laws_were_one_sentence() -> None:
    inside = parse("any(contacts where channel == phone and debtor.minor) and consumer_debt")
    outside = parse("any(contacts where channel == phone) and debtor.minor and consumer_debt")
    assert ENGLISH.sentence(inside) != ENGLISH.sentence(outside)
