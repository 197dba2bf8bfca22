"""`collectrules rules`: the law that is encoded, as a list or one rule at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from collectrules.cli import asking, exit_codes, options
from collectrules.ground.errors import meant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collectrules.law.model import Rule


@click.command(name="rules", epilog="Exit codes: 0 found, 2 there is no rule of that id, 4 no rule fits the filters.")
@click.option("--show", metavar="ID", help="One rule: what it says in English, its values, exceptions and examples.")
@options.JURISDICTION
@click.option("--kind", metavar="KIND", help="Only rules that govern this kind of action: contact, file_claim, ...")
@asking.CONFIG
@options.RULESETS
@click.option("--json", "as_json", is_flag=True, help="One rule a line as JSON.")
def command(
    *,
    show: str | None,
    jurisdictions: tuple[str, ...],
    kind: str | None,
    configuration: Path | None,
    rulesets: tuple[Path, ...],
    as_json: bool,
) -> int:
    """List the rules that are encoded, or show one.

    \b
    Examples:
      collectrules rules --jurisdiction US --kind contact
      collectrules rules --show us.federal.regulation_f.seven_calls_in_seven_days
    """
    from collectrules.output.rules import RuleText

    rulebook = asking.Sources(configuration, rulesets).advisor().rulebook
    kinds = rulebook.language.kinds
    rules = [(rule, ruleset) for ruleset in rulebook.rulesets() for rule in ruleset.rules]
    if show is not None:
        chosen = [(rule, ruleset) for rule, ruleset in rules if rule.full_id == show]
        if not chosen:
            advice = meant(show, [rule.full_id for rule, _ in rules]) or "`collectrules rules` lists them"
            raise click.BadParameter(f"there is no rule `{show}`\n    {advice}", param_hint="--show")
    else:
        chosen = [
            (rule, ruleset)
            for rule, ruleset in rules
            if any(options.lies_inside(code, jurisdictions) for code in ruleset.jurisdictions)
            and (kind is None or rule.governs(kind, None))
        ]
    for rule, ruleset in chosen:
        text = RuleText(rule, ruleset, kinds[rule.kind])
        if as_json:
            click.echo(text.as_json())
        elif show is not None:
            click.echo(f"{text.as_text()}  written   {text.written()}")
        else:
            click.echo("\n".join(_listed(rule)))
    return exit_codes.CLEAN if chosen else exit_codes.NOTHING_CHECKED


def _listed(rule: Rule) -> Iterator[str]:
    from collectrules.ground.lines import wrapped

    yield f"{rule.full_id}  {rule.strength.replace('_', ' ')}"
    yield from wrapped(f"{rule.title} [{rule.citation}]")
