"""One rule of law as text at 80 columns and as JSON: what breaches it, what lifts it, what its words mean.

A rule kind tells its rule itself; conditions are written out as outlines. Definitions are told by title, and what each
means is told once, below. Dated values stand with the day since which they hold.
"""

from __future__ import annotations

import json
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.expressions import english
from collectrules.expressions.meanings import OF_CASE, OF_CONTACT, Scope, scope_of
from collectrules.expressions.outline import Plain, lines_of, wrapped
from collectrules.expressions.phrases import Phrases
from collectrules.expressions.syntax import Name, parse
from collectrules.expressions.uses import definitions_in
from collectrules.expressions.walking import named_by, value_names, walk_all
from collectrules.ground.lines import WIDTH
from collectrules.law.kinds import RuleLine
from collectrules.output.rendering import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.expressions.syntax import Definition, Expression, Subject
    from collectrules.expressions.syntax import Literal as Constant
    from collectrules.ground.dated import Dated
    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Clause, LibraryUsed, Rule, Ruleset

_LABEL: Final = 10
_INDENT: Final = 2 + _LABEL
"""Columns before what a label labels."""
_NO_BREACH: Final[Mapping[str, str]] = {"circumstances": "raised", "factor": "weighs", "no_safe_harbor": "lost"}
"""What stands in place of `breached` where nothing is: a question is raised, a factor weighs, a safe harbor is lost."""
_BODY: Final = WIDTH - _INDENT


class Paragraph(Struct, frozen=True):
    """A label, lines of English no longer than `_BODY`, and the law that says so."""

    label: str
    lines: tuple[str, ...]
    citation: str = ""

    def text(self) -> Iterator[str]:
        """The lines as they are printed, the citation at the right edge."""
        lines = list(self.lines)
        if self.citation:
            if lines and len(lines[-1]) + 2 + len(self.citation) <= _BODY:
                lines[-1] = f"{lines[-1]}{self.citation:>{_BODY - len(lines[-1])}}"
            else:
                lines += [f"{line:>{_BODY}}" for line in wrap(self.citation, _BODY - 2)]
        for number, line in enumerate(lines):
            yield f"  {self.label if not number else '':{_LABEL}}{line}".rstrip()


class RuleText:
    """One rule with the ruleset it stands in and its kind, told in English."""

    def __init__(self, rule: Rule, ruleset: Ruleset, kind: RuleKind) -> None:
        self.rule, self.ruleset, self.kind = rule, ruleset, kind
        self._values: dict[str, Dated[Constant]] = {**ruleset.values, **rule.values}
        self._phrases = Phrases(ruleset.definitions, self._values, ruleset.facts)

    # ---- paragraphs ---------------------------------------------------------------------------------------------

    def english(self) -> Iterator[Paragraph]:
        """What breaches it, what lifts it, and where a breach is a person's to judge."""
        for line in self._told():
            yield self._line(line)
        for clause in self.rule.exceptions:
            yield self._clause("unless", clause)
        for review in self.rule.reviews:
            yield self._clause("review if", review)
            yield self._plain("ask", review.question)
        for clause in self.rule.factors:
            yield self._clause("rebutted", clause)

    def binds(self) -> Iterator[Paragraph]:
        """Whom its ruleset binds."""
        binds = self.ruleset.binds
        if binds is not None:
            yield self._clause("binds", binds)
            for clause in self.ruleset.binds_unless:
                yield self._clause("but not", clause)

    def _told(self) -> tuple[RuleLine, ...]:
        return tuple(self.kind.english(self.rule.parts, self.rule.values)) or (
            RuleLine("breached", "if", self.rule.breach_text),
        )

    def _line(self, line: RuleLine) -> Paragraph:
        label = _NO_BREACH.get(self.rule.strength, line.label) if line.label == "breached" else line.label
        if not line.expression:
            return Paragraph(label, tuple(wrapped(line.text, _BODY)))
        scope = OF_CONTACT if line.of_contact else Scope(line.fields_of, line.aliases)
        expression = parse(line.expression)
        alone = self._alone(expression)
        if alone is not None and not line.text:
            return Paragraph(label, tuple(wrapped(alone[0], _BODY)), alone[1])
        return Paragraph(label, tuple(self._phrases.outline(expression, _BODY, scope, line.text)))

    def _clause(self, label: str, clause: Clause) -> Paragraph:
        """A clause by its title, and what that means where the title is not that of a definition."""
        alone = self._alone(clause.condition)
        if alone is not None and clause.title and alone[0] == f"[{clause.title}]":
            lines = wrapped(alone[0], _BODY)
        elif alone is not None and alone[0][1:-1] in clause.title:
            lines = wrapped(clause.title.replace(alone[0][1:-1], alone[0], 1), _BODY)
        else:
            phrase = self._phrases.phrase(clause.condition)
            joint = ":" if isinstance(phrase, Plain) else ", where"
            lines = lines_of(phrase, _BODY, f"{clause.title}{joint}" if clause.title else "")
        return Paragraph(label, tuple(lines), clause.citation)

    def _alone(self, expression: Expression) -> tuple[str, str] | None:
        """The title and the law of a definition that stands by itself; None for anything else."""
        text = self._phrases.sentence(expression, OF_CONTACT if isinstance(expression, Name) else OF_CASE)
        for definition in self.ruleset.definitions.values():
            if text == f"[{definition.title}]":
                return text, definition.citation
        return None

    def definitions(self) -> Iterator[Paragraph]:
        """What the definitions mean that the rule uses, each once, as they are first named."""
        names = dict.fromkeys(
            name for each in self._expressions() for name in definitions_in(each, self.ruleset.definitions)
        )
        for number, name in enumerate(names):
            yield self._definition(self.ruleset.definitions[name], "" if number else "where")

    def _definition(self, definition: Definition, label: str) -> Paragraph:
        subjects = [_subject(subject, bare=definition.is_bare) for subject in definition.subjects]
        of = english.listing(subjects, "and") if subjects else ""
        lead = f"[{definition.title}] {f'means, of {of}, that' if of else 'means that'}"
        lines = self._phrases.outline(definition.expression, _BODY, scope_of(definition), lead)
        return Paragraph(label, tuple(lines), definition.citation)

    def values(self) -> Iterator[Paragraph]:
        """The dated values that the rule uses and its kind has not told."""
        for name in self.untold_values():
            text = f"{english.words(name)}: {english.with_days(self._values[name])}"
            yield Paragraph("value", tuple(wrapped(text, _BODY)))

    def untold_values(self) -> tuple[str, ...]:
        """The names of those values."""
        known = self.ruleset.definitions
        expressions = [*self._expressions()]
        names = dict.fromkeys(name for each in expressions for name in definitions_in(each, known))
        expressions += [known[name].expression for name in names]
        used = {value for each in expressions for value in value_names(each)}
        told = self.kind.known_values if self.kind.english(self.rule.parts, self.rule.values) else frozenset()
        return tuple(name for name in self._values if name in used - told)

    def libraries(self) -> Iterator[LibraryUsed]:
        """The libraries that gave the rule, or something that it reads."""
        known = self.ruleset.definitions
        names: set[str] = set()
        for each in self._expressions():
            for part in walk_all(each, lambda name: known[name].expression if name in known else None):
                names |= named_by(part)
        taken_up, _, _ = self.rule.like.rpartition(".")
        for library in self.ruleset.uses:
            if library.id == taken_up or not names.isdisjoint(library.gives):
                yield library

    def _expressions(self) -> Iterator[Expression]:
        """The expressions of the rule, as they are told."""
        if self.ruleset.binds is not None:
            yield self.ruleset.binds.condition
        yield from (clause.condition for clause in self.ruleset.binds_unless)
        yield self.rule.breach
        yield from (clause.condition for clause in self.rule.clauses)

    # ---- the whole ----------------------------------------------------------------------------------------------

    def as_text(self, *, shared: bool = True) -> str:
        """The rule at 80 columns, every line ended; without what it has of its ruleset where that is told elsewhere."""
        rule = self.rule
        paragraphs = [
            self._plain("law", f"{rule.citation} ({rule.jurisdiction})" if rule.jurisdiction else rule.citation),
            self._plain("text", rule.source),
            self._plain("strength", english.words(rule.strength)),
            self._plain("governs", rule.governs_english),
            *(self.binds() if shared else ()),
            *self.english(),
            *(self.definitions() if shared else ()),
            *self.values(),
            self._plain("ask", rule.question),
            self._plain("remedy", rule.remedy),
            *(
                self._plain("remedy", f"{clause.remedy} ({clause.citation})")
                for clause in rule.exceptions
                if clause.remedy
            ),
            *(self._plain("example", f"{example.expect}: {example.story}") for example in rule.examples),
            *(self._plain("uses", f"{used.id} {used.version} · {used.hash}") for used in self.libraries()),
        ]
        title = wrap(rule.title, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
        lines = [rule.full_id, *title, *(line for paragraph in paragraphs for line in paragraph.text())]
        return "\n".join(lines) + "\n"

    def written(self) -> str:
        """Where the rule is written, told from the folder of rulesets."""
        return self.ruleset.place_of(self.rule.place)

    @staticmethod
    def _plain(label: str, text: str) -> Paragraph:
        return Paragraph(label, tuple(wrap(text, _BODY, break_long_words=False, break_on_hyphens=False)))

    def as_json(self) -> str:
        """The rule on one line of JSON."""
        rule = self.rule
        document: dict[str, Any] = {
            "id": rule.full_id,
            "ruleset": rule.ruleset,
            "jurisdiction": rule.jurisdiction,
            "title": rule.title,
            "citation": rule.citation,
            "source": rule.source,
            "strength": rule.strength,
            "governs": {"kind": rule.governs_kinds, "channel": rule.governs_channels},
            "values": {name: by_day(dated) for name, dated in rule.values.items()},
            "english": [_document(paragraph) for paragraph in (*self.binds(), *self.english())],
            "definitions": [_document(paragraph) for paragraph in self.definitions()],
            "when": rule.breach_text,
            "exceptions": [
                {"title": lifted.title, "citation": lifted.citation, "if": lifted.text, "remedy": lifted.remedy}
                for lifted in rule.exceptions
            ],
            "review": [
                {"title": review.title, "citation": review.citation, "if": review.text, "question": review.question}
                for review in rule.reviews
            ],
            "question": rule.question,
            "remedy": rule.remedy,
            "examples": [{"story": example.story, "expect": example.expect} for example in rule.examples],
            "like": rule.like,
            "uses": [{"id": used.id, "version": used.version, "hash": used.hash} for used in self.libraries()],
            "place": self.written(),
        }
        return json.dumps(plain(document), ensure_ascii=False)


def by_day(dated: Dated[Constant]) -> Mapping[str, str]:
    """A value of the law by the day from which it is in force."""
    days = (date.fromordinal(day).isoformat() for day in dated.days)
    return dict(zip(days, dated.texts, strict=True))


def _document(paragraph: Paragraph) -> dict[str, str]:
    return {"label": paragraph.label, "text": "\n".join(paragraph.lines), "citation": paragraph.citation}


def _subject(subject: Subject, *, bare: bool) -> str:
    """What a definition is asked of: `a contact`, `an event d`."""
    noun = english.article(english.words(subject.type))
    return noun if bare else f"{noun} {subject.name}"
