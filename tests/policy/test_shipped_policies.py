"""The policies that are shipped: they read, an editor's schema takes them, and they reach the shelf of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from collectrules.ground.errors import InvalidInput
from collectrules.law.reader import read_ruleset
from collectrules.policy.schema import schema
from collectrules.policy.shipped import policy_of, policy_path, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from collectrules.law.model import Language


def test_three_are_shipped() -> None:
    assert shipped() == ("agency", "own_consumer", "small_b2b")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_policy_is_read_by_its_name(name: str, language: Language) -> None:
    policy = policy_of(name, language)
    assert policy.id == name
    assert policy.dispute is not None
    assert policy.hardship is not None


@pytest.mark.parametrize("name", shipped())
def test_the_schema_takes_it(name: str) -> None:
    written: Any = yaml.load(policy_path(name).read_text(), yaml.BaseLoader)  # noqa: S506  # every scalar stays text
    jsonschema.Draft202012Validator(schema()).validate(written)


@pytest.mark.parametrize(
    ("key", "value"),
    [("runs", "customer"), ("stages", [{"id": "a"}]), ("least", {"EUR": "5"}), ("accounts", {"days_overdue": ">= 1"})],
)
def test_the_schema_refuses(key: str, value: Any) -> None:
    written: Any = yaml.load(policy_path("small_b2b").read_text(), yaml.BaseLoader)  # noqa: S506  # as above
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate({**written, key: value})


@pytest.mark.parametrize("name", shipped())
def test_it_may_lie_among_house_rules(name: str, language: Language, tmp_path: Path) -> None:
    """The reader of law takes the file too: a policy and house rules may stand in one."""
    there = tmp_path / "house" / f"{name}.yaml"
    there.parent.mkdir()
    there.write_text(policy_path(name).read_text().replace(f"policy: {name}", f"policy: house.{name}"))
    assert read_ruleset(there, language, folder=tmp_path).rules == ()


def test_a_policy_that_is_not_there_is_told() -> None:
    with pytest.raises(InvalidInput) as caught:
        policy_path("small_b2")
    assert str(caught.value) == (
        "small_b2: CR001 there is no policy of that name, and no such file\n    did you mean `small_b2b`?"
    )
