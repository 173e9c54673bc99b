"""What pages call the kinds, languages and sizes of papers."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "invoice": _l("Invoice"),
    "credit_note": _l("Credit note"),
    "receipt": _l("Receipt"),
    "quote": _l("Quote"),
    "statement": _l("Statement of account"),
    "reminder": _l("Payment reminder"),
    "refund_advice": _l("Refund advice"),
    "itinerary": _l("Programme book"),
    "itinerary_summary": _l("Programme summary"),
    "host_day": _l("Day of a host"),
    "driver_sheet": _l("Driver sheet"),
    "pocket_card": _l("Pocket card"),
    "personal_itinerary": _l("Personal itinerary"),
    "change_notice": _l("Change notice"),
    "approval_cut": _l("Programme for approval"),
    "roster_public": _l("Roster for everybody"),
    "roster": _l("Roster for hosts"),
    "roster_security": _l("Roster for a security desk"),
    "roster_operations": _l("Roster for the office"),
    "attendance": _l("Attendance sheet"),
    "rooming_list": _l("Rooming list"),
    "arrivals": _l("Flights and arrivals"),
    "bus_list": _l("Bus list"),
    "diet_list": _l("Diet list"),
    "badges": _l("Name badges"),
    "name_plates": _l("Table name plates"),
    "host_request": _l("Request to a host city"),
    "host_confirmation": _l("Confirmation of a visit"),
    "host_thanks": _l("Thank-you to a host city"),
    "in_kind_report": _l("Report of contributions in kind"),
    "thanks_mayor": _l("Thank-you to the mayor"),
    "thanks_council": _l("Thank-you to the council or government"),
    "host_recognition": _l("Certificate of recognition"),
    "pro_forma": _l("Pro-forma"),
}
SHELVES = {
    "programme": _l("Programme"),
    "people": _l("People"),
    "travel": _l("Travel and rooms"),
    "cities": _l("Host cities"),
}
LANGUAGES = {"en": _l("English"), "zh": _l("Chinese"), "both": _l("English and Chinese")}
PAGE_SIZES = {"letter": _l("US Letter"), "a4": _l("A4")}
