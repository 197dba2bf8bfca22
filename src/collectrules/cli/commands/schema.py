"""`collectrules schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from collectrules.cli import exit_codes, options

if TYPE_CHECKING:
    from pathlib import Path

_OF: Final = ("case", "ruleset", "policy", "verdict", "answer", "advice", "handoff", "package")


@click.command(name="schema", epilog="Exit codes: 0 written, 2 there is no such schema.")
@click.argument("of", type=click.Choice(_OF))
@options.RULESETS
def command(*, of: str, rulesets: tuple[Path, ...]) -> int:
    """Write the JSON Schema of a case file, a ruleset, a policy, a verdict, an answer, a preflight or a package.

    Editors check and complete by it. That of a case knows the facts that the laws declare, those of `--rulesets` too.

    \b
    Examples:
      collectrules schema case > case.schema.json
      collectrules schema verdict
    """
    from collectrules.advising.advice import schema as of_advice
    from collectrules.case.schema import schema as of_cases
    from collectrules.law.rulebook import Rulebook
    from collectrules.law.schema import schema as of_rulesets
    from collectrules.output.rendering import schema as published
    from collectrules.plugins.loading import load_plugins
    from collectrules.policy.schema import schema as of_policies

    plugins = load_plugins()
    match of:
        case "verdict" | "answer":
            made = published("verdict" if of == "verdict" else "answer")
        case "handoff" | "package":
            from collectrules.handoff.telling import schema as of_handoffs

            made = of_handoffs(of)
        case "ruleset":
            made = of_rulesets(plugins.language)
        case "policy":
            made = of_policies()
        case "advice":
            made = of_advice()
        case _:
            made = of_cases(Rulebook((*plugins.ruleset_folders, *rulesets), plugins.language).facts())
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))
    return exit_codes.CLEAN
