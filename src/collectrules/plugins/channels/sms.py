"""Text messages."""

from collectrules.plugins.channels import Channel

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
    docs="A text message to a telephone number. Messengers that have an account of their own are other channels.",
)
