"""What changed of a rule, in words: what it says, its values with their days, its dates, and what stands beside it."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.expressions import english
from collectrules.law.model import NEVER
from collectrules.output.rules import RuleText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Rule, Ruleset

_BESIDE: Final = (
    "title",
    "citation",
    "source",
    "strength",
    "kind",
    "says",
    "question",
    "remedy",
    "verified",
    "confidence",
)
"""Fields of a rule that are told where they differ."""


class Word(NamedTuple):
    """One thing that changed: what it is, and what it was and is; empty where there was or is none."""

    label: str
    was: str
    now: str


def of_rule(
    old: tuple[Rule, Ruleset],
    new: tuple[Rule, Ruleset],
    old_kinds: Mapping[str, RuleKind],
    new_kinds: Mapping[str, RuleKind],
) -> tuple[Word, ...]:
    """Everything that changed of a rule that stands on both sides."""
    values = tuple(_values(old, new))
    sentences = () if values and _written(*old) == _written(*new) else _sentences(old, new, old_kinds, new_kinds)
    return (*values, *sentences, *_fields(old[0], new[0]))


def _written(rule: Rule, ruleset: Ruleset) -> object:
    """All that a rule says, but for its values: where only these differ, its sentences say nothing more."""
    clauses = (rule.exceptions, rule.reviews, rule.factors, ruleset.binds_unless, (ruleset.binds,))
    texts = [[None if each is None else (each.text, each.title, each.citation) for each in group] for group in clauses]
    defined = {name: (each.title, repr(each.expression)) for name, each in ruleset.definitions.items()}
    return rule.governs_english, rule.breach_text, rule.kind, texts, defined


def _values(old: tuple[Rule, Ruleset], new: tuple[Rule, Ruleset]) -> Iterator[Word]:
    before, after = ({**ruleset.values, **rule.values} for rule, ruleset in (old, new))
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Word(
                f"value {english.words(name)}",
                "" if was is None else english.with_days(was),
                "" if now is None else english.with_days(now),
            )


def _sentences(
    old: tuple[Rule, Ruleset],
    new: tuple[Rule, Ruleset],
    old_kinds: Mapping[str, RuleKind],
    new_kinds: Mapping[str, RuleKind],
) -> Iterator[Word]:
    before = _paragraphs(RuleText(*old, old_kinds[old[0].kind]))
    after = _paragraphs(RuleText(*new, new_kinds[new[0].kind]))
    for tag, first, last, begin, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        was, now = before[first:last], after[begin:end]
        for number in range(max(len(was), len(now))):
            one = was[number] if number < len(was) else ("", "")
            other = now[number] if number < len(now) else ("", "")
            yield Word(other[0] or one[0] or "says", one[1], other[1])


def _paragraphs(text: RuleText) -> list[tuple[str, str]]:
    told = [("governs", text.rule.governs_english)]
    label = ""
    for paragraph in (*text.binds(), *text.english(), *text.definitions()):
        label = paragraph.label or label
        cited = f" ({paragraph.citation})" if paragraph.citation else ""
        told.append((label, f"{_one_line(paragraph.lines)}{cited}"))
    return told


def _one_line(lines: Iterable[str]) -> str:
    """An outline as one line: what its hyphens list is told apart by semicolons."""
    text = ""
    for line in map(str.strip, lines):
        item = line.removeprefix("- ")
        joint = "" if not text else " " if text.endswith(":") or item == line else "; "
        text += joint + item
    return text


def _fields(old: Rule, new: Rule) -> Iterator[Word]:
    for name in _BESIDE:
        was, now = str(getattr(old, name)), str(getattr(new, name))
        if was != now:
            yield Word(
                name,
                english.words(was) if name == "strength" else was,
                english.words(now) if name == "strength" else now,
            )
    for name, none in (("since", 0), ("until", NEVER), ("verify_by", NEVER)):
        days: tuple[int, int] = (getattr(old, name), getattr(new, name))
        if days[0] != days[1]:
            was, now = ("" if day == none else english.iso_day(day) for day in days)
            yield Word(name.replace("_", " "), was, now)
    if (before := len(old.examples)) != (after := len(new.examples)):
        yield Word("examples", str(before), str(after))
