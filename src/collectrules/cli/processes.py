"""Many cases, or other items of a file, answered by several processes, in the order in which they stand.

The first cases are answered here: the first answer comes at once, and what was read and made for it is shared by the
processes that are forked then. Where there is no fork each begins anew. Only so many items are on their way as keep
every process busy, so that memory does not grow with the file.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from collectrules.cli.accounts import chosen
from collectrules.ground import switches
from collectrules.ground.errors import CollectrulesError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case
    from collectrules.case.reading import Document
    from collectrules.cli.asking import Sources

MANY: Final = 300
"""So many cases are answered by one process before others are begun, where nobody says how many."""
_FIRST: Final = 16
"""The same where somebody does."""
_AT_ONCE: Final = 16
"""Items that a process is given together."""
_WAITING: Final = 3
"""So many times that for each process."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class HowAsked(Protocol):
    """What was asked for of every case, and what an advisor of another process is made from."""

    @property
    def sources(self) -> Sources:
        """By which law is answered."""

    def of_several(self) -> Self:
        """The same for each of several cases."""


T = TypeVar("T")
W = TypeVar("W", bound=HowAsked)
Tell = Callable[["Advisor", "Case | InvalidInput", W], T]
"""What is told of one case, as it is wanted: a function of a module, so that another process finds it."""


D = TypeVar("D")
Answer = Callable[[D], list[T]]
"""What is told of one item."""


def _of_cases(way: W, tell: Tell[W, T], advisor: Advisor | None = None) -> Answer[Document, T]:
    """What tells of each case of a document; without an advisor, by one of its own."""
    by = way.sources.advisor() if advisor is None else advisor
    return lambda document: [tell(by, case, way) for case in by.cases_of(document)]


_answering: list[Answer[Any, Any]] = []
"""What this process answers with; of a forked one, what its parent had made."""


def _begin(make: Callable[[], Answer[D, T]], off: Mapping[str, str]) -> None:
    if not _answering:
        switches.switch_off(off)  # a process that was not forked knows nothing of it
        _answering.append(make())


def _batch(items: tuple[Any, ...]) -> list[Any] | str:
    """What is told of some items; as text, what keeps all from being answered."""
    try:
        return [each for item in items for each in _answering[0](item)]
    except CollectrulesError as error:
        return str(error)


def of_file(  # noqa: PLR0913  # which file, how it is told, by how many
    advisor: Advisor,
    path: Path,
    way: W,
    jobs: int | None,
    tell: Tell[W, T],
    *,
    alone: bool,
    watched: Callable[[Iterator[T]], Iterator[T]] = iter,
) -> Iterator[T]:
    """What is told of every case of a file, as `each_answer` has it; what is wrong with the file is told like a case.

    A single case, of a file that stands `alone`, is told as is wanted, else each as one of several. What comes of many
    documents goes through `watched`.
    """
    try:
        documents = advisor.documents(path)
        first = list(islice(documents, 2))  # no more: the first answer is told before the last is read
        if len(first) > 1:
            each = way.of_several()
            here, make = _of_cases(each, tell, advisor), partial(_of_cases, each, tell)
            yield from watched(each_answer(here, chain(first, documents), jobs, make))
            return
        for document in first:
            read = advisor.cases_of(document)
            few = list(islice(read, 2))
            each = way if alone and len(few) == 1 else way.of_several()
            for case in chain(few, read):
                yield tell(advisor, case, each)
    except InvalidInput as error:
        yield tell(advisor, error, way)


def answered_of(  # noqa: PLR0913, PLR0917  # which files, which account, how it is told, by how many
    advisor: Advisor,
    paths: tuple[Path, ...],
    account: str | None,
    way: W,
    jobs: int | None,
    tell: Tell[W, T],
    watched: Callable[[Path, Iterator[T]], Iterator[T]] = lambda _, told: told,
) -> Iterator[T]:
    """What is told of every case of the files, or of the one account that is named, which is told alone."""
    if account is not None:
        yield from (tell(advisor, case, way) for case in chosen(advisor, paths, account))
        return
    for path in paths:
        yield from of_file(advisor, path, way, jobs, tell, alone=len(paths) == 1, watched=partial(watched, path))


def each_answer(
    here: Answer[D, T], items: Iterator[D], jobs: int | None, make: Callable[[], Answer[D, T]]
) -> Iterator[T]:
    """What is told of every item, in order, by so many processes; None: as many as there are cores, if there are many.

    `here` answers in this process; `make` makes the same anew in one that was not forked, and can be sent there. Raises
    CollectrulesError for a ruleset that cannot be read.
    """
    for item in items if jobs == 1 else islice(items, MANY if jobs is None else _FIRST):
        yield from here(item)
    number = jobs or cores()
    first = next(items, None) if number > 1 else None
    if first is None:
        for item in items:
            yield from here(item)
        return
    import multiprocessing  # here, so that who asks about one case does not wait for it
    from concurrent.futures import ProcessPoolExecutor

    _answering[:] = [here]
    gc.freeze()  # what is shared stays shared: the collector would write to it
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    with ProcessPoolExecutor(number, context, _begin, (make, switches.switched_off())) as processes:
        waiting = deque([processes.submit(_batch, (first,))])
        batches = iter(lambda: tuple(islice(items, _AT_ONCE)), ())
        while waiting:
            for some in islice(batches, max(0, number * _WAITING - len(waiting))):
                waiting.append(processes.submit(_batch, some))
            answered = waiting.popleft().result()
            if isinstance(answered, str):
                processes.shutdown(cancel_futures=True)
                raise CollectrulesError(answered)
            yield from answered
    _answering.clear()
