"""Write the fonts of letters: Noto Sans, upright, regular and bold, with its Latin, Greek and Cyrillic letters.

Run by hand after `pip install fontpkg-noto-sans==2.15 fonttools`. The fonts are Copyright 2022 The Noto Project Authors
(https://github.com/notofonts/latin-greek-cyrillic), under the SIL Open Font License, which is written beside them.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parents[1] / "src" / "collectrules" / "letters" / "fonts"
SOURCE = files("fontpkg_noto_sans")
WEIGHTS = {"Regular": 400, "Bold": 700}
LETTERS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1FFF),
    (0x2010, 0x2064), (0x20A0, 0x20C0), (0x2116, 0x2116), (0x2122, 0x2122), (0x2150, 0x215F), (0x2212, 0x2212),
    (0xFFFD, 0xFFFD),
)  # fmt: skip
"""First and last of each run: letters with all their marks, punctuation, currencies, fractions."""


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    whole = (SOURCE / "files" / "NotoSans[wdth,wght].ttf").read_bytes()
    for name, weight in WEIGHTS.items():
        font = instantiateVariableFont(TTFont(BytesIO(whole), recalcTimestamp=False), {"wght": weight, "wdth": 100})
        options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"])
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[sign for first, last in LETTERS for sign in range(first, last + 1)])
        cut.subset(font)
        font.save(FOLDER / f"NotoSans-{name}.ttf")
    (FOLDER / "OFL.txt").write_bytes((SOURCE / "LICENSE").read_bytes())


if __name__ == "__main__":
    sys.exit(main())
