"""`--account`: one account out of a file of many, by the id of its case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from collectrules.ground.errors import InvalidInput, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case

ACCOUNT: Final = click.option("--account", metavar="ID", help="Only this account, by the id of its case.")


def chosen(advisor: Advisor, paths: Iterable[Path], account: str | None) -> Iterator[Case | InvalidInput]:
    """The cases of the files, and what is wrong in place of each that cannot be read; of an account only its own.

    Where one account is named, what is wrong with others is not told. Raises click.UsageError where it is not there.
    """
    named: list[str] = []
    found = False
    for path in paths:
        for case in _cases(advisor, path):
            if account is None:
                yield case
            elif isinstance(case, InvalidInput):
                named += [f"({case.problems[0].place}, which cannot be read)"]
            elif case.id == account:
                found = True
                yield case
            elif case.id:
                named.append(case.id)
    if account is not None and not found:
        raise no_account(account, paths, named)


def _cases(advisor: Advisor, path: Path) -> Iterator[Case | InvalidInput]:
    """The cases of a file, and what is wrong in place of each that cannot be read, and of the file."""
    try:
        yield from advisor.each_case(path)
    except InvalidInput as error:
        yield error


def no_account(account: str, paths: Iterable[Path], named: Iterable[str]) -> click.UsageError:
    """What is said where the account is not there."""
    ids = list(named)
    advice = meant(account, ids) or (f"it begins with {ids[0]}" if ids else "there is no case with an id")
    return click.UsageError(f"there is no account `{account}` in {', '.join(map(str, paths))}\n    {advice}")
