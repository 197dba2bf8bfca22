"""Facts that a law declares: known to its rules, to cases of its places, and to everything that asks for facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.case.schema import schema
from collectrules.ground.errors import InvalidInput
from collectrules.law.files import LIBRARIES
from collectrules.law.rulebook import Rulebook

if TYPE_CHECKING:
    from pathlib import Path

Law = Any

EXEMPT = (
    "facts: {wages_exempt: {of: action, type: bool, absent: unknown, title: the wages are exempt from garnishment,"
    " ask: are the wages exempt from garnishment?}}"
)
RULE = "when: action.wages_exempt"


def declared(name: str, body: str) -> str:
    """A declaration of one fact."""
    return f"facts: {{{name}: {{{body}, title: a fact, ask: is it so?}}}}"


@pytest.mark.parametrize(
    ("stated", "breach"), [({"wages_exempt": True}, True), ({"wages_exempt": False}, False), ({}, None)]
)
@pytest.mark.parametrize("record", ["complete", "partial"])
def test_a_rule_reads_what_its_ruleset_declares(law: Law, stated: Any, breach: bool | None, record: str) -> None:
    advisor = law.advisor(law.ruleset(RULE, more=EXEMPT))
    judged = advisor.judge(law.case(action={"facts": stated}, record=record))
    assert judged.outcomes[0].breach is breach


@pytest.mark.parametrize(
    ("kind", "absent", "asked", "whole"),
    [
        ("bool", "'true'", "action.extra", True),
        ("bool", "'false'", "action.extra", False),
        ("bool", "unknown", "action.extra", None),
        ("'[red, blue]'", "red", "action.extra == red", True),
        ("'[red, blue]'", "none", "action.extra == red", False),
        ("'[red, blue]'", "unknown", "action.extra == red", None),
        ("number", "none", "action.extra > 3", None),
        ("date", "none", "action.extra is given", False),
    ],
)
def test_what_absence_means_is_declared(law: Law, kind: str, absent: str, asked: str, whole: bool | None) -> None:
    more = declared("extra", f"of: action, type: {kind.strip(chr(39))}, absent: {absent}")
    advisor = law.advisor(law.ruleset(f"when: {asked}", more=more))
    assert advisor.judge(law.case()).outcomes[0].breach is whole
    assert advisor.judge(law.case(record="partial")).outcomes[0].breach is None


@pytest.mark.parametrize(
    ("kind", "value", "asked"),
    [
        ("bool", True, "action.extra"),
        ("[red, blue]", "blue", "action.extra == blue"),
        ("number", 4, "action.extra > 3"),
        ("date", "2026-04-07", "days_between(action.extra, action.day) == 1"),
        ("money", "12.50", "action.extra > $limit\nvalues: {limit: {2020-01-01: '12.49'}}"),
        ("text", "x 1", 'action.extra == "x 1"'),
        ("[red, blue], several: yes", ["red", "blue"], "action.extra has blue"),
    ],
)
def test_every_type_is_read_and_written(law: Law, kind: str, value: Any, asked: str) -> None:
    more = declared("extra", f"of: action, type: {kind}, absent: unknown")
    advisor = law.advisor(law.ruleset(f"when: {asked}", more=more))
    case = law.case(action={"facts": {"extra": value}})
    assert advisor.judge(case).outcomes[0].breach is True
    read = case_from_mapping(case.to_mapping(), facts_of=advisor.rulebook.facts_of)
    assert read.to_mapping() == case.to_mapping()
    assert advisor.judge(read).outcomes[0].breach is True
    with pytest.raises(InvalidInput, match=r"case/action/facts/extra"):
        advisor.judge(law.case(action={"facts": {"extra": {"a": 1} if kind == "text" else "no such", "other": 1}}))


@pytest.mark.parametrize(
    ("owner", "asked", "changes"),
    [
        (
            "debt",
            "any(debts of action where extra)",
            {"debts": [{"id": "A", "kind": "consumer", "facts": {"extra": True}}]},
        ),
        ("debtor", "debtor.extra", {"debtor": {"facts": {"extra": True}}}),
        ("collector", "collector.extra", {"collector": {"role": "third_party", "facts": {"extra": True}}}),
        ("creditor", "creditor.extra", {"creditor": {"facts": {"extra": True}}}),
        ("case", "case.extra", {"facts": {"extra": True}}),
        (
            "event",
            "any(opt_out where extra)",
            {"history": [{"at": "2026-04-01", "event": "opt_out", "facts": {"extra": True}}]},
        ),
        (
            "contact",
            "any(contacts where extra)",
            {
                "history": [
                    {"at": "2026-04-01", "channel": "phone", "direction": "outbound", "facts": {"extra": True}},
                    {"at": "2026-04-02", "channel": "phone", "direction": "outbound"},
                ]
            },
        ),
        ("[action, contact]", "calls(action)", {"action": {"facts": {"extra": True}}}),
    ],
)
def test_a_fact_may_be_of_every_object(law: Law, owner: str, asked: str, changes: Any) -> None:
    more = declared("extra", f"of: {owner}, type: bool, absent: 'false'")
    if "contact" in owner:
        more += "\ndefine: {calls: {title: a call, of: contact, is: extra}}"
    advisor = law.advisor(law.ruleset(f"when: {asked}", more=more))
    assert advisor.judge(law.case(**changes)).outcomes[0].breach is True
    assert advisor.judge(law.case()).outcomes[0].breach is False
    advisor.explore(law.case(record="partial"))


def test_a_verdict_asks_for_the_fact_by_the_question_of_the_law(law: Law) -> None:
    advisor = law.advisor(law.ruleset(RULE, more=EXEMPT))
    open_facts = advisor.explore(law.case(record="partial")).unknown
    assert [(fact.fact, fact.question) for fact in open_facts] == [
        ("action.wages_exempt", "are the wages exempt from garnishment?")
    ]


def test_what_was_taken_for_granted_is_told(law: Law) -> None:
    more = EXEMPT.replace("absent: unknown", "absent: 'false'")
    verdict = law.advisor(law.ruleset(RULE, more=more)).explore(law.case())
    assert verdict.decision == "allow"
    assert [(fact.fact, fact.taken_as) for fact in verdict.assumed] == [("action.wages_exempt", False)]
    stated = law.advisor(law.ruleset(RULE, more=more)).explore(law.case(action={"facts": {"wages_exempt": False}}))
    assert stated.assumed == ()


def test_a_company_may_assume_it(law: Law) -> None:
    ruleset = law.ruleset(RULE, more=EXEMPT)
    advisor = law.advisor(ruleset, assume={"action.wages_exempt": (False, "we ask the employer")})
    verdict = advisor.explore(law.case(record="partial"))
    assert verdict.decision == "allow"
    assert [fact.reason for fact in verdict.assumed] == ["standing assumption: we ask the employer"]
    assert advisor.explore(law.case(action={"facts": {"wages_exempt": True}})).decision == "deny"
    with pytest.raises(InvalidInput, match=r"did you mean `action\.wages_exempt`"):
        law.advisor(ruleset, assume={"action.wages_exmpt": (False, "x")})
    with pytest.raises(InvalidInput, match="is true or false"):
        law.advisor(ruleset, assume={"action.wages_exempt": ("no", "x")})


def test_an_action_made_otherwise_keeps_its_facts(law: Law) -> None:
    """The searches of a verdict change one fact of the action, by `replace` or by `but`."""
    from dataclasses import replace

    action = law.case(action={"facts": {"wages_exempt": True}}).action
    assert replace(action, channel="letter").facts == {"wages_exempt": True}
    assert action.but(channel="letter").facts == {"wages_exempt": True}
    assert action.but(facts={"wages_exempt": False}) == action.but(**{"facts.wages_exempt": False}) != action
    assert "wages_exempt" in repr(action)


# ---- names -------------------------------------------------------------------------------------------------------

CASE = """\
jurisdiction: US
collector: {role: third_party}
debts: [{id: A, kind: consumer}]
action: {kind: contact, at: 2026-04-08, facts: {wages_exmpt: true}}
"""


def test_what_nobody_declares_is_told_with_its_place(law: Law) -> None:
    book = law.advisor(law.ruleset(RULE, more=EXEMPT)).rulebook
    with pytest.raises(InvalidInput) as caught:
        parse_cases(CASE, "x.yaml", facts_of=book.facts_of)
    assert str(caught.value).splitlines() == [
        "x.yaml:4:49: CR011 no law of this place declares a fact `wages_exmpt` of the action",
        "    did you mean `wages_exempt`?",
    ]
    with pytest.raises(InvalidInput, match="they declare none"):
        parse_cases(CASE.replace("US", "CA"), "x.yaml", facts_of=book.facts_of)
    with pytest.raises(InvalidInput, match=r"x\.yaml:4:63: CR014 `wages_exempt` must be true or false"):
        parse_cases(CASE.replace("exmpt: true", "exempt: 'yes'"), "x.yaml", facts_of=book.facts_of)


def test_a_case_that_was_read_without_laws_is_held_against_them_before_it_is_asked(law: Law) -> None:
    advisor = law.advisor(law.ruleset(RULE, more=EXEMPT))
    (case,) = parse_cases(CASE, "x.yaml").cases
    with pytest.raises(InvalidInput, match=r"did you mean `wages_exempt`"):
        advisor.check(case)


def test_a_fact_at_the_top_of_its_object_is_told_where_it_belongs(law: Law) -> None:
    book = law.advisor(law.ruleset(RULE, more=EXEMPT)).rulebook
    text = CASE.replace("facts: {wages_exmpt: true}", "wages_exempt: true")
    with pytest.raises(InvalidInput, match="a law declares it: write it under `facts:`"):
        parse_cases(text, "x.yaml", facts_of=book.facts_of)


def test_a_ruleset_reads_what_it_declares_and_no_more(law: Law) -> None:
    assert law.problems("when: action.wages_exmpt", more=EXEMPT) == [
        "CR130 `wages_exmpt` is no field of a contact, at `action.wages_exmpt`"
    ]
    assert law.problems(RULE) == ["CR130 `wages_exempt` is no field of a contact, at `action.wages_exempt`"]


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("of: action, type: bool, absent: unknown", "of: action, type: bool, absent: unknown", True),
        ("of: action, type: bool, absent: unknown", "of: action, type: bool, absent: 'false'", False),
        ("of: action, type: bool, absent: unknown", "of: action, type: number, absent: unknown", False),
        ("of: action, type: [a, b], absent: a", "of: action, type: [b, a], absent: a", True),
        ("of: action, type: [a, b], absent: a", "of: action, type: [a, c], absent: a", False),
        ("of: action, type: bool, absent: unknown", "of: debt, type: number, absent: none", True),
    ],
)
def test_laws_that_may_apply_together_agree_on_a_fact(law: Law, first: str, second: str, agree: bool) -> None:
    country = law.ruleset("when: action.extra is given", more=declared("extra", first))
    asked = "any(debts of action where extra is given)" if "debt" in second else "action.extra is given"
    part = law.ruleset(f"when: {asked}", name="us.tx", jurisdiction="US-TX", more=declared("extra", second))
    advisor = law.advisor(country, part)
    assert advisor.judge(law.case()).outcomes[0].breach is False
    if agree:
        assert len(advisor.judge(law.case(jurisdiction="US-TX")).outcomes) == 2
        return
    with pytest.raises(InvalidInput) as caught:
        advisor.judge(law.case(jurisdiction="US-TX"))
    (problem,) = caught.value.problems
    assert problem.code == "CR162"
    assert "`us.law` and `us.tx`" in problem.message or "`us.tx` and `us.law`" in problem.message


def test_a_library_declares_for_those_who_use_it(law: Law, tmp_path: Path) -> None:
    (tmp_path / LIBRARIES).mkdir()
    head = "title: words\nversion: '1'\n"
    library = f"library: common.wages\n{head}{EXEMPT}\ndefine: {{exempt: {{title: exempt, is: action.wages_exempt}}}}\n"
    (tmp_path / LIBRARIES / "wages.yaml").write_text(library)
    book = Rulebook([_folder(law, tmp_path)], law.language)
    assert [(fact.name, fact.declared_by) for fact in book.facts()] == [("wages_exempt", "common.wages")]
    (tmp_path / "us.yaml").write_text((tmp_path / "us.yaml").read_text() + EXEMPT + "\n")
    with pytest.raises(InvalidInput, match="CR150 `wages_exempt` comes from a library"):
        Rulebook([tmp_path], law.language).facts()


def _folder(law: Law, folder: Path) -> Path:
    """A folder of rulesets with one that uses the library of wages."""
    body = law.rule("when: exempt and action.wages_exempt")
    (folder / "us.yaml").write_text(
        "ruleset: us\ntitle: a law\njurisdiction: US\nversion: '1'\nsource: https://law.example\nsince: 2020-01-01\n"
        "verified: {date: 2026-01-01, against: the text, confidence: high}\nverify_by: 2027-01-01\n"
        f"uses: [common.wages]\nrules:\n{body}"
    )
    return folder


def test_the_schema_of_a_case_has_them(law: Law) -> None:
    book = law.advisor(law.ruleset(RULE, more=EXEMPT)).rulebook
    facts = schema(book.facts())["$defs"]["action"]["properties"]["facts"]
    assert facts["additionalProperties"] is False
    assert facts["properties"]["wages_exempt"]["x-absent"] == {"unknown": True}
    assert "properties" not in schema()["$defs"]["action"]["properties"]["facts"]
