"""The formats in which a validation is told: one file each, with a `FORMAT`; a new format is one file and its test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from collectrules.ground.modules import defined_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.validation.report import Report


class Format(Struct, frozen=True):
    """A format by its name, and what a report reads like in it, without a last line end."""

    name: str
    write: Callable[[Report], str]


def built_in() -> Iterator[Format]:
    """Every format of this package: the `FORMAT` of each module here."""
    return defined_in(__name__, __path__, "FORMAT")


def counted(report: Report) -> str:
    """What was checked and what came of it, in one line."""
    what = [(len(report.files), "file"), (report.rules, "rule")]
    came = [(report.errors, "error"), (report.warnings, "warning")]
    told = [", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in each) for each in (what, came)]
    return ": ".join(told) + (f" ({report.excepted} excepted)" if report.excepted else "")
