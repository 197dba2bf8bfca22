"""XML as text: every content and attribute is escaped, and what XML cannot hold becomes a space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.plugins import accounts

if TYPE_CHECKING:
    from collectrules.plugins.accounts import Account

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Element(str):
    """Markup that `element` made: it is not escaped again."""

    __slots__ = ()


def escaped(text: str) -> str:
    """The text as it stands in XML."""
    text = _NOT_XML.sub(" ", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def element(name: str, *content: str | None, **attributes: str) -> Element:
    """One element. Content that is None is left out, so that an optional element can stand in its place."""
    head = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    inner = "".join(each if isinstance(each, Element) else escaped(each) for each in content if each is not None)
    return Element(f"<{name}{head}>{inner}</{name}>")


def optional(name: str, content: str | None, **attributes: str) -> Element | None:
    """One element where there is content, else nothing."""
    return element(name, content, **attributes) if content else None


def decision_note(account: Account) -> str:
    """The decision and the rulesets behind it as a processing instruction: no schema and no reader minds it."""
    word, number, asked = account[accounts.DECISION], account[accounts.DECISION_ID], accounts.rulesets_asked(account)
    return f'<?collectrules decision="{escaped(word)}" id="{escaped(number)}" rulesets="{escaped(asked)}"?>'
