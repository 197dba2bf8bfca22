"""No suit, threat or demand for a debt whose limitation period is over.

A debt is barred where it is known to be, or where `$years` from its default have passed. `of_debt:` says which debts
the period is for, with the fields of a debt as bare names; a debt that is known to be barred counts whatever it says.
`restarts:` is a collection with its condition in bare names, such as `payment`: each entry about the debt begins the
years anew, before they are over, and with `restarts_after_expiry: yes` after that too. `ends: year_end` where the
period runs to the end of the year in which it would be over. `stands_still:` is the first and the last day of a time
that does not count. `last_day_moves: CALENDAR` where a last day that the calendar calls closed moves to the next open
day. `starts: due` where the years begin with the due day though the debtor fell into default later. `also_when:` is a
further condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.law import standstill
from collectrules.law.evidence import told
from collectrules.law.kinds import (
    Collected,
    Evidence,
    Grounds,
    Mistake,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    only_if,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    restarts = "restarts" in parts
    if restarts and " as " in str(parts["restarts"]).partition(" where ")[0]:
        yield Mistake("restarts", "`restarts` takes no alias", "payment, or events where event == payment")
    if restarts != ("restarts_after_expiry" in parts):
        message = "`restarts_after_expiry` says whether `restarts` count after the end too; give both or neither"
        yield Mistake("restarts_after_expiry", message, "restarts_after_expiry: no")
    if not standstill.readable(parts):
        yield Mistake(standstill.FIELD, standstill.USAGE, standstill.EXAMPLE)


def _end(parts: Parts, day: str, more_days: int = 0) -> str:
    """The last day of the period that begins on a day."""
    last = f"add_years({day}, $years)"
    if more_days:
        last = f"add_days({last}, {more_days})"
    return f"end_of_year({last})" if parts.get("ends") == "year_end" else last


def _by(parts: Parts, day: str, last: str) -> str:
    """A day that comes no later than the last, or than the open day to which that moves."""
    calendar = parts.get("last_day_moves")
    if calendar is None:
        return f"{day} <= {last}"
    moved = f"not is_business_day({last}, {calendar}) and {day} <= add_business_days({last}, 1, {calendar})"
    return f"({day} <= {last} or ({moved}))"


def _reaches(parts: Parts, begun: str, day: str) -> str:
    """The period that begins on `begun` is not over on a day."""
    plainly = _by(parts, day, _end(parts, begun))
    still = standstill.standstill(parts)
    if still is None:
        return plainly
    ran_into_it = f"{begun} < {still.first} and add_years({begun}, $years) >= {still.first}"
    put_off = f"({ran_into_it} and {_by(parts, day, _end(parts, begun, still.days))})"
    end = _by(parts, day, _end(parts, str(still.last)))
    began_after_it = f"({begun} >= {still.first} and {begun} <= {still.last} and {end})"
    return f"({plainly} or {put_off} or {began_after_it})"


def _first_reaches(parts: Parts, day: str) -> str:
    """The first period is not over on a day."""
    since_default = _reaches(parts, "each_debt.in_default_since", day)
    if parts.get("starts") != "due":
        return since_default
    return f"({since_default} and not (each_debt.due is given and not ({_reaches(parts, 'each_debt.due', day)})))"


def _run_out(parts: Parts) -> str:
    """The first period is over."""
    if {standstill.FIELD, "last_day_moves", "starts"} & parts.keys():
        return f"not {_first_reaches(parts, 'action.day')}"
    return f"action.day > {_end(parts, 'each_debt.in_default_since')}"


def _restart(parts: Parts, kind: str, alias: str, *conditions: str) -> str:
    return Collected.of(parts["restarts"], alias).query(kind, f"{alias}.debts has each_debt.id", *conditions)


def _not_restarted(parts: Parts) -> str:
    """No restart keeps the period running; before the end each must come within the period that the last began.

    A later restart that came in time shows that one between did so too, so none is asked to come before `last_one`.
    """
    reaches = _reaches(parts, "last_one.day", "action.day")
    if parts["restarts_after_expiry"] == "yes":
        return _restart(parts, "no", "last_one", reaches)
    in_time = _first_reaches(parts, "first_one.day")
    began = _restart(parts, "any", "first_one", in_time)
    follows = (_reaches(parts, "one.day", "next_one.day"), "next_one after one")
    gap = _restart(parts, "no", "one", "one before last_one", _restart(parts, "no", "next_one", *follows))
    return _restart(parts, "no", "last_one", reaches, began, gap)


def _breach(parts: Parts) -> str:
    run_out = [
        "(each_debt.in_default_since is given or each_debt.due is given)",
        *([f"({parts['of_debt']})"] if "of_debt" in parts else []),
        _run_out(parts),
        *([_not_restarted(parts)] if "restarts" in parts else []),
    ]
    barred = f"each_debt.time_barred == true or ({every_of(run_out)})"
    return every_of([f"any(debts of action as each_debt where {barred})", *also(parts)])


def _entries(parts: Parts) -> str:
    if "restarts" not in parts:
        return ""
    return Collected.of(parts["restarts"], "last_one").query("any", "last_one.debts overlaps action.debts")


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    years = values["years"]
    end = ", to the end of that year," if parts.get("ends") == "year_end" else ""
    period = f"{english.newest(years)} years ({english.in_force(years)}) since its default{end}"
    lines = [RuleLine("breached", f"for a debt that is known to be time-barred, or where {period} are over")]
    if parts.get("starts") == "due":
        lines.append(RuleLine("begins", "the years begin with the due day, where that comes before the default"))
    if still := standstill.standstill(parts):
        lines.append(RuleLine("still", still.told))
    if "last_day_moves" in parts:
        calendar = english.words(str(parts["last_day_moves"]))
        lines.append(RuleLine("last day", f"one that is a day off ({calendar}) moves to the next open day"))
    if "of_debt" in parts:
        lines.append(RuleLine("debts", "the years are those of a debt where", str(parts["of_debt"]), fields_of="debt"))
    if "restarts" in parts:
        after = "also after their end" if parts["restarts_after_expiry"] == "yes" else "only before their end"
        lines.append(RuleLine("anew", f"the years begin anew, {after}, where", f"any({parts['restarts']})"))
    return lines + only_if(parts)


def _evidence(grounds: Grounds) -> Evidence:
    return {"limit": grounds.value("years"), "entries": told(grounds.entries[-1:])}


KIND = RuleKind(
    name="time_bar",
    title="breached for a time-barred debt",
    fields={
        "of_debt": "debt",
        "restarts": "collection",
        "restarts_after_expiry": "word",
        "ends": "word",
        standstill.FIELD: "words",
        "last_day_moves": "calendar",
        "starts": "word",
        "also_when": "condition",
    },
    required=(),
    values=("years",),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    entries=_entries,
    evidence=_evidence,
    words={"restarts_after_expiry": ("yes", "no"), "ends": ("anniversary", "year_end"), "starts": ("default", "due")},
)
