"""A draft that still waits for its Chinese texts."""

from tourreg.demo.shapes import Event

TRANSIT: Event = {
    "key": "districts-around-transit",
    "slug": "districts-around-transit",
    "reference_prefix": "DT",
    "kind": "study_tour",
    "direction": "to_us",
    "state": "draft",
    "published_days_ago": None,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Districts Built around Transit", "zh": ""},
    "theme": {"en": "Zoning, land value and the stop outside the door", "zh": ""},
    "summary": {
        "en": (
            "Eleven days with the people who drew the zoning beside streetcars and light rail in three U.S. cities."
        ),
        "zh": "",
    },
    "description": {
        "en": (
            "Kansas City laid two miles of streetcar and watched the vacant lots. Charlotte "
            "zoned first and built after. Phoenix had to make walking to the stop bearable at 43 "
            "°C.\n\n"
            "The tour follows one line in each city from the council vote to the shop rents of "
            "today, with the land-value figures on the table.\n\n"
            "Dates and hotels are still to be confirmed by the three cities."
        ),
        "zh": "",
    },
    "who_comes": {"en": "Planning, transport and land departments of Chinese cities", "zh": ""},
    "languages": {"en": "Chinese and English, interpreted throughout", "zh": ""},
    "access": {"en": "All vehicles and hotels step-free", "zh": ""},
    "venue": {"en": "Kansas City, Charlotte and Phoenix", "zh": ""},
    "venue_address": {"en": "First meeting point to be named", "zh": ""},
    "host": {"en": "Cities of Kansas City, Charlotte and Phoenix (sample, not yet confirmed)", "zh": ""},
    "organiser": {"en": "Center for City Exchange", "zh": ""},
    "partners": [
        {"en": "Institute for Streets and Stops (sample)", "zh": ""},
    ],
    "included": [
        {"en": "Nine nights in twin rooms with breakfast", "zh": ""},
        {"en": "Flights inside the United States and coaches", "zh": ""},
        {"en": "Interpreter, book, certificate", "zh": ""},
    ],
    "not_included": [
        {"en": "International flights", "zh": ""},
        {"en": "Visa fee and travel insurance", "zh": ""},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 60 days before departure, and the whole amount comes back.\n"
            "After that we return only what hotels and airlines return to us."
        ),
        "zh": "",
    },
    "refund_steps": [
        {"up_to_days_before": 60, "percent": 100},
    ],
    "cover": "plum",
    "slip": "公交之城",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 20,
    "minimum_to_run": 14,
    "starts_in_days": 250,
    "weekday": 0,
    "last_day": 10,
    "opens_days_before": 170,
    "closes_days_before": 45,
    "cities": [
        {
            "city": "kansas-city",
            "role": "main",
            "first_day": 0,
            "last_day": 3,
        },
        {
            "city": "charlotte",
            "role": "main",
            "first_day": 3,
            "last_day": 6,
        },
        {
            "city": "phoenix",
            "role": "main",
            "first_day": 6,
            "last_day": 10,
        },
    ],
    "fees": [
        {
            "key": "standard",
            "label": {"en": "Programme fee", "zh": ""},
            "who": {"en": "Sent by a Chinese city or a company it owns", "zh": ""},
            "audience": "anyone",
            "amount_minor": 476_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": ""},
            "summary": {"en": "The room to yourself for nine nights", "zh": ""},
            "amount_minor": 69_000,
            "capacity": 8,
            "first_day": 0,
            "last_day": 9,
        },
    ],
}
