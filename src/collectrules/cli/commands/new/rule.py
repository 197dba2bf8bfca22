"""`collectrules new rule`: a rule of some kind, put into a file that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import exit_codes, path_types

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="rule", epilog="Exit codes: 0 written, 2 wrong usage, or the rule is there already.")
@click.argument("rule_id", metavar="ID")
@click.argument("file", type=path_types.FILE_THERE)
@click.option("--kind", metavar="KIND", default="condition", show_default=True, help="Its shape: docs/rulesets.md, 7.")
def command(*, rule_id: str, file: Path, kind: str) -> int:
    """Put the rule ID at the end of the rules of FILE: a ruleset, a part of one, or a house policy.

    What it says is made up; its examples hold both sides of each of its lines.

    \b
    Examples:
      collectrules new rule late_calls our_rules/calls.yaml --kind contact_hours
      collectrules new rule no_minors our_rules/house/late_calls.yaml
    """
    from collectrules.ground import whole_files
    from collectrules.scaffolds.rule import with_rule

    whole_files.write(file, with_rule(file, rule_id, kind))
    click.echo(f"{file}: {rule_id}\n\nnext:\n    collectrules test {file}")
    return exit_codes.CLEAN
