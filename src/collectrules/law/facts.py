"""The facts that a ruleset or a library declares under `facts:`, and whether laws that meet agree on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.case import groups
from collectrules.case.law_facts import FACT_OWNERS, TYPES, LawFact
from collectrules.case.vocabulary import ANY_ENTRY, CONTACT, ROOTS, catalogue
from collectrules.expressions.syntax import RESERVED
from collectrules.ground.errors import InvalidInput, Problem, meant
from collectrules.ground.nodes import Listing, Table
from collectrules.law.values import check_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from collectrules.law.keys import Keys
    from collectrules.law.model import Language, Ruleset

KEYS: Final = ("of", "type", "several", "absent", "group", "title", "ask", "cite", "note")


def read_facts(keys: Keys, declared_by: str, language: Language, taken: Collection[str] = ()) -> dict[str, LawFact]:
    """Every fact under `facts:`, by name. `taken` are the definitions that the file has from libraries."""
    table = keys.table_of("facts")
    facts: dict[str, LawFact] = {}
    for name, node in keys.entries("facts"):
        assert table is not None
        place = table.place_of(name)
        check_name(name, place, keys.problems)
        if not isinstance(node, Table):
            keys.problems.add(
                node.place, "CR102", f"the fact `{name}` is no table of keys", "`of:`, `type:`, `absent:`, `title:`"
            )
            continue
        inner = keys.inner(node, f"the fact `{name}`", KEYS)
        of = inner.words("of", FACT_OWNERS)
        if not of:
            inner.problem("of", "CR100", f"the fact `{name}` does not say of what it is", f"of: {FACT_OWNERS[0]}")
        if not _check_free(inner, name, of, language) and name in taken:
            message = f"`{name}` is a definition of a library that this file uses"
            keys.problems.add(place, "CR150", message, "choose another name")
        kind, words = _type(inner, name)
        facts[name] = LawFact(
            name=name,
            of=of,
            type=kind,
            words=words,
            several=_several(inner, kind),
            absent=_absent(inner, name, kind, words),
            title=inner.text("title", required=True),
            ask=inner.text("ask", required=True, help_="the question to ask of whoever knows"),
            declared_by=declared_by,
            place=place,
            group=_group(inner),
        )
    return facts


def _group(keys: Keys) -> str:
    """The group of the record to which a fact belongs; empty where that of its object holds."""
    named = keys.text("group")
    if named and named not in groups.BY_ID:
        help_ = meant(named, groups.IDS, groups.MEANT) or f"it is one of {', '.join(groups.IDS)}"
        keys.problem("group", "CR162", f"`{named}` is no group of the record", help_)
    return named or ""


def _check_free(keys: Keys, name: str, of: Iterable[str], language: Language) -> bool:
    """A bare name means one thing: no declared fact is called as a fact of every case, or as a word of the language.

    Gives whether it is taken, which is told.
    """
    words = catalogue()
    of_every_case = {field for owner in of if owner in FACT_OWNERS for field in words.fields(_union(owner))}
    taken = {*RESERVED, *ROOTS, *words.events, *language.functions, "facts", *of_every_case}
    if is_taken := name in taken:
        what = "is a fact that every case may state" if name in of_every_case else "has a meaning in expressions"
        keys.problems.add(keys.table.place, "CR162", f"`{name}` {what} already", "choose another name")
    return is_taken


def _union(owner: str) -> str:
    """The type by which an object is read: contacts and the action together, for one definition serves both."""
    return CONTACT if owner in ("action", "contact") else ANY_ENTRY if owner == "event" else owner


def _type(keys: Keys, name: str) -> tuple[str, tuple[str, ...]]:
    """The type of a fact, or the words that it may be."""
    node = keys.node("type")
    if isinstance(node, Listing):
        words = keys.words("type")
        for word in words:
            check_name(word, node.place, keys.problems)
        if not words:
            keys.problem("type", "CR162", f"the fact `{name}` may be none of no words", "type: [one_word, another]")
        return "", words
    kind = keys.text("type", required=True, help_=f"{', '.join(TYPES)}, or a list of words")
    if kind and kind not in TYPES:
        help_ = meant(kind, TYPES) or f"{', '.join(TYPES)}, or a list of words"
        keys.problem("type", "CR162", f"`{kind}` is no type of a fact", help_)
        kind = "text"
    return kind or "text", ()


def _several(keys: Keys, kind: str) -> bool:
    """Does a case list several of the words?"""
    if keys.node("several") is None or not keys.truth("several"):
        return False
    if kind:
        keys.problem(
            "several", "CR162", f"several of the type `{kind}` cannot be listed", "list the words under `type:`"
        )
    return not kind


def _absent(keys: Keys, name: str, kind: str, words: tuple[str, ...]) -> str:
    """What it means that a complete record does not state the fact."""
    known = ("unknown", "true", "false") if kind == "bool" else tuple(dict.fromkeys(("unknown", "none", *words)))
    absent = keys.text("absent", required=True, help_=f"what a complete record without it means: {', '.join(known)}")
    if "unknown" in words:
        keys.problem("type", "CR162", "`unknown` is no word of a fact", "what is not known is not stated")
    if absent and absent not in known:
        help_ = meant(absent, known) or f"it is one of {', '.join(known)}"
        keys.problem("absent", "CR162", f"the absence of `{name}` cannot mean `{absent}`", help_)
    return absent or "unknown"


def declared_together(rulesets: Iterable[Ruleset]) -> tuple[LawFact, ...]:
    """The facts of rulesets that may apply together, each as its first declares it.

    Raises InvalidInput where two declare one name of one object otherwise: it means one thing in a case.
    """
    first: dict[tuple[str, str], LawFact] = {}
    problems: list[Problem] = []
    for ruleset in rulesets:
        for fact in ruleset.facts:
            for owner in fact.of:
                other = first.setdefault((owner, fact.name), fact)
                if not fact.agrees_with(other):
                    message = (
                        f"`{fact.declared_by}` and `{other.declared_by}` may apply together, and declare the fact "
                        f"`{fact.name}` of {owner} differently"
                    )
                    help_ = f"it stands first at {other.place}: give both one type and one `absent:`, or two names"
                    problems.append(Problem(fact.place, "CR162", message, help_))
    if problems:
        raise InvalidInput(list(dict.fromkeys(problems)))
    return tuple(dict.fromkeys(first.values()))
