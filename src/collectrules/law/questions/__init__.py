"""Questions without an act: which court, until when, how much interest. One file a way of answering.

A ruleset's `answers:` are blocks, each with a citation and dated values, each asked in turn, the narrowest
jurisdiction first. A block's kind adds what it knows to the reply. What no block can say stays open; nothing is
guessed: once a block leaves something open, no later block of its kind is asked, for it could only answer in the
stead of the first.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct, field

from collectrules.case.events import SETTLES
from collectrules.case.history import Event
from collectrules.ground.modules import defined_in
from collectrules.ground.money import written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from collectrules.case.objects import Ask, Case, Debt
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Calendar, Dated

Shape = Literal["word", "words", "term", "given", "value", "calendar"]
"""What a field of a block holds: a word, words, an expression with a value, words by name, or the name of a dated value
or of a calendar."""

YES_OR_NO: Final = ("yes", "no")
APART: Final = "debts: which one? something happened to some of the debts alone: they are asked one by one"
"""What is open where a day is asked for that need not be that of all debts."""


class Term(Struct, frozen=True):
    """An expression of a block, read from the case."""

    read: Callable[[int | None], Any]
    missing: Callable[[], tuple[str, ...]]
    """The facts to get where the value is unknown, each with its question."""

    def value(self, day: int | None = None) -> Any:
        """Its value with the history up to a day, else that of the question. None: unknown. NOTHING: there is none."""
        return self.read(day)


class Block(Struct, frozen=True):
    """One block as it is asked: its fields, its values and those of its file, and its terms."""

    title: str
    parts: Mapping[str, Any]
    values: Mapping[str, Dated[Constant]]
    terms: Mapping[str, Term]
    day: int
    """The day for which the question is asked, as a proleptic ordinal."""
    calendars: Mapping[str, Calendar] = {}
    """Those of its file and of the libraries that it uses."""

    def amount(self, name: str, day: int | None = None) -> Decimal | None:
        """A dated value on a day (that of the question where none is given).

        None where the law has none yet, where it is marked `unknown`, and where the block has no value of that name.
        """
        dated = self.values.get(name)
        when = self.day if day is None else day
        if dated is None or when < dated.days[0]:
            return None
        value = dated.on(when).value
        return None if value == "unknown" else Decimal(str(value))


class PaymentOrder(Struct, frozen=True):
    """To what a payment on a debt that bears interest goes."""

    parts: tuple[str, ...]
    """`costs`, `interest` and `principal`, in the order of the law."""
    day_counts: bool
    """Does what is paid bear interest on the day of its payment too?"""


class Reply(Struct):
    """What has been found so far: `values` by the names of case files, `steps` in English, `open` what is not known."""

    case: Case
    ask: Ask
    day: int
    values: dict[str, Any] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)
    """Facts that a case may state and this one does not, each with its question, of what is open."""
    payment_order: PaymentOrder | None = None
    """What the law says of payments; None where nothing of it was read."""

    def lacks_amount(self, debt: Debt) -> None:
        """The amount of a debt is not known: that is open, and asked."""
        fact, question = f"debts[{debt.id}].amount", "the principal without interest and costs?"
        self.open.append(f"{fact}: {question}")
        self.lacking[fact] = question

    def claimed(self) -> tuple[Decimal, str] | None:
        """The amount of the claim and its currency: what is asked about, else the sum of the debts.

        None where it is unknown; what is missing is then open.
        """
        if self.ask.amount is not None and self.ask.currency is not None:
            return self.ask.amount, self.ask.currency
        amounts = [debt.amount for debt in self.case.debts if debt.amount is not None]
        currencies = {debt.currency for debt in self.case.debts if debt.currency is not None}
        if len(amounts) != len(self.case.debts):
            for debt in self.case.debts:
                if debt.amount is None:
                    self.lacks_amount(debt)
            return None
        if len(currencies) != 1:
            told = ", ".join(sorted(currencies)) or "none told"
            self.open.append(f"ask.amount: the claim in one currency? the debts are in several ({told})")
            return None
        total, currency = sum(amounts, Decimal(0)), currencies.pop()
        self.assumed.append(f"the claim is the sum of the debts, {written(total)} {currency}")
        return total, currency

    def treats_debts_apart(self, *, payments: bool = True) -> bool:
        """Is there an event about some of the debts alone, so that a day that follows from it is not that of all?"""
        every = {debt.id for debt in self.case.debts}
        events = (entry for entry in self.case.history or () if isinstance(entry, Event))
        return any(every - set(e.debts or every) for e in events if payments or e.event not in SETTLES)

    def one_currency(self, currency: str) -> bool:
        """Are the figures so far in this currency too? Where they are not, that is open: they have no total."""
        before = self.values.setdefault("currency", currency)
        if before != currency:
            self.open.append(f"ask.currency: one currency for everything? some is in {before}, some in {currency}")
        return bool(before == currency)


def _nothing_more(reply: Reply) -> None:
    """The conclusion of a kind that says all it knows block by block."""


def _nothing_wrong(_parts: Mapping[str, Any], _values: Collection[str]) -> str:
    """The check of a kind whose fields and values do not depend on each other."""
    return ""


class QuestionKind(Struct, frozen=True):
    """A way of answering. `add` puts what a block says into the reply; `finish` concludes after the last block."""

    name: str
    title: str
    fields: Mapping[str, Shape]
    required: tuple[str, ...]
    values: tuple[str, ...]
    add: Callable[[Block, Reply], None]
    finish: Callable[[Reply], None] = _nothing_more
    settles: tuple[str, ...] = ()
    """Names of answers: where the reply has one of them, no later block of this kind is asked."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words that a field may hold; any where it is not named here."""
    goes_first: bool = False
    """Is it asked before the other kinds, since their answers may rest on its own?"""
    wrong: Callable[[Mapping[str, Any], Collection[str]], str] = _nothing_wrong
    """What is wrong with the fields and the names of the values of a block together; empty where nothing is."""


def built_in() -> Iterator[QuestionKind]:
    """Every kind of this package: the `KIND` of each module here."""
    return defined_in(__name__, __path__, "KIND")
