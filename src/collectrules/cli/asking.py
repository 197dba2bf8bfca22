"""What the commands that ask a question have in common: their options, and one answer for each case."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from collectrules.cli import exit_codes, messages, options, path_types
from collectrules.cli.accounts import ACCOUNT, chosen
from collectrules.cli.days import day_option
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.cli.configuration import Configuration
    from collectrules.lock import Lock
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import ExploredVerdict

_AMOUNT: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_LOCKED: Final = "collectrules.locked"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")

EPILOG: Final = "Exit codes: 0 answered, 3 something is open, 2 unreadable input, 4 nothing was asked; else the worst."


def _amount(given: str) -> Decimal:
    if not _AMOUNT.fullmatch(given):
        raise click.BadParameter(f"`{given}` is no amount\n    write it with a point and no other marks: 8400.00")
    return Decimal(given)


def _currency(ctx: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    del parameter
    if (given is None) != (ctx.params.get("amount") is None):
        raise click.UsageError("`--amount` and `--currency` go together", ctx)
    if given is not None and not _CURRENCY.fullmatch(given):
        raise click.BadParameter(f"`{given}` is no currency\n    write its code: USD, EUR")
    return given


CASES: Final = click.argument("cases", nargs=-1, metavar="CASE...", type=path_types.ANY_OR_INPUT)
AT: Final = day_option("--at", "at", "The day for which it is asked, instead of the case's.")
AMOUNT: Final = click.option(
    "--amount",
    metavar="AMOUNT",
    callback=options.read_by(_amount),
    is_eager=True,
    help="The claim, instead of the sum of the debts.",
)
CURRENCY: Final = click.option("--currency", metavar="CODE", callback=_currency, help="The currency of `--amount`.")
_CONFIG: Final = click.option(
    "--config",
    "configuration",
    metavar="FILE",
    type=path_types.ANY,
    help="Standing assumptions, rulesets and accepted gaps; without it the nearest collectrules.yaml, here or above.",
)


def _lock(ctx: click.Context, parameter: click.Parameter, given: bool) -> None:  # noqa: FBT001  # click calls it so
    del parameter
    ctx.meta[_LOCKED] = given


def CONFIG(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802  # an option like the others
    """The options by which every command finds its configuration, and may be held to a lock file."""
    locked = click.option(
        "--locked",
        is_flag=True,
        expose_value=False,
        callback=_lock,
        help="Refuse what is not as the nearest collectrules.lock has it.",
    )
    return _CONFIG(locked(command))


def json_option(text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The option that asks for JSON."""
    return click.option("--json", "as_json", is_flag=True, help=text)


_FULL: Final = click.option("--full", is_flag=True, help="The whole text of each answer, with all that JSON has.")
_JSON: Final = json_option("One answer a line as JSON: collectrules/answer/v1.")


class Sources(NamedTuple):
    """By which law is answered, in values that another process can be given."""

    configuration: Path | None = None
    rulesets: tuple[Path, ...] = ()
    today: date | None = None

    def advisor(self) -> Advisor:
        """The advisor of the configuration, with more rulesets."""
        from collectrules.advisor import Advisor
        from collectrules.cli.processes import cores

        configured = self._configured()
        return Advisor.load(
            rulesets=(*configured.rulesets, *self.rulesets),
            assume=configured.assume,
            today=self.today,
            accept=configured.accept,
            configuration=configured.name,
            records=configured.records,
            processes=cores(),
        )

    def folders(self) -> tuple[Path, ...]:
        """The folders of rulesets that every command reads: shipped, of plugins, configured, and named."""
        from collectrules.plugins.loading import load_plugins

        configured = self._configured()
        return (*load_plugins().ruleset_folders, *configured.rulesets, *self.rulesets)

    def lock(self) -> Lock:
        """What a lock file would hold now."""
        from collectrules.cli import configuration
        from collectrules.lock import lock_of
        from collectrules.plugins.loading import load_plugins

        configured = configuration.load(self.configuration)
        return lock_of(load_plugins(), (*configured.rulesets, *self.rulesets), configured.name)

    def _configured(self) -> Configuration:
        """The configuration. Where the command is held to a lock file, InvalidInput tells what is not as it has it."""
        from collectrules.cli import configuration

        # A process that answers beside the first has no context: that one looked.
        ctx = click.get_current_context(silent=True)
        if ctx is not None and ctx.meta.get(_LOCKED):
            from collectrules import lock

            lock.check(lock.nearest(Path.cwd()), self.lock())
        return configuration.load(self.configuration)


def SOURCES(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802  # options like the others
    """The options that say by which law is answered: the command takes them as `sources`."""

    @wraps(command)
    def with_sources(
        *, configuration: Path | None, rulesets: tuple[Path, ...], today: date | None, **others: Any
    ) -> int:
        return command(sources=Sources(configuration, rulesets, today), **others)

    return CONFIG(options.RULESETS(options.TODAY(with_sources)))


def ADVISED(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802  # options like the others
    """The same options; the command takes the `advisor` that they make."""

    @wraps(command)
    def with_advisor(*, sources: Sources, **others: Any) -> int:
        return command(advisor=sources.advisor(), **others)

    return SOURCES(with_advisor)


class Asked(NamedTuple):
    """The cases to which a question is put, who answers it, and how the answers are told."""

    cases: Iterable[Case | InvalidInput]
    advisor: Advisor
    full: bool
    as_json: bool

    def told(self, answer: Callable[[Case], tuple[Answer, ExploredVerdict | None]]) -> int:
        """Print the answer to each, with the verdict on filing that day where that was asked; the worst exit code."""
        from collectrules.output import answering

        def tell(case: Case) -> tuple[str, bool]:
            made, before = answer(case)
            return answering.told(made, before, full=self.full, as_json=self.as_json), made.complete

        return told(self.cases, tell)


def QUESTION(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802  # options like the others
    """The argument and options of every command that puts a question to cases: it takes them as `asked`."""

    @wraps(command)
    def with_cases(  # one for each option
        *, cases: tuple[Path, ...], account: str | None, full: bool, as_json: bool, advisor: Advisor, **others: Any
    ) -> int:
        return command(asked=Asked(chosen(advisor, cases, account), advisor, full, as_json), **others)

    return CASES(ACCOUNT(_FULL(_JSON(ADVISED(with_cases)))))


def told(cases: Iterable[Case | InvalidInput], tell: Callable[[Case], tuple[str, bool]]) -> int:
    """Print what is told of every case, and return the worst exit code. `tell`: the text; is it complete?

    The cases are read as the laws of the advisor have them. What cannot be read is told on standard error, and the next
    is read.
    """
    codes: set[int] = set()
    for case in cases:
        if isinstance(case, InvalidInput):
            messages.tell(case)
            codes.add(exit_codes.WRONG_INPUT)
            continue
        try:
            text, complete = tell(case)
        except InvalidInput as wrong:  # of this case: the next is answered
            messages.tell(wrong)
            codes.add(exit_codes.WRONG_INPUT)
            continue
        click.echo(text)
        codes.add(exit_codes.CLEAN if complete else exit_codes.REVIEW)
    if not codes:
        click.echo("nothing was asked: name the file of a case, or - for standard input", err=True)
    return exit_codes.worst(codes)
