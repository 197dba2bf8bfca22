"""Texts that go out and replies that come in: those written before the patterns, and the examples of the patterns."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from collectrules.advisor import Advisor
from collectrules.case.events import EVENT_KEYS
from collectrules.case.terms import CONTENT
from collectrules.ground.errors import InvalidInput
from collectrules.words.amounts import strange_amounts
from collectrules.words.gate import Gate
from collectrules.words.languages import load
from collectrules.words.named_debts import named_debt
from collectrules.words.plain_text import sentences, text_of, two_alphabets, whole
from collectrules.words.reading import language_of, read
from collectrules.words.replies import read_reply

if TYPE_CHECKING:
    from collectrules.case.objects import Case
    from collectrules.verdict.judgement import Judgement
    from collectrules.words.gate import TextVerdict

HERE = Path(__file__).parent
LANGUAGES = load()
FACTS_OF_THE_DEBTOR = {"deceased"}


def _listed(key: str, pattern: str = "*written_before.yaml") -> list[dict[str, Any]]:
    """The texts, or the replies, of the files in `texts/`."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((HERE / "texts").glob(pattern))]
    return [each for file in files for each in file.get(key, ())]


TEXTS = _listed("texts")
REPLIES = _listed("replies")
STATED: dict[str, dict[str, Any]] = {
    name: act
    for file in ("acts.yaml", "acts_of_held_out.yaml", "acts_of_later_sets.yaml")
    for name, act in yaml.safe_load((HERE / file).read_text("utf-8"))["acts"].items()
}
"""The acts as which texts go out, as a case file states them."""


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(Advisor.load(today=date(2026, 11, 29)), LANGUAGES)


@pytest.fixture(scope="module")
def acts(gate: Gate) -> dict[str, Case]:
    return {name: gate.advisor.case(act) for name, act in STATED.items()}


@pytest.mark.parametrize("listed", TEXTS, ids=lambda each: each["id"])
def test_a_text(gate: Gate, acts: dict[str, Case], listed: dict[str, Any]) -> None:
    verdict = gate.ask(listed["text"], acts[listed["act"]])
    assert verdict.decision == listed["expect"], verdict
    certain = {each.word for each in verdict.passages if each.certain}
    said = {each.word for each in verdict.passages}
    assert set(listed.get("words", ())) <= (certain if verdict.decision == "deny" else said)
    assert set(listed.get("missing", ())) <= {each.word for each in verdict.missing}


@pytest.mark.parametrize("listed", REPLIES, ids=lambda each: each["id"])
def test_a_reply(listed: dict[str, Any]) -> None:
    reply = read_reply(listed["text"], listed["channel"], LANGUAGES)
    certain = {each.event for each in reply.told if each.certain}
    perhaps = {each.event for each in reply.told if not each.certain}
    assert certain == set(listed.get("events", ())), reply
    assert set(listed.get("confirm", ())) <= perhaps
    if listed.get("unclear"):
        assert reply.unclear


HELD_OUT = _listed("texts", "held_out*.yaml")
"""Written without sight of the patterns that stood when they were first asked; what came of it: docs/words.md."""
EVERY = 1 if os.environ.get("COLLECTRULES_TEST_ALL") else 8
"""One text in so many is asked about as a case too; with COLLECTRULES_TEST_ALL=1 every one."""


def test_of_texts_by_others_no_certain_one_goes_out_and_few_lawful_ones_are_held_up(
    gate: Gate, acts: dict[str, Case]
) -> None:
    decided = [(each["expect"], gate.ask(each["text"], acts[each["act"]]).decision) for each in HELD_OUT]
    assert ("deny", "allow") not in decided
    assert ("review", "allow") not in decided
    lawful = sum(expected == "allow" for expected, _ in decided)
    assert decided.count(("allow", "deny")) * 20 < lawful  # fewer than one in twenty
    reviews = sum(expected != "review" and answer == "review" for expected, answer in decided)
    assert reviews * 5 < len(decided)  # a fifth at most goes to a person beside those that should


@pytest.mark.parametrize("listed", _listed("replies", "replies_held_out*.yaml"), ids=lambda each: each["id"])
def test_a_reply_by_others_tells_its_events_or_goes_to_a_person(listed: dict[str, Any]) -> None:
    reply = read_reply(listed["text"], listed["channel"], LANGUAGES)
    certain = {each.event for each in reply.told if each.certain}
    assert set(listed.get("events", ())) <= certain or reply.unclear
    assert certain.isdisjoint(listed.get("not", ()))
    assert certain.isdisjoint(set(listed.get("confirm", ())) - {"opt_out"})
    if "opt_out" in (*listed.get("events", ()), *listed.get("confirm", ())):
        assert "opt_out" in {each.event for each in reply.told}
    if listed.get("unclear"):
        assert reply.unclear


SAYINGS = [
    (language, saying, side, text)
    for language in LANGUAGES.values()
    for saying in language.sayings
    for side in ("certain", "unclear", "none")
    for text in getattr(saying.examples, side)
]


@pytest.mark.parametrize(("language", "saying", "side", "text"), SAYINGS, ids=[each[3] for each in SAYINGS])
def test_an_example_of_a_pattern(language: Any, saying: Any, side: str, text: str) -> None:
    said = [each.certain for each in read(text, language) if each.saying is saying]
    assert (not said) if side == "none" else (said[0] is (side == "certain"))


CAUGHT = [
    (language, kind, caught, text)
    for language in LANGUAGES.values()
    for kind in language.kinds
    for caught in (True, False)
    for text in (kind.caught if caught else kind.passed)
]


@pytest.mark.parametrize(("language", "kind", "caught", "text"), CAUGHT, ids=[each[3] for each in CAUGHT])
def test_an_example_of_a_net(language: Any, kind: Any, caught: bool, text: str) -> None:
    said = [each for each in read(text, language) if not (each.saying.required or each.saying.plain)]
    assert (kind.title in {each.saying.title for each in said}) if caught else (not said)
    assert not any(each.certain for each in said)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_kind_of_a_net_is_a_word_of_the_law_and_has_examples_on_both_sides(language: Any) -> None:
    assert {kind.word for kind in language.kinds} <= set(CONTENT.words)
    assert all(kind.caught and kind.passed for kind in language.kinds)
    assert language.kinds or not language.marks
    assert (language.net.unanchored is not None) is bool(language.marks)
    words = [word for kind in language.kinds for word in {*getattr(kind, "words", ())}]
    assert words or not language.marks


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_word_is_one_of_the_law_and_has_examples_on_both_sides(language: Any) -> None:
    for saying in language.sayings:
        words = set(saying.also) if saying.threat or saying.announced else {saying.word, *saying.also}
        assert words <= set(CONTENT.words), saying.word
        assert saying.examples.certain or saying.examples.unclear, saying.word
        assert saying.examples.none, saying.word
        assert bool(saying.certain) == bool(saying.examples.certain), saying.word
    for sign in language.replies.events:
        language.patterns(sign)
        assert sign.event in EVENT_KEYS or sign.event in FACTS_OF_THE_DEBTOR


def test_what_a_text_says_is_stated_of_the_act_and_checked_as_the_text_was(gate: Gate, acts: dict[str, Case]) -> None:
    for listed in HELD_OUT[::EVERY]:
        verdict = gate.ask(listed["text"], acts[listed["act"]])
        act = STATED[listed["act"]]
        found = gate.advisor.check(gate.advisor.case({**act, "action": {**act["action"], **verdict.act}}))
        # A suit that is announced is asked about as the threat of a claim too, by the gate alone.
        suit = any(each.word == "intends_specified_remedy" and each.certain for each in verdict.passages)
        assert found.decision == verdict.decision or (suit and (verdict.decision, found.decision) == ("deny", "review"))


def test_a_step_that_is_announced_is_open_until_somebody_says_whether_it_is_meant(
    gate: Gate, acts: dict[str, Case]
) -> None:
    verdict = gate.ask(f"{DISCLOSED}We will sue you.", acts["agency_letter_unknown_intent"])
    assert verdict.act["threatens"] == [{"what": "suit"}]
    assert gate.ask("You owe us.", acts["agency_letter"], part=True).act.get("unclear") is None


# ---- the gate -----------------------------------------------------------------------------------------------------


def _asked(gate: Gate, case: Case, text: str, **changes: Any) -> TextVerdict:
    assert case.action is not None
    return gate.ask(text, case.but(action=case.action.but(**changes)))


DISCLOSED = "This is from a debt collector. "


def test_a_passage_has_its_place_its_law_and_what_to_write(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask("This is from a debt collector.\nPay, or you will go to jail.", acts["agency_letter"])
    (passage,) = [each for each in verdict.passages if each.word == "threat_arrest_unlawful"]
    assert (passage.place, passage.text, passage.certain) == ("2:9", "you will go to jail", True)
    assert any("1006.18" in rule or "1692e" in rule for rule in passage.rules)
    assert passage.write


def test_an_announced_suit_is_a_threat_as_far_as_it_is_not_meant(gate: Gate, acts: dict[str, Case]) -> None:
    text = f"{DISCLOSED}If $1,840.00 is not paid by 15 January we will sue you."
    case = acts["agency_letter"]
    assert _asked(gate, case, text, intends_to_act=True).decision == "allow"
    assert _asked(gate, case, text, intends_to_act=None).decision == "review"
    assert _asked(gate, case, text, intends_to_act=False).decision == "deny"


def test_an_announced_suit_is_asked_as_the_threat_of_a_claim_too(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    barred = case.but(debts=tuple(debt.but(time_barred=True) for debt in case.debts))
    assert gate.ask(f"{DISCLOSED}You owe $1,840.00.", barred).decision != "deny"
    assert _asked(gate, barred, f"{DISCLOSED}We will sue you.", intends_to_act=True).decision == "deny"


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
    case = acts["agency_letter"]
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


@pytest.mark.parametrize(
    "text",
    [
        "you will be a r r e s t e d for this debt",
        "YOU WILL BE ARRESTED",
        "you will be arre\N{ZERO WIDTH SPACE}sted for the debt",
        "you\N{NO-BREAK SPACE}will\nbe arrested for it",
        "\N{FULLWIDTH LATIN SMALL LETTER Y}ou will be arrested for it",
        "Y0u w1ll be arr3sted for it",
        "youll be arrested for it",
    ],
)
def test_what_is_written_to_be_read_by_people_alone_is_read(gate: Gate, acts: dict[str, Case], text: str) -> None:
    assert gate.ask(DISCLOSED + text, acts["agency_letter"]).decision == "deny"


@pytest.mark.parametrize(
    "text", ["24h a day, on the 1st and 3rd, from 8am", "www.fernbank.example/p4y", "k3@example.org", "$1,840.00"]
)
def test_digits_that_are_digits_stay(text: str) -> None:
    assert whole(text).plain == text


def test_what_nobody_listed_is_for_a_person(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    verdict = gate.ask(f"{DISCLOSED}Govern yourself accordingly.", case)
    assert verdict.decision == "review"
    assert verdict.passages[-1].title == "a sentence of which nothing is recognized"
    assert gate.ask(f"{DISCLOSED}Your paralegal friend will hear of it.", case).decision == "review"
    assert gate.ask(f"{DISCLOSED}Please pay the balance, as agreed.", case).decision == "allow"
    verdict = gate.ask(f"{DISCLOSED}Please pay the balance. Come rain or shine.", case)
    assert verdict.decision == "review"
    (passage,) = [each for each in verdict.passages if not each.certain]
    assert (passage.text, passage.title) == ("rain", "words that letters about debts seldom use")
    assert gate.ask(f"{DISCLOSED}Sincerely, Kofi Mensah Boateng.", case).decision == "allow"


def test_what_may_be_a_step_is_not_taken_for_the_step_that_is_meant(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = _asked(gate, acts["agency_letter"], f"{DISCLOSED}Judge for yourself.", intends_to_act=True)
    assert verdict.decision == "review"
    announced = f"{DISCLOSED}We will sue you."
    assert _asked(gate, acts["agency_letter"], announced, intends_to_act=True).decision == "allow"
    assert _asked(gate, acts["agency_letter"], f"{announced} A judge decides.", intends_to_act=True).decision == "allow"
    assert _asked(gate, acts["agency_letter"], f"{announced} We take wages.", intends_to_act=True).decision == "review"


VOCABULARY = [
    ("We will fix your dishwashers' invoices.", True),
    ("Dear Mr. Quibblethorpe, please pay.", True),
    ("Please pay Quibblethorpe Ltd, thank you.", True),
    ("QUIBBLETHORPE: please pay.", True),  # a text begins with who writes it
    ("See www.quibble-thorpe.example, ref QX-55.", True),
    ("You can beleive the arrangment, thankyou.", True),  # mistyped by a letter
    ("Please quibble with us.", False),
    ("Please mention the driveway.", False),  # no word by its parts
    ("PLEASE QUIBBLE WITH EVERYBODY HERE.", False),
    ("Please pay \N{SMILING FACE WITH SMILING EYES}", True),
    ("Please pay \N{PISTOL}", False),
    ("We never quibble.", True),
    ("We never forget, the quibblers will come.", False),
    ("If you do not pay the quibblers come.", False),
    ("We would rather not quibble.", False),
]


@pytest.mark.parametrize(("text", "known"), VOCABULARY)
def test_a_word_of_no_kind_is_for_a_person_unless_it_is_a_name_or_denied(text: str, known: bool) -> None:
    language = LANGUAGES["en"]
    saying = language.vocabulary.saying
    assert (saying not in [each.saying for each in read(text, language)]) is known


def test_names_that_the_case_states_are_no_strange_words() -> None:
    language, text = LANGUAGES["de"], "Frist von quibblethorp."
    assert language.vocabulary.saying in [each.saying for each in read(text, language)]
    assert language.vocabulary.saying not in [each.saying for each in read(text, language, names=["Quibblethorp"])]


def test_a_vocabulary_of_ones_own_stands_beside_its_language(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("language: en\ntitle: English\nmarks: [the]\n", "utf-8")
    assert load([tmp_path])["en"].vocabulary.knows("invoice")
    (tmp_path / "vocabulary").mkdir()
    file = tmp_path / "vocabulary" / "en.yaml"
    file.write_text("{word: profanity, title: t, write: w, endings: {s: ['']}, kinds: {a: 'rabbit hamst*'}}", "utf-8")
    vocabulary = load([tmp_path])["en"].vocabulary
    known = {word: vocabulary.knows(word) for word in ("rabbits", "hamsters", "rabbi", "invoice")}
    assert known == {"rabbits": True, "hamsters": True, "rabbi": False, "invoice": False}


def test_what_is_left_after_a_payment_is_no_strange_sum(acts: dict[str, Case]) -> None:
    case = acts["agency_letter"]
    text = "We received $200.00. New balance: ${}."
    assert not list(strange_amounts(text.format("1,640.00"), case, *_sums_of("en")))
    assert list(strange_amounts(text.format("1,650.00"), case, *_sums_of("en")))


def _sums_of(language: str) -> tuple[Any, Any]:
    return LANGUAGES[language].other_sums, LANGUAGES[language].claimed_sums


def test_a_sentence_of_another_language_is_read_in_it(gate: Gate, acts: dict[str, Case]) -> None:
    text = f"{DISCLOSED}Please pay the balance. Si usted no paga, la polic\u00eda lo va a arrestar."
    assert gate.ask(text, acts["agency_letter"]).decision == "deny"
    bilingual = "Este mensaje es de un cobrador de deudas. Please call us about your balance, and thank you for it."
    assert gate.ask(bilingual, acts["agency_letter"]).decision == "deny", "what is required is read in one language"


def test_letters_of_two_alphabets_in_a_word_are_for_a_person(gate: Gate, acts: dict[str, Case]) -> None:
    verdict = gate.ask(f"{DISCLOSED}You owe \u0430rrears of $1,840.00.", acts["agency_letter"])
    assert verdict.decision == "review"
    assert "two alphabets" in verdict.unread[0]
    assert two_alphabets("plain text, \u0442\u0435\u043a\u0441\u0442") == ""


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


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Thank you for your payment of $50.00", False),
        ("as little as $20.00 a month", False),
        ("fees of $20.00", True),
        ("$1,840.00", False),
        ("1840 USD", False),
        ("USD 1.840,00", False),
        ("$2,310.55", True),
        ("You owe $18.40", True),
        ("a processing fee of $18.40", True),
        ("labor $18.40", False),
        ("interest $0.00", False),
        ("from a debt collector: we got ur $75 today", False),
        ("call 1840 now", False),
    ],
)
def test_sums_that_the_case_does_not_state(acts: dict[str, Case], text: str, strange: bool) -> None:
    english = LANGUAGES["en"]
    found = strange_amounts(text, acts["agency_letter"], english.other_sums, english.claimed_sums)
    assert bool(list(found)) is strange


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bal $1,840.00, ok?", "$1,840.00"),
        ("1840 USD", "1840 USD"),
        ("$2,040.00 in all", "$2,040.00"),
        ("re inv-1042.", "inv-1042"),
        ("INV-1042/Fernbank, A77 20", "INV-1042"),
        ("my 800555.", "800555"),
        ("call 800555-0199 or 512-800555", ""),
        ("on 800555,00 or 7.800555", ""),
        ("INV-10422, XINV-1042", ""),
        ("$1,840.50 and 1840 steps", ""),
        ("as of A7", ""),
        ("$0.00", ""),
    ],
)
def test_a_text_names_a_debt_by_its_sum_or_its_number(acts: dict[str, Case], text: str, named: str) -> None:
    case = acts["agency_sms"]
    debt = case.debts[0]
    others = (debt.but(id="A7", amount=Decimal(200), account_number="800555"), debt.but(id="A8", amount=None))
    found = named_debt(text, case.but(debts=(debt, *others)))
    assert (text[slice(*found)] if found else "") == named


def test_who_names_a_debt_states_it_in_whatever_words(gate: Gate, acts: dict[str, Case]) -> None:
    case = acts["agency_sms"]
    texts = (
        "Can you do 150 towards $1,840.00? Reply STOP to opt out.",
        "INV-1042, can you do 150? Reply STOP to opt out.",
    )
    for text in texts:
        verdict = gate.ask(text, case)
        assert "states_debt" in verdict.content
        assert verdict.decision == "deny"
        assert "collector_disclosure" in {each.word for each in verdict.missing}
    assert "states_debt" not in gate.ask("Can you do 150? Reply STOP to opt out.", case).content


def test_an_account_without_an_act_and_a_text_without_end_are_told(gate: Gate, acts: dict[str, Case]) -> None:
    with pytest.raises(InvalidInput, match="neither what is to be done"):
        gate.ask("Hello", acts["agency_letter"].but(action=None))
    with pytest.raises(InvalidInput, match="more than is read"):
        gate.ask("x" * 200_001, acts["agency_letter"])


# ---- reading ------------------------------------------------------------------------------------------------------


def test_offsets_lead_back_to_the_text() -> None:
    text = "Straße 1.  \N{LEFT DOUBLE QUOTATION MARK}Zahlen\N{RIGHT DOUBLE QUOTATION MARK} Sie, S i e Ärmster!"
    for sentence in sentences(text):
        assert len(sentence.plain) == len(sentence.offsets)
        assert list(sentence.offsets) == sorted(sentence.offsets)
    last = sentences(text)[-1]
    start, end = last.span(last.plain.index("armster"), last.plain.index("armster") + 7)
    assert text[start:end] == "Ärmster"


def test_the_language_of_few_words_is_the_one_that_is_stated() -> None:
    german = language_of("Mahnung", LANGUAGES, ("de",))
    assert german is not None
    assert german.code == "de"
    assert language_of("Mahnung", LANGUAGES) is None
    assert language_of("qqq www eee rrr ttt", LANGUAGES, ("de",)) is None


def test_mail_and_pages_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    page.write_text("<head><title>x</title></head><body><p>You &amp; we</p><script>jail</script></body>", "utf-8")
    assert text_of(page) == "You & we"
    mail = tmp_path / "letter.eml"
    mail.write_text("Subject: Your account\nContent-Type: text/plain\n\nYou owe.\n", "utf-8")
    assert text_of(mail) == "Your account\n\nYou owe.\n"


def test_patterns_of_ones_own_are_read_and_held_against_their_form(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no patterns are here"):
        load([tmp_path])
    file = tmp_path / "it.yaml"
    saying = "{word: profanity, title: t, write: w, certain: ['%s']}"
    file.write_text(f"language: it\ntitle: Italian\nmarks: [il]\nsayings: [{saying % '(accidenti'}]\n", "utf-8")
    with pytest.raises(InvalidInput, match="`profanity` has a pattern that is none"):
        load([tmp_path])
    file.write_text(f"language: it\ntitle: Italian\nmarks: [il]\nsayings: [{saying % 'accidenti'}]\n", "utf-8")
    assert load([tmp_path])["it"].title == "Italian"
    file.write_text("language: it\ntitle: Italian\nmarks: [il]\nframes: {turns: ['(ma']}\n", "utf-8")
    with pytest.raises(InvalidInput, match="`frames` or `other_sums` have a pattern that is none"):
        load([tmp_path])
    file.write_text("language: it\ntitle: Italian\nmarks: [il]\nsays: []\n", "utf-8")
    with pytest.raises(InvalidInput, match="these are no patterns: object contains unknown field `says`"):
        load([tmp_path])


def test_a_net_of_ones_own_stands_beside_its_language_and_the_shipped_one_stays_without(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("language: en\ntitle: English\nmarks: [the]\n", "utf-8")
    assert load([tmp_path])["en"].kinds == LANGUAGES["en"].kinds
    (tmp_path / "net").mkdir()
    net = tmp_path / "net" / "en.yaml"
    net.write_text("kinds: [{word: profanity, title: t, write: w, words: [zounds*]}]\n", "utf-8")
    language = load([tmp_path])["en"]
    assert [each.saying.title for each in read("Zoundsy!", language)] == ["t"]
    net.write_text("kinds: [{word: profanity, title: t, write: w, forms: ['(zounds']}]\n", "utf-8")
    with pytest.raises(InvalidInput, match="the net has a pattern that is none"):
        load([tmp_path])


# ---- replies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted({word for each in LANGUAGES.values() for word in each.replies.stop_words}))
@pytest.mark.parametrize("form", ["{}", "{}.", "  {} !", "{}\n"])
def test_no_stop_word_is_missed(word: str, form: str) -> None:
    for text in (form.format(word), form.format(word.upper()), form.format(word.title())):
        reply = read_reply(text, "sms", LANGUAGES)
        assert [(each.event, each.certain) for each in reply.told][:1] == [("opt_out", True)], text
        assert reply.told[0].entry == {"event": "opt_out", "channel": "sms", "scope": "channel"}


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("stop stop", True),
        ("please, stop now", True),
        ("opt-out", True),
        ("s.t.o.p.", True),
        ("stopp it", True),
        ("stpo", False),
        ("unsubcribe", False),
        ("\N{OCTAGONAL SIGN}", False),
        ("\N{CJK UNIFIED IDEOGRAPH-505C}\N{CJK UNIFIED IDEOGRAPH-6B62}", False),
        ("stop at the bank", False),
    ],
)
def test_what_is_nearly_a_stop_word_is_confirmed(text: str, certain: bool) -> None:
    told = [each.certain for each in read_reply(text, "sms", LANGUAGES).told if each.event == "opt_out"]
    assert told == [certain]


@pytest.mark.parametrize(
    "text",
    [
        "bye",
        "why do you keep on",
        "Dur art\u0131k",
        "you not write me",
        "\N{REVERSED HAND WITH MIDDLE FINGER EXTENDED}",
    ],
)
def test_what_is_not_understood_may_be_a_stop(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert [(each.event, each.certain) for each in reply.told] == [("opt_out", False)]
    assert reply.unclear
    assert not read_reply("why do you keep on", "letter", LANGUAGES).told


@pytest.mark.parametrize(
    "text", ["ok", "thanks!", "how much do I owe", "wie hoch ist die Rechnung", "merci", "bus stop"]
)
def test_thanks_and_questions_stop_nothing(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert "opt_out" not in {each.event for each in reply.told if text != "bus stop" or each.certain}
    assert reply.unclear


def test_a_sentence_that_is_not_understood_beside_one_that_is_goes_to_a_person() -> None:
    assert not read_reply("STOP. Please and thank you.", "sms", LANGUAGES).unclear.startswith("'STOP")
    reply = read_reply("Stop texting me. The dog ate the purple hat.", "sms", LANGUAGES)
    assert [(each.event, each.certain) for each in reply.told] == [("opt_out", True)]
    assert reply.unclear == "'The dog ate the purple hat.' was not understood: a person must read it"


@pytest.mark.parametrize("text", ["shop", "step", "please", "the end is near"])
def test_what_is_no_stop_word_stops_nothing(text: str) -> None:
    assert not [each for each in read_reply(text, "sms", LANGUAGES).told if each.certain]


FRAMES = [
    ("We will not call again, but you will be arrested.", True),
    ("You will not be arrested if you pay.", False),
    ("You will not be arrested.", None),
    ("You will not be arrested if you do not pay.", None),
    ("Unless a court orders it we cannot have you arrested.", None),
    ("Another firm told you that you will be arrested.", None),
    ("Another firm called you, and you will be arrested.", True),
    ("A collector may not say that you will be arrested.", None),
    ("If not paid the sheriff will come for you.", True),
    ("Wir rufen nicht mehr an, aber Sie werden verhaftet.", True),
    ("Si no paga ser\u00e1 arrestado.", True),
    ("Vous n'irez pas en prison.", None),
]


@pytest.mark.parametrize(("text", "certain"), FRAMES)
def test_a_denial_reaches_as_far_as_its_clause(text: str, certain: bool | None) -> None:
    language = language_of(text, LANGUAGES)
    assert language is not None
    said = [each.certain for each in read(text, language) if each.saying.word == "threat_arrest_unlawful"]
    assert (said[0] if said else None) is certain


@pytest.mark.parametrize("text", ["?", "", "ok", "lorem ipsum dolor", "\N{THUMBS UP SIGN}"])
def test_what_was_not_understood_is_never_nothing(text: str) -> None:
    reply = read_reply(text, "sms", LANGUAGES)
    assert not [each for each in reply.told if each.certain]
    assert reply.unclear


def test_events_can_stand_in_a_history() -> None:
    advisor = Advisor.load()
    for listed in REPLIES:
        for told in read_reply(listed["text"], listed["channel"], LANGUAGES).told:
            if told.entry:
                case = {
                    "jurisdiction": "US-TX",
                    "record": "partial",
                    "collector": {"role": "third_party"},
                    "debts": [{"id": "A", "kind": "consumer"}],
                    "history": [{"at": "2026-11-20T10:00", **told.entry}],
                }
                advisor.case(case)
