"""Ids are what companies write on invoices and accounts: any text that can be printed on one line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collectrules.case.contact_points import canonical
from collectrules.case.history import Consent
from collectrules.case.item_paths import ItemPath, item_path, without_item
from collectrules.case.reading import case_from_mapping
from collectrules.ground.errors import InvalidInput

IDS = st.text(min_size=1, max_size=200).filter(lambda text: text.isprintable() and text.strip(" ") == text)
NAMES = IDS.filter(lambda text: canonical(text) == text)


def case_of(case: str, debt: str, endpoint: str) -> dict[str, object]:
    return {
        "id": case,
        "jurisdiction": "US",
        "collector": {"role": "third_party"},
        "debts": [{"id": debt, "kind": "consumer"}],
        "debtor": {"time_zone": "America/New_York", "endpoints": [{"id": endpoint, "channel": "phone"}]},
        "history": [
            {"at": "2026-04-01T10:00", "channel": "phone", "direction": "outbound", "debts": [debt], "person": endpoint}
        ],
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00", "endpoint": endpoint},
    }


@given(IDS, IDS, NAMES)
@example("2026/11 (a)", "INV-1042", "+18505550142")
@example("é.è", "a].b[c].paid", "k.osei+debt@example.org")
def test_a_case_with_any_ids_is_read_and_written_back(case: str, debt: str, endpoint: str) -> None:
    mapping = case_of(case, debt, endpoint)
    read = case_from_mapping(mapping)
    assert read.to_mapping() == mapping
    assert case_from_mapping(read.to_mapping()) == read


@pytest.mark.parametrize("text", ["", " A", "A ", "A\n", "A\tB", "A\u202eB", "A\u200b", "A\x00", "A" * 201, "A\u2028B"])
@pytest.mark.parametrize("position", [0, 1, 2])
def test_what_cannot_be_seen_or_never_ends_is_no_id(text: str, position: int) -> None:
    ids = ["one", "two", "three"]
    ids[position] = text
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(case_of(*ids))
    assert {problem.code for problem in caught.value.problems} == {"CR014"}


@given(st.sampled_from(["debts", "endpoints"]), IDS, st.sampled_from(["paid", "time_barred", "place"]))
@example("debts", "a].paid", "paid")
@example("debts", "x.y[0]", "paid")
def test_a_path_is_read_as_it_was_written(group: str, name: str, fact: str) -> None:
    path = f"{group}[{name}].{fact}"
    assert item_path(path) == ItemPath(group, name, fact)
    assert without_item(path) == f"{group}.{fact}"


def test_an_entry_of_the_history_is_named_by_its_number() -> None:
    assert item_path("history[3].outcome") == ItemPath("history", "3", "outcome")
    assert item_path("history[x].outcome") is None


@pytest.mark.parametrize("fact", ["debtor.minor", "action.opt_out.method", "history", "history.refusals"])
def test_a_fact_of_no_item_is_no_such_path(fact: str) -> None:
    assert item_path(fact) is None
    assert without_item(fact) == fact


@pytest.mark.parametrize("key", ["number", "email"])
def test_a_number_or_address_is_meant_by_its_id_wherever_it_is_written(key: str) -> None:
    point = {"number": "+1 850 555 0142", "email": "K.Osei@example.org"}[key]
    channel = {"number": "phone", "email": "email"}[key]
    mapping = case_of("one", "A", "osei")
    mapping["debtor"] = {"time_zone": "America/New_York", "endpoints": [{"id": "osei", key: point}]}
    mapping["history"] = [
        {"at": "2026-04-01T10:00", "channel": channel, "direction": "outbound", "endpoint": point},
        {"at": "2026-04-02T10:00", "event": "opt_out", "channel": channel, "scope": "endpoint", "endpoint": point},
        {"at": "2026-04-03T10:00", "event": "learned_not_debtors_number", "endpoint": point.upper()},
        {"at": "2026-04-04T10:00", "channel": channel, "direction": "inbound", "consent": {"endpoint": point}},
    ]
    read = case_from_mapping(mapping)
    named = [entry["endpoint"] for entry in read.to_mapping()["history"] if "endpoint" in entry]  # type: ignore[attr-defined]
    assert named == ["osei"] * 3
    assert read.history is not None
    assert read.history[3].consent == Consent(endpoint="osei")  # type: ignore[union-attr]
    assert case_from_mapping(read.to_mapping()) == read


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Neighbor_1", "neighbor_1"),
        ("neighbor 1", "neighbor_1"),
        ("NEIGHBOR-1", "neighbor_1"),
        ("neighbor_2", "neighbor_2"),
    ],
)
def test_a_person_is_one_however_the_name_is_written(written: str, read_as: str) -> None:
    act = {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00", "to": "third_party", "person": written}
    read = case_from_mapping({**case_of("one", "A", "neighbor_1"), "action": act})
    assert read.action is not None
    assert read.action.person == read_as
    assert case_from_mapping(read.to_mapping()) == read
