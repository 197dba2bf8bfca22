"""Every code has a name and a documentation, and every code that has them is told somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from collectrules import lints
from collectrules.validation.codes import catalogue, known, name_of

SOURCE = Path(__file__).parents[2] / "src" / "collectrules"
CODES = SOURCE / "validation" / "codes.py"


def told() -> set[str]:
    """The codes that stand in code, quoted."""
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py") if path != CODES]
    own = re.findall(r'^[A-Z_]+: Final = "(CR\d{3})"', CODES.read_text("utf-8"), re.MULTILINE)
    return {code for text in texts for code in re.findall(r'"(CR\d{3})"', text)} | set(own)


def test_every_code_is_in_the_catalogue_and_no_other() -> None:
    assert set(catalogue()) == told()


def test_every_code_has_a_name_and_says_what_to_do() -> None:
    for code in catalogue().values():
        assert re.fullmatch("[a-z]+(-[a-z]+)*", code.name), code
        meaning, *_, mend = code.documentation.split("\n\n")
        assert meaning.endswith("."), code
        assert mend.startswith("Mend: "), code


def test_a_code_is_known_by_its_name_and_by_itself() -> None:
    assert known("CR120") == known("undated-value") == catalogue()["CR120"]
    assert known("undated") is None
    assert name_of("CR120") == "undated-value"
    assert name_of("XX999") == "XX999"


def test_lints_bring_their_documentation() -> None:
    for lint in lints.built_in():
        assert catalogue()[lint.code].documentation == (lint.documentation or "").strip()
