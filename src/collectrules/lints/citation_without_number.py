"""A citation without a number.

A rule, a clause or an answer cites a law and neither a section nor a year: nobody can look up a "civil code". What says
that there is no law ("no licence statute is known"), or that it was not read, is left alone, and a house policy may
cite whatever the house has.

Mend: write the section, article or paragraph, or the year of a judgment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.ground.nodes import Scalar
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import LawFile

_NO_LAW: Final = ("no ", "not read")
"""How a citation begins that says that there is nothing to cite, or that nobody knows what."""
_NUMBER: Final = re.compile(r"\d|\b[IVXLCDM]+\b")


def _of_law(file: LawFile) -> Iterator[Remark]:
    for table in file.tables.values() if not file.is_policy else ():
        cite = table.get("cite")
        if not isinstance(cite, Scalar) or cite.text.strip().lower().startswith(_NO_LAW):
            continue
        if not _NUMBER.search(cite.text):
            yield Remark(cite.place, "this citation names no section, article or year", "where does the law say so?")


LINT = Lint(code="CR212", name="citation-without-number", severity="warning", documentation=__doc__, of_law=_of_law)
