"""A query inside a loop gives what asking each item gives, whatever is taken apart; and what it saves is saved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectrules.case.objects import Consent, Contact, Event
from collectrules.measures import nested
from collectrules.measures.context import Context

Law = Any
DAY = date(2026, 4, 8)

NESTED = (
    # before, after, and neither
    "any(events as e where e after this)",
    "no(events as e where this before e and e.form == written)",
    "count(contacts as k where k before this) > 1",
    "any(contacts as k where not (k before this) and k.channel != sms)",
    "no(events as e where not (this before e))",
    "any(events as e where not (e after this) and not (this after e) and e.signed)",
    # what items state
    "any(events as e where e after this and e.channel == this.channel)",
    "count(contacts as k where k.channel == this.channel and k.outcome not in [busy]) >= 2",
    "no(events as e where e before this and (e.channel is absent or e.channel == this.channel) and e.form != oral)",
    "any(contacts as k where k before this and k.debts overlaps this.debts and k.debtor_said has refuses_to_pay)",
    "any(debts of this as d where count(contacts as k where k before this and k.discussed_debts has d.id) >= 2)",
    "any(events as e where e.debts overlaps this.debts and any(debts of e as d where d.id == this.counted_to))",
    "count(contacts as k where k.consent is given and k.consent.email == this.endpoint) >= 1",
    "any(contacts as k where k after this and k.person != this.person)",
    "any(contacts as k where k after this and uses_endpoint_of(k, this))",
    "count(contacts as k where k before this and not uses_endpoint_of(this, k)) >= 2",
    "any(contacts as k where k after this and uses_endpoint(k, this.endpoint) and endpoint_of(k).place == this.place)",
    # values that rise along the history
    "any(events as e where e before this and days_between(e.day, this.day) < 2)",
    "any(contacts as k where days_between(this.day, k.day) >= 2 and k.direction == inbound)",
    "count(contacts as k where k.day == this.day) > 2",
    "no(events as e where add_days(e.day, 1) < this.day and e.form == written)",
    "any(contacts as k where this.day <= k.day and k.minute > this.minute)",
    "any(contacts as k where k.minute < this.minute and k after this)",
    "any(events as e where e after this and e.opt_out_by <= this.day)",
    "count(contacts as k where this.consent.until >= k.day) >= 2",
    # ages, and the action
    "any(contacts as k where k.age < 3 and k before this and k.channel == action.channel)",
    "no(events as e where e.age == 1 and e after this)",
    "any(contacts as k where k after this and minutes_between(this, k) <= 600)",
    # queries in queries
    "any(events as v where v before this and v.form == written and no(opt_out as u where u after v and u before this))",
    "no(events as v where v after this and no(opt_out as u where u after v and u.channel == v.channel))",
    "any(events as v where v after this and any(opt_out as u where u before v and u.form != v.form))",
    (
        "any(contacts as v where v before this and not any(opt_out as u where u after v and (u.channel is absent"
        " or u.channel == v.channel)) and v.channel == this.channel)"
    ),
    "count(contacts as v where v before this and no(opt_out as u where u after v and u before this)) >= 2",
    "any(contacts as v where v before this and any(opt_out as u where u after v and days_between(v.day, u.day) < 2))",
    "any(contacts as k where k before this and spoken(k.channel) and outside_hours(k, 09:00, 17:00))",
    "any(events as e where e after this and any(opt_out) and action.channel == phone)",
    "any(contacts as k where twice(k) and k before this)",
    "largest(contacts as k, count(contacts as l where l.day == k.day and l.channel == k.channel)) > 2",
    # several values, of which one outside may be unknown
    "any(contacts as k where k.minute > this.minute and k.day < this.day)",
    "any(contacts as k where k before this and k.day == this.consent.until)",
    "any(contacts as k where k before this and k.day < this.consent.until and k.minute < this.minute)",
)
MOMENTS = st.one_of(
    st.dates(DAY - timedelta(days=5), DAY),
    st.datetimes(datetime(2026, 4, 3), datetime(2026, 4, 9)).map(lambda at: at.replace(second=0, microsecond=0)),  # noqa: DTZ001 - wall clocks
)
TAKES_BACK = "e after k and e.channel == k.channel and e.form == oral"
CHANNELS, DEBTS = ("phone", "sms"), st.sampled_from([None, None, ("A",), ("B",)])


def optional(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


CONTACTS = st.builds(
    Contact,
    at=MOMENTS,
    channel=st.sampled_from(CHANNELS),
    direction=st.sampled_from(["outbound", "inbound"]),
    outcome=optional("busy", "conversation"),
    debts=DEBTS,
    discussed_debts=DEBTS,
    counted_to=optional("A"),
    person=optional("p1"),
    endpoint=optional("x", "y"),
    debtor_said=optional(("refuses_to_pay",), ("wants_information",)),
    consent=optional(Consent(email="x"), Consent(until=DAY - timedelta(days=1)), Consent(until=DAY)),
)
EVENTS = st.builds(
    Event,
    at=MOMENTS,
    event=st.sampled_from(["opt_out", "opt_out", "payment"]),
    channel=optional(*CHANNELS),
    form=optional("written", "oral"),
    debts=DEBTS,
    signed=optional(True),  # noqa: FBT003 - a value
    facts=optional({"opt_out_by": DAY - timedelta(days=2)}, {"opt_out_by": DAY}),
)


def truths(law: Law, text: str, context: Context) -> list[Any]:
    """The condition asked of each contact, and of the action."""
    law.define("twice", "any(contacts as o where o before this and o.channel == this.channel)", of_contact=True)
    law.define("asked", text, of_contact=True)
    evaluator = law.evaluator()
    mode = "as_stated" if context.open else "if_complete"
    of = evaluator.definition("asked", mode)
    least = evaluator.function(law.parse(text.replace("this", "action")), "at_least")(context)
    return [*[of(context, entry) for entry in (*context.contacts, context.action)], least]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    history=st.lists(st.one_of(CONTACTS, EVENTS), max_size=14).map(tuple),
    record=st.sampled_from(["complete", "open", "whole"]),
    zone=st.sampled_from(["America/New_York", None]),
)
@pytest.mark.parametrize("text", NESTED)
def test_what_is_taken_apart_is_what_the_loop_gives(law: Law, text: str, history: Any, record: str, zone: Any) -> None:
    case = law.changed(
        law.case(debts=[{"id": "A", "kind": "consumer"}, {"id": "B", "kind": "consumer"}]), history, zone
    )

    def context() -> Context:
        made = Context(case, law.loaded.channels)
        return made if record == "complete" else made.opened(history_is_whole=record == "whole")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nested, "_FEW", 10**9)
        looped = truths(law, text, context())
        patch.setattr(nested, "_FEW", -1)
        patch.setattr(nested, "_ONCE", 0)
        for short in (0, 8):
            patch.setattr(nested, "_SHORT", short)
            assert truths(law, text, context()) == looped


@pytest.mark.parametrize(
    "text",
    [
        "no(events as e where e after this and e.channel == this.channel and e.form == oral)",
        "no(events as e where e before this and no(events as u where u after e and u before this) and e.form == oral)",
        "count(contacts as k where k.channel == this.channel and k before this) > 4000",
        "any(contacts as k where k before this and days_between(k.day, this.day) < 0)",
        "any(contacts as k where k before this and no(opt_out as u where u after k and u.channel == k.channel))",
        "any(events as e where takes_back(e, this))",
        "any(contacts as k where k after this and uses_endpoint_of(k, this))",
    ],
)
def test_a_history_five_times_as_long_costs_little_more_than_five_times(law: Law, text: str) -> None:
    """Each entry compared with each would be twenty-five times."""

    def seconds(size: int) -> float:
        first = datetime(2024, 1, 1)  # noqa: DTZ001 - a wall clock
        history: list[Contact | Event] = []
        for number in range(size):
            at = first + timedelta(hours=number * 19_000 // size)
            history.append(Contact(at=at, channel=CHANNELS[number % 2], direction="outbound"))
            history.append(Event(at=at, event=("payment", "opt_out")[number % 3 == 0], channel=CHANNELS[number % 2]))
        context = Context(law.changed(law.case(), tuple(history), "America/New_York"), law.loaded.channels)
        law.define("takes_back", TAKES_BACK, of={"e": "event", "k": "contact"})
        law.define("asked", text, of_contact=True)
        of = law.evaluator().definition("asked", "if_complete")
        start = process_time()
        for entry in context.contacts:
            of(context, entry)
        return process_time() - start

    short = min(seconds(400) for _ in range(3))
    assert seconds(2000) < 12 * short


def test_times_are_counted_and_not_unfolded(law: Law) -> None:
    letters = {"at": "2026-04-01", "channel": "letter", "direction": "outbound", "times": 10**9}
    assert law.value("count(contacts)", history=[letters]) == 10**9
    assert law.value("count(contacts where channel == letter)", "at_least", history=[letters, letters]) == 2 * 10**9
    law.define("many", "count(contacts as c where c before this) > 5", of_contact=True)
    assert law.value("many(action)", history=[letters]) is True
    assert law.value("count(contacts where many)", history=[letters]) == 0
