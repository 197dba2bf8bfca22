"""The bare engine behind durable-rules, and the same with everything it is told written down."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.deciding import durable

if TYPE_CHECKING:
    from collections.abc import Callable

needs_engine = pytest.mark.skipif(bool(durable.reason_unavailable()), reason=durable.reason_unavailable())

BARE_ENGINE: Final = """
import json, durable_rules_engine as engine
def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
def rules(*rules, first=({"id": "1"},)):
    named = {str(number): {"all": [{"m": {"$and": [*first, *tests]}}]} for number, tests in enumerate(rules)}
    return engine.create_ruleset("r", text(named))
def fire(handle, **fact):
    code, state = engine.assert_fact(handle, text({"id": "1", **fact}))
    if code:
        return []
    action = engine.start_action_for_state(handle, state)
    if action is None:
        return "locked"
    message, fired = action[1], []
    while message is not None:
        fired.append(int(next(iter(json.loads(message)))))
        message = engine.complete_and_start_action(handle, state)
    engine.retract_fact(handle, '{"id":"1"}')
    return fired
def error(function, *arguments, **fact):
    try:
        return function(*arguments, **fact)
    except Exception as raised:
        return str(raised)[-3:]
"""


def bare(script: str) -> Any:
    """What the bare engine does, as the JSON that the script prints last."""
    done = subprocess.run(
        [sys.executable, "-c", f"{BARE_ENGINE}\n{script}"], capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(name="bare")
def bare_fixture() -> Callable[[str], Any]:
    return bare


class Recorder:
    """The engine, with everything it is told written down; `before` and `after` get the name of each call."""

    def __init__(self, before: Callable[[str], None] | None, after: Callable[[str], None] | None) -> None:
        self.rules: list[str] = []
        self.facts: list[str] = []
        self.called: set[str] = set()
        self.real = durable._engine()  # noqa: SLF001 -- what passes between them is the matter here
        self.before, self.after = before, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.real, name)

        def call(*arguments: Any) -> Any:
            self.called.add(name)
            if self.before is not None:
                self.before(name)
            if name == "create_ruleset":
                self.rules.append(arguments[1])
            if name == "assert_fact":
                self.facts.append(arguments[1])
            result = real(*arguments)
            if self.after is not None:
                self.after(name)
            return result

        return call


@pytest.fixture
def recording(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Recorder]:
    """Puts a recorder in the place of the engine."""

    def put(*, before: Callable[[str], None] | None = None, after: Callable[[str], None] | None = None) -> Recorder:
        recorder = Recorder(before, after)
        monkeypatch.setattr(durable, "_engine", lambda: recorder)
        return recorder

    return put


@pytest.fixture
def recorder(recording: Callable[..., Recorder]) -> Recorder:
    return recording()
