"""What `collectrules letter` takes and tells: letters by name, details of accounts, and how each account went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import click

from collectrules.cli import exit_codes, messages
from collectrules.ground.errors import InvalidInput, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.correspondence.acts import Channel
    from collectrules.correspondence.files import Outbox
    from collectrules.correspondence.preparing import Order, Prepared
    from collectrules.letters.formats import LetterFormat
    from collectrules.letters.templates import Letter

ALL = "all"
"""In a file of details: what holds for every account."""


class Details(NamedTuple):
    """What is told of accounts beside their cases: of all, and of each by the id of its case."""

    of_all: Mapping[str, str]
    of_each: Mapping[str, Mapping[str, str]]

    def of(self, case: Case) -> dict[str, str]:
        """The details of one account."""
        return {**self.of_all, **self.of_each.get(case.id or "", {})}


def letters(folders: Iterable[Path]) -> dict[str, Letter]:
    """Every letter by name: shipped, of plugins, and of the folders, which go before those. Raises InvalidInput."""
    from collectrules.letters.templates import letters_in
    from collectrules.plugins.loading import load_plugins

    found = dict(load_plugins().letters)
    for folder in folders:
        found.update({letter.name: letter for letter in letters_in(folder, found)})
    return found


def letter_named(name: str, known: Mapping[str, Letter]) -> Letter:
    """The letter of that name. Raises click.UsageError."""
    if name not in known:
        advice = meant(name, known) or f"the letters are {', '.join(sorted(known))}"
        raise click.UsageError(f"there is no letter `{name}`\n    {advice}")
    return known[name]


def list_of(known: Mapping[str, Letter]) -> str:
    """Every letter with what it is for, and what it needs beside the case."""
    lines = []
    for name, letter in sorted(known.items()):
        others = f" (also in {', '.join(letter.translations)})" if letter.translations else ""
        lines.append(f"{name}: {letter.docs}{others}")
        lines += [
            f"    {'needs' if detail.required else 'may have'} {detail.name} ({detail.kind}): {detail.ask}"
            for detail in letter.details
        ]
    return "\n".join(lines)


def form_of(name: str | None, path: Path) -> LetterFormat:
    """The format of that name, else the one that the name of the file ends with. Raises click.UsageError."""
    from collectrules.letters.formats import built_in

    forms = {form.name: form for form in built_in()}
    if name is not None:
        return forms[name]
    for form in forms.values():
        if path.suffix == form.suffix:
            return form
    raise click.UsageError(f"nothing says as what to write {path}\n    add --format {', --format '.join(forms)}")


def channel_of(asked: str | None, form: LetterFormat) -> Channel:
    """By what it goes out: as is asked, else by what is written. Raises click.UsageError where they do not agree."""
    if asked == "email" and form.name == "pdf":
        raise click.UsageError("an e-mail is no PDF\n    write it with --format eml, html or text")
    if asked == "letter" and form.name == "eml":
        raise click.UsageError("a letter by post is no e-mail\n    write it with --format pdf, html or text")
    return "email" if asked == "email" or form.name == "eml" else "letter"


def check_sender(letter: Letter, case: Case | Exception) -> None:
    """Without a letterhead the case says who writes. Raises click.UsageError where it does not."""
    if isinstance(case, Exception) or "sender." not in letter.text:
        return
    is_own = case.collector.role == "creditor" and case.creditor is not None and case.creditor.name
    if not case.collector.name and not is_own:
        raise click.UsageError(
            "nobody says who writes: no letterhead is named, and the case names no collector\n"
            "    name the letterhead with `--letterhead FILE`, or under `letterhead:` of collectrules.yaml"
        )


def details(given: Iterable[str], file: Path | None) -> Details:
    """The details of the options `--detail NAME=TEXT` and `--details FILE`. Raises click.UsageError, InvalidInput."""
    from collectrules.ground.source import read_file

    of_each: dict[str, dict[str, str]] = {}
    if file is not None:
        for name, node in read_file(file).table("the details").entries.items():
            entries = node.table(f"the details of `{name}`").entries
            of_each[name] = {key: entry.scalar(f"`{key}`").text for key, entry in entries.items()}
    of_all = dict(of_each.pop(ALL, {}))
    for each in given:
        name, equals, text = each.partition("=")
        if not equals:
            raise click.UsageError(
                f"`{each}` is no detail\n    write its name and its text: --detail delivered='40 lamps'"
            )
        of_all[name] = text
    return Details(of_all, of_each)


WRITTEN: Final = "written"
NOT_WRITTEN: Final = "not written"
NOTHING_OPEN: Final = "with nothing open"


def told(
    advisor: Advisor, case: Case | InvalidInput, order: Order | None, outbox: Outbox, *, draft: bool
) -> tuple[int, str]:
    """Prepare a letter, write it where it may be sent (or as a draft), and tell how it went.

    Gives the exit code, and whether it was written. An account of which nothing is open is passed over: of it, and of
    nothing else, the exit code is that of nothing checked.
    """
    from collectrules.correspondence.preparing import prepare
    from collectrules.letters.values import is_settled

    try:
        if isinstance(case, InvalidInput):
            raise case
        assert order is not None
        if order.debts is None and is_settled(case):
            return exit_codes.NOTHING_CHECKED, NOTHING_OPEN
        prepared = prepare(advisor, case, order)
        code = _code(prepared)
        if not prepared.may_be_sent:
            click.echo("\n".join(_refusal(prepared)), err=True)
        if prepared.may_be_sent or draft:
            document = prepared.draft() if draft else prepared.document
            path = outbox.put(document, case.id or "", prepared.letter.name)
            click.echo("\n".join(_written(prepared, path, draft=draft)))
    except InvalidInput as error:
        messages.tell(error)
        return exit_codes.WRONG_INPUT, NOT_WRITTEN
    return code, WRITTEN if prepared.may_be_sent or draft else NOT_WRITTEN


def summary(went: Mapping[str, int], path: Path) -> str:
    """How many letters of a run were written, and what came of the other accounts."""
    told_of = ", ".join(f"{went[word]} {word}" for word in (WRITTEN, NOT_WRITTEN, NOTHING_OPEN) if went.get(word))
    many = sum(went.values())
    return f"{many} {'account' if many == 1 else 'accounts'} of {path}: {told_of or 'no letter to write'}"


def _code(prepared: Prepared) -> int:
    if prepared.decision == "deny" or (prepared.faults and prepared.decision == "allow"):
        return exit_codes.FOUND
    return exit_codes.REVIEW if prepared.decision == "review" else exit_codes.CLEAN


def _written(prepared: Prepared, path: Path, *, draft: bool) -> Iterator[str]:
    yield f"{'draft' if draft else 'written'}  {path}"
    for note in prepared.unapplied:
        yield f"    note: {note}"
    for duty in prepared.duties:
        yield f"    to be done with it: {duty}"


def _refusal(prepared: Prepared) -> Iterator[str]:
    from collectrules.output.short import page

    name = f"{prepared.letter.name} for {prepared.case}" if prepared.case else prepared.letter.name
    yield f"not written: {name}"
    for fault in prepared.faults:
        yield str(fault)
    if prepared.refusal is not None:
        yield page(prepared.refusal, colour=False).rstrip()
        if any("action.at" in each.facts for each in prepared.refusal.questions):
            yield f"    say with `--on` when it goes out: {prepared.refusal.at[:10]}T09:00, or now"
