"""The cover sheet of a package: what is in it, for a person with a printer."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from collectrules.ground import money
from collectrules.pages import Column, facts, page, section, table
from collectrules.plugins import accounts as fields

if TYPE_CHECKING:
    from datetime import date

    from collectrules.pages import Html
    from collectrules.plugins.accounts import Account, Receiver

_MOST: Final = 200
"""So many accounts are listed; of more, the sheet says how many there are, and account.json has them all."""


class Cover:
    """Counts the accounts as they pass, and lists the first of them."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.accounts = 0
        self.totals: dict[str, Decimal] = {}
        self.day: date | None = None
        self.rulesets: set[tuple[str, str, str]] = set()
        self._act = ""
        self._creditors: dict[str, None] = {}
        self._rows: list[tuple[str, ...]] = []
        self._sheet: Html | None = None

    def add(self, account: Account) -> None:
        """One account that is in the package."""
        self.accounts += 1
        currency, amount = account[fields.CURRENCY], account[fields.AMOUNT]
        self.totals[currency] = self.totals.get(currency, Decimal(0)) + amount
        self.day, self._act = account[fields.HANDED_OVER], account[fields.ACT]
        self.rulesets |= {(used.id, used.version, used.hash) for used in account[fields.RULESETS]}
        if len(self._creditors) < _MOST:
            self._creditors[account[fields.CREDITOR_NAME]] = None
        if len(self._rows) < _MOST:
            debts = " ".join(debt.id for debt in fields.debts_handed_over(account))
            decision = f"{account[fields.DECISION]} {account[fields.DECISION_ID]}"
            answered = account.get(fields.APPROVED)
            if answered is not None:
                decision = f"{decision}, approved by {answered['by']}: {answered['because']}"
            name = account[fields.DEBTOR_NAME]
            self._rows.append(
                (account[fields.ACCOUNT_ID], name, debts, f"{currency} {money.written(amount)}", decision)
            )
        self._sheet = _debts(account) if self.accounts == 1 else None

    def page(self) -> str:
        """The sheet as a file of HTML."""
        totals = ", ".join(f"{currency} {money.written(total)}" for currency, total in sorted(self.totals.items()))
        head = facts(
            [
                ("To", f"{self.receiver.name} ({self.receiver.kind.replace('_', ' ')})"),
                ("From", ", ".join(self._creditors)),
                ("Handed over", f"{self.day} ({self._act.replace('_', ' ')})"),
                ("Accounts", str(self.accounts)),
                ("Open in all", totals),
            ]
        )
        more = f" (the first {_MOST} of {self.accounts}; account.json has them all)" if self.accounts > _MOST else ""
        columns = [Column("Account"), Column("Debtor"), Column("Debts"), Column("Open", "number"), Column("Decision")]
        laws = [(id_, version, hash_.removeprefix("sha256:")[:12]) for id_, version, hash_ in sorted(self.rulesets)]
        return page(
            "Accounts handed over",
            head,
            section("Accounts", table(f"Accounts in this package{more}", columns, self._rows, cards=True)),
            self._sheet,
            section(
                "Asked before",
                table("Rulesets that were asked", [Column("Ruleset"), Column("Version"), Column("sha256")], laws),
            ),
            foot="manifest.json has size and sha256 of every part. decisions.jsonl has each decision with its reasons. "
            "Not legal advice.",
        )


def _debts(account: Account) -> Html:
    """The debts of an account that is alone in its package."""
    currency = account[fields.CURRENCY]
    columns = [Column("Debt"), Column("Issued"), Column("Due"), Column("Invoiced", "number"), Column("Open", "number")]
    rows = [
        (
            debt.id,
            str(debt.issued or ""),
            str(debt.due or ""),
            money.written(debt.invoiced) if debt.invoiced is not None else "",
            money.written(debt.open) if debt.open is not None else "",
        )
        for debt in fields.debts_handed_over(account)
    ]
    foot = ("", "", "", "", f"{currency} {money.written(account[fields.AMOUNT])}")
    return section("Debts", table("What is open of each debt", columns, rows, foot=foot, cards=True))
