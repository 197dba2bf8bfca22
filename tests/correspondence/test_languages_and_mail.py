"""The language of a letter, and a letter by e-mail: both are asked of the law as what they are."""

from __future__ import annotations

import email
from email.policy import SMTP
from typing import TYPE_CHECKING, Any

import pytest

from collectrules.ground.errors import InvalidInput
from collectrules.letters.formats import built_in
from collectrules.letters.letterheads import Letterhead, Party

from .conftest import AGENCY, HOUSE, SHOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.correspondence.preparing import Prepared

    Write = Callable[..., Prepared]

FORMS = {form.name: form for form in built_in()}
FIRM = Letterhead(
    sender=Party(name="Lindenhof GmbH", address=("Uferstraße 1", "10115 Berlin"), email="ap@lindenhof.example"),
    payment=("IBAN DE00",),
)
MAIL = {"endpoints": [{"number": "+49 30 901820"}, {"email": "ap@soehne.example"}]}


def with_debtor(account: dict[str, Any], **debtor: Any) -> dict[str, Any]:
    return {**account, "version": 2, "debtor": {**account["debtor"], **debtor}}


def text_of(prepared: Prepared) -> str:
    return FORMS["text"].write(prepared.document).decode()


@pytest.mark.parametrize("name", ["reminder", "statement", "copy_invoice", "demand_letter", "final_notice"])
@pytest.mark.parametrize(("code", "amount"), [("de", "1.250,00 EUR"), ("fr", "1 250,00 EUR"), ("es", "1.250,00 EUR")])
def test_the_debtor_is_written_to_in_the_language_that_is_stated(
    written: Write, name: str, code: str, amount: str
) -> None:
    found = written(name, with_debtor(SHOP, language=code), FIRM, intends_to_act=True)
    assert found.document.language == code
    assert found.may_be_sent
    text = " ".join(text_of(found).split())
    assert amount in text
    assert "1,250.00" not in text
    assert found.acts == written(name, SHOP, FIRM, intends_to_act=True).acts


def test_what_is_asked_goes_before_the_debtor_and_the_debtor_before_the_house(written: Write) -> None:
    house = Letterhead(sender=FIRM.sender, language="de")
    assert written("reminder", SHOP, house).document.title == "Zahlungserinnerung"
    french = with_debtor(SHOP, language="fr")
    assert written("reminder", french, house).document.title == "Rappel"
    assert written("reminder", french, house, language="es").document.title == "Recordatorio de pago"
    assert written("reminder", SHOP, FIRM).document.title == "Reminder"


def test_a_draft_is_marked_in_its_language(written: Write) -> None:
    found = written("copy_invoice", with_debtor(SHOP, language="es"), FIRM)
    assert found.draft().mark == "COPIA BORRADOR"


def test_a_language_without_a_text_is_no_letter_in_english(written: Write) -> None:
    with pytest.raises(InvalidInput, match="has no text in `pl`"):
        written("reminder", with_debtor(SHOP, language="pl"), FIRM)


def test_a_statement_without_a_translation_is_an_error_that_says_so(written: Write) -> None:
    found = written("reminder", with_debtor(AGENCY, language="es"))
    assert not found.may_be_sent
    assert any("initial_disclosure" in fault.message or "initial disclosure" in str(fault) for fault in found.faults)
    assert any("`statements: {initial_disclosure: ...}`" in fault.help for fault in found.faults)
    own = {"initial_disclosure": "Fernbank Recovery es un cobrador de deudas."}
    house = Letterhead(sender=HOUSE.sender, creditors=HOUSE.creditors, statements=own)
    assert "Fernbank Recovery es un cobrador de deudas." in text_of(
        written("reminder", with_debtor(AGENCY, language="es"), house)
    )


def test_an_e_mail_is_asked_of_the_law_as_one(written: Write) -> None:
    found = written("reminder", with_debtor(SHOP, **MAIL), FIRM, channel="email")
    assert all("email" in act for act in found.acts)
    assert found.may_be_sent
    assert not found.duties, "no address of the post is missing"
    by_post = written("reminder", with_debtor(SHOP, **MAIL), FIRM)
    assert all("letter" in act for act in by_post.acts)
    refused = {**with_debtor(SHOP, **MAIL)}
    refused["history"] = [*SHOP["history"], {"at": "2026-11-01", "event": "opt_out", "scope": "email"}]
    consumer = with_debtor(AGENCY, endpoints=[{"email": "k.osei@example.org"}])
    consumer["history"] = [{"at": "2026-11-01", "event": "opt_out", "channel": "email"}]
    assert written("reminder", consumer, channel="email").decision == "deny"
    assert written("reminder", consumer).decision == "allow"


def test_an_e_mail_is_text_and_html_for_a_mail_program_to_open(written: Write) -> None:
    found = written("reminder", with_debtor(SHOP, language="de", **MAIL), FIRM, channel="email")
    content = FORMS["eml"].write(found.document)
    assert content == FORMS["eml"].write(found.document), "the same letter gives the same bytes"
    mail = email.message_from_bytes(content, policy=SMTP)
    assert (mail["To"], mail["From"], mail["Subject"], mail["X-Unsent"]) == (
        "ap@soehne.example",
        "ap@lindenhof.example",
        "Zahlungserinnerung",
        "1",
    )
    plain, html = (part.get_content() for part in mail.iter_parts())
    for body in (plain, html):
        assert "Mit freundlichen Grüßen" in body
        assert "Uferstraße 1" in body
        assert "Elbchaussee" not in body, "an e-mail has no address of the post above it"
    assert plain.startswith("Guten Tag"), "the subject stands in the head alone"
    assert '<html lang="de"' in html


def test_without_an_address_there_is_no_e_mail(written: Write) -> None:
    with pytest.raises(InvalidInput, match="the case states no e-mail address of the debtor"):
        written("reminder", SHOP, FIRM, channel="email")


def test_a_letter_by_post_is_no_file_for_a_mail_program(written: Write) -> None:
    with pytest.raises(InvalidInput, match="ask for it with --channel email"):
        FORMS["eml"].write(written("reminder", SHOP, FIRM).document)
