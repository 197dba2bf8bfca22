"""A log read person by person: JSON lines that are cases, one person's lines together.

A log whose lines are in the order of their persons is read as it stands, in constant memory. Any other is sorted
on disk first, by person, and for one person as the lines stood. What names a person is the debtor's `id`, else the id
of the case; a line without either is a person of its own.
"""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AT_ONCE: Final = 32_000_000
"""Bytes of lines that are sorted in memory."""
_JOINED: Final = frozenset({"history", "debts", "id", "action", "ask", "expect"})
"""Keys in which lines of one person may differ."""


class _Debtor(Struct):
    id: str | None = None


class _Named(Struct):
    id: str | None = None
    debtor: _Debtor | None = None


class _Debt(Struct):
    id: str


class _Joinable(Struct):
    debts: list[_Debt] = []
    history: list[Any] = []


_READ: Final = msgspec.json.Decoder(_Named)
_JOINABLE: Final = msgspec.json.Decoder(_Joinable)
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What a line raises that is no JSON, no UTF-8, or nested too deeply: who reads it as a case tells it."""


class PersonLines(Struct, frozen=True):
    """The lines of one person: each with its number, from 1."""

    path: str
    person: str
    lines: tuple[tuple[int, str], ...]

    @property
    def size(self) -> int:
        """Characters, for a bar that shows how far the log is read."""
        return sum(len(line) + 1 for _, line in self.lines)

    def case(self) -> tuple[int, str]:
        """One case of all lines, their histories and debts together, and the number of the line that it begins on.

        Where a line has no list of debts and of what happened, it is that line: who reads it says what is wrong. Raises
        InvalidInput where lines contradict.
        """
        if len(self.lines) == 1:
            return self.lines[0]
        for number, line in self.lines:
            try:
                _JOINABLE.decode(line)
            except _UNREADABLE:
                return number, line
        first, *others = [(number, msgspec.json.decode(line)) for number, line in self.lines]
        case: dict[str, Any] = dict(first[1])
        debts = {debt["id"]: debt for debt in case.get("debts", ())}
        history = list(case.get("history", ()))
        for number, other in others:
            for key in sorted((case.keys() | other.keys()) - _JOINED):
                if case.get(key) != other.get(key):
                    raise self._contradicts(number, f"`{key}` is another one than on line {first[0]}")
            for debt in other.get("debts", ()):
                if debts.setdefault(debt["id"], debt) != debt:
                    raise self._contradicts(number, f"debt `{debt['id']}` is another one than on a line before")
            history += other.get("history", ())
        return first[0], msgspec.json.encode({**case, "debts": list(debts.values()), "history": history}).decode()

    def _contradicts(self, number: int, what: str) -> InvalidInput:
        advice = "lines of one person state the same of the person; give another `id` to another person"
        return InvalidInput([Problem(Place(self.path, number, 1), "CR031", f"{what}, for the same person", advice)])


def people(log: IO[bytes], path: str) -> Iterator[PersonLines]:
    """The persons of a log that can be read twice, each once, in the order of their names."""
    for person, group in groupby(_ordered(log), key=lambda each: each[0]):
        lines = [(number, line) for _, number, line in group]
        if person:
            yield PersonLines(path, person, tuple(lines))
        else:
            yield from (PersonLines(path, "", (each,)) for each in lines)


def spooled(log: IO[bytes]) -> IO[bytes]:
    """A copy on disk of what can be read once only, which is gone when it is closed."""
    copy: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it is handed on open
    while piece := log.read(1 << 20):
        copy.write(piece)
    copy.seek(0)
    return copy


def _ordered(log: IO[bytes]) -> Iterator[tuple[str, int, str]]:
    """Person, number and text of each line that is not empty, by person."""
    before = ""
    in_order = True
    for _, line in _lines(log):
        person = _person(line)
        if person < before:
            in_order = False
            break
        before = person
    log.seek(0)
    keyed = ((_person(line), number, line) for number, line in _lines(log))
    if in_order:
        yield from keyed
    else:
        yield from _sorted_on_disk(keyed)


def _lines(log: IO[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(log, start=1):
        text = line.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape").strip()
        if text:
            yield number, text


def _person(line: str) -> str:
    try:
        named = _READ.decode(line)
    except _UNREADABLE:
        return ""
    return (named.debtor.id if named.debtor is not None else None) or named.id or ""


def _sorted_on_disk(keyed: Iterator[tuple[str, int, str]]) -> Iterator[tuple[str, int, str]]:
    """The lines by person, and then by number: sorted in pieces, which are put together line by line."""
    with ExitStack() as stack:
        write: Callable[[Any], bytes] = msgspec.json.Encoder().encode
        runs: list[IO[bytes]] = []
        for piece in _pieces(keyed):
            run = stack.enter_context(TemporaryFile())
            run.writelines(write(_writable(each)) + b"\n" for each in sorted(piece))
            run.seek(0)
            runs.append(run)
        yield from heapq.merge(*[_written(run) for run in runs])


def _writable(keyed: tuple[str, int, str]) -> tuple[str, int, str]:
    person, number, line = keyed
    return person, number, line.encode("utf-8", errors="surrogateescape").decode("latin-1")


def _written(run: IO[bytes]) -> Iterator[tuple[str, int, str]]:
    read = msgspec.json.Decoder(tuple[str, int, str])
    for written in run:
        person, number, line = read.decode(written)
        yield person, number, line.encode("latin-1").decode("utf-8", errors="surrogateescape")


def _pieces(keyed: Iterator[tuple[str, int, str]]) -> Iterator[list[tuple[str, int, str]]]:
    piece: list[tuple[str, int, str]] = []
    size = 0
    for each in keyed:
        piece.append(each)
        size += len(each[2])
        if size >= _AT_ONCE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
