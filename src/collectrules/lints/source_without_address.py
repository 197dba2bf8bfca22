"""A source that cannot be opened.

`source:` of a ruleset, rule or answer has no web address in it. A verdict shows it beside the citation, and whoever
doubts the verdict has nothing to follow. A house policy may have any source.

Mend: write the address of the official text, beginning with `https://`, beside whatever else is to be said of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collectrules.ground.nodes import Scalar
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import RulesetFile

_ADDRESS: Final = re.compile(r"\bhttps?://[^\s./]+(\.[^\s./]+)+")


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    blocks = [file.tables[block.place] for block in file.blocks]
    for table in (file.root, *blocks) if not file.is_policy else ():
        source = table.get("source")
        if isinstance(source, Scalar) and not _ADDRESS.search(source.text):
            yield Remark(source.place, "there is no web address in this source", "add that of the text: https://...")


LINT = Lint(
    code="CR211", name="source-without-address", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset
)
