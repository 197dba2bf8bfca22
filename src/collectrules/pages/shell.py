"""The file around the content: head, style, the search field, and what no page may do."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from collectrules.pages.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectrules.pages.markup import Content


def page(  # noqa: PLR0913  # all but the content by name
    title: str,
    *content: Content,
    lead: Content = None,
    foot: Content = None,
    language: str = "en",
    search: str | None = None,
    contents: Sequence[tuple[str, str]] = (),
) -> str:
    """A whole HTML file. It loads nothing, and a browser that keeps its policy runs nothing but the search script.

    `lead` stands under the title, `foot` at the end (sources, day, what is not advice); `search` is the label of a
    field that filters the rows of tables which are `searched`, shown only where scripts run; `contents` are names of
    sections and their titles. The same content gives the same bytes (UTF-8).
    """
    links = [tag("li", tag("a", shown, href=f"#{name}")) for name, shown in contents]
    body = (
        tag("header", tag("h1", title), tag("div", lead, class_="lead") if lead is not None else None),
        tag("nav", tag("ul", *links), aria_label="Contents") if links else None,
        _search_field(search) if search is not None else None,
        tag("main", *content),
        tag("footer", foot) if foot is not None else None,
    )
    script = _asset("search.js") if search is not None else ""
    return html_file(title, body, style=_asset("style.css"), language=language, script=script)


def html_file(title: str, body: Content, *, style: str, language: str = "en", script: str = "") -> str:
    """A whole HTML file with another style than that of `page`: a letter. Style and script are the program's own."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Html(style)),
    )
    written = tag("body", body, tag("script", Html(script)) if script else None)
    return f"<!DOCTYPE html>\n{tag('html', head, written, lang=language)}\n"


def _search_field(label: str) -> Html:
    return tag(
        "p",
        tag("label", label, " ", tag("input", type="search", id="search", autocomplete="off")),
        " ",
        tag("output", id="found", for_="search"),
        class_="search",
        hidden=True,
    )


@cache
def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8").strip()
