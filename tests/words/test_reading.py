"""How a text is read: places, its language, its clauses, mail and pages, and what is written to hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.words.conftest import DISCLOSED, LANGUAGES

from collectrules.words.plain_text import sentences, text_of, two_alphabets, whole
from collectrules.words.reading import language_of, read

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.words.gate import Gate


def test_offsets_lead_back_to_the_text() -> None:
    text = "Straße 1.  \N{LEFT DOUBLE QUOTATION MARK}Zahlen\N{RIGHT DOUBLE QUOTATION MARK} Sie, S i e Ärmster!"
    for sentence in sentences(text):
        assert len(sentence.plain) == len(sentence.offsets)
        assert list(sentence.offsets) == sorted(sentence.offsets)
    last = sentences(text)[-1]
    start, end = last.span(last.plain.index("armster"), last.plain.index("armster") + 7)
    assert text[start:end] == "Ärmster"


def test_the_language_of_few_words_is_the_one_that_is_stated() -> None:
    german = language_of("Mahnung", LANGUAGES, ("de",))
    assert german is not None
    assert german.code == "de"
    assert language_of("Mahnung", LANGUAGES) is None
    assert language_of("qqq www eee rrr ttt", LANGUAGES, ("de",)) is None
    few_marks = "Vollstreckungsbescheid zugunsten Quibble KG, erstellt ohne Mitwirkung eines Gerichts, bei Thorp Erben"
    assert language_of(few_marks, LANGUAGES) is None
    assert language_of(few_marks, LANGUAGES, ("de",)) is LANGUAGES["de"]


def test_mail_and_pages_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    page.write_text("<head><title>x</title></head><body><p>You &amp; we</p><script>jail</script></body>", "utf-8")
    assert text_of(page) == "You & we"
    mail = tmp_path / "letter.eml"
    mail.write_text("Subject: Your account\nContent-Type: text/plain\n\nYou owe.\n", "utf-8")
    assert text_of(mail) == "Your account\n\nYou owe.\n"


@pytest.mark.parametrize(
    "text",
    [
        "you will be a r r e s t e d for this debt",
        "YOU WILL BE ARRESTED",
        "you will be arre\N{ZERO WIDTH SPACE}sted for the debt",
        "you\N{NO-BREAK SPACE}will\nbe arrested for it",
        "\N{FULLWIDTH LATIN SMALL LETTER Y}ou will be arrested for it",
        "Y0u w1ll be arr3sted for it",
        "youll be arrested for it",
    ],
)
def test_what_is_written_to_be_read_by_people_alone_is_read(gate: Gate, acts: dict[str, Case], text: str) -> None:
    assert gate.ask(DISCLOSED + text, acts["agency_letter"]).decision == "deny"


@pytest.mark.parametrize(
    "text", ["24h a day, on the 1st and 3rd, from 8am", "www.fernbank.example/p4y", "k3@example.org", "$1,840.00"]
)
def test_digits_that_are_digits_stay(text: str) -> None:
    assert whole(text).plain == text


def test_letters_of_two_alphabets_in_a_word_are_for_a_person(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask(f"{DISCLOSED}You owe \u0430rrears of $1,840.00.", acts["agency_letter"])
    assert verdict.decision == "review"
    assert "two alphabets" in verdict.unread[0]
    assert two_alphabets("plain text, \u0442\u0435\u043a\u0441\u0442") == ""


FRAMES = [
    ("We will not call again, but you will be arrested.", True),
    ("You will not be arrested if you pay.", False),
    ("You will not be arrested.", None),
    ("You will not be arrested if you do not pay.", None),
    ("Unless a court orders it we cannot have you arrested.", None),
    ("Another firm told you that you will be arrested.", None),
    ("Another firm called you, and you will be arrested.", True),
    ("A collector may not say that you will be arrested.", None),
    ("If not paid the sheriff will come for you.", True),
    ("Wir rufen nicht mehr an, aber Sie werden verhaftet.", True),
    ("Si no paga ser\u00e1 arrestado.", True),
    ("Vous n'irez pas en prison.", None),
]


@pytest.mark.parametrize(("text", "certain"), FRAMES)
def test_a_denial_reaches_as_far_as_its_clause(text: str, certain: bool | None) -> None:
    language = language_of(text, LANGUAGES)
    assert language is not None
    said = [each.certain for each in read(text, language) if each.saying.word == "threat_arrest_unlawful"]
    assert (said[0] if said else None) is certain
