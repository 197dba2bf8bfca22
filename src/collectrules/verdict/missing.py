"""From a measure that is unknown to the facts one would have to get, each with its question."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case.groups import BY_ID, CONTACTS, DEBTS, group_of_event
from collectrules.case.groups import PRESUMED as PRESUMED_GROUP
from collectrules.case.objects import Event
from collectrules.case.vocabulary import CONTACT, ROOTS, Catalogue, Field
from collectrules.deciding.comparisons import measures_of
from collectrules.expressions import english
from collectrules.measures.recorded import group_of
from collectrules.verdict.objects import OpenFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.law.gaps import AskedTopic
    from collectrules.law.model import Rule
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source
    from collectrules.measures.recorded import LooksOf
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.reading import Reading

PRESUMED: Final = "presumed: "
"""What begins the name of something that a rule presumes."""
_HISTORY_OF: Final = "history of "
"""What begins the name of what may be missing from a history, before its group."""
_HISTORY_QUESTION: Final = "is this the whole history: every contact and every event?"
_CLOCK_QUESTION: Final = "at what time of day, on the clock where the debtor is?"
_UNCLEAR: Final = "action.unclear"
_UNCLEAR_QUESTION: Final = "which of these does it say: {}?"
_OFFSET_QUESTION: Final = "on which clock is this time told? write its offset, or `at_tz`; the debtor may be in {}"
_IN_CURRENCY: Final = "amount in "
"""What begins the name of debts whose amount is counted in one currency, before its code."""
_CURRENCY_QUESTION: Final = "how much is it in {0}? It is stated in {1}, and the limit of the law is in {0}"
_ZONE: Final = "debtor.time_zone"
"""What says on which day a moment lies where the debtor is, of whom nothing else says where."""
_TOLD: Final = "debtor.location_known_from_debtor"
_TOLD_QUESTION: Final = "did the debtor say where they are? A number or an address here does not tell"
_ALIKE: Final = frozenset({"collector", "creditor", "debtor", "action"})
"""Of these alike cases state the same facts."""
_BY_CASE: Final = frozenset({"action.at", "action.minute", "action.content", _ZONE})
"""But for what hangs on how a moment or a text is told."""
_SAY_NOTHING: Final = frozenset({"unknown", "excludes", "when", "unless"})
"""The kinds of absence of a field that is unknown where an entry of a whole history does not state it."""
_WHOLE_QUESTION: Final = "what is not in the history did not happen"


def unknown(judgement: Judgement) -> tuple[Missed, ...]:
    """The facts that are not known of what speaks, and of what was not read, in the order in which it is asked."""
    missing = Missing(
        judgement.context,
        judgement.law.catalogue,
        judgement.law.looks,
        whole=judgement.whole,
        groups=judgement.whole_groups,
    )
    for outcome in judgement.speaking:
        if outcome.is_open:
            missing.add_rule(outcome.applied.rule, unread_of(outcome.applied.in_force.sources, judgement.deciding))
    for gap in judgement.uncovered.gaps if judgement.decision != "deny" else ():
        numbers = (*gap.asked.touched, *whom(gap.asked))
        missing.add(topic_asked(gap.asked), unread_of(sources_of(numbers, judgement), judgement.deciding))
    return missing.missed()


def unread_of(sources: Iterable[Source], reading: Reading) -> list[Source]:
    """Those whose measures are unknown."""
    return [source for source in sources if not source.bound and reading.record[source.measure.name] is None]


def topic_asked(asked: AskedTopic) -> str:
    """What asks for a fact, where it is no rule."""
    return f"{asked.place}: {asked.topic.title}"


def whom(asked: AskedTopic) -> list[int]:
    """The numbers of the conditions that say whom the covers of a topic are for."""
    return [number for cover in asked.covers for number in (cover.bound.whole, cover.condition) if number is not None]


def sources_of(numbers: Iterable[int], judgement: Judgement) -> list[Source]:
    """Where the values come from that conditions ask for."""
    conditions = [judgement.law.conditions[number] for number in numbers]
    return [judgement.law.table[measure] for measure in measures_of(conditions)]


class _Absent(NamedTuple):
    """A fact that a case does not state: its name in a verdict, the question, and how it is taken in a whole record.

    `settled` says whether it is known where its group of the record is whole.
    """

    fact: str
    question: str
    taken: object
    group: str = ""
    settled: bool = True


LeftOpen = dict[str, tuple[_Absent, ...]]
"""What a case leaves open of something that rules read."""


class Note(NamedTuple):
    """Who asks, and what the measures that are unknown read."""

    name: str
    read: tuple[str, ...]


class Missed(NamedTuple):
    """A fact that is missing, and whether it is known once its group of the record is whole."""

    fact: OpenFact
    settled: bool


class Missing:
    """Collects the absent facts behind unknown measures, over several rules."""

    def __init__(  # noqa: PLR0913 - the last three by name
        self,
        context: Context,
        words: Catalogue,
        looks: LooksOf,
        *,
        whole: bool,
        groups: frozenset[str] | None = None,
        alike: LeftOpen | None = None,
    ) -> None:
        self._context = context
        self._words = words
        self._whole = whole
        self._groups = groups or frozenset()
        """Those of a partial record that are whole."""
        self._looks = looks
        self._by_groups = groups is not None and not whole
        """Is what may be missing from the history told by groups, and not as one?"""
        self._alike = {} if alike is None else alike
        """What every case that is alike leaves open."""
        self._absent: LeftOpen = {}
        self._notes: list[Note] = []

    def add_rule(self, rule: Rule, sources: Iterable[Source]) -> None:
        """Note what the unknown measures of a rule lack; where that is no fact of a case, the rule's own question."""
        self.note_rule(rule, self.read_of(sources))

    def note_rule(self, rule: Rule, read: tuple[str, ...]) -> None:
        """The same of what its unknown measures read."""
        if rule.question and not any(self._absent_of(fact) for fact in read):
            asked = rule.id.replace("_", " ")
            self._absent[asked] = (_Absent(asked, rule.question, ""),)
            read = (asked,)
        self._notes.append(Note(rule.full_id, read))

    def add(self, name: str, sources: Iterable[Source]) -> None:
        """Note what unknown measures lack; `name` is who asks for them."""
        self._notes.append(Note(name, self.read_of(sources)))

    def read_of(self, sources: Iterable[Source]) -> tuple[str, ...]:
        """What measures read, each once; of a record that is told by groups, the groups of its history."""
        read: dict[str, None] = {}
        for source in sources:
            looks = self._looks[source.measure.name]
            read.update(dict.fromkeys(looks.named))
            for currency in looks.currencies:
                read[f"{_IN_CURRENCY}{currency}"] = None
            if self._by_groups:
                if looks.clock and (not self._context.zones or self._is_elsewhere()):
                    read[_ZONE] = None
                for group in sorted(looks.history):
                    read[f"{_HISTORY_OF}{group}"] = None
        if self._by_groups:
            read.pop("history", None)
        return tuple(read)

    def facts(self, *, taken: bool = False) -> tuple[OpenFact, ...]:
        """What was noted; with `taken`, how each was taken."""
        return tuple([missed.fact for missed in self.missed(taken=taken)])

    def missed(self, *, taken: bool = False) -> tuple[Missed, ...]:
        """The same, with what a whole group would settle."""
        behind: dict[_Absent, list[tuple[str, ...]]] = {}
        for read, rules in _rules_by_read(tuple(self._notes)).items():
            for absent in self._absent_of(read):
                behind.setdefault(absent, []).append(rules)
        # Of a long history many facts are read together, by the same rules.
        in_order: dict[tuple[int, ...], tuple[str, ...]] = {}
        open_facts = []
        for absent, several in behind.items():
            rules = several[0]
            if len(several) > 1:
                together = tuple([id(rules) for rules in several])
                if together not in in_order:
                    in_order[together] = self._in_order(several)
                rules = in_order[together]
            taken_as = absent.taken if taken else None
            fact = OpenFact(absent.fact, absent.question, rules, taken_as, "", absent.group)
            open_facts.append(Missed(fact, absent.settled))
        # What a text says cannot be known of anything else.
        open_words = {rule for missed in open_facts if missed.fact.fact == _UNCLEAR for rule in missed.fact.rules}
        if open_words and not taken:
            open_facts = [
                each for each in open_facts if each.fact.fact == _UNCLEAR or not open_words >= {*each.fact.rules}
            ]
        return tuple(open_facts)

    def _in_order(self, several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """The rules of several readings, in the order in which they were noted."""
        rules = {rule for each in several for rule in each}
        return tuple(dict.fromkeys([note.name for note in self._notes if note.name in rules]))

    def _absent_of(self, read: str) -> tuple[_Absent, ...]:
        """What the case leaves open of something that a rule reads: `debtor.minor`, `history.outcome`, `debts.paid`."""
        absent = self._alike.get(read)
        if absent is None:
            absent = self._absent.get(read)
        if absent is None:
            absent = tuple(
                [each for each in self._looked_up(read) if not (each.settled and each.group in self._groups)]
            )
            (self._alike if self._is_alike(read) else self._absent)[read] = absent
        return absent

    def _is_alike(self, read: str) -> bool:
        """Do alike cases leave the same open of it? Not of items, nor of what a moment or a text is told by."""
        root, _, name = read.partition(".")
        if root == "history":
            return not self._open_in(name)
        return read.startswith(PRESUMED) or (root in _ALIKE and read not in _BY_CASE)

    def _looked_up(self, read: str) -> Iterator[_Absent]:
        if read.startswith(PRESUMED):
            yield _Absent(read.removeprefix(PRESUMED), "is that so?", "so", PRESUMED_GROUP)
            return
        if read.startswith(_HISTORY_OF):
            group = BY_ID[read.removeprefix(_HISTORY_OF)]
            yield _Absent(f"history.{group.id}", group.question, _WHOLE_QUESTION, group.id)
            return
        if read.startswith(_IN_CURRENCY):
            yield from self._in_other_money(read.removeprefix(_IN_CURRENCY))
            return
        root, _, name = read.partition(".")
        if root == "history":
            if not self._whole and not self._by_groups:
                yield _Absent("history", _HISTORY_QUESTION, _WHOLE_QUESTION)
            yield from self._history(name)
        elif root in ("debts", "endpoints"):
            yield from self._items(root, name)
        elif root in ROOTS and name:
            yield from self._single(root, name)

    def _single(self, root: str, name: str) -> Iterator[_Absent]:
        owner: Any = self._context.action.fact if root == "action" else getattr(self._context, root)
        object_type = CONTACT if root == "action" else ROOTS[root]
        path = root
        *owners, last = name.split(".")
        for part in owners:
            fields = self._words.fields(object_type)
            if part not in fields or fields[part].type != "object":
                return
            owner, object_type, path = getattr(owner, part, None), fields[part].items, f"{path}.{part}"
        fields = self._words.fields(object_type)
        if last not in fields:
            return
        field, question = fields[last], fields[last].question
        if root == "action":  # an act is asked about in other words than a contact of the history
            own = self._words.own_fields("action").get(last)
            if own is None:
                return
            if not owners:
                question = own.question
        if owner is not None and not field.declared_by and not hasattr(type(owner), last):
            return
        if (root, last) == ("action", "content") and self._context.action.fact.unclear:
            words = english.listing([each.replace("_", " ") for each in self._context.action.fact.unclear], "or")
            yield _Absent(_UNCLEAR, _UNCLEAR_QUESTION.format(words), "none of them", "content", settled=False)
        elif root == "action" and last in ("at", "minute") and type(self._context.action.fact.at) is date:
            yield _Absent("action.at", _CLOCK_QUESTION, "no time of day", "content", settled=False)
        elif (root, last) == ("debtor", "time_zone") and self._is_elsewhere():
            yield from self._where(field)
        elif (root, last) == ("debtor", "time_zone") and self._tells_no_clock():
            zones = english.listing(self._context.places.zones, "or")
            yield _Absent("action.at", _OFFSET_QUESTION.format(zones), "the clock of no zone", "content", settled=False)
        elif _leaves_open(owner, field):
            settled = self._settled(field, object_type, owner)
            yield _Absent(
                f"{path}.{last}",
                question,
                _taken(field),
                group_of("action" if object_type == CONTACT else object_type, field),
                settled,
            )

    def _in_other_money(self, currency: str) -> Iterator[_Absent]:
        """Debts of which a rule counts the amount in one currency and the case states it in another."""
        for debt in self._context.debts:
            if debt.amount is not None and debt.currency not in (None, currency):
                question = _CURRENCY_QUESTION.format(currency, debt.currency)
                yield _Absent(f"debts[{debt.id}].amount", question, "unknown", DEBTS, settled=False)

    def _is_elsewhere(self) -> bool:
        """May the debtor be somewhere that nothing tells, so that one more zone would not settle it?"""
        return self._context.places.unplaced and self._context.debtor.location_known_from_debtor is not True

    def _where(self, zone: Field) -> Iterator[_Absent]:
        """What places a debtor whose number or address tells nothing: their own word, and a zone if none is known."""
        if self._context.debtor.location_known_from_debtor is None:
            yield _Absent(_TOLD, _TOLD_QUESTION, "no", CONTACTS, settled=False)
        if not self._context.places.zones:
            yield _Absent(_ZONE, zone.question, _taken(zone), group_of("debtor", zone), settled=False)

    def _tells_no_clock(self) -> bool:
        """Is the time of the act told without an offset, while the debtor may be in several zones?"""
        places, action = self._context.places, self._context.action.fact
        told = action.at_tz is None and isinstance(action.at, datetime) and action.at.tzinfo is None
        return told and places.told_in is None and len(places.zones) > 1

    def _items(self, group: str, name: str) -> Iterator[_Absent]:
        """Debts, or endpoints of the debtor, that leave a field open."""
        kind = group.removesuffix("s")
        field = self._words.own_fields(kind).get(name)
        for each in getattr(self._context, group):
            if field is not None and _leaves_open(each, field):
                named = f"{group}[{each.id}].{name}"
                yield _Absent(
                    named, field.question, _taken(field), group_of(kind, field), self._settled(field, kind, each)
                )

    def _history(self, name: str) -> Iterator[_Absent]:
        """Entries of the history that leave a field open which would be unknown even in a complete record."""
        open_in = self._open_in(name)
        if not open_in:
            return
        for number, fact in enumerate(self._context.case.history or (), start=1):
            field = open_in.get("event" if isinstance(fact, Event) else "contact")
            if field is None or getattr(fact, field.attribute, None) is not None:
                continue
            if not (isinstance(fact, Event) and fact.event != name and self._whole):
                kept = group_of_event(fact.event) if isinstance(fact, Event) else CONTACTS
                yield _Absent(f"history[{number}].{name}", field.question, "unknown", kept, settled=False)

    def _open_in(self, name: str) -> Mapping[str, Field]:
        """Of contacts and of events, the field of that name whose absence says nothing even in a complete record."""
        own = {kind: self._words.own_fields(kind).get(name) for kind in ("contact", "event")}
        return {kind: field for kind, field in own.items() if field is not None and field.absence.kind in _SAY_NOTHING}

    def _settled(self, field: Field, object_type: str, owner: Any) -> bool:
        """Is an absent field known where its group is whole?"""
        absence = field.absence
        match absence.kind:
            case "unknown" | "excludes":
                return False
            case "none":
                return field.type != "bool"
            case "when" | "unless":
                assert absence.other is not None
                key, value = absence.other
                is_so = getattr(owner, self._words.fields(object_type)[key].attribute, None) == value
                return bool(is_so) is (absence.kind == "when")
            case "if_consumer":
                return self._context.all_consumer
            case "same_as":
                other = self._words.fields(object_type)[absence.value]
                stated = owner is not None and getattr(owner, other.attribute, None) is not None
                return stated or self._settled(other, object_type, owner)
            case _:
                return True


@lru_cache(maxsize=128)
def _rules_by_read(notes: tuple[Note, ...]) -> Mapping[str, tuple[str, ...]]:
    """What rules read, as it was first noted, with the rules that read it, in their order."""
    found: dict[str, dict[str, None]] = {}
    for name, read in notes:
        for each in read:
            found.setdefault(each, {})[name] = None
    return {read: tuple(rules) for read, rules in found.items()}


def _leaves_open(owner: object, field: Field) -> bool:
    """Does an object, which may not be there at all, state nothing of a field whose absence says nothing by itself?"""
    return getattr(owner, field.attribute, None) is None and not field.absence.says_by_itself(owner)


def _taken(field: Field) -> object:
    """The value that an absent field has in a complete record, in words where it is no value."""
    absence = field.absence
    match absence.kind:
        case "is" | "when" | "unless" | "if_consumer":
            return absence.value
        case "same_as":
            return f"the same as {absence.value}"
        case "lawful":
            return "lawful in every respect"
        case "all_debts":
            return "all debts of the case"
        case _:
            return "none"
