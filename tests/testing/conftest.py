"""A law that does not exist, some of whose lines its examples hold and some of which they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collectrules.plugins.loading import load_plugins
from collectrules.testing.rulesets import trial_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collectrules.testing.trial import Trial

HEAD = """\
ruleset: xx.law
title: a law of a test
jurisdiction: XX
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
example_case:
  collector: {role: third_party}
  debts: [{id: A, kind: consumer}]
  debtor: {time_zone: Europe/Berlin}
"""
CAP = """\
rules:
  - id: calls
    title: at most two calls in seven days
    cite: Act 1
    strength: prohibition
    governs: {kind: contact, channel: phone}
    kind: frequency_cap
    counts: {channel: phone, direction: outbound}
    values: {at_most: {2020-01-01: 2}, days: {2020-01-01: 7}}
    unless:
      - {if: action.purpose == answer_debtor_request, cite: Act 2, title: the debtor asked for it}
    examples:
      - story: the third call on the seventh day
        history:
          - {at: '2026-04-02', channel: phone, direction: outbound}
          - {at: '2026-04-03', channel: phone, direction: outbound}
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: deny
      - story: the second call
        history: [{at: '2026-04-03', channel: phone, direction: outbound}]
        action: {kind: contact, channel: phone, at: '2026-04-08'}
        expect: allow
"""
LIMIT = """\
answers:
  - id: court
    asks: court_route
    kind: court
    title: small claims
    cite: Act 3
    route: small_claims
    currency: EUR
    values: {at_most: {2020-01-01: '500.00', 2024-01-01: '900.00'}}
    examples:
      - story: a claim of exactly 900
        debts: [{id: A, kind: consumer, amount: '900.00', currency: EUR}]
        ask: {at: '2026-04-08'}
        expect: {route: small_claims}
"""


@pytest.fixture
def law(tmp_path: Path) -> Callable[..., Path]:
    """Writes the head of a ruleset, and what follows it, with some words replaced by others."""

    def written(body: str, *replaced: tuple[str, str]) -> Path:
        text = HEAD + body
        for words, others in replaced:
            assert words in text
            text = text.replace(words, others)
        path = tmp_path / "law.yaml"
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def trial(law: Callable[..., Path]) -> Callable[..., Trial]:
    """Such a ruleset with its examples."""
    return lambda body, *replaced: trial_of(law(body, *replaced), load_plugins())
