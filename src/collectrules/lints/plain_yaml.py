"""YAML that only some readers take.

The text is read where PyYAML has its C library, and refused where it has not: it is the same program with another
answer. The usual case is a text inside `{...}` or `[...]` that ends in `?` or has one in it; a tab between words, a
`#` right behind `>-` and a word behind `!` that ends with a comma are others.

Mend: put quotes around the text; write blanks for tabs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.errors import Place
from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import Text

_SUSPICIOUS: Final = re.compile(r"\t|[>|][-+0-9]*#|(?<![^\s,{[])!\S*,")
"""What the two readers take differently wherever it stands."""


def _of_text(text: Text) -> Iterator[Remark]:
    import yaml

    if not yaml.__with_libyaml__ or text.path.endswith(".json") or text.content.lstrip()[:1] in ("{", "["):
        return
    # The slow reader is asked only where its answer may be another: it takes six times as long as the C library.
    if not _SUSPICIOUS.search(text.content) and not ("?" in text.content and _asks_in_brackets(yaml, text.content)):
        return
    try:
        for _ in yaml.parse(text.content, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(text.path, mark.line + 1, mark.column + 1) if mark is not None else Place(text.path)
        message = f"not every reader of YAML takes this: {error.problem or 'it cannot be read'}"
        yield Remark(place, message, "put quotes around the text that stands here")


def _asks_in_brackets(yaml: Any, content: str) -> bool:
    """Does a text without quotes inside `{...}` or `[...]` have a question mark?"""
    flows: list[bool] = []
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            flows.append(bool(event.flow_style))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            flows.pop()
        elif isinstance(event, yaml.ScalarEvent) and flows and flows[-1] and not event.style and "?" in event.value:
            return True
    return False


LINT = Lint(code="CR215", name="plain-yaml", severity="error", documentation=__doc__, of_text=_of_text)
