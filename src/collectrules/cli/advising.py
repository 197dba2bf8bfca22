"""How `advise` tells the advice on one account: a page, two lines or JSON, and its rows for a worklist."""

from __future__ import annotations

import json
import re
import sys
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TextIO

import click

from collectrules.ground.errors import InvalidInput, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from typing import Self

    from collectrules.advising.offers import Offer
    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.cli.asking import Sources
    from collectrules.law.model import Language
    from collectrules.output.worklist import Row
    from collectrules.policy.model import Policy, Step

Form = Literal["page", "line", "json", "rows"]


class AdviceWay(NamedTuple):
    """What was asked for of every advice, in values that another process can be given."""

    form: Form
    rows: bool
    """Are rows for a worklist wanted too?"""
    colour: bool
    policies: tuple[str, ...]
    day: date
    collectable: Decimal | None
    due: tuple[str, ...]
    """Letters whose accounts are wanted: those that are to be written on the day and may be."""
    sources: Sources

    def of_several(self) -> Self:
        """The same for each of several: a line instead of a page."""
        return self._replace(form="line") if self.form == "page" else self


class Advised(NamedTuple):
    """The text with its end of line, the outcome and decision of the most urgent step, and the rows.

    Of what cannot be read: what is wrong, and as text the line that stands in its place.
    """

    text: str
    outcome: str
    decision: str
    rows: tuple[Row, ...] = ()
    wrong: str = ""
    letter: str = ""
    account: str = ""
    """Of an account whose letter is wanted: the letter, and the account as a line of JSON."""


_PER_CENT: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_HUNDRED: Final = 100


def per_cent(given: str) -> Decimal:
    """`--collectable`: a number from 0 to 100. Raises click.BadParameter."""
    if not _PER_CENT.fullmatch(given) or Decimal(given) > _HUNDRED:
        raise click.BadParameter(f"`{given}` is no number of per cent\n    write it from 0 to 100: 40")
    return Decimal(given)


def named_policies(named: tuple[str, ...], sources: Sources) -> tuple[str, ...]:
    """The policies that are named, else those of the configuration. Raises click.UsageError where there is none.

    A policy whose file holds house rules too lies in one of the folders of rulesets: else these bound nobody. Raises
    InvalidInput where it does not.
    """
    from collectrules.cli.configuration import load
    from collectrules.policy.shipped import check_bound, shipped

    names = named or load(sources.configuration).policies
    if not names:
        raise click.UsageError(
            f"no policy is named\n    name a file with `--policy`, or one that is shipped: {', '.join(shipped())}; or "
            "write `policy:` into collectrules.yaml"
        )
    folders = sources.folders()
    for name in names:
        check_bound(name, folders)
    return names


def due_files(given: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    """`--due`: letters, and the file for the accounts of each. Raises click.BadParameter.

    `reminder@email` are those that go out by e-mail, `reminder@letter` by post, `reminder` all others.
    """
    from collectrules.policy.model import LETTERS

    pairs = [each.partition("=") for each in given]
    for asked, _, file in pairs:
        letter, _, channel = asked.partition("@")
        if letter not in LETTERS or not file or channel not in ("", "letter", "email"):
            known = meant(letter, LETTERS) or f"the letters are {', '.join(LETTERS)}"
            told = "reminder=due.jsonl, or reminder@email=mails.jsonl"
            raise click.BadParameter(f"`{asked}={file}` names no letter and file\n    {known}: {told}")
    return tuple((asked, Path(file)) for asked, _, file in pairs)


@contextmanager
def due_accounts(files: Iterable[tuple[str, Path]]) -> Iterator[Callable[[Advised], None]]:
    """What writes each account whose letter is due into the file of that letter, as they come."""
    with ExitStack() as opened:
        into = {letter: opened.enter_context(path.open("w", encoding="utf-8")) for letter, path in files}

        def write(told: Advised) -> None:
            if told.letter:
                into[told.letter].write(told.account)

        yield write


def written_rows(into: TextIO | None) -> Callable[[Iterable[Row]], None]:
    """What writes rows as CSV as they come, with the head before them; without a file nothing is written."""
    from collectrules.output.worklist import as_csv, csv_head

    if into is None:
        return lambda _: None
    into.write(csv_head())

    def write(rows: Iterable[Row]) -> None:
        into.write(as_csv(rows))

    return write


def with_progress(path: Path, made: Iterator[Advised], *, shown: bool) -> Iterator[Advised]:
    """What is made, with a bar on standard error of how much of a file is done, where that is a terminal."""
    if not shown or not sys.stderr.isatty() or str(path) == "-":
        yield from made
        return
    with path.open("rb") as file:
        number = sum(bool(line.strip()) for line in file)
    with click.progressbar(made, length=number, label="advising", file=sys.stderr, width=30) as bar:
        yield from bar


_read: Final[dict[tuple[str, ...], tuple[Policy, ...]]] = {}


def policies(names: tuple[str, ...], language: Language) -> tuple[Policy, ...]:
    """The policies of these names or files, each read once. Raises InvalidInput with every problem of them."""
    from collectrules.policy.shipped import policy_of

    if names not in _read:
        _read[names] = tuple(policy_of(name, language) for name in names)
    return _read[names]


def advised(advisor: Advisor, case: Case | InvalidInput, way: AdviceWay) -> Advised:
    """The advice on an account as it is wanted. Raises InvalidInput for a policy or ruleset that cannot be read."""
    from collectrules.advising.advice import as_json
    from collectrules.advising.advising import Asking, advise
    from collectrules.output import advice as told
    from collectrules.output.worklist import rows

    ladder = policies(way.policies, advisor.rulebook.language)
    if isinstance(case, InvalidInput):
        return _wrong(case, way)
    try:
        made = advise(advisor, ladder, case, Asking(way.day, way.form == "page", way.collectable))
    except InvalidInput as wrong:
        if case.id and any(problem.code == "CR026" for problem in wrong.problems):
            return _wrong(wrong, way)
        raise
    match way.form:
        case "page":
            text = told.page(made, colour=way.colour)
        case "line":
            text = told.line(made, colour=way.colour)
        case "json":
            text = f"{as_json(made)}\n"
        case _:
            text = ""
    first = made.first
    found = Advised(text, first.outcome, first.decision, tuple(rows(made)) if way.rows else ())
    due = [step for step in made.steps if step.outcome == "step" and step.decision == "allow"]
    letters = {f"{step.letter}@{step.channel}" for step in due}, {step.letter for step in due}
    wanted = next((asked for of in letters for asked in way.due if asked in of), "")
    if wanted:
        stated = json.dumps(case.to_versioned_mapping(), ensure_ascii=False)
        found = found._replace(letter=wanted, account=f"{stated}\n")
    return found


def _wrong(error: InvalidInput, way: AdviceWay) -> Advised:
    from collectrules.output.rendering import problems_as_json

    return Advised(f"{problems_as_json(error)}\n" if way.form == "json" else "", "wrong", "", (), str(error))


class ChosenStep(NamedTuple):
    """A step of a policy, its stage, the debts that it is about, and the channel that is advised for it."""

    step: Step
    stage: str
    debts: tuple[str, ...]
    channel: str


def chosen_step(  # noqa: PLR0913, PLR0917  # of whose account, on which day, by what name
    advisor: Advisor, ladder: tuple[Policy, ...], case: Case, day: date, stage: str | None, step_id: str | None
) -> ChosenStep:
    """The step of that stage and name; without a stage the one that is advised for the day.

    Raises click.UsageError where there is no such step, or none is advised.
    """
    from collectrules.advising.advising import Asking, advise
    from collectrules.policy.model import TASKS

    named: dict[tuple[str, str], Step] = {}
    for policy in ladder:
        named |= {(each.id, step.id): step for each in policy.stages for step in each.steps}
        named |= {(each.id, step.id): step for each in policy.paths() for step in each.steps}
        named |= {(TASKS, step.id): step for step in policy.tasks}
    if stage is not None:
        of_stage = [key for key in named if key[0] == stage and step_id in (None, key[1])]
        if len(of_stage) != 1:
            known = ", ".join(f"{name}.{step}" for name, step in named)
            raise click.UsageError(f"there is no one step `{stage}.{step_id or '?'}`\n    the steps are {known}")
        return ChosenStep(named[of_stage[0]], stage, (), "")
    first = advise(advisor, ladder, case, Asking(day)).first
    step = named.get((first.stage, first.step))
    if first.outcome != "step" or step is None:
        if first.step and first.day is not None and first.outcome == "wait":
            told = f"nothing is to be done on {day}: `{first.step}` is advised for {first.day:%A} {first.day}"
            named_so = f"--stage {first.stage} --step {first.step}"
            raise click.UsageError(f"{told}\n    if it was done all the same, say so: {named_so}")
        told = f"no step is advised for {day}: {first.reasons[0]}"
        raise click.UsageError(f"{told}\n    name the one that was done with `--stage` and `--step`")
    return ChosenStep(step, first.stage, tuple(each.id for each in first.invoices), first.channel)


_PLAN: Final = re.compile(r"([1-9][0-9]{0,2})x([1-9][0-9]{0,2})")
_AMOUNT: Final = re.compile(r"[0-9]{1,15}\.[0-9]{2}")


def plan_terms(given: str) -> tuple[int, int]:
    """`--plan`: so many instalments, one every so many days. Raises click.BadParameter."""
    found = _PLAN.fullmatch(given)
    if found is None:
        raise click.BadParameter(f"`{given}` is no plan\n    write instalments and days between them: 6x30")
    return int(found[1]), int(found[2])


def settlement_amount(given: str) -> Decimal:
    """`--settlement`: an amount. Raises click.BadParameter."""
    if not _AMOUNT.fullmatch(given):
        raise click.BadParameter(f"`{given}` is no amount\n    write it with two digits after the point: 800.00")
    return Decimal(given)


def offered(
    advisor: Advisor, case: Case, way: AdviceWay, terms: tuple[int, int] | None, amount: Decimal | None
) -> Iterator[tuple[str, Offer]]:
    """Each offer that is asked about, as text and itself. Raises InvalidInput."""
    from collectrules.advising import offers
    from collectrules.output.advice import offer_page

    policy = policies(way.policies, advisor.rulebook.language)[0]
    made = []
    if terms is not None:
        made.append(offers.plan(advisor, policy, case, way.day, terms))
    if amount is not None:
        made.append(offers.settlement(advisor, policy, case, way.day, amount))
    for each in made:
        yield offer_page(each, case.id or "the account"), each
