"""`collectrules facts`: what a case may state."""

from __future__ import annotations

import json
from textwrap import indent, wrap
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import exit_codes
from collectrules.ground.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.glossary import Key, Object

_MOST_WORDS: Final = 12
"""Words of one key in the list of an object; more are listed with the key alone."""


@click.command(name="facts", epilog="Exit codes: 0 listed, 2 there is no such object or key.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--json", "as_json", is_flag=True, help="One object or key a line as JSON.")
def command(*, names: tuple[str, ...], as_json: bool) -> int:
    """List what a case may state: its objects, the keys of one, or one key with all its words.

    Any other WORD is searched for, in names, words and descriptions.

    \b
    Examples:
      collectrules facts
      collectrules facts phone
      collectrules facts debt action.channel
    """
    from collectrules.case import glossary
    from collectrules.law.rulebook import Rulebook
    from collectrules.output.rendering import plain
    from collectrules.plugins.loading import load_plugins

    plugins = load_plugins()
    channels, facts = plugins.channels, Rulebook(plugins.ruleset_folders, plugins.language).facts()
    objects = glossary.objects(channels, facts)
    words = [name for name in names if name not in {each.name for each in objects} and "." not in name]
    met = {path: thing for word in words for path, thing in glossary.search(word, objects)}
    found = {name: glossary.find(name, channels, facts) for name in names if name not in words or not met}
    if met:
        paths = {**{path: thing for path, thing in found.items() if isinstance(thing, glossary.Key)}, **met}
        if as_json:
            told = [{"path": path, **plain(thing)} for path, thing in paths.items()]
            click.echo("\n".join(json.dumps(each, ensure_ascii=False) for each in told))
        else:
            click.echo("\n".join(line for path, thing in paths.items() for line in _met(path, thing, words)))
    elif as_json:
        things = found.values() or glossary.objects(channels, facts)
        click.echo("\n".join(json.dumps(plain(thing), ensure_ascii=False) for thing in things))
    elif found:
        click.echo("\n\n".join("\n".join(_told(name, thing)) for name, thing in found.items()))
    else:
        click.echo("\n".join(_overview(glossary.objects(channels, facts))))
    return exit_codes.CLEAN


def _met(path: str, key: Key, words: list[str]) -> Iterator[str]:
    """A key that a search for some words has met: its path, what it is, and what the words are called there."""
    about = key.description or key.takes
    meant = [f"{other} is `{word}`" for other, word in key.usual.items() if any(map(other.startswith, words))]
    yield from wrap("; ".join([f"{path}: {about}", *meant]), WIDTH, subsequent_indent="    ")


def _overview(objects: tuple[Object, ...]) -> Iterator[str]:
    for thing in objects:
        yield f"{thing.name:14}{len(thing.keys):3} keys  {', '.join(thing.within)}".rstrip()
    yield ""
    yield "`collectrules facts debt` lists the keys of one, `collectrules facts debt.kind`"
    yield "the words of a key"


def _told(name: str, thing: Object | Key) -> Iterator[str]:
    from collectrules.case.glossary import Object

    if not isinstance(thing, Object):
        yield from _key(thing, name, len(thing.words))
        return
    within = f", in {' and '.join(thing.within)}" if thing.within else ""
    yield f"{thing.name}: {thing.title}{within}"
    for key in thing.keys:
        yield indent("\n".join(_key(key, f"{thing.name}.{key.name}", _MOST_WORDS)), "  ")
    if thing.forms:
        yield ""
        yield "beside `at`, an event may have"
        for event, keys in thing.forms.items():
            yield from wrap(
                f"{event}: {', '.join(keys) or 'nothing more'}", WIDTH, initial_indent="  ", subsequent_indent="      "
            )
    yield ""
    yield "where absent: in a complete record; in a partial one it is unknown"


def _key(key: Key, path: str, most: int) -> Iterator[str]:
    takes = key.takes
    if key.words:
        many = f"{len(key.words)} words, see `collectrules facts {path}`"
        takes = f"{takes}: {', '.join(key.words) if len(key.words) <= most else many}"
    yield from wrap(f"{key.name}{' (required)' if key.required else ''}: {takes}", WIDTH - 2, subsequent_indent="    ")
    if key.description not in ("", key.name.replace("_", " ")):
        yield from wrap(key.description, WIDTH - 2, initial_indent="    ", subsequent_indent="    ")
    if key.declared_by:
        said = f"under `facts:`, declared by {key.declared_by}"
        yield from wrap(said, WIDTH - 2, initial_indent="    ", subsequent_indent="    ")
    if key.absent:
        yield from wrap(f"where absent: {key.absent}", WIDTH - 2, initial_indent="    ", subsequent_indent="    ")
