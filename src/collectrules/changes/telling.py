"""A difference as text at 80 columns and as plain values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.expressions import english
from collectrules.ground.lines import WIDTH, wrapped
from collectrules.output.case_yaml import case_yaml
from collectrules.output.rendering import coloured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.changes.cases import Shown
    from collectrules.changes.comparing import Difference, RuleChange
    from collectrules.changes.queries import Remark
    from collectrules.changes.replay import Replayed

SCHEMA: Final = "collectrules/difference/v1"
_LOUD: Final = {"looser": "deny", "incomparable": "deny", "gone": "deny", "unknown": "review"}
_LABEL: Final = 11


def case_files(difference: Difference) -> Iterator[tuple[str, str]]:
    """Each case that shows a difference, as the name and the text of a case file."""
    for change in difference.rules:
        for way, shown in (("milder", change.milder), ("stricter", change.stricter)):
            if shown is not None:
                head = f"# {change.id}: {shown.before} before, {shown.after} after (the act as a whole)\n"
                yield f"{change.id}.{way}.yaml", head + case_yaml(shown.case)


def as_text(difference: Difference, *, colour: bool = False) -> str:
    """The whole difference for a person."""
    count = len(difference.rules)
    files = f"{len(difference.files)} ruleset{'' if len(difference.files) == 1 else 's'}"
    lines = [
        f"old      {difference.old}",
        f"new      {difference.new}",
        f"{count} rule{'' if count == 1 else 's'} changed, in {files}",
        "",
    ]
    for change in difference.rules:
        lines += [*_rule(change, colour=colour), ""]
    if difference.rules:
        lines.append("the proof says nothing of")
        for each in difference.left_out:
            lines += wrapped(each, "    ", first="  - ")
        lines.append("")
    lines += wrapped(summary(difference), "")
    return "\n".join(lines) + "\n"


def summary(difference: Difference) -> str:
    """In a sentence: is anything allowed now that was not?"""
    if not difference.rules:
        return "no rule changed"
    shown, unproved = difference.loosened, difference.unproved
    if shown:
        flips = [each for each in shown if each.milder is not None and each.milder.flips]
        ids = english.listing([each.id for each in shown], "and")
        what = (
            "a case shows what is answered more mildly"
            if flips
            else "by itself more mildly, though other law answers the same"
        )
        return f"LOOSER: {ids}: {what}"
    if unproved:
        ids = english.listing([each.id for each in unproved], "and")
        return f"NOT PROVED, and no case found: {ids}; a person must look"
    return "PROVED: nothing that was denied before is allowed now"


def _rule(change: RuleChange, *, colour: bool) -> Iterator[str]:
    relation = change.relation.upper() if change.relation in _LOUD else change.relation
    if change.relation == "unknown":
        relation = "NOT PROVED"
    gap = max(2, WIDTH - len(change.id) - len(relation))
    told = coloured(_LOUD.get(change.relation, ""), relation) if colour else relation
    yield f"{change.id}{' ' * gap}{told}"
    yield from wrapped(change.citation, "  ")
    for word in change.words:
        label = f"  {word.label:{_LABEL}} "
        if len(word.label) > _LABEL:
            yield label.rstrip()
            label = " " * len(f"  {'':{_LABEL}} ")
        if word.was:
            yield from wrapped(word.was, " " * 19, first=f"{label}was  ")
            label = " " * len(label)
        if word.now:
            yield from wrapped(word.now, " " * 19, first=f"{label}is   ")
        elif word.was:
            yield f"{label}is   gone"
    if change.renamed:
        yield from wrapped(f"stands now as {change.renamed}", "  ")
    for shown in (change.milder, change.stricter):
        if shown is not None:
            yield from _shown(shown, change.when if shown is change.milder else "")
    yield from wrapped(_proof(change), "  ")


def _proof(change: RuleChange) -> str:
    if change.safe == "proved" and change.by:
        return f"proved: what it denied is still denied or a review, by {english.listing(change.by, 'and')}"
    if change.safe == "proved" and change.relation in ("tighter", "equal", "new"):
        return (
            "proved: it says the same of every complete record"
            if change.relation == "equal"
            else "proved: no complete record is answered more mildly"
        )
    if change.safe == "proved":
        return "proved: nothing that it denied is allowed"
    if change.milder is not None:
        return ""
    return "not proved, and no case was found on which the two differ so: read both"


def _shown(shown: Shown, when: str) -> Iterator[str]:
    first = f"the rule {shown.rule_before.upper()} -> {shown.rule_after.upper()}"
    act = (
        f"the act {shown.before.upper()} -> {shown.after.upper()}"
        if shown.before != shown.after
        else f"the act stays {shown.before.upper()}, for other rules speak"
    )
    yield from wrapped(f"case{f' ({when})' if when else ''}: {first}; {act}", "  ")
    yield from (f"    {line}" for line in case_yaml(shown.case).splitlines())


def replay_text(replayed: Replayed) -> str:
    """Which recorded answers change, counted by rule."""
    moves = ", ".join(f"{number} {move}" for move, number in replayed.moves.most_common())
    cases = "case" if replayed.asked == 1 else "cases"
    lines = [f"asked    {replayed.asked} recorded {cases}: {replayed.changed} change{f' ({moves})' if moves else ''}"]
    for rule, counts in sorted(replayed.by_rule.items(), key=lambda item: -item[1].total()):
        told = ", ".join(f"{number} {move}" for move, number in counts.most_common())
        lines.append(f"  {counts.total():>7}  {rule}: {told}")
    for move, names in replayed.first.items():
        lines += wrapped(f"first {move}: {', '.join(names)}", "    ", first="  ")
    if replayed.unreadable:
        lines += wrapped(
            f"{replayed.unreadable} could not be read, the first: {replayed.first_unreadable}", "    ", first="  "
        )
    if replayed.otherwise:
        why = "another day, configuration or law"
        text = f"{replayed.otherwise} are answered by the old side otherwise than was recorded ({why})"
        lines += wrapped(text, "    ", first="  ")
    return "\n".join(lines) + "\n"


def queries_text(remarks: Iterable[Remark]) -> str:
    """What was proved of rules by themselves."""
    lines = []
    for remark in remarks:
        lines += wrapped(f"{remark.rule} {remark.says} {remark.other}".rstrip(), "    ", first="  ")
    return "\n".join(["asked of the rules that changed", *(lines or ["  nothing of note"])]) + "\n"


def as_plain(difference: Difference, replayed: Replayed | None, remarks: Sequence[Remark] | None) -> dict[str, Any]:
    """The same as plain values."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "old": difference.old,
        "new": difference.new,
        "summary": summary(difference),
        "rulesets": list(difference.files),
        "rules": [_plain(change) for change in difference.rules],
        "left_out": list(difference.left_out),
    }
    if replayed is not None:
        document["recorded"] = {
            "asked": replayed.asked,
            "changed": dict(replayed.moves),
            "by_rule": {rule: dict(counts) for rule, counts in replayed.by_rule.items()},
            "first": replayed.first,
            "unreadable": replayed.unreadable,
            "answered_otherwise_by_old": replayed.otherwise,
        }
    if remarks is not None:
        document["queries"] = [remark._asdict() for remark in remarks]
    return document


def _plain(change: RuleChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "citation": change.citation,
        "relation": change.relation,
        "words": [each._asdict() for each in change.words],
        "safe": change.safe,
        "by": list(change.by),
        "when": change.when,
        "renamed": change.renamed,
        "milder": None if change.milder is None else change.milder._asdict(),
        "stricter": None if change.stricter is None else change.stricter._asdict(),
    }
