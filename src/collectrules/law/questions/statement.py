"""An answer that the law simply gives: a licence is needed, an act covers the debt, the debt has ceased to exist.

`gives:` holds the answers by the names of case files; the block's `when:` says where they hold.
"""

from __future__ import annotations

from typing import Final

from collectrules.law.questions import Block, QuestionKind, Reply

_TRUTHS: Final = {"true": True, "false": False}
_SHOWN: Final = {"true": "yes", "false": "no"}


def _add(block: Block, reply: Reply) -> None:
    new = {name: value for name, value in block.parts["gives"].items() if name not in reply.values}
    for name, value in new.items():
        reply.values[name] = _TRUTHS.get(value, value)
        reply.steps.append(f"{block.title}: {name.replace('_', ' ')}: {_SHOWN.get(value, value.replace('_', ' '))}")


KIND = QuestionKind(
    name="statement",
    title="an answer that the law simply gives",
    fields={"gives": "given"},
    required=("gives",),
    values=(),
    add=_add,
)
