"""Posts that others can see."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="social_public",
    title="public post on a platform",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=True,
    postal=False,
    in_person=False,
    reached_by="account",
    docs="A post that the public or the person's contacts on the platform can see.",
    asks=("content", "visible_to", "profile", "purpose"),
    leaves=("sent",),
)
