"""May an account be handed over, and is all there that its receiver asks for? What stands against it, all at once."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, NamedTuple

from msgspec import Struct, to_builtins

from collectrules.advisor import Advisor
from collectrules.ground.errors import InvalidInput, Place, Problem, meant
from collectrules.handoff import documents, receivers
from collectrules.handoff.accounts import account_number, handed_over, values_of
from collectrules.handoff.approving import Approval, Approved, approved
from collectrules.handoff.quotes import Quote, quote
from collectrules.handoff.receivers import Details, ReceiverFile
from collectrules.handoff.sums import disagreements, unreckoned
from collectrules.output.rendering import plain
from collectrules.plugins import accounts
from collectrules.plugins.accounts import Account, Receiver, RulesetVersion
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.case.objects import Case
    from collectrules.plugins.accounts import Field
    from collectrules.plugins.handoffs import HandoffFormat
    from collectrules.verdict.objects import ExploredVerdict, Finding, Verdict

RULESETS: Final = Path(__file__).parent / "rulesets"
"""The house policy of handoffs. An advisor that hands over has it; one that only answers has not."""
_POLICY: Final = "house.handoff"
_EVERYWHERE: Final = ""
SCHEMA: Final = "collectrules/handoff/v1"


class Blocker(Struct, frozen=True):
    """One thing that stands against the handing over."""

    by: Literal["law", "policy", "field", "format"]
    """Who speaks: the law, a house policy, a field that the format needs, or what else its receiver would refuse."""
    decision: Literal["deny", "review"]
    what: str
    mend: tuple[str, ...]
    """What to do about it."""
    rule: str = ""
    citation: str = ""


class Preflight(Struct, frozen=True):
    """The answer for one account."""

    account: str
    """Its number; empty where the case has none."""
    format: str
    receiver: str
    act: str
    at: str
    ready: bool
    decision: Literal["allow", "deny", "review"]
    """Of all that was asked: a missing field makes an allow a review."""
    decision_id: str
    blockers: tuple[Blocker, ...]
    otherwise: tuple[str, ...]
    """What else would make the act lawful: a moment to wait for, another way."""
    unreckoned: tuple[str, ...] = ()
    """Sums that were not reckoned, for want of a figure."""
    quote: Quote | None = None
    approved: Approved | None = None
    """The reviews that a named person answers for; they stand against it no longer."""
    schema: str = SCHEMA

    def to_mapping(self) -> dict[str, Any]:
        """Its fields as plain values of JSON."""
        found: dict[str, Any] = plain(self)
        return found


class Checked(NamedTuple):
    """An account that was asked about: the answer, and what the format is given where it is ready."""

    preflight: Preflight
    account: Account
    verdict: Verdict


class Handoff:
    """Hands accounts over to one receiver in one format. Safe to share between threads."""

    RULESETS: ClassVar[Path] = RULESETS
    """The folder with the policy of handoffs, which an advisor of one's own needs: `Advisor.load(rulesets=[...])`."""

    def __init__(  # noqa: PLR0913  # all by name
        self,
        advisor: Advisor,
        form: HandoffFormat,
        receiver: ReceiverFile,
        *,
        details: Details | None = None,
        documents: Path | None = None,
        at: str | None = None,
        approval: Approval | None = None,
    ) -> None:
        """`at` is a day or a moment as a case has it; without it the day of the check.

        Raises InvalidInput where the format cannot do what the receiver's file asks for.
        """
        if all(policy.id != _POLICY for policy in advisor.rulebook.of(_EVERYWHERE)):
            raise ValueError("this advisor has no handoff policy: load it with rulesets=[Handoff.RULESETS]")
        self.advisor = advisor
        self.form = form
        self.file = receiver
        self.at = at or advisor.today.isoformat()
        self._details = details or Details()
        self._documents = documents
        self._approval = approval
        self.receiver = Receiver(receiver.name, receiver.kind, receiver.fields)
        _must_fit(form, receiver)

    @classmethod
    def load(  # noqa: PLR0913  # all by name
        cls,
        form: str | HandoffFormat,
        receiver: Path,
        *,
        details: Path | None = None,
        documents: Path | None = None,
        at: str | None = None,
        approval: Approval | None = None,
        advisor: Advisor | None = None,
    ) -> Handoff:
        """By a format or its name, and the paths of the files. Raises InvalidInput for what is wrong in them.

        `advisor` is one that was loaded with `rulesets=[RULESETS, ...]`; without it one is loaded.
        """
        chosen = format_named(form) if isinstance(form, str) else form
        fields = every_field(chosen)
        return cls(
            advisor or Advisor.load(rulesets=[RULESETS]),
            chosen,
            receivers.read_receiver(receiver, fields),
            details=receivers.read_details(details, fields) if details is not None else None,
            documents=documents,
            at=at,
            approval=approval,
        )

    def preflight(self, case: Case) -> Preflight:
        """All that stands against handing this account over. Raises InvalidInput for a case that is wrong."""
        return self.check(case).preflight

    def answer(self, case: Case | InvalidInput) -> Preflight | InvalidInput:
        """The same for what was read of a file: what is wrong with a case stands in its place."""
        try:
            return case if isinstance(case, InvalidInput) else self.preflight(case)
        except InvalidInput as wrong:
            return wrong

    def check(self, case: Case) -> Checked:
        """The same, with the account as the format gets it."""
        number = account_number(case)
        values = {**self._stated_for_all, **values_of(case, handed_over(case), self._details.of(number or ""))}
        disagree = tuple(disagreements(values))
        act = self._act(case, values, disagree=bool(disagree))
        verdict: Verdict = self.advisor.check(act)
        otherwise: tuple[str, ...] = ()
        blockers: list[Blocker] = []
        if verdict.decision != "allow":
            explored = self.advisor.explore(act)
            mends = [each.sentence for each in explored.alternatives if each.kind != "fact"]  # asked with the blockers
            blockers += [_of_law(finding, explored, disagree) for finding in explored.findings]
            cited = {f" ({blocker.citation})" for blocker in blockers if blocker.citation}
            otherwise = tuple(mend for mend in mends if not any(mend.endswith(cite) for cite in cited))
        answered = approved(self._approval, {number or "", case.id or ""}, self.at, verdict.decision, blockers)
        if answered is not None:
            blockers, otherwise = [], ()
        values |= self._of_act(act, verdict, number, answered)
        account = Account(values, self.form.fields)
        missing = list(self._missing(account))
        blockers += missing
        if not missing:
            blockers += [
                Blocker("format", "review", fault.what, (fault.mend,), self.form.name, fault.cite)
                for fault in self.form.faults(account, self.receiver)
            ]
        decision = verdict.decision
        if decision == "allow" and blockers:
            decision = "review"
        preflight = Preflight(
            number or "",
            self.form.name,
            self.file.name,
            self.file.act,
            self.at,
            ready=not blockers and (verdict.decision == "allow" or answered is not None),
            decision=decision,
            decision_id=verdict.decision_id,
            blockers=tuple(blockers),
            otherwise=otherwise,
            unreckoned=tuple(unreckoned(values)),
            quote=self._quote(values),
            approved=answered,
        )
        return Checked(preflight, account, verdict)

    @cached_property
    def _stated_for_all(self) -> dict[str, Any]:
        """What the receiver's file states of every account; a case and its details go before it."""
        sources = {field.name: field.source for field in every_field(self.form)}
        return {name: value for name, value in self.file.fields.items() if sources[name] == "details"}

    def _quote(self, values: dict[str, Any]) -> Quote | None:
        return quote(
            self.file.terms,
            values.get(accounts.AMOUNT.name),
            values.get(accounts.CURRENCY.name),
            values.get(accounts.OLDEST_DUE.name),
            self.day,
        )

    @property
    def day(self) -> date:
        """The day of the act."""
        return date.fromisoformat(self.at[:10])

    def _act(self, case: Case, values: dict[str, Any], *, disagree: bool) -> Case:
        """The case with the handing over as its act; an act of the same kind keeps its details."""
        stated = {key: value for key, value in case.to_mapping().items() if key not in {"ask", "expect"}}
        own = stated.get("action")
        act: dict[str, Any] = dict(own) if isinstance(own, dict) and own["kind"] == self.file.act else {}
        facts = dict(act.get("facts") or {})
        facts["sums_disagree"] = disagree
        facts["itemization_missing"] = any(values.get(field.name) is None for field in accounts.ITEMIZATION)
        act |= {"kind": self.file.act, "at": self.at, "debts": list(handed_over(case)), "facts": facts}
        if self.file.channel is not None:
            act["channel"] = self.file.channel
        return self.advisor.case({**stated, "action": act})

    def _of_act(self, act: Case, verdict: Verdict, number: str | None, answered: Approved | None) -> dict[str, Any]:
        values = {
            accounts.HANDED_OVER.name: self.day,
            accounts.ACT.name: self.file.act,
            accounts.PLACE.name: act.jurisdiction,
            accounts.DECISION.name: verdict.decision,
            accounts.DECISION_ID.name: verdict.decision_id,
            accounts.DECISION_RECORD.name: plain(verdict),
            accounts.RULESETS.name: tuple(
                RulesetVersion(used.id, used.version, used.hash) for used in verdict.rulesets
            ),
        }
        if answered is not None:
            values[accounts.APPROVED.name] = to_builtins(answered)
        if any(field.name == accounts.DOCUMENTS.name for field in self.form.fields):
            values[accounts.DOCUMENTS.name] = documents.of_account(self._documents, number)
        return values

    def _missing(self, account: Account) -> Iterator[Blocker]:
        """A blocker for each required field of which nothing is known, and for each text that is too long."""
        for field in self.form.fields:
            value = self.receiver.get(field) if field.source == "receiver" else account.get(field)
            if value is None:
                if field.required:
                    what = f"{field.title} is missing ({field.name})"
                    yield Blocker("field", "review", what, (_where(field),), self.form.name)
            elif field.longest and isinstance(value, str) and len(value) > field.longest:
                what = f"{field.title} has {len(value)} characters; the format takes {field.longest}"
                yield Blocker("field", "review", what, (f"shorten it: {field.name}",), self.form.name)


def format_named(name: str) -> HandoffFormat:
    """The installed format of that name. Raises InvalidInput with the nearest one."""
    formats = load_plugins().handoff_formats
    if name not in formats:
        advice = meant(name, formats) or f"there are {', '.join(sorted(formats))}"
        raise InvalidInput([Problem(Place("--format"), "CR956", f"there is no format `{name}`", advice)])
    return formats[name]


def every_field(*beside: HandoffFormat) -> tuple[Field[Any], ...]:
    """The fields of all installed formats and of those beside, each name once, and the lines of an itemization."""
    found = {field.name: field for field in accounts.ITEMIZATION}
    for form in (*beside, *load_plugins().handoff_formats.values()):
        for field in form.fields:
            found.setdefault(field.name, field)
    return tuple(found.values())


def _where(field: Field[Any]) -> str:
    if field.mend:
        return field.mend
    if field.source == "receiver":
        return f"state {field.name} under `fields` of the receiver's file"
    if field.source == "account":
        return f"state {field.name} of this account in the file of details (--details)"
    return f"state {field.name} in the file of details (--details), or for all accounts in the receiver's file"


def _of_law(finding: Finding, verdict: ExploredVerdict, disagree: tuple[str, ...]) -> Blocker:
    by: Literal["law", "policy"] = "policy" if finding.ruleset.startswith("house.") else "law"
    what = finding.sentence
    if finding.rule == f"{_POLICY}.sums":
        what = f"{what}: {'; '.join(disagree)}"
    cited = f" ({finding.citation})"
    sentences = [alternative.sentence for alternative in verdict.alternatives]
    mend = [each.removesuffix(cited) for each in sentences if finding.citation and each.endswith(cited)]
    if finding.question:
        mend.append(f"find out: {finding.question}")
    if finding.outcome == "unknown":
        mend += [f"find out: {question}" for question in _questions(finding, verdict)]
    decision: Literal["deny", "review"] = "deny" if finding.decision == "deny" else "review"
    return Blocker(by, decision, what, tuple(mend), finding.rule, finding.citation)


def _questions(finding: Finding, verdict: ExploredVerdict) -> Iterator[str]:
    """What to find out, of the questions of the verdict, before this rule can be known not to be breached."""
    open_facts = {fact.fact for fact in verdict.unknown if finding.rule in fact.rules}
    for question in verdict.questions:
        if not open_facts.isdisjoint(question.facts):
            record = f" (then state `records: {{{question.group}: whole}}`)" if question.group else ""
            yield f"{question.question}{record}"


def _must_fit(form: HandoffFormat, receiver: ReceiverFile) -> None:
    problems: list[Problem] = []
    place = Place(receiver.path or receiver.name)
    if receiver.act not in form.acts:
        message = f"{receiver.name} gets accounts by {receiver.act}, which {form.name} does not carry out"
        problems.append(Problem(place, "CR957", message, f"it carries out {', '.join(form.acts)}"))
    if receiver.act == receivers.ACTS["debtor"] and receiver.channel is None:
        problems.append(Problem(place, "CR954", "`channel` is missing", "write by which it goes: channel: email"))
    if problems:
        raise InvalidInput(problems)
