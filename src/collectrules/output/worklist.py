"""The worklist of many accounts: a row for each step and task, as CSV and as an HTML page grouped by day."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.expressions import english
from collectrules.ground.cells import inert
from collectrules.output.short import moment
from collectrules.policy.model import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.advising.advice import Advice, StepAdvice
    from collectrules.pages import Html
    from collectrules.pages.tones import Tone


class Row(NamedTuple):
    """One thing to do, to wait for or to find out: text alone, so that many cost little."""

    day: str
    case: str
    debtor: str
    outcome: str = ""
    decision: str = ""
    action: str = ""
    channel: str = ""
    stage: str = ""
    letter: str = ""
    invoices: str = ""
    currency: str = ""
    open: str = ""
    days_past_due: str = ""
    deadline: str = ""
    reason: str = ""
    law: str = ""
    next_lawful: str = ""
    missing: str = ""
    after: str = ""
    after_day: str = ""
    note: str = ""
    """Credits and payments that name no invoice."""


def rows(advice: Advice) -> Iterator[Row]:
    """The rows of an account: its steps, then its tasks."""
    for step in advice.steps:
        yield _row(advice, step)
    for task in advice.tasks:
        outcome = "ask" if task.ask else "task"
        yield _plain(
            advice, outcome=outcome, decision=task.decision, action=task.title, channel=task.channel,
            stage=TASKS, letter=task.letter, reason=task.reason,
        )  # fmt: skip


def _row(advice: Advice, step: StepAdvice) -> Row:
    missing = "; ".join(each.document for each in step.attach if each.missing or each.unknown)
    law = "; ".join(english.cited(each.sentence, each.citation) for each in step.law)
    return _plain(
        advice,
        day=_day(advice, step),
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
        note="; ".join(advice.unapplied),
    )


def _day(advice: Advice, step: StepAdvice) -> str:
    """The day on which it is to be done: of what the law denies until a later day, that day."""
    day = step.day.isoformat() if step.day is not None else advice.day.isoformat()
    return max(day, step.next_lawful[:10]) if step.decision == "deny" else day


def _plain(advice: Advice, day: str = "", **told: str) -> Row:
    return Row(day or advice.day.isoformat(), advice.case, advice.debtor, **told)


def csv_head() -> str:
    """The first line of the CSV."""
    return _csv([Row._fields])


def as_csv(some: Iterable[Row]) -> str:
    """Rows as CSV. What a spreadsheet would take for a formula has an apostrophe before it."""
    return _csv([[inert(cell) for cell in row] for row in some])


def _csv(lines: Iterable[Sequence[str]]) -> str:
    into = StringIO()
    csv.writer(into, lineterminator="\n").writerows(lines)
    return into.getvalue()


_TONES: Final[dict[str, Tone]] = {"allow": "allow", "deny": "deny", "review": "review"}
_SHOWN: Final = ("step", "ask", "pause", "wait", "end", "refused")
_TASK: Final = "task"


def as_page(some: Iterable[Row], day: str, policies: Sequence[str]) -> str:
    """One self-contained HTML page: what is to be done on each day, the earliest first, and what beside it."""
    from collectrules.advising.advice import NOT_ADVICE
    from collectrules.pages import page, section

    by_day: dict[str, list[Row]] = {}
    for row in some:
        if row.outcome == _TASK or (row.outcome in _SHOWN and row.stage != TASKS):  # not what may be due one day
            by_day.setdefault(row.day, []).append(row)
    parts, contents = [], []
    for each in sorted(by_day):
        steps = [row for row in by_day[each] if row.outcome in _SHOWN]
        steps.sort(key=lambda row: (_SHOWN.index(row.outcome), row.case))
        tasks = [row for row in by_day[each] if row.outcome == _TASK]
        beside = section(f"Beside the ladder: {len(tasks)}", _tasks(tasks), level=3) if tasks else None
        told = _steps(steps) if steps else None
        many = f"{len(steps)} {'step' if len(steps) == 1 else 'steps'}"
        parts.append(section(f"{moment(each)}: {many}", told, beside, name=f"d{each}"))
        contents.append((f"d{each}", moment(each)))
    lead = f"As of {moment(day)}, by the policy {', '.join(policies)}."
    return page("Worklist", *parts, lead=lead, foot=NOT_ADVICE, search="Search the accounts", contents=contents)


def _steps(some: Sequence[Row]) -> Html:
    from collectrules.output.advice import money
    from collectrules.pages import Column, badge, table

    columns = [
        Column("Account"), Column("What"), Column("Law"), Column("Open", "number"), Column("Days late", "number"),
        Column("Why"), Column("Missing"), Column("After"),
    ]  # fmt: skip
    cells = [
        (
            _who(row),
            _what(row),
            [badge(row.decision or row.outcome, _TONES.get(row.decision, "plain")), f" {row.law}".rstrip()],
            money(Decimal(row.open), row.currency) if row.open else row.currency,
            row.days_past_due,
            _words(f"{row.reason}; note: {row.note}" if row.note else row.reason),
            row.missing.replace("_", " "),
            f"{moment(row.after_day)}: {row.after}" if row.after_day else row.after,
        )
        for row in some
    ]
    return table("What to do", columns, cells, cards=True, searched=True)


def _tasks(some: Sequence[Row]) -> Html:
    from collectrules.pages import Column, table

    columns = [Column("Account"), Column("What"), Column("Why")]
    cells = [(_who(row), _what(row), _words(row.reason)) for row in some]
    return table("What is due beside the steps", columns, cells, cards=True, searched=True)


def _words(reason: str) -> str:
    """A reason as a page has it: names of stages have no marks of code."""
    return reason.replace("`", "")


def _who(row: Row) -> str:
    return f"{row.case} {row.debtor}" if row.debtor and row.debtor not in row.case else row.case


def _what(row: Row) -> str:
    channel = f" by {row.channel}" if row.channel else ""
    waits = {"wait": "wait: ", "ask": "find out: ", "pause": "pause: "}.get(row.outcome, "")
    return f"{waits}{row.action or row.outcome}{channel}"
