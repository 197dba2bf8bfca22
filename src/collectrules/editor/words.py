"""What stands at a place of a text, and what may stand there: facts, kinds, words, definitions and values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from collectrules.case import glossary
from collectrules.case.terms import WHAT
from collectrules.case.vocabulary import catalogue
from collectrules.expressions import english
from collectrules.law import answers, reader, rules
from collectrules.law.files import LIBRARIES
from collectrules.law.model import Confidence, Status
from collectrules.law.shared_rules import LIKE
from collectrules.law.strength import OF_RULES, Decision
from collectrules.law.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from collectrules.case.glossary import Key
    from collectrules.law.model import Language

_KEY: Final = re.compile(r"^(\s*)(?:- )?([A-Za-z_]+):(?:\s|$)")
_INLINE: Final = re.compile(r"([A-Za-z_]+):\s*\[?[^{}\[\]:]*$")
_NAME: Final = re.compile(r"[$A-Za-z_][\w.]*")
_COMPARED: Final = re.compile(r"([a-z_]+(?:\.[a-z_]+)+)\s*(?:==|!=|in|not in|has|has any|lacks|only)\s*\[?[\w, ]*$")
_EXPRESSIONS: Final = ("when", "if", "is", "for", "also_when", "counts", "not_counted", "after", "lifted_by", "given")
_EXPRESSION: Final = re.compile(rf"(?:^|[\s{{,])({'|'.join(_EXPRESSIONS)}):\s(?:[^{{}}:]|(?<=\d):(?=\d))*$")
"""An expression up to the cursor: lists and clock times may stand in it, and no other key."""
_DERIVED: Final = {
    "day": "the calendar date where the debtor is",
    "minute": "the clock time where the debtor is; unknown for a bare date",
    "weekday": "the day of the week where the debtor is",
    "age": "days from the entry to the act: 0 is the same day",
}
"""What is worked out from `at` of the act and of every entry."""
_LIBRARY: Final = re.compile(rf"\b{LIBRARIES}\.([a-z0-9_]+)")
_SHARED: Final = re.compile(r"^  - id: ([a-z0-9_]+)\n    title: (.+)$", re.MULTILINE)
_BLOCK: Final = re.compile(r"^(define|values|groups|calendars|facts):\s*$", re.MULTILINE)


class Offer(NamedTuple):
    """A word that may stand at a place, and what it means."""

    word: str
    what: str
    """What it is: `kind`, `fact`, `word`, `function`, `definition`, `value`, `key`."""
    meaning: str


class Meaning(NamedTuple):
    """What a word means, as text; `line` and `column` are where the file defines it, -1 where it does not."""

    title: str
    text: str
    line: int = -1
    column: int = 0
    path: Path | None = None
    """The library that defines it; None for the file itself."""


class Words:
    """Everything that a ruleset may be written with, by its name."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.keys: Mapping[str, Key] = {
            f"{each.name}.{key.name}": key for each in glossary.objects(tuple(language.channels)) for key in each.keys
        }
        self._events = tuple(sorted(catalogue().events))

    # ---- what may stand here ----------------------------------------------------------------------------------------

    def offers(self, text: str, line: int, column: int, path: Path | None = None) -> list[Offer]:
        """What may stand at a place, by the key under which it stands; what begins as what is written there.

        `path` is where the text lies: libraries of its folder are read.
        """
        lines = text.splitlines()
        before = lines[line][:column] if line < len(lines) else ""
        typed = re.search(r"[$\w.]*$", before)
        start = typed[0] if typed is not None else ""
        here = self._defined(text, path)
        if self._key(before) == LIKE:
            here = self._shared(text, path)
            return [Offer(each, "rule", told.text) for each, told in here.items() if each.startswith(start)]
        return [each for each in self._at(here, lines, line, before) if each.word.startswith(start)]

    def _at(self, here: Mapping[str, Meaning], lines: list[str], line: int, before: str) -> Iterator[Offer]:
        key = self._key(before)
        outer = _outer(lines, line)
        if key in _EXPRESSIONS or (not key and outer in _EXPRESSIONS):
            yield from self._of_expression(here, before)
        elif key:
            yield from self._of_key(key, "governs" in (outer, *re.findall(r"(\w+): \{[^}]*$", before)))
        else:
            yield from self._keys_of(outer)

    @staticmethod
    def _key(before: str) -> str:
        """The key after which the cursor stands on its line; empty where a key itself is written."""
        inline = _EXPRESSION.search(before) or _INLINE.search(before)
        return inline[1] if inline is not None else ""

    def _of_key(self, key: str, governs: bool) -> Iterator[Offer]:  # noqa: FBT001 - inside of `governs` or not
        names = catalogue()
        if key == "kind" and governs:
            yield from _offers((*names.action_kinds, *names.action_groups, "any"), "act")
            return
        if key == "kind":
            yield from (Offer(kind.name, "kind", kind.title) for kind in self.language.kinds.values())
            yield from (Offer(kind.name, "kind", kind.title) for kind in self.language.questions.values())
        words: dict[str, Iterable[str]] = {
            "channel": sorted(self.language.channels),
            "strength": [each.value for each in OF_RULES],
            "confidence": get_args(Confidence),
            "status": get_args(Status),
            "expect": get_args(Decision),
            "asks": WHAT.words,
            "event": self._events,
        }
        yield from _offers(words.get(key, ()), "word")
        if key in ("topic", "covers"):
            yield from (Offer(each.id, "topic", each.title) for each in topics_of(self.language).by_id.values())
        for kind in self.language.kinds.values():
            yield from _offers(kind.words.get(key, ()), "word")

    def _of_expression(self, here: Mapping[str, Meaning], before: str) -> Iterator[Offer]:
        compared = _COMPARED.search(before)
        if compared is not None and (key := self.keys.get(compared[1])) is not None and key.words:
            yield from _offers(key.words, "word")
            return
        yield from (Offer(path, "fact", key.description) for path, key in self.keys.items())
        yield from (Offer(f"action.{name}", "fact", told) for name, told in _DERIVED.items() if name != "age")
        for function in self.language.functions.values():
            yield Offer(function.name, "function", function.title)
        yield from _offers(self._events, "event")
        yield from _offers(("any", "no", "count", "latest", "earliest", "largest", "contacts", "consents"), "query")
        for name, meaning in here.items():
            yield Offer(name, "definition", meaning.text)

    def _keys_of(self, outer: str) -> Iterator[Offer]:
        if outer == "rules":
            kinds = self.language.kinds.values()
            yield from _offers(dict.fromkeys((*rules.KEYS, *(field for kind in kinds for field in kind.fields))), "key")
        elif outer == "answers":
            yield from _offers(answers.KEYS, "key")
        elif not outer:
            yield from _offers(reader.RULESET_KEYS, "key")

    # ---- what stands here -------------------------------------------------------------------------------------------

    def meaning(self, text: str, line: int, column: int, path: Path | None = None) -> Meaning | None:
        """What the word at a place means; None for one that means nothing here. `path` as for `offers`."""
        lines = text.splitlines()
        shown = lines[line] if line < len(lines) else ""
        word = next((each[0] for each in _NAME.finditer(shown) if each.start() <= column <= each.end()), "")
        if "kind:" in shown and word in self.language.kinds:
            return self._of_kind(word)
        here = self._defined(text, path)
        if f"{LIKE}: {word}" in shown:
            here |= self._shared(text, path)
        for name in (word, word.removeprefix("$"), word.split(".")[0]):
            if name in here:
                return here[name]
        if (function := self.language.functions.get(word)) is not None:
            return Meaning(f"{word}({', '.join(function.parameters)})", function.title)
        if "strength:" in shown and (strength := next((each for each in OF_RULES if each.value == word), None)):
            return Meaning(f"strength {word}", f"a breach is a {strength.decision}")
        if (key := self._fact(word)) is not None:
            return Meaning(word, _told(key))
        derived = _DERIVED.get(word.rpartition(".")[2])
        return None if derived is None else Meaning(word, derived)

    def _fact(self, word: str) -> Key | None:
        """A fact by its name, or, of an alias of a contact, an event or a debt, by the last part of it."""
        owner, _, name = word.rpartition(".")
        objects = ("contact", "event", "debt") if owner and "." not in owner else ()
        return next(
            (self.keys[each] for each in (word, *(f"{of}.{name}" for of in objects)) if each in self.keys), None
        )

    def _of_kind(self, name: str) -> Meaning:
        kind = self.language.kinds[name]
        needed = (*kind.required, *kind.values)
        needs = f"; it needs {english.listing(needed, 'and')}" if needed else ""
        return Meaning(f"kind {name}", f"{kind.title}{needs}")

    def _defined(self, text: str, path: Path | None) -> dict[str, Meaning]:
        """What the file defines, and the libraries that it uses."""
        here = defined(text)
        for library in self._libraries(text, path):
            for word, meaning in defined(library.read_text("utf-8", errors="replace")).items():
                here.setdefault(word, meaning._replace(path=library))
        return here

    def _shared(self, text: str, path: Path | None) -> dict[str, Meaning]:
        """The rules and answers that the libraries share which the file uses."""
        here: dict[str, Meaning] = {}
        for library in self._libraries(text, path):
            shared = library.read_text("utf-8", errors="replace")
            for found in _SHARED.finditer(shared):
                name, title = found.groups()
                line = shared.count("\n", 0, found.start())
                here.setdefault(name, Meaning(f"shared rule {name}", title, line, len("  - id: "), library))
        return here

    def _libraries(self, text: str, path: Path | None) -> Iterable[Path]:
        """The files of the libraries that a text names, and of those that these name: of its own folders first."""
        folders = (*(() if path is None else path.parents), *self.language.library_folders)
        found: dict[Path, None] = {}
        waiting = [text]
        while waiting:
            for name in _LIBRARY.findall(waiting.pop()):
                files = (folder / LIBRARIES / f"{name}.yaml" for folder in folders)
                file = next((file for file in files if file.is_file()), None)
                if file is not None and file not in found:
                    found[file] = None
                    waiting.append(file.read_text("utf-8", errors="replace"))
        return found


def _told(key: Key) -> str:
    words = f"\none of: {', '.join(key.words)}" if key.words else ""
    absent = f"\nwhere absent: {key.absent}" if key.absent else ""
    return f"{key.description or key.name} ({key.takes}){words}{absent}"


def _offers(words: Iterable[str], what: str) -> Iterator[Offer]:
    return (Offer(word, what, english.words(word)) for word in words)


def _outer(lines: list[str], line: int) -> str:
    """The key under which a line is indented."""
    if line >= len(lines):
        return ""
    depth = len(lines[line]) - len(lines[line].lstrip(" -"))
    for earlier in reversed(lines[:line]):
        found = _KEY.match(earlier)
        if found is not None and len(found[1]) < depth and not earlier.lstrip().startswith("- "):
            return found[2]
    return ""


def defined(text: str) -> dict[str, Meaning]:
    """What a file gives a name to, with its place: definitions, values, groups, calendars, facts; rules by their id."""
    found: dict[str, Meaning] = {}
    block, depth, current = "", 0, ""
    for number, line in enumerate(text.splitlines()):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        if opened := _BLOCK.match(line):
            block, depth = opened[1], 0
        elif not indent:
            block = ""
        elif block and (not depth or indent == depth):
            depth = indent
            name, _, rest = bare.partition(":")
            title = re.search(r"title: ([^,}]+)", rest)
            told = title[1] if title else rest.strip(" {}")
            found.setdefault(name, Meaning(f"{block}: {name}", told, number, indent))
            current = name
        elif block and bare.startswith("title: ") and current in found and not found[current].text:
            found[current] = found[current]._replace(text=bare.removeprefix("title: "))
        if identified := re.match(r"\s*- (?:\{)?(?:id|like): ([a-z0-9_]+)", line):
            found.setdefault(identified[1], Meaning(f"rule {identified[1]}", "", number, indent))
    return found
