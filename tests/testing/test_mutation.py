"""Which changes of a law its examples notice, and the examples that would notice the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.plugins.loading import load_plugins
from collectrules.testing.examples import advisor_of, asked_examples
from collectrules.testing.mutants import mutants
from collectrules.testing.mutation import Tried, Wanted, run
from collectrules.testing.rulesets import Chosen, rulesets_in, trial_of
from collectrules.testing.survivors import Accepted, not_surviving, read_survivors
from collectrules.testing.telling import MutationReport, example_yaml

from .conftest import CAP, HEAD, LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.testing.trial import Trial

    MadeTrial = Callable[..., Trial]

DEFINED = """\
define:
  old:
    title: due for more than ten days
    of: debt
    is: due is given and days_between(due, action.day) > 10 and not paid == true
rules:
  - id: old_debts
    title: no letter about an old debt
    cite: Act 1
    strength: prohibition
    governs: {kind: contact}
    when: any(debts of action as d where old(d))
    examples:
      - story: the eleventh day
        debts: [{id: A, kind: consumer, due: '2026-04-01'}]
        action: {kind: contact, channel: letter, at: '2026-04-12'}
        expect: deny
      - {story: no due day, action: {kind: contact, channel: letter, at: '2026-04-12'}, expect: allow}
"""
GROUPED = """\
groups:
  all:
    governs: {kind: contact}
    unless:
      - {if: action.purpose == answer_debtor_request, cite: Act 2, title: the debtor asked for it}
rules:
  - id: one
    group: all
    title: nobody under age
    cite: Act 1
    strength: prohibition
    when: debtor.minor
    examples:
      - {story: child, debtor: {minor: true}, action: {kind: contact, channel: letter, at: '2026-04-08'}, expect: deny}
      - {story: of age, action: {kind: contact, channel: letter, at: '2026-04-08'}, expect: allow}
  - id: two
    group: all
    title: no text message
    cite: Act 1
    strength: prohibition
    when: action.channel == sms
    examples:
      - {story: a text, action: {kind: contact, channel: sms, at: '2026-04-08'}, expect: deny}
      - {story: a letter, action: {kind: contact, channel: letter, at: '2026-04-08'}, expect: allow}
"""
HOURS = """\
rules:
  - id: hours
    title: calls from eight to eight
    cite: Act 1
    strength: prohibition
    governs: {kind: contact, channel: phone}
    kind: contact_hours
    values: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '20:00'}, sundays: {2020-01-01: closed}}
    examples:
      - {story: at night, action: {kind: contact, channel: phone, at: 2026-04-08T22:00}, expect: deny}
      - {story: at noon, action: {kind: contact, channel: phone, at: 2026-04-08T12:00}, expect: allow}
      - {story: on Sunday, action: {kind: contact, channel: phone, at: 2026-04-12T12:00}, expect: deny}
"""


def tried(trial: Trial, *, look: bool = False) -> dict[str, Tried]:
    return {each.mutant.id: each for each in run(trial, Wanted(Chosen(Path()), look=look))}


def survivors(trial: Trial) -> set[str]:
    return {name for name, each in tried(trial).items() if each.fate == "survived"}


def test_a_mutant_that_an_example_notices_is_killed_by_it(trial: MadeTrial) -> None:
    every = tried(trial(CAP))
    killed = every["xx.law.calls: values.at_most 2020-01-01: 2 -> 3"]
    assert killed.fate == "killed"
    assert killed.by is not None
    assert killed.by.story == "the third call on the seventh day"


def test_what_no_example_notices_survives(trial: MadeTrial) -> None:
    assert survivors(trial(CAP)) == {
        "xx.law.calls: counts: without channel in [phone]",
        "xx.law.calls: counts: without direction in [outbound]",
        "xx.law.calls: values.days 2020-01-01: 7 -> 8",
        "xx.law.calls: unless: without action.purpose == answer_debtor_request",
    }


def test_the_example_that_would_notice_it_does_once_it_stands_there(trial: MadeTrial, law: Callable[..., Path]) -> None:
    found = tried(trial(CAP), look=True)
    for name in ("values.days 2020-01-01: 7 -> 8", "unless: without action.purpose == answer_debtor_request"):
        survived = found[f"xx.law.calls: {name}"]
        assert survived.would is not None, name
        example = "".join(f"      {line}\n" for line in example_yaml(survived.would.mapping()).splitlines())
        assert survived.mutant.id not in survivors(trial_of(law(CAP + example), load_plugins()))


def test_an_example_is_right_by_the_law_as_it_stands(trial: MadeTrial) -> None:
    found = [each.would for each in tried(trial(CAP + LIMIT), look=True).values() if each.would is not None]
    assert len(found) > 4
    for killer in found:
        assert killer.instead not in ("", killer.example.expected)


@pytest.mark.parametrize(
    ("name", "expect"),
    [
        ('values.at_most 2020-01-01: "500.00" -> "500.01"', {"route": "not_small_claims"}),
        ('values.at_most 2020-01-01: "500.00" -> "499.99"', {"route": "not_small_claims"}),
        ('values.at_most 2024-01-01: "900.00" -> "900.01"', {"route": "not_small_claims"}),
        ("values.at_most: 2024-01-01 -> 2024-01-02", {"route": "small_claims"}),
        ("values.at_most: 2024-01-01 -> 2023-12-31", {"route": "not_small_claims"}),
    ],
)
def test_an_answer_is_held_to_the_cent_and_to_the_day(trial: MadeTrial, name: str, expect: dict[str, str]) -> None:
    survived = tried(trial(LIMIT), look=True)[f"xx.law.court: {name}"]
    assert survived.would is not None
    assert isinstance(survived.would.expect, dict)
    assert {name: survived.would.expect[name] for name in expect} == expect


def test_hours_are_held_to_the_minute_and_a_closed_day_has_none(trial: MadeTrial) -> None:
    found = tried(trial(HOURS), look=True)
    edges = {name.removeprefix("xx.law.hours: ") for name, each in found.items() if each.mutant.kind == "window edge"}
    assert edges == {
        "values.from 2020-01-01: 08:00 -> 07:59",
        "values.from 2020-01-01: 08:00 -> 08:01",
        "values.to 2020-01-01: 20:00 -> 19:59",
        "values.to 2020-01-01: 20:00 -> 20:01",
    }
    stories = {each.would.example.story[-5:] for each in found.values() if each.would is not None}
    assert stories == {"08:00", "07:59", "19:59", "20:00"}


def test_a_definition_is_asked_through_the_rules_that_rest_on_it(trial: MadeTrial) -> None:
    found = tried(trial(DEFINED), look=True)
    killed = found["xx.law old: is: 10 -> 11"]
    assert (killed.fate, killed.mutant.blocks) == ("killed", ("xx.law.old_debts",))
    survived = found["xx.law old: is: 10 -> 9"]
    assert survived.would is not None
    assert survived.would.expect == "allow"
    without = found["xx.law old: is: without not paid == true"]
    assert without.would is not None
    assert without.would.own["debts"] == [{"id": "A", "kind": "consumer", "due": "2026-04-01", "paid": True}]


def test_what_a_group_shares_is_one_mutant_of_all_its_rules(trial: MadeTrial) -> None:
    found = tried(trial(GROUPED), look=True)
    name = "xx.law: unless of a group: without action.purpose == answer_debtor_request"
    assert found[name].mutant.blocks == ("xx.law.one", "xx.law.two")
    assert found[name].fate == "survived"
    assert found[name].would is not None
    assert not [each for each in found if each.startswith("xx.law.one: unless")]


def test_whom_the_file_binds_and_its_first_days(trial: MadeTrial) -> None:
    binds = ("example_case:", "binds: {when: collector.role == third_party, cite: Act 0}\nexample_case:")
    since = ("    strength:", "    since: 2021-06-01\n    strength:")
    found = tried(trial(CAP, binds, since, ("2020-01-01: 2", "2021-06-01: 2"), ("2020-01-01: 7", "2021-06-01: 7")))
    assert found["xx.law: binds: collector.role == third_party -> collector.role != third_party"].fate == "killed"
    assert found["xx.law.calls: since: 2021-06-01 -> 2021-06-02"].fate == "survived"


def test_a_value_that_never_was_in_force_is_no_line(trial: MadeTrial) -> None:
    old = ("at_most: {2020-01-01: 2}", "at_most: {2010-01-01: 9, 2020-01-01: 2}")
    assert not [name for name in tried(trial(CAP, old)) if " 9 ->" in name]


def test_mutants_have_ids_of_their_own(trial: MadeTrial) -> None:
    every = [mutant.id for mutant in mutants(trial(CAP + LIMIT).file)]
    assert len(set(every)) == len(every) > 10


def test_only_what_is_wanted_is_made(trial: MadeTrial) -> None:
    made = trial(CAP + LIMIT)
    assert {each.mutant.owner for each in run(made, Wanted(Chosen(Path()), owners=("xx.law.court",), look=False))} == {
        "xx.law.court"
    }
    elsewhere = Chosen(Path(), frozenset({"elsewhere.yaml"}))
    assert list(run(made, Wanted(elsewhere, look=False))) == []


def test_what_moves_a_line_can_be_asked_for_alone(trial: MadeTrial) -> None:
    kinds = {each.mutant.kind for each in run(trial(CAP + LIMIT), Wanted(Chosen(Path()), look=False, boundary=True))}
    assert kinds == {"number", "day"}
    orders = run(trial(DEFINED), Wanted(Chosen(Path()), look=False, boundary=True))
    assert "xx.law old: is: days_between(due, action.day) > 10 -> days_between(due, action.day) >= 10" in {
        each.mutant.id for each in orders
    }


def test_what_was_compiled_before_decides_the_same(trial: MadeTrial) -> None:
    """Mutants share what the law has compiled: the answers are those of a law that is compiled alone."""
    made = trial(CAP)
    for mutant in mutants(made.file):
        shared, alone = made.judge_of(mutant), advisor_of(mutant.ruleset, load_plugins())
        for example in asked_examples(made.file.ruleset, made.advisor):
            assert example.got(shared) == example.got(alone), mutant.id


# ---- those that may survive --------------------------------------------------------------------------------------


def accepted(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "survivors.yaml"
    path.write_text(text, "utf-8")
    return path


def test_accepted_mutants_are_read_with_their_reasons(tmp_path: Path) -> None:
    path = accepted(
        tmp_path, "survivors:\n  - reason: no line\n    mutants: ['a.b: when: x -> y', 'a.c: when: x -> y']\n"
    )
    assert {name: each.reason for name, each in read_survivors(path).items()} == {
        "a.b: when: x -> y": "no line",
        "a.c: when: x -> y": "no line",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("survivors: [{mutants: [a]}]", "1:13: CR100 an entry of `survivors` has no `reason`"),
        ("survivors: [{reason: b}]", "1:13: CR295 this reason names no `mutants`, as a list"),
        ("survivors: [{reason: b, mutants: []}]", "1:13: CR295 this reason names no `mutants`, as a list"),
        ("survivors: [{reason: b, mutants: [a, a]}]", "1:38: CR295 `a` stands here already"),
        ("survivors: [{reason: b, mutants: [[a]]}]", "1:35: CR295 a mutant is one line of text"),
        ("survivors: [{reason: b, mutant: [a]}]", "CR101 an entry of `survivors` has no key `mutant`"),
    ],
)
def test_a_wrong_list_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_survivors(accepted(tmp_path, text))
    assert told in str(caught.value)


def test_what_is_accepted_and_noticed_after_all_is_told(trial: MadeTrial) -> None:
    made = trial(CAP)
    place = made.file.ruleset.place
    every = tuple(run(made, Wanted(Chosen(Path()), look=False)))
    known = {each.mutant.id: Accepted("no line", place) for each in every if each.fate == "survived"}
    clean = MutationReport({"law.yaml": every}, known, ("xx.law",))
    assert clean.is_clean
    assert clean.text().endswith("0 survive, 4 accepted")
    noticed = next(each.mutant.id for each in every if each.fate == "killed")
    stale = MutationReport({"law.yaml": every}, {**known, noticed: Accepted("", place)}, ("xx.law",))
    assert not stale.is_clean
    assert f"`{noticed}` does not survive, or is no mutant" in stale.text()
    assert list(not_surviving({"yy.law: a": Accepted("", place)}, {}, ("xx.law",))) == []
    assert len(list(not_surviving({"xx.law: a": Accepted("", place)}, {}, ("xx.law",)))) == 1


def test_a_part_is_tried_with_its_ruleset_and_alone(tmp_path: Path) -> None:
    main = tmp_path / "xx" / "law.yaml"
    part = tmp_path / "xx" / "law" / "calls.yaml"
    part.parent.mkdir(parents=True)
    main.write_text(HEAD + "parts: [calls]\n" + LIMIT, "utf-8")
    part.write_text(f"part_of: xx.law\ntitle: calls\n{CAP}", "utf-8")
    chosen = list(rulesets_in([part]))
    assert chosen == [Chosen(main, frozenset({str(part)}))]
    owners = {each.mutant.owner for each in run(trial_of(main, load_plugins()), Wanted(chosen[0], look=False))}
    assert owners == {"xx.law.calls"}
    assert list(rulesets_in([tmp_path, part])) == [Chosen(main)]


TWICE = """\
rules:
  - id: quiet_month
    title: no contact for thirty days after an opt-out, none of minors
    cite: Act 1
    strength: prohibition
    governs: {kind: contact}
    when: debtor.minor or any(opt_out as o where o.age <= 30)
    examples:
      - {story: a minor, debtor: {minor: true}, action: {kind: contact, channel: letter, at: 2026-04-08}, expect: deny}
      - {story: of age, action: {kind: contact, channel: letter, at: 2026-04-08}, expect: allow}
"""


def test_an_example_with_two_things_moved_is_found(trial: MadeTrial) -> None:
    made = trial(TWICE)
    tried = {each.mutant.id: each for each in run(made, Wanted(Chosen(Path()), boundary=True))}
    assert {name: each.would.expect for name, each in tried.items() if each.would is not None} == {
        "xx.law.quiet_month: when: o.age <= 30 -> o.age < 30": "deny",
        "xx.law.quiet_month: when: 30 -> 29": "deny",
        "xx.law.quiet_month: when: 30 -> 31": "allow",
    }
