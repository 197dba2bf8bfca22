"""How a preflight is told: a page as text, or one object of JSON a line."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground import money
from collectrules.ground.lines import wrapped

if TYPE_CHECKING:
    from collectrules.handoff.preflight import Preflight
    from collectrules.handoff.writing import Written

_WORDS: Final = {"allow": "READY", "deny": "DENIED", "review": "REVIEW"}


def as_json(preflight: Preflight) -> str:
    """By the published schema `collectrules/handoff/v1`."""
    return json.dumps(preflight.to_mapping(), ensure_ascii=False)


def as_text(preflight: Preflight) -> str:
    """At most 80 columns: the decision, everything that stands against it with what mends it, and the quote."""
    word = "READY" if preflight.ready else _WORDS[preflight.decision]
    lines = [
        f"{word:8}{preflight.account}: {preflight.act.replace('_', ' ')}, {preflight.format} to {preflight.receiver}"
    ]
    if preflight.approved is not None:
        answered = preflight.approved
        lines += wrapped(f"by {answered.by}: {answered.because}", "        ", first="approved ")
        for what in answered.what:
            lines += wrapped(what, "         ", first="         ")
    told: set[str] = set()
    for blocker in preflight.blockers:
        lines += wrapped(f"{blocker.by}: {blocker.what}", "  ")
        if blocker.citation:
            lines += wrapped(f"{blocker.rule} · {blocker.citation}", "      ")
        for mend in blocker.mend:
            if mend not in told:  # what mends several is told once
                lines += wrapped(mend, "          ", first="    mend  ")
        told.update(blocker.mend)
    for other in preflight.otherwise:
        lines += wrapped(other, "          ", first="    else  ")
    for sum_ in preflight.unreckoned:
        lines += wrapped(sum_, "        ", first="  note  ")
    if preflight.quote is not None:
        quote = preflight.quote
        net = f"{quote.currency} {money.written(quote.net)}"
        text = f"net {net} of {quote.currency} {money.written(quote.amount)}: {quote.how}"
        lines += wrapped(text, "        ", first="quote   ")
    return "\n".join(lines)


def schema(of: str) -> dict[str, Any]:
    """The published schema of a preflight (`handoff`), or of the JSON in a package (`package`)."""
    folder = "plugins/handoffs" if of == "package" else "handoff"
    text = files("collectrules").joinpath(f"{folder}/{of}.schema.json").read_text(encoding="utf-8")
    published: dict[str, Any] = json.loads(text)
    return published


def written(run: Written) -> str:
    """What came of a run, in one line."""
    counts = [f"{run.accounts} written" if run.path is None else f"{run.accounts} written to {run.path}"]
    if run.refused:
        counts.append(f"{run.refused} refused")
    if run.unreadable:
        counts.append(f"{run.unreadable} unreadable")
    return ", ".join(counts)
