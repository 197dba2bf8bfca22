"""Functions applied to arguments, and what they give held against what they promise.

A function may be a plugin's. What it does wrong is noted in `context.faults`, which makes the verdict a review and names
the function and its module; its answer is then unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collectrules.case.objects import Endpoint
from collectrules.expressions.checked import TheAction, Variable
from collectrules.measures import NOTHING
from collectrules.measures.fields import holder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from collectrules.expressions.checked import Application, Term
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
    call, takes_nothing = _held(function), function.takes_nothing
    arguments: list[tuple[Read, bool]] = []
    for argument in term.arguments:
        if isinstance(argument.value, TheAction | Variable):
            arguments.append((holder_of(argument.value), False))
        else:
            arguments.append((make(argument.value), argument.may_lack))
    match arguments:
        case [(only, False)]:
            return lambda x, f: call(x, only(x, f))
        case [(first, lacks), (second, lacks_too)] if not takes_nothing:

            def two(x: Context, f: Frame) -> Any:
                one = first(x, f)
                if lacks and (one is None or one is NOTHING):
                    return None
                other = second(x, f)
                if lacks_too and (other is None or other is NOTHING):
                    return None
                return call(x, one, other)

            return two

    def several(x: Context, f: Frame) -> Any:
        values = []
        for read, may_lack in arguments:
            value = read(x, f)
            if may_lack and (value is None or (value is NOTHING and not takes_nothing)):
                return None
            values.append(value)
        return call(x, *values)

    return several


def _held(function: MeasureFunction) -> Callable[..., Any]:
    """The function, with what it gives held against its type."""
    read, (wanted, said) = function.read, _TYPES[function.result]
    gives_nothing = function.result == "endpoint"

    def call(x: Context, *arguments: Any) -> Any:
        try:
            value = read(x, *arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is unknown, and the verdict a review
            return _fault(x, function, f"failed: {type(error).__name__}: {error}")
        if value is None or type(value) is wanted or (gives_nothing and value is NOTHING):
            return value
        return _fault(x, function, f"gave {value!r:.100}, not {said}")

    return call


def _fault(x: Context, function: MeasureFunction, message: str) -> None:
    fault = f"the function `{function.name}` of {function.origin} {message}"
    if fault not in x.faults:
        x.faults.append(fault)
