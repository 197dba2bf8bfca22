"""What to attach to a step, and what of it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.advising.advice import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collectrules.policy.account import Invoice
    from collectrules.policy.model import Step

_MADE_HERE: Final = ("statement",)
"""Documents that are written with the letter, and so are never missing."""


def papers(step: Step, invoices: Sequence[Invoice]) -> Iterator[Paper]:
    """The documents that a step names, each with the invoices of which it is not at hand, or that do not say."""
    for document in step.attach:
        if document in _MADE_HERE:
            yield Paper(document)
            continue
        silent = tuple(each.id for each in invoices if each.documents is None)
        missing = tuple(each.id for each in invoices if each.documents is not None and document not in each.documents)
        yield Paper(document, missing, silent)
