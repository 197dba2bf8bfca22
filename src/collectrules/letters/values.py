"""What a template may tell of an account: names, invoices, payments, sums, as values that know when they are missing.

Amounts are `Decimal` in their currency and are never added over currencies. What nobody stated is no value.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Contact, Event
from collectrules.ground.dated import day_of
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.letters.languages import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.case.objects import Address, Case, Debt
    from collectrules.letters.languages import Language
    from collectrules.letters.letterheads import Letterhead, Party

_TOWN_FIRST: Final = ("US", "CA", "AU", "GB", "IE", "NZ", "IN", "ZA", "HK", "SG")
"""Where letters have the town before the code of the post. Elsewhere the code comes first."""
_CODE_ON_ITS_OWN: Final = ("GB",)
"""Where the code of the post stands on a line of its own below the town, and no region is written."""
_WRITTEN: Final = ("letter", "email")
_USES: Final = ("mail", "home", "work", None)


class Facts:
    """Named values of a thing, `label` being what messages call it. A value that nobody stated is not there."""

    __slots__ = ("label", "stated")

    def __init__(self, label: str, stated: Mapping[str, object]) -> None:
        self.label = label
        self.stated = {name: value for name, value in stated.items() if value is not None and value not in ("", ())}

    def __getitem__(self, name: str) -> object:
        return self.stated[name]


def day_text(day: date) -> str:
    """A day as letters in English write it, the same for every reader: `7 April 2026`."""
    return language(ENGLISH).day_text(day)


def debts_of(case: Case, named: Iterable[str] | None) -> tuple[Debt, ...]:
    """The debts that a letter is about: those named, else all that are open. Raises InvalidInput for one without sums.

    A debt is open that is not stated to be paid, and of which an amount other than nothing is.
    """
    wanted = set(named) if named is not None else None
    found = [debt for debt in case.debts if (debt.id in wanted if wanted is not None else _is_open(debt))]
    place = case.stands_at
    problems = [
        Problem(place, "CR844", f"debt `{debt.id}` has no amount", "state `amount` and `currency` of it in the case")
        for debt in found
        if debt.amount is None or debt.currency is None
    ]
    if wanted is not None:
        unknown = sorted(wanted - {debt.id for debt in case.debts})
        problems += [Problem(place, "CR844", f"the case has no debt `{name}`", "") for name in unknown]
    if not found and not problems:
        problems.append(Problem(place, "CR844", "no debt of the case is open", "there is nothing to write about"))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def is_settled(case: Case) -> bool:
    """Is nothing of the account open, so that there is nothing to write about?"""
    return not any(_is_open(debt) for debt in case.debts)


def _is_open(debt: Debt) -> bool:
    return not debt.paid and debt.amount != 0


def values_of(
    case: Case, debts: tuple[Debt, ...], letterhead: Letterhead, day: date, written_in: Language
) -> dict[str, Any]:
    """The values that every template has: `sender`, `creditor`, `debtor`, `account`, `payment`, `today`.

    Sums and words of the account are as the language writes them.
    """
    sender = _sender(case, letterhead)
    return {
        "sender": sender,
        "creditor": sender if _writes_for_itself(case) else _creditor(case, letterhead),
        "debtor": _debtor(case, letterhead),
        "account": _account(case, debts, day, written_in),
        "payment": letterhead.payment,
        "today": day,
        "own_debt": _writes_for_itself(case),
    }


def recipient(case: Case, letterhead: Letterhead) -> tuple[str, ...]:
    """The lines to which a letter is addressed: as many of them as the case states."""
    debtor = case.debtor
    if debtor is None:
        return ()
    named = [name for name in (debtor.name, debtor.contact_person) if name]
    address = _address(debtor.addresses or ())
    return (*named, *(_address_lines(address, letterhead) if address is not None else ()))


def _writes_for_itself(case: Case) -> bool:
    return case.collector.role == "creditor"


def _sender(case: Case, letterhead: Letterhead) -> Facts:
    licences = tuple(
        Facts("the licence", {"place": licence.place, "number": licence.number})
        for licence in case.collector.licences or ()
        if licence.number
    )
    creditor = case.creditor.name if case.creditor is not None and _writes_for_itself(case) else None
    name = letterhead.sender.name or case.collector.name or creditor
    return _party("the sender (in the letterhead)", letterhead.sender, name=name, licences=licences)


def _creditor(case: Case, letterhead: Letterhead) -> Facts:
    name = case.creditor.name if case.creditor is not None else None
    known = letterhead.creditors.get(name) if name is not None else None
    label = "the creditor (in the case; its address under `creditors` of the letterhead)"
    return _party(label, known, name=name) if known is not None else Facts(label, {"name": name})


def _party(label: str, party: Party, **more: object) -> Facts:
    return Facts(label, {**{name: getattr(party, name) for name in party.__struct_fields__}, **more})


def _debtor(case: Case, letterhead: Letterhead) -> Facts:
    debtor = case.debtor
    stated = {} if debtor is None else {"name": debtor.name, "number": debtor.id, "contact": debtor.contact_person}
    address = _address((debtor.addresses if debtor is not None else None) or ())
    if address is not None:
        stated["address"] = _address_lines(address, letterhead)  # type: ignore[assignment]  # values of several types
    return Facts("the debtor (in the case)", stated)


def _address(addresses: tuple[Address, ...]) -> Address | None:
    """The address for letters: of those with lines the one for mail, else the home, else the first of the others."""
    whole = [address for address in addresses if address.lines]
    return min(whole, key=lambda address: _USES.index(address.use), default=None)


def _address_lines(address: Address, letterhead: Letterhead) -> tuple[str, ...]:
    parts = [address.city, address.region, address.postal_code]
    code: str | None = ""
    if address.country in _CODE_ON_ITS_OWN:
        town, code = address.city, address.postal_code
    elif address.country in _TOWN_FIRST:
        town = ", ".join(filter(None, [address.city, " ".join(filter(None, parts[1:]))]))
    else:
        town = " ".join(filter(None, [address.postal_code, address.city]))
    country = address.country if address.country != letterhead.sender.country else ""
    return tuple(line for line in (*(address.lines or ()), town, code, country) if line)


def _account(case: Case, debts: tuple[Debt, ...], day: date, written_in: Language) -> Facts:
    balances: dict[str, Decimal] = {}
    for debt in debts:
        assert debt.amount is not None
        assert debt.currency is not None
        balances[debt.currency] = balances.get(debt.currency, Decimal(0)) + debt.amount
    one = next(iter(balances.items())) if len(balances) == 1 else None
    numbers = tuple(dict.fromkeys(debt.account_number for debt in debts if debt.account_number))
    types = tuple(dict.fromkeys(debt.type.replace("_", " ") for debt in debts if debt.type))
    payments = _payments(case, {debt.id for debt in debts}, written_in)
    payment = written_in.words["payment"]
    stated = {
        "number": ", ".join(numbers),
        "type": ", ".join(types) if written_in.code == ENGLISH and all(debt.type for debt in debts) else None,
        "invoices": tuple(_invoice(debt, day) for debt in debts),
        "balance": written_in.conjunction.join(
            written_in.money_text(amount, currency) for currency, amount in sorted(balances.items())
        ),
        "amount": one[1] if one else None,
        "currency": one[0] if one else None,
        "last_payment": next((each for each in reversed(payments) if each.stated["what"] == payment), None),
        "placed": _placed(case),
        "written": written_before(case, day),
    }
    account = Facts("the account", stated)
    account.stated["payments"] = payments  # none is a list too
    return account


def _invoice(debt: Debt, day: date) -> Facts:
    late = (day - debt.due).days if debt.due is not None else None
    received = debt.invoiced - debt.amount if debt.invoiced is not None and debt.amount is not None else None
    stated = {
        "number": debt.id,
        "issued": debt.issued,
        "due": debt.due,
        "invoiced": debt.invoiced,
        "received": received,
        "open": debt.amount,
        "currency": debt.currency,
        "order_number": debt.order_number,
        "documents": tuple(word.replace("_", " ") for word in debt.documents or ()),
        "contract": debt.contract,
        "days_late": late,
    }
    return Facts(f"debt `{debt.id}` (in the case)", stated)


def _payments(case: Case, debts: set[str], written_in: Language) -> tuple[Facts, ...]:
    """The payments on these debts, as they came. One of which it is not said what it is for counts for all."""
    words = written_in.words
    return tuple(
        Facts(
            "the payment",
            {"day": day_of(entry.at), "what": words[entry.event], "amount": entry.amount, "currency": entry.currency},
        )
        for entry in case.history or ()
        if isinstance(entry, Event) and entry.event in words and (entry.debts is None or debts & set(entry.debts))
    )


def _placed(case: Case) -> date | None:
    placed = [day_of(e.at) for e in case.history or () if isinstance(e, Event) and e.event == "placed_with_agency"]
    return placed[-1] if placed else None


def written_before(case: Case, day: date) -> date | None:
    """The last day before this one on which the debtor was written to about payment, as far as the case records it."""
    written = [
        day_of(entry.at)
        for entry in case.history or ()
        if (isinstance(entry, Event) and entry.event in ("reminder_sent", "letter_of_claim_sent"))
        or (isinstance(entry, Event) and entry.event == "step_done" and entry.channel in _WRITTEN)
        or (isinstance(entry, Contact) and entry.direction == "outbound" and entry.channel in _WRITTEN)
    ]
    return max((each for each in written if each < day), default=None)


def instalment_plan(
    total: Decimal, instalments: int, instalment: Decimal, first: date, every_days: int
) -> tuple[Facts, ...]:
    """The instalments of a plan by number, day and amount; the last one is what is left.

    Raises ValueError where so many of that amount do not make the total.
    """
    last = total - (instalments - 1) * instalment
    if instalments < 1 or every_days < 1 or not 0 < last <= instalment:
        raise ValueError(
            f"{instalments} payments of {instalment}, {every_days} days apart, make no plan for {total}: "
            f"the last one would be {last}"
        )
    return tuple(
        Facts(
            "the instalment",
            {
                "number": number + 1,
                "due": first + timedelta(days=every_days * number),
                "amount": instalment if number + 1 < instalments else last,
            },
        )
        for number in range(instalments)
    )
