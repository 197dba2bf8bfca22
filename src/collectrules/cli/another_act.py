"""Another act of the same account: `check --action KIND --channel CHANNEL --at MOMENT` in place of what a case asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from collectrules.cli.days import NOW

if TYPE_CHECKING:
    from collections.abc import Collection

    from collectrules.case.objects import Case


class AnotherAct(Struct, frozen=True):
    """The act that is asked about instead: what is not given is as in the case, and the moment is now."""

    kind: str | None
    channel: str | None
    at: str | None
    """A day or a moment on the debtor's clock as a case has it, or `now`; None is now."""

    def of(self, case: Case, channels: Collection[str]) -> Case:
        """The case with that act and none of the details of its own. Raises InvalidInput, or click.UsageError."""
        from collectrules.case.reading import case_from_mapping

        own = case.action
        kind = self.kind or (own.kind if own is not None else None)
        if kind is None:
            raise click.UsageError(
                "the case has no act of its own\n    say with `--action` which act is meant: contact"
            )
        act: dict[str, object] = {"kind": kind}
        channel = self.channel or (own.channel if own is not None and own.kind == kind else None)
        if channel is not None:
            act["channel"] = channel
        if self.at in (None, NOW):
            act.update(at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M}", at_tz="Etc/UTC")
        else:
            act["at"] = self.at
        stated = {key: value for key, value in case.to_mapping().items() if key not in ("ask", "expect")}
        return case_from_mapping({**stated, "action": act}, channels=channels)


def option(asked: dict[str, str | None]) -> AnotherAct | None:
    """The act that the options `kind`, `channel` and `at` ask about; None where none of them is given."""
    return AnotherAct(**asked) if any(asked.values()) else None
