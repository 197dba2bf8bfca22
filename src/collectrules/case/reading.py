"""Cases from files, text and Python values.

JSON is read by `json.loads` and a mapping as it is, without a node for each value: a case of 50 entries takes a tenth
of the time so. What is refused there is read again with places, which alone can say what is wrong and where; the
same kinds decide in both readings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, TypeVar

from collectrules.case import format_1
from collectrules.case.keys import Keys
from collectrules.case.kinds import Refused, Report, Setting
from collectrules.case.objects import CASE_RULES, Case, CaseFile
from collectrules.case.settings import in_case
from collectrules.case.values import node_of, plain
from collectrules.case.vocabulary import OBJECTS
from collectrules.ground import limits, plain_json, source
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.json_source import read_json
from collectrules.ground.nodes import Listing, Node, Table, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from collectrules.case.law_facts import DeclaredFacts

T = TypeVar("T")

_DOCUMENT: Final = re.compile(r"---(\s|$)")
_STATED: Final = re.compile(r"^(?!---\s*$|\.\.\.\s*$|\s*(#.*)?$)", re.MULTILINE)
"""A line that is more than a mark of a document, a comment or nothing."""
_NO_SYNTAX: Final = "CR004"
_JSON_LINES: Final = 2
"""So many lines tell JSON lines from one JSON text on several."""
"""What messages call standard input."""


def read_cases(
    path: str | Path, *, channels: Collection[str] = (), facts_of: Callable[..., DeclaredFacts] | None = None
) -> CaseFile:
    """Read a case file in YAML or JSON; `-` is standard input.

    `channels` are the names of channels that plugins add; `facts_of` gives the facts that the laws of a jurisdiction
    declare. Without it, what stands under `facts:` is first held against them when an advisor is asked. Raises
    `InvalidInput` with every problem of the file.
    """
    if not isinstance(path, str | Path):
        raise TypeError(f"a case file is named by text or a Path, but here is a {type(path).__name__}")
    if str(path) == "-":
        text, name = source.standard_input_text(), source.STANDARD_INPUT
    else:
        text, name = source.file_text(Path(path)), str(path)
    return parse_cases(text, name, channels=channels, facts_of=facts_of)


_NO_CASE: Final = (
    "`collectrules init` writes a first one; what another program exports is read by `collectrules import`"
)


def parse_cases(
    text: str, path: str, *, channels: Collection[str] = (), facts_of: Callable[..., DeclaredFacts] | None = None
) -> CaseFile:
    """Read the text of a case file; `path` is what messages call it. Raises `InvalidInput` with every problem."""
    if not isinstance(text, str):
        raise TypeError(f"a case file is text, but here is a {type(text).__name__}")
    return _parsed(text, path, Setting(channels, facts_of=facts_of))


def _parsed(text: str, path: str, setting: Setting) -> CaseFile:
    if (value := plain_json.value(text)) is not None:
        value = format_1.with_facts(value)
        try:
            file = _file_kind(value).read(value, setting)
        except Refused:
            pass
        else:
            places = plain_json.places(text, path, "cases" if "cases" in value else None)
            return _placed(file, path, places, setting)
    node = format_1.with_facts(source.read(text, path))
    if not isinstance(node, Table):
        in_json = text.lstrip("\ufeff \t\r\n").startswith("[")
        above = (
            'write {"version": 2, "cases": [...]}, or one case a line' if in_json else "write `cases:` above the list"
        )
        advice = above if isinstance(node, Listing) else _NO_CASE
        message = f"a case file must be keys with values, but here is {shape(node)}"
        raise InvalidInput([Problem(node.place, "CR010", message, advice)])
    cases = node.get("cases")
    places = [node.place] if cases is None else [item.place for item in cases] if isinstance(cases, Listing) else []
    return _placed(_read(node, _file_kind(node.entries), setting), path, places, setting)


class Document(NamedTuple):
    """One document of a file of several: the text, the number of lines before it, and whether it is the whole file."""

    path: str
    line: int
    text: str
    alone: bool


def documents(path: str | Path) -> Iterator[Document]:
    """The documents of a file, unread; `-` is standard input. JSON lines are given as they come, one in memory.

    A file is as `read_cases` has it, or several of them: documents of YAML with `---` between them, or JSON lines.
    Raises `InvalidInput` where the file as a whole cannot be read.
    """
    if str(path) == "-":
        file = source.standard_input()
        head = _head(file)
        if _are_json_lines(head):
            yield from _each_line(chain(head, file), source.STANDARD_INPUT)
        else:
            raw = b"".join(head) + source.read_limited(file, source.STANDARD_INPUT)
            yield from _documents(source.decode(raw, source.STANDARD_INPUT), source.STANDARD_INPUT)
        return
    named = Path(path)
    try:
        opened = named.open("rb") if named.is_file() else None
    except OSError:
        opened = None  # why it cannot be read is told where it is read as a whole
    if opened is not None:
        with opened:
            head = _head(opened)
            if _are_json_lines(head):
                yield from _each_line(chain(head, opened), str(path))
                return
    yield from _documents(source.file_text(named), str(path))


def _head(file: BinaryIO) -> list[bytes]:
    """The first lines of a file, until two of them have something on them; of a longer line no more than is taken."""
    head: list[bytes] = []
    most = limits.most("bytes")
    while sum(bool(each.strip()) for each in head) < _JSON_LINES and (line := file.readline(most + 1)):
        head.append(line)
    return head


def _each_line(lines: Iterable[bytes], name: str) -> Iterator[Document]:
    """JSON lines as documents. What is no text is told where the line is read."""
    for number, line in enumerate(lines):
        if line.strip():
            yield Document(name, number, line.decode("utf-8-sig", errors="surrogateescape"), alone=False)


def each_case(
    path: str | Path, *, channels: Collection[str] = (), facts_of: Callable[..., DeclaredFacts] | None = None
) -> Iterator[Case | InvalidInput]:
    """The cases of a file one by one, and what is wrong in place of each that cannot be read; `-` is standard input.

    The file is as `documents` has it, `channels` and `facts_of` as in `read_cases`. Raises `InvalidInput` where the
    file as a whole cannot be read.
    """
    for document in documents(path):
        yield from cases_of(document, channels=channels, facts_of=facts_of)


def cases_of(
    document: Document, *, channels: Collection[str] = (), facts_of: Callable[[str], DeclaredFacts] | None = None
) -> Iterator[Case | InvalidInput]:
    """The cases of a document, and what is wrong in place of each that cannot be read.

    `channels` and `facts_of` as in `read_cases`. Raises `InvalidInput` where a document that is alone cannot be read.
    """
    # Lines before the document, so that places are those of the file: only what is wrong is read with places.
    try:
        yield from _cases_of(document.text, document.path, document.line, Setting(channels, facts_of=facts_of))
    except InvalidInput as wrong:
        if document.alone:
            raise
        yield _of_line(document, wrong)


def _of_line(document: Document, wrong: InvalidInput) -> InvalidInput:
    """What is wrong with a document of several, with the id of its case; text that is no JSON is told as such."""
    text = document.text.strip()
    if (value := plain_json.value(text)) is not None:
        wrong.case = _id_of(value)
    elif text.startswith("{") and "\n" not in text and any(each.code == _NO_SYNTAX for each in wrong.problems):
        try:
            read_json("\n" * document.line + document.text.rstrip(), document.path)
        except InvalidInput as told:
            return told
    return wrong


def _id_of(value: Mapping[str, object]) -> str:
    stated = value.get("id")
    return stated if isinstance(stated, str) else ""


def _are_json_lines(lines: Sequence[bytes]) -> bool:
    """Do the first lines on which something stands begin JSON lines?"""
    stated = [line.decode(errors="replace") for line in lines if line.strip()]
    begins = [line.lstrip("\ufeff \t")[:1] for line in stated[:_JSON_LINES]]
    return begins == ["{"] * _JSON_LINES and plain_json.value(stated[0].lstrip("\ufeff")) is not None


def _documents(text: str, path: str) -> list[Document]:
    """The documents of a text that is no JSON lines: YAML between `---`, or one."""
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _DOCUMENT.match(line)]
    bounds = [0, *starts, len(lines)] if starts else []
    parts = [(start, "".join(lines[start:end])) for start, end in pairwise(bounds)]
    stated = [(start, part) for start, part in parts if _STATED.search(part)] or [(0, text)]
    return [Document(path, line, document, alone=len(stated) == 1) for line, document in stated]


def _cases_of(text: str, path: str, line: int, setting: Setting) -> Iterator[Case | InvalidInput]:
    if (value := plain_json.value(text)) is not None and "cases" not in value:
        try:
            file = SINGLE_CASE.read(format_1.with_facts(value), setting)
        except Refused:
            pass
        else:
            yield from _placed(file, path, [Place(path, line + 1, 1)], setting).cases
            return
    text = "\n" * line + text
    try:
        yield from _parsed(text, path, setting).cases
    except InvalidInput as wrong:
        node = format_1.with_facts(source.read(text, path))
        if not isinstance(node, Table) or not isinstance(cases := node.get("cases"), Listing) or len(cases) == 1:
            raise
        each = [_one_of(node, case, path, setting) for case in cases]
        if not any(isinstance(one, InvalidInput) for one in each):
            raise wrong from None  # it is wrong between them, or above them
        yield from each


def _one_of(file: Table, case: Node, path: str, setting: Setting) -> Case | InvalidInput:
    """One case of a file as if it stood there alone."""
    alone = Table({**file.entries, "cases": Listing((case,), case.place)}, file.keys, file.place)
    try:
        return _placed(_read(alone, CaseFile.KEYS, setting), path, [case.place], setting).cases[0]
    except InvalidInput as wrong:
        wrong.case = _id_of(plain(case)) if isinstance(case, Table) else ""
        return wrong


def case_from_mapping(
    mapping: Mapping[str, object],
    *,
    channels: Collection[str] = (),
    facts_of: Callable[..., DeclaredFacts] | None = None,
) -> Case:
    """Make a case of plain Python values: text, whole numbers, truth values, `Decimal`, days, moments, lists, mappings.

    `channels` and `facts_of` as in `read_cases`. Raises `InvalidInput` with every problem; places are paths of keys, as
    `case/debts/0/amount`.
    """
    setting = Setting(channels, facts_of=facts_of)
    kind = _AS_MAPPING if _says_version(mapping) else Case.KEYS
    try:
        case = kind.read(format_1.with_facts(mapping), setting)
    except Refused:
        case = _read(format_1.with_facts(node_of(mapping, "case")), kind, setting)
    _mark(case, setting)
    return case


def _says_version(stated: object) -> bool:
    return isinstance(stated, Mapping) and "version" in stated


def _mark(case: Case, setting: Setting) -> None:
    """Note that a case was read, and against which declared facts."""
    stated = vars(case)
    stated["was_read"] = True
    if setting.facts_of is not None:
        stated["read_for"] = setting.facts_of(*case.places)


def checked(
    case: Case, *, channels: Collection[str] = (), facts_of: Callable[..., DeclaredFacts] | None = None
) -> Case:
    """Return a case that could stand in a file, as it would be read.

    A case that was read is returned as it is, unless it states facts that were not held against those which `facts_of`
    gives. One that Python code made, or changed with `replace`, is written and read.
    Raises `InvalidInput` as `case_from_mapping` does.
    """
    if case.was_read:
        declared = None if facts_of is None else facts_of(*case.places)
        if declared is None or case.read_for is declared or not _states_facts_of_laws(case):
            return case
    again = case_from_mapping(case.to_mapping(), channels=channels, facts_of=facts_of)
    vars(again).update(place=case.place, format_version=case.format_version)
    return again


def asks_nothing(case: Case) -> InvalidInput:
    """What is wrong where an account is asked about that says neither an act nor a question."""
    message = "the case says neither what is to be done nor what is asked"
    remedy = "add `action` or `ask`, or name the act: collectrules check --action contact --channel phone --at now"
    return case.wrong("CR012", message, remedy)


def _states_facts_of_laws(case: Case) -> bool:
    owners = (case, case.collector, case.creditor, case.debtor, case.action, *case.debts, *(case.history or ()))
    return any(owner is not None and owner.facts is not None for owner in owners)


def _single(stated: dict[str, Any]) -> CaseFile:
    above: dict[str, Any] = {key: stated.pop(key) for key in ("version", "as_of") if key in stated}
    made: CaseFile = CaseFile.KEYS.make({"cases": (Case.KEYS.make(stated),), **above})
    return made


SINGLE_CASE: Final[Keys[CaseFile]] = Keys(
    "single_case",
    Case.KEYS.title,
    [CaseFile.KEYS.facts["version"], CaseFile.KEYS.facts["as_of"], *Case.KEYS.facts.values()],
    _single,
    rules=CASE_RULES,
    enter=in_case,
)


def _of_version(stated: dict[str, Any]) -> Case:
    file = _single(stated)
    case = file.cases[0]
    vars(case)["format_version"] = file.version
    return case


_AS_MAPPING: Final[Keys[Case]] = Keys(
    Case.KEYS.name,
    Case.KEYS.title,
    SINGLE_CASE.facts.values(),
    _of_version,
    rules=CASE_RULES,
    enter=in_case,
)
"""A case of Python values that says of which version it is."""


def _file_kind(value: Mapping[str, object]) -> Keys[CaseFile]:
    return CaseFile.KEYS if "cases" in value else SINGLE_CASE


def _placed(file: CaseFile, path: str, places: list[Place], setting: Setting) -> CaseFile:
    """The file with its path, and its cases with their places and with the record and the day that stand above them."""
    vars(file)["path"] = path
    for case, place in zip(file.cases, places, strict=True):
        stated = vars(case)
        stated["place"] = place
        stated["format_version"] = file.version
        _mark(case, setting)
        if file.record is not None:
            stated.setdefault("record", file.record)
        if file.as_of is not None and case.ask is not None and case.ask.at is None:
            stated["ask"] = replace(case.ask, at=file.as_of)
    return file


def _read(node: Node, kind: Keys[T], setting: Setting) -> T:
    """Read a node, or say all that is wrong with it."""
    try:
        return kind.read(plain(node), setting)
    except Refused as refused:
        owners: dict[str, list[str]] = {}
        for each in OBJECTS:
            for key in each.facts:
                owners.setdefault(key, []).append(each.title)
        report = Report(owners)
        refused.tell(node, kind.title, report)
        assert report.problems, "what is refused is told"
        raise InvalidInput(report.problems) from None
