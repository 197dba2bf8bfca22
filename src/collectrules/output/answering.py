"""The answer to a question in the form that is wanted: a page, the whole text, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.output import rendering, short

if TYPE_CHECKING:
    from collectrules.verdict.answers import Answer
    from collectrules.verdict.objects import ExploredVerdict


def told(answer: Answer, before_filing: ExploredVerdict | None = None, *, full: bool, as_json: bool) -> str:
    """The answer, and what the law asks for before the claim is filed; a page where neither is wanted."""
    if as_json:
        return rendering.answer_as_json(answer, before_filing)
    render = rendering.answer_as_text if full else short.answer_page
    return render(answer, before_filing)
