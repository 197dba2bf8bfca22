"""Which rules bind this debt, these parties, this day; ready to be asked.

Rulesets are found by their place (`us/federal/*.yaml`, `us/tx.yaml`), so only those of the jurisdictions in question
are read, and those of their neighbours that say `also_in:`. What applies to one kind of act, channel and span of days
is compiled once into a `ApplicableLaw`: the cost of a check follows the rules that apply, not the rules there are.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from collectrules.case.vocabulary import catalogue
from collectrules.ground.errors import InvalidInput, Problem
from collectrules.law.compiling import Compiler
from collectrules.law.facts import declared_together
from collectrules.law.files import EVERYWHERE, layers, ruleset_files, says_also_in
from collectrules.law.gaps import Act, Places
from collectrules.law.inheritance import places_of_law, read_inheritance
from collectrules.law.libraries import LibraryDigests
from collectrules.law.parts import part_paths
from collectrules.law.reader import read_ruleset
from collectrules.law.reading_ahead import ReadingAhead
from collectrules.law.topics import NO_TOPICS, layer_of, topics_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from collectrules.case.law_facts import DeclaredFacts, LawFact
    from collectrules.case.vocabulary import Catalogue
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.law.model import AnswerBlock, Language, Rule, Ruleset
    from collectrules.law.topics import Topics
    from collectrules.measures.evaluation import Evaluator

_Asked = tuple[tuple[str, ...], bool]
"""The places whose law is asked for, and whether the law of no other place is."""
MOST_LAWS: Final = 600
"""Laws kept, of one place, kind of act, channel and span of days each; the one not asked for longest goes first.

Some 30 kB each beside what they share: every act of eight places, asked in turn. One made anew costs a millisecond.
"""
MOST_PLACES: Final = 300
"""Places of which it is kept what a case may state there, and when their law changes."""


class Rulebook:
    """The rulesets of some folders, read when first needed."""

    def __init__(
        self, folders: Sequence[Path], language: Language, topics: Topics | None = None, *, processes: int = 1
    ) -> None:
        """With two `processes` another one reads a part of the rulesets of which nothing is kept."""
        self.language = language
        self.topics = topics_of(language) if topics is None else topics
        self.channels = language.channels
        self._folders = tuple(folders)
        self._processes = processes
        self._files = ruleset_files(self._folders)
        self._inheritance = read_inheritance(self._folders)
        self._own: dict[str, tuple[Ruleset, ...]] = {}
        self._digests = LibraryDigests()
        self._shared: dict[str, tuple[str, ...]] = {}
        self._laws: OrderedDict[tuple[_Asked, str, str | None, int], ApplicableLaw] = OrderedDict()
        self._catalogues: OrderedDict[tuple[str, ...], Catalogue] = OrderedDict()
        self._changes: OrderedDict[tuple[str, ...], tuple[int, ...]] = OrderedDict()
        self._compiler = Compiler(language, self.topics)
        self._lock = threading.RLock()

    @classmethod
    def holding(
        cls,
        rulesets: Iterable[Ruleset],
        language: Language,
        topics: Topics = NO_TOPICS,
        *,
        like: Rulebook | None = None,
    ) -> Self:
        """A rulebook of these rulesets and no others, in which no topic is asked for but the given ones.

        What `like` has compiled is not compiled again: its rulesets have the same ids, and under each the same
        definitions, values, calendars and facts.
        """
        book = cls((), language, topics)
        if like is not None:
            book._compiler = like._compiler  # noqa: SLF001 - of the same class
        for ruleset in rulesets:
            book._files.setdefault(ruleset.jurisdiction, [])
            book._own[ruleset.jurisdiction] = (*book._own.get(ruleset.jurisdiction, ()), ruleset)
        return book

    def rulesets(self) -> tuple[Ruleset, ...]:
        """Every ruleset. Raises InvalidInput with the problems of all files."""
        problems: list[Problem] = []
        found: list[Ruleset] = []
        for jurisdiction in sorted(self._files):
            try:
                found.extend(self._of_its_own(jurisdiction))
            except InvalidInput as error:
                problems.extend(error.problems)
        if problems:
            raise InvalidInput(list(dict.fromkeys(problems)))  # of a library, each ruleset tells the same
        return tuple(found)

    def rules(self) -> Iterator[Rule]:
        """Every rule of every ruleset."""
        for ruleset in self.rulesets():
            yield from ruleset.rules

    def facts(self) -> tuple[LawFact, ...]:
        """Every fact that a ruleset declares. Raises InvalidInput with the problems of all files."""
        return tuple(dict.fromkeys(fact for ruleset in self.rulesets() for fact in ruleset.facts))

    def of(self, jurisdiction: str) -> tuple[Ruleset, ...]:
        """The rulesets of one jurisdiction by itself: its own, and those of its neighbours that are its law too."""
        beside = [each for code in self._neighbours(jurisdiction) for each in self._of_its_own(code)]
        return (*self._of_its_own(jurisdiction), *(each for each in beside if jurisdiction in each.also_in))

    def _of_its_own(self, jurisdiction: str) -> tuple[Ruleset, ...]:
        known = self._own.get(jurisdiction)
        if known is None:
            problems: list[Problem] = []
            found: list[Ruleset] = []
            files = self._files.get(jurisdiction, ())
            parts: set[Path] = set()
            # A ruleset with parts is read before the files of its folder; all in the order of their places.
            in_turn = sorted(files, key=lambda file: not file[1].with_suffix("").is_dir())
            with self._ahead(in_turn) as ahead:
                for folder, path in in_turn:
                    if path in parts:
                        continue
                    try:
                        ruleset = self._ruleset(path, folder, partial(ahead.begin, path))
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
            known = self._own[jurisdiction] = tuple(found)
        return known

    def _ruleset(self, path: Path, folder: Path, not_kept: Callable[[], None]) -> Ruleset:
        return read_ruleset(path, self.language, folder=folder, digests=self._digests, not_kept=not_kept)

    def _ahead(self, files: Sequence[tuple[Path, Path]]) -> ReadingAhead:
        """Another process for what may be no part of a ruleset, where this rulebook may have one."""
        folders = {path: folder for folder, path in files}
        whole = [path for path in folders if path.parent.with_suffix(path.suffix) not in folders]

        def was_kept(path: Path) -> bool:
            read_now: list[None] = []
            self._ruleset(path, folders[path], lambda: read_now.append(None))
            return not read_now

        return ReadingAhead(whole if self._processes > 1 else (), was_kept)

    def _neighbours(self, jurisdiction: str) -> list[str]:
        """The other places of the same country of which some file says that it holds elsewhere too."""
        country = jurisdiction.partition("-")[0]
        shared = self._shared.get(country)
        if shared is None:
            codes = [code for code in sorted(self._files) if code.partition("-")[0] == country]
            shared = self._shared[country] = tuple([code for code in codes if self._is_shared(code)])
        return [code for code in shared if code not in layers(jurisdiction) and jurisdiction not in layers(code)]

    def _is_shared(self, jurisdiction: str) -> bool:
        read = self._own.get(jurisdiction)
        if read is not None:
            return any(ruleset.also_in for ruleset in read)
        return any(says_also_in(path) for _, path in self._files[jurisdiction])

    def catalogue(self, *jurisdictions: str) -> Catalogue:
        """What a case may state there: the words of every case, and the facts that rulesets of the places declare.

        Raises InvalidInput where two of them declare one name differently.
        """
        words = self._catalogues.get(jurisdictions)
        if words is not None:
            return words
        with self._lock:
            words = self._catalogues.get(jurisdictions)
            if words is None:
                places = self.places(jurisdictions)
                rulesets = [ruleset for code in places for ruleset in self.of(code)]
                rulesets += self._policies(places)
                words = self._catalogues[jurisdictions] = catalogue(declared_together(rulesets))
                _bounded(self._catalogues, MOST_PLACES)
            return words

    def facts_of(self, *jurisdictions: str) -> DeclaredFacts:
        """The facts that rulesets of places declare, by object and name: what `read_cases` takes as `facts_of`."""
        return self.catalogue(*jurisdictions).facts

    def law(  # noqa: PLR0913 - whose law, about what, and when
        self,
        jurisdiction: str,
        kind: str,
        channel: str | None,
        day: int,
        *,
        only: tuple[str, ...] = (),
        beside: tuple[str, ...] = (),
    ) -> ApplicableLaw:
        """What can speak about such an act on that day (proleptic ordinal). Made once, then kept for a while.

        The law of the places `beside` the first applies too. With `only`, the law of these jurisdictions is asked in
        place of that of all of them.
        """
        asked = only or (jurisdiction, *beside)
        codes = self.places(asked)
        with self._lock:
            changes = self._changes.get(codes)
            if changes is None:
                changes = self._changes[codes] = self._change_days(codes)
                _bounded(self._changes, MOST_PLACES)
            span = bisect_right(changes, day)
            key = ((codes, bool(only)), kind, channel, span)
            law = self._laws.get(key)
            if law is None:
                first = max(changes[span - 1], 1) if span else day
                inherited = frozenset(codes) - {place for each in asked for place in layers(each)}
                law = self._laws[key] = self._compiler.law(
                    Places(codes, bool(only), inherited),
                    self._in_force(codes),
                    Act(kind, channel, first),
                    changes,
                    self.catalogue(jurisdiction, *beside),
                )
                _bounded(self._laws, MOST_LAWS)
            else:
                self._laws.move_to_end(key)
            return law

    def blocks(self, places: Iterable[str], what: str, day: int) -> tuple[tuple[AnswerBlock, Ruleset], ...]:
        """The blocks that answer a question on that day, of places given the narrowest first."""
        return tuple(
            (block, ruleset)
            for ruleset in self._in_force(places)
            for block in ruleset.answers
            if what in block.asks and block.since <= day <= block.until
        )

    def places(self, jurisdictions: Iterable[str]) -> tuple[str, ...]:
        """The places whose law holds in some jurisdictions, each once: of each the narrowest first."""
        return tuple(dict.fromkeys(place for each in jurisdictions for place in places_of_law(each, self._inheritance)))

    def parts(self, country: str) -> tuple[str, ...]:
        """The states, or what its parts are called, of a country that have rulesets of their own."""
        codes = [code for code in self._files if code.startswith(f"{country}-")]
        return tuple(sorted(code for code in codes if layer_of(code) == "state"))

    def evaluator(self, ruleset: Ruleset, day: int) -> Evaluator:
        """The evaluator of one ruleset's expressions, with the values its definitions have on that day."""
        with self._lock:
            return self._compiler.evaluator(ruleset, day)

    def _in_force(self, places: Iterable[str]) -> list[Ruleset]:
        """The rulesets in force of some places, and the house policies that bind there."""
        places = tuple(places)
        law = [ruleset for place in places for ruleset in self.of(place)]
        return [ruleset for ruleset in (*law, *self._policies(places)) if ruleset.status == "in_force"]

    def _policies(self, places: tuple[str, ...]) -> list[Ruleset]:
        """The house policies of these places; a library that one uses may declare facts."""
        return [
            policy for policy in self.of(EVERYWHERE) if not policy.where or not set(policy.where).isdisjoint(places)
        ]

    def _change_days(self, places: tuple[str, ...]) -> tuple[int, ...]:
        """Every day on which a rule begins, ends, or one of its values changes."""
        days: set[int] = set()
        for ruleset in self._in_force(places):
            days.add(ruleset.since)
            for cover in ruleset.covers:
                days |= {cover.since, cover.until + 1}
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


def _bounded(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
