"""Text messages."""

from collectrules.plugins.channels import Channel, Way

CHANNEL = Channel(
    name="sms",
    title="text message",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs="A text message to a telephone number. Messengers that have an account of their own are other channels.",
    asks=("endpoint", "to", "content", "opt_out", "automated", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
    providers=("us_ca_carriers",),
    ways=(Way("mms", "with pictures or sound", docs="No fact tells it apart: no law here does."),),
)
