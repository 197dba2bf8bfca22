"""Markup that is escaped by its type: text is text, and only what is made here is markup."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID: Final = frozenset(("meta", "input", "br", "hr"))
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""No file of HTML can hold them: halves of pairs cannot even be written."""
_SAFE_LINK: Final = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


class Html(str):
    """Markup. Nothing but this package makes one from text that came from outside."""

    __slots__ = ()


Content: TypeAlias = "str | Iterable[Content] | None"
"""What stands in an element: text, markup, nothing, or several of these."""


def escaped(text: str) -> Html:
    """The text as markup; what HTML cannot hold is shown as the mark for that."""
    return Html(escape(_UNPRINTABLE.sub("\ufffd", text), quote=True))


def markup(content: Content) -> Html:
    """The content as markup."""
    if content is None:
        return Html("")
    if isinstance(content, Html):
        return content
    if isinstance(content, str):
        return escaped(content)
    return Html("".join(markup(each) for each in content))


def tag(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element: `tag("td", "5", class_="number", data_label="Open")`.

    `name` is written by the programmer. Of attributes, underscores stand for hyphens; None and False leave one out.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{markup(content)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:  # noqa: FBT001  # HTML has attributes without a value
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def link(address: str, *content: Content) -> Html:
    """A link to a page of the web, an e-mail address or a place in this page (`#...`); of any other address the text.

    An address that comes from outside may be a script: those become text.
    """
    shown = content or (address,)
    if not _SAFE_LINK.match(address):
        return markup(shown)
    return tag("a", *shown, href=address, rel="noreferrer")
