"""Every shipped rule reads, and every open case and example is answered, as `tests/snapshots` says.

A snapshot tells what is so, not what is right: it makes a change seen, so that whoever made it looks. `rules/` has what
`collectrules rules --show` tells of each rule, a file for each ruleset. `verdicts/` has one line a case: of an action
the decision, its basis, and what was found (rule, outcome, decision, until), lifted, established, and how many facts
are unknown and how many were assumed; of a question the answer, the blocks of law used, and how many facts are open and
how many assumed. `examples/` has the examples beside the rules of each ruleset, put to all the law that is shipped:
`us.x.y/3` is the third of the rule `us.x.y`. What is empty is left out, and so are places, hashes and sentences.

`python tests/test_snapshots.py` writes the snapshots as things are now: read the difference before you keep it.
"""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from collectrules.advisor import Advisor
from collectrules.law.model import Rule
from collectrules.law.rulebook import Rulebook
from collectrules.output.rules import RuleText
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.law.kinds import RuleKind
    from collectrules.law.model import Ruleset

TESTS = Path(__file__).parent
SNAPSHOTS = TESTS / "snapshots"
OPEN = sorted((TESTS / "cases" / "open").glob("*.yaml"))
RULESETS = TESTS.parent / "rulesets"
TODAY = "2026-11-21"
"""Rulesets age, and these answers must not."""
RENEW = "if it is meant, run `python tests/test_snapshots.py`, and read what git shows"
SHOWN = 40
"""So many lines of a difference are shown."""


def run(*arguments: str) -> list[str]:
    """The lines that a command of this program prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "collectrules", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1, 3), ran.stderr
    return ran.stdout.splitlines()


# ---- rules -------------------------------------------------------------------------------------------------------


def rules() -> dict[str, str]:
    """Every rule as `collectrules rules --show` tells it, whom a ruleset binds and what its words mean once for each.

    By the name of the snapshot. Where a rule is written would change with every line above it.
    """
    rulebook = Advisor.load().rulebook
    texts = ((ruleset.id, "\n".join(told(ruleset, rulebook.language.kinds))) for ruleset in rulebook.rulesets())
    return {f"rules/{name}.txt": text for name, text in texts if text}


def told(ruleset: Ruleset, kinds: Mapping[str, RuleKind]) -> Iterator[str]:
    texts = [RuleText(rule, ruleset, kinds[rule.kind]) for rule in ruleset.rules]
    if texts:
        shared = dict.fromkeys(
            replace(each, label=each.label or "where")
            for text in texts
            for each in (*text.binds(), *text.definitions())
        )
        lines = (line for paragraph in shared for line in paragraph.text())
        yield "\n".join((f"# {ruleset.id}: {ruleset.title}", *lines, ""))
        yield from (text.as_text(shared=False) for text in texts)


# ---- verdicts ----------------------------------------------------------------------------------------------------


def examples() -> dict[tuple[str, str], dict[str, Any]]:
    """Every example beside a rule or an answer, by its ruleset and its own name, as a case of its own."""
    found = {}
    for ruleset in Rulebook([RULESETS], load_plugins().language).rulesets():
        place = ruleset.jurisdiction
        start = {"jurisdiction": place, "applicable_law": [place], "record": "complete"}
        for block in ruleset.blocks:
            stated = [example.mapping for example in block.examples]
            for number, own in enumerate(stated, start=1):
                asks = () if isinstance(block, Rule) else block.asks
                question = {"ask": {"what": asks[0], **own.get("ask", {})}} if asks else {}
                case = {**start, **ruleset.example({**own, **question})}
                if question:
                    case.pop("action", None)
                found[ruleset.id, f"{block.full_id}/{number}"] = case
    return found


def checked(path: Path) -> str:
    """The answers to the cases of a file, one line each."""
    told = [json.loads(line) for line in run("check", "--json", "--today", TODAY, str(path))]
    return "".join(f"{verdict(each['case'], each)}\n" for each in told)


def checked_examples(folder: Path) -> dict[str, str]:
    """The answers to all examples, by the name of the snapshot.

    They are put together in a file of `folder`; an id of a case has no dots.
    """
    named = examples()
    path = folder / "examples.json"
    path.write_text(json.dumps({"cases": [{"id": str(n), **case} for n, case in enumerate(named.values())]}), "utf-8")
    told = [json.loads(line) for line in run("check", "--json", "--today", TODAY, str(path))]
    texts: dict[str, str] = {}
    for (ruleset, name), each in zip(named, told, strict=True):
        snapshot = f"examples/{ruleset}.jsonl"
        texts[snapshot] = texts.get(snapshot, "") + f"{verdict(name, each)}\n"
    return texts


def verdict(name: str, told: dict[str, Any]) -> str:
    """What a snapshot keeps of an answer, on one line; what is empty is left out."""
    line: dict[str, Any] = {"id": name}
    if "question" in told:
        line["answer"] = told["values"]
        line["by"] = list(dict.fromkeys(step["rule"] for step in told["steps"]))
        line["open"] = len(told["open"])
    else:
        line["decision"], line["basis"] = told["decision"], told["basis"]
        line["findings"] = [
            [finding[part] for part in ("rule", "outcome", "decision", "until")] for finding in told["findings"]
        ]
        line["lifted"] = [[lifted["rule"], lifted["citation"]] for lifted in told["exemptions"]]
        line["established"] = told["established"]
        line["unknown"] = len(told["unknown"])
    line["assumed"] = len(told["assumed"])
    return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


# ---- comparing ---------------------------------------------------------------------------------------------------


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """The name of each snapshot and what it holds now."""
    yield from rules().items()
    for path in OPEN:
        yield f"verdicts/{path.stem}.jsonl", checked(path)
    yield from checked_examples(folder).items()


def same(name: str, now: str) -> None:
    path = SNAPSHOTS / name
    before = path.read_text("utf-8") if path.exists() else ""
    difference = list(difflib.unified_diff(before.splitlines(), now.splitlines(), name, "now", lineterm="", n=0))
    lines = [*difference[:SHOWN], f"... and {len(difference) - SHOWN} lines more"][: len(difference)]
    assert before == now, "\n".join(["a snapshot differs", *lines, RENEW])


def all_same(folder: str, texts: Mapping[str, str]) -> None:
    kept = {f"{folder}/{path.name}" for path in (SNAPSHOTS / folder).iterdir()}
    for name in sorted({*kept, *texts}):
        same(name, texts.get(name, ""))


def test_rules() -> None:
    all_same("rules", rules())


@pytest.mark.parametrize("path", OPEN, ids=[path.stem for path in OPEN])
def test_verdicts(path: Path) -> None:
    same(f"verdicts/{path.stem}.jsonl", checked(path))


def test_verdicts_of_examples(tmp_path: Path) -> None:
    all_same("examples", checked_examples(tmp_path))


def test_a_difference_is_told_with_what_to_do() -> None:
    before = (SNAPSHOTS / "verdicts" / "regf.jsonl").read_text("utf-8")
    with pytest.raises(AssertionError, match="a snapshot differs") as caught:
        same("verdicts/regf.jsonl", before.replace('"allow"', '"deny"', 1))
    assert '"decision": "deny"' in str(caught.value)
    assert "python tests/test_snapshots.py" in str(caught.value)


if __name__ == "__main__":
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        snapshots = dict(written(Path(scratch)))
    shutil.rmtree(SNAPSHOTS)
    for name, text in snapshots.items():
        (SNAPSHOTS / name).parent.mkdir(parents=True, exist_ok=True)
        (SNAPSHOTS / name).write_text(text, "utf-8")
