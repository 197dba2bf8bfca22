"""One file to one ruleset: what it says, and what it may leave out."""

from __future__ import annotations

from dataclasses import replace as replace_dataclass
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from collectrules.case.terms import TOLD_ACTS
from collectrules.case.vocabulary import catalogue
from collectrules.law.reader import read_ruleset
from collectrules.law.strength import Strength
from collectrules.law.values import newest_values

Law = Any

VALUES = """
when: count(contacts) > $most and outside_hours(action, $from, 21:00) and any(all_debts where amount > $sum)
values:
  most: {2024-07-01: 7, 2020-01-01: 3}
  from: {2020-01-01: '08:00'}
  sum: {2020-01-01: '99.50', 2023-01-01: 100}
  day: {2020-01-01: 2026-04-08}
  word: {2020-01-01: phone}
"""


def test_values_are_dated_and_in_order(law: Law) -> None:
    values = law.ruleset(VALUES).rules[0].values
    assert values["most"].days == (date(2020, 1, 1).toordinal(), date(2024, 7, 1).toordinal())
    assert [value.value for value in values["most"].values] == [3, 7]
    kinds = {name: value.kind for name, value in newest_values(values).items()}
    assert kinds == {"most": "int", "from": "time", "sum": "int", "day": "date", "word": "word"}
    assert newest_values(values)["from"].value == 480


def test_a_rule_takes_from_its_file_what_it_does_not_say(law: Law) -> None:
    plain, own = law.ruleset(
        "when: debtor.minor", law.rule("when: debtor.minor\nsince: 2021-01-01\nverify_by: 2030-01-01", name="two")
    ).rules
    assert (plain.since, own.since) == (date(2020, 1, 1).toordinal(), date(2021, 1, 1).toordinal())
    assert (plain.verify_by, own.verify_by) == (date(2027, 1, 1).toordinal(), date(2030, 1, 1).toordinal())
    assert plain.source == "https://law.example/1"
    assert plain.full_id == "us.law.one"
    assert plain.verified == "2026-01-01"


def test_the_hash_is_that_of_the_text(law: Law) -> None:
    first, same, other = (law.ruleset(f"when: debtor.{fact}") for fact in ("minor", "minor", "deceased"))
    assert first.hash == same.hash != other.hash


@pytest.mark.parametrize("strength", [strength.value for strength in Strength][:6])
def test_every_strength_may_be_written(law: Law, strength: str) -> None:
    assert law.ruleset(f"when: debtor.minor\nstrength: {strength}").rules[0].strength is Strength(strength)


def test_circumstances_need_a_question(law: Law) -> None:
    body = "when: debtor.minor\nstrength: circumstances"
    assert law.problems(body) == ["CR100 the rule `one` has no `question`"]
    assert law.ruleset(f"{body}\nquestion: is it right?").rules[0].question == "is it right?"


def test_a_rule_governs_kinds_and_channels(law: Law) -> None:
    text = law.rule("when: debtor.minor").replace(
        "{kind: contact}", "{kind: [contact, respond], channel: [phone, sms]}"
    )
    rule = law.ruleset(text).rules[0]
    assert rule.governs("respond", "sms")
    assert not rule.governs("contact", "letter")
    assert not rule.governs("file_claim", "phone")
    assert rule.governs("contact", None), "a channel that is not known may be any"


@pytest.mark.parametrize("kind", TOLD_ACTS)
def test_what_is_told_on_a_channel_is_a_contact_too(law: Law, kind: str) -> None:
    text = law.rule("when: debtor.minor", name="minors").replace("{kind: contact}", "{kind: contact, channel: phone}")
    ruleset = law.ruleset(text, "kind: permission")
    rule = ruleset.rules[0]
    assert rule.governs(kind, "phone")
    assert not rule.governs(kind, "letter")
    assert not rule.governs(kind, None), "by no channel it is told to nobody"
    advisor = law.advisor(ruleset)
    for minor, decision in ((True, "deny"), (False, "allow")):
        case = law.case(debtor={"minor": minor}, action={"kind": kind, "channel": "phone"})
        assert advisor.check(case).decision == decision


@pytest.mark.parametrize(
    ("channel", "governed"),
    [
        ("{spoken: yes}", ("phone", "visit")),
        (
            "{electronic: yes, public: no}",
            ("email", "fax", "portal", "push", "rcs", "sms", "social_private", "whatsapp", "pigeon"),
        ),
        ("{postal: yes}", ("letter", "postcard")),
        ("[letter, {spoken: yes}, {in_person: yes}]", ("letter", "phone", "visit", "in_person", "process_server")),
        ("{any: yes}", ()),
    ],
)
def test_a_rule_governs_every_channel_that_is_what_it_says(law: Law, channel: str, governed: tuple[str, ...]) -> None:
    """Also a channel that a plugin adds, of which the law has never heard."""
    pigeon = replace(law.language.channels["email"], name="pigeon")
    language = replace(law.language, channels={**law.language.channels, "pigeon": pigeon})
    rule = law.rule("when: debtor.minor").replace("{kind: contact}", f"{{kind: contact, channel: {channel}}}")
    read = replace_dataclass(law, language=language).ruleset(rule).rules[0]
    assert set(read.governs_channels) == set(governed)
    assert read.governs("contact", "pigeon") is (not governed or "pigeon" in governed)


def test_an_act_whose_channel_is_not_known_is_governed_by_what_the_channel_is_once_known(law: Law) -> None:
    rule = law.rule("when: debtor.minor", name="minors").replace(
        "{kind: contact}", "{kind: contact, channel: {spoken: yes}}"
    )
    advisor = law.advisor(law.ruleset(rule, "kind: permission"))
    for channel, decision in (("phone", "deny"), ("letter", "allow"), (None, "review")):
        case = law.case(debtor={"minor": True}, action={"channel": channel})
        assert advisor.check(case).decision == decision


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("when: debtor.minor or or", ["CR130 `or` stands where a fact, number, word or query belongs"]),
        (
            "kind: waiting_period\nafter: contacts whre x\nvalues: {days: {2020-01-01: 7}}",
            ["CR130 `)` expected to close"],
        ),
        (
            "kind: contact_hours\nvalues: {from: {2020-01-01: 8}, to: {2020-01-01: '21:00'}}",
            ["CR130 `8` is a number, not a time"],
        ),
        (
            "kind: contact_hours\nvalues: {from: {2020-01-01: '24:30'}, to: {2020-01-01: '21:00'}}",
            ["CR121 `24:30` is no number"],
        ),
        (
            "kind: contact_hours\ndays: [mon, wen]\nvalues: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}",
            ["CR103 `wen` is no word for `days`"],
        ),
        (
            (
                "kind: contact_hours\nalso_when: true) or (true\n"
                "values: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}"
            ),
            ["CR130 `)` does not continue the expression"],
        ),
        (
            "kind: waiting_period\nafter: opt_out\nfirst_day_counts: yes\nvalues: {days: {2020-01-01: 7}}",
            ["CR103 `yes` is no word for `first_day_counts`"],
        ),
        ("kind: [condition]\nwhen: debtor.minor", ["CR102 `kind` is one text"]),
        ("when: [debtor.minor]", ["CR102 `when` is one text"]),
        ("when: debtor.minor\nvalues: {most: {}}", ["CR102 `most` has dates with a value each"]),
        ("when: debtor.minor\nvalues: {most: {2020-01-01: [7]}}", ["CR121 a value is one text"]),
        ("when: debtor.minor\nunless: debtor.deceased", ["CR102 `unless` is a list"]),
        ("when: debtor.minor\nunless: [debtor.deceased]", ["CR102 an item of `unless` is no table of keys"]),
    ],
)
def test_a_mistake_is_told_once(law: Law, body: str, problems: list[str]) -> None:
    found = law.problems(body)
    assert len(found) == len(problems)
    assert all(told.startswith(wanted) for told, wanted in zip(found, problems, strict=True)), found


def test_all_mistakes_of_a_file_are_told_at_once(law: Law) -> None:
    found = law.problems("when: debtor.minr", law.rule("when: debtor.decesed", name="two"), since="2020-13-01")
    assert [told.split()[0] for told in found] == ["CR104", "CR130", "CR130"]


def test_a_mistake_in_a_definition_is_told_there_and_not_where_it_is_used(law: Law) -> None:
    more = "define:\n  young: {title: young, is: debtor.minr}\n  younger: {title: younger, is: young}"
    assert law.problems("when: young and younger", more=more) == [
        "CR130 `minr` is no field of a debtor, at `debtor.minr`"
    ]


def test_a_circle_is_told_once(law: Law) -> None:
    more = "define:\n" + "\n".join(
        f"  {name}: {{title: x, is: {text}}}"
        for name, text in (("a1", "b1"), ("b1", "not c1"), ("c1", "a1"), ("d1", "a1"))
    )
    assert law.problems("when: d1", more=more) == ["CR130 `a1` is defined by itself"]


@pytest.mark.parametrize(
    "holiday",
    [
        "{name: x, month: 1}",
        "{name: x, day: 1}",
        "{name: x, month: 1, weekday: mon}",
        "{name: x, weekday: mon, nth: 1}",
        "{name: x, on_or_before: 05-24}",
        "{name: x}",
        "{name: x, month: 1, day: 32}",
        "{name: x, month: 1, weekday: mon, nth: 6}",
        "{name: x, weekday: mon, on_or_before: 24-05}",
        "{name: x, month: 1, day: 1, moved: {mun: 1}}",
        "{name: x, month: 1, day: 1, moved: {mon: soon}}",
        "{name: x, month: 1, day: 1, since: 2020}",
    ],
)
def test_a_holiday_that_is_no_day_is_refused(law: Law, holiday: str) -> None:
    more = f"calendars:\n  bank:\n    cite: Law 1\n    closed: [sat, sun]\n    holidays:\n      - {holiday}"
    assert law.problems("when: debtor.minor", more=more)


def test_calendars_count(law: Law) -> None:
    more = (
        "calendars:\n  bank:\n    cite: Law 1\n    closed: [sat, sun]\n    holidays:\n"
        "      - {name: Good Friday, easter: -2}\n      - {name: Monday before, weekday: mon, on_or_before: 04-07}\n"
        "      - {name: moved, month: 4, day: 11, moved: {sat: -1}}"
    )
    calendar = law.ruleset("when: debtor.minor", more=more).calendars["bank"]
    closed = {day for day in range(1, 13) if not calendar.is_open(date(2026, 4, day).toordinal())}
    assert closed == {3, 4, 5, 6, 10, 11, 12}
    asked = law.ruleset("when: business_days_between(2026-04-02, action.day, bank) < 2", more=more)
    judged = {
        day: law.advisor(asked).judge(law.case(action={"at": f"2026-04-{day}"})).outcomes[0].breach
        for day in ("07", "08", "09")
    }
    assert judged == {"07": True, "08": False, "09": False}


def test_a_weekday_may_be_closed_from_a_day_on(law: Law) -> None:
    more = (
        "calendars:\n  old:\n    cite: Law 1\n    closed: [sun]\n    closed_since: {sat: 2017-01-14}\n"
        "    holidays: []\n"
        "  new:\n    cite: Law 2\n    extends: old\n    closed: []\n    holidays: []\n"
    )
    calendars = law.ruleset("when: debtor.minor", more=more).calendars
    for name in ("old", "new"):
        opened = {day for day in range(1, 23) if calendars[name].is_open(date(2017, 1, day).toordinal())}
        assert opened == set(range(1, 23)) - {1, 8, 14, 15, 21, 22}
    wrong = more.replace("sat: 2017-01-14", "sat: soon")
    assert law.problems("when: debtor.minor", more=wrong)


@pytest.mark.parametrize(
    "word", ["any", "true", "and", "this", "action", "debtor", "opt_out", "channel", "presumed", "electronic"]
)
def test_what_means_something_already_is_no_name_of_a_definition(law: Law, word: str) -> None:
    problems = law.problems("when: debtor.minor", more=f"define:\n  {word}: {{title: x, is: debtor.deceased}}")
    assert problems == [f"CR131 `{word}` has a meaning in expressions already"]


def test_a_file_in_its_place_is_read(law: Law, tmp_path: Any) -> None:
    text = law.rule("when: debtor.minor")
    head = (
        "ruleset: us.tx\ntitle: x\njurisdiction: US-TX\nversion: '1'\nsource: https://law.example\nsince: 2020-01-01\n"
        "verified: {date: 2026-01-01, against: x, confidence: low}\nverify_by: 2027-01-01\nrules:\n"
    )
    (tmp_path / "us").mkdir()
    path = tmp_path / "us" / "tx.yaml"
    path.write_text(head + text, encoding="utf-8")
    ruleset = read_ruleset(path, law.language, folder=tmp_path)
    assert (ruleset.id, ruleset.jurisdiction, ruleset.rules[0].confidence) == ("us.tx", "US-TX", "low")


def test_a_report_that_is_a_word_is_told_where_a_condition_holds(law: Law) -> None:
    more = "reports:\n  - {{name: presumption, governs: {{kind: contact}}, value: violation, is: {text}}}"
    assert law.problems("when: debtor.minor", more=more.format(text="count(contacts)")) == [
        "CR130 `count(contacts)` is no condition"
    ]
    assert law.ruleset("when: debtor.minor", more=more.format(text="debtor.minor")).reports[0].value == "violation"


GROUPS = """\
values: {hour: {2020-01-01: '20:00'}}
groups:
  calls:
    governs: {kind: [contact, respond], channel: phone}
    unless:
      - {if: action.requested_by_debtor, cite: Law 2, title: asked}
      - {if: 'outside_hours(action, 08:00, $hour)', cite: Law 3, title: late}"""


def of_calls(law: Law, body: str, *, governs: str = "") -> str:
    rule: str = law.rule(f"group: calls\n{body}")
    return rule.replace("    governs: {kind: contact}\n", governs)


def test_a_rule_governs_what_its_group_governs_and_is_lifted_by_its_exceptions_too(law: Law) -> None:
    own = "when: debtor.minor\nunless:\n  - {if: action.purpose == required_by_law, cite: Law 4, title: owed}"
    ruleset = law.ruleset(of_calls(law, own), law.rule("kind: permission", name="two"), more=GROUPS)
    rule = ruleset.rules[0]
    assert (rule.governs_kinds, rule.governs_channels) == (("contact", "respond"), ("phone",))
    assert [clause.title for clause in rule.exceptions] == ["owed", "asked", "late"]

    def decision(**action: Any) -> Any:
        return law.advisor(ruleset).check(law.case(debtor={"minor": True}, action=action)).decision

    assert decision() == "deny"
    assert decision(requested_by_debtor=True) == "allow"
    assert decision(at="2026-04-08T20:00") == "allow"
    assert decision(channel="letter") == "allow"


def test_a_rule_that_says_what_it_governs_takes_from_its_group_the_exceptions_only(law: Law) -> None:
    governs = "    governs: {kind: file_claim}\n"
    (rule,) = law.ruleset(of_calls(law, "when: debtor.minor", governs=governs), more=GROUPS).rules
    assert (rule.governs_kinds, rule.governs_channels) == (("file_claim",), ())
    assert [clause.title for clause in rule.exceptions] == ["asked", "late"]


def test_a_group_makes_reviews_of_what_its_rules_deny(law: Law) -> None:
    more = """groups:
  doubtful:
    review:
      - {if: collector.licensed == false, cite: Law 5, title: doubtful, question: does the law bind it?}"""
    denied = law.rule("group: doubtful\nwhen: debtor.minor")
    asked = law.rule("group: doubtful\nquestion: who?\nstrength: circumstances\nwhen: debtor.deceased", name="two")
    ruleset = law.ruleset(denied, asked, more=more)
    assert [[review.title for review in rule.reviews] for rule in ruleset.rules] == [["doubtful"], []]

    def decision(*, licensed: bool) -> Any:
        case = law.case(collector={"role": "third_party", "licensed": licensed}, debtor={"minor": True})
        return law.advisor(ruleset).check(case).decision

    assert (decision(licensed=True), decision(licensed=False)) == ("deny", "review")


def test_a_group_rebuts_what_its_rules_presume(law: Law) -> None:
    more = "groups:\n  calls:\n    factors:\n      - {if: action.requested_by_debtor, cite: Law 6, title: asked for}"
    presumed = law.rule("group: calls\nwhen: debtor.minor").replace("prohibition", "presumption_of_violation")
    ruleset = law.ruleset(presumed, law.rule("group: calls\nwhen: debtor.deceased", name="two"), more=more)
    assert [[factor.title for factor in rule.factors] for rule in ruleset.rules] == [["asked for"], []]

    def decision(who: str, **action: Any) -> Any:
        return law.advisor(ruleset).check(law.case(debtor={who: True}, action=action)).decision

    assert decision("minor") == "deny"
    assert decision("minor", requested_by_debtor=True) == "review"
    assert decision("deceased", requested_by_debtor=True) == "deny"


def test_what_a_group_says_must_hold_for_each_of_its_rules_of_whatever_kind(law: Law) -> None:
    more = "groups:\n  minors:\n    when: debtor.minor"
    late = "group: minors\nkind: contact_hours\nvalues: {from: {2020-01-01: '08:00'}, to: {2020-01-01: '21:00'}}"
    by_phone = law.rule("group: minors\nwhen: action.channel == phone or action.channel == fax", name="by_phone")
    written = law.rule("group: minors\nwhen: action.channel == letter and debtor.deceased", name="written")
    by_mail = law.rule("group: minors", name="by_mail").replace("{kind: contact}", "{kind: contact, channel: postcard}")
    ruleset = law.ruleset(by_phone, by_mail, law.rule(late, name="late"), written, more=more)
    assert [rule.breach_text for rule in ruleset.rules] == [
        "debtor.minor and (action.channel == phone or action.channel == fax)",
        "debtor.minor",
        "outside_hours(action, $from, $to) and (debtor.minor)",
        "debtor.minor and action.channel == letter and debtor.deceased",
    ]

    def speaking(*, minor: bool, **action: Any) -> Any:
        found = law.advisor(ruleset).check(law.case(debtor={"minor": minor}, action=action)).findings
        return [finding.rule.rpartition(".")[2] for finding in found if finding.decision == "deny"]

    assert speaking(minor=True, channel="phone", at="2026-04-08T22:00") == ["by_phone", "late"]
    assert speaking(minor=True, channel="postcard", at="2026-04-08T10:00") == ["by_mail"]
    assert speaking(minor=False, channel="phone", at="2026-04-08T22:00") == []


def test_a_group_of_acts_stands_for_each_of_them(law: Law) -> None:
    text = law.rule("when: debtor.minor").replace("{kind: contact}", "{kind: [notices, file_claim, send_verification]}")
    kinds = ("send_validation_notice", "send_verification", "send_duplicative_notice", "file_claim")
    assert law.ruleset(text).rules[0].governs_kinds == kinds


def test_every_group_of_acts_is_made_of_acts() -> None:
    known = set(catalogue().action_kinds)
    assert known.isdisjoint(catalogue().action_groups)
    assert all(known.issuperset(kinds) for kinds in catalogue().action_groups.values())
