"""English of days, for the reasons that a policy gives."""

from __future__ import annotations


def days(number: int) -> str:
    """`1 day`, `14 days`."""
    return "1 day" if number == 1 else f"{number} days"


def lateness(late: object) -> str:
    """`64 days past due`, `due in 7 days`; of what is no number, that it is not known."""
    if not isinstance(late, int):
        return "when it was due is not known"
    if late == 0:
        return "due today"
    return f"{days(late)} past due" if late > 0 else f"due in {days(-late)}"
