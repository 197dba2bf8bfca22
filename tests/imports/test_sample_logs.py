"""Logs of calls, mails and tasks as other systems wrote them: read as what they are, or refused."""

from __future__ import annotations

import csv
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pytest

from collectrules.imports.lacking import CannotImport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from collectrules.imports.importing import Imported


class Log(NamedTuple):
    """What is right of a log: rows, ids, the first and last moment, words, and how its clock stands to UTC."""

    importer: str
    states: tuple[str, ...]
    rows: int
    ids: int
    first: str
    last: str
    words: dict[str, int]
    offsets: Mapping[str, int] = MappingProxyType({})
    asked: tuple[str, ...] = ()


LOGS = {
    "five9_call_log.csv": Log(
        "five9",
        ("zone=America/Los_Angeles",),
        60,
        60,
        "2026-11-09T05:13:44-08:00",
        "2026-11-19T17:46:47-08:00",
        {"No Answer": 13, "Do Not Call": 5, "Dispute": 3, "Attorney Represented": 2, "Wrong Number": 2},
        asked=("zone",),
    ),
    "asterisk/asterisk_apspoliveira_cdr.csv": Log(
        "freepbx_cdr",
        ("phone_country=PT",),
        856,
        856,
        "2017-09-01T15:33:01+00:00",
        "2017-09-09T17:23:24+00:00",
        {"ANSWERED": 747, "BUSY": 1, "FAILED": 44, "NO ANSWER": 64},
        {"+01:00": 856},
    ),
    "asterisk/asterisk_apspoliveira_cr_only.csv": Log(
        "freepbx_cdr",
        ("phone_country=PT", "zone=Europe/Lisbon", "date_order=dmy"),
        25,
        25,
        "2017-08-24T09:28:00+01:00",
        "2017-08-24T12:39:00+01:00",
        {"ANSWERED": 19, "BUSY": 2, "NO ANSWER": 4},
        asked=("zone", "date_order"),
    ),
    "asterisk/asterisk_apspoliveira_freepbx_export.csv": Log(
        "freepbx_cdr",
        (),
        100,
        100,
        "2017-09-04T11:08:58+00:00",
        "2017-09-04T11:39:26+00:00",
        {"ANSWERED": 88, "NO ANSWER": 12},
        {"+01:00": 100},
    ),
    "cucm/cucm_cdr.txt": Log(
        "cucm", ("phone_country=US",), 4, 1, "2025-04-18T16:32:08+00:00", "2025-04-18T16:32:08+00:00", {"0": 1}
    ),
    "cucm/cucm_sample_cdr.txt": Log(
        "cucm", ("phone_country=US",), 1, 1, "2024-03-25T17:01:44+00:00", "2024-03-25T17:01:44+00:00", {"0": 1}
    ),
    "fivetran/twilio_message_data.csv": Log(
        "twilio_messages",
        (),
        10,
        10,
        "2023-05-09T23:17:40.768000+00:00",
        "2023-05-09T23:17:40.768000+00:00",
        {"delivered": 10},
    ),
    "freeswitch/freeswitch_Master.csv": Log(
        "freeswitch",
        (),
        10,
        8,
        "2020-02-10T14:57:58.370387+00:00",
        "2020-02-11T03:13:30.917609+00:00",
        {"NORMAL_CLEARING": 7, "NO_USER_RESPONSE": 1, "RECOVERY_ON_TIMER_EXPIRE": 1, "USER_BUSY": 1},
        {"+08:00": 5},
    ),
    "mailgun/mailgun_events.jsonl": Log(
        "mailgun",
        (),
        12,
        9,
        "2013-08-21T01:09:03.042277+00:00",
        "2022-10-19T21:15:38.404667+00:00",
        {
            "accepted": 2,
            "clicked": 1,
            "complained": 1,
            "delivered": 1,
            "failed": 3,
            "opened": 1,
            "rejected": 1,
            "stored": 1,
            "unsubscribed": 1,
        },
    ),
    "sendgrid/sendgrid_events.json": Log(
        "sendgrid",
        (),
        13,
        2,
        "2017-12-15T00:59:29+00:00",
        "2017-12-15T00:59:29+00:00",
        {
            "bounce": 3,
            "click": 1,
            "deferred": 1,
            "delivered": 1,
            "dropped": 1,
            "group_resubscribe": 1,
            "group_unsubscribe": 1,
            "open": 1,
            "processed": 1,
            "spamreport": 1,
            "unsubscribe": 1,
        },
    ),
    "t2haider/t2haider_collection_attempts.csv": Log(
        "collection_attempts",
        ("channel=phone",),
        3000,
        3000,
        "2023-01-01",
        "2023-12-28",
        {"Failure": 751, "No Response": 761, "Partial Payment": 745, "Success": 743},
        asked=("channel",),
    ),
    "threecx/threecx_cdr_headerless_bom.csv": Log(
        "threecx",
        ("phone_country=FR",),
        250,
        250,
        "2020-05-04T08:43:42.483000+00:00",
        "2020-05-11T13:43:22.225000+00:00",
        {"Failed": 13, "Failed_Cancelled": 6, "NoRouteExists": 1, "TerminatedByDst": 93, "TerminatedBySrc": 137},
        {"+02:00": 250},
        asked=("phone_country",),
    ),
    "threecx/threecx_cdr_single_line.log": Log(
        "threecx",
        ("zone=Europe/Stockholm",),
        1,
        1,
        "2024-06-17T05:59:49+02:00",
        "2024-06-17T05:59:49+02:00",
        {"TerminatedBySrc": 1},
        asked=("zone",),
    ),
}


@pytest.mark.parametrize("name", LOGS)
def test_logs_are_what_they_are(name: str, imported: Callable[..., Imported], samples: Path) -> None:
    right = LOGS[name]
    found = imported(samples / name, *right.states)
    tally = found.tally
    assert found.importer.name == right.importer
    assert (tally.rows, tally.ids) == (right.rows, right.ids)
    assert tally.first is not None
    assert tally.last is not None
    assert (tally.first.isoformat(), tally.last.isoformat()) == (right.first, right.last)
    assert tally.words.items() >= right.words.items()
    assert tally.offsets.items() >= right.offsets.items()
    # No row is lost: each is an entry, a part of one, left out with a reason, or rejected.
    parts = tally.rows - len(found.entries) - sum(tally.left_out.values()) - len(tally.rejected)
    assert parts >= 0
    assert parts == 0 or right.ids < right.rows


@pytest.mark.parametrize("name", [name for name, right in LOGS.items() if right.asked])
def test_what_a_log_does_not_say_is_asked(name: str, imported: Callable[..., Imported], samples: Path) -> None:
    right = LOGS[name]
    states = [state for state in right.states if state.split("=")[0] not in right.asked]
    with pytest.raises(CannotImport) as refused:
        imported(samples / name, *states)
    for key in right.asked:
        assert f"--state {key}=" in str(refused.value)


def test_a_wrong_clock_shows(imported: Callable[..., Imported], samples: Path) -> None:
    offsets = imported(samples / "freeswitch/freeswitch_Master.csv").tally.offsets
    assert set(offsets) <= {"+08:00", "+07:43", "+07:42"}, "the seconds of the clock were cut"
    assert offsets["+07:43"] + offsets["+07:42"] == 5


def test_codes_and_extensions_are_no_contacts(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "asterisk/asterisk_apspoliveira_freepbx_export.csv")
    assert not found.entries
    assert sum(found.tally.left_out.values()) == 100


def test_recording_legs_are_no_calls(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "cucm/cucm_cdr.txt", "phone_country=US")
    assert len(found.entries) == 1
    assert found.tally.left_out["cdrRecordType is INTEGER"] == 1


def test_tasks_that_are_no_calls_are_left_out(imported: Callable[..., Imported], samples: Path) -> None:
    tally = imported(samples / "fivetran/salesforce_task_data.csv").tally
    assert (tally.rows, tally.left_out) == (10, {"task_subtype is Task": 10})


def test_a_mail_is_one_contact_and_what_was_suppressed_none(imported: Callable[..., Imported], samples: Path) -> None:
    sendgrid = imported(samples / "sendgrid/sendgrid_events.json")
    contacts = [entry.contact for entry in sendgrid.entries if entry.contact is not None]
    assert [contact.get("outcome") for contact in contacts] == ["delivered", "sent"]
    events = Counter(event["event"] for entry in sendgrid.entries for event in entry.events)
    assert events == {"undeliverable": 2, "opt_out": 2}, "a group that was joined again is no refusal"
    mailgun = imported(samples / "mailgun/mailgun_events.jsonl")
    outcomes = Counter(entry.contact["outcome"] for entry in mailgun.entries if entry.contact is not None)
    assert outcomes == {"sent": 3, "delivered": 1, "received": 1}
    events = Counter(event["event"] for entry in mailgun.entries for event in entry.events)
    assert events == {"opt_out": 2, "undeliverable": 1}


def test_only_no_response_says_what_came_of_an_attempt(imported: Callable[..., Imported], samples: Path) -> None:
    found = imported(samples / "t2haider/t2haider_collection_attempts.csv", "channel=phone")
    outcomes = Counter(entry.contact.get("outcome", "") for entry in found.entries if entry.contact is not None)
    assert outcomes == {"": 2239, "no_answer": 761}
    assert len({entry.keys for entry in found.entries}) == 499


def test_a_log_without_numbers_is_refused(imported: Callable[..., Imported], samples: Path) -> None:
    path = samples / "threecx/threecx_wallboard_call_log.csv"
    with pytest.raises(CannotImport, match="cannot be tied to a debtor"):
        imported(path)
    with pytest.raises(CannotImport, match="no column has an account, a number or an address"):
        imported(path, "channel=phone", "zone=Europe/Berlin", name="log")


def test_no_log_of_the_manifest_is_left_out(samples: Path) -> None:
    with (samples / "manifest.csv").open(encoding="utf-8") as file:
        logs = {row["file"] for row in csv.DictReader(file) if row["expected: open amounts by currency"] == "n/a (log)"}
    others = {"fivetran/salesforce_task_data.csv", "threecx/threecx_wallboard_call_log.csv"}
    assert len(logs) > len(others)
    assert logs <= {*LOGS, *others}
