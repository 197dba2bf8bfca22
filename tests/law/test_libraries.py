"""Libraries: what several rulesets share, and what none may take from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from collectrules.ground.errors import InvalidInput
from collectrules.ground.source import read_file
from collectrules.law.files import LIBRARIES, ruleset_files
from collectrules.law.libraries import with_users
from collectrules.law.reader import read_ruleset
from collectrules.law.rulebook import Rulebook
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Rewrite = Callable[[Path, str, str], None]

Law = Any

LIBRARY = """\
library: common.words
title: words of a test
version: '3'
cite: Law 8
values: {most: {2020-01-01: 1, 2026-04-01: 2}}
calendars:
  weekdays: {cite: Law 7, closed: [sat, sun], holidays: []}
define:
  grown: {title: grown, is: not debtor.minor}
  many: {title: many, is: grown and count(contacts) >= $most}
"""
RULESET = """\
ruleset: us.federal.rules
title: a law of a test
jurisdiction: US
version: '1'
source: https://law.example/1
since: 2020-01-01
verified: {date: 2026-01-01, against: the text, confidence: high}
verify_by: 2027-01-01
uses: [common.words]
rules:
  - id: one
    title: one of a test
    cite: Law 1
    strength: prohibition
    governs: {kind: contact}
    when: many and is_business_day(action.day, weekdays) and count(contacts) < 9
    examples:
      - {story: kept, action: {kind: contact, at: 2026-04-08}, expect: allow}
      - {story: breached, action: {kind: contact, at: 2026-04-08}, expect: deny}
"""
CALL = {"at": "2026-01-01T09:00", "channel": "phone", "direction": "outbound"}


@pytest.fixture
def folder(written: Callable[[Mapping[str, str]], Path]) -> Path:
    """A folder of rulesets with a library, and a cache of its own beside it."""
    return written({f"{LIBRARIES}/words.yaml": LIBRARY, "us/federal/rules.yaml": RULESET})


def problems(folder: Path, law: Law) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        Rulebook([folder], law.language).rulesets()
    return [
        f"{problem.place.path.rpartition('/')[2]} {problem.code} {problem.message}" for problem in caught.value.problems
    ]


@pytest.mark.parametrize(("at", "decision"), [("2026-03-31", "deny"), ("2026-04-01", "allow"), ("2026-04-04", "allow")])
def test_a_ruleset_uses_the_definitions_values_and_calendars_of_a_library(
    law: Law, folder: Path, at: str, decision: str
) -> None:
    advisor = law.advisor(*Rulebook([folder], law.language).of("US"))
    assert advisor.check(law.case(history=[CALL], action={"at": at})).decision == decision
    assert advisor.check(law.case(history=[CALL], action={"at": at}, debtor={"minor": True})).decision == "allow"


def test_a_verdict_names_the_library_with_its_version_and_hash(law: Law, folder: Path, rewrite: Rewrite) -> None:
    advisor = law.advisor(*Rulebook([folder], law.language).of("US"))
    before = advisor.check(law.case())
    (used,) = before.rulesets[0].uses
    assert (used.id, used.version) == ("common.words", "3")
    rewrite(folder / LIBRARIES / "words.yaml", "title: grown", "title: of age")
    after = law.advisor(*Rulebook([folder], law.language).of("US")).check(law.case())
    assert after.rulesets[0].uses[0].hash != used.hash
    assert after.rulesets[0].hash == before.rulesets[0].hash
    assert after.decision_id != before.decision_id


def test_a_kept_ruleset_is_read_anew_where_its_library_has_changed(law: Law, folder: Path, rewrite: Rewrite) -> None:
    file = folder / "us" / "federal" / "rules.yaml"
    first = read_ruleset(file, law.language, folder=folder)
    assert read_ruleset(file, law.language, folder=folder) == first
    rewrite(folder / LIBRARIES / "words.yaml", "not debtor.minor", "not debtor.deceased")
    assert read_ruleset(file, law.language, folder=folder).definitions != first.definitions


def test_a_library_that_changes_while_law_is_loaded_leaves_nothing_wrong_in_the_cache(
    law: Law, folder: Path, rewrite: Rewrite
) -> None:
    """One loading holds to the library that it found first; what it reads anew is kept for the text that it read."""
    library, other = folder / LIBRARIES / "words.yaml", folder / "ca" / "federal" / "rules.yaml"
    other.parent.mkdir(parents=True)
    text = RULESET.replace("us.federal", "ca.federal").replace("jurisdiction: US", "jurisdiction: CA")
    other.write_text(text, encoding="utf-8")
    loading = Rulebook([folder], law.language)
    loading.of("US")
    rewrite(library, "not debtor.minor", "not debtor.deceased")
    loading.of("CA")
    rewrite(library, "not debtor.deceased", "not debtor.minor")
    (us,), (ca,) = (Rulebook([folder], law.language).of(place) for place in ("US", "CA"))
    assert us.definitions == ca.definitions
    rewrite(library, "not debtor.minor", "not debtor.deceased")
    (changed,) = Rulebook([folder], law.language).of("US")
    assert changed.definitions != us.definitions


def test_the_library_of_its_own_folder_goes_first_and_others_are_there_for_all(
    law: Law, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "us" / "federal").mkdir(parents=True)
    (other / "us" / "federal" / "rules.yaml").write_text(RULESET, encoding="utf-8")
    language = replace(law.language, library_folders=(folder,))
    assert read_ruleset(other / "us" / "federal" / "rules.yaml", language, folder=other).uses[0].version == "3"
    (other / LIBRARIES).mkdir()
    (other / LIBRARIES / "words.yaml").write_text(LIBRARY.replace("'3'", "'4'"), encoding="utf-8")
    assert read_ruleset(other / "us" / "federal" / "rules.yaml", language, folder=other).uses[0].version == "4"


BELOW = """\
library: common.below
title: what the words of a test rest on
version: '1'
define:
  grown: {title: grown, is: not debtor.minor}
"""
ABOVE = """\
library: common.above
title: more words of a test
version: '1'
uses: [common.below]
define:
  of_age: {title: of age, is: grown}
"""


@pytest.fixture
def layered(folder: Path, rewrite: Rewrite) -> Path:
    """The same with what one definition of the library rests on in a library of its own, which another uses too."""
    library = folder / LIBRARIES / "words.yaml"
    rewrite(library, "  grown: {title: grown, is: not debtor.minor}\n", "")
    rewrite(library, "version: '3'\n", "version: '3'\nuses: [common.below]\n")
    (folder / LIBRARIES / "below.yaml").write_text(BELOW, encoding="utf-8")
    (folder / LIBRARIES / "above.yaml").write_text(ABOVE, encoding="utf-8")
    rewrite(folder / "us" / "federal" / "rules.yaml", "[common.words]", "[common.above, common.words]")
    return folder


def test_a_library_may_use_another_which_whoever_uses_it_has_once(law: Law, layered: Path, rewrite: Rewrite) -> None:
    def told(**debtor: Any) -> tuple[str, dict[str, str]]:
        advisor = law.advisor(*Rulebook([layered], law.language).of("US"))
        verdict = advisor.check(law.case(history=[CALL], action={"at": "2026-03-31"}, debtor=debtor))
        return verdict.decision, {used.id: used.hash for used in verdict.rulesets[0].uses}

    decision, used = told()
    assert (decision, list(used)) == ("deny", ["common.below", "common.above", "common.words"])
    assert told(minor=True)[0] == "allow"
    rewrite(layered / LIBRARIES / "below.yaml", "not debtor.minor", "debtor.minor")
    assert told()[0] == "allow"
    decision, now = told(minor=True)
    assert decision == "deny"
    assert {name for name in now if now[name] != used[name]} == {"common.below"}


def test_a_ruleset_may_ask_by_what_its_library_uses(law: Law, layered: Path, rewrite: Rewrite) -> None:
    rewrite(layered / "us" / "federal" / "rules.yaml", "when: many", "when: grown and of_age and many")
    advisor = law.advisor(*Rulebook([layered], law.language).of("US"))
    assert advisor.check(law.case(history=[CALL], action={"at": "2026-03-31"})).decision == "deny"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("below", "version: '1'\n", "version: '1'\nuses: [common.words]\n", "in a circle: [...] uses [...]"),
        ("below", "version: '1'\n", "version: '1'\nuses: [common.below]\n", "in a circle: [...] uses [...]"),
        ("above", "of_age:", "grown:", "CR150 `grown` comes from a library that this file uses"),
        ("above", "of_age:", "many:", "CR150 `many` stands in two of these libraries"),
        ("above", "common.below", "common.belo", "CR150 there is no library `common.belo`"),
        ("below", "debtor.minor", "debtor.minr", "CR130 `minr` is no field of a debtor, at `not debtor.minr`"),
    ],
)
def test_what_is_wrong_with_a_library_that_another_uses(
    law: Law, layered: Path, file: str, old: str, new: str, told: str, rewrite: Rewrite
) -> None:
    Rulebook([layered], law.language).of("US")  # what was right before does not hide what is wrong now
    rewrite(layered / LIBRARIES / f"{file}.yaml", old, new)
    assert any(all(part in problem for part in told.split("[...]")) for problem in problems(layered, law))


def test_who_uses_a_library_through_others(layered: Path) -> None:
    assert with_users(["common.below"], layered) == {"common.below", "common.above", "common.words"}
    assert with_users(["common.above"], layered) == {"common.above"}


def test_one_law_never_uses_the_definitions_of_another(law: Law, folder: Path, rewrite: Rewrite) -> None:
    rewrite(folder / "us" / "federal" / "rules.yaml", "common.words", "us.other")
    assert problems(folder, law)[0] == "rules.yaml CR150 there is no library `us.other`"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("not debtor.minor", "not debtor.minr", "CR130 `minr` is no field of a debtor, at `not debtor.minr`"),
        ("library: common.words", "library: common.word", "CR140 the library `common.words` calls itself otherwise"),
        ("version: '3'\n", "", "CR100 a library has no `version`"),
        ("cite: Law 8\n", "", "CR110 the library `common.words` has values and cites nothing"),
        ("define:", "jurisdiction: US\ndefine:", "CR101 a library has no key `jurisdiction`"),
        ("define:", "reports: []\ndefine:", "CR101 a library has no key `reports`"),
    ],
)
def test_what_is_wrong_with_a_library_is_told_where_it_stands(
    law: Law, folder: Path, old: str, new: str, told: str, rewrite: Rewrite
) -> None:
    rewrite(folder / LIBRARIES / "words.yaml", old, new)
    assert problems(folder, law) == [f"words.yaml {told}"]


def test_a_library_is_no_ruleset(folder: Path) -> None:
    assert list(ruleset_files([folder])) == ["US"]


def test_every_shipped_library_is_used_by_three_rulesets_or_more(law: Law) -> None:
    """One of facts alone by one at least: laws that meet agree on a fact, and so it has one place before they meet."""
    (shipped,) = load_plugins().ruleset_folders
    rulesets = Rulebook([shipped], law.language).rulesets()
    files = [file for file in (shipped / LIBRARIES).glob("*.yaml") if file.stem != "inheritance"]  # used by all places
    for file in files:
        users = [ruleset for ruleset in rulesets if f"{LIBRARIES}.{file.stem}" in {used.id for used in ruleset.uses}]
        facts_alone = read_file(file).table("a library").get("define") is None
        assert len(users) >= (1 if facts_alone else 3)
