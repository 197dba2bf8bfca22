"""What the site of the documentation has beside docs/: README and its neighbours, every command, every code.

A hook of MkDocs (`hooks:` in mkdocs.yml). Pages about the program are made from the program as it is built: none can be
stale. A link out of docs/ becomes one to a page of the site, or the name of a file that is there: a link to nothing is
a warning, which `mkdocs build --strict` makes an error (with `--quiet` it does not).
"""

from __future__ import annotations

import logging
import re
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click
from mkdocs.structure.files import File

from collectrules.cli import cli
from collectrules.validation.codes import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
}
"""Files beside docs/ that are pages, by what they are called there."""
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s#]+)(#[^)\s]*)?\)")
_FENCED: Final = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)
_WIDTH: Final = 100
_STYLE: Final = ".wy-table-responsive table td, .wy-table-responsive table th { white-space: normal; }\n"
"""Cells of tables wrap, on a telephone too."""
_log = logging.getLogger("mkdocs.hooks.docs_site")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that no file of docs/ holds."""
    texts = {page: (ROOT / name).read_text("utf-8") for name, page in PAGES.items()}
    texts |= {"commands.md": commands(), "codes.md": codes()}
    texts["site.css"] = _STYLE
    for name, text in texts.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Turn the links of a page to what it is of the site."""
    source = next((name for name, of in PAGES.items() if of == page.file.src_uri), None)
    return with_links(markdown, PurePosixPath("" if source else "docs"), page.file.src_uri)


def with_links(markdown: str, folder: PurePosixPath, page: str) -> str:
    """The text of a page whose links count from a folder of the repository, with links that count from the site."""

    def turned(link: re.Match[str]) -> str:
        text, target, anchor = link[1], link[2], link[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return link[0]
        place = Path(normpath(ROOT / folder / target))
        if not place.exists() or not place.is_relative_to(ROOT):
            _log.warning("%s: the link to %s leads to nothing", page, target)
            return link[0]
        inside = place.relative_to(ROOT).as_posix()
        if inside in PAGES or place.is_relative_to(ROOT / "docs"):
            return f"[{text}]({PAGES.get(inside, place.name)}{anchor})"
        return f"`{inside}`" if text.strip("`") in inside else f"{text} (`{inside}`)"

    pieces = _FENCED.split(markdown)  # every second one is a block of code, in which nothing is a link
    return "".join(piece if at % 2 else _LINK.sub(turned, piece) for at, piece in enumerate(pieces))


def commands() -> str:
    """Every command, as `--help` tells it."""
    return "\n".join(["# Commands", "", *_helps(cli, "collectrules")])


def _helps(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path, max_content_width=_WIDTH, terminal_width=_WIDTH)
    yield from (f"## {path}", "", "```text", command.get_help(context).rstrip(), "```", "")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _helps(inner, f"{path} {name}")


def codes() -> str:
    """Every code and lint, as `collectrules validate --explain` tells it."""
    lines = ["# Codes", "", "What validation tells, by code; so does `collectrules validate --explain CODE`.", ""]
    for code in catalogue().values():
        lines += [f"## {code.code} {code.name}", "", code.documentation.strip(), ""]
    return "\n".join(lines)
