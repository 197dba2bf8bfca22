"""Telephone calls."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="phone",
    title="telephone call",
    electronic=False,
    written=False,
    spoken=True,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    docs="A voice call, also one that ends in a voicemail. Its endpoint says whether it reaches a place.",
)
