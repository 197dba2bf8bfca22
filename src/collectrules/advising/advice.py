"""The advice on one account. Published as `collectrules/advice/v1`: its JSON Schema is made from these types.

Amounts are text with two decimals, per cents text, days ISO 8601, moments ISO 8601 on the clock where the debtor is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.json import encode, schema_components

SCHEMA: Final = "collectrules/advice/v1"
NOT_ADVICE: Final = "Not legal advice: an allow says that no encoded rule forbids the act."

Decision = Literal["allow", "deny", "review", ""]
"""Of the law; empty where no law was asked, because nothing is done or it is done in-house."""
Outcome = Literal["step", "wait", "pause", "ask", "end", "nothing", "refused"]


class OpenInvoice(Struct, frozen=True):
    """One invoice that the advice is about."""

    id: str
    open: Decimal | None
    currency: str
    due: date | None
    days_past_due: int | None


class Reason(Struct, frozen=True):
    """One rule of law that speaks about the act."""

    rule: str
    citation: str
    decision: Decision
    sentence: str


class Channel(Struct, frozen=True):
    """What the law says to the act on one channel; `note` is what stands in the way on our side."""

    channel: str
    decision: Decision
    note: str = ""


class Paper(Struct, frozen=True):
    """A document to attach. `missing`: the invoices of which it is not at hand; `unknown`: those that do not say."""

    document: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Saying(Struct, frozen=True):
    """Something that must be said or done with the act, or must not; the law or the policy that says so."""

    sentence: str
    source: str


class Charged(Struct, frozen=True):
    """What is asked for beside the debt, and whether the law lets it be."""

    what: str
    amount: Decimal
    currency: str
    decision: Decision
    sentence: str = ""


class PassedOver(Struct, frozen=True):
    """A stage or step that is passed over, and why."""

    stage: str
    step: str
    reason: str


class Then(Struct, frozen=True):
    """What comes after if nothing happens."""

    stage: str
    step: str
    title: str
    day: date


class Recovery(Struct, frozen=True):
    """One way to recover, by the company's own figures. `open` is what they do not say: nothing is made up."""

    way: str
    title: str
    net: Decimal | None
    """What is expected to come in, after costs."""
    cost: Decimal | None
    days: int | None
    chance: Decimal | None
    """That something comes in, in per cent."""
    risk: str
    decision: Decision
    """What the law says to the act by which it begins."""
    open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class StepAdvice(Struct, frozen=True, kw_only=True):
    """What is advised for some invoices of an account, and why this and no other."""

    outcome: Outcome
    reasons: tuple[str, ...]
    invoices: tuple[OpenInvoice, ...]
    amount: Decimal | None = None
    currency: str = ""
    days_past_due: int | None = None
    stage: str = ""
    stage_title: str = ""
    number: int = 0
    """The number of the stage; `of` is how many there are."""
    of: int = 0
    step: str = ""
    title: str = ""
    does: str = ""
    letter: str = ""
    """The letter to write: one of `collectrules letter`."""
    tone: str = ""
    purpose: str = ""
    time: int = 1
    channel: str = ""
    day: date | None = None
    at: str = ""
    """The moment at which it is to be done, where the act has one."""
    since: date | None = None
    overdue: int = 0
    """Days since it could have been done."""
    deadline: date | None = None
    decision: Decision = ""
    law: tuple[Reason, ...] = ()
    next_lawful: str = ""
    channels: tuple[Channel, ...] = ()
    attach: tuple[Paper, ...] = ()
    must: tuple[Saying, ...] = ()
    must_not: tuple[Saying, ...] = ()
    may: tuple[Saying, ...] = ()
    """What the law gives beside the debt: interest for late payment."""
    announces: str = ""
    charges: tuple[Charged, ...] = ()
    skipped: tuple[PassedOver, ...] = ()
    after: Then | None = None
    last: str = ""
    alternatives: tuple[Recovery, ...] = ()
    judgment: tuple[str, ...] = ()
    """Could a judgment be collected: what speaks for it and against it, and what to find out."""
    questions: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()


class TaskAdvice(Struct, frozen=True):
    """A task beside the ladder. With `ask`, that must be found out before it can be told whether it is due."""

    id: str
    title: str
    reason: str
    does: str
    letter: str = ""
    channel: str = ""
    decision: Decision = ""
    ask: str = ""


class Advice(Struct, frozen=True, kw_only=True):
    """The advice on one account on one day."""

    case: str
    debtor: str
    place: str
    day: date
    policy: str
    steps: tuple[StepAdvice, ...]
    """The most urgent first; one at least."""
    tasks: tuple[TaskAdvice, ...] = ()
    unapplied: tuple[str, ...] = ()
    """Credits and payments that name no invoice."""
    notes: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE

    @property
    def first(self) -> StepAdvice:
        """The most urgent."""
        return self.steps[0]


def as_json(advice: Advice) -> str:
    """The advice on one line of JSON."""
    return encode(advice).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema of an advice."""
    (reference,), components = schema_components([Advice])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "advice.schema.json",
        **reference,
        "$defs": {name: {**each, "title": name} for name, each in components.items()},
    }
