"""`collectrules mutate`: would the examples notice if the law were written down wrongly?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from collectrules.cli import exit_codes, messages, path_types
from collectrules.ground.errors import InvalidInput


@click.command(
    name="mutate",
    epilog="Exit codes: 0 all are noticed or accepted, 1 some are not, 2 unreadable input, 4 nothing was changed.",
)
@click.argument("paths", nargs=-1, metavar="PATH...", type=path_types.THERE)
@click.option(
    "--accepted",
    metavar="FILE",
    type=path_types.THERE,
    help="The mutants that may survive, with reasons; without it `survivors.yaml`, where there is one here.",
)
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Only of this rule, answer or definition.")
@click.option("--boundary", is_flag=True, help="Only what moves a line: numbers, hours, days, and `<` for `<=`.")
@click.option("--no-examples", is_flag=True, help="Look for no example that would notice a mutant: much faster.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: collectrules/mutation/v1.")
def command(
    *,
    paths: tuple[Path, ...],
    accepted: Path | None,
    rules: tuple[str, ...],
    boundary: bool,
    no_examples: bool,
    as_json: bool,
) -> int:
    """Change each number, comparison, window edge, exclusion and exception of rulesets, one at a time.

    Tells which changes no example beside the rules notices, each with an example that would; PATH is a ruleset, a part
    of one, a library, whose changes are asked of the rulesets of its folder that use it, or a folder of them. Decides
    nothing about any debt.

    \b
    Examples:
      collectrules mutate our_rules/us/tx.yaml
      collectrules mutate our_rules --no-examples
    """
    from collectrules.plugins.loading import load_plugins
    from collectrules.testing import mutation, survivors
    from collectrules.testing.libraries import libraries_in, run_library, users_of
    from collectrules.testing.rulesets import Chosen, rulesets_in, trial_of
    from collectrules.testing.telling import MutationReport

    if accepted is None and Path(survivors.FILE_NAME).is_file():
        accepted = Path(survivors.FILE_NAME)
    known = {} if accepted is None else survivors.read_survivors(accepted)
    loaded, tried, whole, unreadable = load_plugins(), {}, [], False
    for chosen in rulesets_in(paths):
        try:
            trial = trial_of(chosen.path, loaded)
        except InvalidInput as error:
            messages.tell(error)
            unreadable = True
            continue
        wanted = mutation.Wanted(chosen, rules, frozenset(known), look=not no_examples, boundary=boundary)
        tried[str(chosen.path)] = list(mutation.run(trial, wanted))
        if not rules and not chosen.parts and not boundary:
            whole.append(trial.file.ruleset.id)
    named = list(libraries_in(paths))
    users = users_of(named, loaded)
    for name, file in named:
        wanted = mutation.Wanted(Chosen(file), rules, frozenset(known), look=not no_examples, boundary=boundary)
        tried[str(file)] = list(run_library(name, file, users[name], wanted))
        if not rules and not boundary:
            whole.append(name)
    report = MutationReport(tried, known, tuple(whole))
    click.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2) if as_json else report.text())
    if unreadable:
        return exit_codes.WRONG_INPUT
    if not tried:
        where = ", ".join(map(str, paths)) or "no path"
        click.echo(f"nothing was changed: no ruleset in {where}\n    name a ruleset, or a folder of them", err=True)
    if not any(tried.values()):
        return exit_codes.NOTHING_CHECKED
    return exit_codes.CLEAN if report.is_clean else exit_codes.FOUND
