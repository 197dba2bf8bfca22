"""What is proved holds: the formulas agree with the program that answers cases, on every shipped rule."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import z3

from collectrules.changes.encoding import Told
from collectrules.changes.proving import Prover, Speaking, Spoken
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collectrules.law.model import Rule, Ruleset

ALL = bool(os.environ.get("COLLECTRULES_TEST_ALL"))
EVERY = 1 if ALL else 8
"""One rule in so many of some places; with COLLECTRULES_TEST_ALL=1 every rule that is shipped."""
PLACES = ("US-MA", "US-CA", "GB", "DE")
RULE = "- id: {id}\n  title: a rule\n  cite: Law 1\n  strength: {strength}\n  governs: {{kind: contact}}\n{body}"
EXAMPLES = """\
  examples:
    - {story: kept, action: {kind: contact, channel: letter, at: 2026-04-08}, expect: allow}
    - {story: broken, action: {kind: contact, channel: phone}, expect: deny}
"""


def rule(body: str, *, name: str = "one", strength: str = "prohibition") -> str:
    told = "".join(f"  {line}\n" for line in body.strip().splitlines())
    return RULE.format(id=name, strength=strength, body=told) + EXAMPLES


def _day(rule: Rule, example: Any) -> int:
    at = str(example.mapping.get("action", {}).get("at", ""))[:10]
    return date.fromisoformat(at).toordinal() if at else max(rule.since, 1)


def _shipped() -> list[tuple[Rule, Ruleset]]:
    plugins = load_plugins()
    book = Rulebook(plugins.ruleset_folders, plugins.language)
    rulesets = book.rulesets() if ALL else [each for place in PLACES for each in book.of(place)]
    return [(rule, ruleset) for ruleset in rulesets for rule in ruleset.rules if ruleset.status == "in_force"]


def test_what_an_example_shows_is_never_proved_impossible() -> None:
    plugins = load_plugins()
    asked = 0
    for rule, ruleset in _shipped()[::EVERY]:
        book = Rulebook.holding([ruleset], plugins.language)
        for example in rule.examples:
            if example.mapping.get("record") == "partial":
                continue  # what a partial record denies, a complete one does
            prover, told = Prover(), Told()
            spoken = Spoken(Speaking(rule, ruleset, book, max(_day(rule, example), rule.since)))
            outcome = prover.outcome(spoken, told)
            wanted = {
                "deny": outcome.denies,
                "allow": outcome.allows,
                "review": z3.And(z3.Not(outcome.denies), z3.Not(outcome.allows)),
            }[example.expect]
            assert prover.never(wanted, told) == "refuted", (rule.full_id, example.story)
            asked += 1
    assert asked > 15


def test_a_rule_is_what_it_is_itself() -> None:
    plugins = load_plugins()
    for rule, ruleset in _shipped()[::EVERY]:
        book = Rulebook.holding([ruleset], plugins.language)
        one, other = (Spoken(Speaking(rule, ruleset, book, max(rule.since, 1))) for _ in range(2))
        assert one.key() == other.key()
        assert Prover().loosened(one, other) == "proved", rule.full_id


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("when: action.channel == phone", "when: not (action.channel != phone)", "equal"),
        ("when: count(contacts where age < 7) >= 1", "when: any(contacts where age <= 6)", "equal"),
        ("when: any(contacts where age < 7)", "when: latest(contacts where age < 7).day is given", "equal"),
        ("when: no(payment) and no(opt_out)", "when: not (any(opt_out) or any(payment))", "equal"),
        ("when: action.to in [employer, spouse]", "when: action.to == employer or action.to == spouse", "equal"),
        ("when: any(payment where age < 9)", "when: latest(payment).day >= add_days(action.day, 1)", "gone astray"),
    ],
)
def test_what_is_written_otherwise_and_means_the_same_is_equal(books: Any, old: str, new: str, relation: str) -> None:
    if relation == "gone astray":
        assert books.only(rule(old), rule(new)).safe != "proved"
        return
    change = books.only(rule(old), rule(new))
    assert (change.relation, change.safe) == (relation, "proved")


def test_what_is_tighter_here_and_looser_there_is_incomparable(books: Any) -> None:
    change = books.only(rule("when: action.channel == phone"), rule("when: action.channel == sms"))
    assert change.relation == "incomparable"
    assert (change.milder.before, change.milder.after) == ("deny", "allow")
    assert (change.stricter.before, change.stricter.after) == ("allow", "deny")


def test_a_weaker_strength_is_looser(books: Any) -> None:
    change = books.only(rule("when: action.channel == phone"), rule("when: action.channel == phone", strength="factor"))
    assert change.relation == "looser"
    assert (change.milder.before, change.milder.after) == ("deny", "review")
    assert change.safe == "proved", "what was denied is a review, and not allowed"


def test_a_rule_that_is_gone_may_be_said_by_another(books: Any) -> None:
    wide, narrow = rule("when: action.channel in [phone, sms]", name="wide"), rule("when: action.channel == phone")
    (change,) = books.compared(narrow + wide, wide).rules
    assert (change.relation, change.safe, change.by) == ("gone", "proved", ("us.federal.law.wide",))
    (change,) = books.compared(narrow + wide, narrow).rules
    assert (change.relation, change.safe) == ("gone", "refuted")
    assert (change.milder.before, change.milder.after) == ("deny", "allow")
    assert change.milder.case["action"]["channel"] == "sms"


def test_a_rule_may_have_another_name_now(books: Any) -> None:
    (change,) = books.compared(
        rule("when: action.channel == phone"), rule("when: action.channel == phone", name="two")
    ).rules
    assert (change.relation, change.renamed) == ("equal", "us.federal.law.two")


def test_whom_the_file_binds_is_part_of_every_rule(books: Any) -> None:
    binds = "binds: {when: 'collector.role in [third_party, debt_buyer]', cite: Law 1}\n"
    fewer = "binds: {when: collector.role == third_party, cite: Law 1}\n"
    body = rule("when: action.channel == phone")
    changes = books.compared(body, body, before=binds, after=fewer).rules
    looser = next(each for each in changes if each.id.endswith(".one"))
    assert (looser.relation, looser.milder.case["collector"]["role"]) == ("looser", "debt_buyer")


def test_a_definition_of_the_same_name_is_not_taken_for_the_same(books: Any) -> None:
    define = "define:\n  called: {{title: it was called, cite: Law 1, is: any(contacts where age < {})}}\n"
    change = books.compared(rule("when: called"), rule("when: called"), before=define.format(9), after=define.format(3))
    assert change.rules[0].relation == "looser"


def test_the_days_of_a_value_are_compared_by_themselves(books: Any) -> None:
    body = "kind: frequency_cap\ncounts: {{direction: outbound}}\nvalues: {{at_most: {}, days: {{2020-01-01: 7}}}}"
    change = books.only(rule(body.format("{2020-01-01: 3}")), rule(body.format("{2020-01-01: 3, 2027-01-01: 4}")))
    assert change.relation == "looser"
    assert change.when == "from 2027-01-01"
    assert change.milder.case["action"]["at"] >= "2027"


def test_a_citation_changes_nothing(books: Any) -> None:
    body = rule("when: action.channel == phone")
    change = books.only(body, body.replace("cite: Law 1", "cite: Law 1(a)"))
    assert (change.relation, change.safe) == ("equal", "proved")
    assert change.words == (("citation", "Law 1", "Law 1(a)"),)
    assert books.compared(body, body).rules == ()
