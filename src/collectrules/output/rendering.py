"""A verdict, or the answer to a question, as text and as JSON: the same content twice.

JSON is the dataclasses as they are; `verdict/verdict.schema.json` and `verdict/answer.schema.json` publish it.
Text is for a person at a terminal: the decision first, then every reason, then what would change the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import UNSET, Struct, to_builtins
from msgspec.json import encode
from msgspec.structs import replace

from collectrules.expressions import english
from collectrules.ground.lines import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.ground.errors import InvalidInput
    from collectrules.law.evidence import Evidence, EvidenceEntry
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.findings import RuleOutcome
    from collectrules.verdict.objects import (
        ExploredVerdict,
        Finding,
        LibraryRead,
        OpenFact,
        PluginUsed,
        Question,
        RulesetUsed,
        Test,
    )

_FEW: Final = 1
"""So many rules are named where they are referred to; more are told by their numbers."""
_OF_FILING: Final = ("decision", "action", "at", "findings", "unknown", "obligations", "decision_id")
"""What an answer tells of the verdict on filing; `check` tells the rest."""
_COLOURS: Final[Mapping[str, str]] = {"allow": "\x1b[1;32m", "deny": "\x1b[1;31m", "review": "\x1b[1;33m"}
_PLAIN: Final = "\x1b[0m"


def as_text(verdict: ExploredVerdict, explanation: Sequence[RuleOutcome] | None = None, *, colour: bool = False) -> str:
    """The verdict for a person, at 80 columns, with every line ended. `explanation`: what every rule asked said."""
    lines = [*_head(verdict, colour=colour)]
    for title, block in (
        ("reasons", _reasons(verdict.findings)),
        ("what to ask, in this order", _questions(verdict.questions)),
        ("not known, and it would matter", _unknown(verdict.unknown, verdict.considered)),
        ("what would make it lawful", _alternatives(verdict)),
        ("to be done with it", _obligations(verdict)),
        ("lifted by an exception", _exemptions(verdict)),
        (
            "where the debtor may be",
            _bullets(f"{each.time} in {each.zone}, from {each.origin}" for each in verdict.clocks),
        ),
        ("established", _established(verdict)),
        ("assumed", _assumed(verdict)),
        ("laws that do not bind here", _bullets(verdict.not_bound)),
        ("not encoded", _bullets(verdict.not_encoded)),
        ("stated, and asked for by nothing here", _bullets(verdict.unread)),
        ("rulesets", _rulesets(verdict.rulesets)),
        ("configuration", _bullets([verdict.configuration] if verdict.configuration else [])),
        ("plugins", _plugins(verdict.plugins)),
        (f"rules asked: {len(verdict.considered)}", _considered(verdict)),
        ("what every rule said", _explanation(explanation or ())),
    ):
        if block:
            lines += ["", title, *block]
    lines += ["", *_foot(verdict)]
    return "\n".join(lines) + "\n"


def as_json(verdict: ExploredVerdict, explanation: Sequence[RuleOutcome] | None = None) -> str:
    """The verdict on one line of JSON, valid against `schema()`. `explanation` adds what every rule asked said."""
    plugins: Any = verdict.plugins or UNSET  # a key that is there only where there are plugins
    document: Any = replace(verdict, established=plain(verdict.established), plugins=plugins)
    if explanation is not None:
        document = {**to_builtins(document), "explanation": explanation}
    return encode(document).decode()


def answer_as_text(answer: Answer, before_filing: ExploredVerdict | None = None) -> str:
    """The answer to a question for a person, at 80 columns, with every line ended.

    `before_filing` is the verdict on filing the claim that day, where that was asked too.
    """
    head = "ANSWER" if answer.complete else "OPEN"
    lines = [
        *wrapped(f"{english.words(answer.question)}, {answer.at}", "        ", first=f"{head:6}  "),
        f"case {answer.case}",
    ]
    for title, block in (
        ("answer", _bullets(f"{name}: {shown(value)}" for name, value in answer.values.items())),
        ("how", _steps(answer)),
        ("not known, and it would matter", _bullets(answer.open)),
        ("assumed", _bullets(answer.assumed)),
        ("not encoded", _bullets(answer.not_encoded)),
        ("rulesets", _rulesets(answer.rulesets)),
        ("plugins", _plugins(answer.plugins)),
        ("before you file", _before_filing(before_filing) if before_filing is not None else []),
    ):
        if block:
            lines += ["", title, *block]
    lines += ["", answer.schema, *wrapped(answer.not_legal_advice, "", first="")]
    return "\n".join(lines) + "\n"


def answer_as_json(answer: Answer, before_filing: ExploredVerdict | None = None) -> str:
    """The answer on one line of JSON, valid against `schema("answer")`, with what is to be done before filing."""
    document = plain(answer)
    if not answer.plugins:
        del document["plugins"]
    if before_filing is not None:
        document["before_filing"] = {name: plain(getattr(before_filing, name)) for name in _OF_FILING}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def problems_as_json(error: InvalidInput) -> str:
    """What is wrong with a case, on one line: `{"id", "error": [{"place", "code", "message", "help"}, ...]}`."""
    told = [
        {"place": str(each.place), "code": each.code, "message": each.message, "help": each.help}
        for each in error.problems
    ]
    return json.dumps({"id": error.case, "error": told}, ensure_ascii=False)


def schema(name: Literal["verdict", "answer"] = "verdict") -> dict[str, Any]:
    """The published JSON Schema of a verdict, `collectrules/verdict/v2`, or of an answer, `collectrules/answer/v1`."""
    document: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "verdict" / f"{name}.schema.json").read_text("utf-8")
    )
    return document


def plain(thing: Any) -> Any:  # anything a verdict may hold, as anything JSON may hold
    """Structs, dates, money and enumerations as what JSON has. Raises `TypeError` for anything else."""
    bare = thing.value if isinstance(thing, Enum) else thing
    match bare:
        case None | bool() | int() | str():
            return bare
        case Decimal() | date():  # a date-time is a date too
            return str(thing).replace(" ", "T")
        case Mapping():
            return {str(plain(key)): plain(value) for key, value in thing.items()}
        case Iterable():
            items = [plain(item) for item in thing]
            return sorted(items) if isinstance(thing, AbstractSet) else items
        case Struct():
            return {name: plain(getattr(thing, name)) for name in thing.__struct_fields__}
        case _:
            raise TypeError(f"{type(thing).__name__} has no plain form for JSON")


def _head(verdict: ExploredVerdict, *, colour: bool) -> list[str]:
    decision = verdict.decision.upper()
    if colour:
        decision = coloured(verdict.decision, decision)
    first, *more = wrapped(f"{verdict.action}, {verdict.at}", "", first=f"{' ' * len(verdict.decision)}  ")
    first = f"{decision}{first[len(verdict.decision) :]}"
    named = f"case {verdict.case}" if verdict.case else "a case without an id"
    return [first, *(f"  {line}" for line in more), f"{named} · basis: {english.words(verdict.basis)}"]


def _reasons(findings: Iterable[Finding]) -> list[str]:
    lines: list[str] = []
    for number, finding in enumerate(findings, start=1):
        law = f"{finding.citation} ({finding.jurisdiction})" if finding.citation else finding.jurisdiction
        ruleset = f"{finding.ruleset}, confidence" if finding.ruleset else "confidence"
        lines += [
            *wrapped(finding.rule, first=f"{number:2}  "),
            *wrapped(f"{english.words(finding.strength)}, {finding.outcome}: {finding.decision}"),
            *wrapped(finding.sentence),
            *_labelled("law", law),
            *_labelled("", finding.source),
            *_labelled("until", finding.until or ""),
            *_labelled("ask", finding.question),
            *_evidence(finding.evidence),
            *_tests(finding.tests, " " * 4),
            *_labelled("rule", finding.place),
            *_labelled("", f"{ruleset} {finding.confidence}"),
        ]
    return lines


def _evidence(evidence: Evidence) -> list[str]:
    """The sum first, then each entry."""
    said = []
    window = evidence.get("window")
    if "counted" in evidence:
        said.append(f"{evidence['counted']} counted")
    if window is not None:
        said.append(_window(window["from"], window["to"]))
    if "holiday" in evidence:
        said.append(evidence["holiday"])
    if "limit" in evidence:
        said.append(f"the limit is {evidence['limit']}")
    clocks = evidence.get("clocks", ())
    for clock in clocks:
        where = f" in {clock['zone']}" if "zone" in clock else ""
        origin = f", from {clock['from']}" if "from" in clock else ""
        said.append(f"{clock['time']}{where}{origin}")
    entries = [_entry(entry) for entry in evidence.get("entries", ())]
    lines = _labelled("rests", ", ".join(said)) if said else []
    for entry in entries:
        lines += wrapped(entry, " " * 13, first=" " * 11 if lines else "    rests  ")
    return lines


def _window(first: str, last: str) -> str:
    """Days or hours as text; a single day, and hours of a day that is closed."""
    if first != last:
        return f"from {first} to {last}"
    return "closed" if ":" in first else f"on {first}"


def _entry(entry: EvidenceEntry) -> str:
    """One entry of the history in words: `2026-04-01 10:00 phone outbound no answer, 3 times`."""
    keys: tuple[Literal["day", "time", "event", "channel", "direction", "outcome"], ...]
    keys = ("day", "time", "event", "channel", "direction", "outcome")
    text = " ".join(english.words(entry[key]) for key in keys if key in entry)
    times = f", {entry['times']} times" if "times" in entry else ""
    return f"{entry['id']}: {text}{times}" if "id" in entry else f"{text}{times}"


def _tests(tests: Iterable[Test], indent: str, *, label: str = "tests") -> list[str]:
    """What was asked, each with its answer: a truth before it, any other value behind."""
    lines: list[str] = []
    for test in tests:
        value = shown(test.value)
        said = (
            f"{value:3}  {test.title}"
            if test.value is None or isinstance(test.value, bool)
            else f"     {test.title}: {value}"
        )
        if test.value is None:
            said = f"?    {test.title} (not known)"
        cited = f"{said} [{test.cite}]" if test.cite else said
        head = f"{indent}{label if not lines else '':7}" if label else indent
        lines += wrapped(cited, " " * (len(head) + 5), first=head)
    return lines


def _steps(answer: Answer) -> list[str]:
    """The sentences, those of one block of law together, whose law is told once."""
    lines: list[str] = []
    blocks = groupby(answer.steps, key=lambda step: replace(step, sentence=""))
    for number, (_, found) in enumerate(blocks, start=1):
        step, *more = found
        lines += [
            *wrapped(step.sentence, first=f"{number:2}  "),
            *(line for another in more for line in wrapped(another.sentence)),
            *_labelled("law", step.citation),
            *_labelled("", step.source),
            *_labelled("rule", step.rule),
            *_labelled("", step.place),
            *_labelled("", f"confidence {step.confidence}"),
        ]
    return lines


def _before_filing(verdict: ExploredVerdict) -> list[str]:
    lines = [*wrapped(f"{verdict.decision.upper()}  {verdict.action}, {verdict.at}", "  ", first="  ")]
    lines += _reasons(verdict.findings)
    if verdict.unknown:
        lines += ["    not known, and it would matter", *_unknown(verdict.unknown)]
    if verdict.obligations:
        lines += ["    to be done with it", *_obligations(verdict)]
    return [*lines, *wrapped(f"decision {verdict.decision_id}", "  ", first="  ")]


def _unknown(facts: Iterable[OpenFact], considered: Sequence[str] = ()) -> list[str]:
    lines: list[str] = []
    for fact in facts:
        lines += wrapped(fact.fact, first="  - ")
        for sentence in (fact.question, _asked_by(fact, considered)):
            lines += wrapped(sentence)
    return lines


def _questions(questions: Iterable[Question]) -> list[str]:
    lines: list[str] = []
    for each in questions:
        lines += wrapped(f"{each.name}: {each.question}", first="  - ")
        if each.group:
            lines += wrapped(f"facts  {', '.join(each.facts)}", " " * 11)
        for answer, effect in dict.fromkeys((("yes", each.yes), ("no", each.no))):
            lines += wrapped(f"{answer:5}  {effect}", " " * 11)
    return lines


def _assumed(verdict: ExploredVerdict) -> list[str]:
    """One bullet each, since they may be many."""
    bullets = []
    for fact in verdict.assumed:
        taken = f" = {shown(fact.taken_as)}" if fact.taken_as is not None else ""
        about = "; ".join(filter(None, (fact.question, fact.reason, _asked_by(fact, verdict.considered))))
        bullets.append(f"{fact.fact}{taken} ({about})")
    return _bullets(bullets)


def _asked_by(fact: OpenFact, considered: Sequence[str]) -> str:
    """The rules that ask for a fact: by id, or where they are many by their numbers in the list of rules asked."""
    if len(fact.rules) <= _FEW or not set(fact.rules) <= set(considered):
        return f"asked by {', '.join(fact.rules)}" if fact.rules else ""
    numbers = sorted(considered.index(rule) + 1 for rule in set(fact.rules))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"asked by rules {', '.join(told)} below"


def _alternatives(verdict: ExploredVerdict) -> list[str]:
    lines: list[str] = []
    for alternative in verdict.alternatives:
        moment = f" ({alternative.at})" if alternative.at and alternative.at not in alternative.sentence else ""
        rule = f" [{alternative.rule}]" if alternative.rule else ""
        lines += wrapped(f"{alternative.kind:8} {alternative.sentence}{moment}{rule}", " " * 13, first="  - ")
    return lines


def _obligations(verdict: ExploredVerdict) -> list[str]:
    return _bullets(f"{item.sentence} [{item.rule}: {item.citation}]" for item in verdict.obligations)


def _exemptions(verdict: ExploredVerdict) -> list[str]:
    return _bullets(f"{item.rule}: {item.exception} [{item.citation}]" for item in verdict.exemptions)


def _established(verdict: ExploredVerdict) -> list[str]:
    return _bullets(f"{name}: {shown(value)}" for name, value in verdict.established.items())


def _rulesets(rulesets: Iterable[RulesetUsed]) -> list[str]:
    return _bullets(
        f"{used.id} {used.version} · verified {used.verified}, confidence {used.confidence} · {used.hash}"
        + "".join(f"; uses {_library(library)}" for library in used.uses)
        for used in rulesets
    )


def _library(used: LibraryRead) -> str:
    source = f" ({used.citation})" if used.citation else ""
    return f"{used.id} {used.version}{source} · {used.hash}"


def _plugins(plugins: Iterable[PluginUsed]) -> list[str]:
    return _bullets(
        f"{used.name}: switched off: {used.switched_off}"
        if used.switched_off
        else " ".join(filter(None, (used.name, used.version, "·", used.hash)))
        for used in plugins
    )


def _considered(verdict: ExploredVerdict) -> list[str]:
    def home(rule: str) -> str:
        return rule.rpartition(".")[0]

    lines: list[str] = []
    numbered = enumerate(verdict.considered, start=1)
    for ruleset, rules in groupby(numbered, key=lambda entry: home(entry[1])):
        names = ", ".join(f"{number} {rule.rpartition('.')[2]}" for number, rule in rules)
        lines += wrapped(f"{ruleset}: {names}" if ruleset else names, first="  - ")
    return lines


def _explanation(outcomes: Iterable[RuleOutcome]) -> list[str]:
    lines: list[str] = []
    for outcome in outcomes:
        lines += wrapped(f"{outcome.truth:9} {outcome.rule} [{outcome.citation}]", " " * 12, first="  ")
        lines += wrapped(outcome.title, " " * 12)
        lines += _tests(outcome.tests, " " * 12, label="")
    return lines


def _foot(verdict: ExploredVerdict) -> list[str]:
    return [
        *wrapped(f"engine {verdict.engine} · {verdict.schema}", "  ", first=""),
        *wrapped(f"decision {verdict.decision_id} · valid until {verdict.valid_until}", "  ", first=""),
        *wrapped(verdict.not_legal_advice, "", first=""),
    ]


def _bullets(sentences: Iterable[str]) -> list[str]:
    return [line for sentence in sentences for line in wrapped(sentence, first="  - ")]


def _labelled(label: str, text: str) -> list[str]:
    return wrapped(text, " " * 11, first=f"    {label:7}")


def coloured(decision: str, text: str) -> str:
    """Text in the colour of a decision, for a terminal; what is no decision has none."""
    colour = _COLOURS.get(decision)
    return f"{colour}{text}{_PLAIN}" if colour else text


def _pairs(mapping: Mapping[str, object]) -> str:
    return "; ".join(f"{name}: {shown(value)}" for name, value in mapping.items())


def shown(value: object) -> str:
    """One value in words: what JSON calls null is not known."""
    known = plain(value)
    return _pairs(known) if isinstance(known, dict) else english.shown(known)
