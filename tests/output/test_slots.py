"""What is told of slots: at 80 columns, as JSON, as a calendar and as a page, all of the same spans."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from collectrules.advisor import Advisor
from collectrules.output import slots
from collectrules.output.week import as_page

if TYPE_CHECKING:
    from collectrules.verdict.schedule import Schedule

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=date(2026, 11, 21))


def schedule(advisor: Advisor, first: datetime, days: int, record: str = "complete", plan: bool = False) -> Schedule:  # noqa: FBT002
    case = advisor.case(
        {
            "version": 2,
            "id": "a,b;c",
            "jurisdiction": "US-TX",
            "record": record,
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"time_zone": "America/New_York"},
            "action": {"kind": "contact", "channel": "phone", "at": first.isoformat()},
        }
    )
    last = (first.astimezone(UTC) + timedelta(days=days)).astimezone(NEW_YORK)
    return advisor.schedule(case, ("phone", "letter"), (first, last), apart=timedelta(days=1) if plan else None)


def test_text_keeps_to_the_page_and_tells_days_that_are_alike_together(advisor: Advisor) -> None:
    text = slots.as_text(schedule(advisor, datetime(2026, 4, 8, 6, tzinfo=NEW_YORK), 4, plan=True))
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "phone   next lawful Wed 8 April 2026, 08:00 (UTC-0400)" in text
    assert re.search(r"Wed 8 Apr - Sat 11 Apr +08:00-21:00 +1\n", text)
    assert re.search(r"Sun 12 Apr +closed +1\n", text)
    assert "4 contacts fit, 1 day apart or more" in text


def test_a_day_on_which_the_clock_is_put_tells_the_offsets(advisor: Advisor) -> None:
    text = slots.as_text(schedule(advisor, datetime(2026, 10, 31, 0, tzinfo=NEW_YORK), 3))
    assert "Sun 1 Nov                08:00-0500-21:00-0500" in text
    assert "Sat 31 Oct               08:00-21:00" in text


def test_rules_that_cannot_be_decided_are_told_as_one(advisor: Advisor) -> None:
    made = schedule(advisor, datetime(2026, 4, 8, 6, tzinfo=NEW_YORK), 2, record="partial")
    text = slots.as_text(made)
    assert "no moment that is shown to be lawful" in text
    assert "cannot be decided, for facts are missing" in text
    assert len(text.splitlines()) < 30
    assert "facts are missing [" in as_page(made)


def test_json_has_every_span_with_its_law(advisor: Advisor) -> None:
    made = schedule(advisor, datetime(2026, 4, 8, 6, tzinfo=NEW_YORK), 1)
    told = json.loads(slots.as_json(made))
    assert told["schema"] == "collectrules/slots/v1"
    assert told["zones"] == [{"zone": "America/New_York", "from": "the case"}]
    phone = told["channels"][0]
    assert [(each["begin"][11:], each["decision"]) for each in phone["slots"]] == [
        ("06:00:00-04:00", "deny"),
        ("08:00:00-04:00", "allow"),
        ("21:00:00-04:00", "deny"),
    ]
    assert phone["slots"][0]["grounds"][0]["citation"].startswith("12 CFR 1006.6(b)(1)")


def test_a_calendar_has_lines_of_75_octets_and_times_in_utc(advisor: Advisor) -> None:
    made = schedule(advisor, datetime(2026, 4, 8, 6, tzinfo=NEW_YORK), 2, plan=True)
    text = slots.as_calendar(made)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART:20260408T120000Z" in whole
    assert "SUMMARY:phone is lawful: a\\,b\\;c" in whole
    assert "SUMMARY:contact 1 by letter: a\\,b\\;c" in whole
    uids = [line for line in whole if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT")
    assert slots.as_calendar(made) == text


def test_a_page_has_the_law_beside_each_closed_span(advisor: Advisor) -> None:
    made = schedule(advisor, datetime(2026, 4, 8, 6, tzinfo=NEW_YORK), 2, plan=True)
    html = as_page(made)
    assert html.count("00:00-08:00") == 1  # of the second day
    assert 'href="#law-1"' in html
    assert 'id="law-1"' in html
    assert "a,b;c" in html
    assert as_page(made) == html


def test_spans_are_cut_at_midnights_that_a_clock_skips() -> None:
    """In Santiago summer time begins at midnight: the day has no 00:00."""
    from collectrules.verdict.slots import Slot

    zone = ZoneInfo("America/Santiago")
    slot = Slot(datetime(2026, 9, 5, 12, tzinfo=zone), datetime(2026, 9, 7, tzinfo=zone), "allow", ())
    found = {str(day): [(part.begin[:5], part.end[:5]) for part in parts] for day, parts in slots.days([slot]).items()}
    assert found == {"2026-09-05": [("12:00", "24:00")], "2026-09-06": [("01:00", "24:00")]}
