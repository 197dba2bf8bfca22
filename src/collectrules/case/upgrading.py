"""The text of a case file of format 1 as text of format 2, with its comments.

What format 1 stated at the top of an object stands under `facts:` now; what `content` told is said, claimed or
threatened; a test that names a bare country says that only its law is asked; the version is stated. Of YAML only what
changes is written anew, JSON as a whole.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeVar

import yaml

from collectrules.case.format_1 import NAMES, OF_EVENTS, with_facts
from collectrules.case.objects import Case
from collectrules.case.sayings import unfolded
from collectrules.case.terms import CONTENT, SAYS
from collectrules.case.yaml_edits import Piece, entries, replaced
from collectrules.ground import source, whole_files
from collectrules.ground.errors import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from collectrules.case.declaring import Facts

F = TypeVar("F", bound="Facts")
VERSION: Final = 2


def upgrade(path: Path, cases: Callable[[Path], Iterable[Case | InvalidInput]], *, check: bool = False) -> bool:
    """Rewrite a case file in format 2; whether it was of format 1. With `check` nothing is written.

    `cases` reads the cases of a file. Raises InvalidInput for a file that cannot be read, or would say something else.
    """
    before = source.file_text(path)
    after = upgraded(before, str(path))
    if after == before or check:
        return after != before
    with whole_files.beside(path) as new:
        new.write_text(after, encoding="utf-8")
        for was, now in zip_longest(cases(path), cases(new)):
            if isinstance(was, InvalidInput):
                raise was
            if was is None or not isinstance(now, Case) or _by_law(now) != _by_law(was):
                place = (was.place if was is not None else None) or Place(str(path))
                raise InvalidInput(
                    [Problem(place, "CR015", "this case would say something else", f"left as it was{_why(now)}")]
                )
        whole_files.put(new, path)
    return True


def _by_law(case: Case) -> tuple[tuple[str, ...], Case]:
    """The law that alone is asked, however that is said, and all else that the case says, in whatever order."""
    action = case.action if case.action is None else _in_order(case.action)
    history = None if case.history is None else tuple([_in_order(each) for each in case.history])
    return case.only_law, case.but(applicable_law=None, action=action, history=history)


def _in_order(owner: F) -> F:
    content = getattr(owner, "content", None)
    return owner if content is None else owner.but(content=tuple(sorted(content)))


def _why(now: Case | InvalidInput | None) -> str:
    return f": {now.problems[0].message}" if isinstance(now, InvalidInput) else ""


def upgraded(text: str, path: str) -> str:
    """The text of a file in format 2; one that says so already comes back as it is. `path` names it in messages.

    Raises InvalidInput for what is no YAML or JSON, and where keys of format 1 stand beside `facts:`. Whether the file
    can be read, and says the same as before, is for the caller to ask.
    """
    if path.endswith(".jsonl"):
        return "".join(_json(line) if line.strip() else line for line in text.splitlines(keepends=True))
    source.read(text, path)
    if text.lstrip()[:1] == "{":
        return _json(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return text
    return replaced(text, _pieces(text, root, path))


def _json(text: str) -> str:
    stated = json.loads(text)
    if stated.pop("version", None) == VERSION:
        return text
    for case in stated.get("cases", [stated]):
        if country := _bare_country(case.get("jurisdiction"), case):
            case["applicable_law"] = [country]
        for each in (case.get("action"), *(case.get("history") or ())):
            if isinstance(each, dict) and _told_apart(each.get("content")):
                each.update(unfolded(each.pop("content")))
    indent = 2 if "\n" in text.strip() else None
    return json.dumps({"version": VERSION, **with_facts(stated)}, ensure_ascii=False, indent=indent) + "\n"


def _bare_country(code: object, case: Collection[str]) -> str | None:
    """The country whose law alone a test of format 1 asks."""
    bare = isinstance(code, str) and "-" not in code and "expect" in case and "applicable_law" not in case
    return str(code) if bare else None


def _pieces(text: str, root: yaml.MappingNode, path: str) -> Iterator[Piece]:
    """What changes in a file of YAML. Offsets are of the text as it was."""
    stated = entries(root)
    if "version" not in stated:
        start = root.start_mark.index
        yield Piece(start, start, f"version: {VERSION}\n")
    elif stated["version"].value == str(VERSION):
        return
    else:
        version = stated["version"]
        yield Piece(version.start_mark.index, version.end_mark.index, str(VERSION))
    for case in stated["cases"].value if "cases" in stated else [root]:
        own = entries(case)  # what is no mapping has no entries, and is told when it is read
        for key, value in case.value if own else ():
            if key.value == "jurisdiction" and (country := _bare_country(value.value, own)):
                start, column = key.start_mark.index, key.start_mark.column
                between = ", " if case.flow_style else f"\n{' ' * column}"
                yield Piece(start, start, f"applicable_law: [{country}]{between}")
        history = own["history"].value if "history" in own else ()
        for each in (own.get("action"), *history):
            yield from _said(text, each)
        if entries(own.get("action")):
            yield from _moved(text, own["action"], NAMES["action"], path)
        for entry in history:
            event = entries(entry).get("event")
            if event is not None:
                yield from _moved(text, entry, OF_EVENTS.get(event.value, frozenset()), path)


def _said(text: str, node: Any) -> Iterator[Piece]:
    """`content` as `says`, `claims` and `threatens`, where it holds a claim or a threat."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value != "content" or not isinstance(value, yaml.SequenceNode):
            continue
        words = [each.value for each in value.value]
        end = value.value[-1].end_mark.index if words and not value.flow_style else value.end_mark.index
        if not _told_apart(words) or "#" in text[key.start_mark.index : end]:
            continue  # with its comments it stays as it is: format 2 takes `content` too
        column = key.start_mark.column
        between = ", " if node.flow_style else f"\n{' ' * column}"
        stated = between.join(f"{name}: {_flow(items)}" for name, items in unfolded(words).items())
        yield Piece(key.start_mark.index, end, stated)


def _told_apart(content: Any) -> bool:
    """Are these words of `content`, one of them a claim or a threat?"""
    return isinstance(content, list) and set(content) <= set(CONTENT.words) and not set(content) <= set(SAYS.words)


def _flow(items: Iterable[Any]) -> str:
    """A list in one line of YAML."""
    return f"[{', '.join(_pairs(each) if isinstance(each, dict) else each for each in items)}]"


def _pairs(stated: dict[str, Any]) -> str:
    pairs = (f"{key}: {str(value).lower() if isinstance(value, bool) else value}" for key, value in stated.items())
    return f"{{{', '.join(pairs)}}}"


def _moved(text: str, node: yaml.MappingNode, names: frozenset[str], path: str) -> Iterator[Piece]:
    """The keys with these names under `facts:`, where the first of them stood."""
    moving = [(key, value) for key, value in node.value if key.value in names]
    if not moving:
        return
    first = moving[0][0].start_mark
    if "facts" in entries(node):
        place = Place(path, first.line + 1, first.column + 1)
        raise InvalidInput(
            [Problem(place, "CR015", f"`{moving[0][0].value}` stands beside `facts:`", "move it there by hand")]
        )
    if node.flow_style:
        inside = ", ".join(text[key.start_mark.index : value.end_mark.index] for key, value in moving)
        yield Piece(first.index, moving[0][1].end_mark.index, f"facts: {{{inside}}}")
        ends = {key.value: before for (_, before), (key, _) in zip(node.value, node.value[1:], strict=False)}
        for key, value in moving[1:]:
            yield Piece(ends[key.value].end_mark.index, value.end_mark.index, "")
        return
    lines = []
    for key, value in moving:
        start = key.start_mark.index
        end = len(text[: value.end_mark.index].rstrip())
        end = text.find("\n", end) if "\n" in text[end:] else len(text)  # with the comment behind it
        lines += text[start:end].split("\n")
        if key is not moving[0][0]:
            yield Piece(text.rfind("\n", 0, start), end, "")
        else:
            first_end = end
    indent = f"\n{' ' * first.column}  "
    yield Piece(first.index, first_end, "facts:" + "".join(_further(indent, first.column, line) for line in lines))


def _further(indent: str, column: int, line: str) -> str:
    """A line two columns further in; the first of a key begins with it."""
    return indent + (line[column:] if line[:column].isspace() else line)
