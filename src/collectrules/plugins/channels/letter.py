"""Letters in an envelope."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="letter",
    title="letter",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=False,
    postal=True,
    in_person=False,
    docs="A letter in a closed envelope, sent by post to an address. What the envelope shows is a fact of the action.",
)
