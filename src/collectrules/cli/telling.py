"""How `check` tells the answer to one case: a line, a page or the whole, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from collectrules.case.reading import asks_nothing
from collectrules.ground.errors import InvalidInput

if TYPE_CHECKING:
    from typing import Self

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.cli.another_act import AnotherAct
    from collectrules.cli.asking import Sources

Form = Literal["line", "page", "whole"]


class Way(NamedTuple):
    """What was asked for of every answer, in values that another process can be given."""

    form: Form
    as_json: bool
    explain: bool
    colour: bool
    log: bool
    """Is a line for a log wanted too?"""
    names: bool
    """With the names, numbers and addresses?"""
    other: AnotherAct | None
    sources: Sources

    def of_several(self) -> Self:
        """The same for each of several: a line instead of a page."""
        return self._replace(form="line") if self.form == "page" else self


class Told(NamedTuple):
    """The text with its end of line, `allow`, `deny`, `review`, `answer`, `open` or `wrong`, and the line for the log.

    Of what cannot be read: what is wrong, and as text the line that stands in its place.
    """

    text: str
    answer: str
    log: str = ""
    wrong: str = ""


def told(advisor: Advisor, case: Case | InvalidInput, way: Way) -> Told:
    """The answer to a case as it is wanted. Raises InvalidInput for a ruleset that cannot be read."""
    if isinstance(case, InvalidInput):
        return _wrong(case, way)
    if way.other is not None:
        case = way.other.of(case, advisor.rulebook.channels)
    if case.is_account:
        return _wrong(asks_nothing(case), way)
    return _of_question(advisor, case, way) if case.action is None else _of_act(advisor, case, way)


def _wrong(error: InvalidInput, way: Way) -> Told:
    """A case that cannot be read has a line of its own in JSON, so that lines can be counted."""
    from collectrules.output.rendering import problems_as_json

    return Told(f"{problems_as_json(error)}\n" if way.as_json else "", "wrong", "", str(error))


def _of_act(advisor: Advisor, case: Case, way: Way) -> Told:
    from collectrules.output import rendering, short

    if way.form == "line":
        brief = advisor.brief(case)
        as_json = short.line_as_json(brief)
        text = as_json if way.as_json else short.line(brief, colour=way.colour)
        return Told(text, brief.decision, _logged(advisor, case, as_json, way))
    verdict = advisor.explore(case)
    if way.form == "page":
        text = short.page(verdict, colour=way.colour)
    else:
        explanation = advisor.explain(case) if way.explain else None
        whole = (
            rendering.as_json(verdict, explanation)
            if way.as_json
            else rendering.as_text(verdict, explanation, colour=way.colour)
        )
        text = f"{whole}\n"
    return Told(text, verdict.decision, _logged(advisor, case, rendering.as_json(verdict) if way.log else "", way))


def _of_question(advisor: Advisor, case: Case, way: Way) -> Told:
    from collectrules.output import rendering, short

    answer = advisor.answer(case)
    if way.form == "line":
        brief = short.brief_of_answer(answer)
        text = short.line_as_json(brief) if way.as_json else short.line(brief)
    elif way.form == "page":
        text = short.answer_page(answer)
    else:
        text = f"{rendering.answer_as_json(answer) if way.as_json else rendering.answer_as_text(answer)}\n"
    log = _logged(advisor, case, rendering.answer_as_json(answer) if way.log else "", way)
    return Told(text, "answer" if answer.complete else "open", log)


def _logged(advisor: Advisor, case: Case, answered: str, way: Way) -> str:
    if not way.log:
        return ""
    from collectrules.output.log import log_line

    return log_line(case, answered, advisor.rulebook.facts(), names=way.names)
