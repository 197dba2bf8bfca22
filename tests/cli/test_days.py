"""Days and moments of options: what is taken, and what is said of what is none."""

from __future__ import annotations

from datetime import date

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules import cli
from collectrules.cli.days import DAY, MOMENT, Day, Moment


def refused(kind: Day | Moment, text: str) -> str:
    with pytest.raises(click.BadParameter) as wrong:
        kind.convert(text, None, None)
    return wrong.value.message


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_taken(day: date) -> None:
    assert DAY.convert(day.isoformat(), None, None) == day
    assert MOMENT.convert(day.isoformat(), None, None) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "wrong", "help_"),
    [
        ("2026-02-30", "`2026-02-30` is no day: 2026-02 has 28 days", "did you mean 2026-02-28?"),
        ("2026-13-01", "there is no month 13", "did you mean 2026-01-13?"),
        ("2026-14-45", "there is no month 14", "write year, month, day: 2026-11-28"),
        ("2026-11-00", "2026-11 has 30 days", "2026-11-30"),
        ("28.11.2026", "`28.11.2026` is no day", "did you mean 2026-11-28?"),
        ("05/06/2026", "`05/06/2026` is no day", "did you mean 2026-06-05 or 2026-05-06?"),
        ("2026-1-5", "`2026-1-5` is no day", "did you mean 2026-01-05?"),
        ("20261128", "`20261128` is no day", "did you mean 2026-11-28?"),
        ("tomorrow", "`tomorrow` is no day", "write year, month, day: 2026-11-28"),
        ("1026-11-28", "of a year far away", "from 1900 to 2200"),
    ],
)
def test_what_is_no_day_is_told_with_what_was_meant(text: str, wrong: str, help_: str) -> None:
    told = refused(DAY, text)
    assert wrong in told
    assert help_ in told


@pytest.mark.parametrize(
    "text",
    [
        "now",
        "2026-11-28",
        "2026-11-28T10:00",
        "2026-11-28T10:00:05",
        "2026-11-28T10:00:05.25-04:00",
        "2026-11-28T23:59Z",
    ],
)
def test_every_form_of_a_moment_is_taken(text: str) -> None:
    assert MOMENT.convert(text, None, None) == text
    with_blank = text.replace("T", " ")
    assert MOMENT.convert(with_blank, None, None) == text


@pytest.mark.parametrize(
    ("text", "wrong", "help_"),
    [
        ("noon", "`noon` is no moment", "with a time 2026-04-07T10:00, or `now`"),
        ("2026-02-30T10:00", "`2026-02-30T10:00` is no moment: `2026-02-30` is no day", "did you mean 2026-02-28?"),
        ("2026-11-28T24:00", "there is no hour 24", "00 to 23"),
        ("2026-11-28T10:60", "there is no time 10:60", "2026-04-07T10:00"),
        ("2026-11-28 9:05", "no T between day and time", "did you mean 2026-11-28T09:05?"),
        ("2026-11-28T10", "is no moment", "write 2026-04-07T10:00"),
        ("28.11.2026", "is no moment", "did you mean 2026-11-28?"),
    ],
)
def test_what_is_no_moment_is_told_with_what_was_meant(text: str, wrong: str, help_: str) -> None:
    told = refused(MOMENT, text)
    assert wrong in told
    assert help_ in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "case.yaml", "--at", "2026-02-30"),
        ("check", "case.yaml", "--today", "2026-02-30"),
        ("slots", "case.yaml", "--from", "2026-02-30"),
        ("advise", "case.yaml", "--at", "2026-02-30"),
        ("letter", "reminder", "case.yaml", "-o", "x.txt", "--on", "2026-02-30"),
        ("record", "case.yaml", "payment", "--at", "2026-02-30"),
        ("record", "case.yaml", "promise_to_pay", "--promised-for", "2026-02-30"),
        ("handoff", "case.yaml", "--at", "2026-02-30"),
        ("aging", "case.yaml", "--as-of", "2026-02-30"),
        ("interest", "case.yaml", "--to", "2026-02-30"),
        ("import", "export.csv", "--as-of", "2026-02-30"),
        ("stale", "--on", "2026-02-30"),
    ],
)
def test_every_command_says_the_same(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "2026-02 has 28 days" in told
    assert "did you mean 2026-02-28" in told
