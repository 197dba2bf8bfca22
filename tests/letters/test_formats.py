"""What a letter is written as: whole, the same each time, and plain about what cannot be shown."""

from __future__ import annotations

import time
from datetime import date

import pytest
from tests.markup import Text

from collectrules.ground.errors import InvalidInput
from collectrules.letters.documents import Block, Document, Grid, Heading, Lines, Paragraph, Points, Rule
from collectrules.letters.formats import built_in

FORMATS = {form.name: form for form in built_in()}
ROWS = tuple((f"RE-{number}", "30 September 2026", f"{number},000.00 EUR") for number in range(1, 60))
BLOCKS: tuple[Block, ...] = (
    Paragraph("Dear Łukasz Ünal, " + "this is about what is open. " * 30),
    Heading("Ελληνικά, кириллица, Żółć, Ağaoğlu, Nguyễn"),
    Lines(("IBAN DE00 0000", "Bank")),
    Points(("one", "two"), boxes=False),
    Points(("not mine", "too much"), boxes=True),
    Grid(("Invoice", "Due", "Open"), ROWS, (False, False, True)),
    Rule(),
)


def letter(*blocks: Block, **changes: str) -> Document:
    return Document(
        title=changes.get("title", "Reminder"),
        sender=("Lindenhof GmbH", "Berlin"),
        recipient=("Söhne & Töchter <GmbH>",),
        day=date(2026, 11, 29),
        blocks=blocks or BLOCKS,
        mark=changes.get("mark", ""),
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "eml"])
def test_the_same_letter_gives_the_same_bytes(name: str) -> None:
    first = FORMATS[name].write(letter(mark="COPY"))
    if name == "pdf":
        time.sleep(1.1)  # its times have seconds
    assert FORMATS[name].write(letter(mark="COPY")) == first
    assert first != FORMATS[name].write(letter(mark="DRAFT"))


def test_a_pdf_has_its_title_its_day_and_the_fonts_in_it() -> None:
    written = FORMATS["pdf"].write(letter())
    assert written.startswith(b"%PDF-")
    assert b"/CreationDate (D:20261129000000Z" in written
    assert b"NotoSans" in written
    assert b"/FontFile2" in written
    assert written.count(b"/Type /Page\n") >= 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("王小明", "王 (cjk unified ideograph-738b)"),
        ("שלום", "ם (hebrew letter final mem)"),
        ("😀", "😀 (grinning face)"),
    ],
)
def test_a_pdf_says_what_it_cannot_print(text: str, named: str) -> None:
    for document in (letter(Paragraph(text)), letter(Lines((text,))), letter(Grid(("a",), ((text,),), (False,)))):
        with pytest.raises(InvalidInput) as caught:
            FORMATS["pdf"].write(document)
        assert "CR845 the PDF cannot print " in str(caught.value)
        assert named in str(caught.value)
    assert text in FORMATS["html"].write(letter(Paragraph(text))).decode()
    assert text in FORMATS["text"].write(letter(Paragraph(text))).decode()


def test_text_has_78_columns() -> None:
    wide = Grid(("What", "Why"), (("a word " * 30, "another " * 9),), (False, False))
    lines = FORMATS["text"].write(letter(*BLOCKS, wide, mark="COPY")).decode().splitlines()
    assert max(map(len, lines)) <= 78
    assert lines[0].strip() == "*** COPY ***"
    assert ["RE-59", "30", "September", "2026", "59,000.00", "EUR"] in [line.split() for line in lines]


def test_html_has_all_of_the_letter_and_no_markup_from_it() -> None:
    read = Text(FORMATS["html"].write(letter(mark="COPY")).decode())
    assert "Söhne & Töchter <GmbH>" in read.text
    assert "gmbh" not in read.tags
    assert read.tags.count("tr") == len(ROWS) + 1
    assert "COPY" in read.text
