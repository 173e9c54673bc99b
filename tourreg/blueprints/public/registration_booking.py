"""What the fields of the registration form ask for, once they were found right."""

from __future__ import annotations

from collections.abc import Sequence

from tourreg.blueprints.public.registration_fields import ContactForm, PersonForm
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.registrations import rules
from tourreg.kernel.names import PersonName


def booked(form: PersonForm, add_ons: Sequence[str], contacts_organisation: str) -> rules.BookedPerson:
    """Return a participant; who names no institution is of the contact's."""
    return rules.BookedPerson(
        name=PersonName(
            form.surname.data, form.given.data, form.native.data, form.badge.data, form.salutation.data or ""
        ),
        fee=form.fee.data,
        add_ons=tuple(add_ons),
        email=form.email.data,
        post=form.post.data,
        organisation=form.organisation.data or contacts_organisation,
        country=form.country.data,
        guest=form.guest.data or "",
        member_number=form.member_number.data or "",
        city=form.city.data or "",
    )


def bill_to(contact: ContactForm) -> BillTo:
    """Return the payer: who books, or the institution that the invoice is made out to."""
    if contact.pays_by.data == "card":
        return BillTo(
            name=contact.contact_name.data, department=contact.organisation.data, email=contact.contact_email.data
        )
    return BillTo(
        name=contact.bill_name.data,
        email=contact.bill_email.data or contact.contact_email.data,
        department=contact.bill_department.data,
        address=contact.bill_address.data,
        country=contact.bill_country.data,
        vendor_number=contact.vendor_number.data,
        po_number=contact.po_number.data,
    )


def payer_fields(payer: BillTo | None) -> dict[str, str]:
    """Return what the form's fields call a payer; an order of the last time is none of this time."""
    if payer is None:
        return {}
    return {
        "bill_name": payer.name,
        "bill_department": payer.department,
        "bill_address": payer.address,
        "bill_country": payer.country,
        "bill_email": payer.email,
        "vendor_number": payer.vendor_number,
    }
