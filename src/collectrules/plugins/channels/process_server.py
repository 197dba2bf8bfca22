"""Service of papers of a court."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="process_server",
    title="service by a process server",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=False,
    postal=False,
    in_person=True,
    reached_by="address",
    docs=(
        "Somebody who is entitled to hands over papers of a court. What the collector itself hands over is "
        "`in_person`; whether suing is lawful is asked of `file_claim`."
    ),
    like=("in_person",),
    asks=("to", "place"),
)
