"""HTML: a page for each person against whom something speaks, and one that lists them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from collectrules.ground.dated import day_or_moment
from collectrules.pages import Column, Mark, badge, page, section, table, tag, timeline
from collectrules.replay.model import STANDINGS, TITLES
from collectrules.verdict.objects import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from collectrules.pages import Tone
    from collectrules.replay.model import JudgedAct, JudgedPerson, Standing
    from collectrules.replay.tally import Tally

_TONES: Final[dict[Standing, Tone]] = {
    "violation": "deny",
    "presumed_violation": "deny",
    "factor": "review",
    "not_shown": "plain",
    "clean": "allow",
}
_WORDS: Final[dict[Standing, str]] = {
    "violation": "violation",
    "presumed_violation": "presumed violation",
    "factor": "factor",
    "not_shown": "cannot be shown lawful",
    "clean": "clean",
}
_COLOURS: Final = (
    "red: forbidden, or presumed so; amber: speaks against it; grey: cannot be shown; green: clean; blue: what else"
    " happened"
)
_MOST: Final = 5
"""So many rules that cannot be decided are told one by one."""


class Timelines:
    """Writes pages into a folder: of the persons named, else of all with a violation, a presumed one or a factor."""

    def __init__(self, folder: Path, only: Collection[str] = ()) -> None:
        self._folder, self._only = folder, frozenset(only)
        self._listed: list[tuple[str, str, tuple[int, ...]]] = []
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def not_met(self) -> list[str]:
        """Whose pages were asked for, and who is not in the log."""
        return sorted(self._only.difference(person for person, _, _ in self._listed))

    def person(self, person: JudgedPerson) -> None:
        """The page of one person."""
        counted = tuple(sum(act.standing == standing for act in person.acts) for standing in STANDINGS)
        wanted = person.person in self._only if self._only else any(counted[:3])
        if not wanted:
            return
        name = f"{sha256(person.person.encode()).hexdigest()[:16]}.html"
        self._listed.append((person.person, name, counted))
        (self._folder / name).write_text(_page(person, counted), encoding="utf-8")

    def end(self, tally: Tally) -> None:
        """The list of the pages, the heaviest first."""
        rows = [
            (tag("a", person, href=name), *[str(number) for number in counted])
            for person, name, counted in sorted(self._listed, key=lambda each: (*[-n for n in each[2][:3]], each[0]))
        ]
        columns = [Column("person"), *[Column(TITLES[standing], "number") for standing in STANDINGS]]
        sums = ["all that were judged", *[str(tally.acts[standing]) for standing in STANDINGS]]
        text = page(
            "Contacts against which the law speaks",
            table("acts of each person, by how they stand", columns, rows, foot=sums, cards=True, searched=True),
            lead=f"{tally.told}, {tally.first} to {tally.last}",
            foot=[tag("p", NOT_ADVICE), tag("p", "; ".join(sorted(tally.rulesets)))],
            search="Find a person",
        )
        (self._folder / "index.html").write_text(text, encoding="utf-8")


def _page(person: JudgedPerson, counted: tuple[int, ...]) -> str:
    marks = [_mark(act) for act in person.acts]
    marks += [Mark(day_or_moment(at), _told(at), what, "step2") for at, what in person.told_events]
    marks.sort(key=lambda mark: mark.when)
    sums = [
        badge(f"{number} {_WORDS[each] if number == 1 else TITLES[each]}", _TONES[each])
        for each, number in zip(STANDINGS, counted, strict=True)
        if number
    ]
    used = sorted({ruleset for act in person.acts for ruleset in act.rulesets})
    return page(
        f"Contacts with {person.person}",
        section(
            "What was done, and what the law says of it",
            timeline(
                "from the first day to the last",
                marks,
                _COLOURS,
            ),
        ),
        lead=[[each, " "] for each in sums],
        foot=[tag("p", NOT_ADVICE), tag("p", "; ".join(used))],
    )


def _mark(act: JudgedAct) -> Mark:
    about = ", ".join(filter(None, (act.channel, act.outcome.replace("_", " "), act.agent, act.campaign)))
    hidden = act.not_shown
    told = [
        tag(
            "div",
            badge(_WORDS[remark.standing], _TONES[remark.standing]),
            f" {remark.sentence} ",
            tag("small", remark.citation),
        )
        for remark in (*act.against, *(hidden if len(hidden) <= _MOST else ()))
    ]
    if len(hidden) > _MOST:
        told.append(
            tag(
                "div",
                badge(_WORDS["not_shown"], "plain"),
                f" {len(hidden)} rules cannot be decided, for facts are missing",
            )
        )
    return Mark(day_or_moment(act.at), _told(act.at), [tag("strong", about), *told], _TONES[act.standing])


def _told(at: str) -> str:
    return at[:16].replace("T", " ")
