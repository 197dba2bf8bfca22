"""What an import did, for people: counts that add up, sums by currency, what was stated, and what columns became."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from collectrules.ground.cells import plain_name
from collectrules.ground.lines import WIDTH
from collectrules.imports.fields import FIELDS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from decimal import Decimal

    from collectrules.imports.importing import Imported

_INDENT: Final = 12
_MOST_TOLD: Final = 8
_LONGEST: Final = 40
_MOST_COLUMNS: Final = 8
_NOT_USED: Final = "not used"


def told(imported: Imported, written: str, rejected_in: str) -> str:
    """The page about one import; `written` says where it went."""
    lines = [str(imported.file)]
    read_as = f"{imported.importer.name}: {imported.importer.title}; {imported.table.kind}"
    for label, texts in (("read as", [read_as]), *_parts(imported, rejected_in)):
        for text in texts:
            lines += textwrap.wrap(
                text, WIDTH, initial_indent=f"  {label:<{_INDENT - 2}}", subsequent_indent=" " * _INDENT
            )
            label = ""  # noqa: PLW2901  # said once
    if written:
        lines.append(written)
    return "\n".join(lines)


def _parts(imported: Imported, rejected_in: str) -> Iterator[tuple[str, list[str]]]:
    tally = imported.tally
    yield "rows", [_rows(imported)]
    if imported.gives == "invoices":
        yield from _money(imported)
    elif imported.gives == "contacts":
        yield from _log(imported)
    elif imported.gives == "payments":
        yield "payments", [f"{sum(tally.words.values()):,}: {_sums(tally.payment_sums)}"]
    if tally.joined:
        yield "accounts", [_counted(tally.joined)]
    yield "left out", [f"{count:,} {why}" for why, count in _most(tally.left_out)]
    if tally.rejected:
        some = [f"row {row.number}: {row.why}" for row in tally.rejected[:_MOST_TOLD]]
        more = len(tally.rejected) - len(some)
        if more > 0:
            some.append(f"and {more:,} more")
        yield "rejected", [f"{len(tally.rejected):,}{f', written to {rejected_in}' if rejected_in else ''}", *some]
    yield "mind", [_remark(text, count, tally.examples.get(text, "")) for text, count in _most(tally.remarks)]
    if unused := [column for column, what in _columns(imported) if what == _NOT_USED and column]:
        few = unused[:_MOST_COLUMNS]
        rest = f" and {len(unused) - len(few):,} more" if len(unused) > len(few) else ""
        yield "not used", [f"{'columns' if len(unused) > 1 else 'column'} {', '.join(few)}{rest} (--explain)"]
    yield "stated", [", ".join(f"{key} {value}" for key, value in sorted(imported.mapping.states.items()))]


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """The commonest, and the rest as one."""
    most = counts.most_common()
    if len(most) <= _MOST_TOLD:
        return most
    rest = sum(count for _, count in most[_MOST_TOLD - 1 :])
    return [*most[: _MOST_TOLD - 1], (f"in {len(most) - _MOST_TOLD + 1} other ways", rest)]


def _remark(text: str, count: int, example: str) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}: {text}{f' (first: {example})' if example else ''}"


def _rows(imported: Imported) -> str:
    tally = imported.tally
    not_taken = sum(tally.left_out.values()) - sum(imported.table.skipped.values()) + len(tally.rejected)
    return f"{tally.rows:,} read, {max(tally.rows - not_taken, 0):,} taken"


def _money(imported: Imported) -> Iterator[tuple[str, list[str]]]:
    tally = imported.tally
    yield "debtors", [f"{tally.accounts:,} with {tally.invoices:,} invoices, {tally.open_invoices:,} of them open"]
    yield "open", [_sums(tally.open_sums) or "nothing"]
    if tally.credits:
        yield "credits", [f"{tally.credits:,} that no invoice took: {_sums(tally.credit_sums)}"]
    unknown = f"; {tally.due_unknown:,} without a due date" if tally.due_unknown else ""
    yield "overdue", [f"{tally.overdue:,} invoices on {tally.as_of}{unknown}"]
    if tally.total:
        yield "total", [tally.total]


def _log(imported: Imported) -> Iterator[tuple[str, list[str]]]:
    tally = imported.tally
    yield "contacts", [f"{tally.contacts:,}, with {tally.events:,} events; {tally.ids:,} ids of calls or messages"]
    if tally.first is not None:
        yield "from, to", [f"{tally.first.isoformat()} to {tally.last.isoformat() if tally.last else ''}"]
    yield "words", [_counted(tally.words)]
    if tally.offsets:
        yield "clock", [f"the log's own stands off UTC, by its ids: {_counted(tally.offsets)}"]


def _sums(sums: dict[str, Decimal]) -> str:
    return ", ".join(f"{currency} {amount:,}" for currency, amount in sorted(sums.items()))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in _most(counts))


def explained(imported: Imported) -> str:
    """What each column became, with the first cell of it, and what the words of the file stand for."""
    table, mapping = imported.table, imported.mapping
    rows = [(column or f"(column {place + 1})", what) for place, (column, what) in enumerate(_columns(imported))]
    width = min(max(len(column) for column, _ in rows), _LONGEST) + 2
    lines = [f"{imported.file}: its columns" + (f", named in row {table.header_at}" if table.header_at else "")]
    for column, what in rows:
        lines += textwrap.wrap(
            f"{column:<{width}}{what}", WIDTH, initial_indent="  ", subsequent_indent=" " * (width + 2)
        )
    for label, words in (("status", mapping.statuses), ("direction", mapping.directions)):
        if words and label in table.bound:
            lines.append(f"  {label} words: {', '.join(f'{word} = {what}' for word, what in words.items())}")
    met = [word for word in imported.tally.words if mapping.meaning((word,)) is not None]
    if met and mapping.meanings:
        lines.append(f"  words met: {', '.join(f'{word} = {_meant(mapping.meaning((word,)))}' for word in met)}")
    return "\n".join(
        "\n".join(textwrap.wrap(line, WIDTH, subsequent_indent="    ")) if "words" in line else line for line in lines
    )


def _columns(imported: Imported) -> Iterator[tuple[str, str]]:
    """Each column, and what it became."""
    table, mapping = imported.table, imported.mapping
    by_column: dict[int, list[str]] = {}
    for name, places in table.bound.items():
        for place in places:
            by_column.setdefault(place, []).append(name)
    counted = {plain_name(name) for name in mapping.counts}
    for place, column in enumerate(table.names):
        if place in by_column:
            what = "; ".join(f"{name}: {FIELDS[name]}" for name in by_column[place])
        elif plain_name(column) in counted:
            what = "a count without days: feeds no rule, and the contacts are not whole"
        elif _is_picked(column, mapping):
            what = "tells which rows are meant"
        else:
            what = _NOT_USED
        yield column, what


def _is_picked(column: str, mapping: Any) -> bool:
    return any(column in words for words in (mapping.keep, mapping.drop))


def _meant(meaning: Any) -> str:
    if meaning.is_ == "nothing":
        return "nothing"
    events = ", ".join(event["event"] for event in meaning.events)
    contact = (meaning.outcome or "connected, with whom unknown") if meaning.is_ == "contact" else ""
    return " and ".join(part for part in (contact, events) if part) or "taken back"
