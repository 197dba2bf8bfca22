"""Messages of the carriers' newer service."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="rcs",
    title="RCS message",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs=(
        "A message by the service that follows SMS. Whether law that speaks of text messages means it is "
        "open, so that it is no `sms`; one that falls back to SMS is an `sms`."
    ),
    like=("sms",),
    asks=("endpoint", "to", "content", "opt_out", "automated", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
    providers=("us_ca_carriers",),
)
