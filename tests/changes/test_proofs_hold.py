"""No case speaks against a proof: mutants of shipped rulesets, and cases around the lines that they moved."""

from __future__ import annotations

import os
import random
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from collectrules.advisor import Advisor
from collectrules.changes.cases import Changed, candidates
from collectrules.changes.proving import Prover, Speaking, Spoken
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput
from collectrules.law.keys import Problems
from collectrules.law.parts import with_parts
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook
from collectrules.law.strength import RANK
from collectrules.lints import RulesetFile
from collectrules.plugins.loading import load_plugins
from collectrules.testing.mutants import mutants

RULESETS: Final = Path(__file__).parents[2] / "rulesets"
TODAY: Final = date(2026, 11, 29)
MUTANTS, CASES = (40, 150) if os.environ.get("COLLECTRULES_TEST_ALL") else (6, 40)


@pytest.mark.parametrize("name", ["de/collection.yaml", "us/mi/collection.yaml", "us/sc/collection.yaml"])
def test_what_is_proved_no_case_refutes(name: str) -> None:
    language, path, day = load_plugins().language, RULESETS / name, TODAY.toordinal()
    ruleset = read_ruleset(path, language, folder=RULESETS)
    root, _ = with_parts(source.read_file(path).table("a ruleset"), path, Problems())
    every = list(mutants(RulesetFile(ruleset, root, language, day)))
    rules = {rule.full_id: rule for rule in ruleset.rules}
    book = Rulebook.holding([ruleset], language)
    proofs = asked = 0
    for mutant in random.Random(7).sample(every, min(MUTANTS, len(every))):
        other = Rulebook.holding([mutant.ruleset], language)
        advisors = Advisor(book, today=TODAY), Advisor(other, today=TODAY)
        for rule in mutant.ruleset.rules:
            was = rules[rule.full_id]
            if not (was.since <= day <= was.until and rule.since <= day <= rule.until):
                continue
            one = Spoken(Speaking(was, ruleset, book, day))
            two = Spoken(Speaking(rule, mutant.ruleset, other, day))
            prover = Prover()
            never_milder = prover.loosened(one, two) == "proved"
            never_stricter = prover.loosened(two, one) == "proved"
            proofs += never_milder + never_stricter
            changed = Changed(rule.full_id, (one, ruleset), (two, mutant.ruleset), day, day + 500)
            for case in islice(candidates(changed, TODAY), CASES):
                if case.get("record") != "complete":
                    continue
                try:
                    before, after = (advisor.judge(advisor.case(case)) for advisor in advisors)
                except InvalidInput:
                    continue
                asked += 1
                said, says = (
                    RANK[each.outcome(each.law.numbers[rule.full_id]).decision]
                    if rule.full_id in each.law.numbers
                    else 0
                    for each in (before, after)
                )
                assert not (never_milder and says < said), (mutant.id, case)
                assert not (never_stricter and says > said), (mutant.id, case)
    assert proofs
    assert asked
