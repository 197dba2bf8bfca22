"""The verdict: what is answered before somebody acts on an unpaid debt. Published as `collectrules/verdict/v1`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.law.strength import Decision, Strength

SCHEMA = "collectrules/verdict/v1"
NOT_ADVICE = "Not legal advice. An allow says that no encoded rule forbids the act, not that the act is compliant."


class _Deferred:
    """A frozen object some of whose fields are worked out when they are first read."""

    __slots__ = ("_later",)

    @classmethod
    def deferred(cls, known: Mapping[str, Any], later: Mapping[str, Callable[[], Any]]) -> Self:
        """An object whose fields are `known`, or come `later` from a function; the rest have their defaults."""
        made = object.__new__(cls)
        for name, value in known.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_later", later)
        return made

    def __getattr__(self, name: str) -> Any:
        """Work out a field that was not known when the object was made."""
        if name != "_later" and (make := getattr(self, "_later", {}).get(name)) is not None:
            value = make()
            object.__setattr__(self, name, value)
            return value
        for each in fields(self):  # type: ignore[arg-type]  # subclasses are dataclasses
            if each.name == name and isinstance(each.default, str | tuple | type(None)):
                return each.default
        raise AttributeError(name)


@dataclass(frozen=True, slots=True)
class Finding(_Deferred):
    """One rule that speaks: it is breached, or whether it is breached cannot be known."""

    rule: str
    ruleset: str
    jurisdiction: str
    strength: Strength
    outcome: Literal["breached", "unknown"]
    decision: Decision
    citation: str
    source: str
    sentence: str
    facts: Mapping[str, object]
    place: str
    until: str | None = None
    """ISO 8601: the earliest moment from which the rule no longer speaks, all else equal; None where there is none."""
    question: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that would speak, and the exception that lifts it."""

    rule: str
    exception: str
    citation: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something that must be done together with the act, or after it."""

    rule: str
    sentence: str
    citation: str


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that is not known and would matter, or one that was taken for granted (then `taken_as` says how)."""

    fact: str
    question: str
    rules: tuple[str, ...]
    taken_as: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that would make the act lawful. `kind`: wait, fact, channel, consent or change."""

    kind: Literal["wait", "fact", "channel", "consent", "change"]
    sentence: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class RulesetUsed:
    """One ruleset that was asked: its version, the hash of its text, and when its law was last verified."""

    id: str
    version: str
    hash: str
    verified: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Verdict(_Deferred):
    """The whole answer for one action. Text and JSON are made from this and never differ in content."""

    decision: Decision
    basis: str
    case: str
    action: str
    at: str
    findings: tuple[Finding, ...]
    exemptions: tuple[Exemption, ...]
    obligations: tuple[Obligation, ...]
    unknown: tuple[OpenFact, ...]
    assumed: tuple[OpenFact, ...]
    alternatives: tuple[Alternative, ...]
    established: Mapping[str, object]
    """What the rulesets report beside the decision: `count_after`, `is_communication`, `validation_period_ends`, ..."""
    not_encoded: tuple[str, ...]
    rulesets: tuple[RulesetUsed, ...]
    engine: str
    decision_id: str
    valid_until: str
    considered: tuple[str, ...] = field(default=())
    """The id of every rule that was asked, in order."""
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE
