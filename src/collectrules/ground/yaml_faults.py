"""What is wrong with text that is no YAML, and what its writer may have meant: names with apostrophes, signs, tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.errors import Place, Problem
from collectrules.ground.nodes import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED: Final = re.compile(r"""(?:^|[\s\[{,:-])(['"])""")
"""A quote that begins a text."""
_NO_SPACE: Final = re.compile(r"""\s*(?:-\s+)?([A-Za-z_]+):([^\s"'/\\][^:]*)""")
"""A key whose value stands at its colon; no web address."""
_NO_SPACE_IN_LIST: Final = re.compile(r"\s*-[A-Za-z{\[]")
_COMMENT: Final = re.compile(r":\s+(#\S[^,}\]]*)")


def syntax_problem(error: Exception, text: str, path: str) -> Problem:
    """The error of the parser with its place, and what to do."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    if mark is None:
        return Problem(Place(path), "CR004", f"this is not YAML: {why}")
    advice = _advice(error, mark, why, text.splitlines())
    return Problem(Place(path, mark.line + 1, mark.column + 1), "CR004", f"this is not YAML: {why}", advice)


def _advice(error: Exception, mark: Any, why: str, lines: Sequence[str]) -> str:
    context = getattr(error, "context_mark", None)
    line = lines[mark.line] if mark.line < len(lines) else ""
    begun = context if context is not None and context.line != mark.line else None
    if "\t" in line[: mark.column + 1]:
        return "there is a tab here: YAML is indented with spaces"
    if "escape" in why:
        return "in double quotes a backslash begins a sign of its own: put single quotes around the text"
    ends = not "".join(lines[mark.line :])[mark.column if line else 0 :].strip()
    told = "the file ends in the middle; is the rest of it missing?"
    told += f" (what is not closed begins at line {begun.line + 1})" if begun is not None else ""
    if ends and context is not None and "quoted scalar" in getattr(error, "context", ""):
        return f"{told}; else write {_in_other_quotes(lines[context.line][context.column :])}"
    if meant := _meant(lines, mark, context):
        return meant
    if ends:
        return told
    if "cannot start any token" in why:
        return f"put quotes around a text that begins with {shown(line[mark.column : mark.column + 1])}"
    if "block sequence entries" in why:
        return "a `-` begins an entry of a list, on a line of its own; where there is no value, take the key out"
    if "mapping values" in why:
        return "put quotes around a text that has `: ` in it, and check the indentation"
    if begun is not None:
        return f"it belongs to what begins at line {begun.line + 1}; check indentation, brackets and quotes"
    return "check the brackets, commas and quotes of this line"


def _meant(lines: Sequence[str], mark: Any, context: Any) -> str:
    """What people write that YAML reads otherwise, in the line that is wrong, the one before it, or where it began."""
    for number in dict.fromkeys([mark.line, *([] if context is None else [context.line]), mark.line - 1]):
        if not 0 <= number < len(lines):
            continue
        line, is_here = lines[number], number == mark.line
        at = "" if is_here else f"at line {number + 1} "
        if found := _NO_SPACE.match(line):
            return f"{at}put a space after the colon: {found[1]}: {found[2].rstrip()}"
        if _NO_SPACE_IN_LIST.match(line):
            return f"{at}put a space after the `-` that begins an entry of a list"
        if found := _COMMENT.search(line):
            return f"{at}what stands after # is a comment; where it is none, write {_in_other_quotes(found[1])}"
        if text := _cut_by_a_quote(line, mark.column if is_here else 0):
            return f"{at}the quotes end before the text does: write {_in_other_quotes(text)}"
    return ""


def _cut_by_a_quote(line: str, wrong: int) -> str:
    """The text that begins with a quote and goes on after it, as `'t Hooft, 's-Gravenhage` or `"A" Ltd`.

    `wrong` is how far the line could be read: a quote before that which closes nothing in the line closed another text.
    """
    at = 0
    while found := _QUOTED.search(line, at):
        begin, quote = found.start(1), found[1]
        end = line.find(quote, begin + 1)
        while quote == "'" and end >= 0 and line[end : end + 2] == "''":
            end = line.find(quote, end + 2)
        if end < 0:
            return line[begin:] if begin < wrong else ""
        after = line[end + 1 :].lstrip()
        if after and after[0] not in ",}]:#":
            return line[begin:]
        at = end + 1
    return ""


def _in_other_quotes(text: str) -> str:
    """A text up to the next comma or bracket, in quotes that it does not hold itself."""
    text = re.split(r"[,}\]]|\s#", text)[0].strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
