"""What rulesets are written with: kinds of rules and of answers, facts of a case, codes and lints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case import glossary
from collectrules.catalogue import links
from collectrules.catalogue.rule_page import FOOT
from collectrules.expressions import english
from collectrules.pages import Column, badge, page, section, table, tag
from collectrules.validation.codes import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collectrules.case.law_facts import LawFact
    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Language, Rule
    from collectrules.pages import Html
    from collectrules.pages.markup import Content


def kinds(language: Language, rules: Sequence[Rule]) -> str:
    """The kinds of rules and of answers, and the functions of expressions."""
    used = {name: [rule for rule in rules if rule.kind == name] for name in language.kinds}
    parts = [_kind(kind, used[kind.name]) for kind in language.kinds.values()]
    functions: list[list[Content]] = [
        [tag("code", f"{each.name}({', '.join(each.parameters)})"), each.title, each.result]
        for each in language.functions.values()
    ]
    questions: list[list[Content]] = [
        [each.name, each.title, english.listing(list(each.fields), "and")] for each in language.questions.values()
    ]
    content = [
        links.top(links.KINDS),
        *parts,
        section(
            "Ways of answering questions",
            table("kinds of answers", [Column("kind"), Column("what"), Column("fields")], questions, cards=True),
        ),
        section(
            "Functions",
            table(
                "functions",
                [Column("call"), Column("meaning"), Column("gives")],
                functions,
                cards=True,
                searched=True,
            ),
        ),
    ]
    lead = "The shapes that a rule may have, what each needs, and rules of each to read."
    return page("Kinds", *content, lead=lead, foot=FOOT)


def _kind(kind: RuleKind, rules: Sequence[Rule]) -> Html:
    rows: list[list[Content]] = []
    for name, shape in kind.fields.items():
        words = english.listing(list(kind.words[name]), "or") if name in kind.words else english.words(shape)
        rows.append([tag("code", name), words, "required" if name in kind.required else ""])
    rows += [
        [tag("code", f"values: {name}"), "dated values", "required" if name in kind.values else ""]
        for name in (*kind.values, *kind.optional, *kind.windows)
    ]
    told = [links.to(links.of_rule(rule.full_id), links.KINDS, rule.full_id) for rule in rules[:3]]
    examples = [tag("li", each) for each in told]
    return section(
        english.words(kind.name),
        tag("p", kind.title, f". {len(rules):,} rules have this shape."),
        table(f"fields of {kind.name}", [Column("field"), Column("holds"), Column("")], rows, cards=True)
        if rows
        else None,
        tag("ul", *examples) if examples else None,
        name=kind.name,
    )


def facts(channels: Iterable[str], declared: Iterable[LawFact]) -> str:
    """Everything that a case may state."""
    objects = glossary.objects(tuple(channels), tuple(declared))
    content = []
    for each in objects:
        rows: list[list[Content]] = [
            [
                [
                    tag("code", key.name),
                    tag("br") if key.declared_by else None,
                    tag("small", key.declared_by),
                ],
                [key.description, tag("br"), tag("small", ", ".join(key.words)) if key.words else None],
                key.takes,
                key.absent,
            ]
            for key in each.keys
        ]
        columns = [Column("key"), Column("meaning"), Column("takes"), Column("where absent")]
        shown = table(f"keys of {each.name}", columns, rows, cards=True, searched=True)
        content.append(section(f"{each.name}: {each.title}", shown, name=each.name))
    contents = tuple((each.name, each.name) for each in objects)
    lead = "Where absent: what a complete record that does not state it means; in a partial record it is unknown."
    return page(
        "Facts of a case",
        links.top(links.FACTS),
        *content,
        lead=lead,
        foot=FOOT,
        search="Search facts",
        contents=contents,
    )


def lints() -> str:
    """Every code that validation may tell, lints among them."""
    rows: list[list[Content]] = []
    for code in catalogue().values():
        first, _, rest = code.documentation.partition("\n\n")
        paragraphs = [tag("p", " ".join(each.split())) for each in rest.split("\n\n") if each.strip()]
        severity = badge(code.severity, "deny" if code.severity == "error" else "review")
        rows.append([[tag("b", code.name), tag("br"), code.code], severity, [" ".join(first.split()), *paragraphs]])
    columns = [Column("name"), Column("severity"), Column("meaning")]
    content = table("codes and lints", columns, rows, cards=True, searched=True)
    lead = "What validation tells. Codes are stable; those from CR201 to CR289 are lints, which may be excepted."
    return page("Codes and lints", links.top(links.LINTS), content, lead=lead, foot=FOOT, search="Search codes")
