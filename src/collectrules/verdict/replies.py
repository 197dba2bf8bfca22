"""Questions as a form has them, and a case with a reply to one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from collectrules.verdict.counterfactuals import field_named, with_fact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from collectrules.case.objects import Case
    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.verdict.objects import ExploredVerdict, Question

Takes = Literal["yes or no", "a word", "words", "a number", "a date", "an amount", "text", "entries"]

_TAKES: Final[dict[str, Takes]] = {
    "bool": "yes or no",
    "word": "a word",
    "list": "words",
    "int": "a number",
    "date": "a date",
    "money": "an amount",
}

WRITTEN: Final[Mapping[Takes, str]] = {
    "an amount": "an amount with its currency, as 1840.00 USD",
    "a date": "a date, as 2026-04-20",
    "words": "words, with commas between them",
}
"""How replies are written, where their name does not say it."""
_WITH_CURRENCY: Final = re.compile(r"([0-9]+\.[0-9]{2}) ?([A-Za-z]{3})")
_CURRENCY: Final = "currency"


class FormQuestion(Struct, frozen=True):
    """A question as a form puts it. `takes` says what a reply is; `entries` are written into the case by hand."""

    name: str
    question: str
    group: str
    facts: tuple[str, ...]
    takes: Takes
    words: tuple[str, ...]
    yes: str
    no: str
    rules: tuple[str, ...]
    """Who asks."""


def form(verdict: ExploredVerdict, words: Catalogue) -> tuple[FormQuestion, ...]:
    """The questions of a verdict for a form, in their order."""
    rules = {fact.fact: fact.rules for fact in verdict.unknown}
    stated = {fact.fact for fact in verdict.assumed if fact.reason}  # computed: else it is absent, and taken somehow
    return tuple([_form_question(each, rules, words, stated) for each in verdict.questions])


def _form_question(
    question: Question, rules: dict[str, tuple[str, ...]], words: Catalogue, stated: Collection[str]
) -> FormQuestion:
    takes, choices = ("yes or no", ()) if question.group else _reply_to(question.facts[0], words)
    if question.facts[0] in stated:
        takes, choices = "entries", ()  # the case states it already, and contradicts itself
    asking = dict.fromkeys(rule for fact in question.facts for rule in rules.get(fact, ()))
    return FormQuestion(
        question.name,
        question.question,
        question.group,
        question.facts,
        takes,
        choices,
        question.yes,
        question.no,
        tuple(asking),
    )


def question_of_fact(fact: str, question: str, words: Catalogue) -> FormQuestion:
    """The question about one fact, named as a verdict names it, for a form; nobody says what a reply would do."""
    return FormQuestion(fact, question, "", (fact,), *_reply_to(fact, words), "", "", ())


def _reply_to(fact: str, words: Catalogue) -> tuple[Takes, tuple[str, ...]]:
    """What a reply about a fact is, and the words of which it is one; none: it is no word of a list."""
    field = field_named(fact, words)
    if field is None:
        return "entries", ()
    return _takes(field), () if field.words is None else tuple(sorted(field.words))


def _takes(field: Field) -> Takes:
    if field.type == "list":
        return "words" if field.words is not None or field.items in ("word", "text") else "entries"
    return "entries" if field.type in ("object", "map") else _TAKES.get(field.type, "text")


def with_reply(
    case: Case, question: FormQuestion, reply: str, words: Catalogue, read: Callable[[dict[str, Any]], Case]
) -> Case:
    """The case with a reply: to a group yes or no, to a fact its value as a case file has it.

    `read` makes a case of a mapping. Raises InvalidInput for a reply that does not fit.
    """
    if question.group:
        kept = {**(case.records or {}), question.group: "whole" if _is_yes(reply) else "partial"}
        return case.but(records=kept)
    fact = question.facts[0]
    field = field_named(fact, words)
    assert field is not None
    value: Any = reply
    if question.takes == "an amount" and (amount := _WITH_CURRENCY.fullmatch(reply.strip())):
        value = amount[1]
        case = with_fact(case, f"{fact.rpartition('.')[0]}.{_CURRENCY}", _CURRENCY, amount[2].upper())
    elif question.takes == "yes or no":
        value = _is_yes(reply)
    elif question.takes == "words":
        value = tuple(word.strip() for word in reply.split(",") if word.strip())
    elif question.takes == "a number" and reply.isdecimal():
        value = int(reply)
    return read(_mapping(with_fact(case, fact, field.attribute, value)))


def _mapping(case: Case) -> dict[str, Any]:
    return dict(case.to_mapping())


def _is_yes(reply: str) -> bool:
    return reply.strip().lower() in ("y", "yes", "true")
