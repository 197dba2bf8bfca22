"""A case on which two sides differ: looked for around the examples of a rule, and made as small as it can be.

A search begins with the examples that stand beside the rule on either side, and changes what the conditions name: the
hour, the day, how often something happened and how long ago, a word, an amount. Every case is asked of both sides by
the program that answers `check`: what is shown here is so.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from collectrules.advisor import Advisor
from collectrules.changes.boundaries import boundaries
from collectrules.ground.errors import InvalidInput, Place
from collectrules.ground.money import UNITS_OF_RECORD
from collectrules.law.rulebook import Rulebook
from collectrules.law.strength import RANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.case.objects import Case
    from collectrules.changes.boundaries import Boundaries
    from collectrules.changes.proving import Spoken
    from collectrules.changes.sides import Side
    from collectrules.law.model import Language, Ruleset
    from collectrules.law.strength import Decision

MOST: Final = 3_000
"""Cases that are tried for one rule, at most. They are counted, not timed, so that every machine finds the same."""
ALTOGETHER: Final = 40_000
"""The same for all rules that differ: the more is spent, the fewer are tried for each."""
LEAST: Final = 100
"""The same for one rule when all that is spent: mostly its examples, as they are."""
SMALLER: Final = 600
"""Cases that are tried to make one smaller."""
ENOUGH: Final = 12
"""Cases on which the rule differs, after which only those are looked at on which it differs more."""
_NOWHERE: Final = Place("")
_KEPT: Final = ("jurisdiction", "record", "version")
"""Keys without which a case is another question."""
_OF_LISTS: Final = ("history", "debts")


class Shown(NamedTuple):
    """A case, as a mapping with the keys of a case file, and what each side answers."""

    case: Mapping[str, Any]
    rule_before: Decision
    rule_after: Decision
    before: Decision
    after: Decision

    @property
    def flips(self) -> bool:
        """Is the act as a whole answered more mildly?"""
        return RANK[self.after] < RANK[self.before]


class Changed(NamedTuple):
    """A rule of both sides with the rulesets that it stands in; None where there is none."""

    full_id: str
    old: tuple[Spoken, Ruleset] | None
    new: tuple[Spoken, Ruleset] | None
    first: int
    """The first of the days on which the two are compared."""
    last: int


class Search:
    """Looks for cases on both sides of one change."""

    def __init__(self, old: Side, new: Side, today: date) -> None:
        self._left = ALTOGETHER
        self.whole = (Advisor(old.rulebook, today=today), Advisor(new.rulebook, today=today))
        self.today = today
        self._language: tuple[Language, Language] = (old.language, new.language)
        self._alone: dict[str, Advisor] = {}
        self._alike: dict[str, bool] = {}
        """By rule, whether its case is read the same on both sides."""

    def milder(self, changed: Changed) -> Shown | None:
        """A case that the new rule treats more mildly, best one whose act is denied before and allowed after."""
        return self._find(changed, milder=True)

    def stricter(self, changed: Changed) -> Shown | None:
        """A case that the new rule treats more strictly."""
        return self._find(changed, milder=False)

    def _find(self, changed: Changed, *, milder: bool) -> Shown | None:
        best: Shown | None = None
        found = 0
        tried = 0
        most = _most(changed, milder=milder)
        for case in islice(candidates(changed, self.today), max(LEAST, min(MOST, self._left // 4))):
            tried += 1
            least = 0 if best is None or not best.flips or found < ENOUGH else _worth(best, milder=milder)[1]
            shown = self._ask(case, changed, milder=milder, more_than=least)
            if shown is None:
                continue
            found += 1
            if best is None or _worth(shown, milder=milder) > _worth(best, milder=milder):
                best = shown
            if _worth(best, milder=milder) >= (most, most):
                break
        self._left = max(0, self._left - tried)
        return None if best is None else self._smaller(best, changed, milder=milder)

    def rules_say(self, case: Mapping[str, Any], changed: Changed) -> tuple[Decision, Decision] | None:
        """What the rule of each side by itself makes of a case; None for a case that cannot be."""
        said: list[Decision] = []
        read: Case | None = None
        for side, spoken in enumerate((changed.old, changed.new)):
            if spoken is None:
                said.append("allow")
                continue
            advisor = self._alone_on(side, spoken[1])
            try:
                read = read if read is not None and self._reads_alike(changed) else advisor.case(case)
                judgement = advisor.judge(read)
            except InvalidInput:
                return None
            number = judgement.law.numbers.get(changed.full_id)
            said.append("allow" if number is None else judgement.outcome(number).decision)
        return said[0], said[1]

    def _alone_on(self, side: int, ruleset: Ruleset) -> Advisor:
        """An advisor who knows one ruleset of a side and no other."""
        key = f"{side} {ruleset.id}"
        if key not in self._alone:
            self._alone[key] = Advisor(Rulebook.holding([ruleset], self._language[side]), today=self.today)
        return self._alone[key]

    def _reads_alike(self, changed: Changed) -> bool:
        """May a case state the same on both sides, so that reading it once does for both?"""
        if changed.old is None or changed.new is None:
            return False
        known = self._alike.get(changed.full_id)
        if known is None:
            stated = [
                [replace(fact, place=_NOWHERE) for fact in ruleset.facts] for _, ruleset in (changed.old, changed.new)
            ]
            old, new = self._language
            known = self._alike[changed.full_id] = stated[0] == stated[1] and old.channels == new.channels
        return known

    def act_is(self, side: int, case: Mapping[str, Any]) -> Decision | None:
        """What one side as a whole answers; None for a case that cannot be."""
        advisor = self.whole[side]
        try:
            return advisor.judge(advisor.case(case)).decision
        except InvalidInput:
            return None

    def _ask(self, case: Mapping[str, Any], changed: Changed, *, milder: bool, more_than: int = 0) -> Shown | None:
        """What both sides answer, where the rule moves that way, and by more than so much."""
        said = self.rules_say(case, changed)
        if said is None or said[0] == said[1]:
            return None
        before, after = said
        if (RANK[after] < RANK[before]) is not milder or abs(RANK[after] - RANK[before]) <= more_than:
            return None
        whole = self.act_is(0, case), self.act_is(1, case)
        if whole[0] is None or whole[1] is None:
            return None
        return Shown(case, before, after, *whole)  # type: ignore[arg-type]  # neither is None

    def _smaller(self, shown: Shown, changed: Changed, *, milder: bool) -> Shown:
        """The same with every fact taken away that it can lose."""
        least = _worth(shown, milder=milder)
        tried = 0
        while True:
            for case in without_one(shown.case):
                tried += 1
                if tried > SMALLER:
                    return shown
                other = self._ask(case, changed, milder=milder)
                if other is not None and _worth(other, milder=milder) >= least:
                    shown = other
                    break
            else:
                return shown


def _most(changed: Changed, *, milder: bool) -> int:
    """How far the rule can move an answer: where its breach is a review on the stricter side, from that to an allow."""
    stricter = changed.old if milder else changed.new
    return RANK["deny"] if stricter is None else RANK[stricter[0].rule.strength.decision]


def _worth(shown: Shown, *, milder: bool) -> tuple[int, int]:
    """How far the answer moves, of the act and of the rule."""
    sign = 1 if milder else -1
    return (
        sign * (RANK[shown.before] - RANK[shown.after]),
        sign * (RANK[shown.rule_before] - RANK[shown.rule_after]),
    )


# ---- candidates ------------------------------------------------------------------------------------------------------


def candidates(changed: Changed, today: date) -> Iterator[dict[str, Any]]:
    """Cases around the examples of a rule: these, these with one change, these with two."""
    seeds = [moved(seed, changed.first, changed.last, today) for seed in _seeds(changed)]
    seen: set[str] = set()
    named = boundaries(each[0] for each in (changed.old, changed.new) if each is not None)
    layers: list[dict[str, Any]] = seeds
    for _ in range(3):
        fresh = []
        for case in layers:
            text = repr(case)
            if text not in seen:
                seen.add(text)
                fresh.append(case)
                yield case
        layers = [changed_case for case in fresh for changed_case in variations(case, named)]


def _seeds(changed: Changed) -> Iterator[dict[str, Any]]:
    for spoken, ruleset in filter(None, (changed.old, changed.new)):
        for example in sorted(spoken.rule.examples, key=lambda each: each.expect == "allow"):
            mapping: dict[str, Any] = {
                "jurisdiction": ruleset.jurisdiction or (ruleset.where or ("US",))[0],
                "record": "complete",
                **deepcopy(ruleset.example(example.mapping)),
            }
            mapping.pop("ask", None)
            yield mapping


def moved(case: dict[str, Any], first: int, last: int, today: date) -> dict[str, Any]:
    """The case on a day from the first to the last, all of its dates moved by whole weeks; today where that is one."""
    day = _day_of(case)
    if day is None or first <= day <= last:
        return case
    wanted = min(max(today.toordinal(), first), last)
    weeks = -(-(wanted - day) // 7) if wanted > day else (wanted - day) // 7
    if not first <= day + 7 * weeks <= last:
        return case
    other: dict[str, Any] = _shifted(case, 7 * weeks)
    return other


def _day_of(case: Mapping[str, Any]) -> int | None:
    at = str(case.get("action", {}).get("at", ""))[:10]
    try:
        return date.fromisoformat(at).toordinal()
    except ValueError:
        return None


def _shifted(value: Any, days: int) -> Any:
    if isinstance(value, dict):
        return {key: _shifted(item, days) for key, item in value.items()}
    if isinstance(value, list):
        return [_shifted(item, days) for item in value]
    return _later(value, days) if isinstance(value, str) else value


def _later(text: str, days: int) -> str:
    """A date or moment so many days later; any other text as it is."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    if len(text) > 10 and text[10] != "T":  # noqa: PLR2004 - the length of a date
        return text
    return f"{(day + timedelta(days=days)).isoformat()}{text[10:]}"


def variations(case: dict[str, Any], named: Boundaries) -> Iterator[dict[str, Any]]:
    """The case with one thing changed that the conditions name."""
    yield from _of_history(case, named)
    yield from _of_clock(case, named)
    yield from _of_dates(case, named)
    for path, values in named.facts.items():
        for value in values:
            yield from _with_fact(case, path, value)
    for path, words in named.lists.items():
        for word in words:
            yield from _with_fact(case, path, [word])
        yield from _with_fact(case, path, [])
    yield from _of_amounts(case, named)
    yield from without_one(case)


def _of_clock(case: dict[str, Any], named: Boundaries) -> Iterator[dict[str, Any]]:
    at = str(case.get("action", {}).get("at", ""))
    for minute in named.minutes:
        for each in (minute, minute - 1, minute + 1):
            if 0 <= each < 1440:  # noqa: PLR2004 - minutes of a day
                yield _with_action(case, at=f"{at[:10]}T{each // 60:02}:{each % 60:02}{at[16:]}")
    for days in dict.fromkeys((*range(1, 8), *(n + d for n in named.numbers for d in (-1, 0, 1)))):
        for sign in (1, -1):
            if 0 < days < 4000:  # noqa: PLR2004 - eleven years
                yield _with_action(case, at=_later(at, sign * days))


def _with_action(case: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {**case, "action": {**case["action"], **keys}}


def _of_history(case: dict[str, Any], named: Boundaries) -> Iterator[dict[str, Any]]:
    history = case.get("history") or []
    at = str(case.get("action", {}).get("at", ""))
    near = sorted({1, *(n + d for n in named.numbers for d in (-1, 0, 1, 2) if n + d >= 0)})
    for number, item in enumerate(history):
        for times in near if "event" not in item else ():
            if times:
                yield {**case, "history": [*history[:number], {**item, "times": times}, *history[number + 1 :]]}
        for times in near:
            if 1 < times <= 40:  # noqa: PLR2004 - more than any cap on contacts
                repeated = [*history[:number], *[item] * times, *history[number + 1 :]]
                yield {**case, "history": repeated}
        for days in near:
            for months in (0, 30, 365):
                ago = days * months if months else days
                when = _later(at[:10], -ago) + str(item.get("at", ""))[10:]
                if when < at:
                    others = [*history[:number], *history[number + 1 :]]
                    placed = sorted([*others, {**item, "at": when}], key=lambda each: str(each.get("at", "")))
                    yield {**case, "history": placed}
    for event in named.events:
        yield {**case, "history": [*history, {"at": _later(at[:10], -1), "event": event}]}
    if named.contacts:
        before = f"{_later(at[:10], -1)}T12:00"
        call = {"at": before, "channel": "phone", "direction": "outbound", "outcome": "no_answer"}
        yield {**case, "history": [*history, call]}


def _of_dates(case: dict[str, Any], named: Boundaries) -> Iterator[dict[str, Any]]:
    """Each date that is named, so many days and so many years before the act as a number says, give or take a day."""
    today = str(case.get("action", {}).get("at", ""))[:10]
    numbers = dict.fromkeys((1, *named.numbers))
    for path in named.dates:
        for number in numbers:
            for days in (-1, 0, 1):
                yield from _with_fact(case, path, _later(today, days - number))
        for number in numbers:
            for days in (-1, 0, 1):
                yield from _with_fact(case, path, _years_before(today, number, days))


def _years_before(day: str, years: int, days: int) -> str:
    try:
        then = date.fromisoformat(day)
        return (then.replace(year=then.year - years) + timedelta(days=days)).isoformat()
    except ValueError:
        return day


def _of_amounts(case: dict[str, Any], named: Boundaries) -> Iterator[dict[str, Any]]:
    """Amounts at, one cent below and one cent above what is named; or at whole per cents of the principal."""
    cent = UNITS_OF_RECORD // 100
    amounts = {units // cent + step for units in named.amounts for step in (-1, 0, 1)}
    debts = case.get("debts") or []
    if not amounts and debts and "amount" in debts[0] and "amount" in case.get("action", {}):
        principal = int(str(debts[0]["amount"]).replace(".", ""))
        amounts = {principal * percent // 100 + step for percent in range(1, 31) for step in (0, 1)}
    for cents in sorted(each for each in amounts if each >= 0):
        told = f"{cents // 100}.{cents % 100:02}"
        if "amount" in case.get("action", {}):
            yield _with_action(case, amount=told)
        if debts and "amount" in debts[0]:
            yield {**case, "debts": [{**debts[0], "amount": told}, *debts[1:]]}


def _with_fact(case: dict[str, Any], path: tuple[str, ...], value: object) -> Iterator[dict[str, Any]]:
    *objects, key = path
    if not objects or objects[0] not in ("action", "collector", "creditor", "debtor", "history", "debts"):
        return
    holder, *inner = objects
    if holder in _OF_LISTS:
        items = case.get(holder) or []
        for number, item in enumerate(items):
            changed = _put(item, (*inner, key), value)
            yield {**case, holder: [*items[:number], changed, *items[number + 1 :]]}
        return
    yield {**case, holder: _put(case.get(holder) or {}, (*inner, key), value)}


def _put(held: Mapping[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    key, *rest = path
    if not rest:
        return {**held, key: value}
    return {**held, key: _put(held.get(key) or {}, tuple(rest), value)}


def without_one(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The case without one of the things that it states: whole objects first, then their keys."""
    for key in case:
        if key not in (*_KEPT, "action"):
            yield {name: value for name, value in case.items() if name != key}
    for key, value in case.items():
        if isinstance(value, dict):
            for smaller in _smaller_mappings(value, ("kind", "at") if key == "action" else ()):
                yield {**case, key: smaller}
        elif isinstance(value, list):
            for smaller_list in _smaller_lists(value):
                yield {**case, key: smaller_list}


def _smaller_mappings(value: dict[str, Any], kept: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for key in value:
        if key not in kept:
            yield {name: item for name, item in value.items() if name != key}
    for key, inner in value.items():
        if isinstance(inner, dict):
            for smaller in _smaller_mappings(inner, ()):
                yield {**value, key: smaller}


def _smaller_lists(value: list[Any]) -> Iterator[list[Any]]:
    if len(value) > 1:
        for number in range(len(value)):
            yield [*value[:number], *value[number + 1 :]]
    for number, item in enumerate(value):
        if isinstance(item, dict):
            for smaller in _smaller_mappings(item, ("at", "id")):
                yield [*value[:number], smaller, *value[number + 1 :]]
