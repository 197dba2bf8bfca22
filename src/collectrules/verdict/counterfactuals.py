"""Would the answer be another one if a single absent fact were stated? Tried out, value by value."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.declaring import values_in
from collectrules.case.item_paths import item_path
from collectrules.case.objects import Attorney, Case, Creditor, Debtor
from collectrules.case.vocabulary import CONTACT, EVENT, ROOTS
from collectrules.law.dependence import NOTHING_AFFECTED
from collectrules.law.strength import RANK
from collectrules.verdict.judgement import breach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.dependence import Affected, AffectedByFact
    from collectrules.verdict.judgement import Judgement, Reading

_KINDS: Final = {"debts": ("debt",), "endpoints": ("endpoint",), "history": (CONTACT, EVENT)}
"""What the items of a list are."""
_EMPTY: Final = {"debtor": Debtor, "creditor": Creditor, "attorney": Attorney}


class Counterfactuals:
    """Asks of one case, taken as complete: would the answer be another if this fact alone were stated otherwise?

    Only rules that turn on the fact are asked again, and of each only what the fact can change.
    """

    def __init__(self, judgement: Judgement) -> None:
        twin = None if judgement.twin is None else judgement.twin.complete
        self._complete = judgement.again(judgement.context, NOTHING_AFFECTED, whole=True, today=0, twin=twin)
        self._ranks = {
            outcome.applied.rule.full_id: RANK[outcome.decision]
            for outcome in self._complete.speaking
            if outcome.decision != "allow"
        }
        self._first = self if twin is None else twin.counterfactuals
        """Those of the case from which is taken what cannot differ."""
        self.turning: dict[tuple[str, int], bool] = {}
        """May a rule, by number, turn on a fact?"""
        self.said: dict[tuple[str, int, Any], int] = {}
        """How a rule decides with a value of a fact, from allow up."""
        self.turned: dict[str, tuple[str, Any]] = {}
        """The rule and the value with which a fact changed the answer of the last such case: tried first."""

    def would_change(self, fact: str, rules: Collection[str]) -> bool:
        """Is there a value of the fact with which these rules make another answer? True where it has no list of values.

        `fact` is named as in a verdict: `debtor.minor`, `debtor.attorney.name_known`, `debts[A].paid`,
        `endpoints[mobile_1].place`.
        """
        if fact.startswith("history"):
            return True
        law = self._complete.law
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
        now = max(self._ranks.values(), default=0)
        affected = law.dependence.on_fact(fact)
        assumed = () if field.absence.kind != "is" or affected.asks_if_given else (field.absence.value,)
        told_apart = self._told_apart(fact, affected)
        values = [value for value in values_of(field, told_apart) if value not in assumed]
        otherwise = _Otherwise(self._complete, fact, field, affected)
        turned = self._first.turned
        by_rule, by_value = turned.get(fact, ("", None))
        tried = by_rule in rules and by_value in values
        if tried and self._rank(law.rules[law.numbers[by_rule]], otherwise, by_value) > now:
            return True
        highest: dict[Any, int] = {}
        for rule in rules:
            applied = law.rules[law.numbers[rule]]
            if not self._may_turn(applied, otherwise):
                continue
            for value in values:
                rank = self._rank(applied, otherwise, value)
                if rank > now:
                    turned[fact] = rule, value
                    return True
                highest[value] = max(highest.get(value, others), rank)
        return any(rank != now for rank in highest.values())

    def _may_turn(self, applied: AppliedRule, otherwise: _Otherwise) -> bool:
        """May a rule turn on a fact?"""
        asker, of_asker = self._asker(applied, otherwise)
        asked = (of_asker.fact, applied.number)
        if asked not in asker.turning:
            asker.turning[asked] = of_asker.may_turn(applied)
        return asker.turning[asked]

    def _rank(self, applied: AppliedRule, otherwise: _Otherwise, value: Any) -> int:
        """How a rule decides with a value of a fact, from allow up."""
        asker, of_asker = self._asker(applied, otherwise)
        asked = (of_asker.fact, applied.number, value)
        if asked not in asker.said:
            asker.said[asked] = RANK[of_asker.under(value).outcome(applied.number).decision]
        return asker.said[asked]

    def _asker(self, applied: AppliedRule, otherwise: _Otherwise) -> tuple[Counterfactuals, _Otherwise]:
        """Who asks about a rule: where alike cases are told the same, the first of them does."""
        twin, first = self._complete.twin, self._first
        if twin is None or applied.number not in twin.settled:
            return self, otherwise
        return first, otherwise.of(first._complete)  # noqa: SLF001 - of the same class

    def _told_apart(self, fact: str, affected: AffectedByFact) -> frozenset[str] | None:
        """The words that may make a difference: those that rules name, and those the case states; None: any."""
        for function in affected.calls:
            if function.follows_from is None or fact in function.follows_from:
                return None
        return affected.words | self._stated

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(each for each in values_in(self._complete.context.case) if isinstance(each, str))


class _Otherwise:
    """A case, taken as complete, with one fact stated otherwise: each such case is made when it is first needed."""

    def __init__(self, complete: Judgement, fact: str, field: Field, affected: Affected) -> None:
        self._complete = complete
        self.fact = fact
        self._field = field
        self._affected = affected
        self._judged: dict[Any, Judgement] = {}
        self._of: _Otherwise | None = None

    def of(self, complete: Judgement) -> _Otherwise:
        """The same of a case that is alike, where items may be called otherwise."""
        if self._of is None:
            fact = self.fact
            if item := item_path(fact):
                ours, theirs = (
                    [each.id for each in getattr(judgement.context, item.group)]
                    for judgement in (self._complete, complete)
                )
                fact = f"{item.group}[{theirs[ours.index(item.id)]}].{item.name}"
            self._of = _Otherwise(complete, fact, self._field, self._affected)
        return self._of

    @cached_property
    def _without(self) -> Reading:
        return self._complete.without(self._affected)

    def may_turn(self, applied: AppliedRule) -> bool:
        """May a rule say something else? Not where it is decided without what is affected."""
        conditions = self._affected.conditions
        if conditions.isdisjoint(applied.numbers):
            return False
        weighed = any(number in conditions for number in (*applied.reviews, *applied.factors))
        return weighed or breach(applied, self._without) is None

    def under(self, value: Any) -> Judgement:
        """The case with that value."""
        judged = self._judged.get(value)
        if judged is None:
            context = self._complete.context
            case = with_fact(context.case, self.fact, self._field.attribute, value)
            judged = self._judged[value] = self._complete.again(context.changed(case), self._affected)
        return judged


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
