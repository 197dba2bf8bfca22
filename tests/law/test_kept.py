"""Rulesets kept from one run to the next: the same as read anew, whatever became of what is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import msgpack
from msgspec.structs import replace

from collectrules import measures
from collectrules.ground import cache
from collectrules.law import kept, kinds, reader, topics
from collectrules.law.files import LIBRARIES, TOPICS
from collectrules.law.kinds import RuleKind
from collectrules.law.model import Language, Ruleset
from collectrules.law.parts import ruleset_of
from collectrules.law.reader import parse_with_places, read_ruleset
from collectrules.law.topics import topics_of
from collectrules.plugins.channels import built_in
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from collectrules.ground.cache import Slot
    from collectrules.ground.nodes import Table

(LAWS,) = load_plugins().ruleset_folders
LAW = LAWS / "us" / "federal" / "bankruptcy.yaml"
OTHER_LAW = LAWS / "us" / "federal" / "telephone_consumer_protection.yaml"


@pytest.fixture(scope="module")
def language() -> Language:
    return Language(
        {kind.name: kind for kind in kinds.built_in()},
        {function.name: function for function in measures.built_in()},
        {channel.name: channel for channel in built_in()},
        library_folders=(LAWS,),
    )


@pytest.fixture(scope="module")
def read_anew(language: Language) -> Ruleset:
    return parse_with_places(LAW.read_text("utf-8"), str(LAW), language)[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLLECTRULES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def kept_law(folder: Path, language: Language) -> Path:
    """The file in which a ruleset is kept."""
    read_ruleset(LAW, language)
    (file,) = folder.glob(f"{LAW.stem}-*")
    return file


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on a ruleset that is not kept is an error."""

    def refuse(*_: object, **__: object) -> Ruleset:
        raise AssertionError("read anew")

    monkeypatch.setattr(reader, "parse_with_places", refuse)


@pytest.mark.parametrize(
    "law",
    [
        law
        for law in sorted(LAWS.rglob("*.yaml"))
        if law.parent.name != LIBRARIES and law.name != TOPICS and ruleset_of(law) is None
    ],
    ids=lambda law: law.stem,
)
def test_every_shipped_ruleset_is_kept_as_it_was_read(
    folder: Path, language: Language, law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_ruleset(law, language, folder=LAWS)
    assert len(list(folder.glob(f"{law.stem}-*"))) == 1
    monkeypatch.setattr(reader, "parse_with_places", None)
    again = read_ruleset(law, language, folder=LAWS)
    assert again is not first
    assert again == first


def test_another_text_is_read_anew(folder: Path, tmp_path: Path, language: Language) -> None:
    copy = tmp_path / "bankruptcy.yaml"
    copy.write_text(LAW.read_text("utf-8"), "utf-8")
    before = read_ruleset(copy, language)
    copy.write_text(LAW.read_text("utf-8").replace("title: ", "title: new ", 1), "utf-8")
    assert read_ruleset(copy, language).title != before.title
    assert len(list(folder.glob(f"{LAW.stem}-*"))) == 2


def test_another_place_is_read_anew(folder: Path, tmp_path: Path, language: Language) -> None:
    """What is told of a rule names its file."""
    read_ruleset(LAW, language)
    copy = tmp_path / "bankruptcy.yaml"
    copyfile(LAW, copy)
    assert read_ruleset(copy, language).place.path == str(copy)
    assert len(list(folder.glob(f"{LAW.stem}-*"))) == 2


def test_one_kept_file_copied_over_another_is_not_used(
    kept_law: Path, folder: Path, language: Language, read_anew: Ruleset
) -> None:
    read_ruleset(OTHER_LAW, language)
    (other,) = set(folder.iterdir()) - {kept_law}
    copyfile(other, kept_law)
    assert read_ruleset(LAW, language) == read_anew


@pytest.mark.usefixtures("kept_law")
def test_another_language_reads_anew(language: Language, no_reading: None) -> None:
    read_ruleset(LAW, language)
    fewer = {name: channel for name, channel in language.channels.items() if name != "sms"}
    with pytest.raises(AssertionError, match="read anew"):
        read_ruleset(LAW, replace(language, channels=fewer))


@pytest.mark.usefixtures("kept_law")
def test_other_code_reads_anew(language: Language, no_reading: None, monkeypatch: pytest.MonkeyPatch) -> None:
    read_ruleset(LAW, language)
    monkeypatch.setattr(kept, "_code", lambda: "another version")
    with pytest.raises(AssertionError, match="read anew"):
        read_ruleset(LAW, language)


def test_the_code_that_reads_is_known_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "law" / "kinds").mkdir(parents=True)
    kind = tmp_path / "law" / "kinds" / "frequency_cap.py"
    kind.write_text("KIND = 1\n")
    monkeypatch.setattr(kept, "_PACKAGE", tmp_path)
    kept._code.cache_clear()  # noqa: SLF001 - once a process, the code does not change
    before = kept._code()  # noqa: SLF001
    kind.write_text("KIND = 23\n")
    kept._code.cache_clear()  # noqa: SLF001
    assert kept._code() != before  # noqa: SLF001
    kept._code.cache_clear()  # noqa: SLF001


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x80\x05.", b"cposix\nsystem\n.", bytes(1000)])
def test_a_kept_file_that_is_no_ruleset_is_made_anew(
    kept_law: Path, language: Language, read_anew: Ruleset, rubbish: bytes
) -> None:
    whole = kept_law.read_bytes()
    kept_law.write_bytes(rubbish)
    assert read_ruleset(LAW, language) == read_anew
    assert kept_law.read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"\x01", msgpack.encode([1, 2]), msgpack.encode({"id": "us.x"})])
def test_what_has_its_digest_and_is_no_ruleset_is_made_anew(
    kept_law: Path, language: Language, read_anew: Ruleset, content: bytes
) -> None:
    slot = _slot(language)
    assert slot.file == kept_law
    cache.keep(slot, content)
    assert cache.load(slot) == content
    assert read_ruleset(LAW, language) == read_anew


def _slot(language: Language) -> Slot:
    slot = kept.slot(LAW, None, LAW.read_text("utf-8"), language, "\0".join(topics_of(language).by_id))
    assert slot is not None
    return slot


@given(at=st.integers(0), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_one_bit_changed_is_never_another_ruleset(
    kept_law: Path, language: Language, read_anew: Ruleset, at: int, bit: int
) -> None:
    whole = bytearray(kept_law.read_bytes())
    whole[at % len(whole)] ^= 1 << bit
    kept_law.write_bytes(whole)
    assert kept.load(_slot(language), Ruleset) is None
    assert read_ruleset(LAW, language) == read_anew


@given(length=st.integers(0))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_a_part_of_a_file_is_never_a_ruleset(
    kept_law: Path, language: Language, read_anew: Ruleset, length: int
) -> None:
    whole = kept_law.read_bytes()
    kept_law.write_bytes(whole[: length % len(whole)])
    assert kept.load(_slot(language), Ruleset) is None
    assert read_ruleset(LAW, language) == read_anew


def test_a_number_that_has_no_kept_form_is_read_each_time(folder: Path, language: Language, read_anew: Ruleset) -> None:
    huge = replace(read_anew, since=2**70)
    kept.keep(_slot(language), _slot(language), huge)
    assert not folder.exists()


def test_nothing_is_kept_where_a_plugin_adds_code(folder: Path, language: Language) -> None:
    foreign = RuleKind("foreign", "of a plugin", {}, (), (), breach=lambda _: "false")
    read_ruleset(LAW, replace(language, kinds={**language.kinds, "foreign": foreign}))
    assert not folder.exists()


def test_processes_at_once_read_the_same(folder: Path) -> None:
    """Two start with an empty cache and delete what they find there; each must say what the law says."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from collectrules.law.reader import read_ruleset\n"
        "from collectrules.plugins.loading import load_plugins\n"
        "language, law, cache = load_plugins().language, Path(sys.argv[1]), Path(sys.argv[2])\n"
        "for turn in range(5):\n"
        "    print(read_ruleset(law, language).hash, len(read_ruleset(law, language).rules))\n"
        "    for file in cache.glob('*.ruleset'):\n"
        "        if turn % 2:\n"
        "            file.unlink(missing_ok=True)\n"
    )
    command = (sys.executable, "-c", program, str(LAW), str(folder))
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], outputs
    assert len({line for output, _ in outputs for line in output.splitlines()}) == 1


@pytest.mark.parametrize("beside", ["us/federal/law/calls.yaml", "common/words.yaml"], ids=["a part", "a library"])
def test_what_becomes_another_while_a_ruleset_is_read_is_not_kept_for_what_it_was(
    folder: Path,
    written: Callable[[Mapping[str, str]], Path],
    rewrite: Callable[[Path, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    beside: str,
) -> None:
    """As where another branch is checked out and left again beside a command."""
    texts = {
        "us/federal/law.yaml": IN_PARTS,
        "us/federal/law/calls.yaml": PART_OF_IT,
        "common/words.yaml": WORDS_OF_IT,
    }
    laws = written(texts)
    parse = parse_with_places

    def meanwhile(*of: Any, **more: Any) -> tuple[Ruleset, Table]:
        rewrite(laws / beside, "minor", "deceased")
        return parse(*of, **more)

    with monkeypatch.context() as during:
        during.setattr(reader, "parse_with_places", meanwhile)
        between = read_ruleset(laws / "us/federal/law.yaml", language, folder=laws)
    (laws / beside).write_text(texts[beside], "utf-8")
    now = read_ruleset(laws / "us/federal/law.yaml", language, folder=laws)
    assert now != between
    assert now == parse(IN_PARTS, str(laws / "us/federal/law.yaml"), language, folders=(laws,), relative=RELATIVE)[0]
    assert list(folder.glob("law-*"))


def test_nor_are_topics(
    folder: Path,
    written: Callable[[Mapping[str, str]], Path],
    rewrite: Callable[[Path, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
) -> None:
    laws = written({TOPICS: TOPICS_THAT_USE_IT, "common/words.yaml": WORDS_OF_IT})
    language = replace(language, library_folders=(laws,))
    parse = topics.parse_topics

    def meanwhile(*of: Any) -> topics.Topics:
        rewrite(laws / "common/words.yaml", "minor", "deceased")
        return parse(*of)

    with monkeypatch.context() as during:
        during.setattr(topics, "parse_topics", meanwhile)
        between = topics_of(language)
    rewrite(laws / "common/words.yaml", "deceased", "minor")
    now = topics_of(replace(language, library_folders=(laws,)))
    assert now.definitions != between.definitions
    assert list(folder.glob("topics-*"))


RELATIVE = Path("us", "federal", "law.yaml")
IN_PARTS = """\
ruleset: us.federal.law
title: a law in parts
jurisdiction: US
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
uses: [common.words]
parts: [calls]
example_case: {collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
"""
PART_OF_IT = """\
part_of: us.federal.law
title: calls
rules:
  - id: minors
    title: nobody writes to a child
    cite: Law 1
    strength: prohibition
    governs: {kind: contact}
    when: debtor.minor or child
    examples:
      - {story: kept, action: {kind: contact, at: 2026-04-08}, expect: allow}
      - {story: breached, debtor: {minor: true}, action: {kind: contact, at: 2026-04-08}, expect: deny}
"""
WORDS_OF_IT = """\
library: common.words
title: words
version: '1'
define:
  child: {title: a child, is: debtor.minor}
"""
TOPICS_THAT_USE_IT = """\
uses: [common.words]
topics:
  letters:
    title: letters
    asks: may a child be written to?
    touched_by: [{kind: communications, if: child}]
    expected: country
    gap: blocks
"""


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """What the code is, is worked out once a process."""
    yield
    kept._code.cache_clear()  # noqa: SLF001


def test_what_a_channel_is_decides_which_rules_govern_it(language: Language) -> None:
    """So a law is read anew where a plugin's channel has become something else."""
    phone = replace(language.channels["phone"], spoken=False)
    other = replace(language, channels={**language.channels, "phone": phone})
    assert kept.slot(LAW, None, "text", language) != kept.slot(LAW, None, "text", other)
