"""`collectrules test`: do the answers agree with what is written down as expected?"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct, field
from msgspec.structs import asdict

from collectrules.cli import asking, exit_codes, messages, options, path_types
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.cli.asking import Sources
    from collectrules.testing.examples import CaseResult
    from collectrules.testing.telling import CoverageReport

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_LABELS: Final = {"passed": "ok", "failed": "FAIL", "apart": "apart", "unsupported": "not supported"}
_WORDS: Final = {"passed": "passed", "failed": "failed", "apart": "apart", "unsupported": "not supported"}
_MANY: Final = 50
"""From this many cases on a terminal shows how far the run has come."""


class _Row(Struct, frozen=True):
    """One case or one example of a ruleset, as it is reported."""

    file: str
    section: str
    name: str
    status: str
    confidence: str
    place: str
    remarks: tuple[str, ...]


@click.command(name="test", epilog="Exit codes: 0 all agree, 1 some do not, 2 unreadable input, 4 nothing was checked.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=path_types.THERE)
@options.JURISDICTION
@asking.SOURCES
@click.option("--json", "as_json", is_flag=True, help="One JSON document with every result and the counts.")
@click.option("--coverage", is_flag=True, help="Also which rules, branches and dated values no example reaches.")
@click.option(
    "--at-least",
    "least",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    help="Fail where fewer rules, branches or dated values are reached. Implies --coverage.",
)
@click.option("-q", "--quiet", is_flag=True, help="Only what failed, and the totals.")
def command(
    *,
    paths: tuple[Path, ...],
    jurisdictions: tuple[str, ...],
    sources: Sources,
    as_json: bool,
    coverage: bool,
    least: float | None,
    quiet: bool,
) -> int:
    """Run the expectations in case files and the examples in rulesets; PATH is a file or folder of either.

    Without PATH the examples of all rulesets are run. Cases that are contested or of low confidence are reported apart
    and never fail a run. The age of rulesets is held against the `as_of` of a case file, or --today.

    \b
    Examples:
      collectrules test
      collectrules test my_cases.yaml --jurisdiction US-TX,FR
      collectrules test our_rules --coverage --at-least 100
    """
    run = _Run(jurisdictions, sources, bar=sys.stderr.isatty() and (as_json or quiet or not sys.stdout.isatty()))
    rows: list[_Row] = []
    unreadable = False
    for file, named in _files(paths) if paths else _rulesets(sources.folders()):
        try:
            for row in run.rows(file, named=named):
                rows.append(row)
                if not as_json and (not quiet or row.status == "failed"):
                    click.echo(_told(row))
        except InvalidInput as error:
            messages.tell(error)
            unreadable = True
    reached = run.coverage(paths) if (coverage or least is not None) and not unreadable else None
    click.echo(_as_json(rows, reached) if as_json else _summary(rows, quiet=quiet))
    if reached is not None and not as_json:
        click.echo(f"\n{reached.text(quiet=quiet)}")
    counts = _counts(rows)
    if unreadable:
        return exit_codes.WRONG_INPUT
    if counts["failed"] or (reached is not None and reached.least < (least or 0)):
        return exit_codes.FOUND
    return exit_codes.CLEAN if counts["passed"] or counts["apart"] else exit_codes.NOTHING_CHECKED


class _Run(Struct, frozen=True):
    """How every file of one run is run."""

    jurisdictions: tuple[str, ...]
    sources: Sources
    bar: bool
    advisors: dict[date | None, Advisor] = field(default_factory=dict)
    """One for each day that the files of the run name."""

    def rows(self, file: Path, *, named: bool) -> Iterator[_Row]:
        """What comes of one file. A file that is neither cases nor a ruleset is passed over, unless it was `named`."""
        from collectrules.ground.nodes import Table
        from collectrules.ground.source import read_file

        root = read_file(file)
        keys = set(root) if isinstance(root, Table) else set()
        if keys & {"ruleset", "policy"}:
            code = root.table("a ruleset").get("jurisdiction")
            if code is None or options.lies_inside(code.scalar("`jurisdiction`").text, self.jurisdictions):
                yield from self._examples(file)
        elif "part_of" in keys:
            if named:  # else it is run with its ruleset
                yield from self._examples(file)
        elif named or keys & {"cases", "action", "ask"}:
            yield from self._cases(file)

    def _examples(self, file: Path) -> Iterator[_Row]:
        from collectrules.law.files import wrong_ending
        from collectrules.testing.examples import run_examples

        if problems := wrong_ending(file):
            raise InvalidInput(problems)
        for result in run_examples([file]):
            remarks = () if result.ok else (f"expected {result.expected}, got {result.got}",)
            status = "passed" if result.ok else "failed"
            yield _Row(str(file), result.rule, result.story, status, "high", str(result.place), remarks)

    def _cases(self, file: Path) -> Iterator[_Row]:
        from collectrules.testing.examples import run_cases

        read = self._advisor(self.sources.today).read_cases(file)
        chosen = [case for case in read.cases if options.lies_inside(case.jurisdiction, self.jurisdictions)]
        results = run_cases(chosen, self._advisor(self.sources.today or read.as_of))
        for result in _with_bar(results, len(chosen)) if self.bar and len(chosen) >= _MANY else results:
            remarks = () if result.status == "passed" else (*result.differences, *result.notes)
            yield _Row(str(file), result.section, result.case, result.status, result.confidence, result.place, remarks)

    def coverage(self, paths: Sequence[Path]) -> CoverageReport:
        """What the examples of the rulesets among the files reach."""
        from collectrules.plugins.loading import load_plugins
        from collectrules.testing.coverage import coverage
        from collectrules.testing.rulesets import rulesets_in, trial_of
        from collectrules.testing.telling import CoverageReport

        loaded, files = load_plugins(), {}
        for chosen in rulesets_in(paths or self.sources.folders()):
            trial = trial_of(chosen.path, loaded)
            if options.lies_inside(trial.file.ruleset.jurisdiction, self.jurisdictions):
                files[str(chosen.path)] = tuple(each for each in coverage(trial) if chosen.has(each.place))
        return CoverageReport(files)

    def _advisor(self, day: date | None) -> Advisor:
        if day not in self.advisors:
            other = next(iter(self.advisors.values()), None)
            made = self.sources._replace(today=day).advisor() if other is None else other.on(day)
            self.advisors[day] = made
        return self.advisors[day]


def _rulesets(folders: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """The rulesets that every command finds."""
    from collectrules.law.files import ruleset_files

    files = {file: None for inside in ruleset_files(folders).values() for _, file in inside}
    # What lies in the folder of a ruleset's name may be a part of it, which is run with it.
    yield from ((file, file.parent.with_suffix(file.suffix) not in files) for file in files)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file to run, and whether it was named itself and not found in a folder."""
    for path in paths:
        if path.is_dir():
            yield from ((file, False) for file in sorted(path.rglob("*")) if file.suffix.lower() in _SUFFIXES)
        else:
            yield path, True


def _with_bar(results: Iterable[CaseResult], length: int) -> Iterator[CaseResult]:
    with click.progressbar(results, length=length, label="cases", file=sys.stderr) as bar:
        yield from bar


def _counts(rows: Iterable[_Row]) -> Counter[str]:
    """How many of each status, and of medium confidence among those that passed or failed."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.status] += 1
        if row.confidence == "medium" and row.status in ("passed", "failed"):
            counts[f"medium {row.status}"] += 1
    return counts


def _as_json(rows: Sequence[_Row], reached: CoverageReport | None) -> str:
    counts = _counts(rows)
    summary = {name: counts[name] for name in (*_LABELS, "medium passed", "medium failed")}
    told: dict[str, object] = {"summary": summary, "results": [asdict(row) for row in rows]}
    if reached is not None:
        told["coverage"] = reached.plain()
    return json.dumps(told, ensure_ascii=False, indent=2)


def _told(row: _Row) -> str:
    mark = "" if row.confidence == "high" else f" ({row.confidence} confidence)"
    head = f"{_LABELS[row.status]:13} {row.section}: {row.name}{mark}"
    if row.status == "passed":
        return head
    return "\n".join([head, *(f"{'':13} {remark}" for remark in (*row.remarks, row.place))])


def _summary(rows: Sequence[_Row], *, quiet: bool) -> str:
    lines = [] if quiet or not rows else ["", *_table(rows)]
    counts = _counts(rows)
    total = ", ".join(f"{counts[status]} {word}" for status, word in _WORDS.items())
    medium = f"of medium confidence: {counts['medium passed']} passed, {counts['medium failed']} failed"
    return "\n".join([*lines, "", total, medium]).lstrip("\n")


def _table(rows: Sequence[_Row]) -> Iterator[str]:
    """Counts for each file, and under it for each section of law or rule."""
    width = max(len(name) for row in rows for name in (row.file, f"  {row.section}"))
    yield f"{'':{width}} " + "".join(f" {heading:>13}" for heading in _WORDS.values())
    for file in dict.fromkeys(row.file for row in rows):
        inside = [row for row in rows if row.file == file]
        yield _counted(file, inside, width)
        for section in dict.fromkeys(row.section for row in inside):
            yield _counted(f"  {section}", [row for row in inside if row.section == section], width)


def _counted(name: str, rows: Iterable[_Row], width: int) -> str:
    counts = _counts(rows)
    return f"{name:{width}} " + "".join(f" {counts[status]:13}" for status in _WORDS)
