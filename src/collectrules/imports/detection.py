"""Which importer knows a file: by its columns, or its shape where it has none. Where two do, somebody is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.cells import plain_name
from collectrules.imports.lacking import CannotImport, fold
from collectrules.imports.table import has_all, has_shape, header_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from collectrules.imports import Importer
    from collectrules.imports.readers import Row

PLAIN: Final = {"invoices": "table", "contacts": "log", "payments": "payment_table", "customers": "customer_table"}
"""The importers that know no source: a user's mapping is laid on top of them."""


def importer_of(
    file: Path, head: Sequence[Row], names: Sequence[str] | None, importers: Mapping[str, Importer]
) -> Importer:
    """The importer that recognises a file. Raises `CannotImport` where none does, or several."""
    known = [each for each in importers.values() if _knows(each, head, names)]
    # One that asks for all that another asks for, and more, knows better.
    best = [each for each in known if not any(_names(each) < _names(other) for other in known)]
    if len(best) == 1:
        return best[0]
    if best:
        which = ", ".join(sorted(each.name for each in best))
        raise CannotImport(f"{file}: several importers know these columns: {which}\n    say which: --as {best[0].name}")
    raise CannotImport(_unknown(file, head, names, importers))


def _names(importer: Importer) -> frozenset[str]:
    return frozenset(plain_name(way) for name in importer.mapping.recognised_by for way in name.split(" | "))


def _knows(importer: Importer, head: Sequence[Row], names: Sequence[str] | None) -> bool:
    mapping = importer.mapping
    if mapping.recognised_by:
        if names is not None:
            if has_all({plain_name(name) for name in names}, mapping.recognised_by):
                return True
        elif header_in(head, mapping.recognised_by) is not None:
            return True
    return names is None and has_shape(head, mapping)


_MOST: Final = 100
"""So many columns are told."""
_WIDEST: Final = 60
"""So much is told of the name of one."""


def _unknown(file: Path, head: Sequence[Row], names: Sequence[str] | None, importers: Mapping[str, Importer]) -> str:
    """What the file has, which importer is nearest, and a mapping to fill in."""
    columns = list(names) if names is not None else _most_filled(head)
    known = [name for name in columns if name]
    shown = [name if len(name) <= _WIDEST else f"{name[:_WIDEST]}..." for name in known[:_MOST]]
    lines = [f"    {', '.join(shown)}{f' and {len(known) - _MOST:,} more' if len(known) > _MOST else ''}"]
    own = {plain_name(name) for name in known}
    shares = sorted(((len(_names(each) & own), each) for each in importers.values()), key=lambda pair: -pair[0])
    if shares and shares[0][0] > 1:
        count, nearest = shares[0]
        lines.append(f"    nearest is {nearest.name}: it has {count} of its {len(_names(nearest))}")
    lines += _plain_ones(file, known, importers)
    lines.append(
        "    say what it is: --as NAME (collectrules import --list has the names), or write a mapping, and give it "
        "with --map; where a field has no column, leave it out:"
    )
    folded = [part for line in lines for part in fold(line)]
    return "\n".join([f"{file}: no importer knows these columns:", *folded, "", *_skeleton(known, importers)])


def _most_filled(head: Sequence[Row]) -> list[str]:
    if not head:
        return []
    return max(([str(cell).strip() for cell in row.cells] for row in head), key=lambda names: sum(map(bool, names)))


def _plain_ones(file: Path, names: Collection[str], importers: Mapping[str, Importer]) -> list[str]:
    """What the plain importers would take from such columns, where that is most of what they need."""
    own = {plain_name(name) for name in names}
    for gives, needed in _NEEDED.items():
        plain = importers.get(PLAIN[gives])
        if plain is None:
            continue
        taken = [
            field for field, aliases in plain.mapping.columns.items() if own & {plain_name(alias) for alias in aliases}
        ]
        if all(set(taken) & set(one_of) for one_of in needed):
            return [
                f"    a plain list? `collectrules import {file} --as {plain.name}` takes from it: {', '.join(taken)}"
            ]
    return []


_NEEDED: Final = {
    "invoices": (("name", "account"), ("open", "amount", "invoiced"), ("due", "issued", "invoice")),
    "contacts": (("at",), ("number", "address", "account", "from", "to")),
}
_ASKED: Final = {
    "invoices": (
        *("account", "name", "invoice", "issued", "due", "invoiced", "open", "paid", "amount"),
        *("currency", "email", "phone"),
    ),
    "contacts": ("id", "at", "direction", "number", "address", "account", "outcome"),
}


def _skeleton(names: Collection[str], importers: Mapping[str, Importer]) -> list[str]:
    """A mapping with the columns that plain importers would take, and the choice where they take none."""
    own = {plain_name(name): name for name in names}
    best: list[str] = []
    most = -1
    for gives, asked in _ASKED.items():
        plain = importers.get(PLAIN[gives])
        aliases = plain.mapping.columns if plain is not None else {}
        taken = {
            field: next((own[plain_name(alias)] for alias in aliases.get(field, ()) if plain_name(alias) in own), "")
            for field in asked
        }
        if sum(map(bool, taken.values())) > most:
            most = sum(map(bool, taken.values()))
            best = [f"gives: {gives}   # invoices, contacts, payments or customers", "columns:"]
            if gives == "contacts" and not any(taken[field] for field in ("number", "address", "account")):
                best.insert(0, "# a log without an account, a number or an address cannot be tied to a debtor")
            best += [f"  {field}: {name or '...'}" for field, name in taken.items()]
    return best
