"""What the gate answers about a text as an act: places, law, steps, parts, second readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.words.conftest import DISCLOSED, LANGUAGES, STATED, asked

from collectrules.advisor import Advisor
from collectrules.ground.errors import InvalidInput
from collectrules.words.gate import Gate

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.verdict.judgement import Judgement


def test_a_passage_has_its_place_its_law_and_what_to_write(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask("This is from a debt collector.\nPay, or you will go to jail.", acts["agency_letter"])
    (passage,) = [each for each in verdict.passages if each.word == "threat_arrest_unlawful"]
    assert (passage.place, passage.text, passage.certain) == ("2:9", "you will go to jail", True)
    assert any("1006.18" in rule or "1692e" in rule for rule in passage.rules)
    assert passage.write


def test_an_announced_suit_is_a_threat_as_far_as_it_is_not_meant(gate: Gate, acts: dict[str, Case]) -> None:
    text = f"{DISCLOSED}If $1,840.00 is not paid by 15 January we will sue you."
    case = acts["agency_letter"]
    assert asked(gate, case, text, intends_to_act=True).decision == "allow"
    assert asked(gate, case, text, intends_to_act=None).decision == "review"
    assert asked(gate, case, text, intends_to_act=False).decision == "deny"


def test_an_announced_suit_is_asked_as_the_threat_of_a_claim_too(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    barred = case.but(debts=tuple(debt.but(time_barred=True) for debt in case.debts))
    assert gate.ask(f"{DISCLOSED}You owe $1,840.00.", barred).decision != "deny"
    assert asked(gate, barred, f"{DISCLOSED}We will sue you.", intends_to_act=True).decision == "deny"


def test_a_part_need_not_say_everything_but_nothing_forbidden(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    assert gate.ask("You owe $1,840.00 to Fernbank Supply.", case).decision == "deny"
    assert gate.ask("You owe $1,840.00 to Fernbank Supply.", case, part=True).decision == "allow"
    assert gate.ask("You owe $1,840.00, you thief.", case, part=True).decision == "deny"


def test_what_is_certain_and_no_encoded_law_speaks_of_is_for_a_person(gate: Gate) -> None:
    shop = gate.advisor.case({**STATED["shop_letter"], "jurisdiction": "EU"})
    assert shop.debtor is not None
    business = shop.but(
        debtor=shop.debtor.but(kind="company"), debts=tuple(debt.but(kind="commercial") for debt in shop.debts)
    )
    text = "This letter is from the credit bureau."
    assert gate.ask(text, shop).decision == "deny"
    verdict = gate.ask(text, business)
    assert verdict.decision == "review"
    (passage,) = verdict.passages
    assert passage.certain
    assert passage.rules[0].startswith("coverage_gap: ")


def test_the_sentences_of_a_case_are_judged_once_a_kind_of_act(
    gate: Gate, acts: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    judge = Advisor.judge

    def counted(self: Advisor, case: Case) -> Judgement:
        judged.append(case.action.kind if case.action is not None else "")
        return judge(self, case)

    monkeypatch.setattr(Advisor, "judge", counted)
    case = acts["agency_letter"].but()
    for text in ("You owe $1,840.00.", "You will go to jail.", "We will sue you.", "You thief, we will sue you."):
        gate.ask(text, case, part=True)
    assert judged == ["contact", "threaten_claim"]


def test_a_required_statement_that_is_not_read_in_a_language_is_told(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask("Bitte überweisen Sie den Betrag für die Rechnung noch heute.", acts["agency_letter"])
    assert verdict.decision == "review"
    assert "is not read in German" in verdict.unread[0]


def test_a_text_of_no_known_language_is_for_a_person(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask("Prosimy o natychmiastową zapłatę należności wynikającej z faktury.", acts["agency_letter"])
    assert (verdict.decision, verdict.language) == ("review", "")


def test_what_may_be_a_step_is_not_taken_for_the_step_that_is_meant(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = asked(gate, acts["agency_letter"], f"{DISCLOSED}Judge for yourself.", intends_to_act=True)
    assert verdict.decision == "review"
    announced = f"{DISCLOSED}We will sue you."
    assert asked(gate, acts["agency_letter"], announced, intends_to_act=True).decision == "allow"
    assert asked(gate, acts["agency_letter"], f"{announced} A judge decides.", intends_to_act=True).decision == "allow"
    assert asked(gate, acts["agency_letter"], f"{announced} We take wages.", intends_to_act=True).decision == "review"


def test_a_sentence_of_another_language_is_read_in_it(gate: Gate, acts: dict[str, Case]) -> None:
    text = f"{DISCLOSED}Please pay the balance. Si usted no paga, la polic\u00eda lo va a arrestar."
    assert gate.ask(text, acts["agency_letter"]).decision == "deny"
    bilingual = "Este mensaje es de un cobrador de deudas. Please call us about your balance, and thank you for it."
    assert gate.ask(bilingual, acts["agency_letter"]).decision == "deny", "what is required is read in one language"


def test_a_second_reader_can_only_make_an_answer_stricter(gate: Gate, acts: dict[str, Case]) -> None:
    class Second:
        def __init__(self, word: str) -> None:
            self.word = word

        def read(self, text: str, language: str) -> list[tuple[str, int, int]]:
            return [(self.word, 0, len(text))]

    fine, bare = f"{DISCLOSED}You owe $1,840.00.", "You owe $1,840.00."
    case = acts["agency_letter"]
    assert Gate(gate.advisor, LANGUAGES, [Second("profanity")]).ask(fine, case).decision == "review"
    assert Gate(gate.advisor, LANGUAGES, [Second("collector_disclosure")]).ask(bare, case).decision == "deny"


def test_an_account_without_an_act_and_a_text_without_end_are_told(gate: Gate, acts: dict[str, Case]) -> None:
    with pytest.raises(InvalidInput, match="neither what is to be done"):
        gate.ask("Hello", acts["agency_letter"].but(action=None))
    with pytest.raises(InvalidInput, match="more than is read"):
        gate.ask("x" * 200_001, acts["agency_letter"])
