"""The page and the line: never too long, nothing in them that the whole text lacks, and nothing left out unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.reading import read_cases
from collectrules.law.strength import Strength
from collectrules.output import rendering, short
from collectrules.verdict.objects import Alternative, Exemption, ExploredVerdict, Finding, Obligation, OpenFact

SUITES = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))
TODAY = date(2026, 11, 21)
CUT = re.compile(r"\S* …$", re.MULTILINE)
WORD = re.compile(r"[a-z]{4,}")
OWN = frozenset(
    WORD.findall(
        "more reason reasons ways questions duties full also points assumptions assumption rules were asked none "
        "forbids until open cannot decided facts missing wait answer step steps lifted exception values value question "
        "point january february march april june july august september october november december next duty"
    )
)
"""What a page says in words of its own."""


def words(size: int = 400) -> st.SearchStrategy[str]:
    return st.text("abcdefg hijklm nopqrs-/.0123456789", min_size=1, max_size=size).filter(str.strip)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=30).map(tuple)


MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.isoformat(timespec="minutes"))  # noqa: DTZ001
FINDINGS = st.builds(
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
VERDICTS = st.builds(
    ExploredVerdict,
    decision=st.sampled_from(["allow", "deny", "review"]),
    basis=st.just("permitted"),
    case=words(200) | st.just(""),
    action=words(60),
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
        )
    ),
    established=st.just({}),
    not_encoded=several(words()),
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
    assert max(map(len, lines)) <= rendering.WIDTH
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
        else:
            verdict = advisor.explore(case)
            page, whole = short.page(verdict), rendering.as_text(verdict)
            brief = advisor.brief(case)
            assert brief.decision == verdict.decision
            assert brief.next == next((each.at for each in verdict.alternatives if each.kind == "wait"), None)
            assert brief.citation in [each.citation for each in verdict.findings] or verdict.decision == "allow"
        lines = page.splitlines()
        assert len(lines) <= short.LINES, page
        assert max(map(len, lines)) <= rendering.WIDTH, page
        said = set(WORD.findall(CUT.sub("", page).lower().replace("_", " ")))
        assert said <= OWN | set(WORD.findall(whole.lower().replace("_", " "))), (page, whole)


def test_what_is_breached_goes_before_what_is_not_known_and_the_rest_is_counted(advisor: Advisor) -> None:
    case = read_cases(SUITES[0].parents[3] / "examples" / "what-is-missing.yaml").cases[0]
    verdict = advisor.explore(case)
    page = short.page(verdict)
    assert f"{len(verdict.findings)} rules cannot be decided, for facts are missing" in page
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
