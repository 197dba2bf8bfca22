"""Runs what is written down as expected: the cases of a case file.

How answers are compared is fixed by the format of case files: the decision always, the ground where the decision is not
`allow`, and every other expected answer against what the verdict established. A missing answer is a disagreement,
except where null is expected: no figure may be given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from collectrules.advisor import Advisor
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook
from collectrules.law.strength import Strength
from collectrules.output.rendering import plain
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collectrules.case.objects import Case
    from collectrules.ground.errors import Place
    from collectrules.law.model import AnswerBlock, AnswerExample, Example, Ruleset
    from collectrules.plugins.loading import Plugins
    from collectrules.verdict.objects import ExploredVerdict

Status = Literal["passed", "failed", "apart", "unsupported"]

_FOR_A_PERSON: Final = frozenset({"reason", "rule_ids", "why"})
_WHERE_NAMED: Final = frozenset({"court", "court_id"})
"""Compared only where the verdict names one: the words for courts differ from tester to tester."""
_ANY_OF: Final = frozenset({"earliest", "last_day", "default_since", "validation_period_ends"})
_UNREAD: Final = object()


class CaseResult(Struct, frozen=True):
    """What came of one case. `apart`: contested, or of low confidence; it never fails a run."""

    case: str
    status: Status
    confidence: str
    section: str
    """The section of law that decides: its citation up to the first paragraph."""
    place: str
    expected: Mapping[str, object]
    got: Mapping[str, object]
    """The answers to what was expected, by the same names; what the verdict does not say is missing."""
    differences: tuple[str, ...]
    notes: tuple[str, ...]
    """What a person may want to read beside a failure: why the author expects it, and what was not compared."""


def run_cases(cases: Iterable[Case], advisor: Advisor) -> Iterator[CaseResult]:
    """Each case that has an `expect`, answered and compared. Raises InvalidInput for a ruleset that cannot be read."""
    for case in cases:
        expected = case.to_mapping().get("expect")
        if isinstance(expected, Mapping):
            yield _run(case, expected, advisor)


def compare(expected: Mapping[str, object], verdict: ExploredVerdict) -> tuple[str, ...]:
    """Every disagreement, one line each; empty: the verdict is what was expected."""
    return _differences(expected, answers(verdict))


def _differences(
    expected: Mapping[str, object], given: Mapping[str, object], *, where_named: frozenset[str] = _WHERE_NAMED
) -> tuple[str, ...]:
    differences = []
    for name, wanted in _flat(expected).items():
        if name in _FOR_A_PERSON or (name in where_named and name not in given):
            continue
        if name == "basis" and expected.get("decision") not in ("deny", "review"):
            continue  # which pass explains an allow best is a matter of taste
        got = given.get(name, None if wanted is None else _UNREAD)
        if got is _UNREAD:
            differences.append(f"{name}: expected {_shown(wanted)}, got no answer")
        elif not _agree(name, wanted, got):
            differences.append(f"{name}: expected {_shown(wanted)}, got {_shown(got)}")
    return tuple(differences)


def answers(verdict: ExploredVerdict) -> Mapping[str, object]:
    """All that a verdict answers, by the names that `expect` uses; figures of `value` stand beside the others."""
    given = {"decision": verdict.decision, "basis": verdict.basis, **_flat(verdict.established)}
    waits = [alternative.at for alternative in verdict.alternatives if alternative.kind == "wait" and alternative.at]
    return {**given, "earliest": min(waits)[:10]} if waits else given


def section_of(citation: str) -> str:
    """The section that a citation is of: `12 CFR 1006.14` of `12 CFR 1006.14(b)(2)(i)(A)`."""
    return re.split(r"[(;,]", citation, maxsplit=1)[0].strip()


def _run(case: Case, expected: Mapping[str, object], advisor: Advisor) -> CaseResult:
    confidence = case.confidence or "high"
    apart = case.contested or confidence == "low"
    if case.action is not None:
        verdict = advisor.explore(case)
        given, unknown_law = answers(verdict), _gaps(verdict)
    else:
        answer = advisor.answer(case)
        given, unknown_law = _flat(answer.values), () if answer.rulesets else answer.open
    differences = unknown_law or _differences(expected, given)
    status: Status = "failed" if differences else "passed"
    if unknown_law:
        status = "unsupported"
    elif apart:
        status = "apart"
    wanted = _flat(expected)
    return CaseResult(
        case=case.id or str(case.place),
        status=status,
        confidence=confidence,
        section=section_of(case.rule or "no rule named"),
        place=str(case.place),
        expected={name: value for name, value in wanted.items() if name not in _FOR_A_PERSON},
        got={name: given[name] for name in wanted if name in given},
        differences=differences,
        notes=tuple(_notes(wanted, given)),
    )


def _gaps(verdict: ExploredVerdict) -> tuple[str, ...]:
    """What is not encoded, where nothing else speaks: then there is no answer to compare."""
    strengths = {finding.strength for finding in verdict.findings}
    if verdict.decision != "review" or strengths != {Strength.COVERAGE_GAP}:
        return ()
    return tuple(finding.sentence for finding in verdict.findings)


def _notes(expected: Mapping[str, object], given: Mapping[str, object]) -> Iterator[str]:
    for name in ("why", "reason", "rule_ids"):
        if name in expected:
            yield f"{name}: {_shown(expected[name])}"
    for name in sorted(_WHERE_NAMED & expected.keys() - given.keys()):
        yield f"{name}: not compared, the verdict names none"


class ExampleResult(Struct, frozen=True):
    """What came of one example beside a rule: `got` is what that rule by itself makes of the case."""

    rule: str
    story: str
    expected: str
    got: str
    place: str

    @property
    def ok(self) -> bool:
        """Whether the rule says what its example expects."""
        return self.expected == self.got


def run_examples(paths: Iterable[Path]) -> Iterator[ExampleResult]:
    """The examples of ruleset files, each ruleset by itself. Raises InvalidInput for what cannot be read.

    Of a part of a ruleset, its own, unless the whole ruleset is run too.
    """
    loaded = load_plugins()
    language = loaded.language
    every = tuple(paths)
    for path in every:
        whole = ruleset_of(path)
        if whole is None:
            yield from examples_of(read_ruleset(path, language), loaded)
        elif whole not in every:
            yield from examples_of(read_ruleset(whole, language), loaded, part=path)


def examples_of(ruleset: Ruleset, loaded: Plugins, part: Path | None = None) -> Iterator[ExampleResult]:
    """The examples of one ruleset, asked as if no other law were there; with `part`, those that stand in this file."""
    advisor = advisor_of(ruleset, loaded)
    for asked in asked_examples(ruleset, advisor):
        if part is None or asked.place.path == str(part):
            yield ExampleResult(asked.block, asked.story, asked.expected, asked.got(advisor), str(asked.place))


def advisor_of(ruleset: Ruleset, loaded: Plugins, like: Rulebook | None = None) -> Advisor:
    """An advisor that knows no other law, on the day on which the ruleset was verified; `like` as in `Rulebook`."""
    book = Rulebook.holding([ruleset], loaded.language, like=like)
    return Advisor(book, today=date.fromisoformat(ruleset.verified))


class AskedExample(Struct, frozen=True):
    """An example beside a rule or an answer, as the case that it is."""

    block: str
    """The full id of the rule or answer."""
    story: str
    expected: str
    place: Place
    mapping: Mapping[str, object]
    """The whole case as plain values, with what every example of the file starts from."""
    case: Case
    expect: Mapping[str, object] | None
    """Of an answer: what is expected, by name. None beside a rule."""

    def got(self, advisor: Advisor) -> str:
        """What the rule by itself makes of the case, or where the answer is not what is expected."""
        return said(self.block, self.case, advisor, self.expect) or self.expected


def said(block: str, case: Case, advisor: Advisor, expect: Mapping[str, object] | None) -> str:
    """What a rule by itself makes of a case; of an answer, how it differs from `expect`, empty where it does not."""
    if expect is None:
        outcomes = {outcome.applied.rule.full_id: outcome for outcome in advisor.judge(case).outcomes}
        return outcomes[block].decision if block in outcomes else "not asked: it does not govern this act or day"
    return "; ".join(_differences(expect, given_by(advisor, case), where_named=frozenset()))


def given_by(advisor: Advisor, case: Case) -> dict[str, object]:
    """All that is answered to the question of a case, by the names that `expect` uses."""
    answer = advisor.answer(case)
    return {**_flat(answer.values), "open": not answer.complete}


def asked_examples(ruleset: Ruleset, advisor: Advisor) -> Iterator[AskedExample]:
    """Every example of a ruleset: those of its answers, then those of its rules. Raises InvalidInput."""
    for block in ruleset.answers:
        for asked in block.examples:
            mapping, case = _example(ruleset, asked, advisor, _question(block, asked))
            expected = ", ".join(f"{name} {value}" for name, value in asked.expect.items())
            yield AskedExample(block.full_id, asked.story, expected, asked.place, mapping, case, asked.expect)
    for rule in ruleset.rules:
        for example in rule.examples:
            mapping, case = _example(ruleset, example, advisor, {})
            yield AskedExample(rule.full_id, example.story, example.expect, example.place, mapping, case, None)


def example_problems(ruleset: Ruleset, loaded: Plugins) -> Iterator[Problem]:
    """What is wrong with the cases of the examples of a ruleset, each told where its example stands."""
    examples: list[tuple[Example | AnswerExample, Mapping[str, object]]] = [
        *((example, {}) for rule in ruleset.rules for example in rule.examples),
        *((asked, _question(block, asked)) for block in ruleset.answers for asked in block.examples),
    ]
    advisor = Advisor(Rulebook.holding([ruleset], loaded.language))
    for example, more in examples:
        try:
            _example(ruleset, example, advisor, more)
        except InvalidInput as error:
            yield from error.problems


def _question(block: AnswerBlock, asked: AnswerExample) -> Mapping[str, object]:
    """What an example of an answer asks."""
    ask = asked.mapping.get("ask", {})
    return {"ask": {"what": block.asks[0], **ask} if isinstance(ask, Mapping) else ask}


def _example(
    ruleset: Ruleset, example: Example | AnswerExample, advisor: Advisor, more: Mapping[str, object]
) -> tuple[Mapping[str, object], Case]:
    """The case of an example: what every example of the file starts from, with what this one says put over it."""
    mapping = put_over(ruleset, {**example.mapping, **more})
    try:
        return mapping, advisor.case(mapping)
    except InvalidInput as error:
        problems = [
            Problem(example.place, each.code, f"{each.place}: {each.message}", each.help) for each in error.problems
        ]
        raise InvalidInput(problems) from error


def put_over(ruleset: Ruleset, own: Mapping[str, object]) -> dict[str, object]:
    """What every example of the file starts from, with what one says put over it."""
    place = {"jurisdiction": ruleset.jurisdiction} if ruleset.jurisdiction else {}  # a house policy has none
    mapping: dict[str, object] = {**place, "record": "complete", **ruleset.example(own)}
    if "ask" in mapping:
        mapping.pop("action", None)
    return mapping


def _flat(named: Mapping[str, object]) -> dict[str, object]:
    """The same with the figures of `value` beside the other names."""
    value = named.get("value")
    figures = {str(name): figure for name, figure in value.items()} if isinstance(value, Mapping) else {}
    return {**{name: answer for name, answer in named.items() if name != "value" or not figures}, **figures}


def _agree(name: str, wanted: object, got: object) -> bool:
    if name in _ANY_OF and isinstance(wanted, list | tuple):
        return any(_agree(name, one, got) for one in wanted)
    return _comparable(wanted) == _comparable(got)


def _comparable(value: object) -> object:
    """Truth values as their words, numbers as exact decimals, all else as JSON has it."""
    bare = plain(value)
    if isinstance(bare, bool):
        return str(bare).lower()
    if isinstance(bare, int | str):
        try:
            return Decimal(bare)
        except InvalidOperation:
            return bare
    return bare


def _shown(value: object) -> str:
    bare = plain(value)
    if isinstance(bare, list):
        return ", ".join(_shown(item) for item in bare)
    return "no figure" if bare is None else str(_comparable(bare)) if isinstance(bare, bool) else str(bare)
