"""What the office's pages call the states of registrations, seats and money, each with its tag in the style sheet."""

from flask_babel import lazy_gettext as _l

STATES = {
    "review": ("news", _l("To approve")),
    "held": ("wait", _l("Held")),
    "asked": ("news", _l("PO to accept")),
    "confirmed": ("good", _l("Confirmed")),
    "paid": ("good", _l("Paid")),
    "expired": ("over", _l("Hold ended")),
    "cancelled": ("over", _l("Cancelled")),
}
SEAT_STATES = {
    "offered": ("wait", _l("Offered")),
    "held": ("wait", _l("Held")),
    "confirmed": ("good", _l("Confirmed")),
    "released": ("over", _l("Released")),
}
# What the list of registrations can be narrowed to by its seats.
SEAT_FILTERS = {
    **{state: words for state, (_tag, words) in SEAT_STATES.items()},
    "cancelling": _l("Asks to cancel"),
    "review": _l("To approve"),
}
MONEY_STATES = {
    "open": _l("Something is open"),
    "late": _l("Late"),
    "settled": _l("Settled"),
    "credit": _l("More came than was charged"),
    "asked": _l("PO to accept"),
}
PAYS_BY = {"card": _l("Card"), "invoice": _l("Invoice")}
# What letters are called, by their template; the worker's own words stand in the letter itself.
LETTERS = {
    "registered": _l("Confirmation of the registration"),
    "approved": _l("Fee approved"),
    "host_confirm": _l("Link to confirm the address"),
    "host_confirmed": _l("Thanks for the offer, and the link to the city’s page"),
    "host_asked": _l("A colleague asks to join"),
    "host_invitation": _l("Invitation to share the city’s page"),
    "host_access": _l("New link to the city’s page"),
    "host_accepted": _l("The offer is accepted"),
    "host_offer_written": _l("An offer was written down for the city"),
    "host_offer_over": _l("The last day of an offer is over"),
    "host_declined": _l("The offer is declined"),
    "certificate_issued": _l("Certificate of recognition"),
    "certificate_replaced": _l("Corrected certificate"),
    "hosting_asked": _l("Request to host a group"),
    "hosting_reminded": _l("Reminder of the request"),
    "hosting_answered": _l("Receipt of the city’s answer"),
    "hosting_confirmed": _l("The visit is confirmed"),
    "hosting_dates_taken": _l("The dates that the city proposed suit us"),
    "hosting_lapsed": _l("The request has ended without an answer"),
    "hosting_message": _l("Message to the host city"),
    "hosting_proposal_answered": _l("Answer to a change that the host city proposed"),
    "hosting_proposed": _l("A host city proposes a change, for the office"),
    "hosting_message_told": _l("A host city’s message, for the office"),
    "hosting_report_asked": _l("Thanks, and the page to report a visit"),
    "hosting_told": _l("A host city’s answer, for the office"),
    "hosting_withdrawn": _l("The request is withdrawn"),
    "options_chosen": _l("What was chosen"),
    "paid": _l("Payment received"),
    "paid_late": _l("Payment came late"),
    "funds_awaited": _l("Payment on its way"),
    "payment_failed": _l("Payment did not arrive"),
    "reminder": _l("Reminder of a payment"),
    "seats_released": _l("Seats given back"),
    "hold_ended": _l("Seats freed"),
    "credit_granted": _l("Order accepted"),
    "credit_refused": _l("Order refused"),
    "invoiced": _l("Invoice"),
    "invoice_corrected": _l("Corrected invoice"),
    "lines_went": _l("Your bill has changed"),
    "lines_came": _l("Your bill"),
    "seated_after_all": _l("Seats after all"),
    "cancelled": _l("Registration cancelled"),
    "refunded": _l("Refund has left"),
    "quoted": _l("Quote"),
    "own_programme": _l("Where the own programme is"),
    "statement": _l("Statement of account"),
    "reminded": _l("Payment reminder"),
    "address_changed": _l("Another address"),
    "cancellation_asked": _l("Request to cancel received"),
    "cancellation_kept": _l("Not cancelled"),
    "replaced": _l("Another person takes part"),
    "access_code": _l("Code to change a registration"),
    "staff_password": _l("Link to choose a password"),
}


def letter_title(template: str) -> str:
    """Return what a letter is called; its template's name where it has no title yet."""
    return str(LETTERS.get(template, template))
