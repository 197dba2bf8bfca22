"""Pages: text is never markup, figures are told in words, and nothing is loaded."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.pages import (
    Band,
    BandRow,
    Bar,
    Column,
    Html,
    Mark,
    badge,
    bands,
    bars,
    facts,
    link,
    page,
    section,
    table,
    tag,
    timeline,
)


class Reader(HTMLParser):
    """What a browser sees: the elements, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def attributes(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def everything(text: str) -> str:
    columns = [Column(text), Column("Open", "number")]
    return page(
        text,
        section(text, facts([(text, text)]), badge(text, "deny"), link("https://example.org/" + text, text)),
        table(text, columns, [[text, text]], foot=[text, text], searched=True),
        bars(text, [Bar(text, 1, text)], note=text),
        bands(text, [BandRow(text, [Band(0, 1, text)], text)], [(0, text), (2, text)], note=text),
        timeline(text, [Mark(date(2026, 1, 1), text, text)], note=text),
        lead=text,
        foot=text,
        search=text,
        contents=[(text, text)],
    )


def test_text_from_outside_is_text_wherever_it_stands() -> None:
    read, harmless = Reader(everything(HOSTILE)), Reader(everything("harmless"))
    assert [name for name, _ in read.elements] == [name for name, _ in harmless.elements]
    assert not any(key.startswith("on") for _, attributes in read.elements for key in attributes)
    assert "".join(read.text).count(HOSTILE) == "".join(harmless.text).count("harmless")


@given(st.text(min_size=1))
def test_any_text_makes_the_same_elements(text: str) -> None:
    html = everything(text)
    html.encode()
    assert [name for name, _ in Reader(html).elements] == [name for name, _ in Reader(everything("x")).elements]


def test_only_markup_stays_markup() -> None:
    assert tag("p", "a < b", tag("b", "c & d")) == "<p>a &lt; b<b>c &amp; d</b></p>"
    assert isinstance(tag("p"), Html)
    assert (
        tag("p", ["a", None, ("b",)], class_="x", hidden=True, data_of=None, id=False) == '<p class="x" hidden>ab</p>'
    )


def test_what_html_cannot_hold_is_shown_as_such() -> None:
    assert tag("p", "a\x00b\ud800c\nd") == "<p>a�b�c\nd</p>"


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "mailto:a@example.org", "#top"])
def test_an_address_of_the_web_is_a_link(address: str) -> None:
    assert Reader(link(address, "there")).attributes("a")[0]["href"] == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", " https://example.org", "data:text/html,x", "file:///etc"])
def test_any_other_address_is_text(address: str) -> None:
    assert Reader(link(address, "there")).elements == []
    assert link(address) == address


def test_a_page_loads_nothing_and_its_policy_lets_only_the_search_script_run() -> None:
    html = everything("x")
    read = Reader(html)
    assert not [name for name, attributes in read.elements if "src" in attributes or name == "link"]
    assert "url(" not in html
    assert "@import" not in html
    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)
    assert script is not None
    digest = b64encode(sha256(script[1].encode()).digest()).decode()
    policy = next(each["content"] for each in read.attributes("meta") if each.get("http-equiv"))
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_a_page_without_a_search_field_has_no_script() -> None:
    read = Reader(page("Title", "text"))
    assert not read.attributes("script")
    assert not read.attributes("input")


def test_a_table_has_its_headings_and_a_cell_for_each() -> None:
    made = table("Open", [Column("Account"), Column("Open", "number")], [["A", "5.00"]], foot=["all", "5.00"])
    read = Reader(made)
    assert [each["scope"] for each in read.attributes("th")] == ["col", "col"]
    assert [each.get("class") for each in read.attributes("td")] == [None, "number"] * 2
    assert read.attributes("div")[0]["tabindex"] == "0"
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        table("Open", [Column("Account"), Column("Open")], [["A"]])


def widths(html: str) -> list[str | None]:
    return [each["width"] for each in Reader(html).attributes("rect") if each["class"] != "track"]


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    made = bars("Open", [Bar("new", Decimal("200.00"), "200.00 EUR"), Bar("old", Decimal(50), "50.00 EUR")])
    assert widths(made) == ["100.0%", "25.0%"]
    assert "50.00 EUR" in Reader(made).text


def test_a_little_is_seen_and_nothing_or_less_is_not() -> None:
    made = [Bar("a", 100_000, "100,000"), Bar("b", 1, "1"), Bar("c", 0, "0"), Bar("d", -5, "-5")]
    assert widths(bars("Open", made)) == ["100.0%", "0.1%"]
    assert widths(bars("Open", [Bar("a", 0, "0")])) == []
    assert "nothing to show" in bars("Open", [])


def test_bands_are_cut_at_the_scale_and_told_in_words() -> None:
    row = BandRow("Mon", [Band(-60, 720, "closed until noon", "deny"), Band(720, 2000, "open", "allow")])
    made = bands("Hours", [row], [(0, "0:00"), (1440, "24:00")])
    assert widths(made) == ["50.0%", "50.0%"]
    pictures = [each.get("aria-label") for each in Reader(made).attributes("svg")]
    assert "Mon: closed until noon; open" in pictures


@pytest.mark.parametrize("ticks", [[], [(0, "0")], [(0, "0"), (0, "0")], [(5, "5"), (0, "0")]])
def test_a_scale_rises(ticks: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match="scale"):
        bands("Hours", [], ticks)


def test_a_timeline_lists_what_it_draws() -> None:
    marks = [Mark(date(2026, 1, 1), "1 January", "sent"), Mark(date(2026, 1, 11), "11 January", "paid", "allow")]
    read = Reader(timeline("History", marks))
    assert [each["cx"] for each in read.attributes("circle")] == ["1.5%", "98.5%"]
    assert [each["datetime"] for each in read.attributes("time")] == ["2026-01-01", "2026-01-11"]
    assert {"sent", "paid"} <= set(read.text)


def test_a_timeline_of_one_day_or_none() -> None:
    assert Reader(timeline("History", [Mark(date(2026, 1, 1), "1 January", "sent")])).attributes("circle")[0]["cx"]
    assert "nothing to show" in timeline("History", [])


def test_the_same_content_gives_the_same_bytes() -> None:
    assert everything("Łukasz") == everything("Łukasz")
