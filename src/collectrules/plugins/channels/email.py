"""E-mail."""

from collectrules.plugins.channels import Channel, Way

CHANNEL = Channel(
    name="email",
    title="e-mail",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="email",
    docs="An e-mail to one address; the domain and who provided the address are facts of the endpoint.",
    asks=("endpoint", "to", "content", "opt_out", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
    ways=(Way("employer", "to an address at the employer", {"to": "employer"}),),
)
