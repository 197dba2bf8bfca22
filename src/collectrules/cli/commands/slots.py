"""`collectrules slots`: when is the act of a case lawful, by which channel?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import accounts, asking, days, exit_codes, options
from collectrules.ground.dated import day_or_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.verdict.schedule import Schedule

_SPAN: Final = re.compile(r"([0-9]{1,4})(m|h|d)")
_OF_ONE: Final = ("icalendar", "html")
_FIRST: Final = ("phone", "sms", "email", "letter", "visit")
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _apart(given: str) -> timedelta:
    written = _SPAN.fullmatch(given)
    if not written:
        raise click.BadParameter(f"`{given}` is no time between two contacts\n    write 90m, 4h or 1d")
    return int(written[1]) * _UNITS[written[2]]


@click.command(
    name="slots",
    epilog="Exit codes: 0 some moment is lawful, 3 a person must decide, 1 all is closed, 2 unreadable, 4 no case.",
)
@asking.CASES
@accounts.ACCOUNT
@days.moment_option("--from", "begin", "Begin then, or `now`; without it, at the act.")
@click.option("--days", type=click.IntRange(1, 366), default=7, metavar="N", help="So many days.", show_default=True)
@click.option("--channel", "channels", multiple=True, metavar="CHANNEL", help="Only this channel. May be repeated.")
@click.option(
    "--plan", type=click.IntRange(1, 366), metavar="N", help="The most contacts that fit into the next N days."
)
@click.option(
    "--apart",
    default="1d",
    callback=options.read_by(_apart),
    metavar="TIME",
    help="Time between planned contacts: 90m, 4h.",
    show_default=True,
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "icalendar", "html"]), default="text", help="How it is told."
)
@asking.ADVISED
def command(
    *,
    advisor: Advisor,
    cases: tuple[Path, ...],
    account: str | None,
    begin: str | None,
    days: int,
    channels: tuple[str, ...],
    plan: int | None,
    apart: timedelta,
    form: str,
) -> int:
    """Say when the act in each CASE is lawful by each channel, and what law closes the rest of the time.

    Each minute has the answer that `check` would give for it. Another channel than that of the case is asked about
    with no content of its own. The plan takes the channels named, else that of the case.

    \b
    Examples:
      collectrules slots case.yaml
      collectrules slots --from 2026-08-19 --days 5 --channel phone case.yaml
      collectrules slots --plan 14 --channel phone case.yaml
      collectrules slots --format html case.yaml
    """
    tell = _form(form)
    codes: set[int] = set()

    def schedule(case: Case) -> Schedule:
        first = advisor.moment(case, _begin(case, begin))
        own = (case.action.channel,) if case.action is not None and case.action.channel else ()
        wanted = channels or ((own or ("phone",)) if plan else _in_order(advisor.rulebook.channels))
        options.check_channels(wanted, advisor.rulebook.channels)
        return advisor.schedule(case, wanted, (first, _later(first, plan or days)), apart=apart if plan else None)

    def told(case: Case) -> tuple[str, bool]:
        if codes and form in _OF_ONE:
            message = f"`--format {form}` tells one case, and here is another"
            raise case.wrong("CR001", message, "name the file of one case")
        found = schedule(case)
        is_open = any(each.next is not None for each in found.channels)
        to_decide = any(slot.decision == "review" for each in found.channels for slot in each.slots)
        codes.add(exit_codes.CLEAN if is_open else exit_codes.REVIEW if to_decide else exit_codes.FOUND)
        return tell(found), True

    codes.add(asking.told(accounts.chosen(advisor, cases, account), told))
    return exit_codes.worst(codes)


def _form(form: str) -> Callable[[Schedule], str]:
    """How a schedule is told; without the end of its last line."""
    from collectrules.output import slots

    if form == "json":
        return slots.as_json
    if form == "icalendar":
        return lambda schedule: slots.as_calendar(schedule).removesuffix("\r\n") + "\r"
    if form == "html":
        from collectrules.output.week import as_page

        return lambda schedule: as_page(schedule).removesuffix("\n")
    colour = options.in_colour()
    return lambda schedule: slots.as_text(schedule, colour=colour).removesuffix("\n")


def _begin(case: Case, given: str | None) -> date | datetime:
    """The moment that is given, else that of the act or question of the case."""
    if given == days.NOW:
        return datetime.now(UTC)
    if given is not None:
        return day_or_moment(given)
    fact = case.action or case.ask
    if fact is None or fact.at is None:
        raise click.UsageError(
            "the case has no moment of its own\n    say with `--from` when to begin: 2026-04-07T10:00, or now"
        )
    return fact.at


def _later(first: datetime, days: int) -> datetime:
    """So many days later, at the same time of the clock."""
    later = first + timedelta(days=days)
    return later if first.tzinfo is None else later.astimezone(UTC).astimezone(first.tzinfo)


def _in_order(channels: Iterable[str]) -> tuple[str, ...]:
    """Every channel, the most used first."""
    return tuple(sorted(channels, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)))
