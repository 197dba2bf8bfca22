"""Which key or word of a case was probably meant; how a value is written: `value_advice` and `moment_advice`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case.elsewhere import KEYS_ELSEWHERE
from collectrules.ground.errors import meant, plain_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_WORDS_FOR_AT: Final = frozenset({"on", "date", "time", "when", "datetime", "timestamp"})
KEYS_MEANT: Final[Mapping[str, str]] = {
    "zip": "postal_code",
    "licenses": "licences",
    "license": "licences",
    "zip_code": "postal_code",
    "zipcode": "postal_code",
    "postcode": "postal_code",
    "state": "region",
    "province": "region",
    "street": "lines",
    "address": "addresses",
    "phone": "endpoints",
    "phones": "endpoints",
    "telephone": "endpoints",
    "mobile": "endpoints",
    "phone_number": "number",
    "mail": "email",
    "timezone": "time_zone",
    "tz": "time_zone",
    "balance": "amount",
    "principal": "amount",
    "due_date": "due",
    "invoice_date": "issued",
    "result": "outcome",
    "disposition": "outcome",
    "medium": "channel",
    "method": "channel",
    "client": "creditor",
    "customer": "debtor",
    "consumer": "debtor",
    "agency": "collector",
    "invoices": "debts",
    "accounts": "debts",
    "events": "history",
    "contacts": "history",
    "log": "history",
    "calls": "history",
    "state_code": "region",
    "question": "ask",
    "deceased_at": "deceased",
    "attorney_represented": "represented_by_attorney",
    "has_attorney": "represented_by_attorney",
    "case_id": "id",
    "reference": "id",
    "type": "kind",
    "died": "deceased",
    "dead": "deceased",
    "date_of_death": "deceased",
    "lawyer": "represented_by_attorney",
    "original_creditor": "creditor",
    "lender": "creditor",
    "email_address": "email",
    "cell": "endpoints",
    "cellphone": "endpoints",
    "mobile_phone": "endpoints",
    "emails": "endpoints",
    "email": "endpoints",
    "duedate": "due",
    "due_at": "due",
    "total": "amount",
    "sum": "amount",
    "outstanding": "amount",
    "invoice": "id",
    "invoice_number": "id",
    "number": "id",
    "in_or_out": "direction",
    "status": "outcome",
    "recipient": "to",
    "kind_of_debt": "kind",
    "role": "collector",
    "we_are": "collector",
}
"""Keys that people write, and the one that has it, where the object has that or another one does."""
EXAMPLES: Final[Mapping[str, str]] = {
    "endpoints": "endpoints: [{number: '+1 850 555 0142'}, {email: k.osei@example.org}]",
    "addresses": "addresses: [{region: TX, postal_code: '78701', country: US}]",
    "lines": "lines: [12 Elm Street]",
    "history": "history: [{at: ..., channel: phone, direction: outbound, outcome: voicemail}]",
    "debts": "debts: [{id: INV-1042, kind: consumer}]",
    "collector": "collector: {role: third_party}",
    "debtor": "debtor: {time_zone: America/New_York}",
    "action": "action: {kind: contact, channel: phone, at: 2026-03-02T14:05}",
    "records": "records: {contacts: whole}",
    "endpoint": "{number: '+1 850 555 0142'}, or {email: k.osei@example.org}",
    "address": "{region: TX, postal_code: '78701', country: US}",
    "debt": "{id: INV-1042, kind: consumer}",
    "attorney": "represented_by_attorney: true; what is known of one is attorney: {name_known: true}",
    "question": "ask: {what: limitation, at: '2026-04-20'}",
}
"""How keys that hold more than a word are written, and what stands in their lists."""


def example_of(subject: str) -> str:
    """How what a message is about is written, as `the collector` or `an endpoint`; empty where no example stands."""
    name = "records" if subject == "groups of the record" else subject.strip("`").rpartition(" ")[2]
    return EXAMPLES.get(name, "")


_MOST_WORDS: Final = 24
LISTED_BY: Final[Mapping[str, str]] = {
    "enum_content": "action.content",
    "enum_says": "action.says",
    "enum_action_kind": "action.kind",
    "enum_event": "event.event",
}
"""By the vocabularies with more words than a message lists, the key by which `collectrules facts` lists them."""


def listed(names: Iterable[str], all_by: str = "") -> str:
    """Names in backquotes, of very many the first, and where all are told: `all_by` is what `facts` lists them by."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > _MOST_WORDS:
        more = f"{', '.join(quoted[:_MOST_WORDS])} and {len(quoted) - _MOST_WORDS} more"
        return f"{more}: `collectrules facts {all_by}` lists them all" if all_by else more
    return ", ".join(quoted)


def advise_key(
    key: str, known: Collection[str], present: Collection[str], owners: Mapping[str, list[str]], all_by: str = ""
) -> str:
    """The key that was meant, or the object that has it. `owners` are the titles of the objects that have a key."""
    free = [name for name in known if name not in present]
    before, colon, after = key.partition(":")
    if colon and before in known and after:
        return f"put a space after the colon: {before}: {after.strip()}"
    if key.lower() in _WORDS_FOR_AT and "at" in known:
        bare = "YAML reads a bare `on` as true; " if key == "on" else ""
        return f"{bare}a day or moment is `at`"
    plain = plain_word(key)
    key_meant = KEYS_MEANT.get(plain, "")
    if key_meant in known:
        return f"write {EXAMPLES[key_meant]}" if key_meant in EXAMPLES else f"did you mean `{key_meant}`?"
    if plain in known:
        return f"write `{plain}`"
    if plain in KEYS_ELSEWHERE:
        return KEYS_ELSEWHERE[plain]
    if key in owners:
        kind = "; an entry with `event` is an event" if "event" in present and "a contact" in owners[key] else ""
        return f"it is a key of {' and of '.join(owners[key][:3])}{_written_in(owners[key])}{kind}"
    if key_meant in owners:
        return f"did you mean `{key_meant}`, a key of {owners[key_meant][0]}{_written_in(owners[key_meant])}?"
    return meant(key, free) or f"the keys are {listed(known, all_by)}"


def _written_in(titles: list[str]) -> str:
    """How the one object is written that has a key; nothing where several have it."""
    examples = {
        "an address": f": {EXAMPLES['addresses']}",
        "an endpoint": f": {EXAMPLES['endpoints']}",
        "a case file": ", once, above `cases`",
    }
    return examples.get(titles[0], "") if len(titles) == 1 else ""


_MISSING: Final[Mapping[str, str]] = {
    "direction": "outbound where the collector called or wrote, inbound where the debtor did",
    "channel": "by which it was, as phone, sms, email or letter; what happened beside contacts has `event` instead",
    "currency": "its code, as USD",
    "country": "two letters, as US",
    "role": "creditor for who collects what is owed to it, third_party for an agency, debt_buyer, law_firm or servicer",
}
"""What a key is that is missing and takes no more than a word."""
_KINDS_MISSING: Final[Mapping[str, str]] = {
    "a debt": "consumer for what a person owes for private use, else commercial",
    "the action": "contact to call, write to or visit somebody; `collectrules facts action.kind` lists them all",
}
"""The same of `kind`, by the object that needs it."""


def missing_key(
    present: Iterable[str], keys: Collection[str], owners: Mapping[str, list[str]], subject: str = ""
) -> str:
    """A key that nothing has and that may be one of the missing; else what the missing one is, or how it is written."""
    near = [name for name in present if name not in owners and meant(name, keys)]
    if near:
        return f"is `{near[0]}` meant?"
    first = next(iter(keys), "")
    if len(keys) != 1:
        return ""
    if first in EXAMPLES:
        return f"write {EXAMPLES[first]}"
    return _KINDS_MISSING.get(subject, "") if first == "kind" else _MISSING.get(first, "")
