"""Filling a template: Jinja in a sandbox, and the statements that the text says.

A template has the values of the account and these functions: `says("licence_number")` writes a statement in the wording
of the account, the house or the law, `{% call states("licence_number") %}...{% endcall %}` in the template's own;
`notices()` writes those that the law asks for and that were not said yet; `fail("...")` refuses the letter.
Filters: `day`, `money(currency)`, `plus_days(n)`. No template reads a file, another template, or anything of Python.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from collectrules.ground.errors import InvalidInput, MissingExtra, Place, Problem, meant
from collectrules.law.statements import STATEMENTS
from collectrules.letters import documents
from collectrules.letters.languages import ENGLISH, language
from collectrules.letters.values import Facts, instalment_plan

try:
    from jinja2 import StrictUndefined, Undefined, UndefinedError
    from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
except ImportError as error:
    raise MissingExtra("writing letters", "documents") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Template

    from collectrules.letters.documents import Block
    from collectrules.letters.templates import Letter

_LONGEST: Final = 200_000
"""Characters of a filled letter: more is a slip of a template that repeats itself."""


class Filled(Struct, frozen=True):
    """The text of a letter in blocks, and the statements that stand in it."""

    blocks: tuple[Block, ...]
    said: frozenset[str]
    unworded: Mapping[str, str]
    """Of statements that the law asks for and that could not be worded: what is missing for that."""


def fill(
    letter: Letter,
    values: Mapping[str, Any],
    own: Mapping[str, str],
    required: Iterable[str],
    shown: Iterable[str] = (),
) -> Filled:
    """The letter with these values. `own` are the wordings of statements of the account and of the house.

    `required` are the statements that the law asks for, `shown` those that stand on it whatever the text is.

    Raises InvalidInput for what the letter needs and nobody stated, and for a template that is wrong.
    """
    return _Filling(letter, values, own, tuple(required), shown).filled()


class _Missing(StrictUndefined):
    """A value that nobody stated: using it says which."""

    @property
    def _undefined_message(self) -> str:
        of = self._undefined_obj
        return f"`{self._undefined_name}` of {of.label}" if isinstance(of, Facts) else f"`{self._undefined_name}`"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which also makes nothing that is endless."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(isinstance(each, int | Decimal) for each in (left, right)):
            raise SecurityError(f"`{operator}` is for amounts, and no power")
        return super().call_binop(context, operator, left, right)


class _Ready(str):
    """Text that was inserted as it should be."""

    __slots__ = ()


def _finalised(value: object) -> str:
    return value if isinstance(value, _Ready) else documents.inserted(_stated(value))


def _stated(value: Any) -> Any:
    """The value; one that is not there says so."""
    if isinstance(value, Undefined):
        str(value)
    return value


def _remedy(lacks: str) -> str:
    """Where to state what a template lacks."""
    house = "state it in the letterhead, which `--letterhead` or `letterhead:` of collectrules.yaml names"
    return house if "(in the letterhead)" in lacks else "state it"


def _plus_days(day: date, days: int) -> date:
    return _stated(day) + timedelta(days=int(_stated(days)))  # type: ignore[no-any-return]  # a day plus days


@cache
def _environment(code: str) -> _Sandbox:
    written_in = language(code)
    environment = _Sandbox(
        undefined=_Missing, finalize=_finalised, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals = {}
    environment.filters = {
        **{name: environment.filters[name] for name in ("join", "length", "first", "last", "sum", "map", "abs")},
        "day": lambda day: written_in.day_text(_stated(day)),
        "money": lambda amount, currency: written_in.money_text(_stated(amount), str(_stated(currency))),
        "plus_days": _plus_days,
    }
    return environment


@cache
def _template(text: str, code: str) -> Template:
    """The text as Jinja has compiled it: once a process, however many accounts are written to."""
    return _environment(code).from_string(text)


class _Filling:
    """One letter being filled."""

    def __init__(
        self,
        letter: Letter,
        values: Mapping[str, Any],
        own: Mapping[str, str],
        required: tuple[str, ...],
        shown: Iterable[str],
    ) -> None:
        self.letter = letter
        self.values = values
        self.own = own
        self.asked = required
        self.unworded: dict[str, str] = {}
        self.said = (set(letter.content) & set(STATEMENTS)) | set(shown)

    def filled(self) -> Filled:
        own = {"says": self.says, "states": self.states, "notices": self.notices, "fail": self.fail}
        functions: dict[str, Any] = {**own, "plan": instalment_plan}
        try:
            text = _template(self.letter.text, self.letter.language).render({**functions, **self.values})
            if len(text) > _LONGEST:
                raise self.wrong(f"it is longer than {_LONGEST:,} characters", "a letter has a few pages")
            return Filled(tuple(documents.blocks(text)), frozenset(self.said), self.unworded)
        except TemplateSyntaxError as error:
            line = self.letter.first_line + (error.lineno or 1) - 1
            raise self.wrong(f"Jinja cannot read it: {error.message}", "", line) from error
        except UndefinedError as error:
            raise self.wrong(f"the letter needs {error}, which nobody states", _remedy(str(error))) from error
        except (TemplateError, SecurityError, ValueError, TypeError, ArithmeticError) as error:
            raise self.wrong(str(error), "mend the template, or what it is given") from error

    def says(self, word: str) -> str:
        """The statement in the wording of the account or the house, else in the usual one."""
        self.known(word)
        if word in self.own:
            self.said.add(word)
            return _Ready(documents.inserted(self.own[word]))
        usual = language(self.letter.language).statements.get(word)
        if usual is None:
            code = self.letter.language
            known_in = "is known" if code == ENGLISH else f"is known in the language `{code}`"
            remedy = f"word it under `statements: {{{word}: ...}}` of the letterhead, or as detail `{word}`"
            raise self.wrong(f"{STATEMENTS[word]} (`{word}`) must be said, and no wording of it {known_in}", remedy)
        text = _template(usual.says, self.letter.language).render(self.values)
        self.said.update((word, *usual.holds))
        return _Ready(text)

    def states(self, word: str, caller: Callable[[], str]) -> str:
        """The statement in the words of the template."""
        self.known(word)
        text = caller()
        if not documents.plain(text).strip():
            raise self.wrong(f"`{word}` is stated by no words", "write them between `call` and `endcall`")
        self.said.add(word)
        return _Ready(text)

    def notices(self) -> str:
        """What the law asks for and was not said yet, in the order of the law, a paragraph each.

        What cannot be worded is left out: the letter then lacks it.
        """
        written = []
        for word in self.asked:
            if word not in self.said:
                try:
                    written.append(self.says(word))
                except UndefinedError as error:
                    self.unworded[word] = f"state {error}"
                except InvalidInput as error:
                    self.unworded[word] = error.problems[0].help
        return _Ready("\n\n".join(written))

    def fail(self, message: str) -> str:
        """Refuse the letter."""
        raise self.wrong(documents.plain(str(message)), "")

    def known(self, word: str) -> None:
        if word not in STATEMENTS:
            raise self.wrong(f"there is no statement `{word}`", meant(str(word), STATEMENTS))

    def wrong(self, message: str, help_: str, line: int = 0) -> InvalidInput:
        return InvalidInput([Problem(Place(self.letter.place, line, 1 if line else 0), "CR842", message, help_)])
