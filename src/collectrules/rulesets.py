"""One YAML file to one `Ruleset`, or every problem of the file with its place.

Codes: CR100 a key is missing, CR101 an unknown key, CR102 a value of the wrong shape, CR103 an unknown word, CR104 a
date, CR110 a rule or definition without a citation, CR111 examples are missing or one-sided, CR112 a name is taken or
malformed, CR120 a value without a date, CR121 a value that cannot be read, CR130 an expression that does not read or
does not make sense, CR131 a name of an expression that means two things, CR140 the file lies in another place than its
id or jurisdiction says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from collectrules import source
from collectrules.dated import Calendar, Dated, Holiday
from collectrules.errors import InvalidInput, Place, Problem, meant
from collectrules.expressions.substitute import substitute
from collectrules.expressions.syntax import Expression, SyntaxProblem, parse, value_names
from collectrules.expressions.syntax import Literal as Constant
from collectrules.facts import CONTACT, WEEKDAYS, catalogue
from collectrules.measures.translate import Definition, Translator
from collectrules.source import Listing, Node, Scalar, Table
from collectrules.verdict import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from collectrules.kinds import Parts, RuleKind
    from collectrules.measures import MeasureFunction

Confidence = Literal["high", "medium", "low"]
_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
_RULESET_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_JURISDICTION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}")
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


@dataclass(frozen=True, slots=True)
class Rule:
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

    def governs(self, kind: str, channel: str | None) -> bool:
        """May the rule speak about such an act? A channel that is not known may be any."""
        if kind not in self.governs_kinds and "any" not in self.governs_kinds:
            return False
        return not self.governs_channels or channel is None or channel in self.governs_channels


@dataclass(frozen=True, slots=True)
class Notice:
    """An obligation or a report: an expression that is told beside the decision."""

    name: str
    governs_kinds: tuple[str, ...]
    governs_channels: tuple[str, ...]
    expression: Expression
    value: str
    """For a report that is a word: told where the expression is true. Empty where the expression is the answer."""
    says: str
    citation: str
    values: Mapping[str, Dated]
    place: Place


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
    binds: Clause | None
    verified: str
    confidence: Confidence
    verify_by: int
    topics: tuple[str, ...]
    definitions: Mapping[str, Definition]
    calendars: Mapping[str, Calendar]
    rules: tuple[Rule, ...]
    obligations: tuple[Notice, ...]
    reports: tuple[Notice, ...]
    example_case: Mapping[str, Any]
    hash: str
    place: Place


@dataclass(frozen=True, slots=True)
class Language:
    """What a ruleset may use beyond the case vocabulary: rule kinds, functions and channels, built in or by plugins."""

    kinds: Mapping[str, RuleKind]
    functions: Mapping[str, MeasureFunction]
    channels: frozenset[str]

    def translator(self, definitions: Mapping[str, Definition], calendars: Mapping[str, Calendar]) -> Translator:
        """A translator of the expressions of one ruleset."""
        return Translator(catalogue(), self.functions, definitions, calendars, self.channels)


def read_ruleset(path: Path, language: Language, *, folder: Path | None = None) -> Ruleset:
    """Read a file. With `folder`, its place below it must agree with its id. Raises InvalidInput with all problems."""
    text = source.file_text(path)
    return parse_ruleset(text, str(path), language, relative=path.relative_to(folder) if folder else None)


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


_RULESET_KEYS: Final = (
    "ruleset", "title", "jurisdiction", "version", "source", "since", "status", "binds", "verified", "verify_by",
    "topics", "calendars", "define", "rules", "obligations", "reports", "example_case", "note",
)  # fmt: skip
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
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError
            return date.fromisoformat(text).toordinal()
        except ValueError:
            self.problem(place, "CR104", f"`{text}` is no date", "write it as 2026-01-31")
            return 0

    def expression(self, text: str, place: Place) -> Expression:
        try:
            return parse(text)
        except SyntaxProblem as problem:
            self.misread(problem, text, place)
            return Constant("bool", False)

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
                "for example US, US-MA, GB-ENG",
            )
        if relative is not None and ruleset_id and ".".join(relative.with_suffix("").parts) != ruleset_id:
            wanted = "/".join(ruleset_id.split(".")) + ".yaml"
            self.problem(keys.place("ruleset"), "CR140", f"`{ruleset_id}` lies at {relative}", f"move it to {wanted}")
        verified, confidence = self.verified(keys, required=True)
        since = keys.day("since", required=True)
        verify_by = keys.day("verify_by", required=True)
        calendars = self.calendars(keys)
        definitions = self.definitions(keys)
        translator = self.language.translator(definitions, calendars)
        for name, definition in definitions.items():
            self.check_definition(translator, definition, keys.table_of("define"), name)
        binds = self.binds(keys, translator)
        common = _Common(
            ruleset_id, jurisdiction, keys.text("source", required=True), since, verified, confidence, verify_by
        )
        rules = tuple(self.rule(item, common, translator) for item in keys.items_of("rules"))
        if not rules:
            self.problem(root.place, "CR100", "a ruleset has no rules")
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
            binds=binds,
            verified=verified,
            confidence=confidence,
            verify_by=verify_by,
            topics=keys.words("topics"),
            definitions=definitions,
            calendars=calendars,
            rules=rules,
            obligations=tuple(self.notice(item, translator, "obligation") for item in keys.items_of("obligations")),
            reports=tuple(self.notice(item, translator, "report") for item in keys.items_of("reports")),
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
            holidays = tuple(self.holiday(item) for item in inner.items_of("holidays"))
            found[name] = Calendar(closed, holidays, citation)
        return found

    def holiday(self, table: Table) -> Holiday:
        known = ("name", "month", "day", "weekday", "nth", "easter", "on_or_before", "moved", "since", "until")
        keys = _Keys(self, table, "a holiday", known)
        moved: dict[str, int] = {}
        moved_table = keys.table_of("moved")
        for weekday in moved_table or ():
            assert moved_table is not None
            moved[weekday] = self.number(moved_table.entries[weekday])
        before = keys.text("on_or_before")
        easter = keys.node("easter")
        return Holiday(
            name=keys.text("name", required=True),
            month=self.number(keys.node("month")),
            day=self.number(keys.node("day")),
            weekday=next(iter(keys.words("weekday", WEEKDAYS)), ""),
            nth=self.number(keys.node("nth")),
            easter=self.number(easter) if easter is not None else None,
            on_or_before=(int(before[:2]), int(before[3:])) if re.fullmatch(r"\d\d-\d\d", before) else None,
            moved=moved,
            since=keys.day("since"),
            until=keys.day("until", default=10**7),
        )

    def number(self, node: Node | None) -> int:
        if node is None:
            return 0
        if isinstance(node, Scalar) and re.fullmatch(r"[+-]?\d+", node.text):
            return int(node.text)
        self.problem(node.place, "CR102", "a whole number belongs here")
        return 0

    # ---- definitions --------------------------------------------------------------------------------------------

    def definitions(self, keys: _Keys) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        table = keys.table_of("define")
        reserved = {*self.catalogue.fields(CONTACT), *self.language.functions}
        for name in table or ():
            assert table is not None
            node = table.entries[name]
            place = table.place_of(name)
            if not _WORD.fullmatch(name):
                self.problem(place, "CR112", f"`{name}` is no name", "lower case letters, digits and underscores")
            if name in reserved:
                self.problem(place, "CR131", f"`{name}` is a field or a function already", "choose another name")
            if not isinstance(node, Table):
                self.problem(node.place, "CR102", f"the definition `{name}` has keys", "`title:` and `is:`")
                continue
            inner = _Keys(self, node, f"the definition `{name}`", ("title", "cite", "of", "is", "note"))
            of = inner.text("of")
            if of not in ("", "contact"):
                self.problem(inner.place("of"), "CR103", f"`{of}` is no subject", "write `contact`, or leave it out")
                of = ""
            text = inner.text("is", required=True)
            found[name] = Definition(
                name=name,
                title=inner.text("title", required=True),
                expression=self.expression(text, inner.place("is")) if text else Constant("bool", False),
                of="contact" if of else "",
                citation=inner.text("cite"),
            )
        return found

    def check_definition(self, translator: Translator, definition: Definition, table: Table | None, name: str) -> None:
        place = table.place_of(name) if table is not None else Place("")
        try:
            if definition.of:
                translator.check_contact(definition.expression)
            else:
                translator.kind(definition.expression)
        except SyntaxProblem as problem:
            self.problem(place, "CR130", f"`{name}`: {problem.message}", problem.help)

    def binds(self, keys: _Keys, translator: Translator) -> Clause | None:
        table = keys.table_of("binds")
        if table is None:
            return None
        inner = _Keys(self, table, "`binds`", ("when", "cite", "title", "note"))
        return self.clause(inner, "when", translator, {})

    # ---- rules --------------------------------------------------------------------------------------------------

    def rule(self, table: Table, common: _Common, translator: Translator) -> Rule:
        node = table.get("kind")
        name = node.text if isinstance(node, Scalar) else "condition"
        kind = self.language.kinds.get(name)
        if kind is None:
            place = node.place if node is not None else table.place
            self.problem(place, "CR103", f"`{name}` is no rule kind", meant(name, self.language.kinds))
            kind = self.language.kinds["condition"]
        keys = _Keys(self, table, "a rule", (*_RULE_KEYS, *kind.fields))
        rule_id = keys.text("id", required=True)
        if rule_id and not _WORD.fullmatch(rule_id):
            self.problem(
                keys.place("id"), "CR112", f"`{rule_id}` is no rule id", "lower case letters, digits, underscores"
            )
        citation = keys.text("cite")
        if not citation:
            self.problem(table.place, "CR110", f"the rule `{rule_id}` cites nothing", "no rule without `cite:`")
        strength = keys.text("strength", required=kind.name != "permission") or "prohibition"
        if strength not in _STRENGTHS:
            self.problem(
                keys.place("strength"),
                "CR103",
                f"`{strength}` is no strength",
                meant(strength, _STRENGTHS) or ", ".join(_STRENGTHS),
            )
            strength = "prohibition"
        values = self.values(keys, kind)
        newest = newest_values(values)
        parts = self.parts(keys, kind)
        text = kind.breach(parts) if all(field in parts for field in kind.required) else "false"
        breach = self.checked(text, self.breach_place(keys, kind), translator, newest)
        governs_kinds, governs_channels = self.governs(keys)
        verified, confidence = (
            self.verified(keys, required=False) if "verified" in table else (common.verified, common.confidence)
        )
        if strength == "circumstances" and not keys.text("question"):
            self.problem(table.place, "CR100", f"the rule `{rule_id}` has no `question`", "what must a person decide?")
        factors = self.clauses(keys, "factors", translator, newest)
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
            exceptions=self.clauses(keys, "unless", translator, newest),
            factors=factors,
            says=keys.text("says"),
            question=keys.text("question"),
            remedy=keys.text("remedy"),
            since=keys.day("since", default=common.since),
            until=keys.day("until", default=10**7),
            verified=verified,
            confidence=confidence,
            verify_by=keys.day("verify_by", default=common.verify_by),
            examples=self.examples(keys),
            place=table.place,
        )
        self.two_sided(rule, keys)
        return rule

    def breach_place(self, keys: _Keys, kind: RuleKind) -> Place:
        for field in ("when", *kind.fields):
            if keys.node(field) is not None:
                return keys.place(field)
        return keys.table.place

    def parts(self, keys: _Keys, kind: RuleKind) -> dict[str, str | tuple[str, ...]]:
        parts: dict[str, str | tuple[str, ...]] = {}
        for field, shape in kind.fields.items():
            if keys.node(field) is None:
                if field in kind.required:
                    self.problem(keys.table.place, "CR100", f"a rule of kind `{kind.name}` has `{field}`")
                continue
            parts[field] = keys.words(field) if shape == "words" else keys.text(field, required=True)
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
        for name in kind.values if kind is not None else ():
            if name not in found:
                self.problem(
                    keys.table.place,
                    "CR100",
                    f"a rule of this kind has the value `{name}`",
                    f"values: {{{name}: {{<date>: <value>}}}}",
                )
        return found

    def value(self, node: Node) -> Constant:
        if not isinstance(node, Scalar):
            self.problem(node.place, "CR121", "a value is one text")
            return Constant("int", 0)
        text = node.text
        if re.fullmatch(r"\d+", text):
            return Constant("int", int(text))
        if re.fullmatch(r"\d{2}:\d{2}", text) and int(text[3:]) < 60 and int(text[:2]) <= 24:
            return Constant("time", int(text[:2]) * 60 + int(text[3:]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return Constant("date", self.day(text, node.place))
        try:
            Decimal(text)
        except InvalidOperation:
            if _WORD.fullmatch(text):
                return Constant("word", text)
            self.problem(node.place, "CR121", f"`{text}` is no number, clock time, date, amount or word")
        return Constant("text", text)

    def clauses(
        self, keys: _Keys, key: str, translator: Translator, values: Mapping[str, Constant]
    ) -> tuple[Clause, ...]:
        found = []
        for table in keys.items_of(key):
            inner = _Keys(self, table, f"an entry of `{key}`", ("if", "cite", "title", "note"))
            found.append(self.clause(inner, "if", translator, values))
        return tuple(found)

    def clause(self, keys: _Keys, key: str, translator: Translator, values: Mapping[str, Constant]) -> Clause:
        text = keys.text(key, required=True)
        citation = keys.text("cite")
        if not citation:
            self.problem(keys.table.place, "CR110", f"{keys.what} cites nothing", "each has its own `cite:`")
        condition = self.checked(text, keys.place(key), translator, values) if text else Constant("bool", False)
        return Clause(condition, text, citation, keys.text("title"), keys.table.place)

    def notice(self, table: Table, translator: Translator, what: str) -> Notice:
        expression_key, name_key = ("if", "id") if what == "obligation" else ("is", "name")
        known = (name_key, "governs", expression_key, "value", "says", "cite", "values", "note")
        keys = _Keys(self, table, f"an {what}" if what == "obligation" else "a report", known)
        values = self.values(keys, None)
        text = keys.text(expression_key, required=True)
        citation = keys.text("cite")
        if what == "obligation" and not citation:
            self.problem(table.place, "CR110", "an obligation cites nothing", "each has its own `cite:`")
        expression = self.checked(
            text, keys.place(expression_key), translator, newest_values(values), condition=what == "obligation"
        )
        kinds, channels = self.governs(keys)
        says = keys.text("says", required=what == "obligation")
        name, value = keys.text(name_key, required=True), keys.text("value")
        return Notice(name, kinds, channels, expression, value, says, citation, values, table.place)

    def checked(
        self, text: str, place: Place, translator: Translator, values: Mapping[str, Constant], *, condition: bool = True
    ) -> Expression:
        """The expression, with its `$values` still in it, once it makes sense with the newest values."""
        expression = self.expression(text, place)
        for name in value_names(expression):
            if name not in values:
                self.problem(place, "CR130", f"`${name}` is not among the `values:` of this rule", meant(name, values))
                return expression
        try:
            kind = translator.kind(substitute(expression, values))
        except SyntaxProblem as problem:
            self.misread(problem, text, place)
            return expression
        if condition and kind.name != "bool":
            self.problem(place, "CR130", f"`{text}` is no condition", "compare it, for example with `==`")
        return expression

    # ---- examples -----------------------------------------------------------------------------------------------

    def examples(self, keys: _Keys) -> tuple[Example, ...]:
        found = []
        for table in keys.items_of("examples"):
            inner = _Keys(self, table, "an example", ("story", "expect", *_EXAMPLE_KEYS))
            expect = inner.text("expect", required=True)
            if expect not in ("allow", "deny", "review"):
                self.problem(inner.place("expect"), "CR103", f"`{expect}` is no decision", "allow, deny or review")
                expect = "allow"
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
        elif "allow" not in said or len(said) < 2:
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
