"""The shipped topics: every kind of act touches one, and what was read of one place is read of no other."""

from __future__ import annotations

from datetime import date
from typing import Any

from collectrules.advisor import Advisor
from collectrules.case.reading import case_from_mapping
from collectrules.case.vocabulary import catalogue
from collectrules.law.rulebook import Rulebook
from collectrules.law.topics import NO_TOPICS
from collectrules.plugins.channels import Channel
from collectrules.plugins.hookspecs import hookimpl
from collectrules.plugins.loading import load_plugins

Law = Any


def test_every_kind_of_act_touches_a_topic(law: Law) -> None:
    topics = Rulebook.holding((), law.language).topics
    assert topics is NO_TOPICS
    shipped = Advisor.load().rulebook.topics
    touched = {kind for topic in shipped.by_id.values() for touch in topic.touches for kind in touch.governs_kinds}
    assert set(catalogue().action_kinds) <= touched


def test_a_creditor_in_its_own_name_is_read_for_by_federal_law() -> None:
    advisor = Advisor.load(today=date(2026, 11, 21))
    case = {
        "jurisdiction": "US",
        "applicable_law": ["US"],
        "record": "complete",
        "collector": {"role": "creditor"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/New_York"},
        "action": {"kind": "contact", "channel": "phone", "at": "2026-04-08T10:00"},
    }
    assert advisor.check(case_from_mapping(case)).decision == "allow"
    before = {**case, "action": {"kind": "contact", "channel": "phone", "at": "1926-04-08T10:00"}}
    assert advisor.check(case_from_mapping(before)).decision == "review"


def test_a_messenger_by_night_is_denied_where_a_law_speaks_of_all_channels() -> None:
    """A plugin's messenger at 23:00 was an allow, and `sms` a deny."""

    class Messenger:
        @hookimpl
        def collectrules_channels(self) -> list[Channel]:
            return [
                Channel("pigeon", "a messenger", electronic=True, written=True, spoken=False, tied_to_place=False,
                        public=False, postal=False, in_person=False, docs="of a test")
            ]  # fmt: skip

    loaded = load_plugins((Messenger(),))
    advisor = Advisor(Rulebook(loaded.ruleset_folders, loaded.language), None, date(2026, 11, 21))

    def decision(at: str, place: str) -> str:
        case = {
            "jurisdiction": place,
            "applicable_law": [place],
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "A", "kind": "consumer"}],
            "debtor": {"time_zone": "America/New_York"},
            "action": {"kind": "contact", "channel": "pigeon", "at": at},
        }
        return advisor.check(case_from_mapping(case, channels=tuple(loaded.channels))).decision

    assert decision("2026-04-08T23:00", "US") == "deny"
    assert decision("2026-04-08T10:00", "CA-ON") == "review", "its law was read for the channels of the case format"


def test_no_channel_that_no_law_names_is_ever_allowed_in_a_place_that_names_its_channels() -> None:
    advisor = Advisor.load(today=date(2026, 11, 21))
    for ruleset in advisor.rulebook.rulesets():
        for cover in ruleset.covers:
            assert cover.channels == () or set(cover.channels) <= set(advisor.rulebook.channels)
