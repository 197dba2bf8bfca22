"""Law that is known to leave a question open: what was read does not settle it, and a person is asked.

Where `when:` holds, the answer stays open with the words of `question:`, whatever other blocks answer.
"""

from __future__ import annotations

from collectrules.law.questions import Block, QuestionKind, Reply


def _add(block: Block, reply: Reply) -> None:
    reply.open.append(f"{block.title}: {block.parts['question']}")


KIND = QuestionKind(
    name="open_question",
    title="what the law that was read does not settle",
    fields={"question": "word"},
    required=("question",),
    values=(),
    add=_add,
)
