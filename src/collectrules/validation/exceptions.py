"""Exceptions of lints: what somebody decided to leave as it is, for a reason, and until a day.

```yaml
exceptions:
  - lint: verify-by-past                  # its name, or its code
    path: rulesets/us/tx.yaml             # a file or a folder, from the folder of this file
    rule: us.tx.calls                     # or the full id of a rule or answer; with both, both must fit
    reason: counsel reads it in December
    owner: m.k.
    expires: 2026-12-15                   # the last day on which it holds
```

One that has expired, or that excepts nothing though what it names was checked, is an error.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.expressions.english import iso_day
from collectrules.ground import source
from collectrules.ground.errors import Place, Problem, meant
from collectrules.law.keys import Keys, Problems
from collectrules.validation.codes import EXPIRED_EXCEPTION, UNUSED_EXCEPTION, WRONG_EXCEPTION
from collectrules.validation.report import Excepted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from collectrules.ground.nodes import Table
    from collectrules.lints import Lint
    from collectrules.validation.report import Fault

FILE_NAME: Final = "validate.yaml"
"""Read from the current folder where no other file is named."""
_KEYS: Final = ("lint", "path", "rule", "reason", "owner", "expires")


class LintException(Struct, frozen=True):
    """One entry: which lint, where, and until when (proleptic ordinal)."""

    lint: str
    """Its code."""
    path: str
    """Whole; empty for every file."""
    rule: str
    expires: int
    excepted: Excepted
    place: Place

    def fits(self, fault: Fault) -> bool:
        """Is it said of this fault?"""
        if fault.code != self.lint or (self.rule and fault.rule != self.rule):
            return False
        return not self.path or _lies_in(fault.place.path, self.path)


def read_exceptions(path: Path, lints: Iterable[Lint]) -> tuple[LintException, ...]:
    """The exceptions of a file. Raises InvalidInput with every problem of it."""
    problems = Problems()
    root = source.read_file(path).table("a file of exceptions")
    keys = Keys(problems, root, "a file of exceptions", ("exceptions", "note"))
    codes = {name: lint.code for lint in lints for name in (lint.code, lint.name)}
    exceptions = [_exception(keys, table, codes, path.parent) for table in keys.items_of("exceptions")]
    problems.refuse()
    return tuple(exceptions)


def _exception(file: Keys, table: Table, codes: dict[str, str], folder: Path) -> LintException:
    keys = file.inner(table, "an exception", _KEYS)
    name = keys.text("lint", required=True)
    if name and name not in codes:
        help_ = meant(name, codes) or "only lints can be excepted; `collectrules validate --explain NAME` tells of one"
        keys.problem("lint", WRONG_EXCEPTION, f"there is no lint `{name}`", help_)
    path, rule = keys.text("path"), keys.text("rule")
    if not path and not rule:
        keys.problems.add(table.place, WRONG_EXCEPTION, "an exception names neither `path` nor `rule`", "where is it?")
    if path and not (folder / path).exists():
        keys.problem("path", WRONG_EXCEPTION, f"there is no file or folder `{path}`", f"looked in {folder}")
    expires = keys.day("expires", required=True)
    excepted = Excepted(keys.text("reason", required=True), keys.text("owner", required=True), keys.text("expires"))
    whole = os.path.realpath(folder / path) if path else ""
    return LintException(codes.get(name, ""), whole, rule, expires, excepted, table.place)


def with_exceptions(
    faults: Sequence[Fault], exceptions: Sequence[LintException], today: int
) -> tuple[list[Fault], list[LintException]]:
    """The faults, each with the first exception that fits it, and the exceptions that fit none."""
    unused = list(exceptions)
    told: list[Fault] = []
    for fault in faults:
        fitting = [each for each in exceptions if each.expires >= today and each.fits(fault)]
        unused = [each for each in unused if each not in fitting]
        told.append(replace(fault, excepted=fitting[0].excepted) if fitting else fault)
    return told, unused


def problems_of(
    unused: Iterable[LintException], today: int, checked: Collection[str], rulesets: Iterable[str], ran: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with exceptions that fit no fault.

    `checked` are the paths that were checked, `rulesets` the ids of rulesets among them, `ran` the codes of lints.
    """
    files = {os.path.realpath(path) for path in checked}
    ids = tuple(rulesets)
    for each in unused:
        if each.expires < today:
            message = f"this exception expired on {iso_day(each.expires)}: {each.excepted.reason}"
            yield Problem(each.place, EXPIRED_EXCEPTION, message, "mend what it excepts, or decide again")
        elif each.lint in ran and _was_checked(each, files, ids):
            yield Problem(each.place, UNUSED_EXCEPTION, "this exception excepts nothing", "take it out")


def _was_checked(exception: LintException, files: Collection[str], rulesets: tuple[str, ...]) -> bool:
    """Was all that it speaks of looked at?"""
    if exception.rule and not any(exception.rule.startswith(f"{each}.") for each in rulesets):
        return False
    if not exception.path:
        return True
    below = [str(path) for path in Path(exception.path).rglob("*.yaml")] if Path(exception.path).is_dir() else []
    return all(path in files for path in below or [exception.path])


def _lies_in(path: str, whole: str) -> bool:
    there = os.path.realpath(path)
    return there == whole or there.startswith(whole + os.sep)
