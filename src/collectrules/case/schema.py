"""What a case may say: `case.schema.json`, and the walker that holds a tree of nodes against it.

The schema has the whole vocabulary of cases. The walker knows exactly the JSON Schema keywords that it uses, decides as
a JSON Schema validator does (a test compares them), reports every problem of a file at once, and says what was meant.
What a schema cannot say is checked beside it: days and clock times that never were, zones that do not exist, and ids.

Codes of this module, beside those of `collectrules.ground.source`:

| code  | wrong |
|-------|-------|
| CR010 | another shape than was asked for: text, a list or keys |
| CR011 | a key that does not exist here |
| CR012 | a key is missing |
| CR013 | a word that is not in the vocabulary |
| CR014 | a value is not written as it must be |
| CR015 | keys that do not go together |
| CR016 | too few, too small, or the same twice |
| CR020 | a day that is not in the calendar, or a year far away |
| CR021 | a time zone that does not exist |
| CR022 | a clock time that was skipped when summer time began |
| CR023 | a debt that the case does not have |
| CR024 | an id stands twice |
| CR025 | a Python value that no case can hold |
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table, shape, shown

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Schema = Mapping[str, Any]

YEARS: Final = range(1900, 2201)
"""Years of the days in a case: what is outside is a typing error, and no time zone pushes a day off the calendar."""

_PREFIX = "#/$defs/"
_ROOT_DEFINITIONS = frozenset({"file", "single_case"})


@cache
def schema() -> Schema:
    """Return the JSON Schema of case files, as it stands in the package."""
    loaded: Schema = json.loads(Path(__file__).with_name("case.schema.json").read_text(encoding="utf-8"))
    return loaded


def definition(name: str) -> Schema:
    """Return one definition of the schema, by its name or by the end of a `$ref` (`case/properties/id`)."""
    found: Any = schema()["$defs"]
    for step in name.split("/"):
        found = found[step]
    return found  # type: ignore[no-any-return]


def words(name: str) -> tuple[str, ...]:
    """Return the vocabulary of one enumeration of the schema, as `words("channel")`."""
    return tuple(definition(f"enum_{name}")["enum"])


class Walk:
    """What is known and found while one file is walked."""

    __slots__ = ("channels", "debts_named", "problems")

    def __init__(self, channels: Collection[str] = ()) -> None:
        self.channels = channels
        self.problems: list[Problem] = []
        self.debts_named: list[Scalar] = []

    def add(self, place: Place, code: str, message: str, advice: str = "") -> None:
        """Report a problem."""
        self.problems.append(Problem(place, code, message, advice))


Check = Callable[[Node, Walk], None]


def validate_file(node: Node, channels: Collection[str] = ()) -> None:
    """Check a case file: one case, or cases under `cases`. `channels` are names beside those of the schema.

    Raises `InvalidInput` with every problem.
    """
    if not isinstance(node, Table):
        keys = _listed(definition("case")["properties"])
        advice = "write `cases:` above the list" if isinstance(node, Listing) else f"its keys are {keys}"
        message = f"a case file must be keys with values, but here is {shape(node)}"
        raise InvalidInput([Problem(node.place, "CR010", message, advice)])
    _validate(node, "file" if "cases" in node else "single_case", channels)


def validate_case(node: Node, channels: Collection[str] = ()) -> None:
    """Check one case. Raises `InvalidInput` with every problem."""
    _validate(node, "case", channels)


def _validate(node: Node, name: str, channels: Collection[str]) -> None:
    walk = Walk(channels)
    _definition_check(name)(node, walk)
    if walk.problems:
        raise InvalidInput(walk.problems)


# ---- scalars -----------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.0+)?\Z")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_MOST_DIGITS = 15

_TYPE_WORDS = {
    "object": "keys with values",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
}


def truth(scalar: Scalar) -> bool:
    """Return the value of a scalar that was checked to be true or false."""
    return _TRUTH[scalar.text]


def whole_number(scalar: Scalar) -> int:
    """Return the value of a scalar that was checked to be a whole number."""
    return int(scalar.text.partition(".")[0])


def is_null(scalar: Scalar) -> bool:
    """Whether nothing, or `null`, is written."""
    return not scalar.quoted and scalar.text in _NULL


def type_of(node: Node) -> str:
    """Return the JSON type of a node. Text that only YAML 1.1 takes for something else (`NO`, `21:00`) is a string."""
    if not isinstance(node, Scalar):
        return "object" if isinstance(node, Table) else "array"
    text = node.text
    if node.quoted or text[:1] not in _NOT_TEXT_START:
        return "string"
    if text in _TRUTH:
        return "boolean"
    if text in _NULL:
        return "null"
    if _NUMBER.match(text):
        return "integer" if _WHOLE.match(text) else "number"
    return "string"


_NOT_TEXT_START = frozenset({"", *"-0123456789~ntfNTF"})


def _plain(node: Node) -> object:
    """Return a node as something that compares by value."""
    if isinstance(node, Scalar):
        return (type_of(node), node.text)
    if isinstance(node, Listing):
        return [_plain(item) for item in node]
    return {key: _plain(value) for key, value in node.entries.items()}


# ---- advice ------------------------------------------------------------------------------------------------------

_LOOSE_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T t]+(\d{1,2})[:.h](\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z",
    re.ASCII,
)
_LOOSE_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})\Z", re.ASCII)
_MERIDIEM = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?\Z", re.ASCII | re.IGNORECASE)
_YES = frozenset({"yes", "y", "on", "1", "true"})
_NO = frozenset({"no", "n", "off", "0", "false"})


def _advise_moment(text: str) -> str:
    found = _LOOSE_MOMENT.match(text)
    if not found:
        return "year first: '2026-03-02', or 2026-03-02T14:05"
    year, month, day, hour, minute, seconds, offset = found.groups()
    written = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return f"write '{written}'"
    if offset and offset != "Z" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"write {written}T{int(hour):02}:{minute}{(seconds or '')[:3]}{offset or ''}"


def _advise_date(text: str) -> str:
    found = _LOOSE_MOMENT.match(text)
    return f"write '{found[1]}-{int(found[2]):02}-{int(found[3]):02}'" if found else "year first: '2026-03-02'"


def _advise_clock(text: str) -> str:
    found = _LOOSE_CLOCK.match(text)
    if found and int(found[1]) < 24 and int(found[2]) < 60:  # noqa: PLR2004  hours and minutes
        return f"write '{int(found[1]):02}:{found[2]}'"
    found = _MERIDIEM.match(text)
    if found and 1 <= int(found[1]) <= 12:  # noqa: PLR2004  hours of half a day
        hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
        return f"write '{hour:02}:{found[2] or '00'}'"
    return "the clock goes from '00:00' to '24:00'"


def _advise_money(text: str) -> str:
    if text.lstrip().startswith("-"):
        return "an amount is not negative"
    digits = re.sub(r"[^0-9.,]", "", text)
    whole, mark, cents = digits, "", ""
    if re.search(r"[.,][0-9]{1,2}\Z", digits):
        at = max(digits.rfind("."), digits.rfind(","))
        whole, mark, cents = digits[:at], ".", digits[at + 1 :]
    whole = re.sub("[.,]", "", whole)
    if not whole or (not mark and len(digits) - len(whole) == 1 and "." in digits):
        return "write the amount as text with two decimals, as '8400.00'"
    return f"write '{whole}.{cents:0<2}', with `currency` beside it"


def _advise_rate(text: str) -> str:
    found = re.match(r"([0-9]+)(?:[.,]([0-9]{1,4}))?\s*%?\Z", text)
    return f"write '{found[1]}.{found[2] or '0'}'" if found else "per cent a year with one to four decimals, as '5.25'"


def _advise_truth(text: str) -> str:
    lower = text.lower()
    if lower in {"true", "false"}:
        return f"write {lower} without quotes"
    return "write true" if lower in _YES else "write false" if lower in _NO else "write true or false"


def _advise_jurisdiction(text: str) -> str:
    if text in {"false", "False", "FALSE"}:
        return "Norway needs quotes: 'NO'"
    upper = text.upper().replace("_", "-").replace("/", "-")
    return f"write {upper}" if re.match(definition("jurisdiction")["pattern"], upper) else ""


def _advise_number(text: str) -> str:
    return f"write {text} without quotes" if _WHOLE.match(text) else ""


def _advise_zone(text: str) -> str:
    return _near_zone(text)


def _advise_capitals(text: str) -> str:
    return f"write {text.upper()}" if text.isalnum() and text.upper() != text else ""


_ADVICE: Final[Mapping[str, Callable[[str], str]]] = {
    "at": _advise_moment,
    "bool": _advise_truth,
    "currency": _advise_capitals,
    "date": _advise_date,
    "debt_id": _advise_capitals,
    "debt_ref": _advise_capitals,
    "int": _advise_number,
    "jurisdiction": _advise_jurisdiction,
    "money": _advise_money,
    "rate": _advise_rate,
    "time": _advise_clock,
    "zone": _advise_zone,
}

_WORDS_FOR_AT = frozenset({"on", "date", "time", "when", "datetime", "timestamp"})
_MOST_WORDS = 24
_FEW_WORDS = 12


def _listed(names: Iterable[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > _MOST_WORDS:
        return f"{', '.join(quoted[:_MOST_WORDS])} and {len(quoted) - _MOST_WORDS} more"
    return ", ".join(quoted)


@cache
def _owners() -> Mapping[str, tuple[str, ...]]:
    """Return, for each key, the names of what can have it."""
    owners: dict[str, list[str]] = {}
    for name, found in schema()["$defs"].items():
        if name != "single_case":
            for key in found.get("properties", ()):
                owners.setdefault(key, []).append(found["title"])
    return {key: tuple(names) for key, names in owners.items()}


def _advise_key(key: str, known: Collection[str], present: Collection[str]) -> str:
    free = [name for name in known if name not in present]
    if key.lower() in _WORDS_FOR_AT and "at" in known:
        bare = "YAML reads a bare `on` as true; " if key == "on" else ""
        return f"{bare}a day or moment is `at`"
    owners = _owners().get(key, ())
    if owners:
        kind = "; an entry with `event` is an event" if "event" in present and "a contact" in owners else ""
        return f"it is a key of {' and of '.join(owners[:3])}{kind}"
    return meant(key, free) or f"the keys are {_listed(known)}"


# ---- days, zones and clocks --------------------------------------------------------------------------------------


def _check_date(scalar: Scalar, subject: str, walk: Walk) -> None:
    text = scalar.text[:10]
    if int(text[:4]) not in YEARS:
        walk.add(scalar.place, "CR020", f"{subject} is {shown(text)}, a year far away", "is the year right?")
        return
    try:
        date.fromisoformat(text)
    except ValueError:
        walk.add(scalar.place, "CR020", f"{subject} is {shown(text)}, a day that is not in the calendar")


@cache
def zone(key: str) -> ZoneInfo | None:
    """Return a time zone of the IANA database, or None where there is none of this name."""
    # The zone tables are read for those who name a zone, and only the one that is named.
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


def _near_zone(text: str) -> str:
    from zoneinfo import available_timezones

    known = sorted(name for name in available_timezones() if "/" in name)
    if not known:
        return "this machine has no time zone database: pip install tzdata"
    city = text.replace(" ", "_").rpartition("/")[2].lower()
    same = [name for name in known if name.rpartition("/")[2].lower() == city]
    return f"did you mean `{same[0]}`?" if same else meant(text, known) or "a zone is named for a city"


def _check_zone(scalar: Scalar, subject: str, walk: Walk) -> None:
    if zone(scalar.text) is None:
        message = f"{subject} is {shown(scalar.text)}, a time zone that does not exist"
        walk.add(scalar.place, "CR021", message, _near_zone(scalar.text))


def _name_debt(scalar: Scalar, subject: str, walk: Walk) -> None:
    del subject
    walk.debts_named.append(scalar)


_FORMATS: Final[Mapping[str, Callable[[Scalar, str, Walk], None]]] = {
    "date": _check_date,
    "moment": _check_date,
    "time-zone": _check_zone,
    "debt": _name_debt,
}


def _skipped(text: str, where: ZoneInfo) -> bool:
    """Whether no clock of a zone ever showed this time, because summer time began."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return False
    if told.tzinfo is not None or told.year not in YEARS:
        return False
    return told.replace(tzinfo=where).astimezone(UTC).astimezone(where).replace(tzinfo=None) != told


def _zone_at(table: Node | None, key: str) -> ZoneInfo | None:
    found = table.get(key) if isinstance(table, Table) else None
    return zone(found.text) if isinstance(found, Scalar) and "/" in found.text else None


def _check_clocks(case: Table, walk: Walk) -> None:
    home = _zone_at(case.get("debtor"), "time_zone")
    history = case.get("history")
    action = case.get("action")
    for entry in history if isinstance(history, Listing) else ():
        _check_clock(entry, "at", home, walk)
    for key in ("at", "queued_at", "received_at"):
        _check_clock(action, key, _zone_at(action, "at_tz") or home, walk)


def _check_clock(entry: Node | None, key: str, where: ZoneInfo | None, walk: Walk) -> None:
    told = entry.get(key) if isinstance(entry, Table) else None
    if where is not None and isinstance(told, Scalar) and "T" in told.text and _skipped(told.text, where):
        walk.add(
            told.place,
            "CR022",
            f"`{key}` is {shown(told.text)}, a time that the clocks of {where.key} skipped",
            "summer time began then: write the time that the clock showed, or add the offset from UTC",
        )


def _ids(listing: Node | None) -> list[Scalar]:
    tables = [item for item in listing if isinstance(item, Table)] if isinstance(listing, Listing) else []
    return [found for table in tables if isinstance(found := table.get("id"), Scalar)]


def _check_unique(ids: Sequence[Scalar], of_what: str, walk: Walk) -> None:
    first: dict[str, Place] = {}
    for scalar in ids:
        if scalar.text in first:
            before = first[scalar.text]
            seen = f"line {before.line}" if before.line else str(before)
            walk.add(
                scalar.place,
                "CR024",
                f"the {of_what} id {shown(scalar.text)} stands twice",
                f"it stands first at {seen}; give each its own",
            )
        else:
            first[scalar.text] = scalar.place


def _check_case(case: Node, walk: Walk) -> None:
    if not isinstance(case, Table):
        return
    debts = _ids(case.get("debts"))
    known = [scalar.text for scalar in debts]
    # Without a readable list of debts nothing can be said about their names.
    if known:
        for named in walk.debts_named:
            if named.text not in known:
                message = f"the case has no debt {shown(named.text)}"
                walk.add(named.place, "CR023", message, f"its debts are {_listed(known)}")
    walk.debts_named.clear()
    _check_unique(debts, "debt", walk)
    debtor = case.get("debtor")
    _check_unique(_ids(debtor.get("endpoints")) if isinstance(debtor, Table) else [], "endpoint", walk)
    _check_clocks(case, walk)


def _check_file(file: Node, walk: Walk) -> None:
    if isinstance(file, Table):
        _check_unique(_ids(file.get("cases")), "case", walk)


_BESIDE: Final[Mapping[str, Check]] = {"case": _check_case, "single_case": _check_case, "file": _check_file}


# ---- the walker --------------------------------------------------------------------------------------------------


@cache
def _definition_check(name: str) -> Check:
    found = definition(name)
    check = _compile(found, found.get("title", f"`{name}`"), name)
    beside = _BESIDE.get(name)
    if beside is None:
        return check

    def both(node: Node, walk: Walk) -> None:
        check(node, walk)
        beside(node, walk)

    return both


def _refer(reference: str, subject: str) -> Check:
    """Return the check of a definition, made when it is first needed: definitions may be many, and few are used."""
    name = reference.removeprefix(_PREFIX)
    titled = "title" in definition(name)
    made: list[Check] = []

    def check(node: Node, walk: Walk) -> None:
        if not made:
            made.append(_definition_check(name) if titled else _compile(definition(name), subject, name))
        made[0](node, walk)

    return check


_KEYWORDS = frozenset(
    [
        *("$ref", "title", "description", "type", "enum", "const", "pattern", "format", "minLength", "minimum"),
        *("required", "properties", "additionalProperties", "propertyNames", "items", "minItems", "uniqueItems"),
        *("anyOf", "oneOf", "allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas"),
    ],
)


def _compile(found: Schema, subject: str, name: str = "", known: Collection[str] = ()) -> Check:
    """Turn one schema into a check.

    `subject` is what a message calls the thing, `name` the definition whose advice is given, `known` the keys of the
    object of which this schema is one condition.
    """
    # `x-` marks what is noted for other readers of the schema.
    strange = {keyword for keyword in found if keyword not in _KEYWORDS and not keyword.startswith("x-")}
    if strange:
        message = f"the walker does not know the keywords {sorted(strange)}"
        raise ValueError(message)
    if "properties" in found and "title" in found:
        known = frozenset(found["properties"])
    every = (
        *_compile_values(found, subject, name),
        *_compile_keys(found, subject, known),
        *_compile_combinations(found, subject, name, known),
    )
    if "type" not in found:
        if len(every) == 1:
            return every[0]

        def check_all(node: Node, walk: Walk) -> None:
            for check in every:
                check(node, walk)

        return check_all

    types = frozenset([found["type"]] if isinstance(found["type"], str) else found["type"])

    def check_typed(node: Node, walk: Walk) -> None:
        if type_of(node) not in types:
            _wrong_type(node, found, subject, name, walk)
            return
        for check in every:
            check(node, walk)

    return check_typed


def _compile_values(found: Schema, subject: str, name: str) -> list[Check]:
    """Return the checks that do not ask for keys."""
    checks: list[Check] = []
    if "$ref" in found:
        checks.append(_refer(found["$ref"], subject))
    if found.keys() & {"enum", "const"}:
        checks.append(_compile_words(found, subject, name))
    if found.keys() & {"pattern", "format", "minLength"}:
        checks.append(_compile_text(found, subject, name))
    if "minimum" in found or found.get("type") == "integer":
        checks.append(_compile_number(found, subject))
    if found.keys() & {"items", "minItems", "uniqueItems"}:
        checks.append(_compile_list(found, subject))
    return checks


def _wrong_type(node: Node, found: Schema, subject: str, name: str, walk: Walk) -> None:
    types = [found["type"]] if isinstance(found["type"], str) else list(found["type"])
    wanted = found.get("description") if name else None
    wanted = wanted or " or ".join(_TYPE_WORDS[wanted_type] for wanted_type in types)
    if not isinstance(node, Scalar):
        walk.add(node.place, "CR010", f"{subject} must be {wanted}, but here is {shape(node)}")
        return
    seen = type_of(node)
    if seen == "null":
        message = f"{subject} has no value, but must be {wanted}"
        walk.add(node.place, "CR014", message, "give one, or take the key out")
        return
    if "array" in types or "object" in types:
        keys = found.get("properties", ())
        advice = f"write [{node.text}]" if "array" in types else f"its keys are {_listed(keys)}" if keys else ""
        walk.add(node.place, "CR010", f"{subject} must be {wanted}, but here is {shape(node)}", advice)
        return
    advise = _ADVICE.get(name)
    advice = advise(node.text) if advise else ""
    if "string" in types and seen in {"number", "integer", "boolean"}:
        what = "true or false" if seen == "boolean" else "a number"
        advice = advice or f"put quotes around it: '{node.text}'"
        walk.add(node.place, "CR014", f"{subject} must be {wanted}, but {shown(node.text)} is {what}", advice)
        return
    walk.add(node.place, "CR014", f"{subject} must be {wanted}, but here is {shown(node.text)}", advice)


def _compile_words(found: Schema, subject: str, name: str) -> Check:
    allowed: tuple[str | int, ...] = tuple(found["enum"]) if "enum" in found else (found["const"],)
    texts = frozenset(word for word in allowed if isinstance(word, str))
    numbers = frozenset(word for word in allowed if not isinstance(word, str))
    is_channel = name == "enum_channel"
    usual: Mapping[str, str] = found.get("x-meant", {})

    def check(node: Node, walk: Walk) -> None:
        kind = type_of(node)
        if isinstance(node, Scalar):
            if kind == "string" and (node.text in texts or (is_channel and node.text in walk.channels)):
                return
            if kind == "integer" and len(node.text) <= _MOST_DIGITS and whole_number(node) in numbers:
                return
            known = [str(word) for word in allowed]
            if is_channel:
                known += sorted(set(walk.channels) - texts)
            near = meant(node.text, known, usual)
            every = f"it can be {_listed(known)}"
            advice = near if near and len(known) > _FEW_WORDS else f"{near} {every}".lstrip()
            if node.text in known:
                advice = f"write {node.text} {'without' if node.quoted else 'in'} quotes"
            seen = shape(node) if kind != "null" else "nothing"
            walk.add(node.place, "CR013", f"{subject} cannot be {seen}", advice)
        else:
            message = f"{subject} must be one word, but here is {shape(node)}"
            walk.add(node.place, "CR010", message, f"it can be {_listed(str(word) for word in allowed)}")

    return check


def _compile_text(found: Schema, subject: str, name: str) -> Check:
    # `$` of a JSON Schema is the very end; that of Python lets a line end follow.
    pattern = re.compile(re.sub(r"\$$", r"\\Z", found.get("pattern", "")), re.ASCII)
    least = found.get("minLength", 0)
    described = found.get("description", "")
    complain_format = _FORMATS.get(found.get("format", ""))

    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Scalar) or type_of(node) != "string":
            return
        if len(node.text) < least:
            walk.add(node.place, "CR014", f"{subject} is empty", "write something, or take the key out")
        elif not pattern.search(node.text):
            advise = _ADVICE.get(name)
            if name and described:
                message = f"{subject} must be {described}, but here is {shown(node.text)}"
                walk.add(node.place, "CR014", message, advise(node.text) if advise else "")
            else:
                walk.add(node.place, "CR014", f"{subject} cannot be {shown(node.text)}", described)
        elif complain_format is not None:
            complain_format(node, subject, walk)

    return check


def _compile_number(found: Schema, subject: str) -> Check:
    least = found.get("minimum")

    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Scalar) or type_of(node) != "integer":
            return
        if len(node.text) > _MOST_DIGITS:
            walk.add(node.place, "CR014", f"{subject} is {shown(node.text, 20)}, a number too long to be meant")
        elif least is not None and whole_number(node) < least:
            walk.add(node.place, "CR016", f"{subject} is {node.text}, but at least {least} is needed")

    return check


def _compile_list(found: Schema, subject: str) -> Check:
    item_subject = f"an entry of {subject}"
    check_item = _compile(found["items"], item_subject) if "items" in found else None
    least = found.get("minItems", 0)
    unique = found.get("uniqueItems", False)

    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Listing):
            return
        if len(node) < least:
            few = "is an empty list" if not node.items else f"lists {len(node)}, but {least} are needed"
            advice = "write it without the list" if node.items else "list one at least, or take the key out"
            walk.add(node.place, "CR016", f"{subject} {few}", advice)
        if check_item is not None:
            for item in node.items:
                check_item(item, walk)
        if unique:
            seen: list[object] = []
            for item in node.items:
                value = _plain(item)
                if value in seen:
                    walk.add(item.place, "CR016", f"{subject} lists {shape(item)} twice", "take one out")
                seen.append(value)

    return check


def _compile_keys(found: Schema, subject: str, known: Collection[str]) -> list[Check]:
    checks: list[Check] = []
    properties: Mapping[str, Schema] = found.get("properties", {})
    others = found.get("additionalProperties", True)
    if properties or others is not True:
        checks.append(_compile_properties(properties, others, subject))
    if "propertyNames" in found:
        checks.append(_compile_key_names(found["propertyNames"], subject, known))
    if "required" in found:
        checks.append(_compile_required(found["required"], subject, ""))
    for key, needed in found.get("dependentRequired", {}).items():
        checks.append(_when_present(key, _compile_required(needed, subject, key)))
    for key, sub in found.get("dependentSchemas", {}).items():
        checks.append(_when_present(key, _compile(sub, subject, known=known)))
    return checks


def _compile_properties(properties: Mapping[str, Schema], others: object, subject: str) -> Check:
    made: dict[str, Check] = {}
    for_others = _compile(others, f"a value of {subject}") if isinstance(others, Mapping) else None

    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Table):
            return
        for key, value in node.entries.items():
            if key in properties:
                if key not in made:
                    made[key] = _compile(properties[key], f"`{key}`")
                made[key](value, walk)
            elif for_others is not None:
                for_others(value, walk)
            elif others is False:
                advice = _advise_key(key, properties, node.entries)
                walk.add(node.place_of(key), "CR011", f"{subject} has no key {shown(key)}", advice)

    return check


def _compile_key_names(found: Schema, subject: str, known: Collection[str]) -> Check:
    if "enum" in found:
        allowed = frozenset(found["enum"])
        advice = f"it can have {_listed(found['enum'])}"

        def check_names(node: Node, walk: Walk) -> None:
            if not isinstance(node, Table):
                return
            for key in node.entries:
                # A key that exists nowhere on the object is reported as such, once.
                if key not in allowed and key in known:
                    walk.add(node.place_of(key), "CR015", f"{subject} has no key `{key}`", advice)

        return check_names
    check_name = _compile(found, f"a key of {subject}")

    def check(node: Node, walk: Walk) -> None:
        if isinstance(node, Table):
            for key in node.entries:
                check_name(Scalar(key, quoted=True, place=node.place_of(key)), walk)

    return check


def _compile_required(needed: Sequence[str], subject: str, because: str) -> Check:
    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Table):
            return
        for key in needed:
            if key in node.entries:
                continue
            place = node.place_of(because) if because else node.place
            wanted = f"{subject} with `{because}` needs `{key}`" if because else f"{subject} needs `{key}`"
            near = [name for name in node.entries if name not in _owners() and meant(name, [key])]
            advice = f"is `{near[0]}` meant?" if near and not because else ""
            walk.add(place, "CR012", wanted, advice)

    return check


def _when_present(key: str, check: Check) -> Check:
    def check_if_present(node: Node, walk: Walk) -> None:
        if isinstance(node, Table) and key in node.entries:
            check(node, walk)

    return check_if_present


def _compile_combinations(found: Schema, subject: str, name: str, known: Collection[str]) -> list[Check]:
    checks = [_compile(sub, subject, name, known) for sub in found.get("allOf", ()) if "if" not in sub]
    required = frozenset(found.get("required", ()))
    conditions = [sub for sub in found.get("allOf", ()) if "if" in sub]
    if "if" in found:
        conditions.append(found)
    checks += [_compile_condition(sub, subject, known, required) for sub in conditions]
    for keyword in ("anyOf", "oneOf"):
        if keyword in found:
            checks.append(_compile_choice(found[keyword], subject, only_one=keyword == "oneOf"))
    if "not" in found:
        checks.append(_compile_refusal(found["not"], subject, found.get("description", "")))
    return checks


def _holds(found: Schema) -> Callable[[Node, Walk], bool]:
    """Return the test whether a schema holds, without messages."""
    if found.keys() == {"required"}:
        needed = tuple(found["required"])
        return lambda node, _: not isinstance(node, Table) or all(key in node.entries for key in needed)
    if found.keys() == {"properties"} and all(
        sub.keys() == {"const"} and isinstance(sub["const"], str) for sub in found["properties"].values()
    ):
        wanted = {key: sub["const"] for key, sub in found["properties"].items()}

        def fits(node: Node, _: Walk) -> bool:
            return not isinstance(node, Table) or all(
                (value := node.entries.get(key)) is None
                or (isinstance(value, Scalar) and value.text == word and type_of(value) == "string")
                for key, word in wanted.items()
            )

        return fits
    check = _compile(found, "")

    def holds(node: Node, walk: Walk) -> bool:
        quiet = Walk(walk.channels)
        check(node, quiet)
        return not quiet.problems

    return holds


def _compile_condition(found: Schema, subject: str, known: Collection[str], required: Collection[str]) -> Check:
    test = _holds(found["if"])
    asked = frozenset(found["if"].get("properties", ())) & frozenset(required)
    case = ", ".join(f"`{key}: {sub['const']}`" for key, sub in found["if"].get("properties", {}).items())
    then_subject = f"{subject} with {case}" if case else subject
    then = _compile(found["then"], then_subject, known=known) if "then" in found else None
    otherwise = _compile(found["else"], subject, known=known) if "else" in found else None

    def check(node: Node, walk: Walk) -> None:
        # Where the deciding key is missing, that is reported, and what would follow from it is not known.
        if isinstance(node, Table) and any(key not in node.entries for key in asked):
            return
        branch = then if test(node, walk) else otherwise
        if branch is not None:
            branch(node, walk)

    return check


def _compile_choice(branches: Sequence[Schema], subject: str, *, only_one: bool) -> Check:
    if all(branch.keys() == {"required"} and len(branch["required"]) == 1 for branch in branches):
        return _compile_key_choice([branch["required"][0] for branch in branches], subject, only_one=only_one)
    checks = [_compile(branch, subject) for branch in branches]

    def check(node: Node, walk: Walk) -> None:
        quiet_walks = []
        for branch in checks:
            quiet = Walk(walk.channels)
            branch(node, quiet)
            quiet_walks.append(quiet)
        good = [quiet for quiet in quiet_walks if not quiet.problems]
        if not good:
            # The branch that fits the shape says best what is wrong.
            best = min(quiet_walks, key=lambda quiet: any(problem.code == "CR010" for problem in quiet.problems))
            walk.problems += best.problems
        elif only_one and len(good) > 1:
            walk.add(node.place, "CR015", f"{subject} can be read in two ways")

    return check


def _compile_key_choice(keys: Sequence[str], subject: str, *, only_one: bool) -> Check:
    listed = " or ".join(f"`{key}`" for key in keys)

    def check(node: Node, walk: Walk) -> None:
        if not isinstance(node, Table):
            return
        present = [key for key in keys if key in node.entries]
        if not present:
            near = [name for name in node.entries if name not in _owners() and meant(name, keys)]
            advice = f"is `{near[0]}` meant?" if near else ""
            walk.add(node.place, "CR012", f"{subject} needs {listed}", advice)
        elif only_one and len(present) > 1:
            both = " and ".join(f"`{key}`" for key in present)
            walk.add(node.place_of(present[1]), "CR015", f"{subject} has {both}", "keep one of them")

    return check


def _compile_refusal(found: Schema, subject: str, described: str) -> Check:
    if found.keys() == {"required"} and len(found["required"]) == 1:
        key = found["required"][0]

        def check_key(node: Node, walk: Walk) -> None:
            if isinstance(node, Table) and key in node.entries:
                walk.add(node.place_of(key), "CR015", f"`{key}` does not belong here", described)

        return check_key
    test = _holds(found)

    def check(node: Node, walk: Walk) -> None:
        if test(node, walk):
            walk.add(node.place, "CR015", f"{subject} cannot be this", described)

    return check
