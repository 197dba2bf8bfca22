"""A line of a log: the case and what was answered, without names, numbers and addresses unless they are wanted.

What stands under a key of free text, or of a name, number or address, is written as `(1)`, `(2)`, ..., the same value
as the same number, in the case and wherever the answer repeats it.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from collectrules.case import terms
from collectrules.case.vocabulary import OBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collectrules.case.law_facts import LawFact
    from collectrules.case.objects import Case

_NAMES: Final = frozenset(
    {
        *("name", "number", "email", "sms", "lines", "address", "addresses", "city", "postal_code"),
        *("endpoint", "endpoints", "person", "third_party"),
    }
)
"""Keys under which a name, a number or an address may stand."""
_OF_AN_ENDPOINT: Final = ("id", "number", "email")
_SHORT: Final = 3
"""Texts up to this length are left out of an answer only where nothing else stands beside them."""


def log_line(case: Case, answered: str, facts: Iterable[LawFact] = (), *, names: bool = False) -> str:
    """One object on a line, ended: `at` (UTC), `case`, and `answer`, which is given as JSON.

    `facts` are those that laws declare; free texts among them are left out too, unless `names` are wanted.
    """
    stated, answer = case.to_mapping(), json.loads(answered)
    if not names:
        free = _FREE | {fact.name for fact in facts if fact.type == "text"}
        numbers = {text: f"({number})" for number, text in enumerate(dict.fromkeys(_personal(stated, free)), start=1)}
        stated, answer = _without(stated, numbers), _without(answer, numbers)
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "case": stated, "answer": answer}
    return json.dumps(line, ensure_ascii=False) + "\n"


_FREE: Final = frozenset(key for each in OBJECTS for key, fact in each.facts.items() if fact.kind is terms.TEXT)
"""Keys of every case under which free text stands."""


def _personal(value: Any, free: frozenset[str], key: str = "") -> Iterator[str]:
    """Every text under such a key, and the ids of endpoints, which may be the numbers themselves."""
    if isinstance(value, dict):
        for name, item in value.items():
            if key == "endpoints" and name not in _OF_AN_ENDPOINT:
                continue
            yield from _personal(item, free, key if key in _NAMES and name in _OF_AN_ENDPOINT else name)
    elif isinstance(value, list):
        for item in value:
            yield from _personal(item, free, key)
    elif isinstance(value, str) and value and (key in free or key in _NAMES):
        yield value


def _without(value: Any, numbers: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(item, numbers) for name, item in value.items()}
    if isinstance(value, list):
        return [_without(item, numbers) for item in value]
    if not isinstance(value, str) or not numbers:
        return value
    if value in numbers:
        return numbers[value]
    for text in sorted((each for each in numbers if len(each) > _SHORT), key=len, reverse=True):
        if text in value:
            value = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", numbers[text], value)
    return value
