"""Where the pages of the catalogue lie, and links between them: all relative, so that a folder can be moved or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.pages import tag

if TYPE_CHECKING:
    from collectrules.pages import Html
    from collectrules.pages.markup import Content

INDEX: Final = "index.html"
MATRIX: Final = "matrix.html"
LINTS: Final = "lints.html"
KINDS: Final = "kinds.html"
FACTS: Final = "facts.html"
TOP: Final = (
    (INDEX, "rules"),
    (MATRIX, "places and topics"),
    (KINDS, "kinds"),
    (FACTS, "facts"),
    (LINTS, "lints"),
)


def of_rule(full_id: str) -> str:
    """The page of a rule or an answer."""
    return f"rules/{full_id}.html"


def of_place(code: str) -> str:
    """The page of a place; that of house policies where there is none."""
    return f"places/{code or 'house'}.html"


def to(page: str, origin: str, *content: Content) -> Html:
    """A link from the page `origin` to another."""
    return tag("a", *content, href=f"{'../' * origin.count('/')}{page}")


def top(origin: str) -> Html:
    """The links that stand on every page."""
    links = [tag("li", to(page, origin, title) if page != origin else tag("b", title)) for page, title in TOP]
    return tag("nav", tag("ul", *links), aria_label="Catalogue")
