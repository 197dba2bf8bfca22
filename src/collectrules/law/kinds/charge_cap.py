"""Charges beyond what the contract or the law allows.

`allowed_by: contract` asks that the contract allows the charge. `$at_most` is the most that may be charged, in the
`currency:`; `$percent` the most in hundredths of the principal of the action's debts, written with its decimals, and
`$besides` a sum on top of these. With several of them all must hold. An amount that is not stated, or is in another
currency, is not known to be within a limit. `also_when:` is a further condition, as for whose debts or which charges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.law.kinds import Mistake, Parts, RuleKind, RuleLine, Values, also, every_of, one_of, only_if

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMITS = ("at_most", "percent")


def _mistakes(parts: Parts, values: Values) -> Iterator[Mistake]:
    limited = [name for name in _LIMITS if name in parts["values"]]
    if not limited and "allowed_by" not in parts:
        help_ = "allowed_by: contract, or values: {at_most: {<date>: '30.00'}}"
        yield Mistake("kind", "no charge is too much", help_)
    if "percent" in values and any(value.kind != "text" for value in values["percent"].values):
        yield Mistake("values", "`percent` is written with its decimals", "values: {percent: {<date>: '5.00'}}")
    if "besides" in parts["values"] and "percent" not in parts["values"]:
        help_ = "values: {percent: {<date>: '5.00'}, besides: {<date>: '30.00'}}"
        yield Mistake("values", "`besides` is a sum on top of a `percent`", help_)
    if bool(limited) != ("currency" in parts):
        message = "a limit has a `currency`, and a `currency` a limit"
        yield Mistake("currency", message, "currency: USD")


def _breach(parts: Parts) -> str:
    wrong = ["action.contract_authorizes == false"] if "allowed_by" in parts else []
    currency = f"'{parts['currency']}'" if "currency" in parts else ""
    if "at_most" in parts["values"]:
        wrong.append(f"amount_charged(action, {currency}) > $at_most")
    if "percent" in parts["values"]:
        charged = f"amount_charged(action, {currency})"
        if "besides" in parts["values"]:
            charged = f"charged_beyond(action, {currency}, $besides)"
        wrong.append(f"{charged} > share_owed(action, {currency}, $percent)")
    return every_of([one_of(wrong), *also(parts)])


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    wrong = ["that the contract does not allow"] if "allowed_by" in parts else []
    if "at_most" in values:
        most = values["at_most"]
        wrong.append(f"of more than {parts['currency']} {english.newest(most)} ({english.in_force(most)})")
    if "percent" in values:
        most = values["percent"]
        share = f"{english.newest(most)} per cent of the principal ({english.in_force(most)})"
        if "besides" in values:
            sum_ = values["besides"]
            share += f" and {parts['currency']} {english.newest(sum_)} ({english.in_force(sum_)})"
        wrong.append(f"of more than {share}")
    return [RuleLine("breached", f"by a charge {english.listing(wrong, 'or')}"), *only_if(parts)]


KIND = RuleKind(
    name="charge_cap",
    title="breached by a charge that is too high",
    fields={"allowed_by": "word", "currency": "word", "also_when": "condition"},
    required=(),
    values=(),
    optional=(*_LIMITS, "besides"),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    words={"allowed_by": ("contract",)},
)
