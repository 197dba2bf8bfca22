"""A mark that is a letter and a number, and what is printed behind a text."""

from __future__ import annotations

from collectrules.changes.official import paragraphs_of

SECTION = "§ 5 Words.\n(g) One.\n(h) Two.\n(1) Of it.\n(2) In general:\n(i) first;\n(ii) second.\n"


def test_an_i_is_a_number_where_ii_comes_before_j() -> None:
    assert list(paragraphs_of(SECTION))[-2:] == ["5(h)(2)(i)", "5(h)(2)(ii)"]
    assert list(paragraphs_of(SECTION.replace("(ii)", "(j)")))[-2:] == ["5(i)", "5(j)"]
    assert "5(i)" in paragraphs_of(SECTION.replace("(ii) second.\n", "§ 6 More.\n(ii) second.\n"))


def test_an_i_that_holds_a_number_is_a_letter() -> None:
    text = "§ 5 Words.\n(h) One.\n(i)(1) Who it is.\n(2) Who it is not:\n(i) first;\n(ii) second.\n(j) Last.\n"
    assert list(paragraphs_of(text)) == ["5", "5(h)", "5(i)(1)", "5(i)(2)", "5(i)(2)(i)", "5(i)(2)(ii)", "5(j)"]
    inside = "§ 5 Words.\n(h) One:\n(1) Of it:\n(i) first:\n(A) one;\n(1) of one;\n(ii) second.\n"
    assert "5(h)(1)(ii)" in paragraphs_of(inside)


def test_what_is_printed_behind_a_text_is_no_paragraph_of_it() -> None:
    more = "Appendix A to Part 5-Forms\n(k) A form.\nSupplement I to Part 5\nSection 5-Words\n(a) Comment.\n"
    assert paragraphs_of(SECTION + more) == paragraphs_of(SECTION)
