"""Couriers."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="courier",
    title="courier",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=False,
    postal=False,
    in_person=False,
    reached_by="address",
    docs="An envelope or parcel delivered against a signature: it carries events, not contacts.",
    asks=("to", "place"),
)
