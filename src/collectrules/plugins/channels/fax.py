"""Telefaxes."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="fax",
    title="fax",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=True,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs=(
        "A page that comes out of a machine where others may read it: say under `place` where it stands. A "
        "fax that arrives as an e-mail is `email`."
    ),
    like=("letter", "email"),
    asks=("endpoint", "place", "to", "content", "opt_out", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
)
