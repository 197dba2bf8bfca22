"""What must be asked anew of a case that is alike: what a function may read is not known of every function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from collectrules.advisor import Advisor
from collectrules.expressions.functions import MeasureFunction
from collectrules.law.alike import asked_anew
from collectrules.law.rulebook import Rulebook

if TYPE_CHECKING:
    from tests.conftest import Law


@pytest.mark.parametrize(("follows_from", "anew"), [(None, True), ((), False), (("debtor.minor",), False)])
def test_a_function_that_may_read_anything_is_asked_anew(
    law: Law, follows_from: tuple[str, ...] | None, *, anew: bool
) -> None:
    function = MeasureFunction("on_leave", (), "bool", lambda _: False, "on leave", follows_from=follows_from)
    language = replace(law.language, functions={**law.language.functions, "on_leave": function})
    with_it = type(law)(law.loaded, language)
    advisor = Advisor(Rulebook.holding([with_it.ruleset("when: on_leave()")], language))
    affected = asked_anew(advisor.judge(law.case()).law, frozenset())
    assert any("on_leave" in name for name in affected.measures) is anew
