"""The heads of letter templates: what is taken, and each mistake with its message."""

from __future__ import annotations

from pathlib import Path

import pytest

import collectrules
from collectrules.ground.errors import InvalidInput
from collectrules.law.statements import STATEMENTS
from collectrules.letters.languages import known, language
from collectrules.letters.templates import Detail, Letter, built_in, letters_in, read_letter
from collectrules.plugins.loading import load_plugins

BAD = Path(__file__).parent / "bad_letters"


def test_a_head_and_its_text() -> None:
    head = "title: Reminder\ndocs: asks\ncontent: [payment_request]\nneeds:\n  deadline: {is: date, ask: by when}\n"
    letter = read_letter(f"{head}---\nDear you,\n---\n", "reminder", "r.letter")
    assert letter.text == "Dear you,\n---\n"
    assert letter.first_line == 7
    assert letter.details == (Detail("deadline", "date", "by when", required=True),)
    assert (letter.kind, letter.threatens_claim, letter.language) == ("contact", "no", "en")


def test_what_is_shipped() -> None:
    assert [letter.name for letter in built_in()] == [
        "copy_invoice",
        "demand_letter",
        "final_notice",
        "payment_plan_offer",
        "reminder",
        "statement",
        "uk_letter_of_claim",
        "validation_notice",
    ]


@pytest.mark.parametrize("path", sorted(BAD.glob("*.letter")), ids=lambda path: path.stem)
def test_each_mistake_is_told(path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_letter(path.read_text("utf-8"), path.stem, path.name)
    assert str(caught.value) == path.with_suffix(".txt").read_text("utf-8").rstrip()


def test_a_folder_without_letters_is_a_slip(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there is no letter in this folder"):
        list(letters_in(tmp_path))


def test_the_letters_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "hello.letter").write_text("title: Hello\ndocs: greets\n---\nHello.\n", "utf-8")
    assert [letter.name for letter in letters_in(tmp_path)] == ["hello"]


def test_every_wording_is_of_a_statement_and_says_statements() -> None:
    for code in known():
        for word, wording in language(code).statements.items():
            assert word in STATEMENTS
            assert set(wording.holds) <= set(STATEMENTS)


class Post:
    """A plugin with the letters of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @collectrules.hookimpl
    def collectrules_letters(self) -> list[Letter]:
        return list(collectrules.letters_in(self.folder))


def test_a_plugin_adds_letters_and_takes_none_away(tmp_path: Path) -> None:
    (tmp_path / "hello.letter").write_text("title: Hello\ndocs: greets\n---\nHello.\n", "utf-8")
    assert load_plugins([Post(tmp_path)]).letters["hello"].title == "Hello"
    (tmp_path / "reminder.letter").write_text("title: Hello\ndocs: greets\n---\nHello.\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"gives `reminder`, which plugin .* gives already"):
        load_plugins([Post(tmp_path)])
