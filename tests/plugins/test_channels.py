"""What channels say of themselves is so; a channel that is new to a law is never allowed where that law may mean it."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import collectrules
from collectrules import Advisor, cli, testing
from collectrules.case.reading import case_from_mapping
from collectrules.case.vocabulary import catalogue
from collectrules.law.rulebook import Rulebook
from collectrules.plugins import providers
from collectrules.plugins.loading import load_plugins
from collectrules.verdict.likeness import likes

if TYPE_CHECKING:
    from collectrules.verdict.objects import ExploredVerdict

TODAY = date(2026, 11, 21)
CHANNELS = load_plugins().channels
NEWER = sorted(set(CHANNELS) - set(catalogue().channels))


def case(channel: str, **more: Any) -> dict[str, Any]:
    """A message to a debtor of whom nothing else is known, by federal law alone."""
    action = {"kind": "contact", "channel": channel, "at": "2026-04-08T10:00", **more}
    return {
        "id": "message",
        "jurisdiction": "US",
        "applicable_law": ["US"],
        "record": "complete",
        "collector": {"role": "third_party"},
        "debts": [{"id": "A", "kind": "consumer"}],
        "debtor": {"time_zone": "America/New_York"},
        "action": action,
    }


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load(today=TODAY)


def verdict(advisor: Advisor, mapping: dict[str, Any]) -> ExploredVerdict:
    return advisor.explore(case_from_mapping(mapping, channels=advisor.rulebook.channels))


@pytest.mark.parametrize("name", CHANNELS)
def test_what_a_channel_names_is_there(name: str) -> None:
    channel = CHANNELS[name]
    testing.assert_conforms(channel)
    for way in channel.ways:
        read = case_from_mapping(case(name, **way.facts), channels=tuple(CHANNELS))
        assert read.action is not None
        assert all(getattr(read.action, fact) == value for fact, value in way.facts.items())


def test_every_channel_says_what_reaches_somebody_and_by_a_known_word() -> None:
    assert [name for name, channel in CHANNELS.items() if not channel.reached_by] == []
    with pytest.raises(AssertionError, match="is reached by `pigeon`"):
        testing.assert_conforms(msgspec.structs.replace(CHANNELS["sms"], reached_by="pigeon"))


def test_a_newer_channel_is_like_channels_that_laws_know() -> None:
    of = {name: likes(case_from_mapping(case(name), channels=tuple(CHANNELS)), CHANNELS) for name in CHANNELS}
    assert all(of[name] for name in NEWER)
    assert {name: of[name] for name in catalogue().channels if of[name]} == {"in_person": ("visit",)}


def test_a_request_of_which_a_text_message_would_be_denied_is_a_review(advisor: Advisor) -> None:
    """The rule on who writes names e-mail, text messages and others: whether it means WhatsApp is open."""
    asked = {"kind": "send_contact_request", "content": ["opt_out_notice", "salutation"]}
    assert verdict(advisor, case("sms", **asked)).decision == "deny"
    found = verdict(advisor, case("whatsapp", **asked))
    assert found.decision == "review"
    spoke = {finding.rule: finding for finding in found.findings}[
        "us.federal.regulation_f.hidden_identity_in_a_message"
    ]
    assert (spoke.outcome, spoke.decision) == ("unknown", "review")
    assert spoke.sentence.startswith("what holds of a text message may hold of this too: ")
    brief = advisor.brief(case_from_mapping(case("whatsapp", **asked), channels=advisor.rulebook.channels))
    assert (brief.decision, brief.rule) == ("review", found.findings[0].rule)
    assert advisor.check(case_from_mapping(case("whatsapp", **asked), channels=tuple(CHANNELS))).decision == "review"


def test_no_span_of_time_is_open_for_a_message_that_a_law_may_mean(advisor: Advisor) -> None:
    asked = {"kind": "send_contact_request", "content": ["opt_out_notice", "salutation"]}
    first = datetime(2026, 4, 8, 10, tzinfo=UTC)
    request = advisor.case(case("whatsapp", **asked))
    assert {slot.decision for slot in advisor.slots(request, first, first + timedelta(days=1))} <= {"deny", "review"}
    assert advisor.next_lawful(request, first, first + timedelta(days=1)) is None


@pytest.mark.parametrize("name", ["whatsapp", "rcs", "push"])
def test_by_night_the_law_on_every_electronic_message_denies(advisor: Advisor, name: str) -> None:
    night = case(name, at="2026-04-08T23:00", content=["collector_disclosure", "opt_out_notice"])
    assert verdict(advisor, night).decision == "deny"


@pytest.mark.parametrize("name", NEWER)
@pytest.mark.parametrize("place", ["CA-ON", "IN"])
def test_a_newer_channel_is_not_allowed_where_the_law_was_read_for_the_others(
    advisor: Advisor, name: str, place: str
) -> None:
    there = {**case(name), "jurisdiction": place, "applicable_law": [place]}
    assert verdict(advisor, there).decision != "allow"


def test_a_channel_of_a_plugin_is_like_those_that_are_the_same() -> None:
    pigeon = msgspec.structs.replace(CHANNELS["letter"], name="pigeon", title="pigeon", docs="A pigeon of the post.")
    loaded = load_plugins([SimpleNamespace(collectrules_channels=collectrules.hookimpl(lambda: [pigeon]))])
    asked = case_from_mapping(case("pigeon"), channels=tuple(loaded.channels))
    assert likes(asked, loaded.channels) == ("letter",)
    advisor = Advisor(Rulebook(loaded.ruleset_folders, loaded.language), today=TODAY)
    letter = case_from_mapping(case("letter"))
    assert advisor.check(asked).decision == advisor.check(letter).decision


def test_what_carriers_refuse_is_asked_where_the_configuration_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told as house policy, which is no law, with the provider's text; without it nothing changes."""
    monkeypatch.chdir(tmp_path)
    text = case("sms", content=["collector_disclosure", "opt_out_notice"])
    (tmp_path / "case.yaml").write_text(json.dumps(text))
    cli.run(["check", "--full", "case.yaml"])
    assert "us_ca_carriers" not in capsys.readouterr().out
    (tmp_path / "collectrules.yaml").write_text("providers: [us_ca_carriers]\n")
    assert cli.run(["check", "--full", "case.yaml"]) == 1
    told = capsys.readouterr().out
    assert "house.us_ca_carriers.collecting_for_others" in told
    assert "house policy, breached: deny" in told
    assert "https://www.twilio.com/docs/api/errors/30863" in told
    (tmp_path / "collectrules.yaml").write_text("providers: [us_carriers]\n")
    assert cli.run(["check", "case.yaml"]) == 2
    assert (
        "CR804 there are no rules of a provider `us_carriers`\n    did you mean `us_ca_carriers`?"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("name", providers.names())
def test_the_rules_of_providers_hold_their_examples_and_are_no_law(name: str) -> None:
    folder = providers.folder(name)
    assert cli.run(["test", "--quiet", str(folder)]) == 0
    (policy,) = Rulebook([folder], load_plugins().language).rulesets()
    assert not policy.is_law
    assert policy.confidence != "high"  # nobody read the contract of a provider


def test_channels_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["channels"]) == 0
    listed = capsys.readouterr().out
    assert all(f"\n{name} " in f"\n{listed}" for name in CHANNELS)
    assert cli.run(["channels", "phone"]) == 0
    assert "prerecorded: a recorded voice (automated: true)" in capsys.readouterr().out
    assert cli.run(["channels", "whatsap"]) == 2
    assert "did you mean `whatsapp`?" in capsys.readouterr().err


def test_the_page_about_channels_shows_what_is_printed_and_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "channels.md").read_text("utf-8")
    shown = page.partition("$ collectrules channels whatsapp  # exit 0\n")[2].partition("```")[0]
    assert cli.run(["channels", "whatsapp"]) == 0
    assert capsys.readouterr().out == shown
    assert set(re.findall(r"`channel: (\w+)`", page)) | {"response_form"} == set(CHANNELS)
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(providers.names())
