"""Texts that were read, as text for a terminal of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.lines import WIDTH, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.words.gate import TextVerdict
    from collectrules.words.replies import Reply

_RULES: Final = 2


def page(verdict: TextVerdict, name: str) -> str:
    """The answer about a text: what it says and where, the law, and what to write."""
    language = f", read in {verdict.language}" if verdict.language else ""
    lines = [f"{verdict.decision.upper():7} {name}{language}"]
    for passage in verdict.passages:
        sure = "" if passage.certain else "perhaps "
        lines.append(_wrapped(f'{passage.place:>7}  {sure}{passage.title}: "{_short(passage.text)}"', 9))
        lines += _law(passage.rules)
        if passage.write:
            lines.append(_wrapped(f"         write: {passage.write}", 16))
    for missing in verdict.missing:
        lines.append(_wrapped(f"missing  {missing.title}", 9))
        lines += _law(missing.rules)
        lines.append(_wrapped(f"         write: {missing.write}", 16))
    lines += [_wrapped(f"act      {rule}", 9) for rule in verdict.others]
    lines += [_wrapped(f"unread   {reason}", 9) for reason in verdict.unread]
    if verdict.content:
        lines.append(_wrapped(f"says     {', '.join(word.replace('_', ' ') for word in verdict.content)}", 9))
    return "\n".join(lines) + "\n"


def reply_page(reply: Reply) -> str:
    """What a reply tells, and the entries for the history of the case."""
    lines = []
    for told in reply.told:
        sure = "certain" if told.certain else "confirm"
        lines.append(
            _wrapped(f'{sure}  {told.event.replace("_", " ")}: {told.title}, "{_short(told.text)}" ({told.place})', 9)
        )
        if told.certain and told.entry:
            entry = ", ".join(f"{key}: {value}" for key, value in told.entry.items())
            lines.append(_wrapped(f"         history: {{at: ..., {entry}}}", 18))
    if reply.unclear:
        lines.append(_wrapped(f"unclear  {reply.unclear}", 9))
    return "\n".join(lines) + "\n"


def _law(rules: Iterable[str]) -> Iterator[str]:
    told = list(rules)
    for rule in told[:_RULES]:
        yield _wrapped(f"         {rule}", 11)
    if len(told) > _RULES:
        yield f"         and {len(told) - _RULES} more"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDTH else f"{plain[: WIDTH - 3]}..."


def _wrapped(line: str, indent: int) -> str:
    lead = len(line) - len(line.lstrip())
    return "\n".join(wrapped(line.lstrip(), " " * indent, first=" " * lead))
