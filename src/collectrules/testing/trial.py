"""One ruleset with its examples, to be asked what becomes of it when something in it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collectrules.testing.examples import advisor_of, asked_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from collectrules.advisor import Advisor
    from collectrules.lints import RulesetFile
    from collectrules.plugins.loading import Plugins
    from collectrules.testing.examples import AskedExample
    from collectrules.testing.mutants import Mutant


class Trial:
    """Raises InvalidInput for an example that cannot be read."""

    def __init__(self, file: RulesetFile, loaded: Plugins) -> None:
        self.file, self.loaded = file, loaded
        self.advisor = advisor_of(file.ruleset, loaded)
        self._own: dict[Any, Mapping[str, Any]] = {
            each.place: each.mapping for block in file.blocks for each in block.examples
        }
        self.examples: dict[str, list[AskedExample]] = {}
        """Those of each rule and answer, by its full id."""
        for example in asked_examples(file.ruleset, self.advisor):
            self.examples.setdefault(example.block, []).append(example)

    def own_keys(self, example: AskedExample) -> Mapping[str, Any]:
        """What an example says itself, beside what all of its file start from."""
        return self._own[example.place]

    def standing(self, mutant: Mutant) -> Iterator[AskedExample]:
        """The examples that may notice a mutant."""
        for block in mutant.blocks:
            yield from self.examples.get(block, ())

    def judge_of(self, mutant: Mutant) -> Advisor:
        """An advisor that knows the changed ruleset alone."""
        return advisor_of(mutant.ruleset, self.loaded, self.advisor.rulebook if mutant.of_rule else None)

    def noticed_by(self, mutant: Mutant, examples: Iterable[AskedExample]) -> AskedExample | None:
        """The first of the examples that is answered otherwise; None where all are answered as they expect.

        Raises SyntaxProblem where what was changed is no expression any more.
        """
        advisor = self.judge_of(mutant)
        return next((each for each in examples if each.got(advisor) != each.expected), None)
