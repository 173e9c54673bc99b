"""Arrivals with flights over the date line, diets and a bus list, with names that are hard to print."""

from typing import Any

from tests.paper_samples.cuts import DRIVER
from tests.paper_samples.itinerary import ITINERARY
from tests.paper_samples.organisations import both
from tests.paper_samples.people import OFFICE
from tests.paper_samples.rooming import PEOPLE

SHANGHAI, PACIFIC, MOUNTAIN = "Asia/Shanghai", "America/Los_Angeles", "America/Denver"


def _end(place: str, on: str, at: str, zone: str) -> tuple[str, str, str, str]:
    return place, on, at, zone


def _leg(number: str, start: tuple[str, ...], end: tuple[str, ...], minutes: int, shift: int) -> dict[str, Any]:
    from_place, departs_on, departs, departs_zone = start
    to_place, arrives_on, arrives, arrives_zone = end
    return {
        "carrier": "Sample Air",
        "number": number,
        "from_place": from_place,
        "departs_on": departs_on,
        "departs": departs,
        "departs_zone": departs_zone,
        "to_place": to_place,
        "arrives_on": arrives_on,
        "arrives": arrives,
        "arrives_zone": arrives_zone,
        "minutes": minutes,
        "shift": shift,
    }


OVER_THE_LINE = _leg(
    "ZZ 857",
    _end("Shanghai Pudong PVG", "2026-05-18", "00:20", SHANGHAI),
    _end("San Francisco SFO", "2026-05-17", "20:20", PACIFIC),
    660,
    -1,
)
TO_DENVER = _leg(
    "ZZ 412",
    _end("San Francisco SFO", "2026-05-17", "22:10", PACIFIC),
    _end("Denver DEN", "2026-05-18", "01:45", MOUNTAIN),
    155,
    1,
)
TRAIN = _leg(
    "",
    _end("北京南站 Beijing South railway station, eastern entrance", "2026-05-18", "08:00", SHANGHAI),
    _end("Denver Union Station, Wynkoop Street, great hall, beneath the clock", "2026-05-18", "10:20", MOUNTAIN),
    980,
    0,
)
HOME = _leg(
    "ZZ 858",
    _end("Denver DEN", "2026-05-29", "13:05", MOUNTAIN),
    _end("Shanghai PVG", "2026-05-30", "17:40", SHANGHAI),
    875,
    1,
)


def _named(names: str, **more: Any) -> dict[str, Any]:
    latin, _, native = names.partition("|")
    return {"latin": latin, "native": native, **more}


def _passenger(names: str, guest: str = "") -> dict[str, Any]:
    organisation = both("Housing and Urban-Rural Development Bureau", "住房和城乡建设局")
    return _named(names, organisation=organisation, guest=guest)


def _party(people: list[dict[str, Any]], *further: dict[str, Any]) -> dict[str, Any]:
    return {"further": list(further), "people": people}


def _day(on: str, *journeys: dict[str, Any]) -> dict[str, Any]:
    return {"on": on, "heads": sum(each["heads"] for each in journeys), "journeys": list(journeys)}


def _journey(leg: dict[str, Any], *parties: dict[str, Any]) -> dict[str, Any]:
    return {**leg, "parties": list(parties), "heads": sum(len(party["people"]) for party in parties)}


def _wave(on: str, place: str, first: str, last: str, heads: int) -> dict[str, Any]:
    return {"on": on, "place": place, "zone": MOUNTAIN, "first": first, "last": last, "heads": heads, "journeys": 1}


_GROUP = [_passenger(names) for names in PEOPLE] * 2
_WITH_GUEST = [_passenger(PEOPLE[12], guest="Otto Lind")]
_FROM_AFAR = _party([_passenger(names) for names in PEOPLE[9:12]], OVER_THE_LINE, TO_DENVER)
ARRIVALS: dict[str, Any] = {
    **ITINERARY,
    "kind": "arrivals",
    "number": "ARR-2026-004",
    "destroy_on": "2026-06-30",
    "people": 45,
    "arrivals": [
        _day(
            "2026-05-18",
            _journey(TO_DENVER, _party(_GROUP, OVER_THE_LINE)),
            _journey(TRAIN, _party(_WITH_GUEST), _FROM_AFAR),
        )
    ],
    "departures": [_day("2026-05-29", _journey(HOME, _party(_GROUP)))],
    "waves": [
        _wave("2026-05-18", "Denver DEN", "01:45", "01:45", 40),
        _wave("2026-05-18", TRAIN["to_place"], "10:20", "11:05", 3),
    ],
    "leaving": [_wave("2026-05-29", "Denver DEN", "13:05", "13:05", 40)],
    "without": [_named(names) for names in PEOPLE[:3]],
}
DIETS: dict[str, Any] = {
    **ITINERARY,
    "kind": "diet_list",
    "number": "DIE-2026-002",
    "destroy_on": "2026-06-30",
    "people": 45,
    "guests": 1,
    "usual": 21,
    "unknown": 3,
    "diets": [
        {"diet": "Halal / 清真", "people": [_named(names) for names in PEOPLE[:9]]},
        {"diet": "不吃海鲜", "people": [_named(PEOPLE[10])]},
        {
            "diet": "Allergic to peanuts, tree nuts, sesame and lupin; carries an adrenaline pen. " * 5,
            "people": [_named(PEOPLE[12])],
        },
    ],
}
_RIDES = [
    {**ride, "group": group, "heads": 40} for group in ("all", "b", "guests", "a", "all") for ride in DRIVER["rides"]
]
BUSES: dict[str, Any] = {
    **DRIVER,
    "kind": "bus_list",
    "number": "BUS-2026-007",
    "part": both("Post-tour", "会后考察"),
    "rides": _RIDES,
    "riders": [
        _named(
            names, guest="Otto Lind" if place == 3 else "", rides=[(place + way) % 4 > 0 for way in range(len(_RIDES))]
        )
        for place, names in enumerate(PEOPLE * 2)
    ],
}
_TOLD: dict[str, Any] = {
    "phone": "+86 138 5555 0101",
    "wechat": "chen_guoliang_1971",
    "emergency_name": "Chen Family",
    "emergency_relation": "spouse",
    "emergency_phone": "+86 138 5555 0199",
    "diet": "Vegetarian, no egg",
    "access": "Wheelchair for ways of more than two hundred metres; a seat near the door of the bus",
    "arrival": TO_DENVER,
    "departure": HOME,
}
_ROOMS = [[{"hotel": "A", "number": 3}, {"hotel": "B", "number": 117}], [], [{"hotel": "A", "number": 4}], []]
OFFICE_ON_THE_WAY: dict[str, Any] = {
    **OFFICE,
    "destroy_on": "2026-06-30",
    "hotels": [
        {"letter": "A", "name": both("Hotel Poudre River", "波德尔河酒店")},
        {"letter": "B", "name": both("Hotel of the Sixteen Lakes by the Old Quarter")},
    ],
    "rows": [
        {**person, "told": told, "rooms": rooms, "guest": "Otto Lind"}
        for person, told, rooms in zip(
            OFFICE["rows"],
            (_TOLD, None, {**_TOLD, "diet": "", "departure": None}, {**_TOLD, "access": ""}),
            _ROOMS,
            strict=True,
        )
    ],
}
SHEETS: tuple[dict[str, Any], ...] = (ARRIVALS, DIETS, BUSES)
