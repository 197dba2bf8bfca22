"""The language server: what is wrong as you type, what a word means, what may stand here, and where it is defined."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from collectrules._version import __version__
from collectrules.editor.diagnosing import diagnoses
from collectrules.editor.words import Words
from collectrules.plugins.loading import load_plugins
from collectrules.validation.codes import every_lint

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEVERITY: Final = {"error": lsp.DiagnosticSeverity.Error, "warning": lsp.DiagnosticSeverity.Warning}
_KINDS: Final[Mapping[str, lsp.CompletionItemKind]] = {
    "kind": lsp.CompletionItemKind.Class,
    "fact": lsp.CompletionItemKind.Field,
    "function": lsp.CompletionItemKind.Function,
    "definition": lsp.CompletionItemKind.Reference,
    "key": lsp.CompletionItemKind.Property,
}


_Asked = lsp.CompletionParams | lsp.HoverParams | lsp.DefinitionParams


def server() -> LanguageServer:
    """A server that speaks on whatever it is started on. Raises InvalidInput for a plugin that does not load."""
    plugins = load_plugins()
    words, lints = Words(plugins.language), every_lint()
    made = LanguageServer("collectrules", __version__)

    def tell(uri: str) -> None:
        document = made.workspace.get_text_document(uri)
        found = diagnoses(document.source, Path(document.path), plugins, lints, datetime.now(UTC).date())
        told = [
            lsp.Diagnostic(
                range=_range(each.line, each.start, each.end),
                message=each.message,
                severity=_SEVERITY[each.severity],
                code=each.name,
                source=f"collectrules {each.code}",
            )
            for each in found
        ]
        made.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=told))

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: lsp.DidOpenTextDocumentParams) -> None:
        tell(parameters.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(parameters: lsp.DidChangeTextDocumentParams) -> None:
        tell(parameters.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: lsp.DidSaveTextDocumentParams) -> None:
        tell(parameters.text_document.uri)

    def source(parameters: _Asked) -> tuple[str, int, int, Path]:
        document, position = made.workspace.get_text_document(parameters.text_document.uri), parameters.position
        return document.source, position.line, position.character, Path(document.path)

    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", " ", "$"]))
    def completed(parameters: lsp.CompletionParams) -> lsp.CompletionList:
        items = [
            lsp.CompletionItem(each.word, detail=each.what, documentation=each.meaning, kind=_KINDS.get(each.what))
            for each in words.offers(*source(parameters))
        ]
        return lsp.CompletionList(is_incomplete=False, items=items)

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(parameters: lsp.HoverParams) -> lsp.Hover | None:
        meaning = words.meaning(*source(parameters))
        if meaning is None:
            return None
        text = f"**{meaning.title}**\n\n{meaning.text}".replace("\n", "  \n")
        return lsp.Hover(contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=text))

    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(parameters: lsp.DefinitionParams) -> lsp.Location | None:
        meaning = words.meaning(*source(parameters))
        if meaning is None or meaning.line < 0:
            return None
        place = _range(meaning.line, meaning.column, meaning.column + 1)
        uri = parameters.text_document.uri if meaning.path is None else meaning.path.resolve().as_uri()
        return lsp.Location(uri=uri, range=place)

    return made


def _range(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(start=lsp.Position(line, start), end=lsp.Position(line, max(end, start + 1)))
