"""The mutants that are known to survive, each with a reason: no example can notice them, or none is worth its lines.

```yaml
survivors:
  - reason: the clock of the act is told in whole minutes, and no law here speaks of a part of one
    mutants:
      - 'us.xx.calls: values.from 2021-11-30: 08:00 -> 07:59'
```

One that is noticed after all, or is no mutant any more, is told: the list stays as short as it can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground import source
from collectrules.ground.errors import Place, Problem
from collectrules.ground.nodes import Listing, Scalar
from collectrules.law.keys import Keys, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from collectrules.ground.nodes import Table

FILE_NAME: Final = "survivors.yaml"
"""Read from the current folder where no other file is named."""
NOT_SURVIVING: Final = "CR294"
WRONG_SURVIVOR: Final = "CR295"


class Accepted(Struct, frozen=True):
    """A mutant that may survive, and why."""

    reason: str
    place: Place


def read_survivors(path: Path) -> Mapping[str, Accepted]:
    """The mutants of a file by their ids. Raises InvalidInput with every problem of it."""
    problems = Problems()
    keys = Keys(
        problems, source.read_file(path).table("a list of survivors"), "a list of survivors", ("survivors", "note")
    )
    found: dict[str, Accepted] = {}
    for table in keys.items_of("survivors"):
        reason = keys.inner(table, "an entry of `survivors`", ("reason", "mutants")).text("reason", required=True)
        for node in _mutants(table, problems):
            if node.text in found:
                message = f"`{node.text}` stands here already, at {found[node.text].place}"
                problems.add(node.place, WRONG_SURVIVOR, message, "keep one of them")
            found.setdefault(node.text, Accepted(reason, node.place))
    problems.refuse()
    return found


def _mutants(table: Table, problems: Problems) -> Iterator[Scalar]:
    node = table.get("mutants")
    if not isinstance(node, Listing) or not node.items:
        help_ = "the lines that `collectrules mutate` prints"
        problems.add(table.place, WRONG_SURVIVOR, "this reason names no `mutants`, as a list", help_)
        return
    for item in node.items:
        if isinstance(item, Scalar):
            yield item
        else:
            problems.add(item.place, WRONG_SURVIVOR, "a mutant is one line of text", "quote it")


def not_surviving(
    accepted: Mapping[str, Accepted], fates: Mapping[str, str], rulesets: Iterable[str]
) -> Iterator[Problem]:
    """What is said of accepted mutants that were noticed, and of those that `rulesets` do not have.

    `fates` say what came of each mutant that was tried; of the rulesets, every one was.
    """
    whole = tuple(rulesets)
    for name, entry in accepted.items():
        fate = fates.get(name)
        is_none = fate is None and any(name.startswith((f"{each}.", f"{each}:", f"{each} ")) for each in whole)
        if is_none or fate not in (None, "survived"):
            message = f"`{name}` does not survive, or is no mutant"
            yield Problem(entry.place, NOT_SURVIVING, message, "take it out of the list")
