"""Mappings: what is wrong with one is told with its place, and a user's lies on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import collectrules
from collectrules.ground.errors import InvalidInput
from collectrules.imports import Importer, built_in
from collectrules.imports.detection import PLAIN
from collectrules.imports.fields import FIELDS
from collectrules.imports.lacking import CannotImport
from collectrules.imports.mapping import Mapping
from collectrules.imports.mapping_file import read_mapping
from collectrules.plugins.loading import load_plugins
from collectrules.validation.codes import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from collectrules.imports.importing import Imported

    WriteFile = Callable[[str, str | bytes], Path]

BAD = Path(__file__).parent / "bad_mappings"


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_wrong_with_a_mapping(path: Path) -> None:
    with pytest.raises(InvalidInput) as wrong:
        read_mapping(path)
    told = str(wrong.value).replace(f"{path.parent}/", "")
    assert told + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert all(problem.code in catalogue() for problem in wrong.value.problems)


def test_a_word_is_text_whatever_yaml_makes_of_it(file: WriteFile) -> None:
    mapping = read_mapping(file("a.yaml", "statuses: {NO: open, 0012: paid}\nkeep: {Paid: NO}\n"))
    assert mapping.statuses == {"no": "open", "0012": "paid"}
    assert mapping.keep == {"Paid": ("NO",)}


def test_the_words_of_a_user_replace_those_of_the_source() -> None:
    source = Mapping(
        gives="contacts", meanings={"busy": "busy", "x": "dropped"}, columns={"to": ("A",)}, internal="^1$"
    )
    user = Mapping(meanings={"x": "no_answer"}, columns={"to": ("B",), "from": ("C",)}, states={"zone": "Etc/UTC"})
    on_top = source.below(user)
    assert on_top.meanings == {"busy": "busy", "x": "no_answer"}
    assert on_top.columns == {"to": ("B",), "from": ("C",)}
    assert (on_top.gives, on_top.internal, on_top.states) == ("contacts", "^1$", {"zone": "Etc/UTC"})


def test_meanings_are_found_by_all_words_then_by_fewer() -> None:
    mapping = Mapping(meanings={"answered": "", "answered/dial/silent": "no_answer"})
    found = [mapping.meaning(words) for words in (("ANSWERED", "Dial", "silent"), ("ANSWERED", "Dial"), ("OTHER",))]
    assert [each and each.outcome for each in found] == ["no_answer", "", None]


@pytest.mark.parametrize("importer", list(built_in()), ids=lambda importer: importer.name)
def test_every_importer_says_what_it_is(importer: Importer) -> None:
    mapping = importer.mapping
    assert mapping.title
    assert mapping.gives is not None
    assert importer.name in PLAIN.values() or mapping.recognised_by or mapping.shape
    assert set(mapping.columns) <= FIELDS.keys()
    # What a source cannot know of its user is never settled by it.
    assert not {"currency", "role", "kind", "jurisdiction"} & mapping.states.keys()
    for meaning in mapping.meanings.values():
        assert isinstance(meaning, str) or meaning.is_ != "nothing" or meaning.why


def test_a_mapping_of_a_user_is_an_importer(file: WriteFile, imported: Callable[..., Imported]) -> None:
    mapping = file(
        "own.yaml",
        "gives: invoices\ncolumns: {name: Wer, invoice: Nr, open: Rest, due: Fällig}\n"
        "states: {date_order: dmy, decimal_mark: comma, currency: EUR,"
        " kind: commercial, role: creditor, jurisdiction: DE}\n",
    )
    found = imported(file("a.csv", "Wer;Nr;Rest;Fällig\nFirma;7;1.234,50;05.06.2026\n"), mapping=mapping)
    case = found.accounts["Firma"].as_case(found.mapping.states)
    assert case["debts"] == [
        {"id": "7", "kind": "commercial", "amount": "1234.50", "currency": "EUR", "due": "2026-06-05"}
    ]


def test_a_plugin_brings_an_importer(file: WriteFile) -> None:
    path = file("acme.yaml", "title: Acme\ngives: invoices\nrecognised_by: [Acme No]\ncolumns: {invoice: Acme No}\n")

    class Plugin:
        @collectrules.hookimpl
        def collectrules_importers(self) -> list[Importer]:
            return [Importer("acme", path)]

    loaded = load_plugins([Plugin()]).importers
    assert loaded["acme"].title == "Acme"
    assert {each.name for each in built_in()} < set(loaded)


def test_two_importers_that_know_a_file_are_asked_about(file: WriteFile) -> None:
    from datetime import date

    from collectrules.imports.importing import Wanted, read

    text = "gives: invoices\nrecognised_by: [{}]\ncolumns: {{open: Rest}}\n"
    one, two, more = (file(f"{name}.yaml", text.format(by)) for name, by in (("a", "A"), ("b", "B"), ("c", "A, B")))
    importers = {path.stem: Importer(path.stem, path) for path in (one, two)}
    path = file("a.csv", "A,B,Rest\n1,2,3\n")
    with pytest.raises(CannotImport, match="several importers know these columns: a, b"):
        read(path, Wanted(today=date(2026, 1, 1)), importers)
    with pytest.raises(CannotImport, match="--column name=NAME"):  # it is read by the one that knows more
        read(path, Wanted(today=date(2026, 1, 1)), importers | {"c": Importer("c", more)})


def test_of_a_file_that_is_no_export_not_everything_is_told(file: WriteFile, imported: Callable[..., Imported]) -> None:
    for header in ("x" * 100_000, ",".join(f"column{number}" for number in range(10_000))):
        with pytest.raises(CannotImport) as refused:
            imported(file("a.csv", f"{header},b\n1,2\n"))
        assert len(str(refused.value)) < 5_000


def test_an_unknown_file_is_told_what_it_lacks_and_how_to_say_it(
    file: WriteFile, imported: Callable[..., Imported]
) -> None:
    with pytest.raises(CannotImport) as refused:
        imported(file("a.csv", "Kunde,Customer,Balance,Whatever\nx,y,1,2\n"))
    text = str(refused.value)
    assert "no importer knows these columns:\n    Kunde, Customer, Balance, Whatever" in text
    assert "gives: invoices" in text
    assert "  name: Customer" in text
    assert "  open: Balance" in text
    assert "  due: ..." in text


@pytest.mark.parametrize(
    ("states", "columns", "told"),
    [
        (("curency=USD",), (), "did you mean `currency`?"),
        (("currency",), (), "write --state currency=USD"),
        (("kind=personal",), (), "`personal` is no answer for kind: consumer, commercial"),
        (("jurisdiction=Texas",), (), "`Texas` is no answer for jurisdiction: as jurisdiction=US-TX"),
        (("currency=dollars",), (), "`dollars` is no answer for currency"),
        (("zone=Mars/North",), (), "`Mars/North` is no time zone"),
        (("currency=",), (), "nothing is said for currency"),
        ((), ("opn=Rest",), "did you mean `open`?"),
    ],
)
def test_statements_that_make_no_sense(
    states: tuple[str, ...], columns: tuple[str, ...], told: str, samples: Path, imported: Callable[..., Imported]
) -> None:
    with pytest.raises(CannotImport) as refused:
        imported(samples / "xero_sales_invoices.csv", *states, columns=columns)
    assert told in str(refused.value)


def test_an_importer_that_there_is_not(samples: Path, imported: Callable[..., Imported]) -> None:
    with pytest.raises(CannotImport, match="did you mean `xero`"):
        imported(samples / "xero_sales_invoices.csv", name="zero")


def test_validate_knows_a_mapping(capsys: pytest.CaptureFixture[str]) -> None:
    from collectrules.cli import run

    assert run(["validate", str(BAD / "unknown_field.yaml")]) == 1
    assert "CR811" in capsys.readouterr().out
    sources = Path(collectrules.__file__).parent / "imports" / "sources"
    assert run(["validate", str(sources)]) == 0
