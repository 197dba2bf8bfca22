"""What was meant is looked for among words that somebody may have meant."""

from collectrules.ground.errors import InvalidInput, Place, Problem, meant


def test_a_slip_is_told_and_a_long_text_is_none() -> None:
    assert meant("credtor", ["creditor", "third_party"]) == "did you mean `creditor`?"
    assert meant("c" * 101, ["c" * 100]) == ""


def test_of_very_many_problems_the_first_are_told_and_all_are_there() -> None:
    wrong = InvalidInput([Problem(Place("a.yaml", line, 1), "CR011", "no such key") for line in range(1, 100_001)])
    *told, more = str(wrong).splitlines()
    assert len(told) == 200
    assert told[0] == "a.yaml:1:1: CR011 no such key"
    assert more == "and 99,800 more problems"
    assert len(wrong.problems) == 100_000
