"""Would the answer be another one if a single absent fact were stated? Tried out, value by value."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.declaring import values_in
from collectrules.case.item_paths import item_path
from collectrules.case.objects import Attorney, Case, Creditor, Debtor
from collectrules.case.vocabulary import CONTACT, EVENT, ROOTS
from collectrules.law.dependence import NOTHING_AFFECTED
from collectrules.law.strength import RANK
from collectrules.measures.record import NotedRecord
from collectrules.verdict.reading import Reading, breach

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.dependence import AffectedByFact
    from collectrules.measures.context import Context
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.recalling import Asked, Noting

_KINDS: Final = {"debts": ("debt",), "endpoints": ("endpoint",), "history": (CONTACT, EVENT)}
"""What the items of a list are."""
_EMPTY: Final = {"debtor": Debtor, "creditor": Creditor, "attorney": Attorney}


class Counterfactuals:
    """Asks of one case, taken as complete: would the answer be another if this fact alone were stated otherwise?

    Only rules that turn on the fact are asked again, and of each only what the fact can change. Of cases that are alike
    what is said of one is recalled for the next that has the same values where it counts.
    """

    def __init__(self, judgement: Judgement) -> None:
        twin = None if judgement.twin is None else judgement.twin.complete
        self._complete = judgement.again(judgement.context, NOTHING_AFFECTED, whole=True, today=0, twin=twin)
        self._ranks = {
            outcome.applied.rule.full_id: RANK[outcome.decision]
            for outcome in self._complete.speaking
            if outcome.decision != "allow"
        }
        self._now = max(self._ranks.values(), default=0)

    def would_change(self, fact: str, rules: Collection[str]) -> bool:
        """Is there a value of the fact with which these rules make another answer? True where it has no list of values.

        `fact` is named as in a verdict: `debtor.minor`, `debtor.attorney.name_known`, `debts[A].paid`,
        `endpoints[mobile_1].place`.
        """
        if fact.startswith("history"):
            return True
        complete, law = self._complete, self._complete.law
        field = field_named(fact, law.catalogue)
        if field is None or fact.startswith(("action.kind", "action.channel")):
            return True
        if field.type != "bool" and (field.words is None or field.type not in ("word", "list")):
            return True
        if any(rule not in law.numbers for rule in rules):
            return True  # a topic turns on it
        others = max((rank for rule, rank in self._ranks.items() if rule not in rules), default=0)
        if others == RANK["deny"]:
            return False
        affected = law.dependence.on_fact(fact)
        assumed = () if field.absence.kind != "is" or affected.asks_if_given else (field.absence.value,)
        told_apart = None if field.type == "bool" else self._told_apart(fact, affected)
        values = tuple([value for value in values_of(field, told_apart) if value not in assumed])
        ranks = others, self._now
        otherwise = _Otherwise(complete, fact, field, affected, values)
        if complete.twin is None:
            return otherwise.would_change(rules, *ranks)
        stated = None if told_apart is None else self._stated.intersection(map(_word, values))
        return complete.twin.recalled.recall(
            (_by_place(fact, complete.context), tuple(rules), values, stated, ranks),
            otherwise.value_of,
            lambda noting: _NotedOtherwise(otherwise, noting, stated).would_change(rules, *ranks),
        )

    def _told_apart(self, fact: str, affected: AffectedByFact) -> frozenset[str] | None:
        """The words that may make a difference: those that rules name, and those the case states; None: any."""
        for function in affected.calls:
            if function.follows_from is None or fact in function.follows_from:
                return None
        return affected.words | self._stated

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset([each for each in values_in(self._complete.context.case) if isinstance(each, str)])


class _Otherwise:
    """A case, taken as complete, with one fact stated otherwise: each such case is made when it is first needed."""

    def __init__(
        self, complete: Judgement, fact: str, field: Field, affected: AffectedByFact, values: tuple[Any, ...]
    ) -> None:
        self.complete = complete
        self.fact = fact
        self.field = field
        self.affected = affected
        self.values = values
        self._judged: dict[Any, Judgement] = {}

    def would_change(self, rules: Collection[str], others: int, now: int) -> bool:
        """Is there one of the values with which the rules make another answer than now, from allow up?

        `others` is what rules make of it that do not turn on the fact.
        """
        law = self.complete.law
        highest: dict[Any, int] = {}
        for rule in rules:
            applied = law.rules[law.numbers[rule]]
            if not self._may_turn(applied):
                continue
            for value in self.values:
                rank = RANK[self.under(value).outcome(applied.number).decision]
                if rank > now:
                    return True
                highest[value] = max(highest.get(value, others), rank)
        return any(rank != now for rank in highest.values())

    def _may_turn(self, applied: AppliedRule) -> bool:
        """May a rule say something else? Not where it is decided without what is affected."""
        conditions = self.affected.conditions
        if conditions.isdisjoint(applied.numbers):
            return False
        weighed = any(number in conditions for number in (*applied.reviews, *applied.factors))
        return weighed or breach(applied, self.without) is None

    @cached_property
    def without(self) -> Reading:
        """The truths with nothing known of what the fact affects."""
        return self.complete.without(self.affected)

    def under(self, value: Any) -> Judgement:
        """The case with that value."""
        judged = self._judged.get(value)
        if judged is None:
            judged = self._judged[value] = self._made(value)
        return judged

    def _made(self, value: Any) -> Judgement:
        context = self.complete.context
        case = with_fact(context.case, self.fact, self.field.attribute, value)
        return self.complete.again(context.changed(case), self.affected)

    def value_of(self, asked: Asked) -> Any:
        """The value of a measure, of the case as it is or with a value of the fact."""
        judged = self.complete if asked.record is None else self.under(asked.record)
        return judged.if_complete.record[asked.measure]


class _NotedOtherwise(_Otherwise):
    """The same, where each measure that is read is noted."""

    def __init__(self, plain: _Otherwise, noting: Noting, stated: frozenset[str] | None) -> None:
        super().__init__(plain.complete, plain.fact, plain.field, plain.affected, plain.values)
        self._plain = plain
        self._noting = noting
        self._stated = stated
        """The words of the fact that the case states, beside which measures know those that they name; None: any."""
        self._first_alike: dict[str, Any] = {}

    @cached_property
    def without(self) -> Reading:
        return self._noted(self._plain.without, None)

    def _made(self, value: Any) -> Judgement:
        plain = self._plain.under(value)
        return plain.over(self._noted(plain.if_complete, value))

    @cached_property
    def _as_it_is(self) -> Reading:
        """The truths that the fact does not affect."""
        complete = self.complete
        record = NotedRecord(complete.if_complete.record, partial(self._noting.note, None))
        return Reading(complete.law, complete.context, record)

    def _noted(self, reading: Reading, value: Any) -> Reading:
        """The truths of the case with a value of the fact; None: with nothing known of what it affects."""
        moved, note = self.affected.measures, self._noting.note

        def noted(measure: str, read: Any) -> None:
            if measure not in moved:
                note(None, measure, read)
            elif value is not None:
                note(self._alike(value, measure), measure, read)

        record = NotedRecord(reading.record, noted)
        return Reading(self.complete.law, reading.context, record, self._as_it_is, self.affected)

    def _alike(self, value: Any, measure: str) -> Any:
        """The first value that a measure does not tell from this one."""
        named = self.complete.law.looks.sources[measure].words()
        if not self._is_other(value, named):
            return value
        if measure not in self._first_alike:
            self._first_alike[measure] = next(each for each in self.values if self._is_other(each, named))
        return self._first_alike[measure]

    def _is_other(self, value: Any, named: frozenset[str]) -> bool:
        """Is a value a word that is neither named nor stated?"""
        word = _word(value)
        return self._stated is not None and isinstance(word, str) and word not in named | self._stated


def _word(value: Any) -> Any:
    """The one word of a list of one; else the value itself."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _by_place(fact: str, context: Context) -> Hashable:
    """A fact, named so that it has the same name in cases that are alike: of items by their place in the list."""
    item = item_path(fact)
    if item is None:
        return fact
    return item.group, [each.id for each in getattr(context, item.group)].index(item.id), item.name


def field_named(fact: str, words: Catalogue) -> Field | None:
    """The field of a fact as a verdict names it: `debtor.minor`, `debts[A].paid`; None for what is no single fact.

    Of what contacts and events have of one name and in different words it is not known which is meant: None too.
    """
    if item := item_path(fact):
        alike = [each for kind in _KINDS[item.group] if (each := words.own_fields(kind).get(item.name)) is not None]
        return alike[0] if len({(each.type, each.items, each.words) for each in alike}) == 1 else None
    root, *names = fact.split(".")
    if root not in ROOTS or not names:
        return None
    fields = words.own_fields(ROOTS[root])
    for name in names[:-1]:
        holder = fields.get(name)
        if holder is None or holder.type != "object":
            return None
        fields = words.own_fields(holder.items)
    return fields.get(names[-1])


def values_of(field: Field, told_apart: frozenset[str] | None) -> Iterator[Any]:
    """The values of a fact that rules can tell apart; of all words that are alike to them, one. None: every word."""
    if field.type == "bool":
        yield from (True, False)
        return
    different = words = sorted(field.words or ())
    if told_apart is not None:
        alike = [word for word in words if word not in told_apart]
        different = [*[word for word in words if word in told_apart], *alike[:1]]
    if field.type == "list":
        yield from ((word,) for word in different)
        yield tuple(words)
    else:
        yield from different


def with_fact(case: Case, fact: str, attribute: str, value: Any) -> Case:
    """The case with a fact, named so, stated as a value that is not checked."""
    if item := item_path(fact):
        group, wanted = item.group, item.id
        if group == "history":
            entries = list(case.history or ())
            entries[int(wanted) - 1] = entries[int(wanted) - 1].but(**{attribute: value})
            return case.but(history=tuple(entries))
        owner: Any = case if group == "debts" else case.debtor
        items = tuple(
            each.but(**{attribute: value}) if each.id == wanted else each for each in getattr(owner, group) or ()
        )
        owner = owner.but(**{group: items})
        return owner if group == "debts" else case.but(debtor=owner)
    root, *owners, _ = fact.split(".")
    names = [*owners, attribute]
    if root == "case":
        return case.but(**{attribute: value})
    return case.but(**{root: _put(getattr(case, root), root, names, value)})


def _put(owner: Any, kind: str, names: list[str], value: Any) -> Any:
    if owner is None:
        owner = _EMPTY[kind]()
    name, *rest = names
    return owner.but(**{name: _put(getattr(owner, name), name, rest, value) if rest else value})
