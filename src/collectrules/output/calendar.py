"""The steps, deadlines and reviews of a policy as iCalendar (RFC 5545): an all-day entry each, with an alert."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from collectrules.output.icalendar import calendar, escaped
from collectrules.policy.days import first_working_day, last_working_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.output.worklist import Row
    from collectrules.policy.model import Policy, Review

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_AHEAD: Final = 12
"""Months ahead in which what comes back is written out."""


def as_calendar(rows: Iterable[Row], policies: Iterable[Policy], day: date) -> str:
    """A calendar of what is to be done, of deadlines that end, and of what the policies look at again.

    The same rows give the same bytes: an entry is known by what it is about, so that a calendar that is loaded twice
    has it once.
    """
    lines: list[str] = []
    for row in rows:
        if row.outcome in ("step", "wait", "task", "pause"):
            lines += _entry(row.day, f"{row.case}: {row.action or row.outcome}", _described(row), day)
        if row.deadline and row.outcome == "step":
            lines += _entry(row.deadline, f"{row.case}: deadline ends ({row.action})", row.reason, day)
    reviews: dict[date, dict[str, str]] = {}
    for policy in policies:
        lines += _entry(policy.review_by.isoformat(), f"read the policy {policy.id} again", policy.title, day)
        for review in policy.reviews:
            for each in _days(review, policy, day):
                reviews.setdefault(each, {}).setdefault(review.title, policy.id)
    for each, titles in sorted(reviews.items()):
        lines += _of_reviews(each, titles, day)
    return calendar("worklist", lines)


def _of_reviews(on: date, titles: Mapping[str, str], day: date) -> Iterator[str]:
    """One entry for all reviews of a day, known by its day: which they are stands in it."""
    title = next(iter(titles)) if len(titles) == 1 else f"{len(titles)} reviews: {'; '.join(titles)}"
    policies = ", ".join(dict.fromkeys(titles.values()))
    yield from _entry(on.isoformat(), title, f"policy {policies}", day, known_by="reviews")


def _described(row: Row) -> str:
    amount = f"{row.currency} {row.open}" if row.open else ""
    law = f"law: {row.decision}" if row.decision else ""
    return "; ".join(filter(None, (row.invoices, amount, row.channel, law, row.reason)))


def _entry(at: str, title: str, text: str, day: date, known_by: str = "") -> Iterator[str]:
    name = sha256(f"{at}\x00{known_by or title}".encode()).hexdigest()[:32]
    start = date.fromisoformat(at)
    yield from (
        "BEGIN:VEVENT",
        f"UID:{name}@collectrules",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(text)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(title)}",
        "TRIGGER:PT8H",
        "END:VALARM",
        "END:VEVENT",
    )


def _days(review: Review, policy: Policy, day: date) -> Iterator[date]:
    """The days of a review in the next months, that of its first one not before the day."""
    if review.every == "week":
        first = day + timedelta(days=(4 if review.last_day else 0) - day.weekday())
        found = (first + timedelta(days=7 * number) for number in range(54))
        yield from (each for each in found if day <= each <= day + timedelta(days=365))
        return
    every = _MONTHS[review.every]
    for number in range(_AHEAD + 1):
        year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
        if (month + (1 if review.last_day else 0)) % every:
            continue
        start = date(year, month + 1, 1)
        found_day = (last_working_day if review.last_day else first_working_day)(policy.calendar, start)
        if found_day >= day:
            yield found_day
