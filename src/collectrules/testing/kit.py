"""Checks for the tests of plugin authors, to be called with any test runner.

Each raises `AssertionError` with everything that disagrees, and `InvalidInput` with a place for what cannot be read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from collectrules.advisor import Advisor
from collectrules.law.files import ruleset_files
from collectrules.plugins.loading import load_plugins
from collectrules.testing.examples import ExampleResult, run_examples

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from collectrules.imports import Importer
    from collectrules.imports.importing import Imported
    from collectrules.law.strength import Decision
    from collectrules.plugins.loading import Plugins
    from collectrules.verdict.objects import ExploredVerdict


def check_plugin(plugin: object) -> Plugins:
    """Load a plugin (a module or an object) beside what is built in, without installing it.

    Gives all that is there with it. Raises `InvalidInput` for whatever would be wrong with it once it is installed.
    """
    return load_plugins((plugin,))


def check_rulesets(*paths: Path) -> tuple[ExampleResult, ...]:
    """Run every example in ruleset files, or in folders of them; at least one there must be."""
    folders = ruleset_files(path for path in paths if path.is_dir()).values()
    files = [path for path in paths if not path.is_dir()]
    results = tuple(run_examples([*files, *(file for inside in folders for _, file in inside)]))
    assert results, f"there are no examples in {', '.join(str(path) for path in paths)}"
    wrong = [
        f"{result.place}: {result.rule}: {result.story}\n    expected {result.expected}, got {result.got}"
        for result in results
        if not result.ok
    ]
    assert not wrong, "\n".join(wrong)
    return results


def check_case(
    case: Mapping[str, object],
    *,
    expect: Decision,
    speaks: Collection[str] = (),
    rulesets: Collection[Path] = (),
    today: date | None = None,
) -> ExploredVerdict:
    """Check a case, given as plain values with the keys of a case file, and hold the decision against `expect`.

    `speaks` are ids of rules each of which must have a finding; `rulesets` are folders beside the installed ones;
    `today` stands for the day of the check. Gives the verdict for whatever else a test wants to hold.
    """
    advisor = Advisor.load(rulesets=tuple(rulesets), today=today)
    verdict = advisor.explore(advisor.case(case))
    spoke = {finding.rule for finding in verdict.findings}
    silent = sorted(set(speaks) - spoke)
    told = f"got {verdict.decision}; these rules spoke: {', '.join(sorted(spoke)) or 'none'}"
    assert verdict.decision == expect, f"expected {expect}, {told}"
    assert not silent, f"expected to hear {', '.join(silent)}, {told}"
    return verdict


def check_import(  # noqa: PLR0913  # all by name
    importer: Importer,
    file: Path,
    *,
    accounts: int,
    rejected: int = 0,
    states: tuple[str, ...] = (),
    today: date | None = None,
) -> Imported:
    """Read an export by an importer; hold how many accounts, or contacts, come of it and how many rows are refused.

    `states` is what the file does not say, as `--state` has it: `currency=USD`. Gives what was read. Raises
    `CannotImport` with everything that the file lacks.
    """
    from collectrules.imports.importing import Wanted, read, wanted_mapping

    day = today or datetime.now(UTC).date()
    wanted = Wanted(name=importer.name, mapping=wanted_mapping(None, states, ()), today=day)
    imported = read(file, wanted, {importer.name: importer})
    found = len(imported.accounts) or len(imported.entries) or len(imported.customers)
    refused = len(imported.tally.rejected)
    told = f"{found} came of it and {refused} rows were refused: {imported.tally.rejected}"
    assert (found, refused) == (accounts, rejected), f"expected {accounts} and {rejected}; {told}"
    return imported
