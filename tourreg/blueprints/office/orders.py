"""Purchase orders that wait for finance: accept or refuse."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.money_words import described, registration_or_404
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import credit
from tourreg.domain.settlements.checkouts import SeatsGone
from tourreg.kernel import clock
from tourreg.kernel.money import Money

blueprint = Blueprint("office_orders", __name__)


class AcceptForm(FlaskForm):
    po_number = Line(
        _l("PO number"),
        most=60,
        hint=_l("As it stands on the order; it is printed on the invoice."),
        wide=False,
        printed=True,
    )


class RefuseForm(FlaskForm):
    why = Lines(_l("Reason, for the payer"), most=300, needed=_l("Say why; the payer reads it."))


@blueprint.get("/money/orders/<public_id>")
@office("finance")
def decide(public_id: str) -> str:
    registration = registration_or_404(public_id)
    accepting = AcceptForm(formdata=None, data={"po_number": registration.folio.po_number})
    return _page(registration, accepting, RefuseForm(formdata=None))


@blueprint.post("/money/orders/<public_id>/accept")
@office("finance")
def accept(public_id: str) -> tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    form = AcceptForm()
    if not form.validate():
        return _page(registration, form, RefuseForm(formdata=None)), 422
    try:
        with writing():
            credit.accept_credit(registration.id, po_number=form.po_number.data, now=clock.utc_now(), by=acting())
    except (credit.CreditDecided, SeatsGone) as refusal:
        flash(_why_not(refusal))
    else:
        flash(_("The order is accepted. The seats are theirs, and the invoice is on its way."))
    return redirect(url_for("office_money.index"), 303)


@blueprint.post("/money/orders/<public_id>/refuse")
@office("finance")
def refuse(public_id: str) -> tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    form = RefuseForm()
    if not form.validate():
        accepting = AcceptForm(formdata=None, data={"po_number": registration.folio.po_number})
        return _page(registration, accepting, form), 422
    try:
        with writing():
            credit.refuse_credit(registration.id, why=form.why.data, now=clock.utc_now(), by=acting())
    except (credit.CreditDecided, SeatsGone) as refusal:
        flash(_why_not(refusal))
    else:
        flash(_("The order is refused. They are told why, and have a day to pay at once."))
    return redirect(url_for("office_money.index"), 303)


def _page(registration: Registration, accepting: AcceptForm, refusing: RefuseForm) -> str:
    currency = registration.folio.currency
    lines = [
        (line, Money(line.amount_minor, currency)) for line in standing_lines(billing.entries_of(registration.folio))
    ]
    return render_template(
        "office/money/order.html",
        accepting=accepting,
        refusing=refusing,
        lines=lines,
        held_until=holds.held_until(registration),
        **described(registration),
    )


def _why_not(refusal: credit.CreditDecided | SeatsGone) -> str:
    if isinstance(refusal, SeatsGone):
        return _("The hold ended meanwhile and the seats were freed. They have to register again.")
    return _("This order was answered before.")
