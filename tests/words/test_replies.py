"""Replies that come in: what they tell, and that a stop is never missed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.words.conftest import LANGUAGES, all_listed

from collectrules.advisor import Advisor
from collectrules.words.replies import read_reply

REPLIES = all_listed("replies")


@pytest.mark.parametrize("listed", REPLIES, ids=lambda each: each["id"])
def test_a_reply(listed: dict[str, Any]) -> None:
    reply = read_reply(listed["text"], listed["channel"], LANGUAGES)
    certain = {each.event for each in reply.told if each.certain}
    perhaps = {each.event for each in reply.told if not each.certain}
    assert certain == set(listed.get("events", ())), reply
    assert set(listed.get("confirm", ())) <= perhaps
    if listed.get("unclear"):
        assert reply.unclear


@pytest.mark.parametrize("listed", all_listed("replies", "replies_held_out*.yaml"), ids=lambda each: each["id"])
def test_a_reply_by_others_tells_its_events_or_goes_to_a_person(listed: dict[str, Any]) -> None:
    reply = read_reply(listed["text"], listed["channel"], LANGUAGES)
    certain = {each.event for each in reply.told if each.certain}
    assert set(listed.get("events", ())) <= certain or reply.unclear
    assert certain.isdisjoint(listed.get("not", ()))
    assert certain.isdisjoint(set(listed.get("confirm", ())) - {"opt_out"})
    if "opt_out" in (*listed.get("events", ()), *listed.get("confirm", ())):
        assert "opt_out" in {each.event for each in reply.told}
    if listed.get("unclear"):
        assert reply.unclear


@pytest.mark.parametrize("word", sorted({word for each in LANGUAGES.values() for word in each.replies.stop_words}))
@pytest.mark.parametrize("form", ["{}", "{}.", "  {} !", "{}\n"])
def test_no_stop_word_is_missed(word: str, form: str) -> None:
    for text in (form.format(word), form.format(word.upper()), form.format(word.title())):
        reply = read_reply(text, "sms", LANGUAGES)
        assert [(each.event, each.certain) for each in reply.told][:1] == [("opt_out", True)], text
        assert reply.told[0].entry == {"event": "opt_out", "channel": "sms", "scope": "channel"}


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("stop stop", True),
        ("please, stop now", True),
        ("opt-out", True),
        ("s.t.o.p.", True),
        ("stopp it", True),
        ("stpo", False),
        ("unsubcribe", False),
        ("\N{OCTAGONAL SIGN}", False),
        ("\N{CJK UNIFIED IDEOGRAPH-505C}\N{CJK UNIFIED IDEOGRAPH-6B62}", False),
        ("stop at the bank", False),
    ],
)
def test_what_is_nearly_a_stop_word_is_confirmed(text: str, certain: bool) -> None:
    told = [each.certain for each in read_reply(text, "sms", LANGUAGES).told if each.event == "opt_out"]
    assert told == [certain]


@pytest.mark.parametrize(
    "text",
    [
        "bye",
        "why do you keep on",
        "Dur art\u0131k",
        "you not write me",
        "\N{REVERSED HAND WITH MIDDLE FINGER EXTENDED}",
    ],
)
def test_what_is_not_understood_may_be_a_stop(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert [(each.event, each.certain) for each in reply.told] == [("opt_out", False)]
    assert reply.unclear
    assert not read_reply("why do you keep on", "letter", LANGUAGES).told


@pytest.mark.parametrize(
    "text", ["ok", "thanks!", "how much do I owe", "wie hoch ist die Rechnung", "merci", "bus stop"]
)
def test_thanks_and_questions_stop_nothing(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert "opt_out" not in {each.event for each in reply.told if text != "bus stop" or each.certain}
    assert reply.unclear


def test_a_sentence_that_is_not_understood_beside_one_that_is_goes_to_a_person() -> None:
    assert not read_reply("STOP. Please and thank you.", "sms", LANGUAGES).unclear.startswith("'STOP")
    reply = read_reply("Stop texting me. The dog ate the purple hat.", "sms", LANGUAGES)
    assert [(each.event, each.certain) for each in reply.told] == [("opt_out", True)]
    assert reply.unclear == "'The dog ate the purple hat.' was not understood: a person must read it"


@pytest.mark.parametrize("text", ["shop", "step", "please", "the end is near"])
def test_what_is_no_stop_word_stops_nothing(text: str) -> None:
    assert not [each for each in read_reply(text, "sms", LANGUAGES).told if each.certain]


@pytest.mark.parametrize("text", ["?", "", "ok", "lorem ipsum dolor", "\N{THUMBS UP SIGN}"])
def test_what_was_not_understood_is_never_nothing(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert not [each for each in reply.told if each.certain]
    assert reply.unclear


def test_events_can_stand_in_a_history() -> None:
    advisor = Advisor.load()
    for listed in REPLIES:
        for told in read_reply(listed["text"], listed["channel"], LANGUAGES).told:
            if told.entry:
                case = {
                    "jurisdiction": "US-TX",
                    "record": "partial",
                    "collector": {"role": "third_party"},
                    "debts": [{"id": "A", "kind": "consumer"}],
                    "history": [{"at": "2026-11-20T10:00", **told.entry}],
                }
                advisor.case(case)
