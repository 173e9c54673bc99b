"""The fields by which the office names a payer, filled in from the payers that are kept for next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.fields import Country, EmailAddress, Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import Day
from tourreg.domain.billing import payers
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.payers import BillTo

FILL = "fill"


class PayersFields(FlaskForm):
    """Who a payer is, whatever they order."""

    name = Line(_l("Legal name of the payer"), most=200, needed=_l("Type who pays."), printed=True)
    department = Line(_l("Department"), most=200, printed=True)
    attention = Line(_l("For the attention of"), most=200, hint=_l("A person, or Accounts Payable."), printed=True)
    address = Lines(_l("Address"), most=500, printed=True)
    country = Country(_l("Country"))
    email = EmailAddress(_l("E-mail address"), needed=_l("Type where the invoice goes."))
    vendor_number = Line(_l("Their number for us as a vendor"), most=60, wide=False, printed=True)
    tax_id = Line(_l("Their tax ID"), most=60, wide=False, printed=True)
    tax_exemption = Line(
        _l("Tax exemption"),
        most=120,
        hint=_l("The certificate or the law by which they pay no sales tax."),
        printed=True,
    )
    cost_centre = Line(_l("Cost center"), most=60, wide=False, printed=True)


class PayerForm(PayersFields):
    """Whom a bill is made out to, and what their own books call it."""

    profile = SelectField(_l("Payers kept for next time"), choices=[], validate_choice=False)
    po_number = Line(_l("PO number"), most=60, wide=False, printed=True)
    po_on = Day(_l("Date of the PO"))
    requester = Line(_l("Requested by"), most=120, hint=_l("Who ordered it in their house."), printed=True)

    # The payers that were kept, as `payer_form` found them.
    kept: Sequence[PayerProfile] = ()

    @property
    def names_kept(self) -> list[str]:
        """Return the names of the payers kept, for the browser to propose while somebody types."""
        return list(dict.fromkeys(one.name for one in self.kept))

    def bill_to(self) -> BillTo:
        """Return who pays; only after the form was found right."""
        names = [one.name for one in fields(BillTo) if one.name in self]
        return BillTo(**{name: self[name].value if name == "po_on" else self[name].data for name in names})

    @property
    def chosen(self) -> PayerProfile | None:
        """Return the payer that was chosen from those kept."""
        return payers.profile_by_public_id(self.profile.data or "")


def typed_of(bill_to: BillTo, profile: PayerProfile | None = None) -> MultiDict[str, str]:
    """Return the payer as it stands in the fields of a form."""
    typed: MultiDict[str, str] = MultiDict({name: str(value or "") for name, value in bill_to.plain().items()})
    typed["profile"] = profile.public_id if profile else ""
    return typed


def payer_form(kind: type[PayerForm], known: MultiDict[str, str]) -> Any:
    """Return the form as it was sent, with what is known before; filled in from a payer kept, where that was asked."""
    typed: MultiDict[str, str] = MultiDict(request.form) if request.method == "POST" else known
    if request.method == "POST" and request.form.get("do") == FILL:
        typed = _filled_in(typed)
    form = kind(typed)
    form.name.render_kw = {"list": "payers", "autocomplete": "off"}
    form.kept = payers.profiles()
    form.profile.choices = [
        SelectChoice("", _("None")),
        *(SelectChoice(one.public_id, _called(one)) for one in form.kept),
    ]
    return form


def is_sent(form: FlaskForm) -> bool:
    """Tell whether the form was sent to be done, and is right; filling it in is not sending it."""
    return request.method == "POST" and request.form.get("do") != FILL and bool(form.validate())


def _filled_in(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was typed, with all that is kept of the payer that was chosen or whose name was typed."""
    chosen = payers.profile_by_public_id(typed.get("profile", "")) or payers.profile_named(typed.get("name", ""))
    if chosen is None:
        return typed
    of_order = {name: typed.get(name, "") for name in payers.OF_AN_ORDER}
    kept = typed_of(payers.bill_to_of_profile(chosen), chosen)
    filled = typed.copy()
    for name, value in {**kept.to_dict(), **of_order}.items():
        filled[name] = value
    return filled


def _called(profile: PayerProfile) -> str:
    return f"{profile.name}, {profile.department}" if profile.department else profile.name
