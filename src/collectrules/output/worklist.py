"""The worklist of many accounts: a row for each step and task, as CSV and as an HTML page grouped by day."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.output.short import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.advising.advice import Advice, StepAdvice
    from collectrules.pages.tones import Tone

COLUMNS: Final = (
    *("day", "case", "debtor", "outcome", "decision", "action", "channel", "stage", "letter", "invoices", "currency"),
    *("open", "days_past_due", "deadline", "reason", "law", "next_lawful", "missing", "after", "after_day"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LATE: Final = "9999"


class Row(NamedTuple):
    """One thing to do, to wait for or to find out: text alone, so that many cost little."""

    day: str
    case: str
    debtor: str
    outcome: str
    decision: str
    action: str
    channel: str
    stage: str
    letter: str
    invoices: str
    currency: str
    open: str
    days_past_due: str
    deadline: str
    reason: str
    law: str
    next_lawful: str
    missing: str
    after: str
    after_day: str


def rows(advice: Advice) -> Iterator[Row]:
    """The rows of an account: its steps, then its tasks."""
    for step in advice.steps:
        yield _row(advice, step)
    for task in advice.tasks:
        outcome = "ask" if task.ask else "task"
        yield _plain(
            advice, outcome=outcome, decision=task.decision, action=task.title, channel=task.channel,
            stage="tasks", letter=task.letter, reason=task.reason,
        )  # fmt: skip


def _row(advice: Advice, step: StepAdvice) -> Row:
    missing = "; ".join(each.document for each in step.attach if each.missing or each.unknown)
    law = "; ".join(f"{each.decision}: {each.sentence} ({each.citation})" for each in step.law)
    return _plain(
        advice,
        day=step.day.isoformat() if step.day is not None else advice.day.isoformat(),
        outcome=step.outcome,
        decision=step.decision,
        action=step.title or step.stage_title or step.stage,
        channel=step.channel,
        stage=step.stage,
        letter=step.letter,
        invoices=" ".join(each.id for each in step.invoices),
        currency=step.currency,
        open=f"{step.amount:f}" if step.amount is not None else "",
        days_past_due=str(step.days_past_due) if step.days_past_due is not None else "",
        deadline=step.deadline.isoformat() if step.deadline is not None else "",
        reason="; ".join(step.reasons),
        law=law,
        next_lawful=step.next_lawful,
        missing=missing,
        after=step.after.title if step.after is not None else "",
        after_day=step.after.day.isoformat() if step.after is not None else "",
    )


def _plain(advice: Advice, **told: str) -> Row:
    empty = dict.fromkeys(COLUMNS, "")
    return Row(**{**empty, "day": advice.day.isoformat(), "case": advice.case, "debtor": advice.debtor, **told})


def csv_head() -> str:
    """The first line of the CSV."""
    return _csv([COLUMNS])


def as_csv(some: Iterable[Row]) -> str:
    """Rows as CSV. What a spreadsheet would take for a formula has an apostrophe before it."""
    return _csv([[_harmless(cell) for cell in row] for row in some])


def _harmless(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell


def _csv(lines: Iterable[Sequence[str]]) -> str:
    into = StringIO()
    csv.writer(into, lineterminator="\n").writerows(lines)
    return into.getvalue()


_TONES: Final[dict[str, Tone]] = {"allow": "allow", "deny": "deny", "review": "review"}
_SHOWN: Final = ("step", "task", "ask", "pause", "wait", "end", "refused")


def as_page(some: Iterable[Row], day: str, policies: Sequence[str]) -> str:
    """One self-contained HTML page: what is to be done on each day, the earliest first."""
    from collectrules.advising.advice import NOT_ADVICE
    from collectrules.pages import Column, badge, page, section, table

    by_day: dict[str, list[Row]] = {}
    for row in some:
        if row.outcome in _SHOWN:
            by_day.setdefault(row.day or _LATE, []).append(row)
    columns = [
        Column("Account"), Column("What"), Column("Law"), Column("Open", "number"), Column("Days late", "number"),
        Column("Why"), Column("Missing"), Column("After"),
    ]  # fmt: skip
    parts, contents = [], []
    for each in sorted(by_day):
        found = sorted(by_day[each], key=lambda row: (_SHOWN.index(row.outcome), row.case))
        cells = [
            (
                [row.case, *([f" {row.debtor}"] if row.debtor and row.debtor != row.case else [])],
                _what(row),
                [
                    badge(row.decision or row.outcome, _TONES.get(row.decision, "plain")),
                    f" {row.law}" if row.law else "",
                ],
                f"{row.currency} {row.open}".strip(),
                row.days_past_due,
                row.reason,
                row.missing.replace("_", " "),
                f"{row.after_day} {row.after}".strip(),
            )
            for row in found
        ]
        title = f"{moment(each)}: {len(found)}"
        parts.append(section(title, table(title, columns, cells, cards=True, searched=True), name=f"d{each}"))
        contents.append((f"d{each}", moment(each)))
    lead = f"As of {moment(day)}, by the policy {', '.join(policies)}."
    return page("Worklist", *parts, lead=lead, foot=NOT_ADVICE, search="Search the accounts", contents=contents)


def _what(row: Row) -> str:
    channel = f" by {row.channel}" if row.channel else ""
    waits = {"wait": "wait: ", "ask": "find out: ", "pause": "pause: "}.get(row.outcome, "")
    return f"{waits}{row.action or row.outcome}{channel}"
