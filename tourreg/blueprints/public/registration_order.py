"""The payer's order as a file on the registration form: looked at with the other fields, kept with the registration."""

from __future__ import annotations

from tourreg.blueprints import order_uploads
from tourreg.blueprints.gettext import _
from tourreg.blueprints.order_uploads import SentOrder
from tourreg.blueprints.public.registration_form import RegistrationForm
from tourreg.kernel.refusals import Refusal


def look_at(form: RegistrationForm) -> SentOrder | None:
    """Return the file that was sent for a bill by invoice; what is wrong with it stands beside its field."""
    if form.contact.pays_by.data != "invoice" or not order_uploads.is_sent():
        return None
    try:
        return order_uploads.sent_order()
    except Refusal as refusal:
        form.on_order = order_uploads.why_not(refusal)
        return None


def ask_again(form: RegistrationForm, *, is_refused: bool) -> None:
    """Say that a file which was sent has to be chosen again, because no browser keeps it for a page shown anew.

    is_refused  whether it stands among the faults
    """
    if form.on_order or not order_uploads.is_sent():
        return
    if is_refused:
        form.on_order = _("Choose the file of your order again; it was not kept.")
    else:
        form.order_note = _("Choose the file of your order again; it was not kept.")
