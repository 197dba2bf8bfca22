"""One YAML file, with its parts where it has some, to one `Ruleset`; or every problem of it with its place.

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
| CR132 | a condition that is too large to be decided twice |
| CR140 | the file lies in another place than its id or jurisdiction says |
| CR150 | a library that is not there, or a name that one gives already |
| CR151 | a part of a ruleset that is not there, is another's, or has a name again |
| CR152 | a shared rule that is not there, or that says what only a law can say |
| CR161 | a topic is covered, but no rule of the file speaks of it |
| CR162 | a fact that is declared wrongly, or otherwise by another law that may apply with it |
"""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, get_args

from msgspec.structs import replace

from collectrules.expressions.syntax import Negation
from collectrules.ground import source
from collectrules.ground.nodes import Scalar
from collectrules.law import kept
from collectrules.law.answers import read_answer
from collectrules.law.by_paragraph import contradictions, read_by_paragraph
from collectrules.law.calendars import read_calendars
from collectrules.law.clauses import ClauseReader
from collectrules.law.covers import check_encoded, read_cities, read_covers
from collectrules.law.decidable import check_decidable
from collectrules.law.definitions import check_definitions, read_definitions
from collectrules.law.facts import read_facts
from collectrules.law.files import JURISDICTION, POLICIES, jurisdiction_of, layers
from collectrules.law.keys import Keys, Problems
from collectrules.law.libraries import LibraryDigests, Shared, library_folders, read_uses, with_shared
from collectrules.law.model import NEVER, Clause, Ruleset, Status
from collectrules.law.notices import read_obligation, read_omission, read_reports
from collectrules.law.paragraphs import read_paragraphs
from collectrules.law.parts import no_part, part_texts, with_parts
from collectrules.law.rules import read_rule
from collectrules.law.scope import Head, Verified, read_groups, read_verified
from collectrules.law.shared_rules import with_shared_rules
from collectrules.law.strength import Strength
from collectrules.law.topics import topics_of
from collectrules.law.values import newest_values, plain_table, read_values, with_values
from collectrules.measures.evaluation import Evaluator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from collectrules.ground.cache import Slot
    from collectrules.ground.errors import Place
    from collectrules.ground.nodes import Table
    from collectrules.law.model import Language, Values

_RULESET_ID: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
RULESET_KEYS: Final = (
    "ruleset", "title", "jurisdiction", "also_in", "version", "source", "since", "status", "binds", "verified",
    "verify_by", "values", "covers", "cities", "uses", "facts", "leaves_out", "calendars", "define", "groups", "rules",
    "answers", "obligations", "reports", "example_case", "parts", "paragraphs", "by_paragraph", "note",
)  # fmt: skip
COLLECTIONS_KEYS: Final = (
    "stages", "review_by", "accounts", "runs", "begins", "hand_over", "working_days", "hours", "assumes", "least",
    "evidence", "repeat",
    "intends", "tasks", "reviews", "dispute", "hardship", "promises", "plans", "settlements", "recovery",
)  # fmt: skip
"""The keys of a collections policy, which a file of house rules may hold too; `collectrules.policy` reads them."""
POLICY_KEYS: Final = (
    "policy", "title", "where", "version", "source", "since", "status", "binds", "verified", "verify_by", "values",
    "uses", "calendars", "define", "groups", "rules", "obligations", "example_case", "note", *COLLECTIONS_KEYS,
)  # fmt: skip
BINDS_KEYS: Final = ("when", "cite", "title", "unless", "note")
_ONLY_LAW: Final = "law has it, in a file that begins with `ruleset:`; a house policy only tightens what law allows"
_ONLY_POLICY: Final = "a house policy has it, in a file that begins with `policy:`"
_POLICY_STRENGTHS: Final = (Strength.HOUSE_POLICY, Strength.CIRCUMSTANCES)


def read_ruleset(
    path: Path,
    language: Language,
    *,
    folder: Path | None = None,
    digests: LibraryDigests | None = None,
    not_kept: Callable[[], None] | None = None,
) -> Ruleset:
    """Read a file. With `folder`, its place below it must agree with its id. Raises InvalidInput with all problems.

    `digests` are those of one loading of several files: what was kept of a ruleset is then used where it was read with
    the libraries as they were when the loading came upon them first. `not_kept` is called before a file is read of
    which nothing is kept.
    """
    return _read_file(path, language, folder, digests, not_kept)[0]


def read_with_places(path: Path, language: Language, *, folder: Path | None = None) -> tuple[Ruleset, Table]:
    """The same, and the table of its text, parts joined, in which each thing has its place."""
    ruleset, root = _read_file(path, language, folder)
    if root is None:
        written = source.read_file(path).table("a ruleset")
        root, _, _ = _joined(written, path, language, library_folders(path, folder, language), Problems())
    return ruleset, root


def _read_file(
    path: Path,
    language: Language,
    folder: Path | None,
    digests: LibraryDigests | None = None,
    not_kept: Callable[[], None] | None = None,
) -> tuple[Ruleset, Table | None]:
    """The ruleset of a file, and its table where the text had to be read for it."""
    text = source.file_text(path)
    relative = path.relative_to(folder) if folder else None
    folders = library_folders(path, folder, language)

    def slot(libraries: LibraryDigests) -> Slot | None:
        beside = [
            "\0".join(topics_of(language).by_id) if "covers" in text else "",
            libraries.of(folders) if "uses" in text else "",
            part_texts(path) if "parts" in text else "",
        ]
        return kept.slot(path, relative, text, language, "\0".join(filter(None, beside)))

    place = slot(digests or LibraryDigests())
    root, ruleset = None, kept.load(place, Ruleset)
    if ruleset is None:
        if not_kept is not None:
            not_kept()
        ruleset, root = parse_with_places(text, str(path), language, relative=relative, folders=folders)
        kept.keep(place, slot(LibraryDigests()), ruleset)
    return ruleset, root


def parse_with_places(
    text: str, path: str, language: Language, *, relative: Path | None = None, folders: Sequence[Path] = ()
) -> tuple[Ruleset, Table]:
    """The ruleset of a text, and the table of the text, with its parts and with what it takes up of libraries.

    Raises InvalidInput with every problem of it.
    """
    root = source.read(text, path).table("a ruleset")
    problems = Problems()
    is_policy = "policy" in root
    no_part(root)
    root, parts, shared = _joined(root, Path(path), language, folders, problems)
    if is_policy:
        keys = Keys(problems, root, "a house policy", POLICY_KEYS, RULESET_KEYS, _ONLY_LAW)
    else:
        keys = Keys(problems, root, "a ruleset", RULESET_KEYS, POLICY_KEYS, _ONLY_POLICY)
    ruleset = _read(keys, "\0".join((text, *chain.from_iterable(parts))), language, relative, shared)
    problems.refuse()
    return ruleset, root


def _joined(
    root: Table, path: Path, language: Language, folders: Sequence[Path], problems: Problems
) -> tuple[Table, tuple[tuple[str, str], ...], Shared]:
    """A main file with its parts and what it takes up of libraries; the texts of the parts; what libraries hold."""
    root, parts = with_parts(root, path, problems)
    shared = read_uses(Keys(problems, root, "a ruleset", root.entries), language, folders)
    return with_shared_rules(root, shared.rules, problems), parts, shared


def _read(keys: Keys, text: str, language: Language, relative: Path | None, shared: Shared) -> Ruleset:
    own_facts = read_facts(keys, keys.text("ruleset"), language, shared.definitions)
    facts = with_shared(keys, "facts", shared.facts, own_facts)
    own = read_definitions(keys, language, facts)
    calendars = with_shared(keys, "calendars", shared.calendars, read_calendars(keys, shared.calendars))
    values = with_shared(keys, "values", shared.values, read_values(keys))
    definitions = with_shared(keys, "define", shared.definitions, own)
    head = _policy_head(keys, values) if "policy" in keys.table else _head(keys, values)
    _check_place(keys, head, relative)
    checker = language.checker(with_values(definitions, head.newest), calendars, tuple(facts.values()))
    check_definitions(keys, checker, own)
    clauses = ClauseReader(keys.problems, language, checker)
    binds, binds_unless = _binds(keys, head, clauses)
    head = replace(head, groups=read_groups(keys, head, clauses))
    items = tuple(keys.items_of("rules"))
    rules = tuple(read_rule(keys, item, head, clauses) for item in items)
    for rule, item in zip(rules, items, strict=True) if "policy" in keys.table else ():
        named = item.get("strength")  # one that is missing or unknown is told already
        is_stated = isinstance(named, Scalar) and named.text == rule.strength
        if is_stated and rule.strength not in _POLICY_STRENGTHS and rule.kind != "permission":
            message = f"the rule `{rule.id}` of a house policy is no law: `{rule.strength}`"
            keys.problems.add(rule.place, "CR103", message, f"strength: {' or '.join(_POLICY_STRENGTHS)}")
    answers = tuple(read_answer(keys, item, head, clauses) for item in keys.items_of("answers"))
    if not any(key in keys.table for key in ("rules", "answers", "stages")):
        help_ = "a `permission` for law that forbids nothing"
        keys.problems.add(keys.table.place, "CR100", "a ruleset has no `rules`", help_)
    _check_unique(keys.problems, "rule", ((rule.id, rule.place) for rule in rules))
    _check_unique(keys.problems, "block", ((block.id, block.place) for block in answers))
    if not keys.problems.all:
        check_decidable(keys.problems, Evaluator(checker), values, rules, (binds, binds_unless))
    bound = () if binds is None else (binds.condition, *(Negation(clause.condition) for clause in binds_unless))
    example_case = keys.table_of("example_case")
    ruleset = Ruleset(
        id=head.ruleset,
        title=keys.text("title", required=True),
        jurisdiction=head.jurisdiction,
        version=keys.text("version", required=True),
        source=head.source,
        since=head.since,
        status=_status(keys),
        values=values,
        binds=binds,
        binds_unless=binds_unless,
        verified=head.verified.day,
        confidence=head.verified.confidence,
        verify_by=head.verify_by,
        covers=read_covers(keys, head, clauses) if head.jurisdiction else (),
        cities=read_cities(keys, head.jurisdiction),
        definitions=definitions,
        calendars=calendars,
        rules=rules,
        answers=answers,
        obligations=tuple(read_obligation(keys, item, head, clauses) for item in keys.items_of("obligations")),
        reports=tuple(read_reports(keys, head, clauses, rules, bound)),
        omissions=tuple(read_omission(keys, item, head, clauses) for item in keys.items_of("leaves_out")),
        uses=shared.used,
        also_in=_also_in(keys, head),
        example_case=plain_table(example_case) if example_case else {},
        hash=sha256(text.encode()).hexdigest(),
        where=_where(keys) if "policy" in keys.table else None,
        place=keys.table.place,
        facts=tuple(facts.values()),
        parts=keys.words("parts"),
        paragraphs=read_paragraphs(keys),
        by_paragraph=read_by_paragraph(keys),
        folder=_folder(keys.table.place, relative),
    )
    if not keys.problems.all:
        check_encoded(ruleset, language, keys.problems)
        for name in contradictions(ruleset.by_paragraph, ruleset.citations) if ruleset.by_paragraph is not None else ():
            message = f"the paragraph `{name}` is listed as if nothing encoded it, and is cited"
            keys.problem("by_paragraph", "CR102", message, "take it out of the list")
    return ruleset


def _folder(place: Place, relative: Path | None) -> str:
    """The folder in which a file lies at its relative place; empty where that is not known."""
    return str(PurePath(place.path).parents[len(relative.parts) - 1]) if relative is not None else ""


def _head(keys: Keys, values: Values) -> Head:
    ruleset_id = keys.text("ruleset", required=True)
    if ruleset_id and not _RULESET_ID.fullmatch(ruleset_id):
        keys.problem("ruleset", "CR112", f"`{ruleset_id}` is no ruleset id", "words joined by dots")
    jurisdiction = keys.text("jurisdiction", required=True)
    if jurisdiction and not JURISDICTION.fullmatch(jurisdiction):
        keys.problem("jurisdiction", "CR102", f"`{jurisdiction}` is no jurisdiction", "for example US, US-TX, FR")
    verified = read_verified(keys)
    if verified is None:
        help_ = "{date, against, confidence: high|medium|low}"
        keys.problems.add(keys.table.place, "CR100", f"{keys.what} has no `verified`", help_)
    return Head(
        ruleset=ruleset_id,
        jurisdiction=jurisdiction,
        source=keys.text("source", required=True),
        since=keys.day("since", required=True),
        verified=verified or Verified("", "low", from_memory=False),
        verify_by=keys.day("verify_by", required=True),
        values=values,
        newest=newest_values(values),
    )


def _policy_head(keys: Keys, values: Values) -> Head:
    """The head of a house policy, which has no jurisdiction, and whose source is the house."""
    policy_id = keys.text("policy", required=True)
    if policy_id and not _RULESET_ID.fullmatch(policy_id):
        keys.problem("policy", "CR112", f"`{policy_id}` is no policy id", "words joined by dots")
    since = keys.day("since", required=True)
    verified = read_verified(keys) or Verified(_day_text(since), "high", from_memory=False)
    return Head(
        ruleset=policy_id,
        jurisdiction="",
        source=keys.text("source") or "house policy",
        since=since,
        verified=verified,
        verify_by=keys.day("verify_by", default=NEVER),
        values=values,
        newest=newest_values(values),
    )


def _day_text(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _where(keys: Keys) -> tuple[str, ...]:
    """The places where a house policy binds."""
    places = keys.words("where")
    for place in places:
        if not JURISDICTION.fullmatch(place):
            keys.problem("where", "CR102", f"`{place}` is no jurisdiction", "for example US, US-TX, FR")
    return places


def _check_place(keys: Keys, head: Head, relative: Path | None) -> None:
    """A file is found by its place: that must be the one which its id and its jurisdiction say."""
    if relative is None:
        return
    is_policy = "policy" in keys.table
    if is_policy != (relative.parts[0] == POLICIES):
        what, key = ("house policy", "policy") if is_policy else ("ruleset", "ruleset")
        there = f"`{POLICIES}/`" if is_policy else "the folder of its country"
        keys.problem(key, "CR140", f"a {what} lies at {relative.as_posix()}", f"move it to {there}")
        return
    if head.ruleset and ".".join(relative.with_suffix("").parts) != head.ruleset:
        wanted = "/".join(head.ruleset.split(".")) + ".yaml"
        message = f"`{head.ruleset}` lies at {relative.as_posix()}"
        key = "policy" if is_policy else "ruleset"
        keys.problem(key, "CR140", message, f"move it to {wanted}, or mend `{key}:`")
    if head.jurisdiction and jurisdiction_of(relative) != head.jurisdiction:
        there = jurisdiction_of(relative) or "no jurisdiction"
        message = f"{relative.as_posix()} is a place for {there}, not for {head.jurisdiction}"
        keys.problem("jurisdiction", "CR140", message, "move the file, or mend `jurisdiction:`")


def _also_in(keys: Keys, head: Head) -> tuple[str, ...]:
    """The other jurisdictions of the country that have the same law; none that is a part of another one named."""
    codes = keys.words("also_in")
    for number, code in enumerate(codes):
        if not JURISDICTION.fullmatch(code):
            keys.problem("also_in", "CR102", f"`{code}` is no jurisdiction", "for example GB-WLS")
        elif code.partition("-")[0] != head.jurisdiction.partition("-")[0]:
            message = f"`{code}` lies in another country than {head.jurisdiction}"
            keys.problem("also_in", "CR140", message, "the law of another country has a file of its own")
        elif any(code in layers(other) or other in layers(code) for other in (head.jurisdiction, *codes[:number])):
            message = f"`{code}` has this law already, or a part of it has"
            keys.problem("also_in", "CR140", message, "name jurisdictions that lie beside each other")
    return codes


def _status(keys: Keys) -> Status:
    status = keys.text("status") or "in_force"
    if status not in get_args(Status):
        keys.problem("status", "CR103", f"`{status}` is no status", "in_force, draft or pending")
    return status  # type: ignore[return-value]


def _binds(keys: Keys, head: Head, clauses: ClauseReader) -> tuple[Clause | None, tuple[Clause, ...]]:
    """Whom the file binds, and who is left out."""
    table = keys.table_of("binds")
    if table is None:
        return None, ()
    inner = keys.inner(table, "`binds`", BINDS_KEYS)
    return clauses.one(inner, "when", head.newest), clauses.several(inner, "unless", head.newest)


def _check_unique(problems: Problems, what: str, names: Iterable[tuple[str, Place]]) -> None:
    seen: dict[str, Place] = {}
    for name, place in names:
        if name in seen and name:
            problems.add(place, "CR112", f"there is a {what} `{name}` already, at {seen[name]}")
        seen.setdefault(name, place)
