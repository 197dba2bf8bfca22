"""A letter as an e-mail that is not sent yet: text and HTML of the same, for a mail program to open (RFC 5322)."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.letters.formats import LetterFormat, html, text

if TYPE_CHECKING:
    from collectrules.letters.documents import Document


def _write(document: Document) -> bytes:
    if document.channel != "email":
        message = "this is a letter by post, and the file would be an e-mail"
        raise InvalidInput([Problem(Place(document.title), "CR848", message, "ask for it with --channel email")])
    body = replace(document, title="")
    mail = EmailMessage(policy=SMTP)
    if document.mail_from:
        mail["From"] = document.mail_from
    mail["To"] = document.mail_to
    mail["Subject"] = f"{document.mark}: {document.title}" if document.mark else document.title
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    plain = text.FORMAT.write(body)
    mail.set_content(plain.decode(), cte="quoted-printable")
    mail.add_alternative(html.FORMAT.write(document).decode(), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{sha256(plain).hexdigest()[:32]}")
    return mail.as_bytes()


FORMAT = LetterFormat(name="eml", suffix=".eml", write=_write)
