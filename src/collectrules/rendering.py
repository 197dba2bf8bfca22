"""A verdict as text and as JSON: the same content twice.

JSON is the dataclasses of `collectrules.verdict` as they are; `verdict.schema.json` beside this file publishes it.
Text is for a person at a terminal: the decision first, then every reason, then what would change the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib.resources import files
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.verdict import Decision, Finding, OpenFact, Verdict

WIDTH: Final = 80
"""Columns of the text. A word that is longer, such as an address on the web, stands alone on its line."""

_COLOURS: Final[Mapping[Decision, str]] = {"allow": "\x1b[1;32m", "deny": "\x1b[1;31m", "review": "\x1b[1;33m"}
_PLAIN: Final = "\x1b[0m"


class Outcome(Protocol):
    """What one rule that was asked had to say."""

    @property
    def rule(self) -> str:
        """The rule's id."""

    @property
    def truth(self) -> str:
        """One of `breached`, `kept`, `unknown`, `lifted`, `not bound`."""

    @property
    def citation(self) -> str:
        """The law."""

    @property
    def title(self) -> str:
        """What the rule says, in a few words."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What it was decided on."""


def as_text(verdict: Verdict, explanation: Sequence[Outcome] | None = None, *, colour: bool = False) -> str:
    """The verdict for a person, at 80 columns, with every line ended. `explanation`: what every rule asked said."""
    lines = [*_head(verdict, colour=colour)]
    for title, block in (
        ("reasons", _reasons(verdict.findings)),
        ("not known, and it would matter", _open_facts(verdict.unknown)),
        ("assumed", _open_facts(verdict.assumed)),
        ("what would make it lawful", _alternatives(verdict)),
        ("to be done with it", _obligations(verdict)),
        ("lifted by an exception", _exemptions(verdict)),
        ("established", _established(verdict)),
        ("not encoded", _bullets(verdict.not_encoded)),
        ("rulesets", _rulesets(verdict)),
        (f"rules asked: {len(verdict.considered)}", _considered(verdict)),
        ("what every rule said", _explanation(explanation or ())),
    ):
        if block:
            lines += ["", title, *block]
    lines += ["", *_foot(verdict)]
    return "\n".join(lines) + "\n"


def as_json(verdict: Verdict, explanation: Sequence[Outcome] | None = None) -> str:
    """The verdict on one line of JSON, valid against `schema()`. `explanation` adds what every rule asked said."""
    document = plain(verdict)
    if explanation is not None:
        document["explanation"] = [
            {
                "rule": outcome.rule,
                "truth": outcome.truth,
                "citation": outcome.citation,
                "title": outcome.title,
                "facts": plain(outcome.facts),
            }
            for outcome in explanation
        ]
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def schema() -> dict[str, Any]:
    """The published JSON Schema of a verdict, `collectrules/verdict/v1`."""
    document: dict[str, Any] = json.loads((files("collectrules") / "verdict.schema.json").read_text("utf-8"))
    return document


def plain(thing: Any) -> Any:  # noqa: ANN401  # anything a verdict may hold, as anything JSON may hold
    """Dataclasses, dates, money and enumerations as what JSON has. Raises `TypeError` for what has no plain form."""
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
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
        case _:
            raise TypeError(f"{type(thing).__name__} has no plain form for JSON")


def _head(verdict: Verdict, *, colour: bool) -> list[str]:
    decision = verdict.decision.upper()
    if colour:
        decision = f"{_COLOURS[verdict.decision]}{decision}{_PLAIN}"
    first, *more = _wrapped(f"{verdict.action}, {verdict.at}", "", first=f"{' ' * len(verdict.decision)}  ")
    first = f"{decision}{first[len(verdict.decision) :]}"
    return [first, *(f"  {line}" for line in more), f"case {verdict.case} · basis: {_words(verdict.basis)}"]


def _reasons(findings: Iterable[Finding]) -> list[str]:
    lines: list[str] = []
    for number, finding in enumerate(findings, start=1):
        label = f"{_words(finding.strength)}, {finding.outcome}: {finding.decision}"
        lines += _wrapped(f"{finding.rule}  {label}", "    ", first=f"{number:2}  ")
        lines += _wrapped(finding.sentence)
        lines += _wrapped(f"law    {finding.citation} ({finding.jurisdiction})", "           ", first="    ")
        lines += _wrapped(finding.source, "           ")
        if finding.until:
            lines.append(f"    until  {finding.until}")
        if finding.question:
            lines += _wrapped(f"ask    {finding.question}", "           ", first="    ")
        if finding.facts:
            lines += _wrapped(f"facts  {_pairs(finding.facts)}", "           ", first="    ")
        lines += _wrapped(
            f"rule   {finding.place} in {finding.ruleset}, confidence {finding.confidence}", "           ", first="    "
        )
    return lines


def _open_facts(facts: Iterable[OpenFact]) -> list[str]:
    lines: list[str] = []
    for fact in facts:
        taken = f" = {fact.taken_as}" if fact.taken_as is not None else ""
        lines += _wrapped(f"{fact.fact}{taken}", first="  - ")
        for sentence in (fact.question, fact.reason):
            lines += _wrapped(sentence)
        if fact.rules:
            lines += _wrapped(f"asked by {', '.join(fact.rules)}")
    return lines


def _alternatives(verdict: Verdict) -> list[str]:
    lines: list[str] = []
    for alternative in verdict.alternatives:
        moment = f" ({alternative.at})" if alternative.at else ""
        lines += _wrapped(f"{alternative.kind:8} {alternative.sentence}{moment}", " " * 13, first="  - ")
    return lines


def _obligations(verdict: Verdict) -> list[str]:
    return _bullets(f"{item.sentence} [{item.rule}: {item.citation}]" for item in verdict.obligations)


def _exemptions(verdict: Verdict) -> list[str]:
    return _bullets(f"{item.rule}: {item.exception} [{item.citation}]" for item in verdict.exemptions)


def _established(verdict: Verdict) -> list[str]:
    return _bullets(f"{name}: {_value(value)}" for name, value in verdict.established.items())


def _rulesets(verdict: Verdict) -> list[str]:
    return _bullets(
        f"{used.id} {used.version} · verified {used.verified}, confidence {used.confidence} · {used.hash}"
        for used in verdict.rulesets
    )


def _considered(verdict: Verdict) -> list[str]:
    def home(rule: str) -> str:
        return rule.rpartition(".")[0]

    lines: list[str] = []
    for ruleset, rules in groupby(verdict.considered, key=home):
        names = ", ".join(rule.rpartition(".")[2] for rule in rules)
        lines += _wrapped(f"{ruleset}: {names}" if ruleset else names, first="  - ")
    return lines


def _explanation(outcomes: Iterable[Outcome]) -> list[str]:
    lines: list[str] = []
    for outcome in outcomes:
        lines += _wrapped(f"{outcome.truth:9} {outcome.rule} [{outcome.citation}]", " " * 12, first="  ")
        lines += _wrapped(outcome.title, " " * 12)
        lines += _wrapped(_pairs(outcome.facts), " " * 12)
    return lines


def _foot(verdict: Verdict) -> list[str]:
    return [
        *_wrapped(f"engine {verdict.engine} · {verdict.schema}", "  ", first=""),
        *_wrapped(f"decision {verdict.decision_id} · valid until {verdict.valid_until}", "  ", first=""),
        *_wrapped(verdict.not_legal_advice, "", first=""),
    ]


def _bullets(sentences: Iterable[str]) -> list[str]:
    return [line for sentence in sentences for line in _wrapped(sentence, first="  - ")]


def _wrapped(text: str, indent: str = "    ", *, first: str | None = None) -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _words(name: str) -> str:
    return name.replace("_", " ")


def _pairs(mapping: Mapping[str, object]) -> str:
    return "; ".join(f"{name}: {_value(value)}" for name, value in mapping.items())


def _value(value: object) -> str:
    """One value in words: what JSON calls null is not known."""
    match plain(value):
        case None:
            return "not known"
        case bool(truth):
            return "yes" if truth else "no"
        case list(items):
            return ", ".join(_value(item) for item in items) or "none"
        case dict(entries):
            return _pairs(entries)
        case other:
            return str(other)
