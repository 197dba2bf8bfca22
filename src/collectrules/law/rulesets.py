"""One YAML file to one `Ruleset`, or every problem of the file with its place.

| code  | wrong |
|-------|-------|
| CR100 | a key is missing, or empty |
| CR101 | an unknown key |
| CR102 | a value of the wrong shape |
| CR103 | an unknown word |
| CR104 | not a date |
| CR110 | a rule, exception, factor, obligation or `binds` without a citation |
| CR111 | examples are missing, or on one side of the line only |
| CR112 | an id or name is taken or malformed |
| CR120 | a value without a date, or without one for the first day of its rule |
| CR121 | a value that cannot be read |
| CR130 | an expression that does not read or does not make sense |
| CR131 | a definition is called as something else that expressions know |
| CR140 | the file lies in another place than its id or jurisdiction says |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from collectrules.case import schema as case_schema
from collectrules.case.facts import CONTACT, ROOTS, catalogue
from collectrules.expressions.checking import Checker
from collectrules.expressions.language import Definition, DefinitionCircle
from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import RESERVED, Expression, SyntaxProblem, parse
from collectrules.expressions.syntax import Literal as Constant
from collectrules.expressions.types import TELLABLE
from collectrules.expressions.walking import value_names
from collectrules.ground import source
from collectrules.ground.dated import WEEKDAYS, Calendar, Dated, Holiday
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.source import Listing, Node, Scalar, Table
from collectrules.law import kept as ruleset_cache
from collectrules.law import questions
from collectrules.law.strength import Decision, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from collectrules.law.kinds import Parts, RuleKind
    from collectrules.law.questions import QuestionKind
    from collectrules.measures import MeasureFunction

Confidence = Literal["high", "medium", "low"]
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_RULESET_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_JURISDICTION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}")
_NATIONAL_FOLDERS: Final = ("federal", "national")
"""A country's folder may keep the law of the whole country in one of these."""
_LONGEST_CODE: Final = 3
"""Characters of one part of a jurisdiction."""
_CLOCK_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_AMOUNT: Final = re.compile(r"-?\d+\.\d+")
_ALWAYS: Final = 10**7
"""A day (proleptic ordinal) that never comes."""
_NOT_READ: Final[Expression] = Constant("bool", value=False)
"""Stands for an expression that cannot be read: what is told of it is told once."""
_STRENGTHS: Final = (
    "prohibition",
    "presumption_of_violation",
    "duty_missed",
    "house_policy",
    "no_safe_harbor",
    "factor",
    "circumstances",
)
_EXAMPLE_KEYS: Final = ("collector", "creditor", "debts", "debtor", "history", "action", "record", "jurisdiction")


@dataclass(frozen=True, slots=True)
class Clause:
    """An exception or a factor: a condition with its own citation."""

    condition: Expression
    text: str
    citation: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Example:
    """A case beside a rule, and what the rule says of it."""

    story: str
    expect: Literal["allow", "deny", "review"]
    mapping: Mapping[str, Any]
    place: Place


class _Governing:
    """What concerns some kinds of act, by every channel (none named) or by some."""

    __slots__ = ()
    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]

    def governs(self, kind: str, channel: str | None) -> bool:
        """May it concern such an act? A channel that is not known may be any."""
        if kind not in self.governs_kinds and "any" not in self.governs_kinds:
            return False
        return not self.governs_channels or channel is None or channel in self.governs_channels


@dataclass(frozen=True, slots=True)
class Rule(_Governing):
    """One rule of law: whom and what it governs, when it is breached, and where that is written."""

    id: str
    ruleset: str
    jurisdiction: str
    title: str
    citation: str
    source: str
    strength: Strength
    kind: RuleKind
    parts: Parts
    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]
    breach: Expression
    breach_text: str
    values: Mapping[str, Dated]
    exceptions: tuple[Clause, ...]
    factors: tuple[Clause, ...]
    says: str
    question: str
    remedy: str
    since: int
    until: int
    verified: str
    confidence: Confidence
    verify_by: int
    examples: tuple[Example, ...]
    place: Place

    @property
    def full_id(self) -> str:
        """The id with that of the ruleset before it."""
        return f"{self.ruleset}.{self.id}"


@dataclass(frozen=True, slots=True)
class Notice(_Governing):
    """An obligation or a report: an expression that is told beside the decision."""

    name: str
    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]
    expression: Expression
    value: str
    """For a report that is a word: told where the expression is true. Empty where the expression is the answer."""
    condition: Expression | None
    """Of a report: told only where this is true."""
    says: str
    citation: str
    values: Mapping[str, Dated]
    place: Place


@dataclass(frozen=True, slots=True)
class Omission(_Governing):
    """Something that the law says about an act, and that no rule of its ruleset does: an allow does not speak of it."""

    what: str
    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class AnswerExample:
    """A question beside a block, and the answers expected."""

    story: str
    expect: Mapping[str, Any]
    mapping: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """One block of law that answers questions which ask about no act."""

    id: str
    ruleset: str
    jurisdiction: str
    title: str
    citation: str
    source: str
    asks: tuple[str, ...]
    kind: QuestionKind
    parts: Mapping[str, Any]
    terms: Mapping[str, Expression]
    when: Expression | None
    when_text: str
    values: Mapping[str, Dated]
    since: int
    until: int
    verified: str
    confidence: Confidence
    verify_by: int
    examples: tuple[AnswerExample, ...]
    place: Place

    @property
    def full_id(self) -> str:
        """The id with that of the ruleset before it."""
        return f"{self.ruleset}.{self.id}"


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One source of law for one jurisdiction."""

    id: str
    title: str
    jurisdiction: str
    version: str
    source: str
    since: int
    status: Literal["in_force", "draft", "pending"]
    values: Mapping[str, Dated]
    """Dated values that every definition and rule of the file may use."""
    binds: Clause | None
    binds_unless: tuple[Clause, ...]
    """Who is left out, by exceptions that need to be shown."""
    verified: str
    confidence: Confidence
    verify_by: int
    topics: tuple[str, ...]
    definitions: Mapping[str, Definition]
    calendars: Mapping[str, Calendar]
    rules: tuple[Rule, ...]
    answers: tuple[AnswerBlock, ...]
    obligations: tuple[Notice, ...]
    reports: tuple[Notice, ...]
    omissions: tuple[Omission, ...]
    example_case: Mapping[str, Any]
    hash: str
    place: Place


@dataclass(frozen=True, slots=True)
class Language:
    """What a ruleset may use beyond the case vocabulary: rule kinds, functions and channels, built in or by plugins."""

    kinds: Mapping[str, RuleKind]
    functions: Mapping[str, MeasureFunction]
    channels: Mapping[str, Any]
    """By name; what each is like (written, spoken, tied to a place, ...) is read by measures."""
    questions: Mapping[str, QuestionKind] = field(
        default_factory=lambda: {kind.name: kind for kind in questions.built_in()}
    )

    @property
    def is_built_in(self) -> bool:
        """Does all of its code belong to this package?"""
        functions = (*(kind.breach for kind in self.kinds.values()), *(found.read for found in self.functions.values()))
        return all(function.__module__.startswith("collectrules.") for function in functions)

    def checker(self, definitions: Mapping[str, Definition], calendars: Mapping[str, Calendar]) -> Checker:
        """What checks the expressions of one ruleset."""
        return Checker(catalogue(), self.functions, definitions, calendars, frozenset(self.channels))


def read_ruleset(path: Path, language: Language, *, folder: Path | None = None) -> Ruleset:
    """Read a file. With `folder`, its place below it must agree with its id. Raises InvalidInput with all problems."""
    text = source.file_text(path)
    relative = path.relative_to(folder) if folder else None
    keeping = ruleset_cache.place_for(path, relative, text, language)
    ruleset = ruleset_cache.kept(keeping, language)
    if ruleset is None:
        ruleset = parse_ruleset(text, str(path), language, relative=relative)
        ruleset_cache.keep(keeping, ruleset)
    return ruleset


def parse_ruleset(text: str, path: str, language: Language, *, relative: Path | None = None) -> Ruleset:
    """Read the text of a ruleset. Raises InvalidInput with every problem of it."""
    root = source.read(text, path).table("a ruleset")
    reader = _Reader(language)
    ruleset = reader.ruleset(root, text, relative)
    if reader.problems:
        raise InvalidInput(reader.problems)
    return ruleset


class _Keys:
    """One table of the file, whose keys are taken one by one; what is left over at the end is unknown."""

    def __init__(self, reader: _Reader, table: Table, what: str, known: Iterable[str]) -> None:
        self.reader, self.table, self.what = reader, table, what
        known = tuple(known)
        for key in table:
            if key not in known:
                help_ = meant(key, known) or f"known here: {', '.join(known)}"
                reader.problem(table.place_of(key), "CR101", f"{what} has no key `{key}`", help_)

    def node(self, key: str) -> Node | None:
        return self.table.get(key)

    def place(self, key: str) -> Place:
        node = self.table.get(key)
        return node.place if node is not None else self.table.place

    def text(self, key: str, *, required: bool = False, help_: str = "") -> str:
        node = self.table.get(key)
        if node is None:
            if required:
                self.reader.problem(self.table.place, "CR100", f"{self.what} has no `{key}`", help_)
            return ""
        if not isinstance(node, Scalar):
            self.reader.problem(node.place, "CR102", f"`{key}` is one text")
            return ""
        if required and not node.text.strip():
            self.reader.problem(node.place, "CR100", f"`{key}` is empty", help_)
        return " ".join(node.text.split())

    def words(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        node = self.table.get(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else (node,)
        found = []
        for item in items:
            if not isinstance(item, Scalar):
                self.reader.problem(item.place, "CR102", f"`{key}` is a word or a list of words")
                continue
            if known is not None and item.text not in known:
                self.reader.problem(
                    item.place, "CR103", f"`{item.text}` is no word for `{key}`", meant(item.text, known)
                )
            found.append(item.text)
        return tuple(found)

    def day(self, key: str, *, required: bool = False, default: int = 0) -> int:
        text = self.text(key, required=required)
        if not text:
            return default
        return self.reader.day(text, self.place(key))

    def table_of(self, key: str) -> Table | None:
        node = self.table.get(key)
        if node is None or isinstance(node, Table):
            return node
        self.reader.problem(node.place, "CR102", f"`{key}` has keys of its own")
        return None

    def items_of(self, key: str) -> tuple[Table, ...]:
        node = self.table.get(key)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self.reader.problem(node.place, "CR102", f"`{key}` is a list")
            return ()
        tables = []
        for item in node:
            if isinstance(item, Table):
                tables.append(item)
            else:
                self.reader.problem(item.place, "CR102", f"each item of `{key}` has keys")
        return tuple(tables)


_HOLIDAY_SHAPES: Final = (("month", "day"), ("month", "weekday", "nth"), ("weekday", "on_or_before"), ("easter",))
_RULESET_KEYS: Final = (
    "ruleset", "title", "jurisdiction", "version", "source", "since", "status", "binds", "verified", "verify_by",
    "values", "topics", "leaves_out", "calendars", "define", "rules", "answers", "obligations", "reports",
    "example_case", "note",
)  # fmt: skip
_NOTICE_KEYS: Final = ("value", "says", "cite", "values", "note")
_ANSWER_KEYS: Final = (
    *("id", "asks", "kind", "title", "cite", "source", "when", "values", "since", "until", "verified", "verify_by"),
    *("examples", "note"),
)
_RULE_KEYS: Final = (
    "id", "title", "cite", "source", "strength", "governs", "kind", "unless", "factors", "values", "says", "question",
    "remedy", "since", "until", "verified", "verify_by", "examples", "note",
)  # fmt: skip


class _Reader:
    def __init__(self, language: Language) -> None:
        self.language = language
        self.problems: list[Problem] = []
        self.catalogue = catalogue()

    def problem(self, place: Place, code: str, message: str, help_: str = "") -> None:
        self.problems.append(Problem(place, code, message, help_))

    def day(self, text: str, place: Place) -> int:
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return date.fromisoformat(text).toordinal()
        except ValueError:
            pass
        self.problem(place, "CR104", f"`{text}` is no date", "write it as 2026-01-31")
        return 0

    def expression(self, text: str, place: Place) -> Expression:
        try:
            return parse(text)
        except SyntaxProblem as problem:
            self.misread(problem, text, place)
            return _NOT_READ

    def misread(self, problem: SyntaxProblem, text: str, place: Place) -> None:
        shown = text[max(0, problem.column - 20) : problem.column + 20]
        where = f"at `{shown.strip()}`" if shown.strip() else "at the end"
        self.problem(place, "CR130", f"{problem.message}, {where}", problem.help)

    # ---- the file -----------------------------------------------------------------------------------------------

    def ruleset(self, root: Table, text: str, relative: Path | None) -> Ruleset:
        keys = _Keys(self, root, "a ruleset", _RULESET_KEYS)
        ruleset_id = keys.text("ruleset", required=True)
        if ruleset_id and not _RULESET_ID.fullmatch(ruleset_id):
            self.problem(keys.place("ruleset"), "CR112", f"`{ruleset_id}` is no ruleset id", "words joined by dots")
        jurisdiction = keys.text("jurisdiction", required=True)
        if jurisdiction and not _JURISDICTION.fullmatch(jurisdiction):
            self.problem(
                keys.place("jurisdiction"),
                "CR102",
                f"`{jurisdiction}` is no jurisdiction",
                "for example US, US-TX, FR",
            )
        if relative is not None and ruleset_id and ".".join(relative.with_suffix("").parts) != ruleset_id:
            wanted = "/".join(ruleset_id.split(".")) + ".yaml"
            message = f"`{ruleset_id}` lies at {relative.as_posix()}"
            self.problem(keys.place("ruleset"), "CR140", message, f"move it to {wanted}, or mend `ruleset:`")
        if relative is not None and jurisdiction and jurisdiction_of(relative) != jurisdiction:
            there = jurisdiction_of(relative) or "no jurisdiction"
            message = f"{relative.as_posix()} is a place for {there}, not for {jurisdiction}"
            self.problem(keys.place("jurisdiction"), "CR140", message, "move the file, or mend `jurisdiction:`")
        verified, confidence = self.verified(keys, required=True)
        since = keys.day("since", required=True)
        verify_by = keys.day("verify_by", required=True)
        calendars = self.calendars(keys)
        values = self.values(keys, None)
        definitions = self.definitions(keys)
        checker = self.language.checker(with_values(definitions, newest_values(values)), calendars)
        self.check_definitions(checker, definitions, keys.table_of("define"))
        binds, binds_unless = self.binds(keys, checker, values)
        common = _Common(
            ruleset_id, jurisdiction, keys.text("source", required=True), since, verified, confidence, verify_by, values
        )
        rules = tuple(self.rule(item, common, checker) for item in keys.items_of("rules"))
        answers = tuple(self.answer(item, common, checker) for item in keys.items_of("answers"))
        self.unique(((block.id, block.place) for block in answers), "block")
        if not any(key in root for key in ("rules", "answers")):
            self.problem(root.place, "CR100", "a ruleset has no `rules`", "a `permission` for law that forbids nothing")
        self.unique(((rule.id, rule.place) for rule in rules), "rule")
        status = keys.text("status") or "in_force"
        if status not in ("in_force", "draft", "pending"):
            self.problem(keys.place("status"), "CR103", f"`{status}` is no status", "in_force, draft or pending")
        example_case = keys.table_of("example_case")
        return Ruleset(
            id=ruleset_id,
            title=keys.text("title", required=True),
            jurisdiction=jurisdiction,
            version=keys.text("version", required=True),
            source=common.source,
            since=since,
            status=status,  # type: ignore[arg-type]
            values=values,
            binds=binds,
            binds_unless=binds_unless,
            verified=verified,
            confidence=confidence,
            verify_by=verify_by,
            topics=keys.words("topics"),
            definitions=definitions,
            calendars=calendars,
            rules=rules,
            answers=answers,
            obligations=tuple(
                self.notice(item, common, checker, "obligation") for item in keys.items_of("obligations")
            ),
            reports=tuple(self.notice(item, common, checker, "report") for item in keys.items_of("reports")),
            omissions=tuple(self.omission(item) for item in keys.items_of("leaves_out")),
            example_case=plain_table(example_case) if example_case else {},
            hash=sha256(text.encode()).hexdigest(),
            place=root.place,
        )

    def verified(self, keys: _Keys, *, required: bool) -> tuple[str, Confidence]:
        table = keys.table_of("verified")
        if table is None:
            if required:
                self.problem(
                    keys.table.place,
                    "CR100",
                    f"{keys.what} has no `verified`",
                    "{date, against, confidence: high|medium|low}",
                )
            return "", "low"
        inner = _Keys(self, table, "`verified`", ("date", "against", "confidence"))
        confidence = inner.text("confidence", required=True)
        if confidence not in ("high", "medium", "low"):
            self.problem(inner.place("confidence"), "CR103", f"`{confidence}` is no confidence", "high, medium or low")
            confidence = "low"
        inner.day("date", required=True)
        inner.text("against", required=True)
        return inner.text("date"), confidence  # type: ignore[return-value]

    def unique(self, names: Iterable[tuple[str, Place]], what: str) -> None:
        seen: dict[str, Place] = {}
        for name, place in names:
            if name in seen and name:
                self.problem(place, "CR112", f"there is a {what} `{name}` already, at {seen[name]}")
            seen.setdefault(name, place)

    def calendars(self, keys: _Keys) -> dict[str, Calendar]:
        found: dict[str, Calendar] = {}
        table = keys.table_of("calendars")
        for name in table or ():
            assert table is not None
            node = table.entries[name]
            if not isinstance(node, Table):
                self.problem(node.place, "CR102", f"the calendar `{name}` has keys")
                continue
            inner = _Keys(self, node, f"the calendar `{name}`", ("cite", "closed", "holidays", "note"))
            citation = inner.text("cite", required=True)
            closed = frozenset(inner.words("closed", WEEKDAYS))
            if closed.issuperset(WEEKDAYS):
                self.problem(inner.place("closed"), "CR102", f"the calendar `{name}` has no business day")
            holidays = tuple(self.holiday(item) for item in inner.items_of("holidays"))
            found[name] = Calendar(closed, holidays, citation)
        return found

    def holiday(self, table: Table) -> Holiday:
        known = ("name", "month", "day", "weekday", "nth", "easter", "on_or_before", "moved", "since", "until")
        keys = _Keys(self, table, "a holiday", known)
        moved_table = keys.table_of("moved")
        moved = _Keys(self, moved_table, "`moved`", WEEKDAYS) if moved_table is not None else None
        told = tuple(key for key in ("month", "day", "weekday", "nth", "easter", "on_or_before") if key in table)
        if told not in _HOLIDAY_SHAPES:
            shapes = "; or by ".join(" and ".join(shape) for shape in _HOLIDAY_SHAPES)
            self.problem(
                table.place, "CR102", f"a holiday is not told by {', '.join(told) or 'nothing'}", f"by {shapes}"
            )
        before = self.month_and_day(keys) if "on_or_before" in table else None
        return Holiday(
            name=keys.text("name", required=True),
            month=self.number(keys, "month", 1, 12),
            day=self.number(keys, "day", 1, 31),
            weekday=next(iter(keys.words("weekday", WEEKDAYS)), ""),
            nth=self.number(keys, "nth", -5, 5),
            easter=self.number(keys, "easter", -100, 100) if "easter" in table else None,
            on_or_before=before,
            moved={weekday: self.number(moved, weekday, -7, 7) for weekday in moved.table} if moved is not None else {},
            since=keys.day("since"),
            until=keys.day("until", default=_ALWAYS),
        )

    def month_and_day(self, keys: _Keys) -> tuple[int, int]:
        text = keys.text("on_or_before")
        try:
            day = date.fromisoformat(f"2000-{text}")  # a leap year: 29 February is a day
        except ValueError:
            self.problem(keys.place("on_or_before"), "CR104", f"`{text}` is no day of a year", "write it as 05-24")
            return 1, 1
        return day.month, day.day

    def number(self, keys: _Keys, key: str, least: int, most: int) -> int:
        """A whole number between two others; 0 where the key is missing."""
        node = keys.node(key)
        if node is None:
            return 0
        if isinstance(node, Scalar) and re.fullmatch(r"[+-]?\d+", node.text) and least <= int(node.text) <= most:
            return int(node.text)
        self.problem(node.place, "CR102", f"`{key}` is a whole number from {least} to {most}")
        return 0

    # ---- definitions --------------------------------------------------------------------------------------------

    def definitions(self, keys: _Keys) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        table = keys.table_of("define")
        taken = {*RESERVED, *ROOTS, *self.catalogue.fields(CONTACT), *self.catalogue.events, *self.language.functions}
        for name in table or ():
            assert table is not None
            node = table.entries[name]
            place = table.place_of(name)
            if not _WORD.fullmatch(name):
                self.problem(place, "CR112", f"`{name}` is no name", "lower case letters, digits and underscores")
            if name in taken:
                self.problem(place, "CR131", f"`{name}` has a meaning in expressions already", "choose another name")
            if not isinstance(node, Table):
                self.problem(node.place, "CR102", f"the definition `{name}` has keys", "`title:` and `is:`")
                continue
            inner = _Keys(self, node, f"the definition `{name}`", ("title", "cite", "of", "is", "note"))
            of = inner.text("of")
            if of not in ("", "contact"):
                self.problem(inner.place("of"), "CR103", f"`{of}` is no subject", "write `contact`, or leave it out")
            text = inner.text("is", required=True)
            found[name] = Definition(
                name=name,
                title=inner.text("title", required=True),
                expression=self.expression(text, inner.place("is")) if text else _NOT_READ,
                of="contact" if of else "",
                citation=inner.text("cite"),
            )
        return found

    def check_definitions(self, checker: Checker, names: Iterable[str], table: Table | None) -> None:
        """Report the mistakes of each definition once: where they stand, not where the definition is used."""
        circles: set[frozenset[str]] = set()
        for name in names:
            try:
                checker.check_definition(name)
            except SyntaxProblem as problem:
                node = table.entries[name] if table is not None else None
                assert isinstance(node, Table)
                text = node.entries["is"]
                assert isinstance(text, Scalar)
                if isinstance(problem, DefinitionCircle):
                    circle = frozenset(problem.within)
                    if name in circle and circle not in circles:
                        circles.add(circle)
                        self.problem(text.place, "CR130", problem.message, problem.help)
                elif problem.within[-1] == name:
                    self.misread(problem, " ".join(text.text.split()), text.place)

    def binds(
        self, keys: _Keys, checker: Checker, values: Mapping[str, Dated]
    ) -> tuple[Clause | None, tuple[Clause, ...]]:
        """Whom the file binds, and who is left out."""
        table = keys.table_of("binds")
        if table is None:
            return None, ()
        inner = _Keys(self, table, "`binds`", ("when", "cite", "title", "unless", "note"))
        newest = newest_values(values)
        return self.clause(inner, "when", checker, newest), self.clauses(inner, "unless", checker, newest)

    # ---- rules --------------------------------------------------------------------------------------------------

    def rule(self, table: Table, common: _Common, checker: Checker) -> Rule:
        kind, fields = self.kind_of(table)
        keys = _Keys(self, table, "a rule", (*_RULE_KEYS, *fields))
        rule_id = keys.text("id", required=True)
        if rule_id and not _WORD.fullmatch(rule_id):
            self.problem(
                keys.place("id"), "CR112", f"`{rule_id}` is no rule id", "lower case letters, digits, underscores"
            )
        citation = keys.text("cite")
        if not citation:
            self.problem(keys.place("cite"), "CR110", f"the rule `{rule_id}` cites nothing", "no rule without `cite:`")
        strength = keys.text("strength", required=kind.name != "permission") or "prohibition"
        if strength not in _STRENGTHS:
            self.problem(
                keys.place("strength"),
                "CR103",
                f"`{strength}` is no strength",
                meant(strength, _STRENGTHS) or ", ".join(_STRENGTHS),
            )
            strength = "prohibition"
        so_far = len(self.problems)
        values = self.values(keys, kind)
        newest = {**newest_values(common.values), **newest_values(values)}
        parts = self.parts(keys, kind, checker, newest)
        text, breach = "false", _NOT_READ
        if len(self.problems) == so_far:
            text = kind.breach(parts)
            breach = self.checked(text, self.breach_place(keys, kind), checker, newest)
        governs_kinds, governs_channels = self.governs(keys)
        verified, confidence = (
            self.verified(keys, required=False) if "verified" in table else (common.verified, common.confidence)
        )
        if strength == "circumstances" and not keys.text("question"):
            self.problem(table.place, "CR100", f"the rule `{rule_id}` has no `question`", "what must a person decide?")
        factors = self.clauses(keys, "factors", checker, newest)
        if factors and strength != "presumption_of_violation":
            self.problem(keys.place("factors"), "CR102", "`factors` rebut a presumption of violation only")
        rule = Rule(
            id=rule_id,
            ruleset=common.ruleset,
            jurisdiction=common.jurisdiction,
            title=keys.text("title", required=True),
            citation=citation,
            source=keys.text("source") or common.source,
            strength=Strength(strength),
            kind=kind,
            parts=parts,
            governs_kinds=governs_kinds,
            governs_channels=governs_channels,
            breach=breach,
            breach_text=text,
            values=values,
            exceptions=self.clauses(keys, "unless", checker, newest),
            factors=factors,
            says=keys.text("says"),
            question=keys.text("question"),
            remedy=keys.text("remedy"),
            since=keys.day("since", default=common.since),
            until=keys.day("until", default=_ALWAYS),
            verified=verified,
            confidence=confidence,
            verify_by=keys.day("verify_by", default=common.verify_by),
            examples=self.examples(keys),
            place=table.place,
        )
        if all(example.expect in get_args(Decision) for example in rule.examples):
            self.two_sided(rule, keys)
        self.valued_from_the_first_day(rule, keys)
        return rule

    def kind_of(self, table: Table) -> tuple[RuleKind, Iterable[str]]:
        """The kind of a rule and the keys it adds; where there is no such kind, nothing more is asked of the rule."""
        kinds = self.language.kinds
        node = table.get("kind")
        if node is None:
            return kinds["condition"], kinds["condition"].fields
        if isinstance(node, Scalar) and node.text in kinds:
            return kinds[node.text], kinds[node.text].fields
        if isinstance(node, Scalar):
            help_ = meant(node.text, kinds) or f"known here: {', '.join(kinds)}"
            self.problem(node.place, "CR103", f"`{node.text}` is no rule kind", help_)
        else:
            self.problem(node.place, "CR102", "`kind` is one text")
        return kinds["permission"], [name for kind in kinds.values() for name in kind.fields]

    def valued_from_the_first_day(self, rule: Rule, keys: _Keys) -> None:
        """A dated value must say what it is on the first day of its rule; what it was before, nobody asks."""
        table = keys.table_of("values")
        for name, dated in rule.values.items():
            if table is not None and dated.days[0] > rule.since > 0:
                first = date.fromordinal(rule.since).isoformat()
                message = f"`{name}` has no value on {first}, the first day of the rule"
                help_ = f"add `{first}: ...`, or begin the rule later with `since:`"
                self.problem(table.place_of(name), "CR120", message, help_)

    # ---- answers ------------------------------------------------------------------------------------------------

    def answer(self, table: Table, common: _Common, checker: Checker) -> AnswerBlock:
        """One block of `answers:`."""
        node = table.get("kind")
        name = node.text if isinstance(node, Scalar) else ""
        kind = self.language.questions.get(name)
        if kind is None:
            place = node.place if node is not None else table.place
            self.problem(place, "CR103", f"`{name}` is no way of answering", meant(name, self.language.questions))
            kind = next(iter(self.language.questions.values()))
        keys = _Keys(self, table, "an answer", (*_ANSWER_KEYS, *kind.fields))
        values = self.values(keys, None)
        for wanted in kind.values:
            if wanted not in values:
                self.problem(table.place, "CR100", f"an answer of kind `{kind.name}` has the value `{wanted}`")
        newest = {**newest_values(common.values), **newest_values(values)}
        parts: dict[str, Any] = {}
        terms: dict[str, Expression] = {}
        for key, shape in kind.fields.items():
            if keys.node(key) is None:
                if key in kind.required:
                    self.problem(table.place, "CR100", f"an answer of kind `{kind.name}` has `{key}`")
                parts.setdefault(key, "") if key in kind.required else None
            elif shape == "term":
                terms[key] = self.checked(keys.text(key), keys.place(key), checker, newest, condition=False)
            elif shape == "given":
                given = keys.table_of(key)
                parts[key] = (
                    {} if given is None else {name: str(plain(value)).lower() for name, value in given.entries.items()}
                )
            elif shape == "words" or key in kind.words:
                words = keys.words(key, kind.words.get(key))
                parts[key] = words if shape == "words" else " ".join(words)
            else:
                parts[key] = keys.text(key, required=True)
        when_text = keys.text("when")
        when = self.checked(when_text, keys.place("when"), checker, newest) if when_text else None
        citation = keys.text("cite")
        if not citation:
            self.problem(
                table.place, "CR110", f"the answer `{keys.text('id')}` cites nothing", "no answer without `cite:`"
            )
        verified, confidence = (
            self.verified(keys, required=False) if "verified" in table else (common.verified, common.confidence)
        )
        block = AnswerBlock(
            id=keys.text("id", required=True),
            ruleset=common.ruleset,
            jurisdiction=common.jurisdiction,
            title=keys.text("title", required=True),
            citation=citation,
            source=keys.text("source") or common.source,
            asks=keys.words("asks", case_schema.words("what")),
            kind=kind,
            parts=parts,
            terms=terms,
            when=when,
            when_text=when_text,
            values=values,
            since=keys.day("since", default=common.since),
            until=keys.day("until", default=_ALWAYS),
            verified=verified,
            confidence=confidence,
            verify_by=keys.day("verify_by", default=common.verify_by),
            examples=self.answer_examples(keys),
            place=table.place,
        )
        if not block.examples:
            self.problem(table.place, "CR111", f"the answer `{block.id}` has no example")
        return block

    def answer_examples(self, keys: _Keys) -> tuple[AnswerExample, ...]:
        """The questions written beside a block."""
        found = []
        for table in keys.items_of("examples"):
            inner = _Keys(self, table, "an example", ("story", "expect", "ask", *_EXAMPLE_KEYS))
            expect = inner.table_of("expect")
            mapping = {key: plain(table.entries[key]) for key in table if key not in ("story", "expect")}
            story = inner.text("story", required=True)
            found.append(AnswerExample(story, plain_table(expect) if expect is not None else {}, mapping, table.place))
        return tuple(found)

    def breach_place(self, keys: _Keys, kind: RuleKind) -> Place:
        for key in ("when", *kind.fields):
            if keys.node(key) is not None:
                return keys.place(key)
        return keys.table.place

    def parts(
        self, keys: _Keys, kind: RuleKind, checker: Checker, values: Mapping[str, Constant]
    ) -> dict[str, str | tuple[str, ...]]:
        """What the fields of the rule's kind hold, each checked by itself where it can be."""
        parts: dict[str, str | tuple[str, ...]] = {}
        for key, shape in kind.fields.items():
            place, known = keys.place(key), kind.words.get(key)
            if keys.node(key) is None:
                if key in kind.required:
                    self.problem(keys.table.place, "CR100", f"a rule of kind `{kind.name}` needs `{key}`")
                continue
            if shape == "words" or known is not None:
                words = keys.words(key, known)
                parts[key] = words if shape == "words" else " ".join(words)
                continue
            text = parts[key] = keys.text(key, required=True)
            if text and shape == "condition" and key != "when":
                self.checked(text, place, checker, values)
            elif text and shape == "collection":
                self.checked(f"any({text})", place, checker, values)
            elif text:
                self.expression(text, place)
        return parts

    def governs(self, keys: _Keys) -> tuple[tuple[str, ...], tuple[str, ...]]:
        table = keys.table_of("governs")
        if table is None:
            self.problem(
                keys.table.place, "CR100", f"{keys.what} does not say what it governs", "governs: {kind: contact}"
            )
            return (), ()
        inner = _Keys(self, table, "`governs`", ("kind", "channel"))
        kinds = inner.words("kind", (*self.catalogue.action_kinds, "any"))
        if not kinds:
            self.problem(table.place, "CR100", "`governs` names no `kind` of action")
        return kinds, inner.words("channel", self.language.channels)

    def values(self, keys: _Keys, kind: RuleKind | None) -> dict[str, Dated]:
        found: dict[str, Dated] = {}
        table = keys.table_of("values")
        for name in table or ():
            assert table is not None
            node = table.entries[name]
            if isinstance(node, Scalar):
                self.problem(
                    node.place,
                    "CR120",
                    f"`{node.text}` has no date",
                    f"say since when it is the law: `{{2021-11-30: {node.text}}}`",
                )
                found[name] = Dated((0,), (self.value(node),))
                continue
            if not isinstance(node, Table) or not node.entries:
                self.problem(node.place, "CR102", f"`{name}` has dates with a value each")
                continue
            dated = [
                (self.day(day, node.place_of(day)), self.value(node.entries[day]), _shown(node.entries[day]))
                for day in node
            ]
            dated.sort(key=lambda item: item[0])
            days, values, texts = zip(*dated, strict=True)
            found[name] = Dated(days, values, texts)
            # a figure of an answer that is not known from some day on; a rule has no such day
            known = values if kind is not None else tuple(value for value in values if value.value != "unknown")
            types = {value.kind for value in known}
            if len(types) > 1 and not types <= {"int", "text"}:
                message = f"`{name}` is not of one type on every day: {', '.join(sorted(types))}"
                self.problem(node.place, "CR121", message, "a change of law changes the value, not what it is")
        for name in kind.values if kind is not None else ():
            if name not in found and kind is not None:
                message = f"a rule of kind `{kind.name}` needs the value `{name}`"
                self.problem(keys.table.place, "CR100", message, f"values: {{{name}: {{<date>: <value>}}}}")
        return found

    def value(self, node: Node) -> Constant:
        if not isinstance(node, Scalar):
            self.problem(node.place, "CR121", "a value is one text")
            return Constant("int", 0)
        text = node.text
        if re.fullmatch(r"\d+", text):
            return Constant("int", int(text))
        if _CLOCK_TIME.fullmatch(text):
            return Constant("time", int(text[:2]) * 60 + int(text[3:]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return Constant("date", self.day(text, node.place))
        if _WORD.fullmatch(text):
            return Constant("word", text)
        if not _AMOUNT.fullmatch(text):
            self.problem(node.place, "CR121", f"`{text}` is no number, clock time, date, amount or word")
        return Constant("text", text)

    def clauses(self, keys: _Keys, key: str, checker: Checker, values: Mapping[str, Constant]) -> tuple[Clause, ...]:
        found = []
        for table in keys.items_of(key):
            inner = _Keys(self, table, f"an entry of `{key}`", ("if", "cite", "title", "note"))
            found.append(self.clause(inner, "if", checker, values))
        return tuple(found)

    def clause(self, keys: _Keys, key: str, checker: Checker, values: Mapping[str, Constant]) -> Clause:
        text = keys.text(key, required=True)
        citation = keys.text("cite")
        if not citation:
            self.problem(keys.place("cite"), "CR110", f"{keys.what} cites nothing", "each has its own `cite:`")
        condition = self.checked(text, keys.place(key), checker, values) if text else _NOT_READ
        return Clause(condition, text, citation, keys.text("title"), keys.table.place)

    def notice(self, table: Table, common: _Common, checker: Checker, what: str) -> Notice:
        expression_key, name_key = ("if", "id") if what == "obligation" else ("is", "name")
        known = tuple(dict.fromkeys([name_key, "governs", "if", expression_key, *_NOTICE_KEYS]))
        keys = _Keys(self, table, f"an {what}" if what == "obligation" else "a report", known)
        values = self.values(keys, None)
        text = keys.text(expression_key, required=True)
        citation = keys.text("cite")
        if what == "obligation" and not citation:
            self.problem(keys.place("cite"), "CR110", "an obligation cites nothing", "each has its own `cite:`")
        name, value = keys.text(name_key, required=True), keys.text("value")
        condition = what == "obligation" or bool(value)
        place = keys.place(expression_key)
        expression = _NOT_READ
        newest = {**newest_values(common.values), **newest_values(values)}
        if text:
            expression = self.checked(text, place, checker, newest, condition=condition)
        only_if = keys.text("if") if what == "report" else ""
        told_if = self.checked(only_if, keys.place("if"), checker, newest) if only_if else None
        kinds, channels = self.governs(keys)
        says = keys.text("says", required=what == "obligation")
        return Notice(name, kinds, channels, expression, value, told_if, says, citation, values, table.place)

    def omission(self, table: Table) -> Omission:
        keys = _Keys(self, table, "what is left out", ("what", "governs", "cite"))
        citation = keys.text("cite")
        if not citation:
            self.problem(keys.place("cite"), "CR110", "what is left out cites nothing", "each has its own `cite:`")
        return Omission(keys.text("what", required=True), *self.governs(keys), citation)

    def checked(
        self, text: str, place: Place, checker: Checker, values: Mapping[str, Constant], *, condition: bool = True
    ) -> Expression:
        """The expression, with its `$values` still in it, once it makes sense with the newest values."""
        expression = self.expression(text, place)
        for name in sorted(value_names(expression)):
            if name not in values:
                help_ = meant(name, values) or "give it there, with the day since when it is the law"
                self.problem(place, "CR130", f"`${name}` is not among the `values:`", help_)
                return expression
        try:
            kind = checker.kind(substitute(expression, values))
        except SyntaxProblem as problem:
            if not problem.within:  # a mistake within a definition is told where that stands
                self.misread(problem, text, place)
            return expression
        if condition and kind.name != "bool":
            self.problem(place, "CR130", f"`{text}` is no condition", "compare it, for example with `==`")
        elif kind.name not in TELLABLE:
            self.problem(place, "CR130", f"`{text}` is no single answer", "ask for one field, a count or a condition")
        return expression

    # ---- examples -----------------------------------------------------------------------------------------------

    def examples(self, keys: _Keys) -> tuple[Example, ...]:
        found = []
        for table in keys.items_of("examples"):
            inner = _Keys(self, table, "an example", ("story", "expect", *_EXAMPLE_KEYS))
            expect = inner.text("expect", required=True)
            if expect not in get_args(Decision):
                self.problem(inner.place("expect"), "CR103", f"`{expect}` is no decision", "allow, deny or review")
            mapping = {key: plain(table.entries[key]) for key in table if key in _EXAMPLE_KEYS}
            story = inner.text("story", required=True)
            found.append(Example(story, expect, mapping, table.place))  # type: ignore[arg-type]
        return tuple(found)

    def two_sided(self, rule: Rule, keys: _Keys) -> None:
        """At least two examples, one on each side of the line; a permission has only one side."""
        said = {example.expect for example in rule.examples}
        if rule.kind.name == "permission":
            if not rule.examples:
                self.problem(keys.table.place, "CR111", f"the rule `{rule.id}` has no example")
        elif "allow" not in said or said == {"allow"}:
            message = (
                f"the rule `{rule.id}` has no example {'that it allows' if 'allow' not in said else 'that it breaks'}"
            )
            self.problem(keys.table.place, "CR111", message, "write one on each side of the line")


@dataclass(frozen=True, slots=True)
class _Common:
    """What a rule takes from its file where it does not say otherwise."""

    ruleset: str
    jurisdiction: str
    source: str
    since: int
    verified: str
    confidence: Confidence
    verify_by: int
    values: Mapping[str, Dated]


def jurisdiction_of(relative: Path) -> str:
    """The jurisdiction for which a place in a folder of rulesets is meant; empty for none.

    `us/federal/regulation_f.yaml` is US, `us/tx.yaml` US-TX, `us/ny/nyc.yaml` US-NY-NYC, `us/ny/state.yaml` US-NY.
    """
    codes: list[str] = []
    for part in relative.with_suffix("").parts:
        if part in _NATIONAL_FOLDERS or not part.isalnum() or len(part) > _LONGEST_CODE:
            break
        codes.append(part.upper())
    return "-".join(codes)


def with_values(definitions: Mapping[str, Definition], values: Mapping[str, Constant]) -> dict[str, Definition]:
    """The definitions with the dated values of their file put in; a name without a value stays: an error there."""
    return {
        name: replace(definition, expression=substitute(definition.expression, values))
        for name, definition in definitions.items()
    }


def newest_values(values: Mapping[str, Dated]) -> dict[str, Constant]:
    """The latest of each dated value."""
    return {name: dated.values[-1] for name, dated in values.items()}


def plain_table(table: Table) -> dict[str, Any]:
    """A table of the file as a mapping of text, as the case reader takes it."""
    return {key: plain(node) for key, node in table.entries.items()}


def plain(node: Node) -> Any:
    """What stands in the file, as text, lists and mappings; `true`, `false` and whole numbers unquoted as such."""
    match node:
        case Table():
            return plain_table(node)
        case Listing(items):
            return [plain(item) for item in items]
        case Scalar(text, quoted):
            if not quoted and text in ("true", "false"):
                return text == "true"
            if not quoted and re.fullmatch(r"\d+", text):
                return int(text)
            return text


def _shown(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""
