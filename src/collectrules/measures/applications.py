"""Functions applied to arguments, and what they give held against what they promise.

A function may be a plugin's. What it does wrong is noted in `context.faults`, which makes the verdict a review and
names the function and its module; its answer is then unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Endpoint
from collectrules.expressions.checked import TheAction, Variable
from collectrules.measures import NOTHING
from collectrules.measures.fields import holder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.expressions.checked import Application, Argument, Term
    from collectrules.expressions.functions import MeasureFunction
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Frame, Read

_TYPES: Final[Mapping[str, tuple[type, str]]] = {
    "bool": (bool, "True, False or None"),
    "int": (int, "a whole number or None"),
    "date": (int, "a day as a proleptic ordinal or None"),
    "money": (int, "ten-thousandths as a whole number or None"),
    "endpoint": (Endpoint, "an endpoint, NOTHING or None"),
}
"""What a function gives that is not unknown, and how that is told. A truth is no whole number here."""


def application(term: Application, make: Callable[[Term], Read]) -> Read:
    """A function applied to arguments; unknown where one of them is."""
    function = term.function
    read, (wanted, said), takes_nothing = function.read, _TYPES[function.result], function.takes_nothing
    gives_nothing = function.result == "endpoint"
    arguments = tuple([_argument(argument, make) for argument in term.arguments])

    def apply(x: Context, f: Frame) -> Any:
        values = []
        for argument, may_lack in arguments:
            value = argument(x, f)
            if may_lack and (value is None or (value is NOTHING and not takes_nothing)):
                return None
            values.append(value)
        try:
            given = read(x, *values)
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is unknown, and the verdict a review
            return _fault(x, function, f"failed: {type(error).__name__}: {error}")
        if given is None or type(given) is wanted or (gives_nothing and given is NOTHING):
            return given
        return _fault(x, function, f"gave {given!r:.100}, not {said}")

    if len(arguments) != 1:
        return apply
    ((only, lacks),) = arguments

    def apply_to_one(x: Context, f: Frame) -> Any:
        value = only(x, f)
        if lacks and (value is None or (value is NOTHING and not takes_nothing)):
            return None
        try:
            given = read(x, value)
        except Exception as error:  # noqa: BLE001 - as above
            return _fault(x, function, f"failed: {type(error).__name__}: {error}")
        if given is None or type(given) is wanted or (gives_nothing and given is NOTHING):
            return given
        return _fault(x, function, f"gave {given!r:.100}, not {said}")

    return apply_to_one


def _argument(argument: Argument, make: Callable[[Term], Read]) -> tuple[Read, bool]:
    """The reader of an argument, and whether it may be unknown or not stated."""
    if isinstance(argument.value, TheAction | Variable):
        return holder_of(argument.value), False
    return make(argument.value), argument.may_lack


def _fault(x: Context, function: MeasureFunction, message: str) -> None:
    fault = f"the function `{function.name}` of {function.origin} {message}"
    if fault not in x.faults:
        x.faults.append(fault)
