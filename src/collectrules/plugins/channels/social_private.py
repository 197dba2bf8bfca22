"""Private messages on social platforms."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="social_private",
    title="private message on a platform",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="account",
    docs="A message on a social platform that only the person addressed can see.",
    asks=("endpoint", "to", "content", "opt_out", "profile", "visible_to", "purpose"),
    leaves=("sent", "delivered", "received"),
    discloses=("collector_disclosure", "opt_out_notice"),
)
