"""Personal visits."""

from collectrules.plugins.channels import Channel, Way

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
    reached_by="address",
    docs="Somebody calls on the person, at home, at work or anywhere else.",
    asks=("to", "place", "purpose", "heard_by"),
    leaves=("conversation", "no_answer"),
    discloses=("collector_disclosure",),
    ways=(Way("employer", "a visit to the employer", {"to": "employer", "place": "work"}),),
)
