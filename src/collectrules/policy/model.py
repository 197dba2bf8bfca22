"""A collections policy as it is read: stages with steps, tasks beside them, paths that pause pressure, figures.

Days are whole calendar days. Amounts stand by currency (`any`: in whatever currency the account is), per cents are
`Decimal` from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.policy.conditions import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collectrules.ground.dated import Calendar
    from collectrules.ground.errors import Place
    from collectrules.policy.conditions import Condition

Amounts = Mapping[str, Decimal]

TONES: Final = ("friendly", "neutral", "firm", "final")
"""From the softest to the firmest."""
LETTERS: Final = (
    *("reminder", "statement", "copy_invoice", "demand_letter", "final_notice"),
    *("payment_plan_offer", "uk_letter_of_claim", "validation_notice"),
)
"""The letters that a step may name."""
DOCUMENTS: Final = ("contract", "order", "proof_of_delivery", "invoice", "statement", "terms")
"""What may be attached: the words of `debt.documents`."""
HAND_OVERS: Final = ("place_with_agency", "file_claim", "sell_debt", "write_off", "return_to_client")
"""The acts with which a company gives an account out of its own hands, or up."""
ACTS: Final = (
    *("contact", "respond", "send_validation_notice", "task", "hold_credit", "release_credit"),
    *HAND_OVERS,
)
"""What a step may do."""
IN_HOUSE: Final = ("task", "hold_credit", "release_credit", "write_off", "return_to_client")
"""Acts inside the company, about which no law is asked."""
ANNOUNCED: Final = ("file_claim", "place_with_agency", "hold_credit")
"""Acts that a step may announce, where a later step does them."""
SHOWN_BY: Final = {
    "reminder": "reminder_sent",
    "statement": "statement_sent",
    "copy_invoice": "invoice_copy_sent",
    "demand_letter": "reminder_sent",
    "final_notice": "reminder_sent",
    "payment_plan_offer": "plan_offered",
    "uk_letter_of_claim": "letter_of_claim_sent",
    "validation_notice": "validation_notice_sent",
    "place_with_agency": "placed_with_agency",
    "file_claim": "small_claim_filed",
    "write_off": "written_off",
    "hold_credit": "credit_held",
    "release_credit": "credit_released",
    "send_validation_notice": "validation_notice_sent",
}
"""The event of a case that shows a letter or an act, where no `step_done` names the step."""
RHYTHMS: Final = ("week", "month", "quarter", "year")
"""How often something comes back."""

DISPUTE: Final = "dispute"
HARDSHIP: Final = "hardship"
TASKS: Final = "tasks"
RESERVED: Final = (DISPUTE, HARDSHIP, TASKS)
"""What the history calls the stage of a step that is in none: those of paths, and the tasks."""


class Repeats(Struct, frozen=True):
    """A step that is done several times: every so many days, at most so often, until somebody was spoken to."""

    every: int
    most: int
    until_conversation: bool = False


class Charges(Struct, frozen=True):
    """What a step asks for beside the debt: a fee, and simple interest by the contract, per cent a year of 365 days."""

    fee: Amounts = {}
    annual_rate: Decimal | None = None


class Exemption(Struct, frozen=True):
    """Where it holds, a stage or step is passed over, for the reason that it gives."""

    condition: Condition
    says: str


class Step(Struct, frozen=True):
    """One thing to do."""

    id: str
    title: str
    does: str
    place: Place
    channels: tuple[str, ...] = ()
    tone: str = ""
    letter: str = ""
    purpose: str = ""
    says: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    announces: str = ""
    waits: int = 0
    """Days that must have passed since the step before."""
    deadline: int | None = None
    """Days that the debtor is given; the next step waits until they are over."""
    when: Condition | None = None
    unless: tuple[Exemption, ...] = ()
    repeats: Repeats | None = None
    charges: Charges | None = None
    every: int = 0
    """Of a task: days after which it comes back; 0: it is done once."""
    month_end: bool = False
    """Of a task: it is done at the end of each month."""

    @property
    def is_contact(self) -> bool:
        """Does it reach the debtor?"""
        return self.does not in IN_HOUSE and self.does not in HAND_OVERS

    @property
    def is_hand_over(self) -> bool:
        """Does it give the account out of the company's own hands?"""
        return self.does in HAND_OVERS


class Start(Struct, frozen=True):
    """When a stage begins: so many days past due, negative before, or so many days after the step before."""

    days: int
    after_step: bool = False
    month_end: bool = False
    """Only at the end of the month in which that day lies."""


class Stage(Struct, frozen=True):
    """A part of the ladder: when it begins, for whom, and what is done in it."""

    id: str
    title: str
    starts: Start
    steps: tuple[Step, ...]
    place: Place
    when: Condition | None = None
    unless: tuple[Exemption, ...] = ()


class Path(Struct, frozen=True):
    """What is done while a dispute or a hardship pauses the ladder."""

    id: str
    title: str
    steps: tuple[Step, ...]
    within: int
    """Days within which it is to be answered, from the day on which it was told."""
    whole_account: bool = False
    """It pauses the whole account, not only the invoices that it is about."""
    resumes_after: int = 0
    """Days after its end before the ladder goes on."""


class Promises(Struct, frozen=True):
    """Promises to pay: how far away they may be, how long one waits beyond the day, and how many are believed."""

    most_days: int = 14
    grace: int = 2
    most: int = 2
    broken_to: str = ""
    """The stage to which a broken promise leads; empty: the ladder goes on where it stood."""


class Plans(Struct, frozen=True):
    """Payment plans that may be offered, and what a missed instalment leads to."""

    most_instalments: int
    most_days: int
    grace: int = 3
    least_instalment: Amounts = {}
    when: Condition | None = None
    missed_to: str = ""


class Settlements(Struct, frozen=True):
    """Offers of less than the whole: the most that may be let off, in per cent of what is open."""

    most_discount: Decimal
    when: Condition | None = None


class Review(Struct, frozen=True):
    """What the company does by the calendar, about no one account: aging, past-due list, credit limits."""

    id: str
    title: str
    every: Literal["week", "month", "quarter", "year"]
    last_day: bool = False
    """On the last working day of the period, not the first."""


class Way(Struct, frozen=True):
    """One way to recover, with the company's own figures; what it does not state stays open.

    `success` is the share of what is open that comes in, in per cent, by days past due: {0: 70, 90: 45}.
    """

    id: str
    success: Mapping[int, Decimal] = {}
    commission: Decimal = Decimal(0)
    """Per cent of what comes in."""
    price: Decimal | None = None
    """Per cent of what is open that a buyer pays."""
    cost: Amounts | None = None
    days: int | None = None
    risk: str = ""
    collectable: Decimal | None = None
    """Of a court: the share of judgments that can be collected, in per cent."""


WAYS: Final = ("in_house", "agency", "lawyer", "sale", "court", "payment_plan", "write_off")


class Policy(Struct, frozen=True, kw_only=True):
    """How a company collects."""

    id: str
    title: str
    version: str
    since: date
    review_by: date
    hash: str
    stages: tuple[Stage, ...]
    place: Place
    accounts: Condition | None = None
    """The accounts for which it is made; None: all."""
    per_debtor: bool = True
    """One ladder for all invoices of a debtor, not one for each invoice."""
    highest_first: bool = False
    """An account whose stages were never begun begins at the highest, not at the first."""
    hand_over: bool = True
    """The ladder ends with the account given out of the company's own hands."""
    calendar: Calendar
    hours: tuple[int, int] = (540, 1020)
    """Minutes after midnight between which the company works."""
    assumes: Mapping[str, object] = {}
    """What is taken of an account that does not say it."""
    evidence: tuple[str, ...] = ()
    """The documents that must be at hand of every invoice."""
    least: Amounts = {}
    """What is below is not worth a step of its own."""
    repeat_from: str = ""
    """The stage with which the ladder begins anew after its last step; empty: it ends."""
    repeat_every: int = 30
    repeat_most: int = 1
    intends: tuple[str, ...] = ()
    """The acts that the company means to do where it announces them."""
    tasks: tuple[Step, ...] = ()
    reviews: tuple[Review, ...] = ()
    dispute: Path | None = None
    hardship: Path | None = None
    promises: Promises = Promises()
    plans: Plans | None = None
    settlements: Settlements | None = None
    recovery: tuple[Way, ...] = ()

    def paths(self) -> Iterator[Path]:
        """The paths that pause the ladder."""
        yield from (path for path in (self.dispute, self.hardship) if path is not None)


def amount_in(amounts: Amounts, currency: str) -> Decimal | None:
    """The amount that holds for a currency; None where none is stated for it."""
    return amounts.get(currency, amounts.get(ANY))
