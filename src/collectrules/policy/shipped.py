"""The policies that come with the program, and where a policy that is named lies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.ground.source import file_text
from collectrules.law.files import POLICIES
from collectrules.policy.reading import read_policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.law.model import Language
    from collectrules.policy.model import Policy

FOLDER = Path(__file__).parent.parent / "policies"


def shipped() -> tuple[str, ...]:
    """The names of the policies that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def policy_path(named: str) -> Path:
    """The file of a policy: a shipped one by its name, else the path. Raises InvalidInput where there is none."""
    if named in shipped():
        return FOLDER / f"{named}.yaml"
    path = Path(named)
    if not path.exists():
        help_ = meant(named, shipped()) or f"name a file, or one of {', '.join(shipped())}"
        raise InvalidInput([Problem(Place(named), "CR001", "there is no policy of that name, and no such file", help_)])
    return path


def policy_of(named: str, language: Language) -> Policy:
    """The policy that a name or path means. Raises InvalidInput with every problem of it."""
    return read_policy(policy_path(named), language)


def check_bound(named: str, folders: Iterable[Path]) -> None:
    """Raise InvalidInput for a policy whose house rules would bind nobody, for it lies in no folder of rulesets."""
    path = policy_path(named)
    if not re.search(r"^rules:", file_text(path), re.MULTILINE):
        return
    there = path.resolve()
    if not any(there.is_relative_to((folder / POLICIES).resolve()) for folder in folders):
        message = "the house rules of this policy bind nobody: it lies in no folder of rulesets"
        help_ = f"put it in the folder `{POLICIES}/` of one, and name that with `--rulesets` or in collectrules.yaml"
        raise InvalidInput([Problem(Place(str(path)), "CR141", message, help_)])
