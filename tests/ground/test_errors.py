"""What was meant is looked for among words that somebody may have meant."""

from collectrules.ground.errors import meant


def test_a_slip_is_told_and_a_long_text_is_none() -> None:
    assert meant("credtor", ["creditor", "third_party"]) == "did you mean `creditor`?"
    assert meant("c" * 101, ["c" * 100]) == ""
