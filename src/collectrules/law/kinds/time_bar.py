"""No suit, threat or demand for a debt whose limitation period is over.

A debt is barred where it is known to be, or where `$years` from its default have passed. `of_debt:` says which debts
the period is for, with the fields of a debt as bare names; a debt that is known to be barred counts whatever it says.
`restarts:` is a collection with its condition in bare names, such as `payment`: each entry about the debt begins the
years anew, before they are over, and with `restarts_after_expiry: yes` after that too. `ends: year_end` where the
period runs to the end of the year in which it would be over. `also_when:` is a further condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
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


def _end(parts: Parts, day: str) -> str:
    """The last day of the period that begins on a day."""
    last = f"add_years({day}, $years)"
    return f"end_of_year({last})" if parts.get("ends") == "year_end" else last


def _restart(parts: Parts, kind: str, alias: str, *conditions: str) -> str:
    return Collected.of(parts["restarts"], alias).query(kind, f"{alias}.debts has each_debt.id", *conditions)


def _not_restarted(parts: Parts) -> str:
    """No restart keeps the period running; before the end each must come within the period that the last began.

    A later restart that came in time shows that one between did so too, so none is asked to come before `last_one`.
    """
    reaches = f"action.day <= {_end(parts, 'last_one.day')}"
    if parts["restarts_after_expiry"] == "yes":
        return _restart(parts, "no", "last_one", reaches)
    in_time = f"first_one.day <= {_end(parts, 'each_debt.in_default_since')}"
    began = _restart(parts, "any", "first_one", in_time)
    follows = (f"next_one.day <= {_end(parts, 'one.day')}", "next_one after one")
    gap = _restart(parts, "no", "one", "one before last_one", _restart(parts, "no", "next_one", *follows))
    return _restart(parts, "no", "last_one", reaches, began, gap)


def _breach(parts: Parts) -> str:
    run_out = [
        "(each_debt.in_default_since is given or each_debt.due is given)",
        *([f"({parts['of_debt']})"] if "of_debt" in parts else []),
        f"action.day > {_end(parts, 'each_debt.in_default_since')}",
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
    period = f"{english.newest(years)} years ({english.with_days(years)}) since default{end}"
    lines = [RuleLine("breached", f"for a debt that is known to be time-barred, or whose {period} are over")]
    if "of_debt" in parts:
        lines.append(
            RuleLine(
                "debts",
                "the years are those of debts, called b, where",
                f"any(all_debts as b where {parts['of_debt']})",
            )
        )
    if "restarts" in parts:
        after = "also after their end" if parts["restarts_after_expiry"] == "yes" else "only before their end"
        lines.append(RuleLine("anew", f"the years begin anew, {after}, with", f"latest({parts['restarts']})"))
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
        "also_when": "condition",
    },
    required=(),
    values=("years",),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    entries=_entries,
    evidence=_evidence,
    words={"restarts_after_expiry": ("yes", "no"), "ends": ("anniversary", "year_end")},
)
