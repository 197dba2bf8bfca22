"""What the laws make of one act with one content after another: only what hangs on the content is decided anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules.verdict.findings import voices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectrules.law.strength import Decision
    from collectrules.verdict.judgement import Judgement

_FACT: Final = "action.content"


class Ruling(NamedTuple):
    """The decision, and what speaks for it: by the id of each rule, or the sentence of each gap, how it is told."""

    decision: Decision
    voices: Mapping[str, str]


class Contents:
    """Asks about the act of a judgement, whose content is stated, with another content; answers are kept."""

    def __init__(self, judgement: Judgement, likes: Sequence[Contents] = ()) -> None:
        """`likes` ask about the act by the channels that laws may mean by its own."""
        self._judgement = judgement
        self._likes = likes
        self._affected = judgement.law.dependence.on_fact(_FACT)
        self._known: dict[frozenset[str], Ruling] = {}

    def ruling(self, words: frozenset[str]) -> Ruling:
        """What is decided of the act with this content and no other."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._ruled(words)
        return known

    def _ruled(self, words: frozenset[str]) -> Ruling:
        context = self._judgement.context
        case = context.case
        assert case.action is not None, "a judgement has an act"
        other = case.but(action=case.action.but(content=tuple(sorted(words)), unclear=None))
        again = self._judgement.again(context.changed(other), self._affected)
        if again.decision == "allow":
            for like in self._likes:
                meant = like.ruling(words)
                if meant.decision != "allow":
                    return Ruling("review", meant.voices)
        return Ruling(again.decision, dict(voices(again)))
