"""A plugin of collectrules: Viber messages as a channel."""

from __future__ import annotations

from collectrules import Channel, hookimpl

collectrules_api = 1

VIBER = Channel(
    name="viber",
    title="Viber message",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs="A message to one Viber account. A call over Viber is `phone`; communities are left out.",
    like=("sms", "social_private"),
    asks=("endpoint", "to", "content", "opt_out", "automated", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
)


@hookimpl
def collectrules_channels() -> list[Channel]:
    """The channel `viber`."""
    return [VIBER]
