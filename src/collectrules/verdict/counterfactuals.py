"""Would the answer be another one if a single absent fact were stated? Tried out, value by value."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from collectrules.case.declaring import values_in
from collectrules.case.item_paths import item_path
from collectrules.case.objects import Attorney, Case, Creditor, Debtor
from collectrules.case.vocabulary import ROOTS
from collectrules.law.dependence import NOTHING_AFFECTED
from collectrules.law.strength import RANK
from collectrules.verdict.judgement import breach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from collectrules.case.vocabulary import Catalogue, Field
    from collectrules.law.applicable import AppliedRule
    from collectrules.law.dependence import Affected, AffectedByFact
    from collectrules.verdict.judgement import Judgement, Reading

_EMPTY: Final = {"debtor": Debtor, "creditor": Creditor, "attorney": Attorney}


class Counterfactuals:
    """Asks of one case, taken as complete: would the answer be another if this fact alone were stated otherwise?

    Only rules that turn on the fact are asked again, and of each only what the fact can change.
    """

    def __init__(self, judgement: Judgement) -> None:
        self._complete = judgement.again(judgement.context, NOTHING_AFFECTED, whole=True, today=0)
        self._ranks = {
            outcome.applied.rule.full_id: RANK[outcome.decision]
            for outcome in self._complete.speaking
            if outcome.decision != "allow"
        }

    def would_change(self, fact: str, rules: Collection[str]) -> bool:
        """Is there a value of the fact with which these rules make another answer? True where it has no list of values.

        `fact` is named as in a verdict: `debtor.minor`, `debtor.attorney.name_known`, `debts[A].paid`,
        `endpoints[mobile_1].place`.
        """
        if fact.startswith("history"):
            return True
        field = field_named(fact, self._complete.law.catalogue)
        if field is None or fact.startswith(("action.kind", "action.channel")):
            return True
        if field.type != "bool" and (field.words is None or field.type not in ("word", "list")):
            return True
        if any(rule not in self._complete.law.numbers for rule in rules):
            return True  # a topic turns on it
        others = max((rank for rule, rank in self._ranks.items() if rule not in rules), default=0)
        if others == RANK["deny"]:
            return False
        now = max(self._ranks.values(), default=0)
        law, context = self._complete.law, self._complete.context
        affected = law.dependence.on_fact(fact)
        without = self._complete.without(affected)
        assumed = () if field.absence.kind != "is" or affected.asks_if_given else (field.absence.value,)
        told_apart = self._told_apart(fact, affected)
        values = (value for value in values_of(field, told_apart) if value not in assumed)
        judged: list[Judgement] = []

        def under_each() -> Iterator[Judgement]:
            """The case with each value of the fact, made when the first rule turns on it."""
            yield from judged
            for value in values:
                case = with_fact(context.case, fact, field.attribute, value)
                judged.append(self._complete.again(context.changed(case), affected))
                yield judged[-1]

        highest: list[int] = []
        for rule in rules:
            applied = law.rules[law.numbers[rule]]
            if not _may_turn(applied, affected, without):
                continue
            for number, again in enumerate(under_each()):
                rank = RANK[again.outcome(applied.number).decision]
                if rank > now:
                    return True
                if number == len(highest):
                    highest.append(others)
                highest[number] = max(highest[number], rank)
        return any(rank != now for rank in highest)

    def _told_apart(self, fact: str, affected: AffectedByFact) -> frozenset[str] | None:
        """The words that may make a difference: those that rules name, and those the case states; None: any."""
        for function in affected.calls:
            if function.follows_from is None or fact in function.follows_from:
                return None
        return affected.words | self._stated

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(each for each in values_in(self._complete.context.case) if isinstance(each, str))


def _may_turn(applied: AppliedRule, affected: Affected, without: Reading) -> bool:
    """May a rule say something else? Not where it is decided without what is affected."""
    if affected.conditions.isdisjoint(applied.numbers):
        return False
    weighed = any(number in affected.conditions for number in (*applied.reviews, *applied.factors))
    return weighed or breach(applied, without) is None


def field_named(fact: str, words: Catalogue) -> Field | None:
    """The field of a fact as a verdict names it: `debtor.minor`, `debts[A].paid`; None for what is no single fact."""
    if item := item_path(fact):
        return words.own_fields("debt" if item.group == "debts" else "endpoint").get(item.name)
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
