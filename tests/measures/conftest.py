"""Cases of every kind, made up from the catalogue of facts: nothing in them is of any law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from collectrules.advisor import Advisor
from collectrules.case.objects import Action, Case, Collector, Consent, Contact, Debt, Debtor, Endpoint, Event, Period
from collectrules.case.vocabulary import Field, catalogue
from collectrules.measures.record import Record

if TYPE_CHECKING:
    from collections.abc import Hashable
    from random import Random

    from collectrules.expressions.reading import Reading
    from collectrules.law.applicable import ApplicableLaw
    from collectrules.measures.context import Context
    from collectrules.measures.fields import Mode

ACTS = (("contact", "phone"), ("contact", "email"), ("contact", "letter"), ("respond", "sms"), ("file_claim", None))
AT = datetime(2026, 4, 20, 10, 5)  # noqa: DTZ001 - a wall clock
IDS, ENDPOINTS = ("A", "B"), ("mobile", "office")
BY_HAND = {
    "at",
    "role",
    "time_zone",
    "at_tz",
    "event",
    "kind",
    "channel",
    "direction",
    "consent",
    "times",
    "debts",
    "endpoint",
    "id",
}


def some(rng: Random, field: Field) -> Any:
    """A value that a field may have; None where that is nothing simple."""
    if field.words:
        word = rng.choice(sorted(field.words))
        return (word,) if field.type == "list" else word
    match field.type:
        case "bool":
            return rng.random() < 0.5
        case "int":
            return rng.randrange(3)
        case "date":
            return AT.date() - timedelta(days=rng.randrange(-20, 900))
        case "time":
            return rng.choice((540, 720, 1020))
        case "money":
            return Decimal(rng.randrange(2000))
        case "list" if field.items == "debt":
            return (rng.choice(IDS),)
        case "text" if "debt" in field.name or field.name == "counted_to":
            return rng.choice(IDS)
    return None


def stated(rng: Random, object_type: str, share: float) -> dict[str, Any]:
    """Some of the fields of an object."""
    fields = {name: field for name, field in catalogue().own_fields(object_type).items() if name not in BY_HAND}
    chosen = {name: some(rng, field) for name, field in fields.items() if rng.random() < share}
    return {f"{name}_" if name == "from" else name: value for name, value in chosen.items() if value is not None}


def entry(rng: Random, at: datetime) -> Contact | Event:
    when: Any = at
    kind = rng.random()
    if kind < 0.1:
        when = at.date()
    elif kind < 0.2:
        when = at.replace(tzinfo=UTC)
    common: dict[str, Any] = {"at": when}
    if rng.random() < 0.4:
        common["debts"] = (rng.choice(IDS),)
    if rng.random() < 0.4:
        common["endpoint"] = rng.choice(ENDPOINTS)
    if rng.random() < 0.5:
        event = rng.choice(catalogue().events)
        channel = rng.choice(("phone", "email", "sms", "letter", None))
        return Event(event=event, channel=channel, **common, **stated(rng, "event", 0.15))
    if rng.random() < 0.15:
        common["consent"] = rng.choice(
            (Consent(calls=True), Consent(email="office"), Consent(sms="mobile", until=date(2026, 12, 1)))
        )
    if kind < 0.1 and rng.random() < 0.3:
        common["times"] = rng.randrange(1, 4)
    channel, direction = rng.choice(("phone", "phone", "email", "sms", "letter")), rng.choice(("outbound", "inbound"))
    return Contact(channel=channel, direction=direction, **common, **stated(rng, "contact", 0.25))


def history(rng: Random, size: int, days: int) -> tuple[Contact | Event, ...]:
    """Entries of some days, in order or not, some of them after the action."""
    moments = [AT - timedelta(minutes=rng.randrange(-days * 100, days * 1440)) for _ in range(size)]
    if rng.random() < 0.8:
        moments.sort()
    return tuple(entry(rng, at) for at in moments)


def made_up(rng: Random, jurisdiction: str, size: int) -> Case:
    """A case with so many entries."""
    kind, channel = rng.choice(ACTS)
    endpoints = (Endpoint(id="mobile", channel="phone"), Endpoint(id="office", channel="email", place="work"))
    periods = (Period(days=("mon", "tue"), from_=540, to=720), Period(places=("work",)))
    return Case(
        jurisdiction=jurisdiction,
        collector=Collector(role="third_party", **stated(rng, "collector", 0.2)),
        debts=tuple(Debt(id=name, kind="consumer", **stated(rng, "debt", 0.3)) for name in IDS),
        debtor=Debtor(
            time_zone=rng.choice(("America/Chicago", "America/Chicago", ("Europe/London", "Europe/Dublin"), None)),
            endpoints=endpoints if rng.random() < 0.7 else None,
            inconvenient=(rng.choice(periods),) if rng.random() < 0.5 else None,
            **stated(rng, "debtor", 0.1),
        ),
        history=history(rng, size, rng.choice((20, 200, 800))),
        action=Action(
            kind=kind,
            channel=channel,
            at=AT,
            debts=rng.choice((None, ("A",))),
            endpoint=rng.choice((None, *ENDPOINTS)),
            **stated(rng, "action", 0.15),
        ),
    )


class Shipped:
    """The rules that are shipped, and what their definitions and measures give."""

    def __init__(self) -> None:
        self.advisor = Advisor.load(today=AT.date())
        self.channels = self.advisor.rulebook.channels

    def law(self, case: Case) -> ApplicableLaw:
        assert case.action is not None
        return self.advisor.rulebook.law(case.jurisdiction, case.action.kind, case.action.channel, AT.toordinal())

    def values(self, case: Case, context: Context) -> dict[Hashable, tuple[Any, Reading]]:
        """What every measure gives, every definition, and every definition of a contact for each entry; with what each
        is said to follow from."""
        law = self.law(case)
        record = Record(law.as_stated if context.open else law.if_complete, context)
        found: dict[Hashable, tuple[Any, Reading]] = {}
        for source in {source for applied in law.rules for source in applied.in_force.sources}:
            checker = source.evaluator.checker
            found[source.measure.name] = (
                record[source.measure.name],
                checker.reading(checker.checked(source.expression)),
            )
        mode: Mode = "as_stated" if context.open else "if_complete"
        numbers = {id(fact): number for number, fact in enumerate(case.history or ())}
        for ruleset in law.rulesets:
            evaluator = self.advisor.rulebook.evaluator(ruleset, AT.toordinal())
            for name, definition in ruleset.definitions.items():
                reading = evaluator.checker.reading(evaluator.checker.definition(name))
                read = evaluator.definition(name, mode)
                if not definition.subjects:
                    found[ruleset.id, name] = read(context), reading
                    continue
                if not definition.is_bare:
                    continue  # what it is asked of is asked where it is used
                of_action = structs.replace(reading, clock=reading.clock or reading.clock_of_this)
                found[ruleset.id, name, "action"] = read(context, context.action), of_action
                for entry in (*context.contacts, *context.consents):
                    found[ruleset.id, name, numbers[id(entry.fact)]] = read(context, entry), reading
        return found

    def changes(self, rng: Random, case: Case) -> list[tuple[str, Case]]:
        """The case with one fact stated otherwise, or not at all; by the name of the fact."""
        assert case.action is not None
        assert case.debtor is not None
        found: list[tuple[str, Case]] = []
        for root, owner in (("action", case.action), ("debtor", case.debtor), ("collector", case.collector)):
            for name, field in catalogue().own_fields(root).items():
                if rng.random() < 0.2 and name not in ("kind", "channel", "at", "role", "endpoints"):
                    attribute = f"{name}_" if name == "from" else name
                    value = some(rng, field) if rng.random() < 0.7 else None
                    found.append((f"{root}.{name}", case.but(**{root: owner.but(**{attribute: value})})))
        for name, field in catalogue().own_fields("debt").items():
            if rng.random() < 0.3 and name not in ("id", "kind"):
                debts = (case.debts[0].but(**{name: some(rng, field)}), *case.debts[1:])
                found.append((f"debts[A].{name}", replace(case, debts=debts)))
        if case.debtor.endpoints:
            for change in ({"place": "home"}, {"employer_provided": True}, {"area_code_time_zone": "Europe/Paris"}):
                first, *rest = case.debtor.endpoints
                debtor = replace(case.debtor, endpoints=(first.but(**change), *rest))
                found.append((f"endpoints[mobile].{next(iter(change))}", replace(case, debtor=debtor)))
        zone = rng.choice(("Asia/Tokyo", None))
        found.append(("debtor.time_zone", replace(case, debtor=replace(case.debtor, time_zone=zone))))
        return found


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return Shipped()


@pytest.fixture(scope="session")
def made() -> Any:
    """`made(rng, jurisdiction, size)`: a case of so many entries."""
    return made_up
