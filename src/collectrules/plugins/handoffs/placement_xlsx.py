"""Placements as a workbook of Office Open XML (ECMA-376), by the columns that each agency wants.

Every cell is text in its place (`inlineStr`): no spreadsheet reckons it, and no zero is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.plugins import placements
from collectrules.plugins.elements import escaped
from collectrules.plugins.handoffs import HandoffFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collectrules.plugins.accounts import Account, Receiver

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="placements" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def _write(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    from collectrules.plugins.archives import Archive

    archive = Archive()
    for name, content in _PARTS.items():
        yield from archive.part(name, [f"{_HEAD}{content}".encode()])
    yield from archive.part("xl/worksheets/sheet1.xml", _sheet(accounts, receiver))
    yield from archive.end()


def _sheet(accounts: Iterable[Account], receiver: Receiver) -> Iterator[bytes]:
    yield f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>'.encode()
    yield _row(placements.headings(receiver))
    for account in accounts:
        for row in placements.rows(account, receiver):
            yield _row(row)
    yield b"</sheetData></worksheet>"


def _row(cells: Sequence[str]) -> bytes:
    written = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escaped(cell)}</t></is></c>' for cell in cells)
    return f"<row>{written}</row>".encode()


FORMAT: Final = HandoffFormat(
    name="placement_xlsx",
    title="placements as a workbook (XLSX)",
    media_type=f"{_TYPE}.sheet",
    suffix=".xlsx",
    acts=("place_with_agency", "sell_debt", "transfer_debt"),
    fields=placements.FIELDS,
    faults=placements.faults,
    write=_write,
    docs="The table of placement_csv as a workbook: every cell is text, so that no formula runs and no zero is lost.",
)
