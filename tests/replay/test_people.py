"""A log is read person by person, whatever the order of its lines."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.replay import people as module
from collectrules.replay.people import people, spooled

if TYPE_CHECKING:
    from collections.abc import Iterable


def line(person: str, *history: str, **stated: Any) -> str:
    return json.dumps({"debtor": {"id": person}, "debts": [{"id": "A"}], "history": list(history), **stated})


def read(lines: Iterable[str]) -> list[tuple[str, tuple[int, ...]]]:
    log = io.BytesIO("\n".join(lines).encode())
    return [(each.person, tuple(number for number, _ in each.lines)) for each in people(log, "log.jsonl")]


def test_lines_of_one_person_stand_together() -> None:
    assert read([line("A", "1"), line("A", "2"), line("B", "3")]) == [("A", (1, 2)), ("B", (3,))]


def test_any_other_order_is_sorted_and_lines_of_one_person_keep_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 100)  # several pieces on disk
    lines = [line("B", "1"), line("A", "2"), "", line("B", "3"), line("C", "4"), line("A", "5")]
    assert read(lines) == [("A", (2, 6)), ("B", (1, 4)), ("C", (5,))]


def test_a_line_without_a_name_is_a_person_of_its_own() -> None:
    assert read(['{"debts": []}', "no json", line("A", "1")]) == [("", (1,)), ("", (2,)), ("A", (3,))]


def test_a_line_that_is_nested_without_end_is_told_by_who_reads_it_as_a_case() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    assert read([f'{{"id": "B", "x": {deep}}}', line("A", "1")]) == [("", (1,)), ("A", (2,))]


def test_bytes_that_are_no_text_come_through_the_sorting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 10)
    log = io.BytesIO(line("B", "é").encode() + b"\n\xff\xfe\n" + line("A", "1").encode())
    found = {each.person: each.lines[0][1] for each in people(log, "log.jsonl")}
    assert json.loads(found["B"])["history"] == ["é"]
    assert found[""] == "\udcff\udcfe"


def test_histories_and_debts_are_put_together() -> None:
    log = io.BytesIO("\n".join([line("A", "1"), line("A", "2", debts=[{"id": "B"}])]).encode())
    (person,) = people(log, "log.jsonl")
    number, text = person.case()
    joined = json.loads(text)
    assert number == 1
    assert joined["history"] == ["1", "2"]
    assert joined["debts"] == [{"id": "A"}, {"id": "B"}]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (line("A", "2", jurisdiction="US-TX"), "log.jsonl:2:1: CR031 `jurisdiction` is another one than on line 1"),
        (line("A", "2", debts=[{"id": "A", "kind": "consumer"}]), "debt `A` is another one than on a line before"),
    ],
)
def test_lines_that_contradict_are_told(second: str, message: str) -> None:
    log = io.BytesIO("\n".join([line("A", "1"), second]).encode())
    (person,) = people(log, "log.jsonl")
    with pytest.raises(InvalidInput) as caught:
        person.case()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"debts": [{"kind": "consumer"}]},
        {"debts": [{"id": ["A"]}]},
        {"debts": ["A"]},
        {"debts": "A"},
        {"debts": None},
        {"history": None},
        {"history": {"at": "2026-04-01"}},
    ],
)
def test_a_line_that_cannot_be_put_together_with_others_is_read_alone(wrong: dict[str, Any]) -> None:
    second = json.dumps({"debtor": {"id": "A"}, "debts": [{"id": "A"}], **wrong})
    (person,) = people(io.BytesIO("\n".join([line("A", "1"), second]).encode()), "log.jsonl")
    assert person.case() == (2, second)


def test_memory_does_not_grow_with_a_log_in_order() -> None:
    def most(number: int) -> int:
        log = spooled(io.BytesIO(b"".join(f"{line(f'{each:08}', 'x' * 500)}\n".encode() for each in range(number))))
        tracemalloc.start()
        for _ in people(log, "log.jsonl"):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        log.close()
        return peak

    assert most(4000) < most(400) + 200_000
