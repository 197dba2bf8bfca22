"""A letter about one account: filled, and every act that it is asked of the law, before anything is written.

What the law asks a letter to say (`states:` of its obligations) must stand in it; what an obligation of a ruleset asks
and does not name in words of `law.statements` cannot be shown to stand in it, and stops the letter like a missing one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from collectrules.case.terms import CONTENT
from collectrules.case.unapplied import unapplied
from collectrules.correspondence import acts
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.law.files import layers
from collectrules.law.statements import STATEMENTS
from collectrules.law.strength import RANK
from collectrules.letters.documents import Document, Lines
from collectrules.letters.filling import fill
from collectrules.letters.languages import language
from collectrules.letters.letterheads import Letterhead
from collectrules.letters.values import day_text, debts_of, recipient, values_of
from collectrules.verdict.answers import asked
from collectrules.verdict.findings import action_text, established

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectrules.advisor import Advisor
    from collectrules.case.objects import Case, Debt
    from collectrules.law.strength import Decision
    from collectrules.letters.filling import Filled
    from collectrules.letters.templates import Detail, Letter
    from collectrules.verdict.judgement import Judgement
    from collectrules.verdict.objects import ExploredVerdict

DEADLINE: Final = "deadline"
NEXT_STEP: Final = "next_step"
CLAIM: Final = "claim"
_ASKS_FOR_PAYMENT: Final = "payment_request"
_BEFORE_PERIOD_END: Final = "payment_demand_before_period_end"
_PERIOD_ENDS: Final = "validation_period_ends"


class Order(Struct, frozen=True):
    """What is wanted: a letter, its day, and what no case states."""

    letter: Letter
    day: date
    """The day on which it goes out, and which stands on it."""
    letterhead: Letterhead = field(default_factory=Letterhead)
    details: Mapping[str, str] = field(default_factory=dict)
    """By the names of the letter's details, or words of `law.statements`, of which they are then the wording."""
    debts: tuple[str, ...] | None = None
    """The debts it is about; None: all that are open."""
    channel: acts.Channel = acts.LETTER
    """By post, or by e-mail: then it is asked of the law as an e-mail."""
    language: str = ""
    """Empty: that of the debtor, where the case states it, else of the letterhead, else English."""
    intends_to_act: bool = False
    """Does whoever sends it mean to do what it announces?"""
    at: str = ""
    """The moment at which it goes out, where hours matter, as of an e-mail; empty: the day."""


class Prepared(Struct, frozen=True):
    """A letter with what the law says to it. It may be sent where `decision` is allow."""

    case: str
    letter: Letter
    decision: Decision
    acts: tuple[str, ...]
    """The acts that it is, in words; each was asked of the law."""
    refusal: ExploredVerdict | None
    """Why it may not be sent: the verdict on the worst of these acts. None where all are allowed."""
    faults: tuple[Problem, ...]
    """What it must say and does not, and threats that are not meant or cannot be carried out."""
    document: Document
    duties: tuple[str, ...]
    """What is to be done with it or after it, each with its citation."""
    unapplied: tuple[str, ...] = ()
    """Of a letter that asks for payment: credits and payments that name no invoice, which it does not take off."""

    @property
    def may_be_sent(self) -> bool:
        """Does every law that was asked allow it, as it is worded?"""
        return self.decision == "allow" and not self.faults

    def draft(self) -> Document:
        """The letter marked as a draft, whatever the law says."""
        mark = f"{self.document.mark} {language(self.document.language).draft}"
        return replace(self.document, mark=mark.strip())


def prepare(advisor: Advisor, case: Case, order: Order) -> Prepared:
    """The letter about an account, asked of the law.

    Raises InvalidInput for a detail that is missing or wrong, and where the case or template cannot be used.
    """
    letter = order.letter.in_language(language_of(case, order))
    order = replace(order, letter=letter)
    written_in = language(letter.language)
    _refuse_elsewhere(letter, case)
    address = _mail_address(case, order)
    debts = debts_of(case, order.debts)
    details = _details(letter, order.details, case)
    values = {**values_of(case, debts, order.letterhead, order.day, written_in), **details}
    threatens = letter.threatens_claim == "yes" or (letter.threatens_claim == "asked" and details[NEXT_STEP] == CLAIM)
    wanted = _Wanted(advisor, case, order, debts, threatens=threatens)

    asked_cases, judgements = wanted.judged(letter.content)
    for judgement in judgements:
        if ends := established(judgement).get(_PERIOD_ENDS):
            values[_PERIOD_ENDS] = date.fromisoformat(str(ends))
    required = {word: None for each in judgements for needed in _required(each) for word in needed.states or ()}
    shown = _shown(values)
    own = {**order.letterhead.statements, **{key: text for key, text in order.details.items() if key in STATEMENTS}}
    filled = fill(letter, values, own, required, shown)

    content = {*letter.content, *(filled.said & set(CONTENT.words))}
    deadline = details.get(DEADLINE)
    if deadline is not None and not (_PERIOD_ENDS in values and values[_PERIOD_ENDS] < deadline):
        content.add(_BEFORE_PERIOD_END)
    if content != {*letter.content}:
        asked_cases, judgements = wanted.judged(content)
    faults = [*_unsaid(judgements, filled), *wanted.empty_threat(deadline)]
    worst = max(range(len(judgements)), key=lambda number: RANK[judgements[number].decision])
    decision = judgements[worst].decision
    return Prepared(
        case=case.id or "",
        letter=letter,
        decision=decision,
        acts=tuple(action_text(judged.context) for judged in judgements),
        refusal=None if decision == "allow" else advisor.explore(asked_cases[worst]),
        faults=tuple(faults),
        document=_document(case, order, values, filled, address),
        unapplied=tuple(unapplied(case)) if _ASKS_FOR_PAYMENT in letter.content else (),
        duties=tuple(
            dict.fromkeys([*_to_be_written(case, order), *(each for judged in judgements for each in _duties(judged))])
        ),
    )


def language_of(case: Case, order: Order) -> str:
    """The language in which a letter is written: as is asked, else the debtor's, the house's, the letter's own."""
    debtors = case.debtor.language if case.debtor is not None else None
    return order.language or debtors or order.letterhead.language or order.letter.language


def _mail_address(case: Case, order: Order) -> str:
    """Where an e-mail goes. Raises InvalidInput where the case has no address."""
    if order.channel != acts.EMAIL:
        return ""
    endpoint = acts.mail_endpoint(case)
    if endpoint is None or not endpoint.email:
        message = "the case states no e-mail address of the debtor"
        help_ = "state it under `endpoints:` of the debtor: {email: ap@lindenhof.example}; or write by post"
        raise case.wrong("CR848", message, help_)
    return endpoint.email


def _document(case: Case, order: Order, values: Mapping[str, Any], filled: Filled, address: str) -> Document:
    """The letter to be written out. An e-mail has who writes below it, and no address of the post."""
    letter = order.letter
    is_mail = order.channel == acts.EMAIL
    sender = _sender_lines(values)
    return Document(
        title=letter.title,
        sender=() if is_mail else sender,
        recipient=() if is_mail else recipient(case, order.letterhead),
        day=order.day,
        blocks=(*filled.blocks, *_below(filled, sender)) if is_mail else filled.blocks,
        mark=letter.mark,
        language=letter.language,
        paper=order.letterhead.paper,
        channel=order.channel,
        mail_from=order.letterhead.sender.email if is_mail else "",
        mail_to=address,
    )


def _below(filled: Filled, sender: tuple[str, ...]) -> Iterable[Lines]:
    """Who writes, below an e-mail; the name is not told twice."""
    last = filled.blocks[-1] if filled.blocks else None
    named = isinstance(last, Lines) and last.lines[-1:] == sender[:1]
    lines = sender[1:] if named else sender
    return (Lines(lines),) if lines else ()


def _refuse_elsewhere(letter: Letter, case: Case) -> None:
    """Raises InvalidInput for a letter that is for other places than those of the case."""
    inside = [place for place in case.places for wanted in letter.places if wanted in layers(place)]
    if letter.places and not inside:
        message = f"the letter is for {' and '.join(letter.places)}, and the debtor is in {' and '.join(case.places)}"
        raise InvalidInput([Problem(Place(letter.name), "CR848", message, "choose another letter")])


class _Wanted(Struct, frozen=True):
    """The acts of one letter about one account."""

    advisor: Advisor
    case: Case
    order: Order
    debts: tuple[Debt, ...]
    threatens: bool

    def cases(self, content: Iterable[str]) -> Iterable[Case]:
        return acts.acts(
            self.advisor,
            self.case,
            self.order.letter,
            debts=self.debts,
            at=self.order.at or self.order.day.isoformat(),
            content=frozenset(content),
            threatens_claim=self.threatens,
            channel=self.order.channel,
        )

    def judged(self, content: Iterable[str]) -> tuple[list[Case], list[Judgement]]:
        cases = list(self.cases(content))
        return cases, [self.advisor.judge(each) for each in cases]

    def empty_threat(self, deadline: date | None) -> Iterable[Problem]:
        """What is wrong with the next step that the letter announces."""
        place = Place(self.order.letter.name)
        announces = self.threatens or NEXT_STEP in self.order.details
        if announces and not self.order.intends_to_act:
            message = "the letter announces what nobody says is meant"
            yield Problem(
                place, "CR846", message, "say so with --intends-to-act, or announce nothing: another next step"
            )
        if not self.threatens:
            return
        case = next(iter(self.cases(self.order.letter.content)))
        route = self.advisor.answer(asked(case, "court_route", at=self.order.day))
        if not route.values.get("court_id") and not route.values.get("route"):
            lacks = "; ".join(route.open) or "no law that was read names one"
            message = f"the letter threatens suit, and no court is known that would take the claim: {lacks}"
            yield Problem(place, "CR846", message, "ask with `collectrules route CASE`, or name another next step")
        if deadline is None:
            return
        then = acts.claim(
            self.advisor, self.case, self.order.letter, debts=self.debts, day=self.order.day, deadline=deadline
        )
        for finding in self.advisor.explore(then).findings:
            if finding.decision == "deny":
                message = f"a claim on the day after {day_text(deadline)}, as announced, would be unlawful: "
                help_ = f"{finding.citation}; move the deadline, or name another next step"
                yield Problem(place, "CR846", message + finding.sentence, help_)


class _Needed(Struct, frozen=True):
    """An obligation that holds for the act, or may hold."""

    says: str
    citation: str
    name: str
    place: str
    """Of the obligation, told from its folder of rulesets."""
    states: tuple[str, ...] | None


def _required(judgement: Judgement) -> Iterable[_Needed]:
    """The obligations of the laws that bind, save those of which it is known that they do not hold."""
    for report in judgement.law.obligations:
        if judgement.binds(report.ruleset) and judgement.told(report) is not False:
            notice = report.notice
            yield _Needed(
                notice.says,
                notice.citation,
                f"{report.ruleset.id}.{notice.name}",
                report.ruleset.place_of(notice.place),
                notice.states,
            )


def _duties(judgement: Judgement) -> Iterable[str]:
    return (f"{needed.says} ({needed.citation})" for needed in _required(judgement) if not needed.states)


def _to_be_written(case: Case, order: Order) -> Iterable[str]:
    """What is to be written on the letter by hand."""
    if order.channel == acts.LETTER and not any(
        address.lines for address in (case.debtor.addresses if case.debtor is not None else None) or ()
    ):
        yield "write the address on it: the case states none with a street"


def _unsaid(judgements: Iterable[Judgement], filled: Filled) -> Iterable[Problem]:
    """What the law asks a letter to say and this one does not."""
    told = set()
    for needed in (each for judgement in judgements for each in _required(judgement)):
        place = Place(needed.place)
        if needed.states is None:
            message = f"nothing shows that the letter does what `{needed.name}` asks: {needed.says} ({needed.citation})"
            told.add(
                Problem(place, "CR847", message, "name the statements under `states:` of the obligation; [] if none")
            )
        for word in needed.states or ():
            if word not in filled.said:
                message = f"the letter does not say {STATEMENTS[word]} (`{word}`), which {needed.citation} asks for"
                told.add(Problem(place, "CR847", message, filled.unworded.get(word) or f"{needed.name}: {needed.says}"))
    return sorted(told, key=str)


def _details(letter: Letter, given: Mapping[str, str], case: Case) -> dict[str, Any]:
    """The details that the letter tells, read. Raises InvalidInput with each that is missing, wrong or unknown."""
    known = {detail.name: detail for detail in letter.details}
    place = Place(f"{letter.name} for {case.id}" if case.id else letter.name)
    problems = [
        Problem(
            place,
            "CR848",
            f"the letter has no detail `{name}`",
            meant(name, known) or f"it has {', '.join(known) or 'none'}",
        )
        for name in given
        if name not in known and name not in STATEMENTS
    ]
    values: dict[str, Any] = {}
    for detail in letter.details:
        text = given.get(detail.name, "").strip()
        if not text and detail.required:
            help_ = _OPTIONS.get(detail.name, f"--detail {detail.name}={_EXAMPLE[detail.kind]}")
            problems.append(Problem(place, "CR848", f"the letter needs `{detail.name}`: {detail.ask}?", help_))
        elif text:
            try:
                values[detail.name] = _read(detail, text)
            except (ValueError, ArithmeticError):
                message = f"`{detail.name}` is no {detail.kind}: {text}"
                problems.append(Problem(place, "CR848", message, f"as {_EXAMPLE[detail.kind]}"))
    if problems:
        raise InvalidInput(problems)
    return values


_OPTIONS: Final = {DEADLINE: "--deadline 2026-12-15", NEXT_STEP: "--next-step hold --intends-to-act"}
"""Details that have an option of their own."""
_EXAMPLE: Final = {"text": "'...'", "date": "2026-12-15", "amount": "250.00", "number": "6"}


def _read(detail: Detail, text: str) -> object:
    if detail.kind == "date":
        return date.fromisoformat(text)
    if detail.kind == "number":
        return int(text)
    if detail.kind == "amount":
        amount = Decimal(text)
        if not amount.is_finite() or amount < 0 or amount != amount.quantize(Decimal("0.01")):
            raise ValueError(text)
        return amount
    return text


def _shown(values: Mapping[str, Any]) -> set[str]:
    """The statements that the letterhead itself makes."""
    parties = ("collector", "creditor") if values["own_debt"] else ("collector",)
    stated = values["sender"].stated
    return {f"{party}_{key}" for party in parties for key in ("name", "address", "telephone") if key in stated}


def _sender_lines(values: Mapping[str, Any]) -> tuple[str, ...]:
    stated = values["sender"].stated
    lines = [stated[key] for key in ("telephone", "email", "website", "registration") if key in stated]
    return (*([stated["name"]] if "name" in stated else []), *stated.get("address", ()), *lines)
