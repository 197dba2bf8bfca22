"""What can be wrong with a file or a request, said so that its author can mend it.

Messages are lower case and have up to four parts: the place, what is wrong, what was probably meant, what to do.
They are part of the public interface: tests hold them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground.plain import PlainValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Place(PlainValue, frozen=True):
    """Where in a file something stands. Lines and columns count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(Struct, frozen=True):
    """One thing that is wrong, and where. `code` is stable (`CR120`); `help` says what was meant or what to do."""

    place: Place
    code: str
    message: str
    help: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.code} {self.message}"
        return f"{text}\n    {self.help}" if self.help else text


class CollectrulesError(Exception):
    """Base of every error that is the caller's to mend. Anything else that escapes is a fault of this program."""


class InvalidInput(CollectrulesError):
    """A case, ruleset, configuration or plugin that cannot be used. Carries every problem found, not the first."""

    case: str = ""
    """The id of the case that is wrong, where one of several is and says it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        from collectrules.ground import limits  # only for what is wrong: nothing else needs it

        once = dict.fromkeys(problems)
        self.problems = tuple(sorted(once, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code)))
        most = limits.most("problems")  # of a file that is not what it is taken for, nobody reads more
        told = [str(problem) for problem in self.problems[:most]]
        if (more := len(self.problems) - most) > 0:
            told.append(f"and {more:,} more problem{'s' if more > 1 else ''}")
        super().__init__("\n".join(told))


class MissingExtra(CollectrulesError):
    """An optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an extra that is not installed\n    run: pip install 'collectrules[{extra}]'"
        )


_LONGEST_WORD: Final = 100
"""Longer text is no slip of a word, and dear to compare."""
_SHORT_WORD: Final = 5
"""Half of a word of so many letters is in any other."""


def plain_word(word: str) -> str:
    """A word in small letters and with underscores, as vocabularies have them."""
    return word.strip().lower().replace("-", "_").replace(" ", "_")


def meant(word: str, known: Iterable[str], usual: Mapping[str, str] = _NONE) -> str:
    """`did you mean ...?` for the nearest known word, else the empty text.

    `usual` holds other words that people use for known ones, in small letters and with underscores.
    """
    if len(word) > _LONGEST_WORD:
        return ""
    from difflib import get_close_matches  # only for what is wrong: nothing else needs it

    plain, names = plain_word(word), list(known)
    other = plain if plain != word and plain in names else usual.get(plain)
    cutoff = 0.6 if len(word) > _SHORT_WORD else 0.65
    near = [other] if other else get_close_matches(word, names, n=1, cutoff=cutoff)
    return f"did you mean `{near[0]}`?" if near else ""
