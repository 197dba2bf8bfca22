"""Telephone calls."""

from collectrules.plugins.channels import Channel, Way

CHANNEL = Channel(
    name="phone",
    title="telephone call",
    electronic=False,
    written=False,
    spoken=True,
    tied_to_place=False,
    public=False,
    postal=False,
    in_person=False,
    reached_by="number",
    docs="A voice call, also one that ends in a voicemail. Its endpoint says whether it reaches a place.",
    asks=("endpoint", "place", "to", "leaves_voicemail", "automated", "content", "purpose"),
    leaves=(
        "conversation",
        "no_answer",
        "voicemail",
        "voicemail_full",
        "limited_content_message",
        "recorded_message",
        "ringless_voicemail",
        "dropped",
        "busy",
        "not_in_service",
    ),
    discloses=("collector_disclosure", "contact_name"),
    ways=(
        Way("manual", "dialled by a person", {"automated": False}),
        Way(
            "autodialed",
            "dialled by a machine, answered by a person",
            docs="No fact tells it from a call that a person dials. Where a law calls the machine an autodialer, "
            "`automated: true` asks of it what is asked of recorded calls.",
        ),
        Way("prerecorded", "a recorded voice", {"automated": True}, ("recorded_message", "voicemail", "no_answer")),
        Way(
            "artificial_voice",
            "an artificial voice",
            {"automated": True},
            docs="A voice made by artificial intelligence too: a machine speaks.",
        ),
        Way(
            "voicemail",
            "a message on an answering machine",
            {"leaves_voicemail": True},
            ("voicemail", "limited_content_message", "voicemail_full"),
        ),
        Way(
            "ringless_voicemail",
            "a message put into the box without a ring",
            {"automated": True, "leaves_voicemail": True},
            ("ringless_voicemail",),
        ),
        Way("employer", "a call to the employer", {"to": "employer"}),
    ),
)
