"""Which rules bind this debt, these parties, this day; ready to be asked.

Rulesets are found by their place (`us/federal/*.yaml`, `us/tx.yaml`), so only those of the jurisdictions in question
are read. What applies to one kind of act, channel and span of days is compiled once into a `ApplicableLaw`: the cost of
a check follows the rules that apply, not the rules there are.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Self

from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.law.compiling import Compiler
from collectrules.law.facts import declared_together
from collectrules.law.files import ruleset_files
from collectrules.law.parts import part_paths
from collectrules.law.reader import read_ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from collectrules.case.law_facts import DeclaredFacts, LawFact
    from collectrules.case.vocabulary import Catalogue
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.law.model import AnswerBlock, Language, Rule, Ruleset
    from collectrules.measures.evaluation import Evaluator

MOST_LAWS: Final = 300
"""Laws kept, of one place, kind of act, channel and span of days each; the one not asked for longest goes first."""


class Rulebook:
    """The rulesets of some folders, read when first needed."""

    def __init__(self, folders: Sequence[Path], language: Language) -> None:
        self.language = language
        self.channels = language.channels
        self._folders = tuple(folders)
        self._files = ruleset_files(self._folders)
        self._rulesets: dict[str, tuple[Ruleset, ...]] = {}
        self._laws: OrderedDict[tuple[str, str, str | None, int], ApplicableLaw] = OrderedDict()
        self._catalogues: OrderedDict[str, Catalogue] = OrderedDict()
        self._changes: OrderedDict[str, tuple[int, ...]] = OrderedDict()
        self._compiler = Compiler(language)
        self._lock = threading.RLock()

    @classmethod
    def holding(cls, rulesets: Iterable[Ruleset], language: Language) -> Self:
        """A rulebook of these rulesets and no others."""
        book = cls((), language)
        for ruleset in rulesets:
            book._files.setdefault(ruleset.jurisdiction, [])
            book._rulesets[ruleset.jurisdiction] = (*book._rulesets.get(ruleset.jurisdiction, ()), ruleset)
        return book

    def rulesets(self) -> tuple[Ruleset, ...]:
        """Every ruleset. Raises InvalidInput with the problems of all files."""
        problems: list[Problem] = []
        found: list[Ruleset] = []
        for jurisdiction in sorted(self._files):
            try:
                found.extend(self.of(jurisdiction))
            except InvalidInput as error:
                problems.extend(error.problems)
        if problems:
            raise InvalidInput(problems)
        return tuple(found)

    def rules(self) -> Iterator[Rule]:
        """Every rule of every ruleset."""
        for ruleset in self.rulesets():
            yield from ruleset.rules

    def facts(self) -> tuple[LawFact, ...]:
        """Every fact that a ruleset declares. Raises InvalidInput with the problems of all files."""
        return tuple(dict.fromkeys(fact for ruleset in self.rulesets() for fact in ruleset.facts))

    def of(self, jurisdiction: str) -> tuple[Ruleset, ...]:
        """The rulesets of one jurisdiction by itself."""
        known = self._rulesets.get(jurisdiction)
        if known is None:
            problems: list[Problem] = []
            found: list[Ruleset] = []
            files = self._files.get(jurisdiction, ())
            parts: set[Path] = set()
            # A ruleset with parts is read before the files of its folder; all in the order of their places.
            for folder, path in sorted(files, key=lambda file: not file[1].with_suffix("").is_dir()):
                if path in parts:
                    continue
                try:
                    ruleset = read_ruleset(path, self.language, folder=folder)
                except InvalidInput as error:
                    problems.extend(error.problems)
                    parts.update(part_paths(path))  # which of them are its parts is not known
                    continue
                found.append(ruleset)
                parts.update(path.with_suffix("") / f"{name}{path.suffix}" for name in ruleset.parts)
            order = {str(path): number for number, (_, path) in enumerate(files)}
            found.sort(key=lambda ruleset: order.get(ruleset.place.path, -1))
            if problems:
                raise InvalidInput(problems)
            known = self._rulesets[jurisdiction] = tuple(found)
        return known

    def catalogue(self, jurisdiction: str) -> Catalogue:
        """What a case may state there: the words of every case, and the facts that rulesets of the place declare.

        Raises InvalidInput where two of them declare one name differently.
        """
        words = self._catalogues.get(jurisdiction)
        if words is not None:
            return words
        with self._lock:
            words = self._catalogues.get(jurisdiction)
            if words is None:
                rulesets = [ruleset for code in layers(jurisdiction) for ruleset in self.of(code)]
                words = self._catalogues[jurisdiction] = catalogue(declared_together(rulesets))
                _bounded(self._catalogues)
            return words

    def facts_of(self, jurisdiction: str) -> DeclaredFacts:
        """The facts that rulesets of a place declare, by object and name: what `read_cases` takes as `facts_of`."""
        return self.catalogue(jurisdiction).facts

    def law(self, jurisdiction: str, kind: str, channel: str | None, day: int) -> ApplicableLaw:
        """What can speak about such an act on that day (proleptic ordinal). Made once, then kept for a while."""
        with self._lock:
            changes = self._changes.get(jurisdiction)
            if changes is None:
                changes = self._changes[jurisdiction] = self._change_days(jurisdiction)
                _bounded(self._changes)
            span = bisect_right(changes, day)
            key = (jurisdiction, kind, channel, span)
            law = self._laws.get(key)
            if law is None:
                first = max(changes[span - 1], 1) if span else day
                law = self._laws[key] = self._compiler.law(
                    layers(jurisdiction),
                    self._in_force(jurisdiction),
                    kind,
                    channel,
                    first,
                    changes,
                    self.catalogue(jurisdiction),
                )
                _bounded(self._laws)
            else:
                self._laws.move_to_end(key)
            return law

    def blocks(self, jurisdiction: str, what: str, day: int) -> tuple[tuple[AnswerBlock, Ruleset], ...]:
        """The blocks that answer a question on that day, the narrowest jurisdiction first."""
        return tuple(
            (block, ruleset)
            for ruleset in self._in_force(jurisdiction)
            for block in ruleset.answers
            if what in block.asks and block.since <= day <= block.until
        )

    def evaluator(self, ruleset: Ruleset, day: int) -> Evaluator:
        """The evaluator of one ruleset's expressions, with the values its definitions have on that day."""
        with self._lock:
            return self._compiler.evaluator(ruleset, day)

    def _in_force(self, jurisdiction: str) -> list[Ruleset]:
        return [ruleset for code in layers(jurisdiction) for ruleset in self.of(code) if ruleset.status == "in_force"]

    def _change_days(self, jurisdiction: str) -> tuple[int, ...]:
        """Every day on which a rule begins, ends, or one of its values changes."""
        days: set[int] = set()
        for ruleset in self._in_force(jurisdiction):
            days.add(ruleset.since)
            for dated in ruleset.values.values():
                days.update(dated.days)
            for rule in ruleset.rules:
                days |= {rule.since, rule.until + 1}
                for dated in rule.values.values():
                    days.update(dated.days)
            for notice in (*ruleset.obligations, *ruleset.reports):
                for dated in notice.values.values():
                    days.update(dated.days)
        return tuple(sorted(days))


def layers(jurisdiction: str) -> tuple[str, ...]:
    """A jurisdiction and its parents, the narrowest first: `US-NY-NYC`, `US-NY`, `US`."""
    parts = jurisdiction.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def _bounded(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > MOST_LAWS:
        kept.popitem(last=False)
