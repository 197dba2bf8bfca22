"""What a ladder must be so that it can be climbed: names once, in order of time, no softer than before, an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.ground.errors import meant
from collectrules.policy.model import HAND_OVERS, TONES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collectrules.law.keys import Problems
    from collectrules.policy.model import Policy, Step


_PRESSING: Final = ("firm", "final", "demand_letter", "final_notice", "uk_letter_of_claim", *HAND_OVERS)


def check_ladder(policy: Policy, problems: Problems) -> None:
    """Add what is wrong with the ladder of a policy that was read."""
    _names(policy, problems)
    _order(policy, problems)
    _tones(policy, problems)
    _announced(policy, problems)
    _targets(policy, problems)
    _paths(policy, problems)
    if policy.review_by <= policy.since:
        help_ = "a policy is looked at again once it has held for a while"
        problems.add(policy.place, "CR172", "`review_by` is not after `since`", help_)
    if policy.stages and policy.hand_over and not any(step.is_hand_over for step in _ladder(policy)):
        message = "the ladder ends nowhere: no step gives the account out of your hands"
        help_ = f"add a step that does {', '.join(HAND_OVERS[:-1])} or {HAND_OVERS[-1]}, or say `hand_over: no`"
        problems.add(policy.stages[-1].place, "CR172", message, help_)


def _ladder(policy: Policy) -> list[Step]:
    return [step for stage in policy.stages for step in stage.steps]


def _names(policy: Policy, problems: Problems) -> None:
    _once("stage", ((stage.id, stage) for stage in policy.stages), problems)
    for stage in policy.stages:
        _once("step", ((step.id, step) for step in stage.steps), problems)
    for path in policy.paths():
        _once("step", ((step.id, step) for step in path.steps), problems)
    _once("task", ((task.id, task) for task in policy.tasks), problems)


def _once(what: str, named: Iterable[tuple[str, object]], problems: Problems) -> None:
    seen: dict[str, object] = {}
    for name, each in named:
        if name in seen:
            message = f"there is a {what} `{name}` already, at {seen[name].place}"  # type: ignore[attr-defined]
            problems.add(each.place, "CR112", message)  # type: ignore[attr-defined]
        seen.setdefault(name, each)


def _order(policy: Policy, problems: Problems) -> None:
    """Stages begin one after the other, and the first does not count from a step before it."""
    before = None
    for number, stage in enumerate(policy.stages):
        if stage.starts.after_step:
            if not number:
                message = f"the stage `{stage.id}` counts from the step before, and nothing is before it"
                problems.add(stage.place, "CR172", message, "write `starts: {days_past_due: 10}`")
            continue
        if before is not None and stage.starts.days < before.starts.days:
            message = f"the stage `{stage.id}` begins before the stage `{before.id}` above it"
            problems.add(stage.place, "CR172", message, "write the stages in the order of their days")
        before = stage


def _tones(policy: Policy, problems: Problems) -> None:
    """No stage is softer than the one before it."""
    before = None
    for step in _ladder(policy):
        if not step.tone:
            continue
        if before is not None and TONES.index(step.tone) < TONES.index(before.tone):
            message = f"the step `{step.id}` is {step.tone} after the step `{before.id}`, which is {before.tone}"
            problems.add(step.place, "CR172", message, f"a ladder grows firmer: {', '.join(TONES)}")
        before = step


def _announced(policy: Policy, problems: Problems) -> None:
    """What is announced is done by a later step, and the company means it."""
    ladder = _ladder(policy)
    for number, step in enumerate(ladder):
        if not step.announces:
            continue
        if not any(later.does == step.announces for later in (*ladder[number + 1 :], *policy.tasks)):
            message = f"the step `{step.id}` announces {step.announces}, and no later step does it"
            help_ = (
                f"add a step with `does: {step.announces}`, or announce nothing: an empty threat is unlawful in places"
            )
            problems.add(step.place, "CR173", message, help_)
        if step.announces not in policy.intends:
            message = f"the step `{step.id}` announces {step.announces}, and the policy does not say that it is meant"
            problems.add(
                step.place, "CR173", message, f"write `intends: [{step.announces}]` if it is, else announce nothing"
            )


def _paths(policy: Policy, problems: Problems) -> None:
    """What is done while the ladder rests does not press."""
    for path in policy.paths():
        for step in path.steps:
            what = next((each for each in (step.tone, step.letter, step.does) if each in _PRESSING), "")
            what = what or ("announces" if step.announces else "charges" if step.charges else "")
            if what:
                message = f"the step `{step.id}` presses (`{what}`) while a {path.id} pauses the ladder"
                problems.add(step.place, "CR172", message, "answer, explain, offer: pressure comes when it is over")


def _targets(policy: Policy, problems: Problems) -> None:
    """The stages that are named exist."""
    stages = [stage.id for stage in policy.stages]
    named = [("promises.broken_to", policy.promises.broken_to), ("repeat.from", policy.repeat_from)]
    if policy.plans is not None:
        named.append(("plans.missed_to", policy.plans.missed_to))
    for key, target in named:
        if target and target not in stages:
            help_ = meant(target, stages) or f"the stages are {', '.join(stages)}"
            problems.add(policy.place, "CR103", f"`{key}` names the stage `{target}`, which there is not", help_)
