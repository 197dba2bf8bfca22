"""What the law lets one compute of the facts of a case, before a rule asks for them.

Whether the time to sue is over, and whether the court that is named for a claim takes it.

A debt that says since when it is owed says more than a flag does. What follows by the limitation law of the place goes
before an absent flag; a flag that the case states can only tighten what follows. Where nothing follows (no such law is
encoded, or a fact for it is missing), the flag or its absence stands as it would by itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from collectrules.case import terms
from collectrules.case.groups import group_of
from collectrules.case.objects import Ask
from collectrules.expressions import english
from collectrules.verdict.answers import about
from collectrules.verdict.objects import OpenFact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from collectrules.case.objects import Case, Debt
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.verdict.answers import Answer

    _Limitation = Callable[[Debt, Literal["complete", "partial"]], Answer]

_QUESTION: Final = "limitation"
_ROUTE: Final = "court_route"
_COURT_FACT: Final = "court_answer"
_FACT: Final = "time_barred"
_TIME_TO_SUE: Final = "time_to_sue"
_CLAIM: Final = "file_claim"
_NOT_IN_ALL: Final = "and not in another form of the contract: state which it has"
_ANEW: Final = "did something begin the period anew?"
_TELLING: Final = ("last_day", "restarted")
_ORDINARY_FORMS: Final = tuple(sorted({*terms.CONTRACT_FORM.words} - {"sealed"}))
"""A seal is rare, and stated where there is one."""
_DAYS_AHEAD: Final = 15
"""So many days are looked ahead for a change at once."""


class Computed(NamedTuple):
    """A case with what was computed put in, and what of that is told: what tightens, and what contradicts the case."""

    case: Case
    told: tuple[OpenFact, ...]
    established: Mapping[str, object]
    """Of a claim on one debt: the last day to sue, and whether the period began anew. Empty for anything else."""


def with_computed(
    case: Case, law: ApplicableLaw, day: int | None, answered: Callable[[Case], Answer], groups: Collection[str] = ()
) -> Computed:
    """The case as the rules of a law about an act on that day (proleptic ordinal) are asked about it.

    `answered` gives the answer to the question of a case; `groups` are those of a partial record that are whole.
    """
    case, refused = _with_court(case, law, day, answered)
    found = _with_bars(case, law, day, answered, groups)
    return found._replace(told=(*refused, *found.told))


def _with_court(
    case: Case, law: ApplicableLaw, day: int | None, answered: Callable[[Case], Answer]
) -> tuple[Case, tuple[OpenFact, ...]]:
    """A claim in a court of small claims that does not take it, or may not: put in, and told.

    That a court does take a claim is put into no case: it only lets a claim be filed, and more may stand against it.
    """
    action = case.action
    if day is None or action is None or action.kind != _CLAIM or action.court_id is None:
        return case, ()
    courts = [block.parts for ruleset in law.rulesets for block in ruleset.answers if block.kind == "court"]
    if not any(parts["route"] == "small_claims" and parts.get("court_id") == action.court_id for parts in courts):
        return case, ()
    ask = Ask(what=_ROUTE, at=date.fromordinal(day), court_id=action.court_id)
    if action.amount is not None:
        ask = replace(ask, amount=action.amount, currency=action.currency)
    found = answered(replace(about(case, action.debts), action=None, ask=ask, expect=None))
    if found.complete and found.values.get("court_id") == action.court_id:
        return case, ()
    says = "refuses" if found.complete else "unclear"
    told = OpenFact(f"action.{_COURT_FACT}", "", (), says, _computed(found, "; ".join(found.open)))
    return case.but(action=action.but(court_answer=says)), (told,)


def _with_bars(
    case: Case, law: ApplicableLaw, day: int | None, answered: Callable[[Case], Answer], groups: Collection[str]
) -> Computed:
    """The same, with what follows for each debt of whether the time to sue on it is over."""
    concerned = None if case.action is None else case.action.debts
    computable = [debt.id for debt in case.debts if debt.due is not None or debt.in_default_since is not None]
    if concerned is not None:
        computable = [name for name in computable if name in concerned]
    # What a law reads is dear to find out the first time.
    if not computable or day is None or not law.dependence.on_fact(f"debts.{_FACT}").measures:
        return Computed(case, (), {})

    answers: dict[tuple[str, str | None, str], Answer] = {}

    def limitation(debt: Debt, record: Literal["complete", "partial"]) -> Answer:
        key = (debt.id, debt.contract, record)
        if key not in answers:
            ask = Ask(what=_QUESTION, at=date.fromordinal(day))
            asked = replace(about(case, (debt.id,)), debts=(debt,), action=None, ask=ask, expect=None, record=record)
            answers[key] = answered(asked)
        return answers[key]

    told: list[OpenFact] = []
    debts_are_whole = not case.whole and group_of("debt", _FACT) in groups

    sued = case.action is not None and case.action.kind == _CLAIM

    def with_bar(debt: Debt) -> Debt:
        barred = _with_bar(debt, limitation, told, whole=case.whole, sued=sued)
        if debts_are_whole and barred.time_barred is None and debt.time_barred is None:
            # The absent flag would say no: then it may be absent only where a whole record does not say yes.
            barred = _with_bar(debt, limitation, told, whole=True, sued=False)
            return barred if barred.time_barred else debt
        return barred

    debts = [with_bar(debt) if debt.id in computable else debt for debt in case.debts]
    established: Mapping[str, object] = {}
    if case.action is not None and case.action.kind == _CLAIM and len(case.debts) == 1:
        found = limitation(case.debts[0], "complete" if case.whole else "partial")
        established = {name: found.values[name] for name in _TELLING if name in found.values}
    if all(one is other for one, other in zip(debts, case.debts, strict=True)):
        return Computed(case, tuple(told), established)
    return Computed(case.but(debts=tuple(debts)), tuple(told), established)


class CaseByDay:
    """A case as the rules are asked about it on each of several days: the same object as long as it is the same.

    Each thing that is computed turns at most once between two near days on which no group of the record ceases to be
    whole (`lapses`): what is alike on two days is alike between them, and where it is not, the day is searched for.
    """

    def __init__(self, case: Case, compute: Callable[[int], Case], lapses: Collection[int]) -> None:
        self._case = case
        self._compute = compute
        self._lapses = sorted(lapses)
        self._spans: list[tuple[int, int, Case]] = []

    def on(self, day: int | None) -> Case:
        """The case on that day (proleptic ordinal); where the day is not known, as it is stated."""
        if day is None:
            return self._case
        for first, last, case in self._spans:
            if first <= day <= last:
                return case
        case = self._known(self._compute(day))
        most = min([lapse - 1 for lapse in self._lapses if lapse > day], default=day + _DAYS_AHEAD)
        last, beyond = day, min(most, day + _DAYS_AHEAD) + 1
        probe = beyond - 1
        while last < probe:
            if self._known(self._compute(probe)) is case:
                last = probe
            else:
                beyond = probe
            probe = (last + beyond) // 2
        self._spans.append((day, last, case))
        return case

    def _known(self, case: Case) -> Case:
        """The same object for the same debts and the same act."""
        alike = (known for _, _, known in self._spans if known.debts == case.debts and known.action == case.action)
        return next(alike, case)


def _with_bar(debt: Debt, limitation: _Limitation, told: list[OpenFact], *, whole: bool, sued: bool) -> Debt:
    """The debt with what follows for it; what tightens or contradicts it is told.

    Where the period is over in one form of contract and not in another, and nobody says which it is, a suit is unclear.
    """
    stated = debt.time_barred
    found = limitation(debt, "complete" if whole else "partial")
    over = found.values.get(_FACT)
    if over is None and stated is False and not whole:
        # Of a record with gaps nothing follows; but what it does state may speak against its flag.
        found = limitation(debt, "complete")
        if not found.values.get(_FACT):
            return debt
        told.append(_told(debt, found, f"the case states no: {_ANEW}", None))
        return debt.but(time_barred=None)
    if over is None and whole and debt.contract is None:  # nobody says what form the contract has
        ended, runs = _in_ordinary_forms(debt, limitation)
        if ended is not None and not runs:
            found, over = ended, True
        elif ended is not None and sued and stated is None:
            told.append(OpenFact(f"debts[{debt.id}].{_TIME_TO_SUE}", "", (), "unclear", _computed(ended, _NOT_IN_ALL)))
            return debt.but(time_to_sue="unclear")
    # That it is over is taken from an answer of which something is open too: it can only tighten.
    if over is None or (not over and not found.complete):
        return debt
    if stated is not None and stated is not over:
        told.append(_told(debt, found, f"the case states {'yes' if stated else 'no'}, and the stricter holds", True))  # noqa: FBT003
    elif over:
        told.append(_told(debt, found, "", True))  # noqa: FBT003
    return debt if stated is True else debt.but(time_barred=over)


def _in_ordinary_forms(debt: Debt, limitation: _Limitation) -> tuple[Answer | None, bool]:
    """An answer by which the time is over in some ordinary form of the contract, and whether it runs on in another."""
    ended, runs = None, False
    for form in _ORDINARY_FORMS:
        found = limitation(debt.but(contract=form), "complete")
        over = found.values.get(_FACT)
        ended, runs = (found if over else ended), runs or over is False
        if ended is not None and runs:
            break
    return ended, runs


def _told(debt: Debt, found: Answer, against: str, taken_as: bool | None) -> OpenFact:  # noqa: FBT001 - the value
    fact = f"debts[{debt.id}].{_FACT}"
    question = f"by its dates the time to sue is over, and the case states no: {_ANEW}" if taken_as is None else ""
    return OpenFact(fact, question, (), "unknown" if taken_as is None else taken_as, _computed(found, against))


def _computed(found: Answer, against: str = "") -> str:
    """How something followed, and what is held against it."""
    steps = [english.cited(step.sentence, step.citation) for step in found.steps]
    return f"computed: {'; '.join([*steps, *([against] if against else [])])}"
