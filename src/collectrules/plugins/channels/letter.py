"""Letters in an envelope."""

from collectrules.plugins.channels import Channel, Way

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
    reached_by="address",
    docs="A letter in a closed envelope, sent by post to an address. What the envelope shows is a fact of the action.",
    asks=("to", "place", "content", "envelope", "languages", "purpose"),
    leaves=("mailed", "delivered", "received"),
    discloses=("collector_disclosure",),
    ways=(
        Way(
            "certified",
            "certified or registered mail",
            docs="A letter; a law that asks how it was sent declares the fact, "
            "or asks for the event (`certified: true`).",
        ),
        Way("employer", "a letter to the employer", {"to": "employer"}),
    ),
)
