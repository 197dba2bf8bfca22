"""Where `record` finds the account of a file, and how it writes it back: nothing else of the file is changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import click

from collectrules.cli.accounts import no_account
from collectrules.cli.case_text import case_text
from collectrules.ground import whole_files
from collectrules.ground.errors import InvalidInput
from collectrules.ground.source import file_text

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case


class Found(NamedTuple):
    """An account of a file: the text of the file, the line on which it stands alone (None: it is the file)."""

    text: str
    line: int | None
    case: Case


def found(advisor: Advisor, path: Path, account: str | None) -> Found:
    """The account of that id; without one the only account of the file.

    Raises click.UsageError where there is none or not one alone, InvalidInput where the file cannot be read.
    """
    there: list[Found] = []
    ids: list[str] = []
    text = file_text(path)
    for document in advisor.documents(path):
        for case in advisor.cases_of(document):
            if isinstance(case, InvalidInput):
                if account is None:
                    raise case
                continue
            ids += [case.id] if case.id else []
            if account is None or case.id == account:
                there.append(Found(text, None if document.alone else document.line, case))
    if not there:
        raise no_account(account or "", [path], ids)
    if len(there) > 1:
        which = "say which with `--account`" if account is None else "its ids must each stand once"
        raise click.UsageError(f"{path} has {len(there)} accounts{f' `{account}`' if account else ''}\n    {which}")
    return there[0]


def write(path: Path, was: Found, case: Case, advisor: Advisor) -> None:
    """Write the file with the account as it is now, in place of the old file when it is whole."""
    if was.line is None:
        text = case_text(was.text, was.case, case, advisor)
    else:
        lines = was.text.split("\n")
        if lines[was.line].lstrip("\ufeff \t")[:1] != "{":
            raise click.UsageError("only a file of one case, or JSON lines, is written\n    give it its own file")
        lines[was.line] = json.dumps(case.to_versioned_mapping(), ensure_ascii=False)
        text = "\n".join(lines)
    whole_files.write(path, text)
