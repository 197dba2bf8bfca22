"""What a communication must say: a disclosure, a warning, a name.

`all_of:` is content that must all be there, `one_of:` content of which one is enough, `not_omitted:` duties that must
not be left out. A complete record that states no content is taken to say what the law asks for, and says so under what
was assumed. `also_when:` is a further condition, for when it must be said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.expressions import english
from collectrules.expressions.words_said import said
from collectrules.law.kinds import Mistake, Parts, RuleKind, RuleLine, Values, also, every_of, listed, one_of, only_if

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELDS = ("all_of", "one_of", "not_omitted")


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    if not any(parts.get(name) for name in _FIELDS):
        yield Mistake("kind", "nothing must be said", f"name it under {english.listing(_FIELDS, 'or')}")


def _breach(parts: Parts) -> str:
    missing = [f"action.content lacks {word}" for word in parts.get("all_of", ())]
    if parts.get("one_of"):
        missing.append(f"({every_of(f'action.content lacks {word}' for word in parts['one_of'])})")
    if parts.get("not_omitted"):
        missing.append(f"action.omits has any {listed(parts['not_omitted'])}")
    return every_of([one_of(missing), *also(parts)])


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    all_of, one_of_them = (list(map(said, parts.get(field, ()))) for field in ("all_of", "one_of"))
    duties = [english.words(word) for word in parts.get("not_omitted", ())]
    told = [f"without {english.listing(all_of, 'or')}"] if all_of else []
    if len(one_of_them) > 1:
        told.append(f"with neither {english.listing(one_of_them, 'nor')}")
    elif one_of_them:
        told.append(f"without {one_of_them[0]}")
    if duties:
        told.append(f"that leaves out {english.listing(duties, 'or')}")
    return [RuleLine("breached", f"by a communication {', or '.join(told)}"), *only_if(parts)]


KIND = RuleKind(
    name="must_say",
    title="breached by what is not said",
    fields={"all_of": "words", "one_of": "words", "not_omitted": "words", "also_when": "condition"},
    required=(),
    values=(),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
)
