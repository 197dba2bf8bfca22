"""Did the law change since it was read? A newly fetched official text against the hashes that a ruleset holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.changes.official import paragraphs_of
from collectrules.expressions.uses import definitions_in
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.ground.lines import wrapped
from collectrules.law.paragraphs import PARAGRAPHS, resting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.law.model import AnswerBlock, Rule, Ruleset


class Drift(NamedTuple):
    """What differs, by the ids of paragraphs, and the rules that rest on what changed or is gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    same: int
    to_read: Mapping[str, tuple[str, ...]]
    """By the full id of a rule or answer: the paragraphs for which it is to be read again."""

    @property
    def any(self) -> bool:
        """Did anything change?"""
        return bool(self.changed or self.gone or self.new)


def drift(ruleset: Ruleset, text: str, path: str) -> Drift:
    """Hold a text against what the ruleset was read against. Raises InvalidInput where there is nothing to compare."""
    known, found = ruleset.paragraphs, read(text, path)
    if not known:
        message = f"`{ruleset.id}` holds no `{PARAGRAPHS}:`"
        help_ = "`--write` writes those of the text that it was read against, once somebody has read it"
        raise InvalidInput([Problem(ruleset.place, "CR100", message, help_)])
    changed = tuple(name for name, each in known.items() if name in found and found[name] != each)
    gone = tuple(name for name in known if name not in found)
    new = tuple(name for name in found if name not in known)
    return Drift(
        changed=changed,
        gone=gone,
        new=new,
        same=sum(found.get(name) == each for name, each in known.items()),
        to_read=resting(cited(ruleset), (*changed, *gone)),
    )


def read(text: str, path: str) -> dict[str, str]:
    """The paragraphs of a text. Raises InvalidInput for one in which none is found."""
    found = paragraphs_of(text)
    if not found:
        help_ = "sections begin with their number (`§ 1006.6`, `Section 5`, `Art. 7`), paragraphs with `(a)`, `(1)`"
        raise InvalidInput([Problem(Place(path), "CR100", "no paragraph is found in this text", help_)])
    return found


def cited(ruleset: Ruleset) -> dict[str, tuple[str, ...]]:
    """What each rule and answer cites: itself, its exceptions, whom the file binds, and the definitions it uses."""
    binds = [] if ruleset.binds is None else [ruleset.binds.citation]
    citations = {rule.full_id: (*_of_rule(rule, ruleset), *binds) for rule in ruleset.rules}
    return {**citations, **{block.full_id: (block.citation,) for block in ruleset.answers}}


def _of_rule(rule: Rule, ruleset: Ruleset) -> tuple[str, ...]:
    expressions = [rule.breach, *(clause.condition for clause in rule.clauses)]
    used = {name for each in expressions for name in definitions_in(each, ruleset.definitions)}
    defined = [ruleset.definitions[name].citation for name in sorted(used)]
    return (rule.citation, *(clause.citation for clause in rule.clauses), *filter(None, defined))


_BLOCK: Final = re.compile(rf"^{PARAGRAPHS}:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n(?=[ \t]))*", re.MULTILINE)


def with_paragraphs(ruleset_text: str, paragraphs: Mapping[str, str]) -> str:
    """The text of a ruleset file with these paragraphs in place of those it had, at its end where it had none."""
    lines = "".join(f"  {_quoted(name)}: {each}\n" for name, each in paragraphs.items())
    block = f"{PARAGRAPHS}:\n{lines}"
    if _BLOCK.search(ruleset_text):
        return _BLOCK.sub(lambda _: block, ruleset_text, count=1)
    return f"{ruleset_text.rstrip()}\n{block}"


def _quoted(name: str) -> str:
    return f"'{name}'"


def as_lines(found: Drift, blocks: Iterable[Rule | AnswerBlock]) -> list[str]:
    """What differs, and what is to be read again, line by line."""
    lines = []
    for what, names in (("changed", found.changed), ("gone", found.gone), ("new", found.new)):
        lines += [f"{what:8} {name}" for name in names]
    lines.append(f"{'same':8} {found.same} paragraphs")
    titles = {block.full_id: block.title for block in blocks}
    if found.to_read:
        lines += ["", "to be read again"]
    for rule, on in found.to_read.items():
        lines += [f"  {rule}", *wrapped(f"{titles.get(rule, '')} (rests on {', '.join(on)})")]
    return lines
