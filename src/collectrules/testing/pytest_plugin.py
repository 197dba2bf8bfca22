"""A plugin of pytest: case files and the examples of rulesets as test items, where `collectrules_files` says so.

```toml
[tool.pytest.ini_options]
testpaths = ["tests", "src"]
collectrules_files = ["src/*/rulesets", "tests/cases"]  # folders and files, from the root; `*` stands for any name
collectrules_today = "2026-11-29"  # the day against which the age of law is held; without it the clock's
```

Each example of a ruleset is an item, and each case that has an `expect`. pytest finds this plugin wherever the package
is installed, so nothing else is loaded before a file is collected.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest._code.code import TerminalRepr

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.testing.examples import ExampleResult

_FILES: Final = "collectrules_files"
_TODAY: Final = "collectrules_today"
_ENDINGS: Final = (".yaml", ".yml", ".json")


class Disagreement(Exception):
    """What was expected, and what came instead."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two settings."""
    parser.addini(_FILES, "folders and files of rulesets and cases that are collected as tests", "linelist", default=[])
    parser.addini(_TODAY, "the day against which the age of law is held, as YYYY-MM-DD", default="")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file that the settings name."""
    root, patterns = parent.config.rootpath, parent.config.getini(_FILES)
    if not patterns or file_path.suffix not in _ENDINGS or not file_path.is_relative_to(root):
        return None
    relative = file_path.relative_to(root)
    places = (relative, *relative.parents)
    if not any(place.match(pattern) for pattern in patterns for place in places if len(place.parts)):
        return None
    collected: pytest.Collector = LawOrCases.from_parent(parent, path=file_path)
    return collected


class LawOrCases(pytest.File):
    """A ruleset, of which each example is an item, or a file of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """The items; a file that cannot be read is an error of the collection, with every fault of it."""
        from collectrules.ground.errors import InvalidInput
        from collectrules.ground.nodes import Table
        from collectrules.ground.source import read_file

        try:
            root = read_file(self.path)
            keys = set(root) if isinstance(root, Table) else set()
            if keys & {"ruleset", "policy", "part_of"}:
                yield from self._examples()
            elif keys & {"cases", "action", "ask"}:
                yield from self._cases()
        except InvalidInput as error:
            raise self.CollectError(str(error)) from error

    def _examples(self) -> Iterator[pytest.Item]:
        from collectrules.testing.examples import run_examples

        for result in run_examples([self.path]):
            yield ExampleItem.from_parent(self, name=f"{result.rule}: {result.story}", result=result)

    def _cases(self) -> Iterator[pytest.Item]:
        advisor = _advisor(self.config)
        read = advisor.read_cases(self.path)
        day = None if self.config.getini(_TODAY) else read.as_of
        for case in read.cases:
            if case.expect is not None:
                judge = advisor.on(day) if day is not None else advisor
                yield CaseItem.from_parent(self, name=case.id or str(case.place), case=case, judge=judge)


class _Item(pytest.Item):
    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None
    ) -> str | TerminalRepr:
        """A disagreement in words, without the way through this program."""
        del style
        return str(excinfo.value) if isinstance(excinfo.value, Disagreement) else super().repr_failure(excinfo)


class ExampleItem(_Item):
    """One example of a rule or of an answer."""

    def __init__(self, *, result: ExampleResult, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]  # what pytest hands over
        self._result = result

    def runtest(self) -> None:
        """Raises Disagreement."""
        result = self._result
        if not result.ok:
            raise Disagreement(f"{result.place}: expected {result.expected}, got {result.got}")

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands."""
        return self.path, None, self.name


class CaseItem(_Item):
    """One case with what is expected of it."""

    def __init__(self, *, case: Case, judge: Advisor, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]  # what pytest hands over
        self._case, self._judge = case, judge

    def runtest(self) -> None:
        """Raises Disagreement; a case that is contested or of low confidence is skipped where it fails."""
        from collectrules.testing.examples import run_cases

        (result,) = run_cases([self._case], self._judge)
        if result.status == "apart" and result.differences:
            pytest.skip("; ".join(result.differences))
        if result.status != "passed" and result.differences:
            raise Disagreement("\n".join([result.place, *result.differences, *result.notes]))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands."""
        return self.path, None, self.name


@pytest.fixture(scope="session")
def collectrules_advisor(pytestconfig: pytest.Config) -> Advisor:
    """An advisor with the shipped law and that of installed plugins, on the day that `collectrules_today` names."""
    return _advisor(pytestconfig)


_ADVISOR: Final = pytest.StashKey["Advisor"]()


def _advisor(config: pytest.Config) -> Advisor:
    """One for each run."""
    from collectrules.advisor import Advisor

    if _ADVISOR not in config.stash:
        day = config.getini(_TODAY)
        config.stash[_ADVISOR] = Advisor.load(today=date.fromisoformat(day) if day else None)
    return config.stash[_ADVISOR]
