"""YAML that only some readers take.

The text is read where PyYAML has its C library, and refused where it has not: it is the same program with another
answer. The usual case is a text inside `{...}` or `[...]` that ends in `?` or has one in it.

Mend: put quotes around the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.ground.errors import Place
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import Text


def _of_text(text: Text) -> Iterator[Remark]:
    import yaml

    if text.path.endswith(".json") or text.content.lstrip()[:1] in ("{", "["):
        return
    try:
        for _ in yaml.parse(text.content, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(text.path, mark.line + 1, mark.column + 1) if mark is not None else Place(text.path)
        message = f"not every reader of YAML takes this: {error.problem or 'it cannot be read'}"
        yield Remark(place, message, "put quotes around the text that stands here")


LINT = Lint(code="CR215", name="plain-yaml", severity="error", documentation=__doc__, of_text=_of_text)
