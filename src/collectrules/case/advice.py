"""What was probably meant, and what to write: the help below a message about a case."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from collectrules.case.elsewhere import KEYS_ELSEWHERE
from collectrules.case.values import is_whole
from collectrules.ground.errors import meant, plain_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_LOOSE_MOMENT = r"""
    (\d{4})[-/.](\d{1,2})[-/.](\d{1,2})
    (?:[T\ t]+(\d{1,2})[:.h](\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z
"""
_LOOSE_CLOCK = r"(\d{1,2})[:.h](\d{2})\Z"
_MERIDIEM = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?\Z"
_YES: Final = frozenset({"yes", "y", "on", "1", "true"})
_NO: Final = frozenset({"no", "n", "off", "0", "false"})


def advise_moment(text: str) -> str:
    """How a day or moment is written."""
    loose = re.match(_LOOSE_MOMENT, text, re.ASCII | re.VERBOSE)
    if not loose:
        return _unusual_moment(text)
    year, month, day, hour, minute, seconds, offset = loose.groups()
    written = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return f"write '{written}'"
    if offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"write {written}T{int(hour):02}:{minute}{(seconds or '')[:3]}{offset or ''}"


_MONTHS: Final = 12
_EPOCH: Final = range(10**8, 10**11)


def _unusual_moment(text: str) -> str:
    """How a moment is written that is told by a word, in seconds, or with the year last."""
    if text.lower() in {"now", "today", "tomorrow", "yesterday"}:
        return f"write the day; about this moment asks `collectrules check --at now`, without `{text}` in the case"
    if text.isascii() and text.isdigit() and int(text[:12]) in _EPOCH:
        return f"seconds since 1970 are {datetime.fromtimestamp(int(text), UTC):%Y-%m-%dT%H:%M:%SZ}"
    return _year_last(text) or "year first: '2026-03-02', or 2026-03-02T14:05"


def _year_last(text: str) -> str:
    """How a day is written that has its year last; which number is the month is asked where it may be either."""
    last = re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T, ]+(\d{1,2}):(\d{2}))?", text, re.ASCII)
    if not last:
        return ""
    clock = f"T{int(last[4]):02}:{last[5]}" if last[4] else ""
    numbers = (int(last[1]), int(last[2]))
    written = [
        f"{last[3]}-{month:02}-{day:02}{clock}" if clock else f"'{last[3]}-{month:02}-{day:02}'"
        for month, day in dict.fromkeys((numbers, numbers[::-1]))
        if month <= _MONTHS
    ]
    if len(written) > 1:
        return f"year first, then the month: is {' or '.join(written)} meant?"
    return f"year first: write {written[0]}" if written else ""


def advise_date(text: str) -> str:
    """How a day is written."""
    loose = re.match(_LOOSE_MOMENT, text, re.ASCII | re.VERBOSE)
    if loose:
        return f"write '{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}'"
    return _year_last(text) or "year first: '2026-03-02'"


def advise_clock(text: str) -> str:
    """How a clock time is written."""
    loose = re.match(_LOOSE_CLOCK, text, re.ASCII)
    if loose and int(loose[1]) < 24 and int(loose[2]) < 60:  # noqa: PLR2004  hours and minutes
        return f"write '{int(loose[1]):02}:{loose[2]}'"
    loose = re.match(_MERIDIEM, text, re.ASCII | re.IGNORECASE)
    if loose and 1 <= int(loose[1]) <= 12:  # noqa: PLR2004  hours of half a day
        hour = int(loose[1]) % 12 + (12 if loose[3] in "pP" else 0)
        return f"write '{hour:02}:{loose[2] or '00'}'"
    return "the clock goes from '00:00' to '24:00'"


_MOST_DIGITS: Final = 20


def advise_money(text: str) -> str:
    """How an amount is written."""
    if text.lstrip().startswith("-"):
        return "an amount is not negative"
    digits = re.sub(r"[^0-9.,]", "", text)
    if re.search(r"[0-9][eE][-+]?[0-9]", text) or len(digits) > _MOST_DIGITS:
        return "write the amount as text with two decimals, as '8400.00'"
    whole, mark, cents = digits, "", ""
    if re.search(r"[.,][0-9]{1,2}\Z", digits):
        at = max(digits.rfind("."), digits.rfind(","))
        whole, mark, cents = digits[:at], ".", digits[at + 1 :]
    whole = re.sub("[.,]", "", whole)
    if not whole or (not mark and len(digits) - len(whole) == 1 and "." in digits):
        return "write the amount as text with two decimals, as '8400.00'"
    return f"write '{whole}.{cents:0<2}', with `currency` beside it"


def advise_rate(text: str) -> str:
    """How a rate is written."""
    loose = re.match(r"([0-9]+)(?:[.,]([0-9]{1,4}))?\s*%?\Z", text)
    return f"write '{loose[1]}.{loose[2] or '0'}'" if loose else "per cent a year with one to four decimals, as '5.25'"


def advise_truth(text: str) -> str:
    """How yes and no are written."""
    lower = text.lower()
    if lower in {"true", "false"}:
        return f"write {lower} without quotes"
    return "write true" if lower in _YES else "write false" if lower in _NO else "write true or false"


def advise_phone_number(text: str) -> str:
    """How a telephone number is written."""
    digits = re.sub(r"[^0-9]", "", text)
    if not text.startswith("+") and len(digits) >= _SHORTEST_NUMBER:
        return f"write +, the calling code of the country and the number: is +1 {digits} meant?"
    return "7 to 15 digits after the +, an extension left out"


_SHORTEST_NUMBER: Final = 7


def advise_region(text: str) -> str:
    """How a part of a country is written."""
    if len(text) < _LONG_REGION:
        return advise_capitals(text)
    from collectrules.case.places.written import regions_named  # a table of names, for what is wrong only

    if named := regions_named(text):
        return f"did you mean {' or '.join(named)}?"
    return "the code of the part that stands behind the country: of US-TX it is TX"


_LONG_REGION: Final = 4


JURISDICTION: Final = "^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$"
"""How a jurisdiction is written."""


def advise_jurisdiction(text: str) -> str:
    """The code that a jurisdiction has."""
    if text in {"false", "False", "FALSE"}:
        return "Norway needs quotes: 'NO'"
    upper = text.upper().replace("_", "-").replace("/", "-")
    if (country := _COUNTRIES_MEANT.get(upper)) is not None:
        return f"did you mean {country}?"
    return f"write {upper}" if re.match(JURISDICTION, upper) else "the code of the country, and of its part: US-TX"


_COUNTRIES_MEANT: Final[Mapping[str, str]] = {
    "USA": "US",
    "U.S.": "US",
    "U.S.A.": "US",
    "UNITED STATES": "US",
    "UK": "GB",
    "U.K.": "GB",
    "GBR": "GB",
    "UNITED KINGDOM": "GB",
    "CAN": "CA",
    "DEU": "DE",
    "GER": "DE",
    "FRA": "FR",
    "NLD": "NL",
    "ESP": "ES",
    "ITA": "IT",
    "AUS": "AU",
    "MEX": "MX",
    "BRA": "BR",
    "IRL": "IE",
    "IND": "IN",
    "JPN": "JP",
}
"""Codes of three letters and names that people write for the codes of ISO 3166-1."""


def advise_country(text: str) -> str:
    """The code that a country has."""
    meant_by = _COUNTRIES_MEANT.get(text.upper())
    if meant_by:
        return f"did you mean {meant_by}?"
    if len(text) == len("US") and text.isalpha():
        return f"write {text.upper()}"
    from collectrules.case.places.written import country_of  # a table of names, for what is wrong only

    named = country_of(text)
    return f"did you mean {named}?" if named else "two letters, as DE for Germany"


def advise_currency(text: str) -> str:
    """The code that a currency has."""
    if text in _CURRENCIES_MEANT:
        return f"did you mean {_CURRENCIES_MEANT[text]}?"
    return f"write {text.upper()}" if len(text) == len("USD") and text.isalpha() else "three letters: USD, EUR, GBP"


_CURRENCIES_MEANT: Final[Mapping[str, str]] = {
    "€": "EUR",
    "£": "GBP",
    "$": "USD, CAD, AUD or another dollar",
    "US$": "USD",
    "¥": "JPY or CNY",
    "₹": "INR",
    "R$": "BRL",
    "zł": "PLN",
    "kr": "SEK, DKK or NOK",
    "Fr.": "CHF",
}
"""Signs that people write for the codes of ISO 4217."""


def advise_number(text: str) -> str:
    """How a whole number is written."""
    return f"write {text} without quotes" if is_whole(text) else ""


def advise_capitals(text: str) -> str:
    """The same in capitals."""
    return f"write {text.upper()}" if text.isalnum() and text.upper() != text else ""


NO_ZONES: Final = frozenset({"Factory", "localtime", "posixrules", "EST", "MST"})
"""What lies among the zones and says nothing of a place: that nobody chose one, or where this machine is.

`EST` and `MST` lie there as clocks that are never put forward; who writes them means New York and Denver, which are.
"""


def advise_zone(text: str) -> str:
    """The time zone of a city, or the nearest name."""
    from zoneinfo import available_timezones

    known = sorted(available_timezones() - NO_ZONES)
    if not known:
        return "this machine has no time zone database: pip install tzdata"
    if of_clock := _ZONES_MEANT.get(text.lower().removesuffix(" time")):
        return f"a zone is named for a city: did you mean {of_clock}?"
    city = text.replace(" ", "_").rpartition("/")[2].lower()
    same = [name for name in known if name.rpartition("/")[2].lower() == city]
    near = [name for name in known if "/" in name]  # a letter off, three capitals are another country
    return f"did you mean `{same[0]}`?" if same else meant(text, near) or "a zone is named for a city: America/New_York"


_ZONES_MEANT: Final[Mapping[str, str]] = {
    word: zone
    for words, zone in (
        ("eastern et est edt", "`America/New_York`"),
        ("central ct cst cdt", "`America/Chicago`"),
        ("mountain mt mst mdt", "`America/Denver`, or `America/Phoenix` where the clocks are never put forward"),
        ("pacific pt pst pdt", "`America/Los_Angeles`"),
        ("alaska akst akdt", "`America/Anchorage`"),
        ("hawaii hst", "`Pacific/Honolulu`"),
        ("atlantic ast adt", "`America/Halifax`, or `America/Puerto_Rico`"),
        ("uk bst british", "`Europe/London`"),
        ("cest", "`Europe/Berlin`"),
        ("ist", "`Asia/Kolkata`, or `Europe/Dublin`"),
        ("aest aedt", "`Australia/Sydney`"),
    )
    for word in words.split()
}
"""Names that people give to clocks, and a zone of each."""
_WORDS_FOR_AT: Final = frozenset({"on", "date", "time", "when", "datetime", "timestamp"})
KEYS_MEANT: Final[Mapping[str, str]] = {
    "zip": "postal_code",
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


def missing_key(present: Iterable[str], keys: Collection[str], owners: Mapping[str, list[str]]) -> str:
    """A key that nothing has and that may be one of the missing; else an example of one that holds more than a word."""
    near = [name for name in present if name not in owners and meant(name, keys)]
    if near:
        return f"is `{near[0]}` meant?"
    first = next(iter(keys), "")
    return f"write {EXAMPLES[first]}" if len(keys) == 1 and first in EXAMPLES else ""
