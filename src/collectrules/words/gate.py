"""May this text go out? What it says is put into the act, and the law decides.

What is certain decides as any content does. What is unclear is asked about both ways: a text is denied where it would
be however the unclear is read, allowed only where it would be in every reading, and else reviewed. A statement that the
law requires counts only where it is certain.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.case.reading import asks_nothing
from collectrules.case.sayings import unfolded
from collectrules.verdict.objects import NOT_ADVICE
from collectrules.words import reading
from collectrules.words.amounts import strange_amounts
from collectrules.words.named_debts import named_debt, names_of
from collectrules.words.plain_text import place, refuse_long

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Action, Case
    from collectrules.law.strength import Decision
    from collectrules.verdict.contents import Contents, Ruling
    from collectrules.verdict.objects import Finding, Verdict
    from collectrules.words.languages import Language
    from collectrules.words.languages.sayings import Saying
    from collectrules.words.reading import Reader, Said

SCHEMA: Final = "collectrules/words/v1"
_Reading = tuple[str, frozenset[str]]
"""A kind of act, and the words that it is taken to say."""
_NOT_INTENDED: Final = "threat_action_not_intended"
_INTENDED: Final = "intends_specified_remedy"
_AMOUNT: Final = "false_amount"
_STATES_DEBT: Final = "states_debt"


class Passage(Struct, frozen=True):
    """Something that the text says, or that a person must read: where, what it is taken for, what to write instead."""

    place: str
    """Line and column, counted from one: `3:14`; empty where it is about the whole text."""
    text: str
    word: str
    """The word of `action.content`; empty where none is meant by itself."""
    title: str
    certain: bool
    rules: tuple[str, ...]
    """The rules that speak because of it, each with its citation: `us.federal...: 12 CFR 1006.18(b)`."""
    write: str


class Missing(Struct, frozen=True):
    """A statement that a rule requires and the text does not make."""

    word: str
    title: str
    rules: tuple[str, ...]
    write: str


class TextVerdict(Struct, frozen=True):
    """The answer about a text: JSON has the same fields."""

    decision: Decision
    language: str
    """ISO 639-1; empty where the text is of no language that is read."""
    passages: tuple[Passage, ...]
    missing: tuple[Missing, ...]
    others: tuple[str, ...]
    """What speaks against the act itself, whatever the text says: rule and citation of each."""
    unread: tuple[str, ...]
    """Why a person must read the text or part of it; empty where it was read."""
    content: tuple[str, ...]
    """The words that are certain, as `action.content` has them."""
    act: Mapping[str, Any]
    """What the text adds to the act: `says`, `claims`, `threatens`, and under `unclear` what could not be told."""
    schema: str = SCHEMA
    not_legal_advice: str = NOT_ADVICE


class _Asked:
    """The case that was asked about last, on which day, and what was answered: sentences of the same text follow."""

    def __init__(self, advisor: Advisor, case: Case, act: Action) -> None:
        self.case = case
        self.today = advisor.today
        self._advisor = advisor
        self._act = act
        self._contents: dict[str, Contents] = {}

    @cached_property
    def unread(self) -> Verdict:
        """What is answered to the act where nothing is known of what it says."""
        return self._advisor.check(self.case.but(action=self._act.but(content=None)))

    def ruling(self, kind: str, words: frozenset[str]) -> Ruling:
        """What is decided of the act, taken to be of a kind and to say these words."""
        contents = self._contents.get(kind)
        if contents is None:
            of_kind = self.case.but(action=self._act.but(kind=kind))
            contents = self._contents[kind] = self._advisor.contents(of_kind)
        return contents.ruling(words)


class Gate:
    """Asks about texts, one after another, for the same advisor and languages."""

    def __init__(self, advisor: Advisor, languages: Mapping[str, Language], also: Sequence[Reader] = ()) -> None:
        self.advisor = advisor
        self.languages = languages
        self.also = also
        self.required: frozenset[str] = frozenset().union(*(each.required for each in languages.values()))
        self._asked: _Asked | None = None

    def ask(self, text: str, case: Case, *, part: bool = False) -> TextVerdict:
        """May the text go out as the act of the case? `part`: it is a sentence of a text, and need not say everything.

        Raises InvalidInput for a case that asks no act, a text that is too long, or a ruleset that cannot be read.
        """
        if case.action is None:
            raise asks_nothing(case)
        refuse_long(text)
        act = case.action
        stated = act.languages or ()
        language = reading.language_of(text, self.languages, stated)
        if language is None:
            known = ", ".join(each.title for each in self.languages.values() if each.marks)
            told = f"the text is of no language that is read ({known}): a person must read it"
            verdict = self.asked(case, act).unread
            decision: Decision = "deny" if verdict.decision == "deny" else "review"
            return TextVerdict(decision, "", (), (), _others(verdict.findings), (told,), (), {})
        return _Asking(self, case, act, text, language, part=part).answered(self._also(text, language))

    def asked(self, case: Case, act: Action) -> _Asked:
        """What was answered to the act of a case before; of the last case alone anything is kept."""
        asked = self._asked
        if asked is None or asked.case is not case or asked.today != self.advisor.today:
            asked = self._asked = _Asked(self.advisor, case, act)
        return asked

    def _also(self, text: str, language: Language) -> Iterator[tuple[str, int, int]]:
        for reader in self.also:
            yield from reader.read(text, language.code)


class _Asking:
    """One text and one act."""

    def __init__(self, gate: Gate, case: Case, act: Action, text: str, language: Language, *, part: bool) -> None:  # noqa: PLR0913  # made in one place
        self.gate = gate
        self.case = case
        self.act = act
        self.text = text
        self.language = language
        self.part = part
        self.required = language.required

    def answered(self, also: Iterable[tuple[str, int, int]]) -> TextVerdict:
        """The answer; what `also` says counts as unclear."""
        passages = list(self._passages(also))
        certain = {word for each in passages if each.certain for word in each.words}
        unclear = {word for each in passages if not each.certain for word in each.words} - certain
        required = unclear & self.required
        if self.part:
            certain |= self.required
        kinds = [self.act.kind, *dict.fromkeys(each.threat for each in passages if each.threat)]
        required |= self._of_other_languages()
        forbidden = unclear - self.required - {_INTENDED}
        plain = self.language.plain
        readings = dict.fromkeys([frozenset(certain | forbidden), frozenset(certain | (forbidden - plain))])
        best = [(kind, frozenset(certain | required)) for kind in kinds]
        worst = [(kind, words) for kind in kinds for words in readings]
        asked = list(dict.fromkeys([*best, *worst]))
        unread = tuple(filter(None, [reading.disguised(self.text), *self._not_read(asked, certain)]))
        named_for_certain = {each.words[0] for each in passages if each.certain} - self.required - plain - {_INTENDED}
        decision = _decision(
            [self._ruling(*each).decision for each in best],
            [self._ruling(*each).decision for each in worst],
            sure=not unread and not forbidden - plain and not named_for_certain,
        )
        rules = self._rules_by_word(asked, certain | forbidden)
        missing = () if self.part else self._missing(asked, certain)
        named = {rule for each in (*rules.values(), *(one.rules for one in missing)) for rule in each}
        speaking = dict.fromkeys(told for each in asked for told in self._ruling(*each).voices.values())
        told = [each.told(self.text, rules) for each in passages if each.matters(rules, self.required, plain)]
        content = tuple(sorted(certain - (self.required if self.part else frozenset())))
        others = tuple(rule for rule in speaking if rule not in named)
        stated = self._stated(passages, content, unclear | self._of_other_languages())
        return TextVerdict(decision, self.language.code, tuple(told), missing, others, unread, content, stated)

    def _stated(
        self, passages: Iterable[_Passage], content: Collection[str], unclear: Collection[str]
    ) -> dict[str, Any]:
        """What the text says in the words of a case; a step that is announced for certain is one, meant or not."""
        stated = unfolded(content)
        if self.act.intends_to_act is None:
            announced = dict.fromkeys(each.announces for each in passages if each.announces)
            threats = [{"what": what} for what in announced]
            if threats:
                stated["threatens"] = [*stated.get("threatens", ()), *threats]
        # A sentence of a text need not say what the law requires of the whole.
        left = sorted(set(unclear) - {_INTENDED} - set(content) - (self.gate.required if self.part else frozenset()))
        return {**stated, "unclear": left} if left else stated

    def _of_other_languages(self) -> frozenset[str]:
        """The required statements that are read in other languages, and not in this one."""
        return self.gate.required - self.required

    def _not_read(self, asked: Iterable[_Reading], certain: Collection[str]) -> Iterator[str]:
        """Statements that a rule requires here, and of which this language does not say how they are made."""
        for word in sorted(self._of_other_languages() - set(certain)):
            if any(
                len(self._ruling(*each).voices) > len(self._ruling(each[0], each[1] | {word}).voices) for each in asked
            ):
                yield f"whether it makes the statement `{word}` is not read in {self.language.title}"

    def _passages(self, also: Iterable[tuple[str, int, int]]) -> Iterator[_Passage]:
        role = self.case.collector.role
        titles = {saying.word: saying for saying in self.language.sayings}
        others = [each for each in self.gate.languages.values() if each is not self.language]
        read = reading.read(self.text, self.language, others, names_of(self.case))
        announced = any(said.certain and said.saying.threat for said in read)
        for said in read:
            if role not in said.saying.not_by:
                yield _passage(said, self.act, announced=announced)
        if not any(said.certain and said.saying.word == _STATES_DEBT for said in read):
            yield from self._named_debt(titles.get(_STATES_DEBT))
        for start, end in strange_amounts(self.text, self.case, self.language.other_sums, self.language.claimed_sums):
            yield _Passage(start, end, (_AMOUNT,), "a sum that the case does not state", False, "", _WRITE_AMOUNT)  # noqa: FBT003
        for word, start, end in also:
            known = titles.get(word)
            if known is None or not known.required:
                title = known.title if known is not None else word.replace("_", " ")
                write = known.write if known is not None else ""
                yield _Passage(start, end, (word,), f"{title}, by a second reader", False, "", write)  # noqa: FBT003

    def _named_debt(self, saying: Saying | None) -> Iterator[_Passage]:
        """A text that names a debt of the case states it, in whatever words."""
        named = named_debt(self.text, self.case)
        if named is not None:
            title, write = (saying.title, saying.write) if saying is not None else (_STATES_DEBT.replace("_", " "), "")
            words = (_STATES_DEBT, *(saying.also if saying is not None else ()))
            yield _Passage(*named, words, title, True, "", write)  # noqa: FBT003

    def _ruling(self, kind: str, words: frozenset[str]) -> Ruling:
        return self.gate.asked(self.case, self.act).ruling(kind, words)

    def _silent(self, asked: _Reading, other: frozenset[str]) -> Iterator[str]:
        """The rules that speak of a reading and would not where these words were said instead."""
        kind, said = asked
        spoken = self._ruling(kind, said).voices
        without = self._ruling(kind, other).voices if spoken else ()
        return (told for rule, told in spoken.items() if rule not in without)

    def _rules_by_word(self, asked: Iterable[_Reading], words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """By word the rules that fall silent where it is not said."""
        by_word: dict[str, dict[str, None]] = {}
        for each in asked:
            for word in sorted(each[1].intersection(words)):
                if silent := dict.fromkeys(self._silent(each, each[1] - {word})):
                    by_word.setdefault(word, {}).update(silent)
        return {word: tuple(rules) for word, rules in by_word.items()}

    def _missing(self, asked: Iterable[_Reading], certain: Collection[str]) -> tuple[Missing, ...]:
        """The required statements with which a rule would fall silent."""
        missing: dict[str, Missing] = {}
        for saying in self.language.sayings:
            if not saying.required or saying.word in certain:
                continue
            with_it = {saying.word, *saying.also}
            if rules := dict.fromkeys(rule for each in asked for rule in self._silent(each, each[1] | with_it)):
                missing[saying.word] = Missing(saying.word, saying.title, tuple(rules), saying.write)
        return tuple(missing.values())


_WRITE_AMOUNT: Final = "name the sums of the account, or state the sum in the case"


class _Passage(Struct, frozen=True):
    """What a text says at one place, with what it is taken to mean for this act."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str
    certain: bool
    threat: str
    write: str
    announces: str = ""
    """The step of a threat, as a case calls it, where it is certain."""

    def matters(self, rules: Mapping[str, object], required: Collection[str], plain: Collection[str]) -> bool:
        """Is it told? What is forbidden always, what every letter says only where a rule speaks of it."""
        if any(word in rules for word in self.words):
            return True
        return not (set(self.words) & set(required) or set(self.words) & set(plain))

    def told(self, text: str, rules: Mapping[str, tuple[str, ...]]) -> Passage:
        """As an answer tells it."""
        spoken = dict.fromkeys(rule for word in self.words for rule in rules.get(word, ()))
        where = place(text, self.start)
        return Passage(
            where,
            text[self.start : self.end].strip(),
            self.words[0],
            self.title,
            self.certain,
            tuple(spoken),
            self.write,
        )


def _passage(said: Said, act: Action, *, announced: bool) -> _Passage:
    """What is said, in the words of this act: an announcement is a threat as far as it is not meant.

    What belongs to a step, as talk of a court, is no threat where one is `announced` for certain and meant.
    """
    saying: Saying = said.saying
    words: tuple[str, ...] = (saying.word, *saying.also)
    certain, announces = said.certain, ""
    if saying.threat or saying.announced:
        words = (_INTENDED,) if act.intends_to_act else (_NOT_INTENDED,)
        certain = certain and act.intends_to_act is not None
        announces = ("suit" if saying.threat else "report") if said.certain else ""
    elif saying.of_step and announced and act.intends_to_act:
        words = (_INTENDED,)
    threat = saying.threat if said.certain else ""
    return _Passage(said.start, said.end, words, saying.title, certain, threat, saying.write, announces)


def _decision(best: Sequence[Decision], worst: Sequence[Decision], *, sure: bool) -> Decision:
    """Denied in the best reading, allowed in the worst of a text that was read for certain, else for a person."""
    if "deny" in best:
        return "deny"
    return "allow" if sure and set(best) == set(worst) == {"allow"} else "review"


def _others(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{each.rule}: {each.citation or each.sentence}" for each in findings))
