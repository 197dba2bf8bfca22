"""Profiles of the usual houses: what each takes for granted of its records, and how its first case begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from collectrules.case.yaml_edits import flow
from collectrules.ground.errors import CollectrulesError, meant
from collectrules.ground.source import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collectrules.ground.nodes import Node

FIRST_CASE: Final = "first-case.yaml"
_FOLDER: Final = Path(__file__).parents[1] / "profiles"


class Profile(Struct, frozen=True):
    """A house: who collects what, and the groups of its records as `collectrules.yaml` has them."""

    name: str
    title: str
    role: str
    kind: str
    records: dict[str, dict[str, str]]

    def with_whole(self, reasons: Mapping[str, str]) -> Profile:
        """The same with these groups kept whole, for these reasons."""
        whole = {group: {"kept": "whole", "reason": reason} for group, reason in reasons.items()}
        return replace(self, records={**self.records, **whole})

    def without(self, group: str) -> Profile:
        """The same with nothing said of a group."""
        return replace(self, records={name: kept for name, kept in self.records.items() if name != group})


NOTHING_TAKEN: Final = Profile("", "", "third_party", "consumer", {})
"""What is begun with where no profile is named."""


def every() -> Iterator[Profile]:
    """Every profile of the package, by name."""
    for file in sorted(_FOLDER.glob("*.yaml")):
        yield _read(file)


def named(name: str) -> Profile:
    """The profile of that name. Raises CollectrulesError where there is none."""
    known = {profile.name: profile for profile in every()}
    if name not in known:
        advice = meant(name, known) or f"there are {', '.join(known)}"
        raise CollectrulesError(f"there is no profile `{name}`\n    {advice}")
    return known[name]


def _read(file: Path) -> Profile:
    root = read_file(file)

    def text(*keys: str) -> str:
        node: Node = root
        for key in keys:
            node = node.table(key).entries[key]
        return node.scalar(keys[-1]).text

    groups = root.table("a profile").entries["records"].table("`records`")
    records = {
        group: {key: value.scalar(key).text for key, value in groups.entries[group].table(group).entries.items()}
        for group in groups
    }
    return Profile(text("profile"), text("title"), text("collector", "role"), text("debt", "kind"), records)


def configuration_text(profile: Profile) -> str:
    """The text of `collectrules.yaml`."""
    head = "# What our records hold in every case: in these groups what is not there did not happen.\n"
    head += "# Each verdict repeats the reasons that it rests on. `collectrules ask CASE` asks for what is left.\n"
    if profile.name:
        head += f"# Begun with the profile {profile.name}: {profile.title}.\n"
    if not profile.records:
        return f"{head}records: {{}}\n"
    lines = [f"  {group}: {flow(kept)}" for group, kept in profile.records.items()]
    return "\n".join([head + "records:", *lines]) + "\n"


def first_case_text(profile: Profile, jurisdiction: str) -> str:
    """The text of a first case: a letter on a day, to be changed."""
    checked = [group for group, kept in profile.records.items() if kept.get("kept") == "checked"]
    dates = ", ".join(f"{group}: '2026-04-01'" for group in checked)
    debtor, other = ("company", "natural_person") if profile.kind == "commercial" else ("natural_person", "company")
    return (
        "# A first case: change it, and ask `collectrules check` again. `collectrules facts` lists what it may state.\n"
        "version: 2\n"
        "id: first-case\n"
        f"jurisdiction: {jurisdiction}  # where the debtor lives: US-MA, GB-ENG, DE\n"
        f"collector: {{role: {profile.role}}}\n"
        f"debts: [{{id: INV-1, kind: {profile.kind}}}]  # and amount: '1840.00', currency: USD, due: '2026-01-31'\n"
        f"debtor: {{kind: {debtor}}}  # or {other}, sole_trader; and time_zone: America/New_York\n"
        + (f"checked_at: {{{dates}}}  # the day of the last scrub\n" if checked else "")
        + "history: []  # such as: {at: 2026-04-01T10:00, channel: phone, direction: outbound, outcome: voicemail}\n"
        "action: {kind: contact, channel: letter, at: '2026-04-08'}  # a call has its time: at: 2026-04-08T10:00\n"
    )
