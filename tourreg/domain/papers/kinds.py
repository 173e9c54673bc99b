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
    "roster_security": "RSS",
    "roster_operations": "RSC",
    "attendance": "ATT",
    "rooming_list": "RML",
    "arrivals": "ARR",
    "bus_list": "BUS",
    "diet_list": "DIE",
    "badges": "BDG",
    "name_plates": "NPL",
    "host_request": "HRQ",
    "host_confirmation": "HCF",
    "host_thanks": "HTH",
    "in_kind_report": "IKR",
    "thanks_mayor": "HTM",
    "thanks_council": "HTC",
    "host_recognition": "CER",
}
KINDS = tuple(SERIES_LETTERS)

# These carry a code and a link by which whoever holds one finds out whether it is in force.
VERIFIED = (
    "itinerary", "itinerary_summary", "approval_cut", "host_request", "host_confirmation", "host_thanks",
    "thanks_mayor", "thanks_council", "host_recognition",
)  # fmt: skip
# These are signed for their seller, and sealed.
SIGNED = (
    "host_request", "host_confirmation", "host_thanks", "thanks_mayor", "thanks_council", "host_recognition",
    "approval_cut",
)  # fmt: skip
# These are never withdrawn: a credit note or a new paper corrects them, or they say what stood at a moment.
OF_MONEY = ("invoice", "credit_note", "receipt", "statement", "reminder", "refund_advice")
# These are papers of a certificate: they are revoked and replaced with it, and show whoever verifies one what it says.
CERTIFICATES = ("host_recognition",)
# These print names of people in their own script as well.
NAMING = (
    "personal_itinerary", "roster_public", "roster", "roster_security", "roster_operations", "attendance", "badges",
    "name_plates", "rooming_list", "arrivals", "bus_list", "diet_list",
)  # fmt: skip
# These hold what people told of their journey behind a consent of its own: the programme office alone opens them.
OF_JOURNEYS = ("personal_itinerary", "arrivals", "diet_list", "roster_operations")
