"""What is asked of one rule of a kind: is it breached, how is it told, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.output.rules import RuleText

if TYPE_CHECKING:
    from collectrules.law.model import Ruleset
    from collectrules.verdict.objects import Finding

MORE = """
calendars:
  feasts: {cite: Law 2, closed: [], holidays: [{name: Foundation, month: 4, day: 8}]}
  office: {cite: Law 3, closed: [sat, sun], holidays: [{name: Foundation, month: 4, day: 8}]}
"""


@dataclass
class OneRule:
    """A rule by its body, with two calendars beside it: `feasts` closes on 8 April only, `office` at weekends too."""

    law: Any

    def ruleset(self, body: str) -> Ruleset:
        made: Ruleset = self.law.ruleset(body, more=MORE)
        return made

    def breach(self, body: str, **changes: Any) -> bool | None:
        """Is it breached? None for unknown; what is not is allowed, so that both deciders agree on it."""
        advisor, case = self.law.advisor(self.ruleset(body)), self.law.case(**changes)
        answer: bool | None = advisor.judge(case).outcomes[0].breach
        assert advisor.check(case).decision == {True: "deny", False: "allow", None: "review"}[answer]
        return answer

    def finding(self, body: str, **changes: Any) -> Finding:
        found: Finding = self.law.advisor(self.ruleset(body)).check(self.law.case(**changes)).findings[0]
        return found

    def english(self, body: str) -> str:
        """What breaches the rule and what lifts it, on one line."""
        ruleset = self.ruleset(body)
        rule = ruleset.rules[0]
        paragraphs = RuleText(rule, ruleset, self.law.language.kinds[rule.kind]).english()
        return " ".join(" ".join(line for each in paragraphs for line in each.text()).split())

    def problems(self, body: str) -> list[str]:
        told: list[str] = self.law.problems(body, more=MORE)
        return told


@pytest.fixture
def rule(law: Any) -> OneRule:
    return OneRule(law)
