"""The lint on YAML asks the slow reader only where its answer may be another: it must miss none of these places."""

from __future__ import annotations

from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
import yaml

from collectrules.lints import Text
from collectrules.lints.plain_yaml import LINT

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").rglob("*.yaml"))
JUNK = (
    *"?:,[]{}#&*!|>'\"%@`-\t =~",
    *("? ", ": ", " #", "- ", "\u2028", "\x85", "\u00e9", "...\n", "---\n", "!!str ", "<<: ", ">-#", "\n"),
)

pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="without libyaml there is one reader")


def reads(text: str, loader: type) -> bool:
    try:
        for _ in yaml.parse(text, Loader=loader):
            pass
    except yaml.YAMLError:
        return False
    return True


@pytest.mark.parametrize(
    "text", ["a: {b: !c, d: e}", "a: [!<c>, d]", "- {a: !, b: c}", "a: {b: c != d, e: f}", "a: b!, c"]
)
def test_a_tag_before_a_comma_is_looked_at(text: str) -> None:
    assert (not list(LINT.of_text(Text("law.yaml", text)))) == reads(text, yaml.SafeLoader)


def test_it_remarks_where_one_reader_refuses_what_the_other_takes_and_nowhere_else() -> None:
    chance = Random(20)
    texts = [path.read_text("utf-8").splitlines(keepends=True) for path in RULESETS]
    tried = 0
    for _ in range(600):
        lines = chance.choice(texts)
        first = chance.randrange(len(lines))
        part = dedent("".join(lines[first : first + 8]))
        at = chance.randrange(len(part) + 1)
        damaged = part[:at] + chance.choice(JUNK) + part[at:]
        if reads(damaged, yaml.CSafeLoader):
            tried += 1
            is_plain = reads(damaged, yaml.SafeLoader) or damaged.lstrip()[:1] in ("{", "[")
            assert (not list(LINT.of_text(Text("law.yaml", damaged)))) == is_plain, damaged
    assert tried > 100
