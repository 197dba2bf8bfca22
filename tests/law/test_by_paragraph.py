"""Paragraph by paragraph: nothing of a law that is listed so is forgotten in silence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules.law.by_paragraph import Paragraph, Paragraphs, cited, told
from collectrules.law.reader import read_ruleset
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from tests.conftest import Law

RULESETS = Path(__file__).parents[2] / "rulesets"
LISTS = Path(__file__).parent / "by_paragraph"
WHOLE = [("us/federal/regulation_f.yaml", "12_cfr_1006.txt"), ("us/ma.yaml", "940_cmr_7.txt")]


@pytest.mark.parametrize(("file", "ids"), WHOLE, ids=[file for file, _ in WHOLE])
def test_every_paragraph_is_encoded_or_named_with_the_reason(file: str, ids: str) -> None:
    """The ids are those of the text: of Regulation F every one, of 940 CMR 7 those that its readers name."""
    ruleset = read_ruleset(RULESETS / file, load_plugins().language)
    assert ruleset.by_paragraph is not None
    every = told(ruleset.by_paragraph, ruleset.citations, ruleset.paragraphs)
    assert [paragraph.id for paragraph in every] == (LISTS / ids).read_text("utf-8").split()
    for paragraph in every:
        assert paragraph.state == "encoded" or paragraph.why
    counts = Counter(paragraph.state for paragraph in every)
    assert counts["encoded"] > len(every) / 2


@pytest.mark.parametrize(
    ("citation", "ids"),
    [
        ("12 CFR 1006.14(b)(2)(i)(A) and (ii)", ["1006.14(b)(2)(i)(A)", "1006.14(b)(2)(ii)"]),
        ("12 CFR 1006.2(h) and (i)", ["1006.2(h)", "1006.2(i)"]),
        ("12 CFR 1006.6(b)(1)(i); comment 14(b)(3)(i)-2", ["1006.6(b)(1)(i)"]),
        ("12 CFR 1006.34(c)(2)(i), (d)(1)", ["1006.34(c)(2)(i)", "1006.34(d)(1)"]),
        ("12 CFR 1006.14(a), (b)", ["1006.14(a)", "1006.14(b)"]),
        ("12 CFR 1006.6(b) to (e)", ["1006.6(b)", "1006.6(c)", "1006.6(d)", "1006.6(e)"]),
        ("12 CFR 1006.42(a)(1); 12 CFR 1006 Supp. I, comment 42(a)(1)-2", ["1006.42(a)(1)"]),
        ("15 USC 1692c(a)", []),
    ],
)
def test_a_citation_is_read_as_the_paragraphs_that_it_names(citation: str, ids: list[str]) -> None:
    assert list(cited(citation, "12 CFR")) == ids


@pytest.mark.parametrize(
    ("citation", "ids"),
    [
        ("940 CMR 7.04(1)(f), 7.05(3)(d)", ["7.04(1)(f)", "7.05(3)(d)"]),
        ("940 CMR 7.04(1)(a) to (c)", ["7.04(1)(a)", "7.04(1)(b)", "7.04(1)(c)"]),
        ("940 CMR 7.07(9) to (11)", ["7.07(9)", "7.07(10)", "7.07(11)"]),
        ("940 CMR 7.04(1)(f); Armata v. Target Corp., 480 Mass. 14 (2018)", ["7.04(1)(f)"]),
    ],
)
def test_a_number_before_a_letter_is_read_too(citation: str, ids: list[str]) -> None:
    assert list(cited(citation, "940 CMR")) == ids


def test_what_is_cited_is_encoded_with_all_that_it_is_a_part_of() -> None:
    listed = Paragraphs("Act", (Paragraph("1.1(b)", "missing", "not read"), Paragraph("1.1(c)(2)", "encoded")))
    every = told(listed, [("xx.calls", "Act 1.1(a)(1)")])
    assert [(each.id, each.state, each.cited_by) for each in every] == [
        ("1.1", "encoded", ("xx.calls",)),
        ("1.1(a)", "encoded", ("xx.calls",)),
        ("1.1(a)(1)", "encoded", ("xx.calls",)),
        ("1.1(b)", "missing", ()),
        ("1.1(c)", "encoded", ()),
        ("1.1(c)(2)", "encoded", ()),
    ]


RULE = """\
  - id: minors
    title: nobody under age
    cite: Act 1.4(a)
    strength: prohibition
    governs: {kind: contact}
    when: debtor.minor
    examples:
      - {story: kept, action: {kind: contact, channel: phone, at: '2026-04-08'}, expect: allow}
      - {story: broken, debtor: {minor: true}, action: {kind: contact, channel: phone, at: '2026-04-08'}, expect: deny}
"""


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        (
            "{of: Act, missing: [{ids: [1.4(a)], why: later}]}",
            "`1.4(a)` is listed as if nothing encoded it, and is cited",
        ),
        ("{of: Act, missing: [{ids: [1.5]}]}", "an entry of `missing` has no `why`"),
        ("{missing: [{ids: [1.5], why: later}]}", "`by_paragraph` has no `of`"),
        ("{of: Act, encoded: [1.5, 1.5]}", "the paragraph `1.5` is named twice"),
        ("{of: Act, encoded: [the rest]}", "`the rest` is no id of a paragraph"),
        ("{of: Act, absent: [1.5]}", "`by_paragraph` has no key `absent`"),
    ],
)
def test_a_wrong_list_is_told(law: Law, listed: str, message: str) -> None:
    assert message in "\n".join(law.problems(RULE, more=f"by_paragraph: {listed}"))


def test_a_good_list_is_read(law: Law) -> None:
    listed = "{of: Act, nothing: [{ids: [1.1], why: purpose}]}"
    ruleset = law.ruleset(RULE, more=f"by_paragraph: {listed}")
    assert ruleset.by_paragraph == Paragraphs("Act", (Paragraph("1.1", "nothing", "purpose"),))


def test_what_was_read_is_encoded_with_what_is_cited_around_it_and_else_missing() -> None:
    listed = Paragraphs("12 CFR", (Paragraph("1006.2(a)", "nothing", "a name"),))
    citations = [("rule", "12 CFR 1006.6(b)")]
    read = ("1006.2(a)", "1006.6(b)", "1006.6(b)(1)(i)", "1006.6(c)(1)")
    states = {each.id: each.state for each in told(listed, citations, read)}
    assert states == {
        "1006.2(a)": "nothing",
        "1006.6": "encoded",
        "1006.6(b)": "encoded",
        "1006.6(b)(1)": "encoded",
        "1006.6(b)(1)(i)": "encoded",
        "1006.6(c)(1)": "missing",
    }
