"""Letters get files of their own, whole or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from collectrules.correspondence.files import outbox
from collectrules.ground.errors import InvalidInput
from collectrules.letters.documents import Document, Paragraph
from collectrules.letters.formats import built_in

if TYPE_CHECKING:
    from pathlib import Path

TEXT, PDF = (next(form for form in built_in() if form.name == name) for name in ("text", "pdf"))
LETTER = Document("T", ("S",), ("R",), date(2026, 11, 29), (Paragraph("hello"),))


def test_one_account_is_one_file(tmp_path: Path) -> None:
    box = outbox(tmp_path / "new" / "a.txt", TEXT, several=False)
    assert box.put(LETTER, "C-1", "reminder") == tmp_path / "new" / "a.txt"
    assert "hello" in (tmp_path / "new" / "a.txt").read_text("utf-8")


def test_several_are_files_of_a_folder_named_for_the_accounts(tmp_path: Path) -> None:
    box = outbox(tmp_path, TEXT, several=True)
    names = [box.put(LETTER, case, "reminder").name for case in ("C-1", "c-1", "2026/11 Ünal", "../../etc", "", "...")]
    assert names == [
        "C-1-reminder.txt",
        "c-1-reminder-2.txt",
        "2026-11-Ünal-reminder.txt",
        "etc-reminder.txt",
        "account-reminder.txt",
        "account-reminder-2.txt",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(names)


def test_a_folder_is_needed_for_several(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("keep", "utf-8")
    with pytest.raises(InvalidInput, match="there are several accounts, and this is a file"):
        outbox(tmp_path / "a.txt", TEXT, several=True)


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    chinese = Document("T", ("王",), ("R",), date(2026, 11, 29), ())
    box = outbox(tmp_path / "a.pdf", PDF, several=False)
    with pytest.raises(InvalidInput):
        box.put(chinese, "C-1", "reminder")
    assert list(tmp_path.iterdir()) == []
