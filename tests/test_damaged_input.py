"""Damaged cases and rulesets are read or refused, in good time; and no slip makes an answer looser.

`COLLECTRULES_DAMAGE=10` runs ten times as many, as before a release: 20,000 cases and 5,000 rulesets.
"""

from __future__ import annotations

import json
import os
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping, parse_cases, read_cases
from collectrules.case.vocabulary import OBJECTS
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook
from collectrules.law.strength import RANK
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collectrules.law.strength import Decision
    from collectrules.verdict.objects import Verdict

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 21)
SCALE = int(os.environ.get("COLLECTRULES_DAMAGE", "1"))
LONGEST = 5.0
"""Seconds, on a busy machine."""
JUNK: tuple[Any, ...] = (
    *(
        "",
        "x",
        "debtor",
        "phone",
        "2026-03-02",
        "2026-03-02T10:00",
        "9999-12-31T23:59+14:00",
        "24:00",
        "8400.00",
        "\u2028",
    ),
    *("America/Chicago", "UTC", "../UTC", "US-ZZ", "x" * 5000, "9" * 5000),
    *(True, False, None, 0, 1, -1, 10**18, 2.5, float("inf")),
    *([], ["A"], [[]], [None], {}, {"": ""}, {"A": "debtor"}, [{"from": "21:00", "to": "07:00"}], [{"days": []}]),
)
BYTES = (
    "\x00",
    "\ud800",
    "&a ",
    "*a",
    "!!python/object:os.system ",
    "<<: ",
    "? ",
    "- ",
    ": ",
    "{",
    "]",
    '"',
    "\t",
    "%",
    "...\n",
)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


@pytest.fixture(scope="module")
def bases() -> list[dict[str, Any]]:
    """Cases about an act of every law that is shipped, as mappings."""
    files = [*sorted((ROOT / "tests/cases/open").glob("*.yaml")), *sorted((ROOT / "examples").glob("*.yaml"))]
    cases = [case for path in files for case in read_cases(path).cases if case.action is not None]
    return [case.to_mapping() for case in cases]


# ---- damage ------------------------------------------------------------------------------------------------------


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every table or list within a value, with each of its keys or numbers."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def damaged(chance: Random, case: dict[str, Any]) -> dict[str, Any]:
    """Something left out, put in, doubled or exchanged, as deep as it goes."""
    case = deepcopy(case)
    for _ in range(chance.randint(1, 3)):
        owner, key = chance.choice(list(places(case)))
        match chance.randrange(5):
            case 0:
                del owner[key]
            case 1:
                owner[key] = deepcopy(chance.choice(JUNK))
            case 2 if isinstance(owner, dict):
                owner[chance.choice(chance.choice(OBJECTS).required or ("at",))] = deepcopy(chance.choice(JUNK))
            case 3 if isinstance(owner, list):
                owner.insert(key, deepcopy(owner[key]))
            case _:
                other, elsewhere = chance.choice(list(places(case)))
                other[elsewhere] = deepcopy(owner[key]) if key in owner or isinstance(owner, list) else None
        if not any(True for _ in places(case)):
            break
    return case


def garbled(chance: Random, text: str) -> str:
    """A text with some of its characters gone, doubled, moved or replaced."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice((0, 1, 1, 2, 20, 200))
        new = chance.choice(("", text[at : at + length] * 2, chance.choice(BYTES), chr(chance.randrange(1, 0x2FF))))
        text = text[:at] + new + text[at + length :]
    return text


def within_time(ask: Callable[[Any], Any], what: Any) -> Any:
    """What is given in good time; None where it is refused."""
    start = monotonic()
    try:
        return ask(what)
    except InvalidInput:
        return None
    finally:
        assert monotonic() - start < LONGEST, what


def test_a_damaged_case_is_judged_or_refused(advisor: Advisor, bases: list[dict[str, Any]]) -> None:
    chance, judged = Random(20261129), 0

    def checked(case: dict[str, Any]) -> Verdict:
        return advisor.check(case_from_mapping(case))

    for _ in range(1000 * SCALE):
        case = damaged(chance, chance.choice(bases))
        judged += within_time(checked, case) is not None
    # Both must be common, or little was tried.
    assert 50 * SCALE < judged < 950 * SCALE


def test_a_garbled_case_is_judged_or_refused(advisor: Advisor, bases: list[dict[str, Any]]) -> None:
    chance, judged = Random(20261130), 0

    def ask(text: str) -> list[Any]:
        raw = text.encode("utf-8", "surrogatepass")
        read = parse_cases(source.decode(raw, "x.yaml"), "x.yaml").cases
        return [advisor.check(case) if case.action is not None else advisor.answer(case) for case in read]

    for _ in range(1000 * SCALE):
        text = garbled(chance, json.dumps(chance.choice(bases), ensure_ascii=False))
        judged += within_time(ask, text) is not None
    assert 50 * SCALE < judged < 950 * SCALE


# ---- no slip loosens ---------------------------------------------------------------------------------------------


def misspelt(chance: Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice("abcxyz_") + word[at + 1 :]


FREE = {"person", "third_party", "id", "story", "note", "why", "cite", "rule", "rule_also", "source", "jurisdiction"}
"""Names that a user chooses, and what no rule reads; of the place another is another law."""
OPEN_LISTS = ("debts", "omits", "heard_by", "envelope", "languages")


def slip(chance: Random, case: dict[str, Any]) -> dict[str, Any] | None:
    """A case with a slip that hides nothing the case says, or hides it in a way that must be told; None for none."""
    case = deepcopy(case)
    found = [(owner, key) for owner, key in places(case) if not (isinstance(key, str) and key in FREE)]
    owner, key = chance.choice(found)
    match chance.randrange(6):
        case 0 if isinstance(owner, dict):  # a key that does not exist
            owner[misspelt(chance, key) + "q"] = owner.pop(key)
        case 1 if isinstance(owner[key], str) and owner[key].isidentifier() and len(owner[key]) > 2:  # a word
            owner[key] = owner[key].upper()
        case 2:  # the hour of the act
            at = case["action"]["at"]
            if "T" not in at or at.endswith("Z") or "+" in at or "at_tz" in case["action"]:
                return None
            case["action"]["at"] = at[:10]
        case 3:  # an export's empty list
            empty = chance.choice([each for each in OPEN_LISTS if each not in case["action"]])
            case["action"][empty] = []
        case 4 if "history" in case:  # an entry from the debtor's future
            entry = deepcopy(chance.choice(case["history"]))
            entry["at"] = "2062-01-01"
            case["history"].append(entry)
        case 5 if "history" in case:  # a log in another order
            if any(len(entry["at"]) == len("2026-01-31") for entry in case["history"]):
                return None
            chance.shuffle(case["history"])
        case _:
            return None
    return case


def test_no_slip_makes_an_answer_looser(advisor: Advisor, bases: list[dict[str, Any]]) -> None:
    chance, tried, answered = Random(20261201), 0, 0
    decisions: dict[int, Decision] = {}

    def checked(case: dict[str, Any]) -> Verdict:
        return advisor.check(case_from_mapping(case))

    while tried < 1000 * SCALE:
        number = chance.randrange(len(bases))
        case = slip(chance, bases[number])
        if case is None:
            continue
        tried += 1
        verdict = within_time(checked, case)
        if verdict is None:
            continue
        answered += 1
        if number not in decisions:
            decisions[number] = advisor.check(case_from_mapping(bases[number])).decision
        looser = RANK[verdict.decision] < RANK[decisions[number]]
        # Without its hour an act at a forbidden one is asked about, which says less and allows nothing.
        hidden = case["action"]["at"] != bases[number]["action"]["at"] and verdict.decision == "review"
        assert not looser or hidden, (bases[number], case)
    assert answered > 200 * SCALE


# ---- rulesets ----------------------------------------------------------------------------------------------------


def test_a_garbled_ruleset_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTRULES_CACHE", "off")
    language, chance, used = load_plugins().language, Random(20261202), 0
    shipped = [path for path in sorted((ROOT / "rulesets").glob("**/*.yaml")) if path.stat().st_size < 12_000]
    case = case_from_mapping(
        {
            "jurisdiction": "US",
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer", "amount": "100.00", "currency": "USD", "due": "2025-01-01"}],
            "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"},
        }
    )

    path = tmp_path / "damaged.yaml"

    def ask(text: str) -> Any:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        ruleset = read_ruleset(path, language)
        asked = case.but(jurisdiction=ruleset.jurisdiction)
        return Advisor(Rulebook.holding([ruleset], language), today=TODAY).check(asked)

    for _ in range(500 * SCALE):
        origin = chance.choice(shipped)
        text = garbled(chance, origin.read_text("utf-8"))
        used += within_time(ask, text) is not None
    assert used > 20 * SCALE
