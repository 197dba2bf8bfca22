"""WhatsApp messages."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="whatsapp",
    title="WhatsApp message",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs=(
        "A message to one WhatsApp account. A call over WhatsApp is `phone`; groups and status posts are left "
        "out. Law that was read for the channels of the case format alone does not cover it."
    ),
    like=("sms", "social_private"),
    asks=("endpoint", "to", "content", "opt_out", "automated", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
    providers=("whatsapp",),
)
