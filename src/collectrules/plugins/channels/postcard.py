"""Postcards."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="postcard",
    title="postcard",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=True,
    postal=True,
    in_person=False,
    reached_by="address",
    docs="A card sent by post without an envelope, which anybody who handles it can read.",
    asks=("to", "content", "purpose"),
    leaves=("mailed", "delivered", "received"),
)
