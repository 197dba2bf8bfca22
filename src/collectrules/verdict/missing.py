"""From a measure that is unknown to the facts one would have to get, each with its question."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collectrules.case.groups import BY_ID, CONTACTS, DEBTS, group_of_event
from collectrules.case.groups import PRESUMED as PRESUMED_GROUP
from collectrules.case.jurisdictions import places
from collectrules.case.objects import Event
from collectrules.case.vocabulary import CONTACT, ROOTS, Catalogue, Field
from collectrules.deciding.conditions import measures_of
from collectrules.expressions import english
from collectrules.law.gaps import NO_CITY_NAMED
from collectrules.measures.recorded import group_of
from collectrules.verdict.judgement import breach
from collectrules.verdict.objects import OpenFact
from collectrules.verdict.resting import least_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.case.assumptions import Assumption
    from collectrules.case.declaring import Facts
    from collectrules.case.objects import Case
    from collectrules.law.gaps import AskedTopic
    from collectrules.law.model import Rule
    from collectrules.measures.context import Context
    from collectrules.measures.record import Source
    from collectrules.measures.recorded import LooksOf
    from collectrules.verdict.counterfactuals import Counterfactuals
    from collectrules.verdict.judgement import Judgement, Reading

PRESUMED: Final = "presumed: "
"""What begins the name of something that a rule presumes."""
_HISTORY_OF: Final = "history of "
"""What begins the name of what may be missing from a history, before its group."""
_OF_PLACE: Final = frozenset(
    {
        *("id", "kind", "at", "at_tz", "time_zone", "channel", "endpoints", "endpoint", "currency"),
        *("name", "addresses", "licences"),
    }
)
"""What every act is read by, or only tells things apart."""
_HISTORY_QUESTION: Final = "is this the whole history: every contact and every event?"
_CLOCK_QUESTION: Final = "at what time of day, on the clock where the debtor is?"
_UNCLEAR: Final = "action.unclear"
_UNCLEAR_QUESTION: Final = "which of these does it say: {}?"
_OFFSET_QUESTION: Final = "on which clock is this time told? write its offset, or `at_tz`; the debtor may be in {}"
_BY_NUMBERS: Final = "the debtor's numbers were given out there, and no address says in which place the debtor lives"
_IN_CURRENCY: Final = "amount in "
"""What begins the name of debts whose amount is counted in one currency, before its code."""
_CURRENCY_QUESTION: Final = "how much is it in {0}? It is stated in {1}, and the limit of the law is in {0}"
_ZONE: Final = "debtor.time_zone"
"""What says on which day a moment lies where the debtor is, of whom nothing else says where."""
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
            missing.add_rule(outcome.applied.rule, _unread(outcome.applied.sources, judgement.deciding))
    for gap in judgement.uncovered.gaps if judgement.decision != "deny" else ():
        numbers = (*gap.asked.touched, *_whom(gap.asked))
        missing.add(topic_asked(gap.asked), _unread(_sources(numbers, judgement), judgement.deciding))
    return missing.missed()


def assumed(
    judgement: Judgement, counterfactuals: Counterfactuals, standing: Mapping[str, Assumption]
) -> tuple[OpenFact, ...]:
    """What was taken for granted, where it mattered: standing assumptions that were put in, and what was absent."""
    put_in = (
        *(
            OpenFact(fact, "", (), value, f"standing assumption: {reason}")
            for fact, (value, reason) in standing.items()
        ),
        *_law_taken(judgement),
    )
    if not judgement.whole:
        return (*put_in, *_groups_relied_on(judgement))
    missing = Missing(judgement.context, judgement.law.catalogue, judgement.law.looks, whole=False)
    denied = judgement.decision == "deny"
    for number, applied in enumerate(judgement.law.rules):
        # Of a deny, what its grounds rest on; of anything else, what let a rule be passed.
        is_open = breach(applied, judgement.as_stated) is None or (
            denied and any(judgement.as_stated[review] is None for review in applied.reviews)
        )
        if is_open and judgement.outcome(number).breach is denied:
            missing.add_rule(applied.rule, _unread(applied.sources, judgement.as_stated))
    known = {topic_asked(gap.asked) for gap in judgement.uncovered.gaps}
    for touched in (True, False) if not denied else ():
        for gap in judgement.uncovered_if(touched=touched).gaps:
            if topic_asked(gap.asked) not in known:
                numbers = gap.asked.touched if touched else _whom(gap.asked)
                missing.add(topic_asked(gap.asked), _unread(_sources(numbers, judgement), judgement.as_stated))
    absent = missing.facts(taken=True)
    return (*put_in, *(fact for fact in absent if counterfactuals.would_change(fact.fact, fact.rules)))


def _groups_relied_on(judgement: Judgement) -> Iterator[OpenFact]:
    """The groups that were taken as whole and on which the answer rests, each once, with its reason."""
    relied_on = least_groups(judgement, judgement.whole_groups, frozenset())
    reasons = judgement.reasons_of_groups
    for name in BY_ID:
        if name in relied_on:
            yield OpenFact(f"records.{name}", "", (), "whole", reasons.get(name, ""), name)


def unread(judgement: Judgement) -> tuple[str, ...]:
    """The facts that the case states and nothing asks for: no rule, no topic."""
    read = judgement.law.facts
    stated = dict.fromkeys(_stated(judgement.context.case))
    return tuple(
        [fact for fact in stated if fact not in read and not any(each.startswith(f"{fact}.") for each in read)]
    )


def _stated(case: Case) -> Iterator[str]:
    """The facts of the parties, the debts and the act, and the events of the history, by their dotted names."""
    for root in ("collector", "creditor", "debtor", "action"):
        owner = getattr(case, root)
        for name in _given(owner) if owner is not None else ():
            yield f"{root}.{name}"
    for debt in case.debts:
        yield from (f"debts.{name}" for name in _given(debt))
    yield from (f"history.{fact.event}" for fact in case.history or () if isinstance(fact, Event))


def _given(owner: Facts) -> Iterator[str]:
    """The fields that are given, but those by which things are told apart and placed."""
    for name, fact in type(owner).KEYS.facts.items():
        if name not in _OF_PLACE and not fact.read_as and getattr(owner, name, None) is not None:
            yield name


def _unread(sources: Iterable[Source], reading: Reading) -> list[Source]:
    return [source for source in sources if not source.bound and reading.record[source.measure.name] is None]


def topic_asked(asked: AskedTopic) -> str:
    """What asks for a fact, where it is no rule."""
    return f"{asked.place}: {asked.topic.title}"


def _whom(asked: AskedTopic) -> list[int]:
    """The numbers of the conditions that say whom the covers of a topic are for."""
    return [number for cover in asked.covers for number in (cover.bound.whole, cover.condition) if number is not None]


def _sources(numbers: Iterable[int], judgement: Judgement) -> list[Source]:
    """Where the values come from that conditions ask for."""
    conditions = [judgement.law.conditions[number] for number in numbers]
    return [judgement.law.table[measure] for measure in measures_of(conditions)]


def _law_taken(judgement: Judgement) -> Iterator[OpenFact]:
    """What is taken for granted of the law itself: cities without law, accepted gaps, what is only remembered."""
    case = judgement.context.case
    if by_numbers := places_by_numbers(case):
        yield OpenFact("jurisdiction", "", (), by_numbers, _BY_NUMBERS)
    if judgement.decision == "deny":
        return
    addresses = (case.debtor.addresses if case.debtor is not None else None) or ()
    outside = addresses and all(each.postal_code is not None for each in addresses) and case.places[1:] == ()
    for place, reason in judgement.law.expected.assumed:
        why = "the postal code of the address lies in none" if outside and reason == NO_CITY_NAMED else reason
        yield OpenFact(f"law of {place}", "", (), "there is none", why)
    for gap, reason in judgement.uncovered.accepted:
        yield OpenFact(f"law of {gap.asked.place}", "", (), f"{gap.asked.topic.title}: a gap that is accepted", reason)
    remembered: dict[str, list[str]] = {}
    for asked in judgement.uncovered.from_memory if judgement.decision == "allow" else ():
        remembered.setdefault(asked.place, []).append(asked.topic.title)
    for place, titles in remembered.items():
        yield OpenFact(
            f"law of {place}", "", (), english.listing(titles, "and"), "rests on knowledge alone, without a text"
        )


def places_by_numbers(case: Case) -> tuple[str, ...]:
    """The places of a case to which nothing but a telephone number points."""
    addresses = (case.debtor.addresses if case.debtor is not None else None) or ()
    others = places(None if case.placed_by_numbers else case.jurisdiction, addresses)
    return tuple([place for place in case.places if place not in others])


class _Absent(NamedTuple):
    """A fact that a case does not state: its name in a verdict, the question, and how it is taken in a whole record.

    `settled` says whether it is known where its group of the record is whole.
    """

    fact: str
    question: str
    taken: object
    group: str = ""
    settled: bool = True


class Missed(NamedTuple):
    """A fact that is missing, and whether it is known once its group of the record is whole."""

    fact: OpenFact
    settled: bool


class Missing:
    """Collects the absent facts behind unknown measures, over several rules."""

    def __init__(
        self,
        context: Context,
        words: Catalogue,
        looks: LooksOf,
        *,
        whole: bool,
        groups: frozenset[str] | None = None,
    ) -> None:
        self._context = context
        self._words = words
        self._whole = whole
        self._groups = groups or frozenset()
        """Those of a partial record that are whole."""
        self._looks = looks
        self._by_groups = groups is not None and not whole
        """Is what may be missing from the history told by groups, and not as one?"""
        self._absent: dict[str, tuple[_Absent, ...]] = {}
        self._rules: dict[str, dict[str, int]] = {}
        """What rules read, as it was first noted, with the rules that read it, numbered in their order."""
        self._noted = 0

    def add_rule(self, rule: Rule, sources: Iterable[Source]) -> None:
        """Note what the unknown measures of a rule lack; where that is no fact of a case, the rule's own question."""
        read = self._read_of(sources)
        if rule.question and not any(self._absent_of(fact) for fact in read):
            read = [rule.id.replace("_", " ")]
            self._absent[read[0]] = (_Absent(read[0], rule.question, ""),)
        self._note(rule.full_id, read)

    def add(self, name: str, sources: Iterable[Source]) -> None:
        """Note what unknown measures lack; `name` is who asks for them."""
        self._note(name, self._read_of(sources))

    def _read_of(self, sources: Iterable[Source]) -> list[str]:
        """What measures read, each once; of a record that is told by groups, the groups of its history."""
        read: dict[str, None] = {}
        for source in sources:
            looks = self._looks[source.measure.name]
            read.update(dict.fromkeys(looks.named))
            for currency in looks.currencies:
                read[f"{_IN_CURRENCY}{currency}"] = None
            if self._by_groups:
                if looks.clock and not self._context.zones:
                    read[_ZONE] = None
                for group in sorted(looks.history):
                    read[f"{_HISTORY_OF}{group}"] = None
        if self._by_groups:
            read.pop("history", None)
        return list(read)

    def _note(self, name: str, read: Iterable[str]) -> None:
        self._noted += 1
        for fact in read:
            self._rules.setdefault(fact, {})[name] = self._noted

    def facts(self, *, taken: bool = False) -> tuple[OpenFact, ...]:
        """What was noted; with `taken`, how each was taken."""
        return tuple([missed.fact for missed in self.missed(taken=taken)])

    def missed(self, *, taken: bool = False) -> tuple[Missed, ...]:
        """The same, with what a whole group would settle."""
        behind: dict[_Absent, list[dict[str, int]]] = {}
        for read, rules in self._rules.items():
            for absent in self._absent_of(read):
                behind.setdefault(absent, []).append(rules)
        # Of a long history many facts are read together, by the same rules.
        in_order: dict[tuple[int, ...], tuple[str, ...]] = {}
        open_facts = []
        for absent, several in behind.items():
            together = tuple([id(rules) for rules in several])
            if together not in in_order:
                in_order[together] = _in_order(several)
            taken_as = absent.taken if taken else None
            fact = OpenFact(absent.fact, absent.question, in_order[together], taken_as, "", absent.group)
            open_facts.append(Missed(fact, absent.settled))
        # What a text says cannot be known of anything else.
        open_words = {rule for missed in open_facts if missed.fact.fact == _UNCLEAR for rule in missed.fact.rules}
        if open_words and not taken:
            open_facts = [
                each for each in open_facts if each.fact.fact == _UNCLEAR or not open_words >= {*each.fact.rules}
            ]
        return tuple(open_facts)

    def _absent_of(self, read: str) -> tuple[_Absent, ...]:
        """What the case leaves open of something that a rule reads: `debtor.minor`, `history.outcome`, `debts.paid`."""
        absent = self._absent.get(read)
        if absent is None:
            absent = self._absent[read] = tuple(
                [each for each in self._looked_up(read) if not (each.settled and each.group in self._groups)]
            )
        return absent

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
        open_in = {
            kind: field
            for kind in ("contact", "event")
            if (field := self._words.own_fields(kind).get(name)) is not None
            and field.absence.kind in ("unknown", "excludes", "when", "unless")
        }
        if not open_in:
            return
        for number, fact in enumerate(self._context.case.history or (), start=1):
            field = open_in.get("event" if isinstance(fact, Event) else "contact")
            if field is None or getattr(fact, field.attribute, None) is not None:
                continue
            if not (isinstance(fact, Event) and fact.event != name and self._whole):
                kept = group_of_event(fact.event) if isinstance(fact, Event) else CONTACTS
                yield _Absent(f"history[{number}].{name}", field.question, "unknown", kept, settled=False)

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


def _in_order(several: Iterable[dict[str, int]]) -> tuple[str, ...]:
    """The rules of several readings, in the order in which they were noted."""
    numbers = {rule: number for rules in several for rule, number in rules.items()}
    return tuple(sorted(numbers, key=numbers.__getitem__))


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
