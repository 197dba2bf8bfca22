"""Writes accounts out: what is refused stays out, and nothing half-written ever stands under the name of the file.

Beside the file stands its receipt, `FILE.receipt.jsonl`: a line for each account with its decision and the rulesets,
and a last one with the sha256 of the file. Both are written under other names first and take their own when they are
whole, the receipt before the file. CR958: the file is there already; CR959: one account a file.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec import Struct
from msgspec.structs import replace as replaced

from collectrules.ground import whole_files
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.handoff.preflight import Blocker
from collectrules.output.rendering import plain
from collectrules.plugins.accounts import file_name
from collectrules.plugins.archives import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.handoff.preflight import Checked, Handoff, Preflight
    from collectrules.plugins.accounts import Account

RECEIPT: Final = "collectrules/handoff-receipt/v1"
_SEVERAL: Final = ".zip"


class Written(Struct, frozen=True):
    """What came of a run."""

    accounts: int
    """How many were written."""
    refused: int
    unreadable: int
    path: Path | None
    """The file; None where no account was ready, and so nothing was written."""
    hash: str = ""


def _quiet(answer: Preflight | InvalidInput) -> None:
    del answer


def hand_over(
    handoff: Handoff,
    cases: Iterable[Case | InvalidInput],
    path: Path,
    *,
    told: Callable[[Preflight | InvalidInput], None] = _quiet,
    replace: bool = False,
) -> Written:
    """Write every account that is ready, one by one as the cases come; `told` is told the answer for each.

    Raises InvalidInput where the file is there already and shall not be replaced, or where it can hold but one account
    and a second one comes (a name that ends with `.zip` takes several).
    """
    if path.exists() and not replace:
        help_ = "name another file, or say that it may be replaced: --replace"
        raise InvalidInput([Problem(Place(str(path)), "CR958", "this file is there already", help_)])
    run = _Run(handoff, cases, told)
    receipt = path.with_name(f"{path.name}.receipt.jsonl")
    digest = sha256()
    with whole_files.beside(path) as part, whole_files.beside(receipt) as receipt_part:
        with part.open("wb") as out, receipt_part.open("wb") as receipt_out:
            for piece in _file(handoff, run.ready(receipt_out), path):
                digest.update(piece)
                out.write(piece)
            last = {"schema": RECEIPT, "file": path.name, "sha256": digest.hexdigest(), "accounts": run.written}
            _line(receipt_out, {**last, "format": handoff.form.name, "receiver": handoff.file.name, "at": handoff.at})
        if run.written:
            whole_files.put(receipt_part, receipt)
            whole_files.put(part, path)
    kept = path if run.written else None
    return Written(run.written, run.refused, run.unreadable, kept, digest.hexdigest() if kept else "")


class _Run:
    """One pass over the cases, and its counts."""

    def __init__(
        self,
        handoff: Handoff,
        cases: Iterable[Case | InvalidInput],
        told: Callable[[Preflight | InvalidInput], None],
    ) -> None:
        self.handoff = handoff
        self.cases = cases
        self.told = told
        self.written = self.refused = self.unreadable = 0
        self.numbers: set[str] = set()
        """Those of the accounts that were written."""

    def ready(self, receipt: BinaryIO) -> Iterator[tuple[str, Account]]:
        """The accounts that may go, each with its number; a line of the receipt is written for each before."""
        for case in self.cases:
            checked = self._checked(case)
            if checked is None:
                continue
            preflight = self._once(checked.preflight)
            self.told(preflight)
            if not preflight.ready:
                self.refused += 1
                continue
            _line(receipt, _receipt_of(checked))
            self.written += 1
            yield checked.preflight.account, checked.account

    def _once(self, preflight: Preflight) -> Preflight:
        """The same, refused where the account was written already: a receiver would have it twice."""
        if not preflight.ready:
            return preflight
        if preflight.account not in self.numbers:
            self.numbers.add(preflight.account)
            return preflight
        twice = Blocker("field", "review", "this account stands in the run before", ("make one case of its debts",))
        return replaced(preflight, ready=False, decision="review", blockers=(twice,))

    def _checked(self, case: Case | InvalidInput) -> Checked | None:
        try:
            if isinstance(case, InvalidInput):
                raise case
            return self.handoff.check(case)
        except InvalidInput as wrong:
            self.unreadable += 1
            self.told(wrong)
            return None


def _receipt_of(checked: Checked) -> dict[str, object]:
    verdict, told = checked.verdict, checked.preflight.to_mapping()
    return {
        "account": checked.preflight.account,
        "decision": verdict.decision,
        "decision_id": verdict.decision_id,
        "rulesets": plain(verdict.rulesets),
        "plugins": plain(verdict.plugins),
        "configuration": verdict.configuration,
        "quote": told["quote"],
        "approved": told["approved"],
    }


def _line(out: BinaryIO, mapping: dict[str, object]) -> None:
    out.write((json.dumps(mapping, ensure_ascii=False) + "\n").encode())


def _file(handoff: Handoff, ready: Iterator[tuple[str, Account]], path: Path) -> Iterator[bytes]:
    form, receiver = handoff.form, handoff.receiver
    if form.several:
        yield from form.write((account for _, account in ready), receiver)
    elif path.suffix == _SEVERAL:
        archive = Archive()
        for number, account in ready:
            yield from archive.part(f"{file_name(number)}{form.suffix}", form.write(iter((account,)), receiver))
        yield from archive.end()
    else:
        for count, (_, account) in enumerate(ready):
            if count:
                help_ = f"name a file that ends with {_SEVERAL}: each account is a file in it then"
                message = f"a file of {form.name} holds one account, and here is a second one"
                raise InvalidInput([Problem(Place(str(path)), "CR959", message, help_)])
            yield from form.write(iter((account,)), receiver)
