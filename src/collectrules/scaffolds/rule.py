"""The beginning of a rule of some kind, put at the end of the `rules:` of a file that is there."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.nodes import Listing, Scalar, Table
from collectrules.ground.source import file_text, read
from collectrules.scaffolds import TEMPLATES, filled
from collectrules.scaffolds.words import days

if TYPE_CHECKING:
    from pathlib import Path

_TEMPLATE: Final = re.compile(r"(\w+)\.yaml\.template")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_RULES: Final = re.compile(r"^rules:[ \t]*$", re.MULTILINE)
_NEXT_KEY: Final = re.compile(r"^[a-z_]+:", re.MULTILINE)
_TRAILING: Final = re.compile(r"(?:^[ \t]*(?:#.*)?\n)*\Z", re.MULTILINE)
"""Blank lines and comments at the end: they belong to what follows."""


def kinds() -> tuple[str, ...]:
    """The kinds of rules of which there is a beginning."""
    found = [_TEMPLATE.fullmatch(path.name) for path in sorted((TEMPLATES / "rule").iterdir())]
    return tuple(match[1] for match in found if match is not None)


def with_rule(path: Path, rule_id: str, kind: str) -> str:
    """The text of a ruleset, a part of one, or a house policy, with a rule of that id and kind at the end of its rules.

    Raises InvalidInput where the file is none, or has such a rule already.
    """
    text = file_text(path)
    root = read(text, str(path)).table("a ruleset")
    if not any(key in root for key in ("ruleset", "policy", "part_of")):
        raise _wrong(Place(str(path)), "this is no ruleset, house policy or part of a ruleset", "name the file of one")
    if not _NAME.fullmatch(rule_id):
        raise _wrong(Place("ID"), f"`{rule_id}` is no rule id", "small letters, digits and underscores: late_calls")
    there = _ids(root)
    if rule_id in there:
        raise _wrong(there[rule_id], f"there is a rule `{rule_id}` already", "choose another id")
    if kind not in kinds():
        raise _wrong(Place("--kind"), f"`{kind}` is no kind of rule", meant(kind, kinds()) or ", ".join(kinds()))
    is_policy = "policy" in root
    words = {
        **days(_since(root)),
        "ID": rule_id,
        "CITE": "house rule 1" if is_policy else "Act 1",
        "STRENGTH": "house_policy" if is_policy else "prohibition",
        "CURRENCY": "USD",
    }
    (rule,) = (text for place, text in filled("rule", words).items() if place.name == f"{kind}.yaml")
    return _put(text, rule)


def _put(text: str, rule: str) -> str:
    """The text with a rule at the end of its `rules:`, which it may not have yet."""
    found = _RULES.search(text)
    if found is None:
        return f"{text.rstrip()}\n\nrules:\n{rule}"
    following = _NEXT_KEY.search(text, found.end())
    inside = text[: following.start()] if following is not None else text
    behind = text[len(inside) :]
    trailing = _TRAILING.search(inside)
    end = trailing.start() if trailing is not None else len(inside)
    gap = "" if inside[:end].endswith(("\n\n", "rules:\n")) else "\n"
    return f"{inside[:end]}{gap}{rule}{inside[end:] or (chr(10) if behind else '')}{behind}"


def _ids(root: Table) -> dict[str, Place]:
    rules = root.get("rules")
    items = [item for item in rules.items if isinstance(item, Table)] if isinstance(rules, Listing) else []
    found = [item.get("id") for item in items]
    return {node.text: node.place for node in found if isinstance(node, Scalar)}


def _since(root: Table) -> date:
    """The first day of the law; of a part, whose ruleset says it, a day that no value of the examples comes before."""
    node = root.get("since")
    try:
        return date.fromisoformat(node.text) if isinstance(node, Scalar) else date(1900, 1, 1)
    except ValueError:
        return date(1900, 1, 1)  # what is wrong with it is told where it is read


def _wrong(place: Place, message: str, help_: str) -> InvalidInput:
    return InvalidInput([Problem(place, "CR921", message, help_)])
