"""Something has a name in the file and nothing uses it.

A definition, a value, a calendar, a group or a declared fact that no rule, answer, definition, report or cover of the
file names; or a value of a rule that the rule does not ask for. Mostly a rule names another one by mistake, or the rule
that needed it is gone. What is not used is not tested.

Mend: use it, or take it out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from collectrules.expressions.walking import value_names
from collectrules.ground.nodes import Table
from collectrules.lints import Lint, Remark, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import RulesetFile

_WHAT: Final = {"define": "definition", "values": "value", "calendars": "calendar", "groups": "group", "facts": "fact"}


def _of_ruleset(file: RulesetFile) -> Iterator[Remark]:
    users: Counter[str] = Counter()
    own: dict[tuple[str, str], frozenset[str]] = {}
    for key, node in file.root.entries.items():
        if key in _WHAT and isinstance(node, Table):
            for name, part in node.entries.items():
                own[key, name] = frozenset(words_of(part))
                users.update(own[key, name])
        else:
            users.update(frozenset(words_of(node)))
    for (section, name), words in own.items():
        if users[name] == (name in words):
            table = file.root.entries[section].table(section)
            message = f"nothing uses the {_WHAT[section]} `{name}`"
            yield Remark(table.place_of(name), message, "use it, or take it out")
    for rule in file.ruleset.rules:
        used = value_names(rule.breach).union(*(value_names(clause.condition) for clause in rule.clauses))
        for name in sorted(rule.values.keys() - used - file.language.kinds[rule.kind].known_values):
            message = f"nothing in `{rule.id}` uses its value `{name}`"
            yield Remark(file.place(rule, "values"), message, "use it, or take it out")


LINT = Lint(code="CR205", name="unused-name", severity="warning", documentation=__doc__, of_ruleset=_of_ruleset)
