"""Rules and answers that several laws say alike: a library holds each once, and a law takes it up with its citation.

    # common/general_conduct.yaml                        # at/general_law.yaml
    rules:                                               uses: [common.general_conduct]
      - id: no_violence                                  rules:
        title: no threat of violence                       - {like: no_violence, cite: 'StGB 105, 107'}
        strength: prohibition
        governs: {kind: communications}
        when: action.content has threat_violence
        examples: [...]

What is shared has no citation, no day and nobody who read it: those are each law's. Before anything is read, `like:` is
made the whole rule, so that whatever looks at a ruleset finds it complete:

- what the law says itself goes instead of what is shared, key by key; its `examples:` come after the shared ones;
- an exception, review or factor that is shared cites what the rule cites;
- a shared value is written without a day, and is the law from the first day of the rule.

CR152: what is shared in another way, or a `like:` that names nothing shared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from collectrules.ground.errors import meant
from collectrules.ground.nodes import Listing, Node, Scalar, Table
from collectrules.law.keys import Keys, Problems
from collectrules.law.values import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.ground.errors import Place

LIKE: Final = "like"
"""The key under which a rule or an answer names what it takes up."""
SECTIONS: Final = {"rules": "rule", "answers": "answer"}
OF_A_LAW: Final = ("cite", "source", "since", "until", "verified", "verify_by", "group", LIKE)
"""What a law alone can say."""
CLAUSES: Final = ("unless", "review", "factors")


class SharedRule(Struct, frozen=True):
    """A rule or an answer as a library has it."""

    library: str
    table: Table


SharedRules = dict[str, SharedRule]
"""By id."""


def read_shared_rules(keys: Keys, section: str, library: str) -> SharedRules:
    """What a library has under `rules:` or `answers:`, as it is written: it makes sense only in a law that takes it up.

    Told is what no law could mend: an id that is missing or stands twice, and what a law alone can say.
    """
    found: SharedRules = {}
    what, problems = SECTIONS[section], keys.problems
    for table in keys.items_of(section):
        name = table.get("id")
        text = name.text if isinstance(name, Scalar) else ""
        if not WORD.fullmatch(text):
            message = f"a shared {what} has no `id` by which laws take it up"
            problems.add(table.place, "CR112", message, "lower case letters, digits, underscores")
        elif text in found:
            message = f"there is a shared {what} `{text}` already, at {found[text].table.place}"
            problems.add(table.place, "CR112", message)
        found[text] = SharedRule(library, table)
        for place, key in _of_a_law(table):
            message = f"what several laws share has no `{key}`"
            problems.add(place, "CR152", message, "each law says its own where it takes this up")
    return found


def with_shared_rules(root: Table, shared: Mapping[str, SharedRules], problems: Problems) -> Table:
    """A ruleset in which each rule and answer that takes up a shared one is whole."""
    entries = dict(root.entries)
    for section, what in SECTIONS.items():
        listing = root.get(section)
        if isinstance(listing, Listing) and any(isinstance(item, Table) and LIKE in item for item in listing):
            items = _taken_up(listing, root.get("since"), shared.get(section, {}), what, problems)
            entries[section] = Listing(tuple(items), listing.place)
    return Table(entries, root.keys, root.place)


def _taken_up(
    listing: Listing, since: Node | None, shared: SharedRules, what: str, problems: Problems
) -> Iterable[Node]:
    """Every item of a section; one that takes up what there is not is told, and left out."""
    for item in listing:
        if not isinstance(item, Table) or LIKE not in item:
            yield item
            continue
        name = Keys(problems, item, f"this {what}", item).text(LIKE)
        if name in shared:
            yield _whole(item, shared[name], item.get("since") or since)
        else:
            message = f"there is no shared {what} `{name}` in the libraries that this file uses"
            problems.add(item.place_of(LIKE), "CR152", message, meant(name, shared) or "name its library under `uses:`")


def _whole(own: Table, shared: SharedRule, since: Node | None) -> Table:
    """A rule of a law that is what is shared and what it says itself."""
    table = shared.table
    entries, places = dict(table.entries), dict(table.keys)
    cite = own.get("cite") or Scalar("none", quoted=True, place=own.place)  # which is told of the rule, once
    for key in CLAUSES:
        node = table.get(key)
        if isinstance(node, Listing):
            entries[key] = Listing(tuple(_with(item, "cite", cite) for item in node), node.place)
    values = table.get("values")
    if isinstance(values, Table) and isinstance(since, Scalar):
        dated = {name: _since(node, since) for name, node in values.entries.items()}
        entries["values"] = Table(dated, values.keys, values.place)
    examples, more = table.get("examples"), own.get("examples")
    entries |= own.entries
    places |= own.keys
    if isinstance(examples, Listing) and isinstance(more, Listing):
        entries["examples"] = Listing((*examples, *more), more.place)
    named = f"{shared.library}.{table.entries['id'].scalar('`id`').text}"
    entries[LIKE] = Scalar(named, quoted=False, place=own.entries[LIKE].place)
    return Table(entries, places, own.place)


def _since(node: Node, since: Scalar) -> Node:
    return Table({since.text: node}, {since.text: node.place}, node.place) if isinstance(node, Scalar) else node


def _with(item: Node, key: str, node: Node) -> Node:
    if not isinstance(item, Table) or key in item:
        return item
    return Table({**item.entries, key: node}, {**item.keys, key: item.place}, item.place)


def _of_a_law(table: Table) -> Iterable[tuple[Place, str]]:
    """Where a shared rule says what only a law can say, and what that is."""
    for key in OF_A_LAW:
        if key in table:
            yield table.place_of(key), key
    for listing in map(table.get, CLAUSES):
        for clause in listing if isinstance(listing, Listing) else ():
            if isinstance(clause, Table) and "cite" in clause:
                yield clause.place_of("cite"), "cite"
    values = table.get("values")
    for name, node in values.entries.items() if isinstance(values, Table) else ():
        if isinstance(node, Table):
            yield node.place, f"{name}: {{<day>: ...}}"
