"""What a bad plugin does to a verdict: nothing is decided, or it is what it was; never is it looser than without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collectrules import Advisor, InvalidInput, cli

if TYPE_CHECKING:
    from tests.plugins.conftest import Site

ROOT = Path(__file__).parents[2]
DENIED = str(ROOT / "examples" / "eighth-call.yaml")
ALLOWED = str(ROOT / "examples" / "eight-days-later.yaml")

CHANNELS = """
from collectrules import Channel, hookimpl
from msgspec.structs import replace

def channel(name):
    return Channel(name, "a pigeon", electronic=False, written=True, spoken=False, tied_to_place=True, public=False,
                   postal=False, in_person=False, docs="A pigeon.")

@hookimpl
def collectrules_channels():
    {}
"""
GOOD = CHANNELS.format("return [channel('pigeon')]")
FUNCTIONS = """
from collectrules import MeasureFunction, hookimpl

@hookimpl
def collectrules_measures():
    return [MeasureFunction("outside_hours", (), "bool", lambda context: False, "never outside")]
"""

BAD = {
    "raises at import": ("1 / 0", "CR901 cannot be imported from `bad_plugin`: ZeroDivisionError: division by zero"),
    "leaves at import": ("import sys; sys.exit(0)", "CR901 cannot be imported from `bad_plugin`: SystemExit: 0"),
    "raises in a hook": (
        CHANNELS.format("raise LookupError('no pigeons today')"),
        "CR905 `collectrules_channels` failed: LookupError: no pigeons today",
    ),
    "returns rubbish": (
        CHANNELS.format("return ['phone', None, 3]"),
        "CR907 `collectrules_channels` returned an object of type str, not a Channel",
    ),
    "returns no list": (
        CHANNELS.format("return channel('pigeon')"),
        "CR906 `collectrules_channels` returned an object of type Channel, not a list",
    ),
    "returns rubbish within": (
        CHANNELS.format("return [replace(channel('pigeon'), electronic='no')]"),
        "CR907 `collectrules_channels` returned `pigeon`, in which `electronic` is an object of type str, not bool",
    ),
    "shadows a built-in channel": (
        CHANNELS.format("return [channel('phone')]"),
        "CR908 `collectrules_channels` gives `phone`, which plugin `built in` of collectrules gives already",
    ),
    "shadows a built-in function": (
        FUNCTIONS,
        "CR908 `collectrules_measures` gives `outside_hours`, which plugin `built in` of collectrules gives already",
    ),
    "is written for newer hooks": (
        f"{GOOD}\ncollectrules_api = 2\n",
        "CR910 was written for version 2 of the hooks; this collectrules has version 1",
    ),
    "has no sense of versions": (f"{GOOD}\ncollectrules_api = 'new'\n", "CR910 was written for version 'new'"),
}


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(arguments)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("code", "message"), BAD.values(), ids=BAD)
def test_nothing_is_decided_with_a_bad_plugin(
    site: Site, capsys: pytest.CaptureFixture[str], code: str, message: str
) -> None:
    site.install("bad-plugin", code)
    exit_code, out, err = told(capsys, "check", DENIED)
    assert (exit_code, out) == (2, "")
    assert f"plugin `bad_plugin` of bad-plugin 1.2: {message}" in err
    assert "--without-plugin bad-plugin" in err


@pytest.mark.parametrize("bad", ["raises at import", "returns rubbish"])
def test_a_bad_plugin_that_is_left_out_changes_nothing_and_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], bad: str
) -> None:
    site.install("bad-plugin", BAD[bad][0])
    exit_code, out, _ = told(capsys, "--without-plugin", "bad-plugin", "check", DENIED)
    assert exit_code == 1
    assert "without plugin bad-plugin" in out
    exit_code, out, _ = told(capsys, "--without-plugin", "bad_plugin", "check", "--json", DENIED)
    assert json.loads(out)["plugins"] == [
        {"name": "bad-plugin", "version": "1.2", "hash": "", "switched_off": "--without-plugin"}
    ]
    exit_code, out, _ = told(capsys, "--without-plugin", "bad-plugin", "check", "--json", "--brief", DENIED)
    assert json.loads(out)["without_plugins"] == ["bad-plugin"]


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(3600)",
        "while True: pass",
        CHANNELS.format("import time; time.sleep(3600)"),
    ],
    ids=["sleeps at import", "turns at import", "sleeps in a hook"],
)
def test_a_plugin_that_hangs_is_given_up(site: Site, code: str) -> None:
    site.install("bad-plugin", code)
    path = os.pathsep.join([str(site.folder), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "COLLECTRULES_PLUGIN_SECONDS": "0.3"}
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", "check", DENIED],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "plugin `bad_plugin` of bad-plugin 1.2" in ran.stderr
    assert "it did not come back within 0.3 seconds; COLLECTRULES_PLUGIN_SECONDS sets another limit" in ran.stderr


PERMISSION = """
ruleset: us.leave
title: leave to call
jurisdiction: US
version: '1'
source: https://law.example/us/leave
since: 2020-01-01
verified: {date: 2026-11-21, against: nothing, confidence: high}
verify_by: 2036-11-21
example_case: {jurisdiction: US, collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
rules:
  - id: every_call
    title: every call is allowed
    cite: Leave Act 1
    strength: prohibition
    governs: {kind: contact, channel: phone}
    kind: permission
    examples:
      - {story: a call, action: {kind: contact, channel: phone, at: 2026-03-02T10:00}, expect: allow}
      - {story: another, action: {kind: contact, channel: phone, at: 2026-03-02T11:00}, expect: allow}
"""
TOPIC = """
topics:
  contact_hours: {title: hours, asks: when?, touched_by: [{kind: contact}], expected: [country], gap: told}
"""
WITH_LAW = (
    "from pathlib import Path\nfrom collectrules import hookimpl\n@hookimpl\ndef collectrules_ruleset_folders():\n"
    "    return [Path(__file__).parent / 'leave']\n"
)


def test_a_plugin_cannot_lift_a_federal_prohibition(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Its law is read, and what another law forbids stays forbidden: rules only ever add to each other."""
    _, before, _ = told(capsys, "check", "--json", DENIED)
    site.install("bad-plugin", WITH_LAW)
    (site.folder / "leave" / "us").mkdir(parents=True)
    (site.folder / "leave" / "us" / "leave.yaml").write_text(PERMISSION)
    code, after, _ = told(capsys, "check", "--json", DENIED)
    assert code == 1
    was, now = json.loads(before), json.loads(after)
    assert "us.leave.every_call" in now["considered"]
    assert now["findings"] == was["findings"]
    assert [used["name"] for used in now["plugins"]] == ["bad-plugin"]


WITH_MEASURE = (
    "from collectrules import MeasureFunction\n" + WITH_LAW + "@hookimpl\ndef collectrules_measures():\n"
    "    return [MeasureFunction('on_leave', (), 'bool', lambda context: {given}, 'the debtor is on leave')]\n"
)
ON_LEAVE = """
  - id: on_leave
    title: no call on leave after a letter
    cite: Leave Act 2
    strength: prohibition
    governs: {kind: contact, channel: phone}
    when: on_leave() and any(contacts where channel == letter)
    examples:
      - {story: a call, action: {kind: contact, channel: phone, at: 2026-03-02T10:00}, expect: allow}
      - story: a call after a letter
        history: [{at: '2026-02-02', channel: letter, direction: outbound}]
        action: {kind: contact, channel: phone, at: 2026-03-02T11:00}
        expect: deny
"""


@pytest.mark.parametrize(
    ("given", "decision"), [("False", "allow"), ("True", "allow"), ("'yes'", "review"), ("1 / 0", "review")]
)
def test_a_function_that_breaks_its_promise_lets_nothing_be_allowed(
    site: Site, capsys: pytest.CaptureFixture[str], given: str, decision: str
) -> None:
    """Also where the rule that asks it is passed whatever it says: here there was no letter."""
    site.install("bad-plugin", WITH_MEASURE.format(given=given))
    (site.folder / "leave" / "us").mkdir(parents=True)
    (site.folder / "leave" / "us" / "leave.yaml").write_text(PERMISSION + ON_LEAVE)
    _, out, _ = told(capsys, "check", "--json", ALLOWED)
    verdict = json.loads(out)
    assert verdict["decision"] == decision
    faults = [each["sentence"] for each in verdict["findings"] if each["strength"] == "engine_fault"]
    assert [("`on_leave` of bad_plugin" in fault) for fault in faults] == [True] * (decision == "review")


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        ("us/federal/regulation_f.yaml", PERMISSION, "CR142"),
        ("topics.yaml", TOPIC, "CR160"),
        ("common/us_conduct_collectors.yaml", "library: common.us_conduct_collectors\n", "CR142"),
    ],
    ids=["a ruleset", "a topic", "a library"],
)
def test_a_plugin_cannot_take_the_place_of_what_is_built_in(
    site: Site, capsys: pytest.CaptureFixture[str], place: str, text: str, code: str
) -> None:
    site.install("bad-plugin", WITH_LAW)
    path = site.folder / "leave" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    (site.folder / "leave" / "us").mkdir(exist_ok=True)
    (site.folder / "leave" / "us" / "leave.yaml").write_text(PERMISSION)
    exit_code, out, err = told(capsys, "check", DENIED)
    assert (exit_code, out) == (2, "")
    assert code in err


def test_a_good_plugin_stands_in_the_verdict_with_the_hash_of_its_files(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before, _ = told(capsys, "check", "--json", DENIED)
    site.install("pigeon-post", GOOD)
    _, out, _ = told(capsys, "check", "--json", DENIED)
    (used,) = json.loads(out)["plugins"]
    assert json.loads(out)["decision_id"] != json.loads(before)["decision_id"]
    assert (used["name"], used["version"], used["switched_off"]) == ("pigeon-post", "1.2", "")
    assert used["hash"].startswith("sha256:")
    _, text, _ = told(capsys, "check", "--full", DENIED)
    assert "plugins\n  - pigeon-post 1.2 ·" in text
    assert used["hash"] in text


def test_a_verdict_without_plugins_says_nothing_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "check", "--json", DENIED)
    assert "plugins" not in json.loads(out)


def test_a_plugin_that_is_not_installed_cannot_be_left_out(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.install("pigeon-post", GOOD)
    code, _, err = told(capsys, "--without-plugin", "pigeon-pest", "check", DENIED)
    assert code == 2
    assert "CR911 is to be left out, and is not installed\n    did you mean `pigeon-post`?" in err


def test_the_configuration_leaves_a_plugin_out_with_a_reason(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.install("bad-plugin", "1 / 0")
    configuration = tmp_path / "house.yaml"
    configuration.write_text("without_plugins:\n  bad-plugin: it does not load, ticket 4\n")
    code, out, _ = told(capsys, "check", "--config", str(configuration), "--json", DENIED)
    assert code == 1
    assert json.loads(out)["plugins"][0]["switched_off"] == "it does not load, ticket 4"
    configuration.write_text("without_plugins:\n  bad-plugin: ''\n")
    code, _, err = told(capsys, "check", "--config", str(configuration), DENIED)
    assert code == 2
    assert "CR801 `bad-plugin` is left out without a reason" in err


def test_python_leaves_a_plugin_out_with_a_reason(site: Site) -> None:
    site.install("bad-plugin", "1 / 0")
    with pytest.raises(InvalidInput, match="CR901"):
        Advisor.load()
    advisor = Advisor.load(without_plugins={"bad-plugin": "it does not load, ticket 4"})
    verdict = advisor.check(advisor.read_cases(DENIED).cases[0])
    assert [(used.name, used.switched_off) for used in verdict.plugins] == [
        ("bad-plugin", "it does not load, ticket 4")
    ]
