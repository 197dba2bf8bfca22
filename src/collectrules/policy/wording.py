"""English of days, for the reasons that a policy gives."""

from __future__ import annotations

from collectrules.expressions.english import days


def lateness(late: object) -> str:
    """`64 days past due`, `due in 7 days`; of what is no number, that it is not known."""
    if not isinstance(late, int):
        return "when it was due is not known"
    if late == 0:
        return "due today"
    return f"{days(late)} past due" if late > 0 else f"due in {days(-late)}"
