"""Contact that reaches the debtor at work: when it is forbidden, and how often it may be.

`forbidden:` is `always`, or any of `employer_prohibits` (the collector knows or should know that the employer forbids
it) and `not_tried_elsewhere` (no attempt at another place has failed before). `$at_most` is how often the debtor may be
contacted at work, in `$days` or a calendar `period` (`counting`), or ever where there is none. A contact
reaches the debtor at work where its place is work, or, where no place is stated, its number or address is tied to
work. `also_when:` is a further condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.law import counting
from collectrules.law.kinds import (
    Mistake,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    one_of,
    only_if,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN = {
    "employer_prohibits": "debtor.employer_prohibits == true",
    "not_tried_elsewhere": (
        "no(contacts as t where t.direction == outbound and t.to == debtor and not ({at_work}) and t.outcome in"
        " [no_answer, busy, not_in_service, voicemail, voicemail_full, recorded_message, dropped])"
    ),
}
_ENGLISH = {
    "employer_prohibits": "while the collector knows or should know that the employer forbids it",
    "not_tried_elsewhere": "while no attempt at another place has failed",
}


def _at_work(contact: str) -> str:
    """Does a contact reach the debtor at work?"""
    by_endpoint = f"{contact}.place is absent and {contact}.endpoint is given and endpoint_of({contact}).place == work"
    return f"({contact}.place is given and {contact}.place == work) or ({by_endpoint})"


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    forbidden = parts.get("forbidden", ())
    if not forbidden and not counting.counts(parts):
        yield Mistake("kind", "nothing is forbidden", "say `forbidden: always`, or how often with `at_most`")
    if "always" in forbidden and (len(forbidden) > 1 or counting.counts(parts)):
        yield Mistake("forbidden", "what is always forbidden is not forbidden in some cases or by number")
    yield from counting.mistakes(parts)


def _counted(parts: Parts) -> str:
    outbound = f"c.direction == outbound and c.to == debtor and ({_at_work('c')})"
    return f"count(contacts as c where {every_of([*counting.in_period(parts), outbound])})"


def _entries(parts: Parts) -> str:
    return _counted(parts) if counting.counts(parts) else ""


def _breach(parts: Parts) -> str:
    wrong = [
        _FORBIDDEN[word].format(at_work=_at_work("t")) for word in parts.get("forbidden", ()) if word in _FORBIDDEN
    ]
    if counting.counts(parts):
        wrong.append(f"{_counted(parts)} >= $at_most")
    at_work = f"action.to == debtor and ({_at_work('action')})"
    return every_of([at_work, *([one_of(wrong)] if wrong else []), *also(parts)])


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    wrong = [_ENGLISH[word] for word in parts.get("forbidden", ()) if word in _ENGLISH]
    if "at_most" in values:
        wrong.append(counting.too_often(parts, values))
    told = " ".join(["by contact with the debtor at work", *([english.listing(wrong, "or")] if wrong else [])])
    return [RuleLine("breached", told), *only_if(parts)]


KIND = RuleKind(
    name="workplace",
    title="breached at the debtor's work",
    fields={"forbidden": "words", **counting.FIELDS, "also_when": "condition"},
    required=(),
    values=(),
    optional=counting.OPTIONAL,
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    entries=_entries,
    evidence=counting.evidence_if_counted,
    arithmetic=counting.arithmetic,
    words={"forbidden": ("always", *_FORBIDDEN), **counting.WORDS},
)
