"""How a value of a case is written: amounts, clocks, numbers, codes of places; moments are in `moment_advice`.

What a message proposes is never more than the value says: where it may be read in two ways, both are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.case.contact_points import without_extension
from collectrules.case.values import is_whole
from collectrules.ground.dated import hour_of_day
from collectrules.ground.errors import meant, plain_word

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOSE_CLOCK = r"(\d{1,2})[:.h](\d{2})\Z"
_MERIDIEM = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?\Z"
_YES: Final = frozenset({"yes", "y", "on", "1", "true"})
_NO: Final = frozenset({"no", "n", "off", "0", "false"})
_NOT_KNOWN: Final = frozenset(
    """
    n/a na n.a. n.a #n/a nan nil null none unknown not_known not_available not_applicable tbd tba k.a. unbekannt
    desconocido inconnu _ ? ?? . ~
    """.split()  # noqa: SIM905  as vocabularies are written
)
"""What exports write where they have no value."""


def advise_not_known(text: str) -> str:
    """What to do with a word that says that there is no value; empty for any other text."""
    bare = text.strip().strip("-") and plain_word(text)
    return "take the key out where it is not known" if not bare or bare in _NOT_KNOWN else ""


def advise_clock(text: str) -> str:
    """How a clock time is written."""
    loose = re.match(_LOOSE_CLOCK, text, re.ASCII)
    if loose and int(loose[1]) < 24 and int(loose[2]) < 60:  # noqa: PLR2004  hours and minutes
        return f"write '{int(loose[1]):02}:{loose[2]}'"
    loose = re.match(_MERIDIEM, text, re.ASCII | re.IGNORECASE)
    if loose and 1 <= int(loose[1]) <= 12:  # noqa: PLR2004  hours of half a day
        return f"write '{hour_of_day(int(loose[1]), loose[3]):02}:{loose[2] or '00'}'"
    return "the clock goes from '00:00' to '24:00'"


_MOST_DIGITS: Final = 20
_NEGATIVE: Final = re.compile(r"\s*(?:-|\u2212|\(.*\)\s*\Z|.*[0-9]\s*-\s*\Z)")


def advise_money(text: str) -> str:
    """How an amount is written."""
    if _NEGATIVE.match(text) and re.search("[0-9]", text):
        return "an amount is not negative"
    digits = re.sub(r"[^0-9.,]", "", text)
    if re.search(r"[0-9][eE][-+]?[0-9]", text) or len(digits) > _MOST_DIGITS:
        return _AMOUNT
    whole, mark, cents = digits, "", ""
    if re.search(r"[.,][0-9]{1,2}\Z", digits):
        at = max(digits.rfind("."), digits.rfind(","))
        whole, mark, cents = digits[:at], ".", digits[at + 1 :]
    whole = re.sub("[.,]", "", whole)
    if not whole or (not mark and len(digits) - len(whole) == 1 and "." in digits):
        return _AMOUNT
    return f"write '{whole}.{cents:0<2}', with `currency` beside it"


_AMOUNT: Final = "write the amount as text with two decimals, as '8400.00'"


def advise_rate(text: str) -> str:
    """How a rate is written."""
    loose = re.match(r"([0-9]+)(?:[.,]([0-9]{1,4}))?\s*%?\Z", text)
    return f"write '{loose[1]}.{loose[2] or '0'}'" if loose else "per cent a year with one to four decimals, as '5.25'"


def advise_truth(text: str) -> str:
    """How yes and no are written."""
    lower = text.lower()
    if lower in {"true", "false"}:
        return f"write {lower} without quotes"
    if lower in _YES or lower in _NO:
        return "write true" if lower in _YES else "write false"
    if re.match(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", lower):
        return "write true where it is so; since when is not asked here"
    return "write true or false"


def advise_phone_number(text: str) -> str:
    """How a telephone number is written."""
    bare = without_extension(text)
    digits = re.sub(r"[^0-9]", "", bare)
    end = ", an extension left out" if bare != text.strip() else ""
    if bare.startswith("+") or len(digits) < _SHORTEST_NUMBER:
        if end and len(digits) >= _SHORTEST_NUMBER:
            return f"write {bare}{end}"
        return "7 to 15 digits after the +, an extension left out"
    if bare.startswith("00"):
        return f"write + in place of the first 00: +{digits[2:]}{end}"
    if digits.startswith("0"):
        own = digits.lstrip("0")
        return f"write the calling code of the country in place of the first 0, as +44 {own} in Britain{end}"
    if len(digits) == _LONG_NUMBER and digits.startswith("1"):
        digits = digits[1:]
    without = ", without the extension" if end else ""
    return f"write +, the calling code of the country and the number: is +1 {digits} meant{without}?"


_SHORTEST_NUMBER: Final = 7
_LONG_NUMBER: Final = 11
"""Digits of a number of North America with its calling code."""


def advise_region(text: str) -> str:
    """How a part of a country is written."""
    if len(text) < _LONG_REGION:
        return advise_capitals(text)
    from collectrules.case.places.written import regions_named  # a table of names, for what is wrong only

    if named := regions_named(text):
        return f"did you mean {' or '.join(f'{code} ({country})' for country, code in named)}?"
    return "the code of the part that stands behind the country: of US-TX it is TX"


_LONG_REGION: Final = 4


JURISDICTION: Final = "^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$"
"""How a jurisdiction is written."""


def advise_jurisdiction(text: str) -> str:
    """The code that a jurisdiction has."""
    from collectrules.case.places.written import codes_meant  # a table of names, for what is wrong only

    if text in {"false", "False", "FALSE"}:
        return "Norway needs quotes: 'NO'"
    if named := codes_meant(text):
        return f"did you mean {' or '.join(named)}?"
    upper = text.upper().replace("_", "-").replace("/", "-")
    return f"write {upper}" if re.match(JURISDICTION, upper) else "the code of the country, and of its part: US-TX"


def advise_country(text: str) -> str:
    """The code that a country has."""
    from collectrules.case.places.written import country_of  # a table of names, for what is wrong only

    named = country_of(text)
    if named is not None:
        return f"did you mean {named}?" if named != text.upper() else f"write {named}"
    if len(text) == len("US") and text.isalpha():
        return f"write {text.upper()}"
    return "two letters, as DE for Germany"


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
