"""Reads one step of a policy, and the figures that steps share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import meant
from collectrules.ground.nodes import Listing, Scalar
from collectrules.policy import model
from collectrules.policy.conditions import ANY, read_condition
from collectrules.policy.model import Charges, Exemption, Repeats, Step

if TYPE_CHECKING:
    from collectrules.law.keys import Keys
    from collectrules.policy.conditions import Condition

STEP_KEYS: Final = (
    *("id", "title", "does", "channels", "tone", "letter", "purpose", "says", "attach", "announces", "waits"),
    *("deadline", "when", "unless", "repeats", "charges", "note"),
)
TASK_KEYS: Final = ("every", "month_end")
"""What a task has beside."""
REPEATS_KEYS: Final = ("every", "most", "until")
CHARGE_KEYS: Final = ("fee", "annual_rate")
_SPOKEN: Final = ("phone", "visit", "in_person")
"""Channels on which somebody speaks, who must know what for."""
_AMOUNT: Final = re.compile(r"\d{1,12}\.\d{2}")
_RATE: Final = re.compile(r"\d{1,3}(\.\d{1,4})?")
_CURRENCY: Final = re.compile("[A-Z]{3}")
_HUNDRED: Final = 100


def read_step(keys: Keys, channels: tuple[str, ...]) -> Step:
    """One step of a stage or path, or a task."""
    name = id_of(keys)
    named_channels = keys.words("channels", channels)
    does = word(keys, "does", model.ACTS) or ("contact" if named_channels else "task")
    letter = word(keys, "letter", model.LETTERS)
    purpose = keys.text("purpose")
    if set(named_channels) & set(_SPOKEN) and not purpose:
        help_ = "say in `purpose:` what the caller is to reach"
        keys.problem("channels", "CR100", f"the step `{name}` is a talk without a `purpose`", help_)
    step = Step(
        id=name,
        title=keys.text("title", required=True),
        does=does,
        place=keys.table.place,
        channels=named_channels,
        tone=word(keys, "tone", model.TONES),
        letter=letter,
        purpose=purpose,
        says=_sentences(keys),
        attach=keys.words("attach", model.DOCUMENTS),
        announces=word(keys, "announces", model.ANNOUNCED),
        waits=keys.number("waits", 0, 365),
        deadline=keys.number("deadline", 1, 365) if "deadline" in keys.table else None,
        when=condition(keys, "when"),
        unless=exemptions(keys),
        repeats=_repeats(keys),
        charges=_charges(keys),
        every=keys.number("every", 1, 3650),
        month_end=keys.truth("month_end") if "month_end" in keys.table else False,
    )
    if step.is_contact and not step.channels:
        help_ = "for example channels: [email, letter], the first that is lawful is taken"
        keys.problem("channels", "CR100", f"the step `{name}` reaches the debtor by no `channels`", help_)
    if (letter or step.deadline) and not step.is_contact:
        message = f"the step `{name}` reaches nobody, and has a `{'letter' if letter else 'deadline'}`"
        keys.problem("letter" if letter else "deadline", "CR102", message, "give it channels, or take it out")
    return step


def condition(keys: Keys, key: str) -> Condition | None:
    """The condition under a key; None where none stands there."""
    node = keys.node(key)
    return None if node is None else read_condition(node, f"`{key}`", keys.problems)


def exemptions(keys: Keys) -> tuple[Exemption, ...]:
    """What stands under `unless`."""
    made = []
    for item in keys.items_of("unless"):
        inner = keys.inner(item, "an `unless`", ("if", "says"))
        found = condition(inner, "if")
        if found is None:
            inner.problem("if", "CR100", "an `unless` has no `if`", "{if: {promises_broken: '>= 1'}, says: why}")
            continue
        made.append(Exemption(found, inner.text("says", required=True, help_="say why it is passed over")))
    return tuple(made)


def id_of(keys: Keys) -> str:
    """The id of a stage, step, task or review."""
    name = keys.text("id", required=True)
    if name and not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        keys.problem("id", "CR112", f"`{name}` is no id of {keys.what}", "lower case letters, digits, underscores")
    if name in model.RESERVED:
        keys.problem("id", "CR112", f"`{name}` cannot be the id of {keys.what}", "the history calls a path or task so")
    return name


def word(keys: Keys, key: str, known: tuple[str, ...]) -> str:
    """The first word under a key; empty where there is none."""
    return next(iter(keys.words(key, known)), "")


def _sentences(keys: Keys) -> tuple[str, ...]:
    node = keys.node("says")
    if node is None:
        return ()
    items = node.items if isinstance(node, Listing) else (node,)
    return tuple(" ".join(item.text.split()) for item in items if isinstance(item, Scalar))


def _repeats(keys: Keys) -> Repeats | None:
    table = keys.table_of("repeats")
    if table is None:
        return None
    inner = keys.inner(table, "`repeats`", REPEATS_KEYS)
    until = inner.words("until", ("conversation",))
    every, most = inner.number("every", 1, 365), inner.number("most", 2, 100)
    if not every or not most:
        inner.problem("every", "CR100", "`repeats` has `every` and `most`", "{every: 2, most: 3, until: conversation}")
    return Repeats(every or 1, most or 2, bool(until))


def _charges(keys: Keys) -> Charges | None:
    table = keys.table_of("charges")
    if table is None:
        return None
    inner = keys.inner(table, "`charges`", CHARGE_KEYS)
    return Charges(amounts(inner, "fee"), per_cent(inner, "annual_rate"))


def amounts(keys: Keys, key: str) -> dict[str, Decimal]:
    """Amounts by currency: `{EUR: '10.00'}`."""
    found: dict[str, Decimal] = {}
    for currency, node in keys.entries(key):
        if currency != ANY and not _CURRENCY.fullmatch(currency):
            help_ = meant(currency, (ANY,)) or f"write its code, as EUR, or `{ANY}`"
            keys.problem(key, "CR103", f"`{currency}` is no currency", help_)
        if isinstance(node, Scalar) and _AMOUNT.fullmatch(node.text):
            found[currency] = Decimal(node.text)
        else:
            keys.problems.add(node.place, "CR102", f"`{key}` in {currency} is no amount", "write '10.00'")
    return found


def per_cent(keys: Keys, key: str) -> Decimal | None:
    """A number of per cent from 0 to 100; None where it is not there."""
    text = keys.text(key)
    if not text:
        return None
    share = share_of(text)
    if share is None:
        keys.problem(key, "CR102", f"`{key}` is no number of per cent", "write '25.00', from 0 to 100")
        return Decimal(0)
    return share


def share_of(text: str) -> Decimal | None:
    """What a text says as a number of per cent from 0 to 100; None where it is none."""
    return Decimal(text) if _RATE.fullmatch(text) and Decimal(text) <= _HUNDRED else None
