"""Reads every file, asks every lint, and puts exceptions over what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from collectrules.case.reading import each_case
from collectrules.ground import source
from collectrules.ground.errors import InvalidInput, Place, Problem
from collectrules.imports.mapping_file import read_mapping
from collectrules.law.facts import declared_together
from collectrules.law.files import EVERYWHERE, LIBRARIES, TOPICS, layers, ruleset_files
from collectrules.law.inheritance import read_inheritance
from collectrules.law.libraries import read_library
from collectrules.law.parts import no_part, ruleset_of
from collectrules.law.reader import read_ruleset, read_with_places
from collectrules.law.rulebook import Rulebook
from collectrules.law.topics import parse_topics, topics_of
from collectrules.lints import Folder, LawFile, RulesetFile, Text
from collectrules.policy.reading import holds_stages, read_policy
from collectrules.testing.examples import example_problems
from collectrules.testing.survivors import FILE_NAME as SURVIVORS
from collectrules.testing.survivors import read_survivors
from collectrules.validation.codes import NOTHING_READS_IT, UNKNOWN_FILE, catalogue, name_of
from collectrules.validation.exceptions import FILE_NAME, problems_of, read_exceptions, with_exceptions
from collectrules.validation.files import FileSeen, seen
from collectrules.validation.report import Fault, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date

    from collectrules.law.model import Ruleset
    from collectrules.lints import Lint, Remark
    from collectrules.plugins.loading import Plugins
    from collectrules.validation.exceptions import LintException
    from collectrules.validation.files import FileKind


class Setting(Struct, frozen=True):
    """How a validation is made.

    `folders` gives the folders of rulesets that every command reads, and raises InvalidInput for a configuration that
    cannot be used, as `read_configuration` does for one of the files; `lints` are those that are asked.
    """

    loaded: Plugins
    folders: Callable[[], Sequence[Path]]
    read_configuration: Callable[[Path], object]
    configuration_names: Sequence[str]
    """What a configuration is called."""
    lints: Sequence[Lint]
    every_lint: Sequence[Lint]
    today: date
    exceptions: Path | None = None
    earlier: Callable[[Path], Ruleset | None] | None = None
    """The ruleset that lay at a place in its folder before; None where there is nothing to compare with."""


def validate(paths: Iterable[Path], setting: Setting) -> Report:
    """Every fault of the files, and of those in the folders, that are named."""
    problems: Sequence[Problem] = ()
    try:
        folders = tuple(setting.folders())
    except InvalidInput as error:
        folders, problems = setting.loaded.ruleset_folders, error.problems
    names: dict[str, FileKind] = {
        TOPICS: "topics",
        FILE_NAME: "exceptions",
        SURVIVORS: "survivors",
        **dict.fromkeys(setting.configuration_names, "configuration"),
    }
    validation = _Validation(setting, folders, tuple(seen(paths, folders, names)))
    read = {file.path.resolve() for file in validation.files}
    validation.tell(each for each in problems if Path(each.place.path).resolve() not in read)
    return validation.report()


class _Validation(Struct):
    setting: Setting
    folders: tuple[Path, ...]
    """Of rulesets, that every command reads."""
    files: tuple[FileSeen, ...]
    faults: dict[tuple[Place, str, str], Fault] = field(default_factory=dict)
    read: dict[Path, tuple[FileSeen, RulesetFile]] = field(default_factory=dict)
    """The rulesets that were read without a problem, by path."""
    parts: dict[Path, Path] = field(default_factory=dict)
    """The main file of each part that its ruleset names."""
    libraries: dict[Path, LawFile] = field(default_factory=dict)
    rulebook: Rulebook | None = None
    """Of the folders that every command reads: what cases may state."""

    def report(self) -> Report:
        for file in self.files:
            try:
                self._read(file)
            except InvalidInput as error:
                self.tell(error.problems)
            else:
                self._lint_text(file)
        self._unnamed_parts()
        self._places()
        for seen_file, ruleset in self.read.values():
            self._lint_ruleset(ruleset, self._before(seen_file))
        for library in self.libraries.values():
            self._lint_library(library)
        for root in self._roots():
            self._lint_folder(root)
        told = self._with_exceptions()
        used = {fault.code for fault in told}
        return Report(
            today=self.setting.today,
            faults=tuple(sorted(told, key=lambda fault: (_sort_key(fault.place), fault.code, fault.message))),
            files={str(file.path): file.kind for file in self.files},
            rules=sum(len(ruleset.blocks) for _, ruleset in self.read.values()),
            documentation={code: each.documentation for code, each in catalogue().items() if code in used},
        )

    # ---- reading ------------------------------------------------------------------------------------------------

    def _read(self, file: FileSeen) -> None:
        """Read a file as what it is. Raises InvalidInput with its problems."""
        path, loaded = file.path, self.setting.loaded
        match file.kind:
            case "ruleset":
                self._read_ruleset(file)
            case "policy":
                read_policy(path, loaded.language)
            case "library":
                self._read_library(path)
            case "inheritance":
                source.read_file(path)
                self._only_as(path, Path(LIBRARIES, "inheritance.yaml"))
                read_inheritance([path.parents[1]])
            case "topics":
                parse_topics(source.file_text(path), str(path), loaded.language)
                self._only_as(path, Path(TOPICS))
            case "configuration":
                self.setting.read_configuration(path)
            case "exceptions":
                read_exceptions(path, self.setting.every_lint)
            case "survivors":
                read_survivors(path)
            case "mapping":
                read_mapping(path)
            case "part":
                self._read_part(file)
            case "cases":
                for case in each_case(path, channels=tuple(loaded.channels), facts_of=self._laws().facts_of):
                    if isinstance(case, InvalidInput):
                        self.tell(case.problems)
            case "unknown":
                source.read_file(path)
                self._unknown(file)

    def _read_ruleset(self, file: FileSeen) -> None:
        language = self.setting.loaded.language
        if holds_stages(file.path):
            try:
                read_policy(file.path, language)
            except InvalidInput as error:
                self.tell(error.problems)
        ruleset, root = read_with_places(file.path, language, folder=self._folder(file))
        self.read[file.path] = (file, RulesetFile(ruleset, root, language, self.setting.today.toordinal()))
        self.parts |= {file.path.with_suffix("") / f"{name}.yaml": file.path for name in ruleset.parts}
        self.tell(example_problems(ruleset, self.setting.loaded))

    def _read_part(self, file: FileSeen) -> None:
        """Read the ruleset of a part, where that is not checked by itself. Raises InvalidInput for a part of none."""
        main = ruleset_of(file.path)
        if main is None:
            read_ruleset(file.path, self.setting.loaded.language)
        elif main not in {each.path for each in self.files} | self.read.keys():
            self._read_ruleset(FileSeen(main, "ruleset", named=file.named, given=file.given, root=file.root))

    def _laws(self) -> Rulebook:
        """The laws of the folders that every command reads. Raises InvalidInput for a folder that cannot be used."""
        if self.rulebook is None:
            self.rulebook = Rulebook(self.folders, self.setting.loaded.language)
        return self.rulebook

    def _unnamed_parts(self) -> None:
        """Tell of each part that its ruleset does not name: nothing reads it."""
        for file in self.files:
            main = ruleset_of(file.path) if file.kind == "part" else None
            if main in self.read and file.path not in self.parts:
                try:
                    no_part(source.read_file(file.path).table("a part of a ruleset"))
                except InvalidInput as error:
                    self.tell(error.problems)

    def _read_library(self, path: Path) -> None:
        language = self.setting.loaded.language
        root = source.read_file(path).table("a library")
        named = root.get("library")
        if named is None:  # what its text says at the beginning of a line is no key of it
            help_ = "a library begins with `library: common.<name>`"
            raise InvalidInput([Problem(root.place, "CR100", "a library has no `library`", help_)])
        name = named.scalar("`library`").text
        read_library(path, name, language)
        self._only_as(path, Path(*name.split(".")).with_suffix(".yaml"))
        self.libraries[path] = LawFile(root, language, self.setting.today.toordinal())

    def _only_as(self, path: Path, end: Path) -> None:
        """Tell where a file lies that is read under another name only."""
        if path.parts[-len(end.parts) :] != end.parts:
            place, message = (
                Place(str(path)),
                f"nothing reads this file but as {end.as_posix()} in a folder of rulesets",
            )
            self.tell([Problem(place, NOTHING_READS_IT, message, "move or rename it")])

    def _folder(self, file: FileSeen) -> Path | None:
        """The folder of rulesets against which the place of a file is held; None for one that was named by itself."""
        if file.root is not None:
            return file.root
        above = [root for root in self._roots() if file.path.is_relative_to(root)]
        return max(above, key=lambda root: len(root.parts)) if above else None if file.named else file.given

    def _roots(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(file.root for file in self.files if file.root is not None))

    def _unknown(self, file: FileSeen) -> None:
        inside = any(file.path.is_relative_to(root) for root in self._roots())
        problem = Problem(
            Place(str(file.path)),
            UNKNOWN_FILE,
            "this is no file of ours: nothing reads it",
            "a ruleset begins with `ruleset:`, a house policy with `policy:`, a library with `library:`",
        )
        self._add(Fault.of(problem, name_of(UNKNOWN_FILE), "error" if file.named or inside else "warning"))

    def _places(self) -> None:
        """What is wrong with where files lie: no command would read them, or two are one."""
        loaded = {folder.resolve() for folder in self.folders}
        given = tuple(dict.fromkeys(file.given for file in self.files))
        for root in self._roots():
            beside = self.folders if root.resolve() in loaded else ()
            try:
                ruleset_files((*beside, root))
            except InvalidInput as error:
                self.tell(
                    each for each in error.problems if any(Path(each.place.path).is_relative_to(one) for one in given)
                )

    # ---- lints --------------------------------------------------------------------------------------------------

    def _lint_text(self, file: FileSeen) -> None:
        text = Text(str(file.path), source.file_text(file.path))
        self._ask(lambda lint: lint.of_text(text))

    def _lint_library(self, library: LawFile) -> None:
        self._ask(lambda lint: lint.of_law(library))

    def _lint_ruleset(self, file: RulesetFile, before: Ruleset | None) -> None:
        def remarks(lint: Lint) -> Iterable[Remark]:
            changes = () if before is None else lint.of_change(before, file)
            return (*lint.of_law(file), *lint.of_ruleset(file), *changes)

        self._ask(remarks, file.rule_at)

    def _ask(self, asked: Callable[[Lint], Iterable[Remark]], rule_at: Callable[[Place], str] = lambda _: "") -> None:
        """Tell of what each lint remarks."""
        for lint in self.setting.lints:
            for place, message, help_ in asked(lint):
                problem = Problem(place, lint.code, message, help_)
                self._add(Fault.of(problem, lint.name, lint.severity, rule_at(place)))

    def _before(self, file: FileSeen) -> Ruleset | None:
        """The ruleset as it was, where there was one that could be read."""
        folder = self._folder(file)
        if self.setting.earlier is None or folder is None:
            return None
        try:
            return self.setting.earlier(file.path.relative_to(folder))
        except InvalidInput:
            return None  # what was wrong with it is mended now

    def _lint_folder(self, root: Path) -> None:
        folder = self._folder_of(root)
        self._facts_together(folder)
        self._ask(lambda lint: lint.of_folder(folder))

    def _folder_of(self, root: Path) -> Folder:
        """What was read of one folder of rulesets."""
        read = {**self.read, **{part: self.read[main] for part, main in self.parts.items()}}
        try:
            there = ruleset_files([root])
        except InvalidInput:
            there = {}  # what is wrong with it is told; nobody knows whether it is all there
        complete = [place for place, files in there.items() if all(path in read for _, path in files)]
        return Folder(
            files=tuple(dict.fromkeys(ruleset for file, ruleset in read.values() if file.root == root)),
            libraries=[table for path, table in self.libraries.items() if path.is_relative_to(root)],
            complete_places=frozenset(complete) - {EVERYWHERE},
            is_complete=bool(there) and len(complete) == len(there),
            topics=topics_of(self.setting.loaded.language),
            covered_elsewhere=self._covered_beside(root),
            law_of=self._law_of,
        )

    def _covered_beside(self, root: Path) -> Callable[[str], Collection[str]]:
        """The topics of a place that the folders which every command reads cover, where this is none of them."""
        if root.resolve() in {folder.resolve() for folder in self.folders}:
            return lambda _: ()

        def covered(place: str) -> Collection[str]:
            try:
                rulesets = self._laws().of(place)
            except InvalidInput:
                return ()  # what is wrong there is told to whoever uses it
            return {cover.topic for ruleset in rulesets for cover in ruleset.covers}

        return covered

    def _law_of(self, place: str) -> Sequence[Ruleset]:
        """The law of a place and of those above it, what is checked first."""
        own = [
            file.ruleset
            for _, file in self.read.values()
            if not set(layers(place)).isdisjoint(file.ruleset.jurisdictions)
        ]
        try:
            beside = [ruleset for code in layers(place) for ruleset in self._laws().of(code)]
        except InvalidInput:
            beside = []  # what is wrong there is told to whoever uses it
        known = {ruleset.id for ruleset in own}
        every = (*own, *(ruleset for ruleset in beside if ruleset.id not in known))
        return [ruleset for ruleset in every if ruleset.is_law]

    def _facts_together(self, folder: Folder) -> None:
        """Tell of facts that laws which may apply together declare differently."""
        for place in sorted({place for file in folder.files for place in file.ruleset.jurisdictions}):
            above = layers(place)
            meeting = [file.ruleset for file in folder.files if not set(above).isdisjoint(file.ruleset.jurisdictions)]
            try:
                declared_together(meeting)
            except InvalidInput as error:
                self.tell(error.problems)

    # ---- what is told -------------------------------------------------------------------------------------------

    def tell(self, problems: Iterable[Problem]) -> None:
        """Tell of problems under the names of their codes."""
        for problem in problems:
            self._add(Fault.of(problem, name_of(problem.code), rule=self._rule_at(problem.place)))

    def _rule_at(self, place: Place) -> str:
        path = Path(place.path)
        read = self.read.get(self.parts.get(path, path))
        return read[1].rule_at(place) if read is not None else ""

    def _add(self, fault: Fault) -> None:
        self.faults.setdefault((fault.place, fault.code, fault.message), fault)

    def _with_exceptions(self) -> list[Fault]:
        path, today = self.setting.exceptions, self.setting.today.toordinal()
        exceptions: tuple[LintException, ...] = ()
        try:
            exceptions = read_exceptions(path, self.setting.every_lint) if path is not None else ()
        except InvalidInput as error:
            self.tell(error.problems)
        told, unused = with_exceptions(list(self.faults.values()), exceptions, today)
        checked = [str(file.path) for file in self.files]
        ids = [ruleset.ruleset.id for _, ruleset in self.read.values()]
        ran = [lint.code for lint in self.setting.lints]
        wrong = problems_of(unused, today, checked, ids, ran)
        return [*told, *(Fault.of(problem, name_of(problem.code)) for problem in wrong)]


def _sort_key(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def chosen(lints: Iterable[Lint], select: Sequence[str], ignore: Sequence[str]) -> Iterator[Lint]:
    """The lints of these names or codes, none named: all, without those that are ignored."""
    for lint in lints:
        names = {lint.code, lint.name}
        if (not select or not names.isdisjoint(select)) and names.isdisjoint(ignore):
            yield lint
