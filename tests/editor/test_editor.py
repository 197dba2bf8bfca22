"""What an editor is told about a ruleset while it is written."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import IO, Any

import pytest

from collectrules import cli
from collectrules.case.vocabulary import DERIVED
from collectrules.editor.diagnosing import diagnoses
from collectrules.editor.words import _DERIVED, Words
from collectrules.lints import built_in
from collectrules.plugins.loading import load_plugins

ROOT = Path(__file__).parents[2]
FILE = ROOT / "rulesets" / "us" / "mi" / "collection.yaml"
TEXT = FILE.read_text("utf-8").replace("cite: law of contracts of the state", "cite: Mich. Comp. Laws 440.2302")
"""As the file is, and without what the lints remark of it."""
DEFINE = "define:\n  nothing_uses_it: {title: nobody asks this, is: debtor.minor}\n"
TODAY = date(2026, 11, 29)


def wrong(text: str, path: Path = FILE) -> list[tuple[int, str, str]]:
    found = diagnoses(text, path, load_plugins(), tuple(built_in()), TODAY)
    return [(each.line, text.splitlines()[each.line][each.start : each.end], each.name) for each in found]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(load_plugins().language)


def place(text: str, part: str, offset: int = 0) -> tuple[int, int]:
    line = next(number for number, each in enumerate(text.splitlines()) if part in each)
    return line, text.splitlines()[line].index(part) + offset


def offered(words: Words, typed: str) -> list[str]:
    text = f"{TEXT}\n{typed}"
    lines = text.splitlines()
    return [each.word for each in words.offers(text, len(lines) - 1, len(lines[-1]), FILE)]


def test_a_good_file_has_nothing_wrong() -> None:
    assert wrong(TEXT) == []
    assert wrong("nothing: known\n") == []


def test_a_slip_is_marked_where_it_stands() -> None:
    text = TEXT.replace("strength: prohibition", "strength: prohibtion", 1)
    line, _ = place(text, "prohibtion")
    assert wrong(text) == [(line, "prohibtion", "unknown-word")]


def test_lints_and_examples_are_asked_too() -> None:
    text = TEXT.replace("\nrules:", f"\n{DEFINE}rules:", 1)
    assert [name for _, _, name in wrong(text)] == ["unused-name"]
    text = TEXT.replace("channel: phone, at: 2026-11-20T21:00", "channel: fone, at: 2026-11-20T21:00", 1)
    assert len(wrong(text)) == 1


@pytest.mark.parametrize("when", ["{}", ">-\n      action.minute >= 0\n      and {}"])
def test_a_slip_inside_an_expression_is_marked_where_it_stands(when: str) -> None:
    rule = "  - id: x\n    title: t\n    cite: c\n    strength: prohibition\n    governs: {kind: contact}\n    when: "
    text = TEXT.replace("\nrules:\n", f"\nrules:\n{rule}{when.format('action.minute >= 18:00 and debtor.minr')}\n", 1)
    line, _ = place(text, "minr")
    assert (line, "minr", "expression-that-makes-no-sense") in wrong(text)


def test_what_is_no_yaml_is_marked() -> None:
    found = diagnoses("ruleset: [\n", FILE, load_plugins(), (), TODAY)
    assert [each.name for each in found] == ["not-yaml"]


def test_cases_are_read_as_cases(tmp_path: Path) -> None:
    text = "jurisdiction: US\naction: {kind: contact, chanel: phone, at: 2026-04-08}\n"
    assert any(shown == "chanel" for _, shown, _ in wrong(text, tmp_path / "case.yaml"))


@pytest.mark.parametrize(
    ("typed", "has", "lacks"),
    [
        ("  - id: x\n    kind: con", "contact_hours", "contact"),
        ("  - id: x\n    governs: {kind: con", "contact", "contact_hours"),
        ("  - id: x\n    governs: {kind: contact, channel: ph", "phone", "photo"),
        ("  - id: x\n    when: action.ch", "action.channel", "debtor.minor"),
        ("  - id: x\n    when: action.channel == p", "phone", "action.purpose"),
        ("  - id: x\n    when: consumer_d", "consumer_debt", "debtor.minor"),
        ("  - id: x\n    when: outside_h", "outside_hours", "contact_hours"),
        ("  - id: x\n    stre", "strength", "status"),
        ("  - id: x\n    strength: pro", "prohibition", "strength"),
        ("  - id: x\n    when: action.minute >= 18:00 and debtor.min", "debtor.minor", "action.channel"),
        ("  - id: x\n    when: action.channel in [phone, sms] and action.min", "action.minute", "debtor.minor"),
        (
            "  - id: x\n    unless:\n      - {if: action.channel in [phone, sms] and debtor.min",
            "debtor.minor",
            "action.channel",
        ),
        ("  - id: x\n    unless:\n      - {if: debtor.min", "debtor.minor", "action.channel"),
    ],
)
def test_what_may_stand_at_a_place_is_offered(words: Words, typed: str, has: str, lacks: str) -> None:
    found = offered(words, typed)
    assert has in found
    assert lacks not in found


def test_a_word_is_told_with_where_it_is_defined(words: Words) -> None:
    told = words.meaning(TEXT, *place(TEXT, "consumer_debt and", 3), FILE)
    assert told is not None
    assert told.path == ROOT / "rulesets" / "common" / "consumer_collection.yaml"
    assert "consumer" in told.text
    assert told.line >= 0
    text = TEXT.replace("\nrules:", f"\n{DEFINE}rules:", 1)
    own = words.meaning(text, *place(text, "nothing_uses_it", 3), FILE)
    assert own is not None
    assert (own.text, own.path) == ("nobody asks this", None)
    assert text.splitlines()[own.line].strip().startswith("nothing_uses_it:")
    kind = words.meaning(TEXT, *place(TEXT, "kind: contact_hours", 8), FILE)
    assert kind is not None
    assert kind.text == "breached outside the hours"
    fact = words.meaning(TEXT, *place(TEXT, "action.to ==", 8), FILE)
    assert fact is not None
    assert "one of: debtor" in fact.text
    assert words.meaning(TEXT, 0, 0, FILE) is None


def test_a_shared_rule_is_offered_and_told_where_the_library_has_it(words: Words) -> None:
    file = ROOT / "rulesets" / "at" / "general_law.yaml"
    text = f"{file.read_text('utf-8')}\n  - {{like: not_yet"
    lines = text.splitlines()
    offers = words.offers(text, len(lines) - 1, len(lines[-1]), file)
    assert [(each.word, each.what) for each in offers] == [("not_yet_due", "rule")]
    told = words.meaning(text, *place(text, "like: not_yet_due", 8), file)
    assert told is not None
    assert told.path == ROOT / "rulesets" / "common" / "general_conduct.yaml"
    assert told.path.read_text("utf-8").splitlines()[told.line] == "  - id: not_yet_due"
    assert "before the debt is overdue" in told.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("    when: action.minute >= 18:00", "the clock time where the debtor is"),
        ("    when: any(contacts as c where c.age < 7)", "days from the entry to the act"),
        ("    when: any(contacts as c where c.channel == phone)", "one of:"),
        ("    strength: circumstances", "a breach is a review"),
    ],
)
def test_what_is_worked_out_and_what_an_alias_has_is_told(words: Words, typed: str, told: str) -> None:
    text = f"{TEXT}\n  - id: x\n{typed}"
    dot = typed.find(".")
    meaning = words.meaning(text, len(text.splitlines()) - 1, typed.index("circ") if dot < 0 else dot + 2, FILE)
    assert meaning is not None
    assert told in meaning.text


def test_what_is_worked_out_is_what_an_expression_can_read() -> None:
    assert set(_DERIVED) == set(DERIVED)


def test_without_the_extra_it_says_what_to_install(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("collectrules.cli.commands.editor.find_spec", lambda _: None)
    assert cli.run(["editor"]) == 2
    assert "run: pip install 'collectrules[editor]'" in capsys.readouterr().err


def test_the_server_speaks_the_protocol(tmp_path: Path) -> None:
    rulesets = tmp_path / "100%25 ours"
    copytree(ROOT / "rulesets" / "common", rulesets / "common")
    file = rulesets / "us" / "mi" / "collection.yaml"
    file.parent.mkdir(parents=True)
    with subprocess.Popen(
        [sys.executable, "-m", "collectrules", "editor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def say(**message: Any) -> None:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            assert process.stdin is not None
            process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            process.stdin.flush()

        say(id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": {}})
        able = _until(process.stdout, lambda each: each.get("id") == 1)["result"]["capabilities"]
        assert able["hoverProvider"]
        assert able["definitionProvider"]
        assert able["completionProvider"]
        say(method="initialized", params={})
        text = TEXT.replace("strength: prohibition", "strength: prohibtion", 1)
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        say(method="textDocument/didOpen", params={"textDocument": document})
        told = _until(process.stdout, lambda each: each.get("method") == "textDocument/publishDiagnostics")
        (diagnostic,) = told["params"]["diagnostics"]
        assert diagnostic["code"] == "unknown-word"
        assert "did you mean `prohibition`?" in diagnostic["message"]
        line, character = place(text, "kind: contact_hours", 8)
        at = {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}
        say(id=2, method="textDocument/hover", params=at)
        hover = _until(process.stdout, lambda each: each.get("id") == 2)["result"]
        assert "breached outside the hours" in hover["contents"]["value"]
        line, character = place(text, "consumer_debt and", 3)
        at["position"] = {"line": line, "character": character}
        say(id=3, method="textDocument/definition", params=at)
        defined = _until(process.stdout, lambda each: each.get("id") == 3)["result"]
        assert defined["uri"] == (rulesets / "common" / "consumer_collection.yaml").as_uri()
        say(id=4, method="shutdown")
        _until(process.stdout, lambda each: each.get("id") == 4)
        say(method="exit")
        assert process.wait(10) == 0


def _until(stream: IO[bytes], wanted: Any) -> dict[str, Any]:
    """The first message of which that is so."""
    while True:
        length = 0
        while (line := stream.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server went away"
        message: dict[str, Any] = json.loads(stream.read(length))
        if wanted(message):
            return message
