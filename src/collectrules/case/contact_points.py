"""Telephone numbers and e-mail addresses: what is written in several ways is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER: Final = r"^\+[1-9]([ ().\-/]*[0-9]){6,14}$"
"""A number with the calling code of its country, however it is spaced: 7 to 15 digits (E.164)."""
EMAIL: Final = r"^[^@\s]{1,64}@[^@\s]{1,255}$"
_FEWEST_DIGITS: Final = 7
"""So many digits, of one debtor's numbers, are no accident."""
_IS_NUMBER: Final = re.compile(NUMBER[1:-1], re.ASCII)
_IS_EMAIL: Final = re.compile(EMAIL[1:-1])
_SPACING: Final = re.compile(r"[ ().\-/]+")
_NAMES: Final = ("id", "number", "email")


_TRUNK_ZERO: Final = re.compile(r"(\+(?!39|378)[1-9][0-9]{0,2}[ .\-/]*)\(0\)", re.ASCII)
"""The zero that is dialled within a country alone; to Italy and San Marino it is dialled from abroad too."""
_EXTENSION: Final = re.compile(
    r"[\s,;]*(?:x|ext\.?|extension|#|durchwahl|dw\.?|poste|interno|anexo|ramal)\s*[0-9]{1,6}\s*$", re.IGNORECASE
)


def without_trunk_zero(text: str) -> str:
    """A number as `+44 (0)20 7946 0958` without what is dialled within its country alone."""
    return _TRUNK_ZERO.sub(r"\1", text)


def without_extension(text: str) -> str:
    """A number as it is written, without the extension behind it and blanks at its ends."""
    return _EXTENSION.sub("", text).strip()


def number_of(text: str) -> str | None:
    """A number as E.164 writes it, `+18505550142`; None for what is none.

    It begins with `+` and the calling code of the country: without, nobody knows where it is.
    """
    return _SPACING.sub("", without_trunk_zero(text)) if _IS_NUMBER.fullmatch(text) else None


def is_email(text: str) -> bool:
    """Is it written as an e-mail address?"""
    return _IS_EMAIL.fullmatch(text) is not None


def canonical(text: str) -> str:
    """The one name of a number or e-mail address that may be written in several ways; of other text, the text."""
    number = number_of(text)
    if number is not None:
        return number
    return text.lower() if _IS_EMAIL.fullmatch(text) else text


def ids_of_points(endpoints: Any) -> dict[str, str]:
    """The id of each number and address that has another one: a log may call it either way."""
    listed = endpoints if isinstance(endpoints, list | tuple) else ()
    ids = {contact_point(each): endpoint_id(each) for each in listed}
    return {point: name for point, name in ids.items() if point is not None and name is not None and name != point}


def with_code(text: str, points: Iterable[str]) -> str | None:
    """The number that is meant by one without its calling code, as +18505550142 by 850-555-0142; None: no such one."""
    digits = _SPACING.sub("", text).lstrip("0")
    if len(digits) < _FEWEST_DIGITS or not digits.isdecimal():
        return None
    return next((point for point in points if point.startswith("+") and point.endswith(digits)), None)


def contact_point(endpoint: Any) -> str | None:
    """The number or e-mail address of an endpoint, which its id may be; None where none can be read."""
    if not isinstance(endpoint, dict):
        return None
    point = next((endpoint[key] for key in ("number", "email", "id") if key in endpoint), None)
    if type(point) is not str:
        return None
    return canonical(point) if number_of(point) is not None or _IS_EMAIL.fullmatch(point) else None


def endpoint_id(endpoint: Any) -> str | None:
    """What contacts call an endpoint: its id, else its number or address; None where that cannot be read."""
    if not isinstance(endpoint, dict):
        return None
    name = next((endpoint[key] for key in _NAMES if key in endpoint), None)
    return canonical(name) if type(name) is str else None
