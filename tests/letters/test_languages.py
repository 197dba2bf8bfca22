"""Letters in other languages: the same act, values and statements, with days and amounts as they are read there."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.letters.languages import known, language
from collectrules.letters.templates import built_in, letters_in

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = {letter.name: letter for letter in built_in()}
TEXTS = [(name, code) for name, letter in LETTERS.items() for code in letter.translations]


def tags(text: str) -> list[str]:
    """What a template does, without what it says, in no order."""
    found = re.findall(r"\{%.*?%\}|\{\{.*?\}\}", text)
    return sorted(re.sub(r'else "[^"]*[a-zñé]"', 'else "..."', each) for each in found)


def test_the_letters_of_a_small_firm_are_in_four_languages() -> None:
    of = {name: set(letter.translations) for name, letter in LETTERS.items()}
    firm = ("reminder", "statement", "copy_invoice", "demand_letter", "final_notice", "payment_plan_offer")
    assert all(of[name] == {"de", "fr", "es"} for name in firm)
    assert not of["validation_notice"], "its words are those of a regulation"


@pytest.mark.parametrize(("name", "code"), TEXTS)
def test_a_text_does_what_the_english_one_does(name: str, code: str) -> None:
    letter, text = LETTERS[name], LETTERS[name].in_language(code)
    assert tags(text.text) == tags(letter.text)
    assert len(re.findall(r"^# ", text.text, re.MULTILINE)) == len(re.findall(r"^# ", letter.text, re.MULTILINE))
    assert [line.count("|") for line in text.text.splitlines() if line.startswith("| ")] == [
        line.count("|") for line in letter.text.splitlines() if line.startswith("| ")
    ]
    same = {"content", "kind", "purpose", "also", "details", "threatens_claim", "events", "places", "name"}
    assert all(getattr(text, key) == getattr(letter, key) for key in same)
    assert text.title != letter.title
    english = re.compile(r"\b(the|you|your|please|we|invoice|paid|open)\b")
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text.text)
    assert not english.search(bare), english.search(bare)


def test_days_and_amounts_are_written_as_they_are_read_there() -> None:
    day, amount = date(2026, 4, 1), Decimal("-1840.50")
    told = {code: (language(code).day_text(day), language(code).money_text(amount, "EUR")) for code in known()}
    assert told == {
        "de": ("1. April 2026", "-1.840,50 EUR"),
        "en": ("1 April 2026", "-1,840.50 EUR"),
        "es": ("1 de abril de 2026", "-1.840,50 EUR"),
        "fr": ("1er avril 2026", "-1\xa0840,50 EUR"),
    }
    assert language("fr").day_text(date(2026, 8, 2)) == "2 août 2026"


@pytest.mark.parametrize("code", known())
def test_every_language_has_all_that_letters_need(code: str) -> None:
    found = language(code)
    assert len(set(found.months)) == 12
    assert set(found.words) == set(language("en").words)
    assert set(found.statements) <= set(language("en").statements)
    for word, wording in found.statements.items():
        english = language("en").statements[word]
        assert tags(wording.says) == tags(english.says), word
        assert set(wording.holds) <= set(english.holds)


def test_a_folder_adds_the_text_of_a_shipped_letter(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "reminder.letter").write_text("title: Erinnerung\n---\nGuten Tag.\n", "utf-8")
    (letter,) = letters_in(tmp_path, LETTERS)
    assert letter.in_language("de").text == "Guten Tag.\n"
    assert letter.in_language("fr").title == "Rappel"
    assert letter.in_language("en").title == "Reminder"
    with pytest.raises(InvalidInput, match="there is no letter `reminder` of which this could be the text in `de`"):
        list(letters_in(tmp_path))


@pytest.mark.parametrize(
    ("folder", "head", "message"),
    [
        ("de", "docs: greets\n", "the head of a text has no key `docs`"),
        ("de", "mark: x\n", "has no `title`"),
        ("it", "title: Promemoria\n", "how letters write days and amounts in `it` is not known"),
    ],
)
def test_a_text_that_is_wrong_is_told(tmp_path: Path, folder: str, head: str, message: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "reminder.letter").write_text(f"{head}---\nText.\n", "utf-8")
    with pytest.raises(InvalidInput) as wrong:
        list(letters_in(tmp_path, LETTERS))
    assert message in str(wrong.value)


def test_a_language_without_a_text_is_told_with_what_there_is() -> None:
    with pytest.raises(InvalidInput) as wrong:
        LETTERS["reminder"].in_language("pl")
    assert "has no text in `pl`: it has de, en, es, fr" in str(wrong.value)
    assert "--language en" in str(wrong.value)
