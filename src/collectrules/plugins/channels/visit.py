"""Personal visits."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="visit",
    title="personal visit",
    electronic=False,
    written=False,
    spoken=True,
    tied_to_place=True,
    public=False,
    postal=False,
    in_person=True,
    docs="Somebody calls on the person, at home, at work or anywhere else.",
)
