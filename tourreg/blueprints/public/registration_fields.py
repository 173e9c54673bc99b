"""The fields of the registration form: one contact, and the same for each participant."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Country, EmailAddress, Line, Lines, Telephone, latin_name
from tourreg.blueprints.public import registration_faults as faults

SALUTATIONS = [
    SelectChoice("", ""),
    SelectChoice("Ms", _l("Ms")),
    SelectChoice("Mr", _l("Mr")),
    SelectChoice("Mx", _l("Mx")),
    SelectChoice("Dr", _l("Dr")),
    SelectChoice("Prof.", _l("Prof.")),
]

NATIVE_HINT = _l("In any script; where our papers cannot print it, they show the Latin name alone.")


class ContactForm(Form):
    """Who books, and who pays."""

    BEFORE_PEOPLE = ("contact_name", "organisation", "contact_email", "contact_phone", "currency")

    contact_name = Line(
        _l("Your name"), most=120, needed=_l("Type your name."), printed=True, render_kw={"autocomplete": "name"}
    )
    organisation = Line(
        _l("City or institution"),
        most=200,
        needed=_l("Type the city or institution that you write for."),
        printed=True,
        render_kw={"autocomplete": "organization"},
    )
    contact_email = EmailAddress(
        _l("E-mail"),
        needed=_l("Type your e-mail address; the confirmation goes there."),
        hint=_l("The confirmation and all papers go there."),
        own=True,
    )
    contact_phone = Telephone(_l("Telephone"), own=True)
    currency = SelectField(_l("Currency of the bill"), choices=[], validate_choice=False)
    pays_by = RadioField(choices=["card", "invoice"], validate_choice=False)
    plan = RadioField(choices=[], validate_choice=False)
    bill_name = Line(
        _l("Legal name of the payer"),
        most=200,
        hint=_l("As its finance office wants it on an invoice."),
        printed=True,
    )
    bill_department = Line(_l("Department"), most=200, printed=True)
    bill_address = Lines(_l("Address"), most=500, printed=True, render_kw={"rows": "3"})
    bill_country = Country(_l("Country or region"))
    bill_email = EmailAddress(
        _l("E-mail for bills"), hint=_l("Invoice and receipt go there too, with a link to pay. If other than yours.")
    )
    po_number = Line(_l("Purchase order number"), most=60, wide=False, printed=True)
    vendor_number = Line(
        _l("Our vendor number at your institution"),
        most=60,
        wide=False,
        printed=True,
        hint=_l("It goes on the invoice."),
    )
    code = Line(_l("Discount code"), most=40, wide=False, render_kw={"autocomplete": "off", "spellcheck": "false"})
    wrong_code = ""

    def refuse_code(self, sentence: str) -> None:
        """Say what is wrong with the code, also after the fields are looked at."""
        self.wrong_code = sentence
        control: Any = self.code
        control.errors = [sentence]

    def validate_code(self, _control: Line) -> None:
        if self.wrong_code:
            raise StopValidation(self.wrong_code)

    def validate_pays_by(self, control: RadioField) -> None:
        if control.data not in ("card", "invoice"):
            raise StopValidation(_("Choose how the bill is paid."))

    def validate_plan(self, control: RadioField) -> None:
        offered = [choice.value for choice in control.choices]
        if len(offered) > 1 and control.data not in offered:
            raise StopValidation(faults.plan_gone() if control.data else _("Choose when the bill is paid."))
        if control.data == "after_event" and self.pays_by.data == "card":
            raise StopValidation(faults.plan_needs_invoice())

    def validate_bill_name(self, control: Line) -> None:
        self._require_for_invoice(control, _("Type the name that the invoice is made out to."))

    def validate_bill_address(self, control: Lines) -> None:
        self._require_for_invoice(control, _("Type the address that stands on the invoice."))

    def validate_bill_country(self, control: Country) -> None:
        self._require_for_invoice(control, _("Choose the payer’s country or region."))

    def _require_for_invoice(self, control: Any, sentence: str) -> None:
        if self.pays_by.data == "invoice" and not control.data:
            raise StopValidation(sentence)


class PersonForm(Form):
    """One participant; names are two fields, because hotels and consulates need one and friends use the other."""

    surname = Line(
        _l("Surname"),
        most=120,
        needed=_l("Type the surname as the passport has it."),
        hint=_l("In Latin letters, as in the passport."),
        check=latin_name,
        wide=False,
        render_kw={"spellcheck": "false"},
    )
    given = Line(
        _l("Given names"),
        most=120,
        hint=_l("As in the passport; leave it empty if that has one name only."),
        check=latin_name,
        wide=False,
        render_kw={"spellcheck": "false"},
    )
    native = Line(
        _l("Name in your own script"), most=120, hint=NATIVE_HINT, render_kw={"dir": "auto", "spellcheck": "false"}
    )
    badge = Line(_l("Name on the badge"), most=120, render_kw={"dir": "auto", "spellcheck": "false"})
    salutation = SelectField(_l("Salutation"), choices=SALUTATIONS, validate_choice=False)
    post = Line(_l("Position"), most=200, printed=True)
    organisation = Line(_l("City or institution"), most=200, printed=True, hint=_l("If other than yours."))
    country = Country(_l("Country or region"), needed=_l("Choose the country or region that the participant is from."))
    email = EmailAddress(_l("E-mail"))
    fee = SelectField(_l("Fee"), validate_choice=False)
    member_number = Line(
        _l("Member’s number"), most=40, wide=False, render_kw={"autocomplete": "off", "spellcheck": "false"}
    )
    guest = Line(
        _l("Name of the guest"),
        most=120,
        hint=_l("In Latin letters, as in the passport; for an add-on for a guest."),
        check=latin_name,
        wide=False,
    )
    city = SelectField(_l("City that sends the participant"), choices=[], validate_choice=False)

    def validate_salutation(self, control: SelectField) -> None:
        if control.data and control.data not in [choice.value for choice in SALUTATIONS]:
            raise StopValidation(_("Choose one of the list."))

    def validate_fee(self, control: SelectField) -> None:
        if not control.data:
            raise StopValidation(_("Choose a fee."))
        if control.data not in [choice.value for choice in control.choices]:
            raise StopValidation(faults.fee_ended())
