"""Call logs of real dialers, with invented debts: every outbound contact is judged, as a check would have."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from collectrules.advisor import Advisor
from collectrules.cli import run
from collectrules.imports.importing import Wanted, read, wanted_mapping
from collectrules.plugins.loading import load_plugins

SAMPLES: Final = Path(__file__).parents[1] / "imports" / "samples"
LOGS: Final = {
    "five9_call_log.csv": ("zone=America/Los_Angeles",),
    "asterisk/asterisk_apspoliveira_cdr.csv": ("phone_country=PT",),
    "mailgun/mailgun_events.jsonl": (),
    "sendgrid/sendgrid_events.json": (),
    "threecx/threecx_cdr_single_line.log": ("zone=Europe/London",),
    "t2haider/t2haider_collection_attempts.csv": ("channel=phone",),
}
OUTBOUND: Final = "outbound"


def accounts(name: str) -> list[dict[str, Any]]:
    """A debt for everybody whom the log names, with what the log says of them."""
    states = ("direction=outbound", *LOGS[name])
    wanted = Wanted(name="", mapping=wanted_mapping(None, states, ()), today=date(2026, 11, 29))
    found = read(SAMPLES / name, wanted, load_plugins().importers)
    people: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in found.entries:
        person = entry.keys[0][1] if entry.keys else "nobody"
        people[person] += [*([entry.contact] if entry.contact is not None else []), *entry.events]
    for history in people.values():
        for each in history:
            each.pop("endpoint", None)
    return [
        {
            "version": 2,
            "jurisdiction": "US-TX",
            "record": "complete",
            "collector": {"role": "third_party"},
            "debts": [{"id": "INV-1", "kind": "consumer"}],
            "debtor": {"id": person, "time_zone": "America/Chicago"},
            "history": history,
        }
        for person, history in people.items()
    ]


@pytest.mark.parametrize("name", LOGS)
def test_every_contact_of_a_real_log_is_judged(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.jsonl"
    made = accounts(name)
    log.write_text("".join(f"{json.dumps(each)}\n" for each in made), encoding="utf-8")
    assert run(["replay", "--json", "--jobs", "1", str(log)]) in (0, 1, 3)
    *acts, whole = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    contacts = sum(entry.get("direction") == OUTBOUND for each in made for entry in each["history"])
    assert contacts > 0
    assert len(acts) == contacts == sum(whole["acts"].values())
    assert whole["rejected"] == 0
    if name.startswith("five9"):
        assert all(act["campaign"] for act in acts)
        assert any(act["agent"] for act in acts)


def test_what_a_check_before_the_act_forbids_is_found() -> None:
    """Of a log of a dialer, each act of the first accounts against a check of a case that ends before it."""
    advisor = Advisor.load(today=date(1, 1, 1))
    from collectrules.replay.acts import judged_person

    for account in accounts("five9_call_log.csv")[:12]:
        account["history"].sort(key=lambda entry: entry["at"])
        judged = judged_person(advisor, advisor.case(account), "one")
        for act in judged.acts:
            own = account["history"][act.number - 1]
            before = account["history"][: act.number - 1]
            voicemail = own.get("outcome") in ("voicemail", "recorded_message")
            asked = {"kind": "contact", "channel": own["channel"], "at": own["at"], "to": own.get("to", "debtor")}
            if "outcome" in own:
                asked["leaves_voicemail"] = voicemail
            if any(entry["at"] == own["at"] for entry in before):
                continue
            case = advisor.case({**account, "history": before, "action": asked})
            assert (advisor.check(case).decision == "allow") is (act.standing == "clean")
