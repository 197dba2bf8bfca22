"""`collectrules ask`: what to find out, one question after another, and the case with what was found out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from collectrules.cli import asking, exit_codes, messages, path_types
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import ExploredVerdict
    from collectrules.verdict.replies import FormQuestion


_SECOND_DOCUMENT: Final = "CR005"
_ONE_CASE: Final = "`ask` takes the file of one case with an action or a question"


@click.command(name="ask", epilog="Exit codes: as `check` of the case that is written, 2 unreadable input.")
@click.argument("case_file", metavar="CASE", type=path_types.ANY)
@click.option("-o", "--output", metavar="FILE", type=path_types.FILE, help="Write there instead.")
@asking.json_option("One object: the questions with what a yes and a no would do, for a form; nothing is asked.")
@asking.ADVISED
def command(*, advisor: Advisor, case_file: Path, output: Path | None, as_json: bool) -> int:
    """Ask what is missing from a CASE, for its act or its question, and write the answers into its file.

    A question about a group of the record is answered by yes (all of it is in the record) or no. An empty answer
    leaves a question open. Where the answers end early (Ctrl-D), those that were given are written.

    \b
    Examples:
      collectrules ask case.yaml
      collectrules ask --json case.yaml
    """
    from collectrules.cli.case_text import case_text
    from collectrules.ground import whole_files
    from collectrules.ground.source import file_text
    from collectrules.output.rendering import plain

    try:
        cases = advisor.read_cases(case_file).cases
    except InvalidInput as error:
        if any(problem.code == _SECOND_DOCUMENT for problem in error.problems):
            raise click.UsageError(_ONE_CASE) from None
        raise
    if len(cases) != 1 or cases[0].is_account:
        raise click.UsageError(_ONE_CASE)
    was = case = cases[0]
    if as_json:
        found = _found(advisor, case)
        questions = [plain(each) for each in advisor.form(case, found)]
        told = {"case": case.id or "", "decision": _decision(found), "questions": questions}
        click.echo(json.dumps(told, ensure_ascii=False))
        return exit_codes.OF_DECISION[_decision(found)]
    case, found = _asked(advisor, case)
    if case != was:
        where = output or case_file
        whole_files.write(where, case_text(file_text(case_file), was, case, advisor))
        click.echo(f"written to {where}")
    click.echo(_page(found), nl=False)
    return exit_codes.OF_DECISION[_decision(found)]


def _found(advisor: Advisor, case: Case) -> ExploredVerdict | Answer:
    """What is made of the act of a case, or of its question."""
    return advisor.answer(case) if case.action is None else advisor.explore(case)


def _decision(found: ExploredVerdict | Answer) -> str:
    """What is decided of an act; `answer` or `open` of a question."""
    from collectrules.verdict.answers import Answer

    if isinstance(found, Answer):
        return "answer" if found.complete else "open"
    return found.decision


def _page(found: ExploredVerdict | Answer) -> str:
    from collectrules.output import short
    from collectrules.verdict.answers import Answer

    return short.answer_page(found) if isinstance(found, Answer) else short.page(found)


def _asked(advisor: Advisor, case: Case) -> tuple[Case, ExploredVerdict | Answer]:
    """The case with what was answered, until it is decided or nothing is left to ask, and what is made of it."""
    words = advisor.rulebook.catalogue(case.jurisdiction)
    left_open: set[str] = set()
    found = _found(advisor, case)
    while True:
        form = advisor.form(case, found)
        questions = [each for each in form if each.name not in left_open and each.takes != "entries"]
        if not questions:
            return case, found
        try:
            answered = _put(advisor, case, questions[0], words, len(questions))
        except click.Abort as ended:
            if not isinstance(ended.__context__, EOFError):
                raise  # by Ctrl-C: nothing is to be written
            click.echo("\n    no more answers: the questions below stay open")
            return case, found
        if answered is None:
            left_open.add(questions[0].name)
        else:
            case = answered
            found = _found(advisor, case)


def _put(advisor: Advisor, case: Case, question: FormQuestion, words: Any, number: int) -> Case | None:
    """The case with the answer to a question; None where it stays open."""
    from collectrules.verdict.replies import WRITTEN, with_reply

    click.echo("\n" + messages.folded(f"{question.name}: {question.question}  ({number} left)"))
    if len(question.facts) > 1:
        click.echo(messages.folded(f"    {', '.join(question.facts)}"))
    if question.yes:
        click.echo(f"    yes: {question.yes}\n    no: {question.no}" if question.group else f"    {question.yes}")
    written = WRITTEN.get(question.takes, question.takes)
    choices = f"{written}: {', '.join(question.words)}" if question.words else written
    while True:
        reply = str(click.prompt(f"    {choices}", default="", show_default=False)).strip()
        if not reply:
            return None
        if question.takes == "yes or no" and reply.lower() not in ("y", "yes", "n", "no"):
            click.echo("    yes, no, or nothing to leave it open")
            continue
        try:
            return with_reply(case, question, reply, words, advisor.case)
        except InvalidInput as error:
            first = error.problems[0]
            click.echo(messages.folded("    " + "; ".join(filter(None, (first.message, first.help)))))
