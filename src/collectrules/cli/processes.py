"""Many cases answered by several processes, in the order in which they stand.

The first cases are answered here: the first answer comes at once, and what was read and made for it is shared by the
processes that are forked then. Where there is no fork each begins anew. Only so many documents are on their way as keep
every process busy, so that memory does not grow with the file.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from collectrules.cli.telling import Told, told
from collectrules.ground import switches
from collectrules.ground.errors import CollectrulesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.case.reading import Document
    from collectrules.cli.telling import Way
    from collectrules.ground.errors import InvalidInput

MANY: Final = 300
"""So many cases are answered by one process before others are begun, where nobody says how many."""
_FIRST: Final = 16
"""The same where somebody does."""
_AT_ONCE: Final = 16
"""Documents that a process is given together."""
_WAITING: Final = 3
"""So many times that for each process."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class HowAsked(Protocol):
    """What an advisor of another process is made from."""

    @property
    def configuration(self) -> Path | None:
        """The company's file."""

    @property
    def rulesets(self) -> tuple[Path, ...]:
        """Folders with more rulesets."""

    @property
    def today(self) -> date | None:
        """The day of the check."""


T = TypeVar("T")
W = TypeVar("W", bound=HowAsked)
Tell = Callable[["Advisor", "Case | InvalidInput", W], T]
"""What is told of one case, as it is wanted: a function of a module, so that another process finds it."""


class _Answering(Generic[W, T]):
    """What this process answers with; of a forked one, what its parent had made."""

    def __init__(self, advisor: Advisor, way: W, tell: Tell[W, T]) -> None:
        self.advisor = advisor
        self.way = way
        self.tell = tell

    def told(self, document: Document) -> list[T]:
        """What is told of each case of a document."""
        return [self.tell(self.advisor, case, self.way) for case in self.advisor.cases_of(document)]


_answering: list[_Answering[Any, Any]] = []


def _begin(way: W, tell: Tell[W, T], off: Mapping[str, str]) -> None:
    if not _answering:
        switches.switch_off(off)  # a process that was not forked knows nothing of it
        from collectrules.cli import asking

        _answering.append(_Answering(asking.advisor(way.configuration, way.rulesets, way.today), way, tell))


def _batch(documents: tuple[Document, ...]) -> list[Any] | str:
    """What is told of the cases of some documents; as text, what keeps all from being answered."""
    try:
        return [each for document in documents for each in _answering[0].told(document)]
    except CollectrulesError as error:
        return str(error)


def each_told(advisor: Advisor, documents: Iterator[Document], way: Way, jobs: int | None) -> Iterator[Told]:
    """The verdict on every case as `check` tells it, as `each_of` has it."""
    return each_of(advisor, documents, way, jobs, told)


def each_of(advisor: Advisor, documents: Iterator[Document], way: W, jobs: int | None, tell: Tell[W, T]) -> Iterator[T]:
    """What is told of every case, in order, by so many processes; None: as many as there are cores, if there are many.

    Raises CollectrulesError for a ruleset that cannot be read.
    """
    here = _Answering(advisor, way, tell)
    for document in documents if jobs == 1 else islice(documents, MANY if jobs is None else _FIRST):
        yield from here.told(document)
    number = jobs or cores()
    first = next(documents, None) if number > 1 else None
    if first is None:
        for document in documents:
            yield from here.told(document)
        return
    _answering[:] = [here]
    gc.freeze()  # what is shared stays shared: the collector would write to it
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    with ProcessPoolExecutor(number, context, _begin, (way, tell, switches.switched_off())) as processes:
        waiting = deque([processes.submit(_batch, (first,))])
        batches = iter(lambda: tuple(islice(documents, _AT_ONCE)), ())
        while waiting:
            for some in islice(batches, max(0, number * _WAITING - len(waiting))):
                waiting.append(processes.submit(_batch, some))
            answered = waiting.popleft().result()
            if isinstance(answered, str):
                processes.shutdown(cancel_futures=True)
                raise CollectrulesError(answered)
            yield from answered
    _answering.clear()
