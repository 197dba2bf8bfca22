"""`collectrules record`: what was done or said, written into the account."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from collectrules.cli import asking, days, exit_codes, options, path_types

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case

_STEP: Final = "step"
_CONTACT: Final = "contact"


@click.command(name="record", epilog="Exit codes: 0 written, 2 it cannot be written.")
@click.argument("case_file", metavar="CASE", type=path_types.ANY)
@click.argument("what")
@click.option("--account", metavar="ID", help="The account, where the file has several.")
@days.moment_option("--at", "at", "When, on the debtor's clock; else today.")
@click.option("--debt", "debts", metavar="ID", multiple=True, help="An invoice that it is about; else all.")
@click.option("--amount", metavar="AMOUNT", help="As 8400.00; with --currency.")
@click.option("--currency", metavar="CODE", help="The currency of the amount.")
@days.day_option("--promised-for", "promised_for", "The day that was promised, of a plan the first.")
@click.option("--instalments", type=click.IntRange(1), metavar="N", help="How many payments a plan has.")
@click.option("--every", "every_days", type=click.IntRange(1), metavar="DAYS", help="Days between two payments.")
@click.option("--channel", metavar="CHANNEL", help="By which: phone, email, letter, ...")
@click.option("--direction", type=click.Choice(("outbound", "inbound")), help="Of a contact: who began it.")
@click.option("--outcome", metavar="WORD", help="Of a contact or step: conversation, no_answer, voicemail, ...")
@click.option("--form", metavar="WORD", help="Of a dispute or notice: written, electronic, oral.")
@click.option("--policy", "named", metavar="NAME|FILE", multiple=True, help="Of a step: the policy that it is of.")
@click.option("--stage", metavar="ID", help="Of a step: its stage; without it what `advise` proposes for the day.")
@click.option("--step", "step_id", metavar="ID", help="Of a step: which of the stage.")
@asking.CONFIG
@options.RULESETS
def command(
    *,
    case_file: Path,
    what: str,
    account: str | None,
    at: str | None,
    debts: tuple[str, ...],
    named: tuple[str, ...],
    stage: str | None,
    step_id: str | None,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    **stated: Any,
) -> int:
    """Write WHAT was done or said into the account of a CASE file: an event, `contact`, or `step`.

    A payment, and a credit note that names debts, change what is open, which is told. `step` writes the step that
    `advise` proposes, or the one that is named: the contact, the event by which laws know it, and that it was done.

    \b
    Examples:
      collectrules record case.yaml payment --amount 5.00 --currency EUR --debt A
      collectrules record case.yaml promise_to_pay --promised-for 2026-12-04
      collectrules record accounts.jsonl step --account C-17 --policy ours.yaml
      collectrules record case.yaml contact --channel phone --direction outbound \\
        --outcome no_answer
    """
    from collectrules.advising.recording import open_of_changed, recorded
    from collectrules.cli.recording import found, write

    sources = asking.Sources(configuration, rulesets)
    advisor = sources.advisor()
    was = found(advisor, case_file, account)
    when = _when(at)
    told = {key: _as_stated(value) for key, value in stated.items() if value is not None}
    about = {"debts": [*debts]} if debts else {}
    entries: list[dict[str, Any]]
    if what == _STEP:
        chosen = (named, stage, step_id, sources)
        entries = _of_step(advisor, was.case, when, [*debts], told, chosen)
    elif what == _CONTACT:
        entries = [{"at": when, **told, **about}]
    else:
        entries = [{"at": when, "event": what, **told, **about}]
    case, today = was.case, datetime.now(UTC).astimezone().date()
    for entry in entries:
        case = recorded(case, entry, advisor.case, today)
    write(case_file, was, case, advisor)
    for entry in entries:
        click.echo("written: " + ", ".join(f"{key} {_shown(value)}" for key, value in entry.items()))
    for is_open in open_of_changed(was.case, case):
        click.echo(f"open: {is_open}")
    return exit_codes.CLEAN


def _as_stated(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _when(at: str | None) -> str:
    if at == days.NOW:
        return f"{datetime.now(UTC).astimezone():%Y-%m-%dT%H:%M%:z}"
    return at or datetime.now(UTC).astimezone().date().isoformat()


def _of_step(  # noqa: PLR0917  # of one step of one account, what was said of it
    advisor: Advisor, case: Case, when: str, debts: list[str], told: dict[str, Any], chosen: tuple[Any, ...]
) -> list[dict[str, Any]]:
    """The entries of a step that was done: the one that is named, or the one that is advised for the day."""
    from collectrules.advising.recording import DoneStep, entries_of
    from collectrules.cli.advising import chosen_step, named_policies, policies

    named, stage, step_id, sources = chosen
    ladder = policies(named_policies(named, sources), advisor.rulebook.language)
    found = chosen_step(advisor, ladder, case, date.fromisoformat(when[:10]), stage, step_id)
    channel = told.get("channel") or found.channel
    about = debts or (found.debts if len(found.debts) < len(case.debts) else ())
    return [*entries_of(DoneStep(found.step, found.stage, when, channel, told.get("outcome", ""), tuple(about)))]


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
