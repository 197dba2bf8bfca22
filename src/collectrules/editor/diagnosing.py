"""What is wrong with a text: what the reader tells of it, and the lints that look at one file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.case.reading import parse_cases
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput
from collectrules.ground.nodes import Table
from collectrules.law.libraries import library_folders
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import parse_with_places, read_ruleset
from collectrules.law.topics import parse_topics
from collectrules.lints import RulesetFile, Text
from collectrules.testing.examples import example_problems
from collectrules.validation.codes import catalogue
from collectrules.validation.files import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collectrules.ground.errors import Place, Problem
    from collectrules.lints import Lint, Remark, Severity
    from collectrules.plugins.loading import Plugins

_WORD: Final = re.compile(r"[\w.$-]+|\S")
_IN_EXPRESSION: Final = re.compile(r"`([^`]+)` .*, at `")
"""What is told of an expression: first the word that is wrong, last where it stands."""


class Diagnosis(NamedTuple):
    """Something that is wrong: where, how grave, and what to do."""

    line: int
    start: int
    end: int
    code: str
    name: str
    severity: Severity
    message: str


def diagnoses(text: str, path: Path, plugins: Plugins, lints: Sequence[Lint], today: date) -> list[Diagnosis]:
    """Everything that is wrong with a text, as far as one file shows it. A text that is nothing known has none."""
    found: list[Diagnosis] = []
    lines = text.splitlines()
    for place, code, message, help_ in _problems(text, path, plugins, lints, today):
        if place.path and Path(place.path) != path:
            continue
        known = catalogue().get(code)
        line, start, end = _mark(lines, max(place.line - 1, 0), max(place.column - 1, 0), message)
        found.append(
            Diagnosis(
                line,
                start,
                end,
                code,
                known.name if known else code,
                known.severity if known else "error",
                f"{message}\n{help_}" if help_ else message,
            )
        )
    return found


def _mark(lines: Sequence[str], line: int, start: int, message: str) -> tuple[int, int, int]:
    """What is marked: of an expression, whose place is its beginning, the wrong word; else what begins there."""
    named = _IN_EXPRESSION.match(message)
    if named is not None:
        wrong = re.compile(rf"(?<!\w){re.escape(named[1])}(?!\w)")
        depth = _depth(lines[line]) if line < len(lines) else 0
        for number, each in enumerate(lines[line:], line):
            if number > line and each.strip() and _depth(each) <= depth:
                break
            if met := wrong.search(each, start if number == line else 0):
                return number, met.start(), met.end()
    shown = lines[line] if line < len(lines) else ""
    word = _WORD.match(shown, start)
    return line, start, word.end() if word is not None else start + 1


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


_Told = tuple["Place", str, str, str]


def _problems(text: str, path: Path, plugins: Plugins, lints: Sequence[Lint], today: date) -> Iterator[_Told]:
    try:
        keys = _keys(text, path)
        if keys & {"ruleset", "policy"}:
            yield from _of_ruleset(text, path, plugins, lints, today)
        elif "part_of" in keys:
            main = ruleset_of(path)  # as it is on the disk: parts are joined when a file is saved
            read_ruleset(main or path, plugins.language)
        elif "topics" in keys:
            parse_topics(text, str(path), plugins.language)
        elif keys & {"cases", "action", "ask"}:
            parse_cases(text, str(path), channels=tuple(plugins.channels))
        else:
            return
        yield from _of_text(text, path, lints)
    except InvalidInput as error:
        yield from map(_told, error.problems)


def _keys(text: str, path: Path) -> set[str]:
    root = source.read(text, str(path))
    return set(root) if isinstance(root, Table) else set()


def _of_ruleset(text: str, path: Path, plugins: Plugins, lints: Sequence[Lint], today: date) -> Iterator[_Told]:
    language = plugins.language
    folder = root_of(path, text)
    relative = path.relative_to(folder) if folder is not None else None
    folders = library_folders(path, folder, language)
    ruleset, root = parse_with_places(text, str(path), language, relative=relative, folders=folders)
    file = RulesetFile(ruleset, root, language, today.toordinal())
    for lint in lints:
        yield from (_remarked(each, lint) for each in (*lint.of_ruleset(file), *lint.of_law(file)))
    yield from map(_told, example_problems(ruleset, plugins))


def _of_text(text: str, path: Path, lints: Sequence[Lint]) -> Iterator[_Told]:
    for lint in lints:
        yield from (_remarked(each, lint) for each in lint.of_text(Text(str(path), text)))


def _told(problem: Problem) -> _Told:
    return problem.place, problem.code, problem.message, problem.help


def _remarked(remark: Remark, lint: Lint) -> _Told:
    return remark.place, lint.code, remark.message, remark.help
