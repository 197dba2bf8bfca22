"""Words of which lawful texts are made, names, and what nobody listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.words.conftest import DISCLOSED, LANGUAGES

from collectrules.ground.errors import InvalidInput
from collectrules.words.languages import load
from collectrules.words.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.words.gate import Gate


def test_what_nobody_listed_is_for_a_person(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    verdict = gate.ask(f"{DISCLOSED}Govern yourself accordingly.", case)
    assert verdict.decision == "review"
    assert verdict.passages[-1].title == "a sentence of which nothing is recognized"
    assert gate.ask(f"{DISCLOSED}Your paralegal friend will hear of it.", case).decision == "review"
    assert gate.ask(f"{DISCLOSED}Please pay the balance, as agreed.", case).decision == "allow"
    verdict = gate.ask(f"{DISCLOSED}Please pay the balance. Come rain or shine.", case)
    assert verdict.decision == "review"
    (passage,) = [each for each in verdict.passages if not each.certain]
    assert (passage.text, passage.title) == ("rain", "words that letters about debts seldom use")
    assert gate.ask(f"{DISCLOSED}Sincerely, Kofi Mensah Boateng.", case).decision == "allow"


VOCABULARY = [
    ("We will fix your dishwashers' invoices.", True),
    ("Dear Mr. Quibblethorpe, please pay.", True),
    ("Please pay Quibblethorpe Ltd, thank you.", True),
    ("QUIBBLETHORPE: please pay.", True),  # a text begins with who writes it
    ("See www.quibble-thorpe.example, ref QX-55.", True),
    ("You can beleive the arrangment, thankyou.", True),  # mistyped by a letter
    ("Please quibble with us.", False),
    ("Please mention the driveway.", False),  # no word by its parts
    ("PLEASE QUIBBLE WITH EVERYBODY HERE.", False),
    ("Please pay \N{SMILING FACE WITH SMILING EYES}", True),
    ("Please pay \N{PISTOL}", False),
    ("We never quibble.", True),
    ("We never forget, the quibblers will come.", False),
    ("If you do not pay the quibblers come.", False),
    ("We would rather not quibble.", False),
    ("We will use your home number after six.", True),  # in lawful wording
    ("We will use your home after six.", False),
]


@pytest.mark.parametrize(("text", "known"), VOCABULARY)
def test_a_word_of_no_kind_is_for_a_person_unless_it_is_a_name_or_denied(text: str, known: bool) -> None:
    language = LANGUAGES["en"]
    saying = language.vocabulary.saying
    assert (saying not in [each.saying for each in read(text, language)]) is known


def test_names_that_the_case_states_are_no_strange_words() -> None:
    language, text = LANGUAGES["de"], "Frist von quibblethorp."
    assert language.vocabulary.saying in [each.saying for each in read(text, language)]
    assert language.vocabulary.saying not in [each.saying for each in read(text, language, names=["Quibblethorp"])]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Die Quibble & Thorp GmbH bittet um Zahlung.", True),
        ("Wir bitten im Namen der Quibble Thorp Inkasso GmbH.", True),
        ("Die Quibble bittet um Zahlung der GmbH.", False),
    ],
)
def test_the_name_of_a_company_is_all_its_words_with_capitals(text: str, known: bool) -> None:
    language = LANGUAGES["de"]
    assert (language.vocabulary.saying not in [each.saying for each in read(text, language)]) is known


def test_a_vocabulary_of_ones_own_stands_beside_its_language(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("language: en\ntitle: English\nmarks: [the]\n", "utf-8")
    assert load([tmp_path])["en"].vocabulary.knows("invoice")
    (tmp_path / "vocabulary").mkdir()
    file = tmp_path / "vocabulary" / "en.yaml"
    file.write_text("{word: profanity, title: t, write: w, endings: {s: ['']}, kinds: {a: 'rabbit hamst*'}}", "utf-8")
    vocabulary = load([tmp_path])["en"].vocabulary
    known = {word: vocabulary.knows(word) for word in ("rabbits", "hamsters", "rabbi", "invoice")}
    assert known == {"rabbits": True, "hamsters": True, "rabbi": False, "invoice": False}
    file.write_text("{word: profanity, title: t, write: w, wordings: ['(tame rabbi'], kinds: {a: tame}}", "utf-8")
    with pytest.raises(InvalidInput, match="the vocabulary has a pattern that is none"):
        load([tmp_path])
