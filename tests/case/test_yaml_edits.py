"""A change of a text leaves all else as it was written, and says what was meant."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from collectrules.case.yaml_edits import CannotEdit, changes, replaced

TEXT = """\
# ours
version: 2  # the format
debts:  # one
  - {id: A, kind: consumer}  # from the ledger
  - id: B
    kind: commercial   # a firm
debtor: {kind: company}
records: {contacts: whole}
history: []  # nothing yet
action:
  kind: contact
  # by whom?
  at: 2026-03-02T10:00
  channel: phone
# the end
"""


def edited(text: str, now: dict[str, Any], was: dict[str, Any] | None = None) -> str:
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    return replaced(text, changes(text, root, was or read(text), now))


def read(text: str) -> dict[str, Any]:
    made: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # every scalar is text
    return made


def test_keys_values_and_entries_are_put_in_and_every_comment_stays() -> None:
    was = read(TEXT)
    now = copy.deepcopy(was)
    now["debts"][0]["due"] = "2026-01-31"
    now["debts"][1]["paid"] = False
    now["records"]["refusals"] = "whole"
    now["history"].append({"at": "2026-03-01", "channel": "letter"})
    now["action"]["channel"] = "email"
    now["action"]["content"] = ["debt_information"]
    now["collector"] = {"role": "creditor"}
    text = edited(TEXT, now)
    assert text == TEXT.replace("consumer}", "consumer, due: '2026-01-31'}").replace(
        "# a firm\n", "# a firm\n    paid: false\n"
    ).replace("contacts: whole", "contacts: whole, refusals: whole").replace(
        "history: []", "history: [{at: '2026-03-01', channel: letter}]"
    ).replace("channel: phone\n", "channel: email\n  content: [debt_information]\ncollector: {role: creditor}\n")


def test_an_entry_is_added_below_the_last_one() -> None:
    text = "history:\n- at: 2026-03-01  # a letter\n  channel: letter\naction: {kind: contact}\n"
    now = {**read(text), "history": [*read(text)["history"], {"at": "2026-03-02"}]}
    assert edited(text, now) == text.replace("channel: letter\n", "channel: letter\n- {at: '2026-03-02'}\n")


@pytest.mark.parametrize("now", [{"a": ["1"]}, {"b": "1"}])
def test_what_is_taken_out_is_not_edited(now: dict[str, Any]) -> None:
    with pytest.raises(CannotEdit):
        edited("a:\n- 1\n- 2\n", now)


WORDS = st.text("ab #:'\"{}[],\n\u00e9-", max_size=8)
VALUES = st.one_of(WORDS, st.booleans(), st.lists(WORDS, max_size=2), st.dictionaries(st.sampled_from("xyz"), WORDS))


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.one_of(WORDS, st.lists(st.dictionaries(st.sampled_from("xyz"), WORDS)))
    ),
    st.dictionaries(st.sampled_from("abcdef"), VALUES),
    st.booleans(),
)
def test_the_new_text_says_what_was_meant_or_is_not_made(
    was: dict[str, Any], more: dict[str, Any], in_one_line: bool
) -> None:
    text = yaml.safe_dump(was, default_flow_style=in_one_line, allow_unicode=True)
    now = {**was, **more}
    try:
        made = edited(text, now, was)
    except CannotEdit:
        assert any(key in was for key in more)
    else:
        assert yaml.safe_load(made) == now
