"""When an act is lawful, as a page: a picture of each channel's days, and the law under each span that is not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions import english
from collectrules.output.slots import Numbers, days, told_at
from collectrules.pages import Band, BandRow, Column, badge, bands, facts, page, section, table, tag
from collectrules.verdict.objects import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collectrules.output.slots import Part
    from collectrules.pages import Html
    from collectrules.verdict.schedule import ChannelSlots, Schedule

_TICKS: Final = [(hour * 60, f"{hour}:00") for hour in (0, 6, 12, 18, 24)]
_WORDS: Final = {"allow": "open", "review": "a person decides", "deny": "closed"}
_ORDER: Final = ("allow", "review", "deny")
"""In which spans are drawn: where a clock shows an hour twice, what is closed lies on top."""


def as_page(schedule: Schedule) -> str:
    """One HTML file. The same schedule gives the same bytes."""
    named = schedule.case or "a case"
    first, last = (told_at(at) for at in (schedule.first, schedule.last))
    zones = english.listing([f"{zone} ({origin})" for zone, origin in schedule.zones], "and") or "not known"
    numbers = Numbers(schedule)
    channels = [_channel(each, numbers) for each in schedule.channels]
    laws = [f"{used.id} {used.version}, verified {used.verified}" for used in schedule.rulesets]
    return page(
        f"When {english.words(schedule.action)} is lawful: {named}",
        _overview(schedule),
        *channels,
        *([_plan(schedule)] if schedule.plan is not None else []),
        *([_law(numbers)] if numbers.given else []),
        lead=facts([("from", first), ("to", last), ("clock", zones)]),
        foot=[tag("p", NOT_ADVICE), tag("p", "; ".join(laws))],
    )


def _overview(schedule: Schedule) -> Html:
    rows = [
        (
            tag("a", english.words(each.channel), href=f"#{each.channel}"),
            badge("open", "allow") if each.next else badge("not open", "deny"),
            told_at(each.next) if each.next else "no lawful moment in this span",
        )
        for each in schedule.channels
    ]
    return table(
        "The next lawful moment of each channel", [Column("channel"), Column(""), Column("next")], rows, cards=True
    )


def _channel(channel: ChannelSlots, numbers: Numbers) -> Html:
    rows = [_row(day, parts, numbers) for day, parts in days(channel.slots).items()]
    duties = [tag("li", f"{duty.sentence} ({duty.citation})") for duty in channel.duties]
    name = english.words(channel.channel)
    colours = "Green is open, amber a person decides, red is closed; grey lies outside of the span."
    note = f"{colours} The numbers are those of the law below."
    return section(
        name,
        [tag("p", "To be done with it:"), tag("ul", *duties)] if duties else None,
        bands(f"{name}, on the clock where the debtor is", rows, _TICKS, note),
        name=channel.channel,
    )


def _row(day: date, parts: Sequence[Part], numbers: Numbers) -> BandRow:
    drawn, told = [], []
    for part in sorted(parts, key=lambda part: _ORDER.index(part.slot.decision)):
        law = "; ".join(
            f"{ground.sentence} ({ground.citation})" for ground in part.slot.grounds if not numbers.is_together(ground)
        )
        words = f"{part.begin} to {part.end} {_WORDS[part.slot.decision]}{': ' + law if law else ''}"
        drawn.append(Band(*part.minutes, words, part.slot.decision))
    for part in parts:
        if part.slot.decision == "allow":
            told.append(tag("div", f"{part.begin}-{part.end} open"))
        else:
            told.append(tag("div", f"{part.begin}-{part.end} ", *_marks(part, numbers)))
    return BandRow(f"{day:%a} {day.day} {day:%b}", drawn, tag("small", *told))


def _marks(part: Part, numbers: Numbers) -> Iterator[Html | str]:
    """The citations of a span that is not open, each with the number under which it is told."""
    cited: dict[str, str] = {}
    for ground in part.slot.grounds:
        law = ground.citation.partition(";")[0] or "not encoded"
        cited.setdefault(numbers.number(ground), "facts are missing" if numbers.is_together(ground) else law)
    for place, (number, law) in enumerate(cited.items()):
        yield ", " if place else ""
        yield tag("a", f"{law} [{number}]", href=f"#law-{number}")


def _plan(schedule: Schedule) -> Html:
    assert schedule.plan is not None
    rows = [
        (
            str(number),
            told_at(each.at),
            english.words(each.channel),
            english.words(each.outcome),
        )
        for number, each in enumerate(schedule.plan.contacts, start=1)
    ]
    columns = [Column("", "number"), Column("when"), Column("channel"), Column("taken to come of it")]
    return section("The most contacts that fit", table("each counted for the next", columns, rows), name="plan")


def _law(numbers: Numbers) -> Html:
    rows = [(tag("span", f"[{number}]", id=f"law-{number}"), told) for number, told in numbers.legend()]
    columns = [Column("number"), Column("what it says, and the citation")]
    return section("The law", table("why it is not open", columns, rows), name="law")
