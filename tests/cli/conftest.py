"""The command line with an advisor that answers what a test says, so that only the command line is tested here."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from collectrules import cli
from collectrules.case.reading import cases_of, documents, each_case, read_cases
from collectrules.law.strength import Decision, Strength
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.answers import Answer, Step
from collectrules.verdict.findings import RuleOutcome
from collectrules.verdict.objects import (
    Act,
    Alternative,
    Brief,
    ExploredVerdict,
    Finding,
    Obligation,
    OpenFact,
    RulesetUsed,
    Test,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from collectrules.case.objects import Case, CaseFile
    from collectrules.case.reading import Document
    from collectrules.ground.errors import InvalidInput

DENIED = ExploredVerdict(
    decision="deny",
    basis="presumption_violation",
    case="eighth-call",
    action="contact by phone to the debtor",
    act=Act("contact", "phone", "debtor"),
    at="2026-04-08T10:00",
    findings=(
        Finding(
            rule="xx.calls.frequency",
            ruleset="xx.calls",
            jurisdiction="XX",
            strength=Strength.PRESUMPTION_OF_VIOLATION,
            outcome="breached",
            decision="deny",
            citation="12 XX 34(b)",
            source="https://law.example/12/34",
            sentence="8 calls counted in the 7 days to 8 April; the most is 7",
            evidence={
                "counted": 7,
                "limit": 7,
                "window": {"from": "2026-04-02", "to": "2026-04-08"},
                "entries": [{"day": "2026-04-02", "channel": "phone", "direction": "outbound", "times": 7}],
            },
            tests=(
                Test("consented", "the person agreed to the call", value=False, cite="12 XX 35"),
                Test("counted", "contacts counted", value=7, cite="12 XX 34(b)"),
            ),
            place="xx/calls.yaml:16:3",
            until="2026-04-09T00:00",
        ),
    ),
    exemptions=(),
    obligations=(Obligation("xx.calls.notice", "send the notice within five days", "12 XX 35"),),
    unknown=(OpenFact("debtor.minor", "is the debtor of age?", ("xx.calls.minor",)),),
    assumed=(OpenFact("debtor.deceased", "", ("xx.calls.dead",), taken_as=False, reason="the record is complete"),),
    alternatives=(Alternative("wait", "until the calls of 2 April have left the window", "2026-04-09T00:00"),),
    established={"count_after": 8},
    not_encoded=("licences",),
    rulesets=(RulesetUsed("xx.calls", "2026.1", "sha256:00", "2026-11-21", "high"),),
    engine="own decider",
    decision_id="0001",
    valid_until="2026-04-08T10:15",
    considered=("xx.calls.frequency", "xx.calls.minor"),
)


@dataclass
class FakeAdvisor:
    """Decides by the channel of the action: phone is denied, sms is reviewed, all else is allowed."""

    loaded: dict[str, Any] = field(default_factory=dict)

    def load(self, **options: object) -> FakeAdvisor:
        self.loaded.update(options)
        return self

    def on(self, today: date | None) -> FakeAdvisor:
        self.loaded["today"] = today
        return self

    def read_cases(self, path: Path) -> CaseFile:
        return read_cases(path, channels=load_plugins().channels)

    def each_case(self, path: Path) -> Iterator[Case | InvalidInput]:
        return each_case(path, channels=load_plugins().channels)

    def documents(self, path: Path) -> Iterator[Document]:
        return documents(path)

    def cases_of(self, document: Document) -> Iterator[Case | InvalidInput]:
        return cases_of(document, channels=load_plugins().channels)

    def explore(self, case: Case) -> ExploredVerdict:
        assert case.action is not None
        if case.action.channel == "courier":
            raise RuntimeError("the courier fell ill")
        decision: Decision = "allow"
        if case.action.channel in ("phone", "sms"):
            decision = "deny" if case.action.channel == "phone" else "review"
        return replace(DENIED, decision=decision, case=case.id or "")

    def brief(self, case: Case) -> Brief:
        verdict = self.explore(case)
        if verdict.decision == "allow":
            return Brief(verdict.case, verdict.decision, "", "")
        first = verdict.findings[0]
        return Brief(verdict.case, verdict.decision, first.rule, first.citation, "2026-04-09T00:00")

    def answer(self, case: Case) -> Answer:
        """Complete for California, open elsewhere."""
        known = case.jurisdiction == "US-CA"
        return Answer(
            question="court_route",
            case=case.id or "",
            at="2026-11-20",
            values={"route": "small_claims"} if known else {},
            steps=(Step("3000.00 is at most 5000.00", "xx.r", "XX 1", "https://law.example", "high", "xx.yaml:3"),),
            open=() if known else ("nothing is encoded",),
            assumed=(),
            not_encoded=(),
            rulesets=DENIED.rulesets if known else (),
        )

    def explain(self, case: Case) -> Iterable[object]:
        return [
            RuleOutcome(
                rule="xx.calls.minor",
                truth="kept",
                citation="12 XX 36",
                title="no contact with minors",
                tests=(Test("debtor.minor", "the debtor is a minor", value=False, cite="12 XX 36"),),
            )
        ]


@pytest.fixture
def advisor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeAdvisor:
    """In place of the real one, in a folder of its own."""
    fake = FakeAdvisor()
    monkeypatch.setitem(sys.modules, "collectrules.advisor", SimpleNamespace(Advisor=fake))
    monkeypatch.chdir(tmp_path)
    return fake


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command line in this process."""

    def ran(*arguments: str | Path) -> Ran:
        code = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def case_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a case of a channel into a file."""

    def written(channel: str, name: str = "case.yaml") -> Path:
        path = tmp_path / name
        path.write_text(
            f"id: by-{channel.replace('_', '-')}\n"
            "jurisdiction: US\n"
            "collector: {role: third_party}\n"
            "debts: [{id: A, kind: consumer}]\n"
            f"action: {{kind: contact, channel: {channel}, at: 2026-04-08T10:00}}\n"
        )
        return path

    return written


LAWS = """\
ruleset: xx
title: a law of a test
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2000-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2099-01-01
covers: [small_claims, limitation, pre_action]
rules:
  - id: letter_first
    title: a letter thirty days before the claim
    cite: XX 12
    strength: duty_missed
    governs: {kind: file_claim}
    when: no(letter_of_claim_sent where age >= 30)
    examples:
      - story: long ago
        history: [{at: '2026-01-01', event: letter_of_claim_sent}]
        action: {kind: file_claim, at: '2026-03-01'}
        expect: allow
      - {story: never, action: {kind: file_claim, at: '2026-03-01'}, expect: deny}
answers:
  - id: small_claims
    title: small claims court
    cite: XX 10
    asks: court_route
    kind: court
    route: small_claims
    court_id: xx-small
    currency: EUR
    values: {at_most: {2020-01-01: '1000.00', 2026-07-01: '2000.00'}}
    examples: [{story: of a test, expect: {}}]
  - id: period
    title: limitation of a debt
    cite: XX 11
    asks: limitation
    kind: limitation_period
    starts: largest(all_debts, due)
    restarts: latest(payment).day
    values: {years: {2000-01-01: 4}}
    examples: [{story: of a test, expect: {}}]
  - id: interest
    title: legal interest
    cite: XX 13
    asks: [interest_rate, late_payment]
    kind: interest
    rate: at_start
    values: {annual_rate: {2000-01-01: '10.00'}}
    examples: [{story: of a test, expect: {}}]
  - id: lump_sum
    title: lump sum
    cite: XX 14
    verified: {date: 2025-06-01, against: a list, confidence: low}
    verify_by: 2026-12-01
    asks: [fixed_compensation, late_payment]
    kind: fixed_sum
    currency: EUR
    values: {sum_1: {2000-01-01: '40.00'}}
    examples: [{story: of a test, expect: {}}]
"""


@pytest.fixture
def laws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the law of a country that does not exist, beside which the command line runs."""
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "xx.yaml").write_text(LAWS)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def invoice(tmp_path: Path) -> Callable[..., Path]:
    """Writes the case of an unpaid invoice; what is given goes before what is usual, and None takes a key away."""

    def written(name: str = "invoice.json", **changes: object) -> Path:
        usual = {
            "id": "inv-1",
            "jurisdiction": "XX",
            "record": "complete",
            "collector": {"role": "creditor"},
            "debts": [{"id": "A", "kind": "commercial", "amount": "1200.00", "currency": "EUR", "due": "2025-12-31"}],
            "action": {"kind": "file_claim", "at": "2026-06-01"},
        }
        path = tmp_path / name
        path.write_text(json.dumps({key: value for key, value in {**usual, **changes}.items() if value is not None}))
        return path

    return written
