"""Reads the collections policy in a `policy:` file: its keys, and whether the ladder in it can be climbed.

Codes, beside those of `collectrules.law.reader` (CR100 to CR104, CR112):

| code  | wrong |
|-------|-------|
| CR171 | a condition cannot be read |
| CR172 | the ladder cannot be climbed as it is written |
| CR173 | something is announced that no later step does, or that the company does not mean to do |
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from collectrules.case import terms
from collectrules.ground import source
from collectrules.ground.dated import WEEKDAYS, Calendar
from collectrules.ground.errors import InvalidInput, Problem, meant
from collectrules.ground.nodes import Scalar
from collectrules.law.calendars import read_calendars
from collectrules.law.keys import Keys, Problems
from collectrules.law.libraries import library_folders, read_uses
from collectrules.law.reader import POLICY_KEYS
from collectrules.policy import model
from collectrules.policy.conditions import FIGURES
from collectrules.policy.ladder_rules import check_ladder
from collectrules.policy.model import (
    Path,
    Plans,
    Policy,
    Promises,
    Review,
    Settlements,
    Stage,
    Start,
)
from collectrules.policy.recovery_reading import read_recovery
from collectrules.policy.steps import (
    STEP_KEYS,
    TASK_KEYS,
    amounts,
    condition,
    exemptions,
    id_of,
    per_cent,
    read_step,
    word,
)

if TYPE_CHECKING:
    import pathlib

    from collectrules.ground.nodes import Table
    from collectrules.law.model import Language
    from collectrules.policy.model import Step

STAGE_KEYS: Final = ("id", "title", "starts", "when", "unless", "steps", "note")
START_KEYS: Final = ("days_past_due", "days_after_step", "month_end")
PATH_KEYS: Final = ("title", "answer_within", "pauses", "resumes_after", "steps", "note")
PROMISE_KEYS: Final = ("most_days", "grace", "most", "broken_to", "note")
PLAN_KEYS: Final = ("most_instalments", "most_days", "grace", "least_instalment", "when", "missed_to", "note")
SETTLEMENT_KEYS: Final = ("most_discount", "when", "note")
REVIEW_KEYS: Final = ("id", "title", "every", "on", "note")
REPEAT_KEYS: Final = ("from", "every", "most")
RUNS: Final = ("debtor", "invoice")
BEGINS: Final = ("first_stage", "highest_stage")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MOST_DAYS: Final = 3650


def holds_stages(path: pathlib.Path) -> bool:
    """Does a file hold a collections policy? Raises InvalidInput where it cannot be read."""
    text = source.file_text(path)
    return all(re.search(rf"^{key}:", text, re.MULTILINE) for key in ("policy", "stages"))


def read_policy(path: pathlib.Path, language: Language) -> Policy:
    """Read the collections policy of a file. Raises InvalidInput with every problem of it.

    House rules in the same file are law for `collectrules.law.reader`; they bind where it lies in a folder of rulesets.
    """
    return parse_policy(source.file_text(path), str(path), language, path)


def parse_policy(text: str, name: str, language: Language, path: pathlib.Path | None = None) -> Policy:
    """Read the text of a policy; `name` is what messages call it. Raises InvalidInput with every problem of it."""
    root = source.read(text, name).table("a policy")
    if "policy" not in root:
        message = "this is no policy: it has no `policy:`"
        raise InvalidInput(
            [Problem(root.place, "CR100", message, "a policy begins with `policy: NAME` and a `title:`")]
        )
    problems = Problems()
    keys = Keys(problems, root, "a policy", POLICY_KEYS)
    reader = _Reader(keys, language, path)
    policy = reader.policy(sha256(text.encode()).hexdigest())
    if not problems.all:
        check_ladder(policy, problems)
    problems.refuse()
    return policy


class _Reader:
    """Reads one file."""

    def __init__(self, keys: Keys, language: Language, path: pathlib.Path | None) -> None:
        self.keys = keys
        self.problems = keys.problems
        self.channels = tuple(dict.fromkeys((*(terms.CHANNEL.words or ()), *language.channels)))
        folders = library_folders(path, None, language) if path is not None else language.library_folders
        shared = read_uses(keys, language, folders)
        self.calendars = {**shared.calendars, **read_calendars(keys, shared.calendars)}

    def policy(self, digest: str) -> Policy:
        keys = self.keys
        name = keys.text("policy", required=True)
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", name):
            keys.problem("policy", "CR112", f"`{name}` is no policy id", "lower case letters, words joined by dots")
        if "stages" not in keys.table:
            help_ = "write `stages: []` with `hand_over: no` for a policy of no follow-up at all"
            self.problems.add(keys.table.place, "CR100", "a collections policy has no `stages`", help_)
        repeat = self._inner("repeat", REPEAT_KEYS)
        return Policy(
            id=name,
            title=keys.text("title", required=True),
            version=keys.text("version", required=True),
            since=self._date("since"),
            review_by=self._date("review_by"),
            hash=digest,
            place=keys.table.place,
            stages=tuple(self._stage(item) for item in keys.items_of("stages")),
            accounts=condition(keys, "accounts"),
            per_debtor=word(keys, "runs", RUNS) != "invoice",
            highest_first=word(keys, "begins", BEGINS) == "highest_stage",
            hand_over=keys.truth("hand_over") if "hand_over" in keys.table else True,
            calendar=self._calendar(),
            hours=self._hours(),
            assumes=self._assumes(),
            evidence=keys.words("evidence", model.DOCUMENTS),
            least=amounts(keys, "least"),
            repeat_from=repeat.text("from", required=True) if repeat is not None else "",
            repeat_every=_days(repeat, "every", 30) if repeat is not None else 30,
            repeat_most=_days(repeat, "most", 1) if repeat is not None else 1,
            intends=keys.words("intends", model.ANNOUNCED),
            tasks=tuple(self._step(item, "a task", (*STEP_KEYS, *TASK_KEYS)) for item in keys.items_of("tasks")),
            reviews=tuple(self._review(item) for item in keys.items_of("reviews")),
            dispute=self._path(model.DISPUTE),
            hardship=self._path(model.HARDSHIP),
            promises=self._promises(),
            plans=self._plans(),
            settlements=self._settlements(),
            recovery=read_recovery(keys),
        )

    def _inner(self, key: str, known: tuple[str, ...]) -> Keys | None:
        table = self.keys.table_of(key)
        return None if table is None else self.keys.inner(table, f"`{key}`", known)

    def _date(self, key: str) -> date:
        day = self.keys.day(key, required=True)
        return date.fromordinal(day) if day else date.min

    def _calendar(self) -> Calendar:
        name = self.keys.text("working_days")
        if not name:
            return Calendar(frozenset(WEEKDAYS[5:]), ())
        if name not in self.calendars:
            help_ = meant(name, self.calendars) or "one under `calendars:`, or of a library under `uses:`"
            self.keys.problem("working_days", "CR103", f"there is no calendar `{name}`", help_)
            return Calendar(frozenset(), ())
        return self.calendars[name]

    def _hours(self) -> tuple[int, int]:
        text = self.keys.text("hours")
        found = [int(each[1]) * 60 + int(each[2]) for each in _CLOCK.finditer(text)]
        if not text:
            return (540, 1020)
        if len(found) != 2 or found[0] >= found[1]:  # noqa: PLR2004  # from and to
            self.keys.problem("hours", "CR102", f"`{text}` are no hours", "write '09:00-17:00'")
            return (540, 1020)
        return found[0], found[1]

    def _assumes(self) -> dict[str, object]:
        taken: dict[str, object] = {}
        for key, node in self.keys.entries("assumes"):
            figure = FIGURES.get(key)
            if figure is None or figure.sort not in ("word", "truth") or not isinstance(node, Scalar):
                help_ = "" if figure is not None else meant(key, FIGURES)
                help_ = help_ or "words, and yes or no, can be assumed: `worth: ordinary`"
                self.problems.add(self.keys.place("assumes"), "CR171", f"`{key}` cannot be assumed", help_)
            elif figure.sort == "truth":
                taken[key] = node.text == "yes"
            elif figure.words and node.text not in figure.words:
                help_ = f"it can be {', '.join(figure.words)}"
                self.problems.add(node.place, "CR171", f"`{key}` cannot be `{node.text}`", help_)
            else:
                taken[key] = node.text
        return taken

    def _stage(self, table: Table) -> Stage:
        keys = self.keys.inner(table, "a stage", STAGE_KEYS)
        name = id_of(keys)
        steps = tuple(self._step(item) for item in keys.items_of("steps"))
        if not steps:
            keys.problem("steps", "CR100", f"the stage `{name}` has no `steps`", "a stage does one thing at least")
        return Stage(
            name,
            keys.text("title", required=True),
            self._start(keys, name),
            steps,
            keys.table.place,
            condition(keys, "when"),
            exemptions(keys),
        )

    def _start(self, keys: Keys, stage: str) -> Start:
        table = keys.table_of("starts")
        help_ = "starts: {days_past_due: 14}, negative before; or {days_after_step: 10}"
        if table is None:
            keys.problem("starts", "CR100", f"the stage `{stage}` has no `starts`", help_)
            return Start(0)
        inner = keys.inner(table, "`starts`", START_KEYS)
        after = "days_after_step" in table
        if after == ("days_past_due" in table):
            inner.problem("days_past_due", "CR102", "a stage starts by `days_past_due` or by `days_after_step`", help_)
        days = inner.number("days_after_step" if after else "days_past_due", 0 if after else -365, _MOST_DAYS)
        return Start(days, after, inner.truth("month_end") if "month_end" in table else False)

    def _step(self, table: Table, what: str = "a step", known: tuple[str, ...] = STEP_KEYS) -> Step:
        return read_step(self.keys.inner(table, what, known), self.channels)

    def _path(self, name: str) -> Path | None:
        inner = self._inner(name, PATH_KEYS)
        if inner is None:
            return None
        pauses = word(inner, "pauses", ("invoice", "account"))
        steps = tuple(self._step(item) for item in inner.items_of("steps"))
        return Path(
            name,
            inner.text("title") or name,
            steps,
            _days(inner, "answer_within", 14),
            pauses == "account" or (name == model.HARDSHIP and not pauses),
            inner.number("resumes_after", 0, 365),
        )

    def _promises(self) -> Promises:
        inner = self._inner("promises", PROMISE_KEYS)
        if inner is None:
            return Promises()
        grace = inner.number("grace", 0, 60) if "grace" in inner.table else Promises().grace
        return Promises(
            _days(inner, "most_days", Promises().most_days),
            grace,
            _days(inner, "most", Promises().most),
            inner.text("broken_to"),
        )

    def _plans(self) -> Plans | None:
        inner = self._inner("plans", PLAN_KEYS)
        if inner is None:
            return None
        return Plans(
            _days(inner, "most_instalments", 0),
            _days(inner, "most_days", 0),
            inner.number("grace", 0, 60) if "grace" in inner.table else 3,
            amounts(inner, "least_instalment"),
            condition(inner, "when"),
            inner.text("missed_to"),
        )

    def _settlements(self) -> Settlements | None:
        inner = self._inner("settlements", SETTLEMENT_KEYS)
        if inner is None:
            return None
        return Settlements(per_cent(inner, "most_discount") or Decimal(0), condition(inner, "when"))

    def _review(self, table: Table) -> Review:
        keys = self.keys.inner(table, "a review", REVIEW_KEYS)
        every = word(keys, "every", model.RHYTHMS)
        if not every:
            keys.problem("every", "CR100", "a review has no `every`", f"one of {', '.join(model.RHYTHMS)}")
        last = word(keys, "on", ("first_day", "last_day")) == "last_day"
        name, title = id_of(keys), keys.text("title", required=True)
        return Review(name, title, every or "month", last)  # type: ignore[arg-type]  # one of the rhythms


def _days(keys: Keys, key: str, default: int) -> int:
    """A whole number of 1 or more; a default where there is none, of 0 that it must be there."""
    if key not in keys.table:
        if not default:
            keys.problem(key, "CR100", f"{keys.what} has no `{key}`", "a whole number")
        return default
    return keys.number(key, 1, _MOST_DAYS)
