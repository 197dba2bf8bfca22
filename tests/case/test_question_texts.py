"""Each question is about a fact that there is, and is one."""

import pytest

from collectrules.case.question_texts import QUESTIONS
from collectrules.case.vocabulary import catalogue

BEGINNINGS = {
    *("is", "are", "was", "has", "have", "did", "does", "may", "can", "which", "who", "what", "how", "why"),
    *("on", "in", "within", "by", "to", "since", "for", "with"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_about_a_fact_and_is_one(name: str) -> None:
    owner, key = name.split(".")
    field = catalogue().own_fields(owner)[key]
    assert field.question == QUESTIONS[name]
    assert field.question.endswith("?")
    assert field.question.split()[0] in BEGINNINGS
    if field.type == "bool":
        assert field.question.split()[0] in {"is", "has", "did", "does", "was", "can"}
