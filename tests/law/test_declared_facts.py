"""The facts of the shipped law: each that is declared is read, and which words of every case no rule reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from collectrules.case.vocabulary import catalogue
from collectrules.expressions.checked import FieldValue, InnerObject, StatedField, TheAction, Use, Variable, inside
from collectrules.law.rulebook import Rulebook
from collectrules.law.values import newest_values
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.expressions.checked import Node, Owner
    from collectrules.expressions.checking import Checker
    from collectrules.expressions.syntax import Expression
    from collectrules.law.model import Ruleset, Values

UNREAD: Final = {
    "action.at": "places the action",
    "action.at_tz": "places the action",
    "action.intended_debts": "told for a person: what counts is what is talked about",
    "action.queued_at": "told for a person: what counts is when it goes out",
    "action.received_at": "told for a person: what counts is when it goes out",
    "action.collector_believes_time_barred": "told for a person: what counts is whether it is",
    "action.account_of": "no rule yet: paying into an agency's account",
    "action.reminder_number": "no rule yet: fees for reminders",
    "action.prior_collector_itemization_date": "no rule yet: 12 CFR 1006.34(b)(3)",
    "action.translation_source": "no rule yet: 12 CFR 1006.34(e)",
    "action.court": "told for a person: rules read `court_id`",
    "action.court_answer": "computed, and asked for by the topic of small claims",
    "debt.time_to_sue": "computed, and asked for by the topic of limitation",
    "contact.at": "places the contact",
    "contact.times": "counts it, by every query",
    "contact.required_by": "no rule yet: asked of the action only",
    "contact.ended": "told for a person",
    "contact.intended_debts": "told for a person: what counts is what was talked about",
    "contact.agent": "for the report of a replay: who made it",
    "contact.campaign": "for the report of a replay: of what it was a part",
    "contact.raised_by": "no rule yet: who spoke of a debt",
    "event.at": "places the event",
    "event.amount": "no rule yet: what was paid",
    "event.currency": "with `amount`",
    "event.certified": "no rule yet: certified mail",
    "event.combined": "no rule yet: a notice within a longer message",
    "event.asks_to_be_sued": "no rule yet: the debtor wants a judgment",
    "event.free_of_charge": "no rule yet: reminders that cost the debtor nothing",
    "event.thirty_day_warning": "no rule yet: default thirty days after an invoice",
    "debt.amount": "the claim, for questions about courts and interest",
    "debt.currency": "with `amount`",
    "debt.costs": "payments may go to them before interest, by `settles_first:` of an answer",
    "debt.attorney_fees": "counts toward the limit of a court, by `counts:` of an answer",
    "debt.contract": "no rule yet: periods for contracts in writing",
    "debt.agreed_days": "no rule yet: agreed payment terms",
    "debt.account_number": "told for a person; stands for `account_number_when_obtained`",
    **dict.fromkeys(
        (
            *(
                "debt.invoiced",
                "debt.paid_before",
                "debt.issued",
                "debt.terms_days",
                "debt.order_number",
                "debt.documents",
            ),
            *("debtor.contact_person", "debtor.customer_since", "debtor.worth"),
            *("debtor.credit_limit", "debtor.credit_currency"),
            *("event.promised_for", "event.instalments", "event.every_days", "event.stage", "event.step"),
        ),
        "for the collections policy of a company, its letters and its aging",
    ),
}
"""Facts that no expression of a rule or answer reads, with their use."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    plugins = load_plugins()
    return Rulebook(plugins.ruleset_folders, plugins.language)


def _objects(owner: Owner) -> tuple[str, ...]:
    """The objects of a case that something read may belong to."""
    if isinstance(owner, TheAction):
        return ("action",)
    is_this = isinstance(owner, Variable) and owner.is_this
    unions = {"contact": ("contact",), "entry": ("contact", "event")}
    return (*unions.get(owner.object_type, (owner.object_type,)), *(("action",) if is_this else ()))


def _expressions(ruleset: Ruleset) -> Iterator[tuple[Expression, Values]]:
    """Every expression of the rules, reports and answers, with the values that it may use."""
    for rule in ruleset.rules:
        yield rule.breach, rule.values
        for clause in (*rule.exceptions, *rule.reviews, *rule.factors):
            yield clause.condition, rule.values
    for notice in (*ruleset.obligations, *ruleset.reports):
        yield notice.expression, notice.values
        if notice.condition is not None:
            yield notice.condition, notice.values
    for clause in (*([] if ruleset.binds is None else [ruleset.binds]), *ruleset.binds_unless):
        yield clause.condition, {}
    for block in ruleset.answers:
        for term in block.terms.values():
            yield term, block.values
        if block.when is not None:
            yield block.when, block.values


def _read(ruleset: Ruleset, book: Rulebook) -> set[tuple[str, str]]:
    """Every fact that a ruleset reads, with the object that it is of."""
    checker: Checker = book.evaluator(ruleset, 740_000).checker
    found: set[tuple[str, str]] = set()
    asked: set[str] = set()
    nodes: list[Node] = [
        checker.checked(checker.with_values(expression, newest_values({**ruleset.values, **values}))).term
        for expression, values in _expressions(ruleset)
    ]
    while nodes:
        node = nodes.pop()
        if isinstance(node, FieldValue | StatedField | InnerObject):
            found |= {(owner, node.field.name) for owner in _objects(node.owner)}
        if isinstance(node, Use) and node.definition not in asked:
            asked.add(node.definition)
            nodes.append(checker.definition(node.definition).term)
        nodes.extend(inside(node))
    return found


def test_every_fact_that_a_law_declares_is_read_there(book: Rulebook) -> None:
    """By the ruleset that declares it; what a library declares, by one of those who use it."""
    unread = {(fact.declared_by, owner, fact.name) for fact in book.facts() for owner in fact.of}
    for ruleset in book.rulesets():
        read = _read(ruleset, book)
        declared = {(fact.declared_by, owner, fact.name) for fact in ruleset.facts for owner in fact.of}
        unread -= {each for each in declared if each[1:] in read}
    assert not unread


@pytest.mark.parametrize("owner", ["action", "contact", "event", "debt"])
def test_the_words_of_every_case_that_no_rule_reads_are_known(book: Rulebook, owner: str) -> None:
    read = set().union(*(_read(ruleset, book) for ruleset in book.rulesets()))
    unread = {f"{owner}.{name}" for name in catalogue().own_fields(owner) if (owner, name) not in read}
    assert unread <= set(UNREAD)
    assert {name.partition(".")[2] for name in UNREAD if name.startswith(f"{owner}.")} <= set(
        catalogue().own_fields(owner)
    )


def test_laws_of_every_place_agree(book: Rulebook) -> None:
    for ruleset in book.rulesets():
        book.catalogue(ruleset.jurisdiction)
