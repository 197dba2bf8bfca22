"""Files of the first format: what they state at the top of an object is read as a fact of a law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.case import format_1
from collectrules.case.events import EVENT_KEYS
from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT: Final = """\
jurisdiction: {place}
collector: {{role: third_party}}
debts: [{{id: A, kind: consumer}}]
history:
  - {{at: 2026-01-02, event: dispute_received, form: written, portion: late_fees}}
action: {{kind: file_claim, at: 2026-04-08, {venue}}}
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    plugins = load_plugins()
    return Rulebook(plugins.ruleset_folders, plugins.language)


@pytest.mark.parametrize("venue", ["venue: contract_signed", "facts: {venue: contract_signed}"])
def test_an_old_key_is_a_fact_of_a_law(book: Rulebook, venue: str) -> None:
    (case,) = parse_cases(TEXT.format(place="US", venue=venue), "x.yaml", facts_of=book.facts_of).cases
    assert case.action is not None
    assert case.history is not None
    assert case.action.facts == {"venue": "contract_signed"}
    assert case.history[0].facts == {"portion": "late_fees"}
    mapping = case.to_mapping()
    assert case_from_mapping(mapping, facts_of=book.facts_of) == case
    assert "venue" not in mapping["action"]  # type: ignore[operator]


def test_a_wrong_value_is_told_at_its_place(book: Rulebook) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_cases(TEXT.format(place="US", venue="venue: contract_sgined"), "x.yaml", facts_of=book.facts_of)
    assert str(caught.value).splitlines()[0] == "x.yaml:6:51: CR013 `venue` cannot be `contract_sgined`"


def test_where_no_law_of_the_place_asks_for_it_it_is_left_out(book: Rulebook) -> None:
    """It was never read there. What stands under `facts:` by a name of today is refused."""
    (case,) = parse_cases(TEXT.format(place="IE", venue="esign_consent: true"), "x.yaml", facts_of=book.facts_of).cases
    assert case.action is not None
    assert case.action.facts is None
    with pytest.raises(InvalidInput, match="no law of this place declares a fact `venu` of the action"):
        parse_cases(TEXT.format(place="IE", venue="facts: {venu: x}"), "x.yaml", facts_of=book.facts_of)


def test_stated_twice_it_is_refused(book: Rulebook) -> None:
    twice = TEXT.format(place="US", venue="venue: contract_signed, facts: {venue: collector_office}")
    with pytest.raises(InvalidInput, match="CR011 the action has no key `venue`"):
        parse_cases(twice, "x.yaml", facts_of=book.facts_of)


def test_an_old_key_stands_beside_its_own_events_only() -> None:
    with pytest.raises(InvalidInput, match="has no key `portion`"):
        parse_cases(TEXT.format(place="US", venue="").replace("dispute_received", "paid_in_full"), "x.yaml")
    assert set(format_1.OF_EVENTS) <= set(EVENT_KEYS)


@pytest.mark.parametrize("owner", sorted(format_1.NAMES))
def test_every_old_key_is_declared_by_a_law_and_is_no_key_of_every_case(book: Rulebook, owner: str) -> None:
    declared: Mapping[str, Any] = book.facts_of("US")[owner]
    assert format_1.NAMES[owner] <= set(declared)
    assert format_1.NAMES[owner].isdisjoint(catalogue().own_fields(owner))
