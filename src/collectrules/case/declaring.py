"""How the objects of a case are declared: classes whose fields are facts, frozen and equal by what they state."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Self, TypeVar, dataclass_transform

from collectrules.case.keys import FACTS_OF_LAWS, Absence, Fact, Keys, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from collectrules.case.kinds import Kind, Setting

T = TypeVar("T")
F = TypeVar("F", bound="Facts")

NONE: Final = Absence("none")
UNKNOWN: Final = Absence("unknown")
YES: Final = Absence("is", value=True)
NO: Final = Absence("is", value=False)
LAWFUL: Final = Absence("lawful")
ALL_DEBTS: Final = Absence("all_debts", structural=True)
SAYS_NONE: Final = Absence("none", structural=True)
"""In a partial record too, absent means that there is none."""


def usually(value: object, *, structural: bool = False) -> Absence:
    """Absent, it is this."""
    return Absence("is", value, structural=structural)


def same_as(key: str, *, structural: bool = False) -> Absence:
    """Absent, it is what another key says."""
    return Absence("same_as", key, structural=structural)


class Facts:
    """What the classes of a case share. What is absent is None, by the class; an object holds what is stated alone.

    Objects are frozen and equal by value. Where in a file a case stands is not compared. A fact that a law declares is
    held like the others, under its name with `facts.` before it, which no field of a class can have.
    """

    KEYS: ClassVar[Keys[Any]]

    def __init__(self, **stated: Any) -> None:
        declared: Mapping[str, Any] = type(self).__dataclass_fields__  # type: ignore[attr-defined]
        strange = stated.keys() - declared.keys()
        missing = [name for name, each in declared.items() if each.default is MISSING and name not in stated]
        if strange or missing:
            wrong = f"has no {', '.join(sorted(strange))}" if strange else f"needs {', '.join(missing)}"
            message = f"{type(self).__name__} {wrong}"
            raise TypeError(message)
        vars(self).update(_unfolded({name: value for name, value in stated.items() if value is not None}))

    def but(self, **changes: Any) -> Self:
        """The same object with some facts stated otherwise; they are not checked again. None: not stated."""
        made = object.__new__(type(self))
        vars(made).update(vars(self), **_unfolded(changes))
        return made

    def facts_of_laws(self) -> Mapping[str, Any] | None:
        """What it states of facts that laws declare, by name; None where it states none."""
        stated = vars(self).items()
        of_laws = {name: value for name, value in stated if name.startswith(_OF_LAWS) and value is not None}
        return {name.removeprefix(_OF_LAWS): value for name, value in of_laws.items()} or None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        message = f"cannot assign to field {name!r}"
        raise FrozenInstanceError(message)

    def __delattr__(self, name: str) -> NoReturn:
        message = f"cannot delete field {name!r}"
        raise FrozenInstanceError(message)

    def _compared(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name not in _NOT_COMPARED}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        # A mapping cannot be hashed; the rest tells two apart well enough.
        return hash(frozenset(item for item in self._compared().items() if not isinstance(item[1], dict)))

    def __repr__(self) -> str:
        stated = vars(self)
        shown = [f"{each.name}={stated[each.name]!r}" for each in fields(self) if each.name in stated]  # type: ignore[arg-type]
        shown += [f"{name}={value!r}" for name, value in stated.items() if name.startswith(_OF_LAWS)]
        return f"{type(self).__name__}({', '.join(shown)})"


_OF_LAWS: Final = f"{FACTS_OF_LAWS}."


def _unfolded(stated: dict[str, Any]) -> dict[str, Any]:
    """What is stated, with each fact of a law beside the others."""
    if FACTS_OF_LAWS in stated:
        for name, value in (stated.pop(FACTS_OF_LAWS) or {}).items():
            stated[f"{_OF_LAWS}{name}"] = value
    return stated


def values_in(stated: Any) -> list[Any]:
    """Every single value in what a case states, in no order."""
    found, waiting = [], [stated]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Facts):
            waiting += vars(value).values()
        elif isinstance(value, tuple):
            waiting += value
        else:
            found.append(value)
    return found


_NOT_COMPARED: Final = frozenset({"place", "format_version", "was_read", "read_for"})


def of(made: type[F], fold: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> Callable[[dict[str, Any]], F]:
    """Return what makes an object of facts that were read, as they stand and unchecked."""
    new, put = made.__new__, object.__setattr__

    def make(stated: dict[str, Any]) -> F:
        instance = new(made)
        stated = stated if fold is None else fold(stated)
        put(instance, "__dict__", _unfolded(stated))
        return instance

    return make


def fact(kind: Kind[T], description: str = "", absent: Absence | None = None) -> T | None:
    """A key that may be absent."""
    return field(default=None, metadata={"fact": (kind, description, absent, False)})


def read_as(key: str, kind: Kind[T], description: str = "") -> T | None:
    """A key that may be absent, and of which rules know no more than what it makes of another key of the object."""
    return field(default=None, metadata={"fact": (kind, description, SAYS_NONE, False), "read_as": key})


def required(kind: Kind[T], description: str = "") -> T:
    """A key that must be there."""
    return field(metadata={"fact": (kind, description, None, True)})  # type: ignore[no-any-return]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(required, field))
def declared(
    name: str,
    title: str,
    rules: Iterable[Rule] = (),
    enter: Callable[[dict[Any, Any], Setting], Setting] | None = None,
    fold: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> Callable[[type[F]], type[F]]:
    """Make a class with facts the one that stands for an object of a case; `KEYS` of the class reads and writes it.

    `fold` makes what an object holds of what was read, by attributes.
    """

    def make(made: type[F]) -> type[F]:
        made = dataclass(kw_only=True, init=False, repr=False, eq=False, match_args=False)(made)
        facts = [
            Fact(
                "from" if each.name == "from_" else each.name,
                kind,
                description,
                absent,
                required=must,
                read_as=each.metadata.get("read_as", ""),
            )
            for each in fields(made)  # type: ignore[arg-type]
            if "fact" in each.metadata
            for kind, description, absent, must in [each.metadata["fact"]]
        ]
        for each in facts:
            setattr(made, each.attribute, None)  # what must be stated is None too where Python code left it out
        if FACTS_OF_LAWS in {each.key for each in facts}:
            setattr(made, FACTS_OF_LAWS, property(made.facts_of_laws))
        made.KEYS = Keys(name, title, facts, of(made, fold), rules=rules, enter=enter)
        return made

    return make
