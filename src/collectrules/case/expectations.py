"""What a test of the law expects of a case: the decision, or the answer to its question, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case import terms
from collectrules.case.declaring import Facts, declared, fact
from collectrules.case.keys_together import AtLeastOne, Needs
from collectrules.case.several import Several

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from collectrules.case.texts import NoFigure


@declared("value", "the figures")
class Value(Facts):
    """Figures of an answer."""

    annual_rate: Decimal | NoFigure | None = fact(terms.RATE, "per cent a year; null: no figure may be given")
    interest: Decimal | None = fact(terms.MONEY, "interest")
    interest_paid: Decimal | None = fact(terms.MONEY, "of the interest what payments settled")
    principal: Decimal | None = fact(terms.MONEY, "principal that is open after the payments")
    daily_interest: Decimal | None = fact(terms.MONEY, "interest of each further day")
    interest_days: int | None = fact(terms.NUMBER, "days of interest")
    interest_from: date | None = fact(terms.DATE, "first day of interest")
    fixed_compensation: Decimal | None = fact(terms.MONEY, "lump sum")
    total_added: Decimal | None = fact(terms.MONEY, "interest and lump sum")
    collection_costs: Decimal | None = fact(terms.MONEY, "collection costs")
    maximum_lump_sum: Decimal | None = fact(terms.MONEY, "highest lump sum")
    court_fee: Decimal | None = fact(terms.MONEY, "what the court asks for when the claim is filed")
    fixed_costs: Decimal | None = fact(terms.MONEY, "costs of a lawyer that are claimed with the claim")
    fixed_costs_of_judgment: Decimal | None = fact(terms.MONEY, "and with a judgment in default")
    agency_fee: Decimal | None = fact(terms.MONEY, "fee before expenses and tax")
    currency: str | None = fact(terms.CURRENCY, "currency of the amounts in `value`")
    last_day_to_pay: date | None = fact(terms.DATE, "last day to pay")
    covered: bool | None = fact(terms.TRUTH, "the act applies")
    extinguished: bool | None = fact(terms.TRUTH, "the debt has ceased to exist")
    licence_required: bool | None = fact(terms.TRUTH)
    licence_kind: str | None = fact(terms.LICENCE_KIND)


@declared(
    "expect",
    "the answer",
    [
        AtLeastOne(("decision", "route", "value", "last_day")),
        Needs("court_id", ("route",)),
        Needs("court", ("route",)),
        Needs("may_file_up_to", ("route",)),
        Needs("presumption", ("decision",)),
    ],
)
class Expect(Facts):
    """The right answer of a test."""

    decision: str | None = fact(terms.DECISION, "the answer for an action")
    route: str | None = fact(terms.ROUTE, "the answer to court_route")
    court_id: str | None = fact(terms.TEXT, "court or procedure, id of the court data")
    court: str | None = fact(terms.TEXT, "plain name of the court")
    value: Value | None = fact(
        Value.KEYS, "figures: the answer to the other questions, or figures that come with a decision"
    )
    basis: str | None = fact(terms.BASIS, "kind of ground")
    presumption: str | None = fact(terms.PRESUMPTION, "presumption before a factor is weighed")
    safe_harbor: bool | None = fact(terms.TRUTH, "inside the safe harbour for e-mail and text")
    count_after: int | None = fact(terms.NUMBER, "counted calls in the window, this one included")
    counted_before: int | None = fact(terms.NUMBER, "counted contacts in the window before this one")
    age_days: int | None = fact(terms.NUMBER, "age in days of the newest text, consent or check")
    earliest: date | tuple[date, ...] | None = fact(
        terms.DATE_OR_LIST, "first day on which the action is allowed; a list: each of these is right"
    )
    last_day: date | None = fact(terms.DATE, "last day to sue")
    restarted: bool | None = fact(
        terms.TRUTH, "a payment or writing in the history started the limitation period anew, before or after its end"
    )
    default_since: date | None = fact(terms.DATE, "first day of default")
    validation_period_ends: date | None = fact(terms.DATE, "last day of the validation period")
    is_limited_content_message: bool | None = fact(terms.TRUTH)
    is_communication: bool | None = fact(terms.TRUTH, "conveys information on a debt")
    is_attempt: bool | None = fact(terms.TRUTH, "attempt to communicate")
    may_file_up_to: Decimal | None = fact(
        terms.MONEY, "amount up to which this creditor may still use small claims (by waiving the rest)"
    )
    requires: str | None = fact(terms.REQUIRES, "what else is needed")
    reason: str | None = fact(terms.REASON, "short code of the ground (not compared)")
    rule_ids: tuple[str, ...] | None = fact(Several(terms.TEXT), "entries of the rule data that decide (not compared)")
    why: str | None = fact(terms.TEXT, "one line for a person (not compared)")
