"""In each kind of rule a planted loosening is shown by a case, and the tightening that reverses it is proved safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from collectrules.law import kinds
from collectrules.output.case_yaml import case_yaml

if TYPE_CHECKING:
    from pathlib import Path

CONTACT: Final = "governs: {kind: contact}\n"
CHARGE: Final = "governs: {kind: charge_fee}\n"
_FEE: Final = "{kind: charge_fee, at: 2026-04-08, amount: '%s', currency: USD}"
_CONSENT: Final = (
    "{at: 2026-04-01T10:00, channel: phone, direction: inbound, outcome: conversation, consent: {calls: true}}"
)
_WEEK: Final = (
    "values: {weekdays: {2020-01-01: 08:00-20:00}, saturdays: {2020-01-01: %s}, sundays: {2020-01-01: closed}}\n"
)
_CALL: Final = "{at: 2026-04-06T10:00, channel: phone, direction: outbound, outcome: no_answer}"


def _examples(kept: str, broken: str) -> str:
    return f"examples:\n  - {{story: kept, {kept}, expect: allow}}\n  - {{story: broken, {broken}, expect: deny}}\n"


PLANTED: Final[dict[str, tuple[str, str, str, str]]] = {
    # what both have; what stands in the stricter rule; what stands there in the milder one; examples
    "charge_cap most": (
        CHARGE + "kind: charge_cap\ncurrency: USD\n",
        "values: {at_most: {2020-01-01: '30.00'}}\n",
        "values: {at_most: {2020-01-01: '40.00'}}\n",
        _examples(f"action: {_FEE % '29.00'}", f"action: {_FEE % '50.00'}"),
    ),
    "stop_after what is told is a contact too": (
        CONTACT + "kind: stop_after\nafter: dispute_received\n",
        "",
        "unless: [{if: action.kind == threaten_claim, cite: s. 2, title: a threat}]\n",
        _examples("action: {kind: contact}", "history: [{at: 2026-04-01, event: dispute_received}]"),
    ),
    "charge_cap share": (
        CHARGE + "kind: charge_cap\ncurrency: USD\n",
        "values: {percent: {2020-01-01: '5.00'}}\n",
        "values: {percent: {2020-01-01: '6.00'}}\n",
        _examples(
            f"debts: [{{id: A, kind: consumer, amount: '1000.00', currency: USD}}], action: {_FEE % '10.00'}",
            f"debts: [{{id: A, kind: consumer, amount: '1000.00', currency: USD}}], action: {_FEE % '100.00'}",
        ),
    ),
    "closed_days": (
        CONTACT + "kind: closed_days\n",
        "weekdays: [sat, sun]\n",
        "weekdays: [sun]\n",
        _examples("action: {kind: contact, at: 2026-04-08T10:00}", "action: {kind: contact, at: 2026-04-12T10:00}"),
    ),
    "closed_days holiday": (
        CONTACT + "kind: closed_days\nweekdays: [sun]\n",
        "calendar: feasts\n",
        "",
        _examples("action: {kind: contact, at: 2026-04-07T10:00}", "action: {kind: contact, at: 2026-04-12T10:00}"),
    ),
    "condition": (
        CONTACT,
        "when: any(opt_out where age <= 90)\n",
        "when: any(opt_out where age <= 60)\n",
        _examples("action: {kind: contact}", "history: [{at: 2026-04-01, event: opt_out, channel: phone}]"),
    ),
    "condition days overdue": (  # no example names the date on which it hangs
        "governs: {kind: contact, channel: phone}\n",
        "when: not any(debts as d where d.due is given and days_between(d.due, action.day) <= 30)\n",
        "when: not any(debts as d where d.due is given and days_between(d.due, action.day) <= 40)\n",
        _examples("action: {kind: contact, channel: letter}", "action: {kind: contact, channel: phone}"),
    ),
    "condition exception": (
        CONTACT + "when: action.channel == phone\n",
        "",
        "unless: [{if: action.to == attorney, cite: Law 2, title: it goes to an attorney}]\n",
        _examples("action: {kind: contact, channel: letter}", "action: {kind: contact, channel: phone}"),
    ),
    "condition bounds": (
        "when: action.channel in [phone, sms]\n",
        "governs: {kind: contact, channel: [phone, sms]}\n",
        "governs: {kind: contact, channel: phone}\n",
        _examples("action: {kind: contact, channel: letter}", "action: {kind: contact, channel: phone}"),
    ),
    "consent_needed": (
        CONTACT + "kind: consent_needed\n",
        "given: consents where consent.calls == true and age <= 100\n",
        "given: consents where consent.calls == true\n",
        _examples(
            f"history: [{_CONSENT}]", "action: {kind: contact}"
        ),
    ),
    "contact_hours": (
        CONTACT + "kind: contact_hours\n",
        "values: {from: {2020-01-01: 08:00}, to: {2020-01-01: 20:00}}\n",
        "values: {from: {2020-01-01: 08:00}, to: {2020-01-01: 20:30}}\n",
        _examples("action: {kind: contact, at: 2026-04-08T12:00}", "action: {kind: contact, at: 2026-04-08T22:00}"),
    ),
    "contact_hours days": (
        CONTACT + "kind: contact_hours\nbare_date: inside\n",
        _WEEK % "closed",
        _WEEK % "09:00-12:00",
        _examples("action: {kind: contact, at: 2026-04-08T12:00}", "action: {kind: contact, at: 2026-04-12T12:00}"),
    ),
    "frequency_cap number": (
        CONTACT + "kind: frequency_cap\ncounts: {direction: outbound}\n",
        "values: {at_most: {2020-01-01: 3}, days: {2020-01-01: 7}}\n",
        "values: {at_most: {2020-01-01: 4}, days: {2020-01-01: 7}}\n",
        _examples(f"history: [{_CALL}]", f"history: [{', '.join([_CALL] * 6)}]"),
    ),
    "frequency_cap period": (
        CONTACT + "kind: frequency_cap\ncounts: {channel: phone}\nper: [debt]\nnot_counted: {outcome: busy}\n",
        "values: {at_most: {2020-01-01: 1}, days: {2020-01-01: 7}}\n",
        "values: {at_most: {2020-01-01: 1}, days: {2020-01-01: 5}}\n",
        _examples("action: {kind: contact}", f"history: [{_CALL}]"),
    ),
    "licence": (
        CONTACT + "kind: licence\ndebts: [consumer]\n",
        "roles: [third_party, debt_buyer]\n",
        "roles: [third_party]\n",
        _examples(
            "collector: {role: third_party, licensed: true}", "collector: {role: third_party, licensed: false}"
        ),
    ),
    "must_not_say": (
        CONTACT + "kind: must_not_say\n",
        "content: [obscenity, states_debt]\n",
        "content: [obscenity]\n",
        _examples("action: {kind: contact, content: []}", "action: {kind: contact, content: [obscenity]}"),
    ),
    "must_say": (
        CONTACT + "kind: must_say\n",
        "all_of: [says_debt_collector, validation_notice]\n",
        "all_of: [says_debt_collector]\n",
        _examples(
            "action: {kind: contact, content: [says_debt_collector, validation_notice]}",
            "action: {kind: contact, content: []}",
        ),
    ),
    "notice_and_wait": (
        CONTACT + "kind: notice_and_wait\nnotice: contacts where channel == letter\nfirst_day_counts: false\n",
        "values: {days: {2018-07-01: 6}}\n",
        "values: {days: {2018-07-01: 4}}\n",
        _examples(
            "history: [{at: 2026-03-01, channel: letter, direction: outbound}]",
            "history: [{at: 2026-04-07, channel: letter, direction: outbound}]",
        ),
    ),
    "notice_and_wait business days": (
        CONTACT + "kind: notice_and_wait\nnotice: contacts where channel == letter\ncalendar: office\n"
        "values: {days: {2018-07-01: 3}}\n",
        "first_day_counts: false\n",
        "first_day_counts: true\n",
        _examples(
            "history: [{at: 2026-03-01, channel: letter, direction: outbound}]",
            "history: [{at: 2026-04-07, channel: letter, direction: outbound}]",
        ),
    ),
    "stop_after days": (
        CONTACT + "kind: stop_after\nafter: cease_notice_received where form == written\nfirst_day_counts: true\n",
        "values: {days: {2020-01-01: 10}}\n",
        "values: {days: {2020-01-01: 8}}\n",
        _examples(
            "action: {kind: contact}", "history: [{at: 2026-04-07, event: cease_notice_received, form: written}]"
        ),
    ),
    "stop_after months": (
        CONTACT + "kind: stop_after\nafter: cease_notice_received where form == written\nfirst_day_counts: false\n",
        "values: {months: {2020-01-01: 3}}\n",
        "values: {months: {2020-01-01: 2}}\n",
        _examples(
            "action: {kind: contact}", "history: [{at: 2026-04-07, event: cease_notice_received, form: written}]"
        ),
    ),
    "stop_after lifted": (
        CONTACT + "kind: stop_after\nafter: dispute_received\n",
        "lifted_by: verification_sent where age <= 5\n",
        "lifted_by: verification_sent\n",
        _examples(
            "action: {kind: contact}",
            "history: [{at: 2026-04-01, event: dispute_received}, {at: 2026-03-01, event: verification_sent}]",
        ),
    ),
    "third_party": (
        CONTACT + "kind: third_party\n",
        "to: [employer, spouse]\n",
        "to: [employer]\n",
        _examples("action: {kind: contact, to: debtor}", "action: {kind: contact, to: employer}"),
    ),
    "third_party number": (
        CONTACT + "kind: third_party\nothers_than: [debtor]\n",
        "values: {at_most: {2020-01-01: 1}, days: {2020-01-01: 30}}\n",
        "values: {at_most: {2020-01-01: 2}, days: {2020-01-01: 30}}\n",
        _examples(
            "action: {kind: contact, to: employer}",
            "history: [{at: 2026-04-01T10:00, channel: phone, direction: outbound, to: employer, times: 5}],"
            " action: {kind: contact, to: employer}",
        ),
    ),
    "time_bar": (
        "governs: {kind: file_claim}\nkind: time_bar\n",
        "values: {years: {2004-01-01: 2}}\n",
        "values: {years: {2004-01-01: 3}}\n",
        _examples(
            "debts: [{id: A, kind: consumer, due: 2026-01-01}], action: {kind: file_claim, at: 2026-04-08}",
            "debts: [{id: A, kind: consumer, due: 2010-01-01}], action: {kind: file_claim, at: 2026-04-08}",
        ),
    ),
    "waiting_period": (
        CONTACT + "kind: waiting_period\nafter: validation_notice_sent\n",
        "values: {days: {2020-01-01: 7}}\n",
        "values: {days: {2020-01-01: 5}}\n",
        _examples("action: {kind: contact}", "history: [{at: 2026-04-07, event: validation_notice_sent}]"),
    ),
    "workplace": (
        CONTACT + "kind: workplace\n",
        "forbidden: always\n",
        "forbidden: employer_prohibits\n",
        _examples(
            "action: {kind: contact, place: home}",
            "action: {kind: contact, place: work}, debtor: {employer_prohibits_calls: true}",
        ),
    ),
}  # fmt: skip


def _rule(both: str, own: str, examples: str) -> str:
    body = f"title: a rule\ncite: Law 1\nstrength: prohibition\n{both}{own}{examples}"
    return "- id: one\n" + "".join(f"  {line}\n" for line in body.splitlines())


@pytest.mark.parametrize("name", PLANTED)
def test_a_loosening_is_shown_and_its_reverse_is_proved_safe(books: Any, tmp_path: Path, name: str) -> None:
    both, strict, mild, examples = PLANTED[name]
    strict, mild = _rule(both, strict, examples), _rule(both, mild, examples)
    looser = books.only(strict, mild)
    assert (looser.relation, looser.safe) == ("looser", "refuted")
    shown = looser.milder
    assert (shown.before, shown.after) == ("deny", "allow")
    file = tmp_path / "case.yaml"
    file.write_text(case_yaml(shown.case), encoding="utf-8")
    assert (books.answer("old", file), books.answer("new", file)) == ("deny", "allow")

    tighter = books.only(mild, strict)
    assert (tighter.relation, tighter.safe, tighter.milder) == ("tighter", "proved", None)
    assert (books.answer("old", file), books.answer("new", file)) == ("allow", "deny")


def test_every_kind_that_can_be_broken_is_planted() -> None:
    planted = {name.split()[0] for name in PLANTED}
    assert planted == {kind.name for kind in kinds.built_in()} - {"permission"}
