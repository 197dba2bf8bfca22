"""The examples of patterns and nets, and files of patterns of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.words.conftest import LANGUAGES

from collectrules.case.events import EVENT_KEYS
from collectrules.case.terms import CONTENT
from collectrules.ground.errors import InvalidInput
from collectrules.words.languages import load
from collectrules.words.reading import read

if TYPE_CHECKING:
    from pathlib import Path

FACTS_OF_THE_DEBTOR = {"deceased"}

SAYINGS = [
    (language, saying, side, text)
    for language in LANGUAGES.values()
    for saying in language.sayings
    for side in ("certain", "unclear", "none")
    for text in getattr(saying.examples, side)
]


@pytest.mark.parametrize(("language", "saying", "side", "text"), SAYINGS, ids=[each[3] for each in SAYINGS])
def test_an_example_of_a_pattern(language: Any, saying: Any, side: str, text: str) -> None:
    said = [each.certain for each in read(text, language) if each.saying is saying]
    assert (not said) if side == "none" else (said[0] is (side == "certain"))


CAUGHT = [
    (language, kind, caught, text)
    for language in LANGUAGES.values()
    for kind in language.kinds
    for caught in (True, False)
    for text in (kind.caught if caught else kind.passed)
]


@pytest.mark.parametrize(("language", "kind", "caught", "text"), CAUGHT, ids=[each[3] for each in CAUGHT])
def test_an_example_of_a_net(language: Any, kind: Any, caught: bool, text: str) -> None:
    said = [each for each in read(text, language) if not (each.saying.required or each.saying.plain)]
    assert (kind.title in {each.saying.title for each in said}) if caught else (not said)
    assert not any(each.certain for each in said)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_kind_of_a_net_is_a_word_of_the_law_and_has_examples_on_both_sides(language: Any) -> None:
    assert {kind.word for kind in language.kinds} <= set(CONTENT.words)
    assert all(kind.caught and kind.passed for kind in language.kinds)
    assert language.kinds or not language.marks
    assert (language.net.unanchored is not None) is bool(language.marks)
    words = [word for kind in language.kinds for word in {*getattr(kind, "words", ())}]
    assert words or not language.marks


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_word_is_one_of_the_law_and_has_examples_on_both_sides(language: Any) -> None:
    for saying in language.sayings:
        words = set(saying.also) if saying.threat or saying.announced else {saying.word, *saying.also}
        assert words <= set(CONTENT.words), saying.word
        assert saying.examples.certain or saying.examples.unclear, saying.word
        assert saying.examples.none, saying.word
        assert bool(saying.certain) == bool(saying.examples.certain), saying.word
    for sign in language.replies.events:
        language.patterns(sign)
        assert sign.event in EVENT_KEYS or sign.event in FACTS_OF_THE_DEBTOR


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_no_pattern_looks_through_the_rest_of_a_text_from_each_of_its_signs(language: Any) -> None:
    of_sayings = [language.patterns(each) for each in (*language.sayings, *language.replies.events)]
    patterns = [
        *(pattern for each in of_sayings for pattern in (*each.certain, *each.unclear, *each.unless)),
        *language.net.explained,
        *(form for each in language.net.caught for form in (*each.forms, *each.beside)),
        *language.vocabulary.wordings,
    ]
    assert not [each.pattern for each in patterns if each.pattern.startswith((".*", "(?=.*", "(?!.*"))]


def test_patterns_of_ones_own_are_read_and_held_against_their_form(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no patterns are here"):
        load([tmp_path])
    file = tmp_path / "it.yaml"
    saying = "{word: profanity, title: t, write: w, certain: ['%s']}"
    file.write_text(f"language: it\ntitle: Italian\nmarks: [il]\nsayings: [{saying % '(accidenti'}]\n", "utf-8")
    with pytest.raises(InvalidInput, match="`profanity` has a pattern that is none"):
        load([tmp_path])
    file.write_text(f"language: it\ntitle: Italian\nmarks: [il]\nsayings: [{saying % 'accidenti'}]\n", "utf-8")
    assert load([tmp_path])["it"].title == "Italian"
    file.write_text("language: it\ntitle: Italian\nmarks: [il]\nframes: {turns: ['(ma']}\n", "utf-8")
    with pytest.raises(InvalidInput, match="`frames` or `other_sums` have a pattern that is none"):
        load([tmp_path])
    file.write_text("language: it\ntitle: Italian\nmarks: [il]\nsays: []\n", "utf-8")
    with pytest.raises(InvalidInput, match="these are no patterns: object contains unknown field `says`"):
        load([tmp_path])


def test_a_net_of_ones_own_stands_beside_its_language_and_the_shipped_one_stays_without(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("language: en\ntitle: English\nmarks: [the]\n", "utf-8")
    assert load([tmp_path])["en"].kinds == LANGUAGES["en"].kinds
    (tmp_path / "net").mkdir()
    net = tmp_path / "net" / "en.yaml"
    net.write_text("kinds: [{word: profanity, title: t, write: w, words: [zounds*]}]\n", "utf-8")
    language = load([tmp_path])["en"]
    assert [each.saying.title for each in read("Zoundsy!", language)] == ["t"]
    net.write_text("kinds: [{word: profanity, title: t, write: w, forms: ['(zounds']}]\n", "utf-8")
    with pytest.raises(InvalidInput, match="the net has a pattern that is none"):
        load([tmp_path])
