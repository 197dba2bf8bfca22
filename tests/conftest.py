"""Laws of a country that does not exist, and cases put to them: the ground on which the core is tested."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

import hypothesis
import pytest

from collectrules.advisor import Advisor
from collectrules.case.law_facts import LawFact
from collectrules.case.reading import case_from_mapping
from collectrules.case.vocabulary import catalogue
from collectrules.expressions.checking import Checker
from collectrules.expressions.syntax import Definition, Subject, parse
from collectrules.ground.errors import InvalidInput, Place
from collectrules.law.reader import parse_with_places
from collectrules.law.rulebook import Rulebook
from collectrules.measures.context import Context
from collectrules.measures.evaluation import Evaluator
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.expressions.syntax import Expression, SubjectType
    from collectrules.law.model import Language, Ruleset
    from collectrules.measures.fields import Mode
    from collectrules.plugins.loading import Plugins
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.outcomes import Outcome


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep nothing in the user's cache folder, and find nothing there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLLECTRULES_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")  # how long a test takes is no part of what it shows

FACTS: Final = tuple(
    LawFact(
        name,
        (owner,),
        kind,
        words,
        several=False,
        absent="none",
        title=name,
        ask=name,
        declared_by="x",
        place=Place("x"),
    )
    for name, owner, kind, words in (
        ("visible_to", "action", "", ("contacts",)),
        ("accepted_on", "action", "date", ()),
        ("notice_on", "action", "date", ()),
        ("opt_out_by", "event", "date", ()),
    )
)
"""Facts that a law declares: what expressions by themselves may read beside the words of every case."""
NO_SUBJECTS: Final[Mapping[str, SubjectType]] = {}
TODAY: Final = date(2026, 6, 1)
BASE: Final[Mapping[str, Any]] = {
    "jurisdiction": "US",
    "record": "complete",
    "collector": {"role": "third_party"},
    "debts": [{"id": "A", "kind": "consumer"}],
    "debtor": {"time_zone": "America/New_York"},
    "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"},
}
HEAD: Final = """\
ruleset: {name}
title: a law of a test
jurisdiction: {jurisdiction}
version: '1'
source: https://law.example/1
since: {since}
verified: {{date: 2026-01-01, against: the text, confidence: high}}
verify_by: {verify_by}
{more}
rules:
"""
RULE: Final = """\
  - id: {name}
    title: {name} of a test
    cite: Law 1
    governs: {{kind: contact}}
{body}
    examples:
      - {{story: kept, action: {{kind: contact, at: 2026-04-08}}, expect: allow}}
      - {{story: breached, action: {{kind: contact, at: 2026-04-08}}, expect: deny}}
"""
QUIET_POLICY: Final = """
policy: house.quiet
title: no calls after seven
version: '3'
since: 2026-01-01
example_case: {jurisdiction: US, collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
rules:
  - id: quiet
    title: no calls after seven
    cite: house manual 4.2
    strength: house_policy
    governs: {kind: contact, channel: phone}
    when: outside_hours(action, 08:00, 19:00)
    examples:
      - {story: at noon, action: {kind: contact, channel: phone, at: 2026-03-02T12:00}, expect: allow}
      - {story: at eight, action: {kind: contact, channel: phone, at: 2026-03-02T20:00}, expect: deny}
"""
"""A house policy of one rule, in a file of its own."""


def merged(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The usual case with some keys changed; a value of None takes a key away, and objects are changed key by key."""
    made = dict(BASE)
    for key, value in changes.items():
        old = made.get(key)
        made[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        if isinstance(made[key], dict):
            made[key] = {name: inner for name, inner in made[key].items() if inner is not None}
    return {key: value for key, value in made.items() if value is not None}


@dataclass(repr=False)
class Law:
    """Everything that a test asks of the core."""

    loaded: Plugins
    language: Language
    definitions: dict[str, Definition] = field(default_factory=dict)
    calendars: dict[str, object] = field(default_factory=dict)

    def case(self, **changes: Any) -> Case:
        return case_from_mapping(merged(changes), channels=tuple(self.loaded.channels))

    def define(
        self, name: str, text: str, *, of_contact: bool = False, of: Mapping[str, SubjectType] = NO_SUBJECTS
    ) -> None:
        subjects: Mapping[str, SubjectType] = {"this": "contact"} if of_contact else of
        self.definitions[name] = Definition(name, name, parse(text), tuple(starmap(Subject, subjects.items())))

    @staticmethod
    def parse(text: str) -> Expression:
        return parse(text)

    @staticmethod
    def changed(case: Case, history: tuple[Any, ...], zone: str | None) -> Case:
        """The case with another history, as objects, and another zone of the debtor."""
        assert case.debtor is not None
        return replace(case, history=history, debtor=replace(case.debtor, time_zone=zone))

    def checker(self) -> Checker:
        return Checker(
            catalogue(FACTS),
            self.language.functions,
            self.definitions,
            self.calendars,
            frozenset(self.language.channels),
        )

    def evaluator(self) -> Evaluator:
        return Evaluator(self.checker())

    def value(self, text: str, mode: Mode = "if_complete", **changes: Any) -> Any:
        """What an expression gives for a case: with what is settled, or with what is known whatever is missing."""
        context = Context(self.case(**changes), self.loaded.channels)
        if mode != "if_complete":
            context = context.opened()
        return self.evaluator().function(parse(text), mode)(context)

    def rule(self, body: str, name: str = "one") -> str:
        lines = [f"    {line}" for line in body.strip("\n").splitlines()]
        if not any(line.strip().startswith("strength:") for line in lines):
            lines.append("    strength: prohibition")
        return RULE.format(name=name, body="\n".join(lines))

    def ruleset(
        self, *rules: str, name: str = "us.law", jurisdiction: str = "US", more: str = "", **head: str
    ) -> Ruleset:
        settings = {"since": "2020-01-01", "verify_by": "2027-01-01", **head}
        text = HEAD.format(name=name, jurisdiction=jurisdiction, more=more, **settings)
        bodies = [rule if rule.startswith("  - id:") else self.rule(rule) for rule in rules]
        folders = self.language.library_folders
        return parse_with_places(text + "".join(bodies), f"{name}.yaml", self.language, folders=folders)[0]

    def problems(self, *rules: str, **head: str) -> list[str]:
        """What is wrong with such a ruleset, without the places."""
        with pytest.raises(InvalidInput) as caught:
            self.ruleset(*rules, **head)
        return [f"{problem.code} {problem.message}" for problem in caught.value.problems]

    def advisor(self, *rulesets: Ruleset, today: date = TODAY, assume: Mapping[str, Any] | None = None) -> Advisor:
        return Advisor(Rulebook.holding(rulesets, self.language), assume, today)

    def judge(self, *rules: str, **changes: Any) -> Judgement:
        return self.advisor(self.ruleset(*rules)).judge(self.case(**changes))

    def outcome(self, rule: str, **changes: Any) -> Outcome:
        return self.judge(rule, **changes).outcomes[0]

    def breach(self, rule: str, **changes: Any) -> bool | None:
        """Is the rule breached? None for unknown."""
        return self.outcome(rule, **changes).breach


@pytest.fixture
def law() -> Law:
    loaded = load_plugins()
    return Law(loaded, loaded.language)
