"""A mark that is a letter and a number, and what is printed behind a text."""

from __future__ import annotations

from collectrules.changes.official import paragraphs_of

SECTION = "§ 5 Words.\n(g) One.\n(h) Two.\n(1) Of it.\n(2) In general:\n(i) first;\n(ii) second.\n"


def test_an_i_is_a_number_where_ii_comes_before_j() -> None:
    assert list(paragraphs_of(SECTION))[-2:] == ["5(h)(2)(i)", "5(h)(2)(ii)"]
    assert list(paragraphs_of(SECTION.replace("(ii)", "(j)")))[-2:] == ["5(i)", "5(j)"]
    assert "5(i)" in paragraphs_of(SECTION.replace("(ii) second.\n", "§ 6 More.\n(ii) second.\n"))


def test_what_is_printed_behind_a_text_is_no_paragraph_of_it() -> None:
    more = "Appendix A to Part 5-Forms\n(k) A form.\nSupplement I to Part 5\nSection 5-Words\n(a) Comment.\n"
    assert paragraphs_of(SECTION + more) == paragraphs_of(SECTION)
