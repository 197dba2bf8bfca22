"""What version 2 of the format adds: addresses and numbers as they are, and where the debtor is by them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectrules.advisor import Advisor
from collectrules.case.contact_points import canonical, number_of
from collectrules.case.jurisdictions import narrowest
from collectrules.case.objects import Endpoint
from collectrules.case.reading import case_from_mapping, parse_cases
from collectrules.ground.errors import InvalidInput


def address(region: str | None, country: str = "US", **more: str) -> dict[str, str]:
    return {**({} if region is None else {"region": region}), "country": country, **more}


def mapping(**changes: Any) -> dict[str, Any]:
    case: dict[str, Any] = {
        "version": 2,
        "record": "complete",
        "collector": {"role": "third_party", "name": "Fernbank Recovery", "licences": [{"place": "US-NY-NYC"}]},
        "creditor": {"name": "Fernbank Supply", "kind": "company"},
        "debts": [{"id": "INV-1042", "kind": "consumer"}],
        "debtor": {"id": "C-1042", "name": "K. Osei", "addresses": [address("TX", postal_code="78701", city="Austin")]},
        "history": [],
        "action": {"kind": "contact", "channel": "phone", "at": "2026-11-24T14:05:00-05:00"},
    }
    debtor = {**case["debtor"], **changes.pop("debtor", {})}
    return {**case, "debtor": {key: value for key, value in debtor.items() if value is not None}, **changes}


def told(stated: dict[str, Any]) -> str:
    with pytest.raises(InvalidInput) as caught:
        case_from_mapping(stated)
    return str(caught.value)


def test_a_case_of_version_2_is_read_and_written_back() -> None:
    endpoints = [{"number": "+1 (850) 555-0142", "place": "mobile"}, {"email": "K.Osei@Example.org"}]
    action = {"kind": "contact", "channel": "phone", "at": "2026-11-24T14:05Z", "endpoint": "+1 850-555-0142"}
    case = case_from_mapping(mapping(debtor={"endpoints": endpoints}, action=action))
    assert case_from_mapping(case.to_mapping()) == case
    assert case.debtor is not None
    assert case.debtor.endpoints == (
        Endpoint(id="+18505550142", channel="phone", number="+18505550142", place="mobile"),
        Endpoint(id="k.osei@example.org", channel="email", email="k.osei@example.org"),
    )
    assert case.action is not None
    assert case.action.endpoint == "+18505550142"
    assert case.places == ("US-TX",)
    assert case.jurisdiction == "US-TX"


def test_an_endpoint_keeps_a_name_and_channel_of_its_own() -> None:
    stated = {"id": "cell", "number": "+1 850 555 0142", "channel": "sms"}
    case = case_from_mapping(mapping(debtor={"endpoints": [stated]}))
    assert case.debtor is not None
    assert case.debtor.endpoints == (Endpoint(id="cell", channel="sms", number="+18505550142"),)


DIGITS = st.text("0123456789", min_size=6, max_size=14).map(lambda rest: f"+1{rest}"[:16])


@given(DIGITS, st.lists(st.sampled_from([" ", "-", ".", " (", ") ", "/"]), min_size=1, max_size=5))
def test_a_number_is_one_however_it_is_spaced(number: str, marks: list[str]) -> None:
    spaced = number[:2] + "".join(
        f"{marks[place % len(marks)] if place % 3 == 0 else ''}{digit}" for place, digit in enumerate(number[2:])
    )
    assert number_of(spaced) == number == canonical(spaced)


@pytest.mark.parametrize(
    "text", ["850 555 0142", "+1", "+0 850 555 0142", "+1 850 555 0142 x 12", "+1850555014212345", ""]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert "CR014 `number`" in told(mapping(debtor={"endpoints": [{"number": text}]}))


@pytest.mark.parametrize(
    ("endpoints", "code"),
    [
        ([{"number": "+1 850 555 0142", "email": "a@b.org"}], "CR015"),
        ([{"place": "home"}], "CR012"),
        ([{"id": "cell"}], "CR012"),
        ([{"channel": "phone"}], "CR012"),
        ([{"number": "+1 850 555 0142"}, {"number": "+1 (850) 5550142"}], "CR024"),
        ([{"number": "+1 850 555 0142"}, {"id": "+18505550142", "channel": "phone"}], "CR024"),
        ([{"email": "a@b.org"}, {"email": "A@B.org"}], "CR024"),
        ([{"email": "a b@c.org"}], "CR014"),
    ],
)
def test_endpoints_that_are_none_or_the_same_are_told(endpoints: list[Any], code: str) -> None:
    assert f" {code} " in told(mapping(debtor={"endpoints": endpoints}))


@pytest.mark.parametrize(("named", "known"), [("+1 850 5550142", True), ("+18505550143", False), ("A@b.ORG", True)])
def test_an_act_names_a_number_or_address_in_any_spelling(named: str, known: bool) -> None:
    action = {"kind": "contact", "channel": "phone", "at": "2026-11-24", "endpoint": named}
    stated = mapping(debtor={"endpoints": [{"number": "+1 (850) 555-0142"}, {"email": "a@b.org"}]}, action=action)
    if known:
        case_from_mapping(stated)
    else:
        assert "CR027" in told(stated)


# ---- places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "addresses", "places"),
    [
        (None, [address("TX")], ("US-TX",)),
        (None, [address("TX"), address("MA")], ("US-TX", "US-MA")),
        (None, [address("TX"), address("TX")], ("US-TX",)),
        (None, [address("ENG", "GB")], ("GB-ENG",)),
        (None, [address(None, "DE")], ("DE",)),
        ("US-MA", [address("TX")], ("US-MA", "US-TX")),  # a stated one adds
        ("US", [address("TX")], ("US-TX",)),  # what is said of the whole holds in its part
        ("US-NY-NYC", [address("NY")], ("US-NY-NYC",)),
        ("US-TX", [], ("US-TX",)),
    ],
)
def test_the_laws_of_all_places_apply(stated: str | None, addresses: list[Any], places: tuple[str, ...]) -> None:
    jurisdiction = {} if stated is None else {"jurisdiction": stated}
    case = case_from_mapping(mapping(debtor={"addresses": addresses}, **jurisdiction))
    assert case.places == places
    assert case_from_mapping(case.to_mapping()).places == places


@pytest.mark.parametrize(
    ("debtor", "places"),
    [
        ({"endpoints": [{"number": "+1 512 555 0142"}]}, ("US-TX",)),
        ({"endpoints": [{"number": "+1 512 555 0142"}, {"number": "+1 617 555 0142"}]}, ("US-TX", "US-MA")),
        ({"endpoints": [{"number": "+1 902 555 0142"}]}, ("CA-NS", "CA-PE")),
        ({"endpoints": [{"number": "+1 787 555 0142"}]}, ("US-PR",)),
        ({"endpoints": [{"number": "+49 30 5550142"}]}, ("DE",)),
        ({"endpoints": [{"number": "+1 512 555 0142"}], "addresses": [address("MA")]}, ("US-MA",)),
        # the area code of a city with law of its own, and of one beside others
        *(
            ({"endpoints": [{"number": f"+1 {code} 555 0142"}]}, (city,))
            for city, codes in {
                "US-NY-NYC": (212, 332, 347, 646, 718, 917, 929),
                "US-NY-BUF": (716,),
                "US-NY-YON": (914,),
                "US-IL-CHI": (312, 773, 872),
                "US-NY": (516, 585, 631, 934),
            }.items()
            for code in codes
        ),
        # an address that tells the state alone leaves the city open
        ({"endpoints": [{"number": "+1 212 555 0142"}], "addresses": [address("NY")]}, ("US-NY-NYC",)),
        ({"endpoints": [{"number": "+1 212 555 0142"}], "addresses": [address("IL")]}, ("US-IL",)),
        (
            {"endpoints": [{"number": "+1 212 555 0142"}], "addresses": [{**address("NY"), "city": "Albany"}]},
            ("US-NY",),
        ),
        (
            {"endpoints": [{"number": "+1 212 555 0142"}], "addresses": [{**address("NY"), "postal_code": "12207"}]},
            ("US-NY",),
        ),
    ],
)
def test_without_an_address_the_numbers_say_which_laws_apply(debtor: dict[str, Any], places: tuple[str, ...]) -> None:
    case = case_from_mapping(mapping(debtor={"addresses": [], **debtor}))
    assert case.places == places
    assert case_from_mapping(case.to_mapping()).places == places
    assert case_from_mapping(mapping(jurisdiction="US-WA", debtor={**debtor, "addresses": []})).places == ("US-WA",)


def test_a_verdict_says_that_the_place_follows_from_a_number() -> None:
    debtor = {"addresses": [], "endpoints": [{"number": "+1 512 555 0142"}]}
    verdict = Advisor.load().explore(case_from_mapping(mapping(debtor=debtor)))
    assert [fact.taken_as for fact in verdict.assumed if fact.fact == "jurisdiction"] == [("US-TX",)]


def test_the_law_of_a_city_is_asked_where_the_area_code_alone_points_to_it() -> None:
    advisor = Advisor.load()
    letter = {"kind": "contact", "channel": "letter", "at": "2026-11-24"}
    number = {"endpoints": [{"number": "+1 716 555 0142"}]}
    verdict = advisor.explore(
        case_from_mapping(mapping(debtor={**number, "addresses": [address("NY")]}, action=letter))
    )
    assert [fact.taken_as for fact in verdict.assumed if fact.fact == "jurisdiction"] == [("US-NY-BUF",)]
    assert [finding.question for finding in verdict.findings if "US-NY-BUF" in finding.sentence] == [
        "only a telephone number points to US-NY-BUF: write under `addresses` where the debtor lives"
    ]
    albany = {**address("NY"), "city": "Albany", "postal_code": "12207"}
    verdict = advisor.explore(case_from_mapping(mapping(debtor={**number, "addresses": [albany]}, action=letter)))
    assert not [fact for fact in verdict.assumed if fact.fact == "jurisdiction"]
    assert not [finding for finding in verdict.findings if "US-NY-BUF" in finding.sentence]


def test_numbers_that_no_place_has_say_nothing() -> None:
    debtor = {"addresses": [], "endpoints": [{"number": "+1 800 555 0142"}, {"email": "a@example.org"}]}
    assert "CR012 a case needs `jurisdiction`" in told(mapping(debtor=debtor))


@given(st.lists(st.sampled_from(["US", "US-TX", "US-MA", "US-NY", "US-NY-NYC", "GB", None])))
def test_no_place_is_lost(places: list[str | None]) -> None:
    kept = narrowest(places)
    assert len(set(kept)) == len(kept)
    for place in places:
        assert place is None or any(each == place or each.startswith(f"{place}-") for each in kept)


@pytest.mark.parametrize("addresses", [None, []])
def test_a_case_without_any_place_is_told_what_to_write(addresses: Any) -> None:
    assert "CR012 a case needs `jurisdiction`\n    or an address" in told(mapping(debtor={"addresses": addresses}))


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"country": "USA"}, "`country`"),
        ({"country": "US", "region": "Texas"}, "`region`"),
        ({"region": "TX"}, "needs `country`"),
    ],
)
def test_an_address_needs_the_codes_of_its_place(wrong: dict[str, str], advice: str) -> None:
    assert advice in told(mapping(debtor={"addresses": [wrong]}))


def test_a_file_states_its_version() -> None:
    text = """\
version: 2
cases:
  - collector: {role: third_party}
    debts: [{id: 1-a, kind: consumer}]
    debtor: {addresses: [{country: US, region: TX}]}
    action: {kind: contact, at: 2026-11-24}
"""
    assert parse_cases(text, "x.yaml").version == 2
    assert "`version` cannot be `3`" in told(mapping(version=3))


@pytest.mark.parametrize(("version", "only"), [(None, ("US",)), (1, ("US",)), (2, ())])
def test_a_bare_country_of_a_test_means_its_law_alone_in_version_1(version: int | None, only: tuple[str, ...]) -> None:
    test = {"id": "t", "story": "s", "rule": "r", "source": "text", "expect": {"decision": "allow"}}
    stated = {**mapping(debtor={"addresses": None}, jurisdiction="US"), **test, "version": version}
    if version is None:
        del stated["version"]
    case = case_from_mapping(stated)
    assert case.only_law == only
    assert case.but(record="complete").only_law == replace(case, record="complete").only_law == only
