"""The neutral package: a ZIP that any receiver can open, whose JSON has a published schema.

| part | holds |
|---|---|
| `account.json` | the accounts: parties, debts, itemization, documents, the decision |
| `ledger.csv` | invoices, payments and credits by day, with the balance after each |
| `contacts.csv` | the contacts and events of the history |
| `decisions.jsonl` | the whole verdict on the handing over of each account, a line each |
| `documents/ACCOUNT/` | the papers that were given with it |
| `cover.html` | a cover sheet to print |
| `manifest.json` | what the package is, and size and sha256 of every other part |
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from collectrules.ground import money
from collectrules.ground.cells import inert, quoted_line
from collectrules.plugins import accounts as fields
from collectrules.plugins.handoffs import HandoffFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.plugins.accounts import Account, Field, Receiver

SCHEMA: Final = "collectrules/handoff-package/v1"
"""Published as package.schema.json beside this package of formats."""
_PIECE: Final = 1 << 16
_LEDGER: Final = ("account", "day", "entry", "debts", "amount", "balance", "currency")
_CONTACTS: Final = ("account", "at", "what", "channel", "direction", "outcome", "party", "endpoint", "debts")

_ITEMIZATION: Final[tuple[Field[Any], ...]] = (*fields.ITEMIZATION, fields.ITEMIZATION_CURRENT)

_FIELDS: Final[tuple[Field[Any], ...]] = (
    fields.ACCOUNT_ID.needed(),
    fields.CURRENCY.needed(),
    fields.AMOUNT.needed(),
    fields.INVOICES.needed(),
    fields.LEDGER,
    fields.CONTACTS,
    fields.LAST_PAYMENT_DAY,
    fields.LAST_PAYMENT_AMOUNT,
    fields.DOCUMENTS_HELD,
    fields.CREDITOR_NAME.needed(),
    fields.CREDITOR_ADDRESS,
    fields.CREDITOR_REFERENCE,
    fields.ORIGINAL_CREDITOR,
    fields.COLLECTOR_NAME,
    fields.COLLECTOR_ROLE,
    fields.DEBTOR_NAME.needed(),
    fields.DEBTOR_KIND,
    fields.CONTACT_PERSON,
    fields.CUSTOMER_SINCE,
    fields.ADDRESSES,
    fields.PHONES,
    fields.EMAILS,
    *_ITEMIZATION,
    fields.HANDED_OVER,
    fields.ACT,
    fields.PLACE,
    fields.DECISION,
    fields.DECISION_ID,
    fields.DECISION_RECORD,
    fields.APPROVED,
    fields.RULESETS,
    fields.DOCUMENTS,
)


def _write(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    """Accounts come once: what goes into later parts waits in files of its own, so that memory stays flat."""
    from tempfile import TemporaryFile

    from collectrules.plugins.archives import Archive
    from collectrules.plugins.covers import Cover

    archive = Archive()
    cover = Cover(receiver)
    with ExitStack() as open_files:
        account_file, ledger, contacts, decisions = (open_files.enter_context(TemporaryFile()) for _ in range(4))
        account_file.write(f'{{"schema": {json.dumps(SCHEMA)}, "accounts": ['.encode())
        ledger.write(_row(_LEDGER))
        contacts.write(_row(_CONTACTS))
        for number, account in enumerate(accounts):
            account_file.write(b",\n" if number else b"\n")
            account_file.write(_json(_account(account)))
            ledger.writelines(_row(row) for row in _ledger_rows(account))
            contacts.writelines(_row(row) for row in _contact_rows(account))
            record: Mapping[str, Any] = account[fields.DECISION_RECORD]
            decisions.write(_json(dict(record)) + b"\n")
            cover.add(account)
            for name, content in (account.get(fields.DOCUMENTS) or {}).items():
                yield from archive.part(f"documents/{fields.file_name(account[fields.ACCOUNT_ID])}/{name}", [content])
        account_file.write(b"\n]}\n")
        yield from archive.part("account.json", _pieces(account_file))
        yield from archive.part("ledger.csv", _pieces(ledger))
        yield from archive.part("contacts.csv", _pieces(contacts))
        yield from archive.part("decisions.jsonl", _pieces(decisions))
    yield from archive.part("cover.html", [cover.page().encode()])
    manifest = {
        "schema": SCHEMA,
        "format": "package",
        "receiver": {"name": receiver.name, "kind": receiver.kind},
        "accounts": cover.accounts,
        "totals": {currency: money.written(total) for currency, total in sorted(cover.totals.items())},
        "handed_over": cover.day.isoformat() if cover.day is not None else None,
        "rulesets": [{"id": id_, "version": version, "hash": hash_} for id_, version, hash_ in sorted(cover.rulesets)],
        "parts": [
            {"name": name, "size": archive.sizes[name], "sha256": hash_} for name, hash_ in archive.hashes.items()
        ],
    }
    yield from archive.part("manifest.json", [json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"])
    yield from archive.end()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _json(mapping: dict[str, Any]) -> bytes:
    return json.dumps(mapping, ensure_ascii=False).encode()


def _row(cells: Iterable[str]) -> bytes:
    return quoted_line(inert(cell) for cell in cells).encode()


def _ledger_rows(account: Account) -> Iterator[tuple[str, ...]]:
    number, currency = account[fields.ACCOUNT_ID], account[fields.CURRENCY]
    for row in account.get(fields.LEDGER) or ():
        debts, amount = " ".join(row.debts), money.written(row.amount)
        yield number, row.day.isoformat(), row.entry, debts, amount, money.written(row.balance), currency


def _contact_rows(account: Account) -> Iterator[tuple[str, ...]]:
    number = account[fields.ACCOUNT_ID]
    for row in account.get(fields.CONTACTS) or ():
        debts = " ".join(row.debts)
        yield number, row.at, row.what, row.channel, row.direction, row.outcome, row.party, row.endpoint, debts


def _account(account: Account) -> dict[str, Any]:
    stated = {
        "account": account[fields.ACCOUNT_ID],
        "currency": account[fields.CURRENCY],
        "amount": account[fields.AMOUNT],
        "creditor": {
            "name": account[fields.CREDITOR_NAME],
            "reference": account.get(fields.CREDITOR_REFERENCE),
            "address": account.get(fields.CREDITOR_ADDRESS),
            "original": account.get(fields.ORIGINAL_CREDITOR),
        },
        "handed_over_by": {"name": account.get(fields.COLLECTOR_NAME), "role": account.get(fields.COLLECTOR_ROLE)},
        "debtor": {
            "name": account[fields.DEBTOR_NAME],
            "kind": account.get(fields.DEBTOR_KIND),
            "contact_person": account.get(fields.CONTACT_PERSON),
            "customer_since": account.get(fields.CUSTOMER_SINCE),
            "addresses": account.get(fields.ADDRESSES),
            "phones": account.get(fields.PHONES),
            "emails": account.get(fields.EMAILS),
        },
        "debts": account[fields.INVOICES],
        "itemization": {each.name.removeprefix("itemization."): account.get(each) for each in _ITEMIZATION},
        "last_payment": {
            "day": account.get(fields.LAST_PAYMENT_DAY),
            "amount": account.get(fields.LAST_PAYMENT_AMOUNT),
        },
        "documents_held": account.get(fields.DOCUMENTS_HELD),
        "act": {
            "kind": account[fields.ACT],
            "day": account[fields.HANDED_OVER],
            "jurisdiction": account[fields.PLACE],
        },
        "decision": {
            "word": account[fields.DECISION],
            "id": account[fields.DECISION_ID],
            "rulesets": account[fields.RULESETS],
            "approved": account.get(fields.APPROVED),
        },
    }
    found: dict[str, Any] = _plain(stated)
    return found


def _plain(value: Any) -> Any:
    """Values as JSON has them, without what is not known."""
    match value:
        case Decimal():
            return money.written(value)
        case date():
            return value.isoformat()
        case dict():
            plain = {key: _plain(each) for key, each in value.items()}
            return {key: each for key, each in plain.items() if each not in (None, "", [], {})}
        case tuple() | list():
            return [_plain(each) for each in value]
        case None | bool() | int() | str():
            return value
        case _:
            return _plain({name: getattr(value, name) for name in value.__struct_fields__})


FORMAT: Final = HandoffFormat(
    name="package",
    title="a package that any receiver can open (ZIP)",
    media_type="application/zip",
    suffix=".zip",
    acts=("place_with_agency", "sell_debt", "transfer_debt", "file_claim", "share_debt_data"),
    fields=_FIELDS,
    write=_write,
    docs="Accounts, ledger, contacts, decisions, documents and a cover sheet, with the sha256 of every part. Dates of "
    "birth and national numbers are no part of it.",
)
