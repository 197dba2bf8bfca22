"""Texts of a case: of any form, of one form, and those that stand for a day, a moment, a clock time or an amount."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from collectrules.case import contact_points
from collectrules.case.advice import listed
from collectrules.case.kinds import FactType, JsonSchema, Kind, Refused, Report, Setting, is_of_type
from collectrules.case.persons import same_for_all_spellings
from collectrules.case.value_advice import NO_ZONES, advise_not_known, advise_zone
from collectrules.case.values import written
from collectrules.ground.nodes import Node, Scalar, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

T = TypeVar("T")

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Years of the days in a case: what is outside is a typing error, and no time zone pushes a day off the calendar."""


class NoFigure(Enum):
    """The answer that no figure may be given: `null` in a file, which is not the same as an absent key."""

    NO_FIGURE = "no figure may be given"


NO_FIGURE: Final = NoFigure.NO_FIGURE


class AnyText(Kind[str]):
    """Text that is not empty."""

    name, takes = "text", "text"
    form: JsonSchema = {"type": "string", "minLength": 1}  # noqa: RUF012

    def read(self, value: Any, setting: Setting) -> str:
        """Take text of whole characters."""
        if type(value) is str and value and (value.isascii() or _is_whole_text(value)):
            return value
        raise Refused(self.tell)

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say that it is empty or no text."""
        if is_of_type(node, self, subject, report):
            report.add(node.place, "CR014", f"{subject} is empty", "write something, or take the key out")


def _is_whole_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Written(Kind[T]):
    """Text of one form, and what it stands for: `pattern` is a regular expression of JSON Schema, from `^` to `$`."""

    format: str = ""

    def __init__(
        self,
        name: str,
        pattern: str,
        takes: str,
        advise: Callable[[str], str] | None = None,
        fact_type: FactType | None = None,
    ) -> None:
        self.name = name
        self.pattern = pattern
        self.takes = takes
        self.advise = advise
        self.fact_type = fact_type or self.fact_type

    @cached_property
    def matches(self) -> Callable[[str], re.Match[str] | None]:
        """Whether a text has the form."""
        return re.compile(self.pattern[1:-1], re.ASCII).fullmatch

    def tell(self, node: Node, subject: str, report: Report) -> None:
        """Say which form it has."""
        if is_of_type(node, self, subject, report, self.advise) and isinstance(node, Scalar):
            advice = advise_not_known(node.text) or (self.advise(node.text) if self.advise else "")
            report.add(node.place, "CR014", f"{subject} must be {self.takes}, but here is {shown(node.text)}", advice)

    def schema(self, definitions: JsonSchema) -> JsonSchema:
        """Describe it."""
        types = list(self.json_types)
        form = {"format": self.format} if self.format else {}
        return {
            "type": types[0] if len(types) == 1 else types,
            "pattern": self.pattern,
            **form,
            "description": self.takes,
        }


class Form(Written[str]):
    """Text of one form that stands for itself."""

    def read(self, value: Any, setting: Setting) -> str:
        """Take text of the form."""
        if type(value) is str and self.matches(value):
            return value
        raise Refused(self.tell)


class Id(Form):
    """An id: any text that can be printed on one line, so that two which look alike are alike."""

    _LONGEST: ClassVar[int] = 200

    def __init__(
        self, name: str, takes: str = "a text of up to 200 characters, as INV-1042", fact_type: FactType = "text"
    ) -> None:
        # JSON Schema has no class of all that cannot be printed: these are the usual ones, and `read` knows all.
        unseen = r"\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
        super().__init__(name, f"^(?! )[^{unseen}]{{1,{self._LONGEST}}}(?<! )$", takes, self._help, fact_type)

    def read(self, value: Any, setting: Setting) -> str:
        """Take text of the form that can be printed."""
        if type(value) is str and value.isprintable() and self.matches(value):
            return value
        raise Refused(self.tell)

    def _help(self, text: str) -> str:
        if len(text) > self._LONGEST:
            return f"this has {len(text):,} characters"
        if not text:
            return "write something, or take the key out"
        if text.isprintable() and text.strip(" ") != text:
            return "take the blanks at its ends out"
        if text.isprintable() and self.matches(text):
            return ""  # it is no text, which is told
        return "it holds a character that cannot be seen, as a line break, or is one of no script"


class EndpointId(Id):
    """The id of an endpoint, which its number or address may be: that is one, however it is spaced or capitalized.

    A refusal that a log tells of a number must reach the act that calls the number by its id.
    """

    def read(self, value: Any, setting: Setting) -> str:
        """Take an id, a number or an address; of one that has another id in the case, that id."""
        name = contact_points.canonical(super().read(value, setting))
        return setting.endpoints.get(name, name)


class PersonName(Id):
    """A name for a person: a call to `neighbor 1` comes after one to `Neighbor_1`."""

    def read(self, value: Any, setting: Setting) -> str:
        """Take a name, as the case writes it first."""
        name = super().read(value, setting)
        return setting.persons.get(same_for_all_spellings(name), name)


class ContactPoint(Form):
    """A telephone number or e-mail address, of which one way to write it is kept."""

    def read(self, value: Any, setting: Setting) -> str:
        """Take a number or address."""
        return contact_points.canonical(super().read(value, setting))


class DebtOfTheCase(Id):
    """The id of a debt of the case."""

    format = "debt"

    def read(self, value: Any, setting: Setting) -> str:
        """Take the id of a debt that the case has; of a case without a readable list of debts nothing is known."""
        text = super().read(value, setting)
        if setting.debts and text not in setting.debts:
            raise Refused(partial(self._tell_no_debt, debts=setting.debts))
        return text

    def _tell_no_debt(self, node: Node, subject: str, report: Report, debts: Sequence[str]) -> None:
        del subject
        text = node.scalar("an id").text
        report.add(node.place, "CR023", f"the case has no debt {shown(text)}", f"its debts are {listed(debts)}")


class Zone(Form):
    """A time zone of the IANA database."""

    format = "time-zone"
    fact_type = "zone"

    def read(self, value: Any, setting: Setting) -> str:
        """Take the name of a zone that exists."""
        text = super().read(value, setting)
        if zone(text) is None:
            raise Refused(self._tell_no_zone)
        return text

    def _tell_no_zone(self, node: Node, subject: str, report: Report) -> None:
        text = node.scalar("a time zone").text
        message = f"{subject} is {shown(text)}, {'the clock of no place' if text in NO_ZONES else _NO_ZONE}"
        report.add(node.place, "CR021", message, advise_zone(text))


_NO_ZONE: Final = "a time zone that does not exist"
_LONGEST_ZONE: Final = 64
"""The longest name has half as many characters."""
_OTHER_SCALES: Final = ("posix/", "right/")
"""Folders beside the zones that hold them again, one of them on a clock that counts leap seconds."""


@lru_cache(maxsize=512)
def zone(key: str) -> ZoneInfo | None:
    """Return a time zone of the IANA database, or None where there is none of this name."""
    from zoneinfo import ZoneInfo  # found out for those who name a zone

    if len(key) > _LONGEST_ZONE or key.startswith(_OTHER_SCALES) or key in NO_ZONES:
        return None
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


def zone_stated(stated: object) -> ZoneInfo | None:
    """The same of what may be no text."""
    return zone(stated) if type(stated) is str else None


class Converted(Written[T]):
    """Text of one form that stands for something else. Python code may give what it stands for."""

    def read(self, value: Any, setting: Setting) -> T:
        """Take text of the form, or what `values.written` writes so."""
        text = value if type(value) is str else written(value)
        if text is None or not self.matches(text):
            raise Refused(self.tell)
        return self.convert(text, setting)

    def convert(self, text: str, setting: Setting) -> T:
        """Return what text of the form stands for. Raises `Refused`."""
        raise NotImplementedError

    def write(self, value: Any) -> object:
        """Return it as text."""
        text = written(value)
        return value if text is None else text


def _tell_day(node: Node, subject: str, report: Report) -> None:
    text = node.scalar("a day").text[:10]
    if FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        report.add(node.place, "CR020", f"{subject} is {shown(text)}, a day that is not in the calendar")
    else:
        report.add(node.place, "CR020", f"{subject} is {shown(text)}, a year far away", "is the year right?")


class Day(Converted[date]):
    """A day of the calendar."""

    format = "date"
    fact_type = "date"

    def convert(self, text: str, setting: Setting) -> date:
        """Return the day, if there is such a day."""
        return _day(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(_tell_day) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(_tell_day)
    return day


class Moment(Converted[date | datetime]):
    """A day, or a day and a time, on the clock of the debtor where it has no offset.

    Between day and time may stand a blank, as RFC 3339 allows and databases, spreadsheets and Python write.
    """

    format = "moment"
    fact_type = "at"

    def convert(self, text: str, setting: Setting) -> date | datetime:
        """Return the day or moment, if a clock ever showed it."""
        if len(text) == _BARE_DAY:
            return _day(text)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise Refused(_tell_day) from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise Refused(_tell_day)
        if setting.zone is not None and moment.tzinfo is None and _skipped(moment, setting.zone):
            raise Refused(partial(_tell_skipped, zone_key=setting.zone.key))
        return moment


_BARE_DAY: Final = len("2026-03-02")


def _skipped(moment: datetime, where: ZoneInfo) -> bool:
    """Whether no clock of a zone ever showed this time: in the hour left out, the offset before is the smaller one."""
    before = where.utcoffset(moment)
    # Most clocks are not put forward within two days, which is asked in a tenth of the time.
    if before == where.utcoffset(moment + _TWO_DAYS):
        return False
    after = where.utcoffset(moment.replace(fold=1))
    return before is not None and after is not None and before < after


_TWO_DAYS: Final = timedelta(days=2)


def _tell_skipped(node: Node, subject: str, report: Report, zone_key: str) -> None:
    report.add(
        node.place,
        "CR022",
        f"{subject} is {shown(node.scalar('a moment').text)}, a time that the clocks of {zone_key} skipped",
        "summer time began then: write the time that the clock showed, or add the offset from UTC",
    )


class Clock(Converted[int]):
    """A clock time, as whole minutes after midnight; 24:00 is 1440."""

    fact_type = "time"

    def convert(self, text: str, setting: Setting) -> int:
        """Return the minutes."""
        return int(text[:2]) * 60 + int(text[3:])

    def write(self, value: Any) -> object:
        """Return the time as a clock shows it."""
        return f"{value // 60:02}:{value % 60:02}" if type(value) is int else super().write(value)


class Money(Converted[Decimal]):
    """An amount with two decimals."""

    fact_type = "money"

    def convert(self, text: str, setting: Setting) -> Decimal:
        """Return the exact amount."""
        return Decimal(text)


class Rate(Converted["Decimal | NoFigure"]):
    """Per cent a year; `null` is the answer that no figure may be given."""

    fact_type = "money"
    json_types = ("string", "null")

    def read(self, value: Any, setting: Setting) -> Decimal | NoFigure:
        """Take a rate or null."""
        return NO_FIGURE if value is None else super().read(value, setting)

    def convert(self, text: str, setting: Setting) -> Decimal:
        """Return the exact rate."""
        return Decimal(text)

    def write(self, value: Any) -> object:
        """Return it as text, or null."""
        return None if value is NO_FIGURE else super().write(value)
