"""Purchase orders that wait for finance: accept or refuse."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.acceptance_words import missed_words
from tourreg.blueprints.office.money_words import bill_asked_for, described, registration_or_404
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.acceptance import WouldBeRefused
from tourreg.domain.billing.order_files import orders_of
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import credit
from tourreg.domain.settlements.acceptance import missed_on
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

    anyway = Line(_l("Reason to send it all the same"), most=300)


class RefuseForm(FlaskForm):
    why = Lines(_l("Reason, for the payer"), most=300, needed=_l("Say why; the payer reads it."))


@blueprint.get("/money/orders/<public_id>")
@office("finance")
def decide(public_id: str) -> str:
    registration = registration_or_404(public_id)
    accepting = AcceptForm(formdata=None, data={"po_number": bill_asked_for(registration).po_number})
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
            credit.accept_credit(
                registration.id,
                po_number=form.po_number.data,
                now=clock.utc_now(),
                by=acting(),
                folio_id=bill_asked_for(registration).id,
                anyway=form.anyway.data,
            )
    except WouldBeRefused as refusal:
        sentences = " ".join(missed_words(refusal.demands))
        form.anyway.errors = [_("They would send it back. %(why)s Say why it goes out all the same.", why=sentences)]
        return _page(registration, form, RefuseForm(formdata=None)), 422
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
        accepting = AcceptForm(formdata=None, data={"po_number": bill_asked_for(registration).po_number})
        return _page(registration, accepting, form), 422
    try:
        with writing():
            folio_id = bill_asked_for(registration).id
            credit.refuse_credit(
                registration.id, why=form.why.data, now=clock.utc_now(), by=acting(), folio_id=folio_id
            )
    except (credit.CreditDecided, SeatsGone) as refusal:
        flash(_why_not(refusal))
    else:
        flash(_("The order is refused. They are told why, and have a day to pay at once."))
    return redirect(url_for("office_money.index"), 303)


def _page(registration: Registration, accepting: AcceptForm, refusing: RefuseForm) -> str:
    folio = bill_asked_for(registration)
    lines = [(line, Money(line.amount_minor, folio.currency)) for line in standing_lines(billing.entries_of(folio))]
    return render_template(
        "office/money/order.html",
        accepting=accepting,
        refusing=refusing,
        lines=lines,
        held_until=holds.held_until(registration, folio.id),
        missed=missed_words(missed_on(folio)),
        files=orders_of(folio),
        **described(registration),
    )


def _why_not(refusal: credit.CreditDecided | SeatsGone) -> str:
    if isinstance(refusal, SeatsGone):
        return _("The hold ended meanwhile and the seats were freed. They have to register again.")
    return _("This order was answered before.")
