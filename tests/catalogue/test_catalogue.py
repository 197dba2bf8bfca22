"""The rule catalogue: a page for each rule, links that lead somewhere, nothing loaded, nothing that runs."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from collectrules import cli
from collectrules.catalogue import Book, site
from collectrules.catalogue.outlines import outline
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.law.model import Ruleset

TODAY = date(2026, 12, 1)
RULE = """\
  - id: calls
    title: not more than <three> a week
    cite: Law 1(a) & 2
    says: a fourth call in a week
    strength: prohibition
    governs: {kind: contact, channel: phone}
    kind: frequency_cap
    counts: {direction: outbound}
    values: {at_most: {2020-01-01: 3, 2024-01-01: 2}, days: {2020-01-01: 7}}
    unless: [{if: action.to == attorney and not action.automated, cite: Law 3, title: it goes to an attorney}]
    examples:
      - {story: the first, action: {kind: contact, channel: phone, at: 2026-04-08T10:00}, expect: allow}
      - {story: the "fourth", action: {kind: contact, channel: phone, at: 2026-04-08T10:00}, expect: deny}
"""


class Seen(HTMLParser):
    """Links, names and everything that a page could load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.names.add(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag in ("img", "link", "iframe") or (tag == "script" and "src" in given):
            self.loads.append(tag)


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    plugins = load_plugins()
    book = Rulebook(plugins.ruleset_folders, plugins.language)
    rulesets = [each for place in ("US-MA", "US-MI", "DE") for each in book.of(place)]
    return dict(site(Book(rulesets, plugins.language, book.topics), TODAY))


def made(law: Any, **head: str) -> dict[str, str]:
    ruleset: Ruleset = law.ruleset(RULE, **head)
    plugins = load_plugins()
    topics = Rulebook((), plugins.language).topics
    return dict(site(Book([ruleset], plugins.language, topics), TODAY))


def test_every_rule_and_answer_has_a_page_and_every_link_leads_somewhere(shipped: dict[str, str]) -> None:
    seen = {name: Seen(text) for name, text in shipped.items()}
    assert sum(name.startswith("rules/") for name in shipped) > 50
    for name, page in seen.items():
        assert page.loads == [], name
        for link in page.links:
            if link.startswith(("http://", "https://", "mailto:")):
                continue
            target, _, part = link.partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
            assert path in shipped, f"{name}: {link}"
            assert not part or part in seen[path].names, f"{name}: {link}"
    linked = {posixpath.normpath(link) for link in seen["index.html"].links if link.startswith("rules/")}
    assert linked == {name for name in shipped if name.startswith("rules/")}


def test_the_same_rulesets_give_the_same_bytes(law: Any) -> None:
    assert made(law) == made(law)


def test_a_rule_is_told_as_a_sentence_and_as_law(law: Any) -> None:
    page = made(law)["rules/us.law.calls.html"]
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for told in (
        "A fourth call in a week.",
        "Law 1(a) &amp; 2",
        "by a third contact in 7 days, its own day the last",
        "it goes to an attorney",
        "held against the law",
        "at most: 3",
        "1 January 2024 at most: 2",
        "allow the first",
        "deny the &quot;fourth&quot;",
    ):
        assert told in text, told
    assert "<three>" not in page, "text is escaped"
    assert "&lt;three&gt;" in page


def test_what_is_overdue_says_so(law: Any) -> None:
    assert ">overdue<" not in made(law)["rules/us.law.calls.html"]
    assert ">overdue<" in made(law, verify_by="2026-11-30")["rules/us.law.calls.html"]


def test_the_matrix_tells_what_was_read_where(shipped: dict[str, str]) -> None:
    matrix = shipped["matrix.html"]
    assert all(f">{place}<" in matrix for place in ("US-MA", "US-MI", "DE"))
    assert ">contact hours<" in matrix
    assert ">partly<" in matrix


def test_every_kind_code_and_fact_is_told(shipped: dict[str, str]) -> None:
    assert Seen(shipped["kinds.html"]).names >= set(load_plugins().kinds)
    assert "never-speaks" in shipped["lints.html"]
    assert "in_default_since" in shipped["facts.html"]


def test_an_outline_becomes_lists_in_lists() -> None:
    lines = [
        "where any of these holds:",
        "- one that goes",
        "  on",
        "- all of these:",
        "  - two",
        "  - three",
        "- four",
    ]
    told = re.sub(r"</?div>", "", outline(lines))
    assert told == (
        "<p>where any of these holds:</p><ul><li>one that goes on</li>"
        "<li>all of these:<ul><li>two</li><li>three</li></ul></li><li>four</li></ul>"
    )


def test_the_command_writes_a_folder(tmp_path: Path, capsys: Any) -> None:
    arguments = ["docs", "-o", str(tmp_path / "out"), "--jurisdiction", "NZ", "--today", "2026-12-01"]
    assert cli.run(arguments) == 0
    assert "pages in" in capsys.readouterr().out
    assert (tmp_path / "out" / "index.html").is_file()
    assert list((tmp_path / "out" / "rules").glob("nz.*.html"))
