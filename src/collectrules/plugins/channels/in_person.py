"""Papers handed over in person."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="in_person",
    title="handed over in person",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=False,
    postal=False,
    in_person=True,
    reached_by="person",
    docs="A paper handed over from person to person: it carries events, not contacts.",
    like=("visit",),
    asks=("to", "place"),
)
