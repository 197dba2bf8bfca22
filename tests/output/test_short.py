"""The page and the line: never too long, nothing in them that the whole text lacks, and nothing left out unsaid."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from collectrules.advisor import Advisor
from collectrules.case.reading import read_cases
from collectrules.ground.lines import WIDTH
from collectrules.law.strength import Strength
from collectrules.output import rendering, short
from collectrules.verdict.objects import Act, Alternative, Exemption, ExploredVerdict, Finding, Obligation, OpenFact

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

CASES = Path(__file__).parents[1] / "cases"
SUITES = sorted(CASES.glob("*/*.yaml"))
TODAY = date(2026, 11, 21)
FIELD = CASES / "open" / "field.yaml"
CUT = re.compile(r"\S* …(?= · |$)", re.MULTILINE)
WORD = re.compile(r"[a-z]{4,}")
OWN = frozenset(
    WORD.findall(
        "more reason reasons ways questions duties full also points assumptions assumption rules were asked none "
        "rule forbids holds least until open cannot decided facts missing answer what below collectrules "
        "write answers into case "
        "letter email phone call text message mail postcard visit zones wait step steps lifted exception "
        "values value question point "
        "january february march april june july august september october november december "
        "next duty"
    )
)
"""What a page says in words of its own."""


def words(size: int = 400) -> st.SearchStrategy[str]:
    return st.text("abcdefg hijklm nopqrs-/.0123456789", min_size=1, max_size=size).filter(str.strip)


def built(made: Callable[..., T], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """As `st.builds`, of a class whose types are imported for checking alone."""
    return st.fixed_dictionaries(parts).map(lambda stated: made(**stated))


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=30).map(tuple)


MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.isoformat(timespec="minutes"))  # noqa: DTZ001
FINDINGS = built(
    Finding,
    rule=words(80) | st.just(""),
    ruleset=words(20),
    jurisdiction=st.just("XX"),
    strength=st.sampled_from(Strength),
    outcome=st.sampled_from(["breached", "unknown"]),
    decision=st.sampled_from(["deny", "review"]),
    citation=words(200),
    source=words(20),
    sentence=words(),
    evidence=st.just({}),
    tests=st.just(()),
    place=words(20),
    question=words() | st.just(""),
)
VERDICTS = built(
    ExploredVerdict,
    decision=st.sampled_from(["allow", "deny", "review"]),
    basis=st.just("permitted"),
    case=words(200) | st.just(""),
    action=words(60),
    act=st.builds(Act, words(60), st.just("") | words(60), st.just("") | words(60)),
    at=MOMENTS,
    findings=several(FINDINGS),
    exemptions=several(st.builds(Exemption, words(), words(), words())),
    obligations=several(st.builds(Obligation, words(), words(), words())),
    unknown=several(st.builds(OpenFact, fact=words(), question=words(), rules=st.just(()))),
    assumed=several(st.builds(OpenFact, fact=words(), question=words(), rules=st.just(()))),
    alternatives=several(
        st.builds(
            Alternative,
            kind=st.sampled_from(["wait", "fact", "channel", "consent", "change"]),
            sentence=words(),
            at=st.none() | MOMENTS,
            channel=st.just("") | words(),
        )
    ),
    established=st.just({}),
    not_encoded=several(words()),
    not_bound=several(words()),
    rulesets=st.just(()),
    engine=st.just("own decider"),
    decision_id=st.just("0"),
    valid_until=MOMENTS,
    considered=several(words(20)),
)


@given(VERDICTS)
def test_a_page_is_never_too_long_and_says_what_it_leaves_out(verdict: ExploredVerdict) -> None:
    page = short.page(verdict)
    lines = page.splitlines()
    assert len(lines) <= short.LINES
    assert max(map(len, lines)) <= WIDTH
    assert page.startswith(verdict.decision.upper())
    if verdict.not_encoded:
        assert f"{len(verdict.not_encoded)} point" in page
    if len(verdict.obligations) > short.LINES:
        assert re.search(r"\d+ more duties \(--full\)", page)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


@pytest.mark.parametrize("suite", SUITES, ids=[path.stem for path in SUITES])
def test_the_page_of_every_case_is_short_and_the_whole_text_has_all_of_it(suite: Path, advisor: Advisor) -> None:
    for case in read_cases(suite).cases:
        if case.action is None:
            answer = advisor.answer(case)
            page, whole = short.answer_page(answer), rendering.answer_as_text(answer)
            as_json = rendering.answer_as_json(answer)
        else:
            verdict = advisor.explore(case)
            page, whole, as_json = short.page(verdict), rendering.as_text(verdict), rendering.as_json(verdict)
            brief = advisor.brief(case)
            assert brief.decision == verdict.decision
            assert brief.next == next((each.at for each in verdict.alternatives if each.kind == "wait"), None)
            assert brief.citation in [each.citation for each in verdict.findings] or verdict.decision == "allow"
            assert (brief.gap is not UNSET) == (brief.rule == Strength.COVERAGE_GAP)
            if brief.gap is not UNSET:  # the place, and what was not read there, of the first finding of that kind
                first = next(each.sentence for each in verdict.findings if each.strength == Strength.COVERAGE_GAP)
                assert first.startswith(brief.gap.partition(":")[0])
                assert brief.gap.partition(" and ")[0].partition(": ")[2] in first
                assert brief.gap in short.line(brief)
        lines = page.splitlines()
        assert len(lines) <= short.LINES, page
        assert max(map(len, lines)) <= WIDTH, page
        said = set(WORD.findall(CUT.sub("", page).lower().replace("_", " ")))
        for whole_form in (whole, as_json):
            assert said <= OWN | set(WORD.findall(whole_form.lower().replace("_", " "))), (page, whole_form)


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        ("Act 1", "Act 1 · duty missed"),
        ("", "duty missed"),
        (
            "; ".join(["Regulation 1006 of the Act"] * 9),
            f"{'; '.join(['Regulation 1006 of the Act'] * 2)} and more · duty missed",
        ),
        ("Act 1; " + "b" * 80, "Act 1 and more · duty missed"),
        ("b" * 90, f"{'b' * 64} … · duty missed"),
    ],
)
def test_a_long_citation_takes_no_room_from_the_strength(citation: str, said: str) -> None:
    assert short._law(citation, "duty missed") == said  # noqa: SLF001


def test_what_is_breached_goes_before_what_is_not_known_and_the_rest_is_counted(advisor: Advisor) -> None:
    case = read_cases(SUITES[0].parents[3] / "examples" / "what-is-missing.yaml").cases[0]
    verdict = advisor.explore(case)
    page = short.page(verdict)
    assert f"  {len(verdict.findings)} rules of US cannot be decided, for facts are missing" in page
    breached = replace(verdict.findings[-1], outcome="breached", decision="deny", sentence="this is breached")
    page = short.page(replace(verdict, findings=(*verdict.findings, breached)))
    assert page.index("this is breached") < page.index("cannot be decided")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-04-07", "Tue 7 April 2026"),
        ("2026-04-07T09:05", "Tue 7 April 2026, 09:05"),
        ("2026-04-08T08:00-05:00", "Wed 8 April 2026, 08:00 (UTC-0500)"),
    ],
)
def test_a_moment_as_people_write_it(text: str, said: str) -> None:
    assert short.moment(text) == said


@pytest.mark.parametrize(
    ("text", "zones", "said"),
    [
        ("2026-04-07", ["America/Chicago"], "Tue 7 April 2026"),
        ("2026-04-07T09:05", ["America/Chicago"], "Tue 7 April 2026, 09:05"),
        ("2026-04-08T08:00-05:00", ["America/Chicago"], "Wed 8 April 2026, 08:00 in Chicago"),
        (
            "2026-04-08T08:00-05:00",
            ["America/Chicago", "America/New_York"],
            "Wed 8 April 2026, 08:00 in Chicago, 09:00 in New York",
        ),
        (
            "2026-04-08T23:30-05:00",
            ["America/Chicago", "America/New_York"],
            "Wed 8 April 2026, 23:30 in Chicago, 00:30 in New York (Thursday)",
        ),
        (
            "2026-04-08T08:00-05:00",
            ["America/Chicago", "America/New_York", "America/Denver"],
            "Wed 8 April 2026, 08:00 in Chicago and 2 more zones",
        ),
        ("2026-04-08T08:00-05:00", [], "Wed 8 April 2026, 08:00 (UTC-0500)"),
    ],
)
def test_a_moment_on_the_clocks_where_the_debtor_may_be(text: str, zones: list[str], said: str) -> None:
    assert short.when(text, zones) == said


ACT = {"kind": "contact", "channel": "phone", "at": datetime.fromisoformat("2026-11-24T20:30:00-06:00")}
CASE: dict[str, object] = {
    "version": 2,
    "collector": {"role": "third_party"},
    "debtor": {"endpoints": [{"number": "+1 850 555 0142"}]},
    "debts": [{"id": "INV-1", "kind": "consumer"}],
    "action": ACT,
}


def test_the_head_tells_the_act_and_every_clock_and_json_has_them(advisor: Advisor) -> None:
    verdict = advisor.explore({**CASE, "record": "complete"})
    head = short.page(verdict).splitlines()[0]
    assert head == "DENY    phone call, Tue 24 November 2026, 20:30 in Chicago, 21:30 in New York"
    assert [(each.zone, each.time, each.origin) for each in verdict.clocks] == [
        ("America/Chicago", "20:30", "the number"),
        ("America/New_York", "21:30", "the number"),
    ]
    unplaced = {**CASE, "record": "complete", "debtor": {"endpoints": [{"number": "+1 800 555 0142"}]}}
    assert advisor.explore({**unplaced, "jurisdiction": "US"}).clocks == ()


def test_what_is_offered_first_makes_the_whole_act_lawful_and_no_offer_answers_a_lesser_rule(advisor: Advisor) -> None:
    cease = [{"at": "2026-11-20", "event": "cease_notice_received", "form": "written"}]
    verdict = advisor.explore({**CASE, "record": "complete", "history": cease})
    lesser = [each for each in verdict.findings if each.decision == "review"]
    answers = [each.sentence for each in verdict.alternatives if each.rule in {finding.rule for finding in lesser}]
    assert answers  # they are in the whole text, and would not make the act lawful
    page = re.sub(r"\s+", " ", short.page(verdict))
    assert not [each for each in answers if each in page]
    by_hours = short.page(advisor.explore({**CASE, "record": "complete"})).splitlines()
    first = next(number for number, line in enumerate(by_hours) if line.startswith("next"))
    assert by_hours[first] == "next    wait until Wed 25 November 2026, 08:00 in Chicago, 09:00 in New York"


def test_what_the_answers_decide_is_not_asked_besides(advisor: Advisor) -> None:
    verdict = advisor.explore({**CASE, "action": {**ACT, "at": "2026-11-24T12:00:00-06:00"}})
    settled = [each.question for each in verdict.findings if each.question and each.outcome == "unknown"]
    assert settled
    page = re.sub(r"\s+", " ", short.page(verdict))
    assert not [question for question in settled if question in page]


def test_a_mapping_is_asked_about_as_it_is_and_what_is_none_is_told(advisor: Advisor) -> None:
    whole = {**CASE, "record": "complete"}
    assert advisor.check(whole).decision == advisor.brief(whole).decision == "deny"
    answers = list(advisor.check_many([whole, None, 3, {}, whole]))  # type: ignore[list-item]
    assert [getattr(each, "decision", "wrong") for each in answers] == ["deny", "wrong", "wrong", "wrong", "deny"]


def test_steps_of_one_law_name_it_once(advisor: Advisor) -> None:
    case = next(each for each in read_cases(FIELD).cases if each.id == "field-erpnext-ie")
    lines = short.answer_page(advisor.answer(case)).splitlines()
    assert all(line.strip() for line in lines)
    assert sum(line.strip() == "S.I. 580/2012" for line in lines) == 1


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act("contact", "phone"), "phone call"),
        (Act("contact", "sms", "debtor"), "text message"),
        (Act("contact", "email", "third_party"), "e-mail to third party"),
        (Act("contact", "whatsapp"), "contact by whatsapp"),
        (Act("respond", "phone", "spouse"), "respond by phone to spouse"),
        (Act("charge_fee"), "charge fee"),
        (Act("threaten_claim", "letter"), "threaten claim by letter"),
    ],
)
def test_the_page_calls_the_act_as_people_do(advisor: Advisor, act: Act, said: str) -> None:
    verdict = advisor.explore(read_cases(FIELD).cases[0])
    assert short.page(replace(verdict, case="", act=act)).startswith(f"{verdict.decision.upper():6}  {said}, ")
