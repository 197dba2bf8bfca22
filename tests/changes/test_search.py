"""How long a case is looked for on which two sides differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.changes.cases import Search

if TYPE_CHECKING:
    from collections.abc import Mapping

RULE: Final = """\
- id: calls
  title: calls upon calls
  cite: s. 1
  strength: {strength}
  question: do they harass?
  governs: {{kind: contact}}
  kind: frequency_cap
  counts: {{channel: phone, direction: outbound}}
  values: {{at_most: {{2020-01-01: {most}}}, days: {{2020-01-01: 7}}}}
  examples:
    - story: one more
      history: [{{at: 2026-04-06, channel: phone, direction: outbound, outcome: no_answer, times: 4}}]
      action: {{kind: contact}}
      expect: {breach}
    - {{story: none, action: {{kind: contact}}, expect: allow}}
"""


@pytest.mark.parametrize(("strength", "breach"), [("prohibition", "deny"), ("circumstances", "review")])
def test_what_cannot_move_further_ends_the_search(
    books: Any, monkeypatch: pytest.MonkeyPatch, strength: str, breach: str
) -> None:
    asked: list[Mapping[str, Any]] = []
    says = Search.rules_say

    def counted(self: Search, case: Mapping[str, Any], changed: Any) -> Any:
        asked.append(case)
        return says(self, case, changed)

    monkeypatch.setattr(Search, "rules_say", counted)
    old, new = (RULE.format(strength=strength, most=most, breach=breach) for most in (3, 9))
    shown = books.only(old, new).milder
    assert (shown.before, shown.after) == (breach, "allow")
    assert len(asked) < 100
