"""Notices of the collector's app on the screen of a device."""

from collectrules.plugins.channels import Channel

CHANNEL = Channel(
    name="push",
    title="push notification",
    electronic=True,
    written=True,
    spoken=False,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="account",
    docs=(
        "A notice that the collector's app shows on a device, also while it is locked; what the person finds "
        "on signing in is `portal`."
    ),
    like=("sms",),
    asks=("to", "content", "opt_out", "visible_to", "purpose"),
    leaves=("sent", "delivered"),
    discloses=("collector_disclosure", "opt_out_notice"),
    providers=("app_stores",),
)
