"""The advisor: a case in, a verdict out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self

from collectrules.case.assumptions import Assumption, check, history_is_whole, with_assumptions
from collectrules.law.rulebook import Rulebook
from collectrules.measures.context import Context
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.alternatives import alternatives, decision_id, valid_until
from collectrules.verdict.answers import Answer, answer
from collectrules.verdict.judgement import Judgement, RuleOutcome
from collectrules.verdict.objects import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from collectrules.case.objects import Case


class Advisor:
    """Answers whether an act about an unpaid debt is lawful, before it is done. Safe to share between threads."""

    def __init__(
        self, rulebook: Rulebook, assume: Mapping[str, Assumption] | None = None, today: date | None = None
    ) -> None:
        self.rulebook = rulebook
        self.assume = dict(assume or {})
        check(self.assume)
        self._today = today

    @classmethod
    def load(
        cls,
        *,
        rulesets: Sequence[Path] = (),
        assume: Mapping[str, Assumption] | None = None,
        today: date | None = None,
    ) -> Self:
        """An advisor with the shipped rulesets, those of plugins, and the given folders.

        `assume` holds standing assumptions for single facts, each (value, reason); `today` stands for the day of the
        check. Raises InvalidInput for a plugin that does not load; a ruleset is read when it is first needed.
        """
        loaded = load_plugins()
        return cls(Rulebook((*loaded.ruleset_folders, *rulesets), loaded.language), assume, today)

    @property
    def today(self) -> date:
        """The day of the check, for rules that are due to be verified again."""
        return self._today or datetime.now(UTC).date()

    def check(self, case: Case) -> Verdict:
        """The verdict on the action of a case. Raises InvalidInput where a ruleset it needs cannot be read."""
        judgement = self.judge(case)
        decision = judgement.decision()
        return Verdict.deferred(
            {
                "decision": decision,
                "basis": judgement.basis(decision),
                "case": case.id or "",
                "action": judgement.action_text(),
                "at": judgement.context.action.fact.at.isoformat(),
                "findings": tuple(judgement.findings()),
                "exemptions": judgement.exemptions(),
                "engine": judgement.engine(),
            },
            {
                "obligations": judgement.obligations if decision == "allow" else tuple,
                "established": judgement.established,
                "unknown": judgement.unknown,
                "assumed": judgement.assumed,
                "alternatives": lambda: alternatives(judgement, judgement.unknown(), self.judge),
                "not_encoded": judgement.not_encoded,
                "rulesets": judgement.rulesets,
                "considered": judgement.considered,
                "decision_id": lambda: decision_id(judgement, self.today),
                "valid_until": lambda: valid_until(judgement),
            },
        )

    def answer(self, case: Case) -> Answer:
        """The answer to the question of a case (`ask:`). Raises InvalidInput for a ruleset that cannot be read."""
        return answer(case, self.rulebook, self.today, self.assume)

    def explain(self, case: Case) -> list[RuleOutcome]:
        """What every rule that was asked said."""
        return self.judge(case).explanation()

    def judge(self, case: Case, at: date | datetime | None = None) -> Judgement:
        """The outcome of each rule, as if the action were done at another moment where `at` is given."""
        filled, taken = with_assumptions(case, self.assume)
        context = Context(filled, self.rulebook.channels, at)
        action = context.action
        day = action.day if action.day is not None else self.today.toordinal()
        stack = self.rulebook.stack(case.jurisdiction, action.fact.kind, action.fact.channel, day)
        return Judgement(
            stack,
            context,
            whole=case.whole,
            history_is_whole=history_is_whole(self.assume),
            taken={path: self.assume[path] for path in taken},
            today=self.today,
        )
