"""The kinds of papers that are issued."""

# What stands in the number of each kind, behind the issuer's own prefix. A new kind needs a line here and no migration.
SERIES_LETTERS = {
    "invoice": "INV",
    "credit_note": "CN",
    "receipt": "REC",
    "quote": "QUO",
    "statement": "STM",
    "reminder": "REM",
    "refund_advice": "RFA",
    "itinerary": "ITN",
    "itinerary_summary": "SUM",
    "host_day": "HDY",
    "driver_sheet": "DRV",
    "pocket_card": "CRD",
    "personal_itinerary": "PIT",
    "change_notice": "CHG",
    "approval_cut": "APR",
    "roster_public": "RSA",
    "roster": "RST",
    "roster_operations": "RSC",
    "attendance": "ATT",
    "rooming_list": "RML",
    "arrivals": "ARR",
    "bus_list": "BUS",
    "diet_list": "DIE",
    "badges": "BDG",
    "name_plates": "NPL",
    "host_request": "HRQ",
    "host_thanks": "HTH",
}
KINDS = tuple(SERIES_LETTERS)
