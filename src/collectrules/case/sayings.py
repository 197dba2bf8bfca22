"""What an act or a contact says, claims and threatens, and the words of `content`: each made of the other.

Rules ask about one vocabulary, `content`. Format 2 says what is said (`says`), what somebody claims to be (`claims`,
true or not) and what is threatened (`threatens`, lawful and intended or not). What is not known of that, and what a
reader could not tell (`unclear`), is perhaps said: a rule that turns on such a word is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from collectrules.case import terms
from collectrules.case.declaring import UNKNOWN, Facts, declared, fact, required
from collectrules.case.keys_together import AtLeastOne, AtMostOne, Needs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

STATED: Final = ("says", "claims", "threatens")
"""The keys that stand in place of `content`."""
_UNCLEAR: Final = "unclear"
_ARREST: Final = "threat_arrest_unlawful"
_VIOLENCE: Final = "threat_violence"
_NOT_MEANT: Final = "threat_action_not_intended"
_MEANT: Final = "intends_specified_remedy"
_GARNISHMENT: Final = "garnishment_lawful_intended"
_CLAIMED: Final[Mapping[str, str]] = {
    "attorney": "claims_attorney_false",
    "government": "claims_government_affiliation",
    "credit_bureau": "claims_credit_bureau",
    "legal_process": "claims_legal_process_false",
    "another_business": "wrong_business_name",
    "crime": "claims_nonpayment_is_crime",
    "criminal": "accuses_crime_false",
    "amount_due": "false_amount",
}
"""The word of `content` for each claim that is false."""

_BESIDE: Final = "list there what is said besides; `says: []` where nothing is"
SAID_ONCE: Final = (
    AtMostOne(("content", "says")),
    Needs("claims", ("says",), _BESIDE),
    Needs("threatens", ("says",), _BESIDE),
    AtLeastOne(("content", "says"), beside=_UNCLEAR),
)
"""What is said stands in `content` or in `says`, whole, and what else is known of it beside that."""


@declared("claim", "a claim")
class Claim(Facts):
    """What somebody or something is claimed to be."""

    to_be: str = required(terms.CLAIMED, "what is claimed to be")
    true: bool | None = fact(terms.TRUTH, "it is", UNKNOWN)


@declared("threat", "a threat")
class Threat(Facts):
    """A step that is announced."""

    what: str = required(terms.THREATENED, "the step")
    lawful: bool | None = fact(terms.TRUTH, "it may lawfully be taken", UNKNOWN)
    intended: bool | None = fact(terms.TRUTH, "it is meant; absent, as `intends_to_act` of the act says", UNKNOWN)


class Content(tuple[str, ...]):  # noqa: SLOT001  # a tuple has no room for slots
    """The words that are said, and those of which it is not known whether they are said too (`perhaps`)."""

    perhaps: frozenset[str]

    def __new__(cls, said: Iterable[str], perhaps: Iterable[str] = ()) -> Self:
        """Words that are said are not said perhaps."""
        made = super().__new__(cls, tuple(said))
        made.perhaps = frozenset(perhaps) - set(made)
        return made


def is_sure(held: Collection[str], fits: Callable[[Collection[str]], bool]) -> bool | None:
    """Do the words fit, as none but these or none of these: None where that hangs on what may be said."""
    fitting = fits(held)
    return None if fitting and type(held) is Content and not fits(held.perhaps) else fitting


def folded(stated: dict[str, Any]) -> dict[str, Any]:
    """What is stated of an act or contact, by attributes, with `content` for what it says, claims and threatens."""
    if _UNCLEAR not in stated and "says" not in stated:
        return stated
    kept = {name: value for name, value in stated.items() if name not in (*STATED, _UNCLEAR)}
    said = list(stated.get("content") or stated.get("says") or ())
    perhaps = set(stated.get(_UNCLEAR) or ())
    for claim in stated.get("claims") or ():
        if claim.true is None:
            perhaps.add(_CLAIMED[claim.to_be])
        elif not claim.true:
            said.append(_CLAIMED[claim.to_be])
    for threat in stated.get("threatens") or ():
        intended = stated.get("intends_to_act") if threat.intended is None else threat.intended
        words = _threatened(threat.what, lawful=threat.lawful, intended=intended)
        if len(words) == 1:
            said += words
        else:
            perhaps.update(words)
    content = Content(dict.fromkeys(said), perhaps)
    open_words = {_UNCLEAR: tuple(sorted(content.perhaps))} if content.perhaps else {}
    return {**kept, "content": content if content.perhaps else tuple(content), **open_words}


def _threatened(what: str, *, lawful: bool | None, intended: bool | None) -> tuple[str, ...]:
    """The word for a threat; all that it may be where that is not known."""
    if what == "violence":
        return (_VIOLENCE,)
    meant = _GARNISHMENT if what == "garnishment" else _MEANT
    wrong = _ARREST if what == "arrest" else _NOT_MEANT
    if lawful is False:
        return (wrong,)
    if intended is False:
        return (_NOT_MEANT,) if what != "arrest" or lawful else (_ARREST,)
    return (meant,) if lawful and intended else (wrong, meant)


def unfolded(content: Iterable[str]) -> dict[str, list[Any]]:
    """The words of `content` as format 2 says them; folded again they are the same words."""
    says: list[Any] = []
    claims: list[Any] = []
    threatens: list[Any] = []
    false = {word: claim for claim, word in _CLAIMED.items()}
    threats: Mapping[str, dict[str, Any]] = {
        _VIOLENCE: {"what": "violence"},
        _ARREST: {"what": "arrest", "lawful": False},
        _NOT_MEANT: {"what": "step", "intended": False},
        _MEANT: {"what": "step", "lawful": True, "intended": True},
        _GARNISHMENT: {"what": "garnishment", "lawful": True, "intended": True},
    }
    for word in content:
        if word in false:
            claims.append({"to_be": false[word], "true": False})
        elif word in threats:
            threatens.append(threats[word])
        else:
            says.append(word)
    return {"says": says, **({"claims": claims} if claims else {}), **({"threatens": threatens} if threatens else {})}
