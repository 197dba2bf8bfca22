"""Response forms that come back."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="response_form",
    title="response form",
    electronic=False,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="account",
    docs="The tear-off form of a validation notice, sent back by the person: it carries events, not contacts.",
)
