"""Conditions of a policy: a few keys, each one figure or word of the standing of an account. No language of its own.

`{days_past_due: '>= 30, < 60', amount: {EUR: '>= 500.00'}, disputed: no, worth: [key, ordinary]}`: all must hold; of a
list of such tables one must. A figure that is not known makes a condition unknown, never false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.case import terms
from collectrules.ground.errors import meant
from collectrules.ground.nodes import Listing, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.ground.nodes import Node
    from collectrules.law.keys import Problems

ANY: Final = "any"
"""In place of a currency: whatever the currency of the account is."""

Sort = Literal["number", "money", "truth", "word"]


class Figure(Struct, frozen=True):
    """One figure or word of an account that a policy may ask for."""

    title: str
    sort: Sort
    words: tuple[str, ...] = ()
    """Of a word which there are; empty: any."""


FIGURES: Final[Mapping[str, Figure]] = {
    "days_past_due": Figure("days past due of the oldest open invoice", "number"),
    "amount": Figure("what is open, without interest and costs", "money"),
    "open_invoices": Figure("open invoices", "number"),
    "promises_kept": Figure("promises kept", "number"),
    "promises_broken": Figure("promises broken", "number"),
    "plans_broken": Figure("payment plans broken", "number"),
    "paid_on_time": Figure("invoices paid on time", "number"),
    "paid_late": Figure("invoices paid late", "number"),
    "over_60_days": Figure("invoices paid or open more than 60 days late", "number"),
    "average_days_late": Figure("days late on average of the paid invoices", "number"),
    "customer_days": Figure("days since they became a customer", "number"),
    "calls": Figure("calls since the oldest open invoice fell due", "number"),
    "conversations": Figure("talks since the oldest open invoice fell due", "number"),
    "missing_documents": Figure("documents that the record does not hold", "number"),
    "disputed": Figure("disputed", "truth"),
    "hardship": Figure("hardship", "truth"),
    "promise": Figure("a promise that is pending", "truth"),
    "plan": Figure("a payment plan that runs", "truth"),
    "over_limit": Figure("over the credit limit", "truth"),
    "on_hold": Figure("credit on hold", "truth"),
    "contact_person": Figure("a contact person is known", "truth"),
    "reachable_by_phone": Figure("a telephone number is known", "truth"),
    "reachable_by_email": Figure("an e-mail address is known", "truth"),
    "insolvent": Figure("insolvency is recorded", "truth"),
    "validated": Figure("a validation notice was sent", "truth"),
    "worth": Figure("worth of the customer", "word", ("key", "ordinary", "low")),
    "debt_kind": Figure("kind of the debts", "word", terms.DEBT_KIND.words or ()),
    "debtor_kind": Figure("kind of the debtor", "word", terms.PERSON_KIND.words or ()),
    "role": Figure("role of the collector", "word", terms.ROLE.words or ()),
    "place": Figure("place of the account, or one above it", "word"),
    "currency": Figure("currency of the account", "word"),
}
"""Every figure, in the order of the manual."""

_TEXT: Final = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(-?\d+(?:\.\d{2})?)\s*")
_COMPARE: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    ">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt,
}  # fmt: skip
_IN_WORDS: Final[Mapping[str, str]] = {
    ">=": "at least ", "<=": "at most ", "==": "", "!=": "other than ", ">": "more than ", "<": "less than ",
}  # fmt: skip
_TRUTHS: Final = {"yes": True, "no": False}


class Comparison(Struct, frozen=True):
    """`>= 30`."""

    operator: str
    value: Decimal

    def holds(self, figure: Decimal) -> bool:
        """Is it so?"""
        return _COMPARE[self.operator](figure, self.value)

    def told(self, value: str) -> str:
        """In words, with the value as it is written: `at least 30`."""
        return f"{_IN_WORDS[self.operator]}{value}"


class Question(Struct, frozen=True):
    """What one key asks. `by_currency` has comparisons of an amount, `words` the words of which one must be it."""

    figure: str
    text: str
    comparisons: tuple[Comparison, ...] = ()
    by_currency: Mapping[str, tuple[Comparison, ...]] = {}
    truth: bool | None = None
    words: tuple[str, ...] = ()


class Condition(Struct, frozen=True):
    """One of these must hold, and of it every question."""

    alternatives: tuple[tuple[Question, ...], ...]


Values = Mapping[str, object]
"""The figures of an account by name; a figure that is not known is None. An amount is (amount, currency)."""


class Told(Struct, frozen=True):
    """What a condition comes to, and the sentence that says why."""

    truth: bool | None
    sentence: str
    figure: str = ""
    """Where it is unknown: the figure to find out."""


def read_condition(node: Node, what: str, problems: Problems) -> Condition:
    """Read a table of figures, or a list of such tables. What is wrong is added to the problems."""
    if isinstance(node, Listing):
        tables = [item for item in node.items if isinstance(item, Table)]
        for item in node.items:
            if not isinstance(item, Table):
                problems.add(item.place, "CR102", f"each item of {what} has keys, as `days_past_due: '>= 30'`")
    elif isinstance(node, Table):
        tables = [node]
    else:
        problems.add(node.place, "CR102", f"{what} has keys, as `days_past_due: '>= 30'`")
        tables = []
    return Condition(tuple(tuple(_questions(table, problems)) for table in tables))


def _questions(table: Table, problems: Problems) -> Iterator[Question]:
    for key, node in table.entries.items():
        figure = FIGURES.get(key)
        if figure is None:
            help_ = meant(key, FIGURES) or f"known here: {', '.join(FIGURES)}"
            problems.add(table.place_of(key), "CR171", f"a policy knows no figure `{key}`", help_)
            continue
        yield _question(key, figure, node, problems)


def _question(key: str, figure: Figure, node: Node, problems: Problems) -> Question:
    if figure.sort == "number" and isinstance(node, Scalar):
        comparisons = _comparisons(node, f"`{key}`", "'>= 30'", problems, whole=True)
        return Question(key, node.text, comparisons=comparisons)
    if figure.sort == "money" and isinstance(node, Table):
        by_currency = {}
        for currency, entry in node.entries.items():
            if currency != ANY and not re.fullmatch("[A-Z]{3}", currency):
                help_ = "write its code, as EUR, or `any`"
                problems.add(node.place_of(currency), "CR103", f"`{currency}` is no currency", help_)
            if isinstance(entry, Scalar):
                by_currency[currency] = _comparisons(entry, f"`{key}`", "'>= 500.00'", problems, whole=False)
            else:
                problems.add(entry.place, "CR171", f"`{key}` in {currency} is a comparison", "write '>= 500.00'")
        return Question(key, "", by_currency=by_currency)
    if figure.sort == "truth" and isinstance(node, Scalar) and node.text in _TRUTHS:
        return Question(key, node.text, truth=_TRUTHS[node.text])
    words = node.items if isinstance(node, Listing) else (node,)
    if figure.sort == "word" and all(isinstance(word, Scalar) for word in words):
        texts = tuple(word.text for word in words if isinstance(word, Scalar))
        for word in words:
            if figure.words and isinstance(word, Scalar) and word.text not in figure.words:
                help_ = meant(word.text, figure.words) or f"it can be {', '.join(figure.words)}"
                problems.add(word.place, "CR171", f"`{key}` cannot be `{word.text}`", help_)
        return Question(key, ", ".join(texts), words=texts)
    help_ = {
        "number": "write a comparison in quotes: '>= 30', or two: '>= 30, < 60'",
        "money": "write a comparison for each currency: {EUR: '>= 500.00'}, or {any: '>= 500.00'}",
        "truth": "write yes or no",
        "word": f"it can be {', '.join(figure.words)}" if figure.words else "write a word or a list of words",
    }[figure.sort]
    problems.add(node.place, "CR171", f"`{key}` cannot be read", help_)
    return Question(key, "", truth=True) if figure.sort == "truth" else Question(key, "")


def _comparisons(node: Scalar, what: str, shown: str, problems: Problems, *, whole: bool) -> tuple[Comparison, ...]:
    made = []
    for part in node.text.split(","):
        found = _TEXT.fullmatch(part)
        if found is None or (("." in found[2]) == whole):
            problems.add(node.place, "CR171", f"{what} cannot be `{part.strip()}`", f"write {shown}")
            continue
        made.append(Comparison(found[1], Decimal(found[2])))
    return tuple(made)


def asked(condition: Condition | None, values: Values) -> Told:
    """What a condition comes to. No condition holds."""
    if condition is None:
        return Told(truth=True, sentence="")
    told = [_all_of(alternative, values) for alternative in condition.alternatives]
    for truth in (True, None, False):
        found = next((each for each in told if each.truth is truth), None)
        if found is not None:
            return found
    return Told(truth=True, sentence="")


def _all_of(questions: tuple[Question, ...], values: Values) -> Told:
    told = [_asked(question, values) for question in questions]
    for truth in (False, None):
        found = next((each for each in told if each.truth is truth), None)
        if found is not None:
            return found
    return Told(truth=True, sentence=", ".join(each.sentence for each in told))


def _asked(question: Question, values: Values) -> Told:
    name, value = question.figure, values.get(question.figure)
    title = FIGURES[name].title
    if value is None:
        return Told(None, f"{title}: not known", name)
    if isinstance(value, tuple):
        return _amount(question, title, *value)
    if question.comparisons:
        figure = Decimal(value)  # type: ignore[arg-type]  # a whole number
        truth = all(each.holds(figure) for each in question.comparisons)
        text = " and ".join(each.told(str(each.value)) for each in question.comparisons)
        return Told(truth, f"{title}: {value}, {_wanted(text, truth=truth)}")
    if question.truth is not None:
        truth = value is question.truth
        return Told(truth, f"{title}: {'yes' if value else 'no'}")
    those = value if isinstance(value, frozenset) else {value}
    truth = not those.isdisjoint(question.words)
    said = ", ".join(sorted(str(each) for each in those))
    return Told(truth, f"{title}: {said}, {_wanted(question.text, truth=truth)}")


def _amount(question: Question, title: str, amount: Decimal, currency: str) -> Told:
    comparisons = question.by_currency.get(currency, question.by_currency.get(ANY))
    if comparisons is None:
        return Told(None, f"{title}: {currency} {amount:,.2f}, and the policy has no figure in {currency}", "amount")
    truth = all(each.holds(amount) for each in comparisons)
    text = " and ".join(each.told(f"{each.value:,.2f}") for each in comparisons)
    return Told(truth, f"{title}: {currency} {amount:,.2f}, {_wanted(text, truth=truth)}")


def _wanted(text: str, *, truth: bool) -> str:
    return f"which is {text}" if truth else f"not {text}"
