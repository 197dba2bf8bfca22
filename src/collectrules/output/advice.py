"""An advice for a person: a page at 80 columns for one account, and two lines for each of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collectrules.advising.announcing import IN_WORDS
from collectrules.advising.recovery import UNSTATED
from collectrules.expressions import english
from collectrules.ground.lines import wrapped
from collectrules.output.rendering import coloured
from collectrules.output.short import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from collectrules.advising.advice import Advice, Paper, Recovery, StepAdvice
    from collectrules.advising.offers import Offer

_INDENT: Final = " " * 9
_WORDS: Final = {
    "step": "do", "wait": "wait", "pause": "pause", "ask": "find out", "end": "decide", "nothing": "nothing",
    "refused": "refused",
}  # fmt: skip
_NEXT_STEPS: Final = {"file_claim": "claim", "place_with_agency": "agency", "hold_credit": "hold"}
"""How `collectrules letter` calls what a step announces."""
_NAME: Final = 24


def page(advice: Advice, *, colour: bool = False) -> str:
    """The whole advice on one account. Every line is ended."""
    lines: list[str] = []
    for number, step in enumerate(advice.steps):
        if number:
            lines.append("")
        lines += _head(advice, step)
        for label, sentences in _blocks(step):
            lines += _labelled(label, sentences)
        if step.alternatives:
            lines += _ways(step)
    for label, told in (
        ("beside", tuple(_tasks(advice))),
        ("note", (*advice.unapplied, *advice.notes)),
        ("assumed", advice.assumed),
    ):
        lines += _labelled(label, told)
    lines += wrapped(f"policy {advice.policy} · as of {advice.day} · {advice.not_legal_advice}", _INDENT, first="")
    text = "\n".join(lines) + "\n"
    if colour and advice.first.decision:
        word = advice.first.decision.upper()
        text = text.replace(word, coloured(advice.first.decision, word), 1)
    return text


def line(advice: Advice, *, colour: bool = False) -> str:
    """The most urgent step of an account in two lines: what the law says to it, what it is, and why.

    A third one tells of credits and payments that name no invoice.
    """
    step = advice.first
    more = f" (+{len(advice.steps) - 1})" if len(advice.steps) > 1 else ""
    word = step.decision.upper() if step.outcome == "step" and step.decision else _WORDS[step.outcome].upper()
    name = advice.case if len(advice.case) <= _NAME else f"{advice.case[: _NAME - 1]}…"
    amount = money(step.amount, step.currency) if step.invoices else ""
    until = f"until {step.day}" if step.day is not None and step.outcome in ("wait", "pause") else ""
    told = "  ".join(filter(None, (name, amount, until, f"{_what(step)}{more}")))
    padded = f"{word:9}"
    head = padded.replace(word, coloured(step.decision, word)) if colour and step.outcome == "step" else padded
    lines = wrapped(told, _INDENT, first=padded)
    lines[0] = head + lines[0][len(padded) :]
    lines += wrapped(step.reasons[0], _INDENT, first=_INDENT)
    if advice.unapplied:
        lines += wrapped(f"note: {'; '.join(advice.unapplied)}", _INDENT, first=_INDENT)
    return "\n".join(lines) + "\n"


def offer_page(offer: Offer, case: str) -> str:
    """An offer, payment by payment, and whether it may be made. Every line is ended."""
    word = "may be made"
    if not offer.may_be_made:
        decides = offer.decision == "review" and not offer.against
        word = "is for a person to decide" if decides else "is not to be made"
    lines = wrapped(f"{case} · {offer.kind} of {money(offer.open, offer.currency)}: {word}", _INDENT, first="")
    for number, (day, amount) in enumerate(offer.payments):
        lines.append(f"{'pays' if not number else '':8} {_day(day)}  {money(amount, offer.currency)}")
    lines += _labelled("policy", offer.against or ("within the policy",))
    told = [english.cited(each.sentence, each.citation) for each in offer.law]
    lines += _labelled("law", ("; ".join((offer.decision, *told)),))
    return "\n".join(lines) + "\n"


def _labelled(label: str, sentences: Iterable[str]) -> Iterator[str]:
    """Sentences wrapped at the indent, the label before the first of them."""
    for number, sentence in enumerate(sentences):
        yield from wrapped(sentence, _INDENT, first=f"{label if not number else '':8} ")


def money(amount: Decimal | None, currency: str) -> str:
    """`EUR 4,180.00`; of an amount that is not known, that."""
    return f"{currency} {amount:,.2f}".strip() if amount is not None else "amount not known"


def _head(advice: Advice, step: StepAdvice) -> list[str]:
    who = " · ".join(filter(None, (advice.case, advice.debtor if advice.debtor != advice.case else "", advice.place)))
    many = f"{len(step.invoices)} invoices, " if len(step.invoices) > 1 else ""
    parts = [who]
    if step.invoices:
        parts.append(f"{many}open {money(step.amount, step.currency)}")
    if step.days_past_due is not None:
        late = step.days_past_due
        parts.append(f"{late} days late" if late > 0 else "due today" if not late else f"due in {-late} days")
    return wrapped(" · ".join(parts), _INDENT, first="")


def _blocks(step: StepAdvice) -> Iterator[tuple[str, list[str]]]:
    """What is told of a step, each with its label; what there is nothing of is left out."""
    yield "stage", _stage(step)
    yield "next" if step.outcome in ("step", "wait") else _WORDS[step.outcome], _next(step)
    yield "why", list(step.reasons)
    yield "law", [f"{each.decision}: {english.cited(each.sentence, each.citation)}" for each in step.law]
    yield "purpose", [step.purpose] if step.purpose else []
    yield "skipped", [f"{each.stage}{f', {each.step}' if each.step else ''}: {each.reason}" for each in step.skipped]
    yield "attach", [" · ".join(_paper(each) for each in step.attach)] if step.attach else []
    yield "must", [english.cited(each.sentence, each.source) for each in step.must]
    yield "say", [f"what comes next: {IN_WORDS[step.announces]}"] if step.announces else []
    yield "not", [english.cited(each.sentence, each.source) for each in step.must_not]
    yield "may", [english.cited(each.sentence, each.source) for each in step.may]
    yield (
        "charge",
        [
            f"{each.what.replace('_', ' ')} {money(each.amount, each.currency)}: {each.decision}"
            + (f", {each.sentence}" if each.sentence else "")
            for each in step.charges
        ],
    )
    yield "ask", list(step.questions)
    yield "write", [_letter(step)] if step.letter and step.outcome == "step" else []
    yield "after", [f"if nothing happens: {_day(step.after.day)}, {step.after.title}"] if step.after else []
    yield "judgment", list(step.judgment)
    yield "rules", [", ".join(step.rulesets)] if step.rulesets else []


def _letter(step: StepAdvice) -> str:
    """The command that writes the letter, with all that the letter needs; what nobody stated is in capitals."""
    from collectrules.letters.templates import built_in

    needed = next(
        (
            [each.name for each in letter.details if each.required]
            for letter in built_in()
            if letter.name == step.letter
        ),
        [],
    )
    on = (step.channel == "email" and step.at) or step.day  # hours matter to an e-mail
    told = [f"collectrules letter {step.letter} CASE -o FILE --on {on}"]
    if step.channel == "email":
        told.append("--channel email")
    if step.deadline is not None or "deadline" in needed:
        told.append(f"--deadline {step.deadline or 'DATE'}")
    if step.announces or "next_step" in needed:
        told.append(f"--next-step {_NEXT_STEPS.get(step.announces, 'STEP')} --intends-to-act")
    told += [f"--detail {name}='...'" for name in needed if name not in ("deadline", "next_step")]
    return " ".join(told)


def _stage(step: StepAdvice) -> list[str]:
    if not step.stage:
        return []
    number = f"{step.number}/{step.of} " if step.number else ""
    last = f" · last: {step.last}" if step.last else ""
    return [f"{number}{step.stage_title or step.stage}{last}"]


def _next(step: StepAdvice) -> list[str]:
    if not step.step:
        again = f"look again on {_day(step.day)}" if step.day is not None and step.outcome == "pause" else ""
        return [again] if again else []
    told = [f"{_what(step)}, {moment(step.at) if step.at else _day(step.day)}{_decided(step)}"]
    if step.overdue:
        told.append(f"could have been done since {step.since}, {step.overdue} days ago")
    if step.time > 1:
        told.append(f"for the {step.time}. time")
    if step.decision != "allow" and step.next_lawful:
        told.append(f"lawful from {moment(step.next_lawful)}")
    for channel in step.channels:
        if channel.channel != step.channel or channel.note:
            note = f", {channel.note}" if channel.note else ""
            told.append(f"by {channel.channel}: {channel.decision}{note}")
    return told


def _decided(step: StepAdvice) -> str:
    return f" · {step.decision.upper()}" if step.decision else " · in-house, no law asked"


def _what(step: StepAdvice) -> str:
    if not step.step:
        return step.stage_title or step.stage or _WORDS[step.outcome]
    channel = f" by {step.channel}" if step.channel else ""
    return f"{step.letter.replace('_', ' ') or step.title}{channel}"


def _paper(paper: Paper) -> str:
    name = paper.document.replace("_", " ")
    if paper.missing:
        return f"{name} MISSING ({_some(paper.missing)})"
    return f"{name} not known ({_some(paper.unknown)})" if paper.unknown else f"{name} OK"


def _some(names: tuple[str, ...]) -> str:
    few = 2
    return ", ".join(names[:few]) + (f" and {len(names) - few} more" if len(names) > few else "")


def _ways(step: StepAdvice) -> Iterable[str]:
    """The ways to recover side by side: expected net, cost, days, chance and risk."""
    yield f"{'ways':8} {'':<16}{'net':>12}{'cost':>10}{'days':>6}{'chance':>8}  law"
    for way in step.alternatives:
        yield (
            f"{_INDENT}{way.way.replace('_', ' '):<16}{_figure(way.net):>12}{_figure(way.cost):>10}"
            f"{'-' if way.days is None else way.days:>6}{'-' if way.chance is None else f'{way.chance:f} %':>8}"
            f"  {way.decision}"
        )
        for sentence in _of_way(way):
            yield from wrapped(sentence, _INDENT + "  ", first=_INDENT + "  ")
    unstated = ", ".join(way.way.replace("_", " ") for way in step.alternatives if way.open == (UNSTATED,))
    if unstated:
        yield from wrapped(f"{unstated}: {UNSTATED}, and nothing is made up", _INDENT, first=_INDENT)


def _of_way(way: Recovery) -> Iterator[str]:
    yield from way.notes
    if way.risk:
        yield f"risk: {way.risk}"
    yield from (f"open: {each}" for each in way.open if each != UNSTATED)


def _figure(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}"


def _tasks(advice: Advice) -> Iterator[str]:
    for task in advice.tasks:
        if task.ask:
            yield f"{task.title}? that hangs on: {task.reason}"
            continue
        law = f" · {task.decision.upper()}" if task.decision else ""
        yield f"{task.title}: {task.reason}{law}"


def _day(day: date | None) -> str:
    return moment(day.isoformat()) if day is not None else ""
