"""The acts that a letter is: a contact by letter, what else its kind is, and the claim that it announces."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from collectrules.case.objects import Contact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case, Debt, Endpoint
    from collectrules.letters.templates import Letter

Channel: TypeAlias = Literal["letter", "email"]
LETTER: Final[Channel] = "letter"
EMAIL: Final[Channel] = "email"
_NOT_OF_THE_ACT: Final = ("action", "ask", "expect")


def acts(  # noqa: PLR0913  # all by name
    advisor: Advisor,
    case: Case,
    letter: Letter,
    *,
    debts: Iterable[Debt],
    at: str,
    content: Collection[str],
    threatens_claim: bool,
    channel: Channel = LETTER,
) -> Iterator[Case]:
    """The case once for each act that the letter is; each must be lawful.

    Where no contact with the debtor is recorded it is asked as a first notice too, of which some laws want more. What
    the case itself says of such an act (the envelope, facts of a law) holds for this one. Raises InvalidInput.
    """
    act: dict[str, object] = {
        **_stated(case, letter.kind, channel),
        "kind": letter.kind,
        "channel": channel,
        "at": at,
        "content": sorted(content),
        "debts": [debt.id for debt in debts],
        "languages": [letter.language],
    }
    endpoint = mail_endpoint(case) if channel == EMAIL else None
    if endpoint is not None:
        act.setdefault("endpoint", endpoint.id)
    if letter.purpose:
        act["purpose"] = letter.purpose
    yield _with(advisor, case, act)
    if letter.kind == "contact" and letter.purpose != "first_notice" and _is_first(case):
        yield _with(advisor, case, {**act, "purpose": "first_notice"})
    for kind in letter.also:
        yield _with(advisor, case, {**{key: act[key] for key in act if key != "purpose"}, "kind": kind})
    if threatens_claim:
        yield _with(advisor, case, {**act, "kind": "threaten_claim", "intends_to_act": True})


def claim(  # noqa: PLR0913  # all by name
    advisor: Advisor, case: Case, letter: Letter, *, debts: Iterable[Debt], day: date, deadline: date
) -> Case:
    """The case on the day after the deadline, with this letter in its history, and the filing of the claim as its act.

    Raises InvalidInput.
    """
    sent = [{"at": day.isoformat(), "event": event} for event in letter.events]
    act = {
        "kind": "file_claim",
        "at": (deadline + timedelta(days=1)).isoformat(),
        "debts": [debt.id for debt in debts],
        **({"court_id": case.action.court_id} if case.action is not None and case.action.court_id else {}),
    }
    return _with(advisor, case, act, after=sent)


def _is_first(case: Case) -> bool:
    return not any(isinstance(entry, Contact) and entry.direction == "outbound" for entry in case.history or ())


def mail_endpoint(case: Case) -> Endpoint | None:
    """The first address of the debtor for e-mail."""
    known = (case.debtor.endpoints if case.debtor is not None else None) or ()
    return next((each for each in known if each.channel == EMAIL), None)


def _stated(case: Case, kind: str, channel: str) -> dict[str, object]:
    """What the case says of such an act of its own."""
    if case.action is None or case.action.kind != kind or case.action.channel != channel:
        return {}
    own: Any = case.to_mapping()["action"]
    return {key: value for key, value in own.items() if key not in ("purpose", "at_tz")}


def _with(advisor: Advisor, case: Case, act: dict[str, Any], after: Iterable[object] = ()) -> Case:
    stated: dict[str, Any] = {key: value for key, value in case.to_mapping().items() if key not in _NOT_OF_THE_ACT}
    later = list(after)
    if later:
        stated["history"] = [*stated.get("history", []), *later]
    return advisor.case({**stated, "action": act})
