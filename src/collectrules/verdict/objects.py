"""The verdict: what is answered before somebody acts on an unpaid debt. Published as `collectrules/verdict/v2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import UNSET, Struct, UnsetType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.evidence import Evidence
    from collectrules.law.model import Ruleset
    from collectrules.law.strength import Decision, Strength

SCHEMA = "collectrules/verdict/v2"
NOT_ADVICE = "Not legal advice. An allow says that no encoded rule forbids the act, not that the act is compliant."


class Test(Struct, frozen=True):
    """Something that a rule asked: a fact, a definition or a query, and its value (None: not known)."""

    __test__ = False  # for pytest, which collects classes of such a name

    name: str
    """Of a fact the dotted name, of a definition its name, of a query its text in the ruleset."""
    title: str
    """The same in English."""
    value: object
    """A value of JSON."""
    cite: str
    """The law of the definition, else of the rule or exception that asks."""


class Finding(Struct, frozen=True):
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
    evidence: Evidence
    """The entries that were counted, the limit, the window: what applies. Empty where the tests say it all."""
    tests: tuple[Test, ...]
    """What decided, none of which can be left out; where the outcome is unknown, what keeps it so."""
    place: str
    """Of the rule, told from its folder of rulesets: `us/ma.yaml:179:5`."""
    until: str | None = None
    """ISO 8601: the first moment at which the rule falls silent, all else equal; None where there is none.

    Searched for by `Advisor.explore`; None in a verdict that was only checked.
    """
    question: str = ""
    confidence: str = "high"


class Exemption(Struct, frozen=True):
    """A rule that would speak, and the exception that lifts it."""

    rule: str
    exception: str
    citation: str


class Obligation(Struct, frozen=True):
    """Something that must be done together with the act, or after it."""

    rule: str
    sentence: str
    citation: str


class OpenFact(Struct, frozen=True):
    """A fact that is not known and would matter, or one that was taken for granted (then `taken_as` says how)."""

    fact: str
    question: str
    rules: tuple[str, ...]
    taken_as: object = None
    """The value, words of a list as a tuple; None where it was not taken as anything."""
    reason: str = ""
    group: str = ""
    """The group of the record to which it belongs; empty where it is of none."""


class Question(Struct, frozen=True):
    """Something to find out: one fact, or a group of the record of which several facts are open."""

    group: str
    """The group that it is about as a whole; empty for a single fact."""
    question: str
    facts: tuple[str, ...]
    """Their names, as `unknown` has them."""
    yes: str
    """What a yes does to the answer; of a fact that is no yes or no, what any answer does."""
    no: str

    @property
    def name(self) -> str:
        """The group, or the fact."""
        return self.group or self.facts[0]


class Alternative(Struct, frozen=True):
    """Something that would make the act lawful. `kind`: wait, fact, channel, consent or change."""

    kind: Literal["wait", "fact", "channel", "consent", "change"]
    sentence: str
    at: str | None = None
    rule: str = ""
    """The rule that it answers; empty where it makes the whole act lawful."""
    channel: str = ""
    """The other channel; empty for all but those of the kind `channel`."""


class Act(Struct, frozen=True):
    """What was asked about, in the words of a case: what is done, how (empty: not stated), and to whom."""

    kind: str
    channel: str = ""
    to: str = ""


class LocalTime(Struct, frozen=True):
    """The time of the act on the clock of one zone in which the debtor may be."""

    zone: str
    time: str
    """`20:30`."""
    origin: str
    """What points to the zone: `the case`, `the address` or `the number`."""


class LibraryRead(Struct, frozen=True):
    """One library that a ruleset uses: its version, and the hash of its text."""

    id: str
    version: str
    hash: str
    citation: str = ""
    """Where its values are from; empty where it has none."""


class RulesetUsed(Struct, frozen=True):
    """One ruleset that was asked: its version, the hash of its text, and when its law was last verified."""

    id: str
    version: str
    hash: str
    verified: str
    confidence: str
    uses: tuple[LibraryRead, ...] = ()


class PluginUsed(Struct, frozen=True):
    """One package of plugins that took part, or that was switched off."""

    name: str
    version: str
    hash: str
    """`sha256:` of all its files; empty where it was switched off and never looked at."""
    switched_off: str = ""
    """Why it was left out; empty where it took part."""


def switched_off(plugins: Iterable[PluginUsed]) -> tuple[str, ...] | UnsetType:
    """The names of those that were left out; unset where none was."""
    return tuple([used.name for used in plugins if used.switched_off]) or UNSET


def ruleset_used(ruleset: Ruleset) -> RulesetUsed:
    """What a verdict or an answer tells of a ruleset that was asked."""
    return RulesetUsed(
        ruleset.id,
        ruleset.version,
        f"sha256:{ruleset.hash}",
        ruleset.verified,
        ruleset.confidence,
        tuple([LibraryRead(used.id, used.version, used.hash, used.citation) for used in ruleset.uses]),
    )


class Verdict(Struct, frozen=True, kw_only=True):
    """The answer for one action, and every reason for it."""

    decision: Decision
    basis: str
    case: str
    action: str
    """The act in a few words."""
    act: Act
    at: str
    findings: tuple[Finding, ...]
    exemptions: tuple[Exemption, ...]
    obligations: tuple[Obligation, ...]
    established: Mapping[str, object]
    """What the rulesets report beside the decision: `count_after`, `is_communication`, `validation_period_ends`, ..."""
    not_encoded: tuple[str, ...]
    rulesets: tuple[RulesetUsed, ...]
    engine: str
    decision_id: str
    clocks: tuple[LocalTime, ...] = ()
    """Each zone in which the debtor may be; empty where none is known, or the act has no time of day."""
    not_bound: tuple[str, ...] = ()
    """Each law that was asked and does not bind these parties, with whom it binds, or what leaves them out."""
    configuration: str = ""
    """The company's file that was read, its name and hash; empty where there is none."""
    considered: tuple[str, ...] = ()
    """The id of every rule that was asked, in order."""
    plugins: tuple[PluginUsed, ...] = ()
    """The packages of plugins that took part, and those that were switched off."""
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE


class ExploredVerdict(Verdict, frozen=True, kw_only=True):
    """The whole answer: beside the reasons, what took a search. Text and JSON are made from this, with one content."""

    unknown: tuple[OpenFact, ...]
    """The facts of the questions, in their order."""
    assumed: tuple[OpenFact, ...]
    alternatives: tuple[Alternative, ...]
    valid_until: str
    questions: tuple[Question, ...] = ()
    """What to ask, in the order in which it helps."""
    unread: tuple[str, ...] = ()
    """Stated facts for which nothing here asked, by their dotted names."""


class Brief(Struct, frozen=True):
    """The least of an answer: its fields are the keys of `check --brief --json`."""

    id: str
    decision: str
    """Of a question `answer`, or `open`."""
    rule: str
    """The first that speaks, else what kind of ground it is; of a question the first block of law that was used."""
    citation: str
    next: str | None = None
    """The next moment (ISO 8601) at which the act is lawful, all else equal; None where none was found."""
    gap: str | UnsetType = UNSET
    """Where `rule` is `coverage_gap`: the place and the first topic that was not read; else not there."""
    without_plugins: tuple[str, ...] | UnsetType = UNSET
    """The plugins that were switched off; not there where none was."""
