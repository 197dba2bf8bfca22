"""Contact with somebody other than the debtor: with whom, what for, saying what, how often.

`to:` names the recipients that the rule is about, or `others_than:` those whom it is not about. `purposes:` are what
such a contact may be for; `never_says:` is content that it must not have; `$at_most` how often the same person may be
contacted, in `$days` or a calendar `period` (`counting`), or ever where there is none. With none of these
any such contact is a breach. `also_when:` is a further condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.case import terms
from collectrules.expressions import english
from collectrules.expressions.words_said import said
from collectrules.law import counting
from collectrules.law.kinds import (
    SAME_PERSON,
    Mistake,
    Parts,
    RuleKind,
    RuleLine,
    Values,
    also,
    every_of,
    listed,
    one_of,
    only_if,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    if bool(parts.get("to")) == bool(parts.get("others_than")):
        yield Mistake("to", "the recipients are told by `to` or by `others_than`", "to: [employer]")
    yield from counting.mistakes(parts)


def _is_third(parts: Parts) -> str:
    if parts.get("to"):
        return f"action.to in {listed(parts['to'])}"
    return f"action.to not in {listed(parts['others_than'])}"


def _counted(parts: Parts) -> str:
    conditions = [*counting.in_period(parts), "c.direction == outbound", SAME_PERSON]
    return f"count(contacts as c where {every_of(conditions)})"


def _entries(parts: Parts) -> str:
    return _counted(parts) if counting.counts(parts) else ""


def _breach(parts: Parts) -> str:
    wrong = []
    if parts.get("purposes"):
        wrong.append(f"action.purpose not in {listed(parts['purposes'])}")
    if parts.get("never_says"):
        wrong.append(f"action.content has any {listed(parts['never_says'])}")
    if counting.counts(parts):
        wrong.append(f"{_counted(parts)} >= $at_most")
    return every_of([_is_third(parts), *([one_of(wrong)] if wrong else []), *also(parts)])


def _words(parts: Parts, key: str, joined_by: str) -> str:
    return english.listing([english.words(word) for word in parts[key]], joined_by)


def _english(parts: Parts, values: Values) -> list[RuleLine]:
    who = (
        f"with {_words(parts, 'to', 'or')}"
        if parts.get("to")
        else f"with anybody but {_words(parts, 'others_than', 'or')}"
    )
    wrong = []
    if parts.get("purposes"):
        wrong.append(f"for another purpose than {_words(parts, 'purposes', 'or')}")
    if parts.get("never_says"):
        wrong.append(f"that says or holds {english.listing(list(map(said, parts['never_says'])), 'or')}")
    if "at_most" in values:
        wrong.append(f"with the same person {counting.too_often(parts, values)}")
    told = f"by contact {who}{', ' if wrong else ''}{english.listing(wrong, 'or') if wrong else ''}"
    return [RuleLine("breached", told), *only_if(parts)]


KIND = RuleKind(
    name="third_party",
    title="breached by contact with somebody else",
    fields={
        "to": "words",
        "others_than": "words",
        "purposes": "words",
        "never_says": "words",
        **counting.FIELDS,
        "also_when": "condition",
    },
    required=(),
    values=(),
    optional=counting.OPTIONAL,
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
    entries=_entries,
    evidence=counting.evidence_if_counted,
    arithmetic=counting.arithmetic,
    words={"to": terms.RECIPIENT.words, "others_than": terms.RECIPIENT.words, **counting.WORDS},
)
