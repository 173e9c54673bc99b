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
    "itinerary": _l("Itinerary"),
    "roster": _l("Roster"),
    "pro_forma": _l("Pro-forma"),
}
LANGUAGES = {"en": _l("English"), "zh": _l("Chinese"), "both": _l("English and Chinese")}
PAGE_SIZES = {"letter": _l("US Letter"), "a4": _l("A4")}
