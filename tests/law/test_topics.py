"""Files of topics: what they say, what is wrong with them, and those of plugins beside the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from msgspec.structs import replace

from collectrules.ground.errors import InvalidInput
from collectrules.law.topics import layer_of, parse_topics, topics_of
from collectrules.measures.context import Context

if TYPE_CHECKING:
    from pathlib import Path

TOPIC: Final = """\
topics:
  messengers:
    title: messengers
    asks: may debtors be written to by messenger?
    touched_by: [{kind: communications, channel: {electronic: yes}, if: action.automated}]
    expected: {XA: [country, state], else: country}
    gap: blocks
"""


def problems(law: Any, text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_topics(text, "topics.yaml", law.language)
    return [f"{problem.code} {problem.message}" for problem in caught.value.problems]


def test_what_a_topic_says(law: Any) -> None:
    topics = parse_topics(
        TOPIC + "countries:\n  XA: {parts: required}\n  XB: {parts: [messengers]}\n", "t", law.language
    )
    topic = topics.by_id["messengers"]
    assert topic.blocks
    assert topic.expected_at("XA-ABC")
    assert not topic.expected_at("XA-ABC-DEF")
    assert topic.expected_at("XC")
    assert not topic.expected_at("XC-ABC")
    (touch,) = topic.touches
    assert touch.governs("contact", "sms")
    assert not touch.governs("contact", "letter")
    assert not touch.governs("file_claim", None)
    assert topics.parts == {"XA": ("all",), "XB": ("messengers",)}
    assert [layer_of(place) for place in ("XA", "XA-B", "XA-B-C")] == ["country", "state", "city"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gap: blocks", "gap: maybe", "CR103 `maybe` is nothing that a gap does"),
        ("    gap: blocks\n", "", "CR100 the topic `messengers` has no `gap`"),
        ("kind: communications, ", "", "CR100 what touches a topic names no `kind` of action"),
        ("touched_by: [{kind: communications, channel: {electronic: yes}, if: action.automated}]", "note: none",
         "CR100 the topic `messengers` is touched by nothing"),
        ("action.automated", "action.automatic", "CR130 `automatic` is no field of a contact"),
        ("if: action.automated", "if: {XA: action.automated}", "CR100 `if` by country has no `else`"),
        ("expected: {XA: [country, state], else: country}", "expected: {XA: country}",
         "CR100 `expected` by country has no `else`"),
        ("else: country", "else: county", "CR103 `county` is no word for `else`"),
        ("messengers:", "Messengers:", "CR112 `Messengers` is no name"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it(law: Any, old: str, new: str, told: str) -> None:
    assert any(each.startswith(told) for each in problems(law, TOPIC.replace(old, new, 1)))


def test_a_country_that_is_none(law: Any) -> None:
    assert "CR102 `Texas` is no country" in problems(law, TOPIC + "countries: {Texas: {parts: required}}\n")
    assert problems(law, TOPIC + "countries: {XA: {parts: [messages]}}\n") == [
        "CR103 `messages` is no word for `parts`"
    ]


def test_a_plugin_adds_topics(law: Any, tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text(TOPIC)
    language = replace(law.language, library_folders=(*law.language.library_folders, tmp_path))
    topics = topics_of(language)
    assert "messengers" in topics.by_id
    assert "contact_hours" in topics.by_id
    (tmp_path / "topics.yaml").write_text(TOPIC.replace("messengers:", "contact_hours:", 1))
    with pytest.raises(InvalidInput, match="CR160 `contact_hours` is given by another file of topics"):
        topics_of(replace(language))


def test_topics_ask_by_the_definitions_of_a_library(law: Any, written: Any) -> None:
    library = (
        "library: common.words\ntitle: words\nversion: '1'\n{more}define:\n  wanted: {{title: wanted, is: {when}}}\n"
    )
    asked = TOPIC.replace("action.automated", "wanted", 1).replace("topics:", "uses: [common.words]\ntopics:", 1)
    folder = written({"topics.yaml": asked, "common/words.yaml": library.format(more="", when="action.automated")})
    language = replace(law.language, library_folders=(*law.language.library_folders, folder))
    context = Context(law.case(action={"automated": True}), law.loaded.channels)

    def touched() -> Any:
        topics = topics_of(replace(language))
        (condition,) = topics.by_id["messengers"].touches[0].conditions.values()
        return topics.evaluator(language).function(condition, "if_complete")(context)

    assert touched() is True
    (folder / "common" / "words.yaml").write_text(library.format(more="", when="debtor.minor"))
    assert touched() is False
    values = "cite: Law 1\nvalues: {most: {2020-01-01: 1}}\n"
    (folder / "common" / "words.yaml").write_text(library.format(more=values, when="debtor.minor"))
    with pytest.raises(InvalidInput, match="CR150 a file of topics uses a library that has values or facts"):
        touched()


def test_a_file_of_topics_is_no_ruleset(law: Any, tmp_path: Path) -> None:
    from collectrules.law.rulebook import Rulebook

    (tmp_path / "topics.yaml").write_text(TOPIC)
    (tmp_path / "us").mkdir()
    (tmp_path / "us" / "topics.yaml").write_text(TOPIC)
    book = Rulebook((tmp_path,), law.language)
    with pytest.raises(InvalidInput, match="CR100 a ruleset has no `ruleset`"):
        book.rulesets()
