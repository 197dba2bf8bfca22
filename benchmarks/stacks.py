"""Made-up stacks of rules that apply, and records to judge: the shape of contact rules, no rule of any law."""

from __future__ import annotations

from random import Random
from typing import Final

from collectrules.deciding.conditions import AllOf, AnyOf, Compare, Condition, Measure, Not, Op, Value

WORDS: Final = {
    "channel": ("phone", "sms", "email", "letter", "visit"),
    "relation": ("debtor", "spouse", "attorney", "third_party"),
    "debt_kind": ("consumer", "medical", "student", "rent"),
    "consent": ("given", "withdrawn", "never_asked"),
}
NUMBERS: Final = {
    "minute_of_day": 1440,
    "calls_in_7_days": 10,
    "messages_in_30_days": 20,
    "days_since_talk": 30,
    "days_since_notice": 90,
    "days_since_default": 2500,
    "balance": 10_000_000,
}
FLAGS: Final = ("disputed", "represented", "bankrupt", "deceased", "on_leave", "cease_requested", "licensed")

MEASURES: Final = {
    **{name: Measure(name, "text") for name in WORDS},
    **{name: Measure(name, "int") for name in NUMBERS},
    **{name: Measure(name, "bool") for name in FLAGS},
}


def stack(rules: int, seed: int = 7) -> list[Condition]:
    """So many breaches of about five comparisons each: a guard, a threshold or a time of day, and an exception."""
    random = Random(seed)  # noqa: S311 -- not a secret
    return [_breach(random) for _ in range(rules)]


def _word(random: Random) -> Compare:
    name = random.choice(tuple(WORDS))
    return Compare(MEASURES[name], Op.EQ, random.choice(WORDS[name]))


def _number(random: Random, *ops: Op) -> Compare:
    name = random.choice(tuple(NUMBERS))
    return Compare(MEASURES[name], random.choice(ops), random.randrange(NUMBERS[name]))


def _flag(random: Random) -> Compare:
    return Compare(MEASURES[random.choice(FLAGS)], Op.EQ, random.random() < 0.5)  # noqa: PLR2004


def _breach(random: Random) -> Condition:
    guard = _word(random)
    if random.random() < 0.3:  # noqa: PLR2004
        early = random.randrange(480, 600)
        minute = MEASURES["minute_of_day"]
        hours = AnyOf((Compare(minute, Op.LT, early), Compare(minute, Op.GE, early + 720)))
        return AllOf((guard, hours, Not(AllOf((_word(random), _flag(random))))))
    threshold = _number(random, Op.GE, Op.GT, Op.LT)
    return AllOf((guard, threshold, _flag(random), Not(AnyOf((_flag(random), _number(random, Op.LT, Op.LE))))))


def records(count: int, seed: int = 11, unknown: float = 0.0) -> list[dict[str, Value | None]]:
    """So many records of every measure, of which a share is unknown."""
    random = Random(seed)  # noqa: S311 -- not a secret
    made: list[dict[str, Value | None]] = []
    for _ in range(count):
        record: dict[str, Value | None] = {name: random.choice(words) for name, words in WORDS.items()}
        record |= {name: random.randrange(below) for name, below in NUMBERS.items()}
        record |= {name: random.random() < 0.5 for name in FLAGS}  # noqa: PLR2004
        made.append({name: None if random.random() < unknown else value for name, value in record.items()})
    return made
