"""`collectrules replay`: a log of contacts judged act by act, each under the law and the facts of its own moment."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import file_digest
from typing import IO, TYPE_CHECKING, Final

import click

from collectrules.cli import asking, exit_codes, messages, path_types
from collectrules.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.cli.asking import Sources
    from collectrules.replay.formats import Writer
    from collectrules.replay.model import JudgedPerson, Rejected
    from collectrules.replay.people import PersonLines
    from collectrules.replay.tally import Tally

_YAML: Final = (".yaml", ".yml")
_TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


@click.command(
    name="replay",
    epilog="Exit codes: 0 clean, 1 violations or presumed ones, 3 anything else, 2 an unreadable line, 4 no act.",
)
@click.argument("log", metavar="LOG", type=path_types.ANY_OR_INPUT)
@click.option("--json", "as_json", is_flag=True, help="A line for each act, then the sums: collectrules/replay/v1.")
@click.option("--csv", "table", metavar="FILE", type=path_types.FILE, help="Write a row for each remark on an act.")
@click.option("--sarif", metavar="FILE", type=path_types.FILE, help="Write a result for each remark on an act.")
@click.option("--timelines", metavar="DIR", type=path_types.FOLDER, help="Write a page for each person.")
@click.option("--person", "persons", multiple=True, metavar="ID", help="A page for this person only. May be repeated.")
@click.option(
    "--jobs", type=click.IntRange(1, 512), metavar="N", help="Processes; without it all cores for a long log."
)
@asking.SOURCES
def command(
    *,
    log: Path,
    as_json: bool,
    table: Path | None,
    sarif: Path | None,
    timelines: Path | None,
    persons: tuple[str, ...],
    jobs: int | None,
    sources: Sources,
) -> int:
    """Judge each contact in LOG as it was when it was made: JSON lines that are accounts with their history.

    `collectrules import` makes such a file of an export. Lines of one person (`debtor.id`, else `id`) are taken
    together. What the law forbids, what it presumes to be forbidden, what speaks against an act, and what cannot be
    shown to be lawful are told apart. The same log gives the same answers on every day, byte for byte.

    \b
    Examples:
      collectrules replay accounts.jsonl
      collectrules replay --csv findings.csv --sarif findings.sarif accounts.jsonl
      collectrules replay --timelines pages --person C-1042 accounts.jsonl
    """
    if log.suffix.lower() in _TABLES:
        raise click.UsageError(
            f"{log} is a table, and a log is read as JSON lines that are accounts with their history\n"
            f"    put it on its accounts first: collectrules import {log} --into accounts.jsonl, then replay these"
        )
    if log.suffix.lower() in _YAML:
        raise click.UsageError(
            f"{log} is YAML, and a log is read as JSON lines: one account with its history a line\n"
            f"    `collectrules check {log}` asks about the act of a case"
        )
    if persons and timelines is None:
        raise click.UsageError("`--person` says whose page is written\n    name the folder with `--timelines`")
    from collectrules.replay.judging import OF_THE_LOG
    from collectrules.replay.told import as_text

    sources = sources._replace(today=sources.today or OF_THE_LOG)
    advisor = sources.advisor()
    with ExitStack() as stack:
        writers = _writers(stack, log, as_json=as_json, table=table, sarif=sarif, timelines=timelines, persons=persons)
        tally = _judge_all(advisor, log, jobs, partial(_judging, sources), writers)
    if not tally.number:
        click.echo("nothing was judged: the log has no contact of the collector", err=True)
    not_met = [name for writer in writers for name in getattr(writer, "not_met", ())]
    for name in not_met:
        click.echo(f"no page is written of `{name}`: there is no such person in {log}, by `debtor.id`", err=True)
    if not as_json:
        written = [(str(file), f"sha256:{_digest(file)}") for file in (table, sarif) if file is not None]
        click.echo(as_text(tally, str(log), written), nl=False)
    return exit_codes.WRONG_INPUT if not_met else _exit_code(tally)


def _writers(  # one for each option
    stack: ExitStack,
    log: Path,
    *,
    as_json: bool,
    table: Path | None,
    sarif: Path | None,
    timelines: Path | None,
    persons: tuple[str, ...],
) -> list[Writer]:
    from collectrules.replay.formats.lines import Lines
    from collectrules.replay.formats.sarif import Sarif
    from collectrules.replay.formats.table import Table
    from collectrules.replay.formats.timeline import Timelines

    def opened(path: Path) -> IO[str]:
        return stack.enter_context(path.open("w", encoding="utf-8", newline=""))

    writers: list[Writer] = []
    if as_json:
        writers.append(Lines(sys.stdout))
    if table is not None:
        writers.append(Table(opened(table)))
    if sarif is not None:
        writers.append(Sarif(opened(sarif), log.name))
    if timelines is not None:
        writers.append(Timelines(timelines, persons))
    return writers


def _judge_all(
    advisor: Advisor,
    log: Path,
    jobs: int | None,
    make: Callable[[], Callable[[PersonLines], list[JudgedPerson | Rejected]]],
    writers: Sequence[Writer],
) -> Tally:
    from collectrules.cli.processes import each_answer
    from collectrules.ground.source import standard_input
    from collectrules.replay.model import Rejected
    from collectrules.replay.people import people, spooled
    from collectrules.replay.tally import Tally

    tally = Tally()
    with ExitStack() as stack:
        tell = stack.enter_context(messages.told_of_many())
        source = spooled(standard_input()) if str(log) == "-" else log.open("rb")
        file = stack.enter_context(source)
        with _bar(people(file, str(log)), file, log.name) as persons:
            for told in each_answer(_with(advisor), persons, jobs, make):
                if isinstance(told, Rejected):
                    tally.rejected += 1
                    tell(told.why)
                    continue
                tally.add(told)
                for writer in writers:
                    writer.person(told)
    for writer in writers:
        writer.end(tally)
    return tally


@contextmanager
def _bar(persons: Iterator[PersonLines], file: IO[bytes], name: str) -> Iterator[Iterator[PersonLines]]:
    """The persons, under a bar on standard error that shows how much of the log is read."""
    length = file.seek(0, 2)
    file.seek(0)
    with progress(length, name) as move:

        def shown() -> Iterator[PersonLines]:
            for person in persons:
                yield person
                move(person.size)

        yield shown()


def _judging(sources: Sources) -> Callable[[PersonLines], list[JudgedPerson | Rejected]]:
    return _with(sources.advisor())


def _with(advisor: Advisor) -> Callable[[PersonLines], list[JudgedPerson | Rejected]]:
    from collectrules.replay.judging import judged

    return partial(judged, advisor)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _exit_code(tally: Tally) -> int:
    if tally.rejected:
        return exit_codes.WRONG_INPUT
    if not tally.number:
        return exit_codes.NOTHING_CHECKED
    if tally.acts["violation"] or tally.acts["presumed_violation"]:
        return exit_codes.FOUND
    return exit_codes.REVIEW if tally.number > tally.acts["clean"] else exit_codes.CLEAN
