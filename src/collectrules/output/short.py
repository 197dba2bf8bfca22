"""The short forms of an answer: a page of at most 25 lines of 80 columns, and one line for each of many.

Everything that they leave out is in the whole text (`rendering`) and in JSON; where something is left out, the page
says how much.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec.json import encode

from collectrules.expressions import english
from collectrules.ground.lines import WIDTH, wrapped
from collectrules.law.strength import RANK
from collectrules.output.rendering import coloured, shown
from collectrules.verdict.alternatives import by_channel
from collectrules.verdict.objects import Brief, switched_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from collectrules.verdict.answers import Answer, Step
    from collectrules.verdict.objects import Act, ExploredVerdict, Finding, PluginUsed, Question

LINES: Final = 25
"""The most lines of a page."""

_HEAD: Final = 3
_SENTENCE: Final = 3
"""Lines of one reason, question or duty; what is longer is cut."""
_INDENT: Final = " " * 8
_FEW: Final = 2
"""So many rules that cannot be decided are told one by one."""
_CONTACTS: Final[Mapping[str, str]] = {
    "phone": "phone call",
    "sms": "text message",
    "email": "e-mail",
    "letter": "letter",
    "postcard": "postcard",
    "visit": "visit",
}
"""How people call the usual contacts, by channel."""
_MANY_ZONES: Final = 3
"""So many clocks and more are told by the first of them."""
_WHOLE: Final = "(--full)"


def page(verdict: ExploredVerdict, *, colour: bool = False) -> str:
    """A verdict: what is decided, why, when it would be lawful, what to ask and to do. Every line is ended."""
    head = _head(verdict.decision.upper(), verdict.case, _act(verdict.act), when(verdict.at, _zones(verdict)))
    if colour:
        head[0] = coloured(verdict.decision, verdict.decision.upper()) + head[0][len(verdict.decision) :]
    foot = [*_without(verdict.plugins), *_also(len(verdict.not_encoded), len(verdict.assumed))]
    lines = _filled(
        LINES - len(head) - len(foot),
        [
            ("", _reasons(verdict.findings) or _allowed(verdict), "reasons"),
            ("next", [_cut(wrapped(each, _INDENT), 2) for each in _offers(verdict)], "ways"),
            ("ask", [_cut(wrapped(each, _INDENT), 2) for each in _questions(verdict)], "questions"),
            ("do", [_cut(wrapped(each.sentence, _INDENT), _SENTENCE) for each in verdict.obligations], "duties"),
        ],
    )
    return "\n".join([*head, *lines, *foot]) + "\n"


def answer_page(answer: Answer, before_filing: ExploredVerdict | None = None) -> str:
    """The answer to a question: the values, how they come about, and what is open. Every line is ended.

    `before_filing` is the verdict on filing the claim that day, where that was asked too.
    """
    word = "ANSWER" if answer.complete else "OPEN"
    head = _head(word, answer.case, english.words(answer.question), moment(answer.at))
    foot = [*_without(answer.plugins), *_also(len(answer.not_encoded), len(answer.assumed))]
    values = [wrapped(f"{english.words(name)}: {shown(value)}", _INDENT) for name, value in answer.values.items()]
    lines = _filled(
        LINES - len(head) - len(foot),
        [
            ("", [_cut(each, _SENTENCE) for each in values], "values"),
            ("how", [_step(each, then) for each, then in zip_longest(answer.steps, answer.steps[1:])], "steps"),
            ("file", [_cut(wrapped(each, _INDENT), _SENTENCE) for each in _filing(before_filing)], "reasons"),
            ("ask", [_cut(wrapped(each, _INDENT), _SENTENCE) for each in answer.open], "questions"),
        ],
    )
    return "\n".join([*head, *lines, *foot]) + "\n"


def _filing(verdict: ExploredVerdict | None) -> list[str]:
    """Whether the claim may be filed: the decision with its reasons, what would make it lawful, what to find out."""
    if verdict is None:
        return []
    undecided = _undecided(verdict.findings)
    others = [each for each in verdict.findings if each not in undecided]
    others.sort(key=lambda each: -RANK[each.decision])
    reasons = [english.cited(each.sentence, each.citation) for each in others]
    if undecided:
        counted = f"{len(undecided)} rule{'s' if len(undecided) > 1 else ''} cannot be decided, for facts are missing"
        reasons.append(f"{counted}: `collectrules check --action file_claim` asks for them")
    first = f"{verdict.decision}: {reasons[0] if reasons else 'no rule that was asked forbids it'}"
    return [first, *reasons[1:], *_offers(verdict), *(each.sentence for each in verdict.obligations)]


def line(brief: Brief, *, colour: bool = False) -> str:
    """One case of many: `DENY    INV-1042: us.x.seven_calls · 12 CFR 1006.14 · next Wed 8 April 2026, 08:00`."""
    said = [brief.rule, brief.citation, brief.gap or "", f"next {moment(brief.next)}" if brief.next else ""]
    said += [f"without plugin {', '.join(brief.without_plugins)}"] if brief.without_plugins else []
    name = brief.id or "a case without an id"
    text = ": ".join(filter(None, (name, " · ".join(filter(None, said)))))
    word = brief.decision.upper()
    return f"{coloured(brief.decision, word) if colour else word}{' ' * (8 - len(word))}{text}\n"


def line_as_json(brief: Brief) -> str:
    """The same as one object."""
    return encode(brief).decode() + "\n"


def brief_of_answer(answer: Answer) -> Brief:
    """The least of the answer to a question: the first block of law that was used."""
    step = answer.steps[0] if answer.steps else None
    law = ("", "") if step is None else (step.rule, step.citation)
    return Brief(
        answer.case, "answer" if answer.complete else "open", *law, without_plugins=switched_off(answer.plugins)
    )


def moment(text: str) -> str:
    """A day or moment of ISO 8601 as people write it: `Tue 7 April 2026, 10:00`."""
    day = date.fromisoformat(text[:10])
    named = f"{day:%a} {english.day(day.toordinal())}"
    if "T" not in text:
        return named
    at = datetime.fromisoformat(text)
    zone = f" (UTC{at:%z})" if at.tzinfo else ""
    return f"{named}, {at:%H:%M}{zone}"


def when(text: str, zones: Sequence[str]) -> str:
    """A day or moment on the clocks of some zones: `Tue 7 April 2026, 08:00 in Chicago, 09:00 in New York`."""
    if "T" not in text or not zones:
        return moment(text)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        return moment(text)  # on the one clock that is known
    clocks = [(zone, at.astimezone(ZoneInfo(zone))) for zone in zones]
    home = clocks[0][1]
    named = moment(home.date().isoformat())
    told = [
        f"{local:%H:%M} in {english.city(zone)}{'' if local.date() == home.date() else f' ({local:%A})'}"
        for zone, local in clocks[: 1 if len(clocks) >= _MANY_ZONES else None]
    ]
    more = f" and {len(clocks) - 1} more zones" if len(clocks) >= _MANY_ZONES else ""
    return f"{named}, {', '.join(told)}{more}"


def _zones(verdict: ExploredVerdict) -> list[str]:
    return [each.zone for each in verdict.clocks]


def _act(act: Act) -> str:
    """The act as people call it: a contact by phone to a third party is a phone call to third party."""
    by = f" by {english.words(act.channel)}" if act.channel else ""
    named = _CONTACTS.get(act.channel) if act.kind == "contact" else None
    to = f" to {english.words(act.to)}" if act.to not in ("", "debtor") else ""
    return f"{named or english.words(act.kind) + by}{to}"


def _head(word: str, case: str, asked: str, at: str) -> list[str]:
    named = f"{case}: {asked}" if case else asked
    return _cut(wrapped(f"{named}, {at}", _INDENT, first=f"{word:6}  "), _HEAD)


def _filled(room: int, blocks: Sequence[tuple[str, Sequence[list[str]], str]]) -> list[str]:
    """Labelled blocks in at most `room` lines: of each its first item, then more in turn while there is room.

    A block is its label, its items as lines, and the noun for more than one. What finds no room is counted.
    """
    taken = [0] * len(blocks)
    left = room - sum(bool(items) for _, items, _ in blocks)  # a line each to say how many more there are
    before = None
    while before != taken:
        before = taken.copy()
        for number, (_, items, _) in enumerate(blocks):
            if taken[number] < len(items):
                is_last = taken[number] + 1 == len(items)
                needed = len(items[taken[number]]) - is_last
                if needed <= left:
                    left -= needed
                    taken[number] += 1
    lines: list[str] = []
    for (label, items, nouns), shown_of_it in zip(blocks, taken, strict=True):
        block = [line for item in items[:shown_of_it] for line in item]
        if more := len(items) - shown_of_it:
            block.append(f"{_INDENT}{more} more {nouns if more > 1 else nouns.removesuffix('s')} {_WHOLE}")
        if block and label:
            block[0] = f"{label:6}  {block[0][len(_INDENT) :]}"
        lines += block
    return lines


def _undecided(findings: Sequence[Finding]) -> list[Finding]:
    """The rules that cannot be decided; a gap of the law, which has no place, is none of them."""
    return [each for each in findings if each.outcome == "unknown" and each.jurisdiction]


def _reasons(findings: Sequence[Finding]) -> list[list[str]]:
    """What is breached and what is not encoded, then the rules that cannot be decided: many of them together."""
    undecided = _undecided(findings)
    together = len(undecided) > _FEW
    alone = [each for each in findings if not (together and each in undecided)]
    alone.sort(key=lambda each: (-RANK[each.decision], each.outcome != "breached"))
    reasons = [_reason(each) for each in alone]
    if together:
        laws = english.listing(list(dict.fromkeys(each.jurisdiction for each in undecided)), "and")
        remedy = "answer what is asked below, or let `collectrules ask` write the answers into the case"
        sentence = f"{len(undecided)} rules of {laws} cannot be decided, for facts are missing: {remedy}"
        reasons.append(_cut(wrapped(sentence, "  "), _SENTENCE))
    return reasons


def _reason(finding: Finding) -> list[str]:
    law = _law(finding.citation, english.words(finding.strength))
    return [*_cut(wrapped(finding.sentence, "  "), _SENTENCE), law.rjust(WIDTH)]


def _law(citation: str, strength: str) -> str:
    """The law and its strength on one line: of many citations those that fit, of a long one its beginning."""
    behind = f" · {strength}" if strength and citation else strength
    whole = citation.split("; ")
    for number in range(len(whole), 0, -1):
        told = "; ".join(whole[:number]) + (" and more" if number < len(whole) else "") + behind
        if len(told) <= WIDTH:
            return told
    return f"{fitted(citation, WIDTH - len(behind))}{behind}"


def _allowed(verdict: ExploredVerdict) -> list[list[str]]:
    """Why nothing speaks against the act: until when first, then what was lifted and what does not bind."""
    places = dict.fromkeys(".".join(each.id.split(".")[:2]) for each in verdict.rulesets)
    number = len(verdict.considered)
    counted = f"{number} rule was" if number == 1 else f"{number} rules were"
    asked = f"{counted} asked, of {english.listing(list(places), 'and')}" if places else ""
    lifted = [
        _cut(wrapped(f"lifted by an exception: {each.exception} ({each.citation})", "  "), _SENTENCE)
        for each in verdict.exemptions
    ]
    none = f"no rule forbids it; the answer holds at least until {when(verdict.valid_until, _zones(verdict))}"
    bound = [_cut(wrapped(each, "  "), _SENTENCE) for each in verdict.not_bound]
    return [_cut(wrapped("; ".join(filter(None, (none, asked))), "  "), _SENTENCE), *lifted, *bound]


def _offers(verdict: ExploredVerdict) -> list[str]:
    """What would make the act lawful: waiting, other channels, then what answers the rules that weigh most.

    What is to be found out is asked instead.
    """
    waits = [f"wait until {when(each.at, _zones(verdict))}" for each in verdict.alternatives if each.at is not None]
    channels = [each.channel for each in verdict.alternatives if each.channel]
    first = {each.rule for each in verdict.findings if each.decision == verdict.decision}
    changes = [
        each.sentence
        for each in verdict.alternatives
        if each.kind in ("consent", "change") and (not each.rule or each.rule in first)
    ]
    return list(dict.fromkeys([*waits, *([by_channel(channels)] if channels else []), *changes]))


def _questions(verdict: ExploredVerdict) -> list[str]:
    """What is not known, then what only a person can tell: not of a rule that the answers decide."""
    facts = [_question(each) for each in verdict.questions]
    told = [
        each.question
        for each in verdict.findings
        if each.question and (each.outcome == "breached" or not each.jurisdiction or not facts)
    ]
    return list(dict.fromkeys([*facts, *told]))


def _question(question: Question) -> str:
    """`refusals: does your record hold every opt-out? (9 facts)`, or one fact: `debts[A].paid: paid?`."""
    asked = f"{question.name}: {question.question}" if question.question else question.name
    return f"{asked} ({len(question.facts)} facts)" if len(question.facts) > 1 else asked


def _without(plugins: Iterable[PluginUsed]) -> list[str]:
    off = [used.name for used in plugins if used.switched_off]
    return _cut(wrapped(f"plugin {', '.join(off)}", _INDENT, first="without "), 2) if off else []


def _also(not_encoded: int, assumed: int) -> list[str]:
    counted = ((not_encoded, "point", " of law not encoded"), (assumed, "assumption", ""))
    said = [f"{number} {noun}{'s' if number > 1 else ''}{rest}" for number, noun, rest in counted if number]
    return [f"also    {', '.join(said)} {_WHOLE}"] if said else []


def _step(step: Step, then: Step | None) -> list[str]:
    """A step, with its law where the next one has another."""
    is_last = bool(step.citation) and (then is None or then.citation != step.citation)
    return [*_cut(wrapped(step.sentence, _INDENT), 2), *([fitted(step.citation).rjust(WIDTH)] if is_last else [])]


def _cut(lines: list[str], most: int) -> list[str]:
    """At most so many lines, none wider than the page."""
    short = [fitted(line) for line in lines[:most]]
    if len(lines) > most:
        short[-1] = f"{short[-1][: WIDTH - 2]} …"
    return short


def fitted(text: str, width: int = WIDTH) -> str:
    """Text of at most so many columns; what is cut ends with dots."""
    return text if len(text) <= width else f"{text[: width - 2]} …"
