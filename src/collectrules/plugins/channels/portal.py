"""The collector's own web site or app."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="portal",
    title="web portal",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="account",
    docs="The collector's own web site or app, where the person signs in.",
    asks=("content", "opt_out", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
)
