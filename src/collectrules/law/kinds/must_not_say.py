"""What must not be said or done: prohibited tactics.

`content:` is content that a communication must not have, `tactics:` names of practices, `purposes:` purposes that no
act may have, `envelope:` what no envelope may show. One of them is enough for a breach. `also_when:` is a further
condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.expressions import english
from collectrules.expressions.words_said import said
from collectrules.law.kinds import Mistake, Parts, RuleKind, RuleLine, Values, also, every_of, listed, one_of, only_if

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ASKED: Final[Mapping[str, str]] = {
    "content": "action.content has any",
    "tactics": "action.tactic in",
    "purposes": "action.purpose in",
    "envelope": "action.envelope has any",
}
_ENGLISH: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "content": ("what says or holds", said),
    "tactics": ("the practice of", english.words),
    "purposes": ("an act whose purpose is", english.words),
    "envelope": ("an envelope that shows", english.words),
}


def _mistakes(parts: Parts, _: Values) -> Iterator[Mistake]:
    if not any(parts.get(name) for name in _ASKED):
        yield Mistake("kind", "nothing is forbidden", f"name it under {english.listing(list(_ASKED), 'or')}")


def _breach(parts: Parts) -> str:
    asked = [f"{question} {listed(parts[name])}" for name, question in _ASKED.items() if parts.get(name)]
    return every_of([one_of(asked), *also(parts)])


def _english(parts: Parts, _: Values) -> list[RuleLine]:
    told = [
        f"by {how} {english.listing([say(word) for word in parts[name]], 'or')}"
        for name, (how, say) in _ENGLISH.items()
        if parts.get(name)
    ]
    return [RuleLine("breached", ", or ".join(told)), *only_if(parts)]


KIND = RuleKind(
    name="must_not_say",
    title="breached by what is said or done",
    fields={**dict.fromkeys(_ASKED, "words"), "also_when": "condition"},
    required=(),
    values=(),
    breach=_breach,
    mistakes=_mistakes,
    english=_english,
)
