"""The desk of the finance office: what waits for a person, and refunds to pay out."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.case_page import AnswerForm, amount_of, case_page
from tourreg.blueprints.office.desk_time import desk_day, desk_zone
from tourreg.blueprints.office.money_words import CASES, MEANS, bill_asked_for, page_of, registration_or_404
from tourreg.db import writing
from tourreg.domain.banking import queries as bank
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.refunds import BankHasTheMoney, NotToPayOut
from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, commands, desk, queries
from tourreg.kernel import clock

blueprint = Blueprint("office_money", __name__)


class PaidOutForm(FlaskForm):
    detail = Line(
        _l("Number of the wire or check"),
        most=120,
        needed=_l("Type the number by which the bank knows it, or “cash”."),
        wide=False,
    )


@blueprint.get("/money")
@office("finance", "read-only")
def index() -> str:
    cases, today = queries.open_cases(), desk_day(clock.utc_now())
    return render_template(
        "office/money/index.html",
        cases=cases,
        amounts={one.id: amount_of(one) for one in cases},
        case_words=CASES,
        orders=queries.asked_for_credit(),
        overdue=queries.overdue_list(today),
        today=today,
        held_until=holds.held_until,
        refunds=queries.refunds_to_pay_out(),
        on_their_way=queries.refunds_on_their_way(),
        bookings=bank.waiting(),
        means=MEANS,
        zone=desk_zone(),
    )


@blueprint.route("/money/cases/<public_id>", methods=["GET", "POST"])
@office("finance")
def case(public_id: str) -> str | tuple[str, int] | Response:
    found = queries.case_by_public_id(public_id)
    if found is None:
        abort(404)
    form = AnswerForm()
    if not form.validate_on_submit():
        return case_page(found, form), 422 if form.errors else 200
    try:
        with writing():
            desk.close_case(found, form.answer.data, now=clock.utc_now(), by=acting())
    except desk.CaseClosed:
        flash(_("Somebody has answered this before."))
    else:
        flash(_("This is off the desk."))
    return redirect(url_for("office_money.index"), 303)


@blueprint.post("/money/cases/<public_id>/seats")
@office("finance")
def give_seats(public_id: str) -> Response:
    """Seat somebody who paid late, where seats are free again."""
    found = queries.case_by_public_id(public_id)
    registration = registrations.of_folio(found.folio_id) if found and found.folio_id else None
    if registration is None:
        abort(404)
    try:
        with writing():
            commands.seat_after_all(
                registration.id, now=clock.utc_now(), by=acting(), folio_id=found.folio_id if found else None
            )
    except (PoolIsFull, holds.NoPlaceAtEvent):
        flash(_("Not all their places are free. Nothing was changed."))
    except commands.NotLapsed:
        flash(_("They have their seats, or the registration was cancelled."))
    except commands.MoneyGoesBack:
        flash(_("Nothing was changed: what they paid goes back to them already."))
    else:
        flash(_("They have their seats, and the invoice is on its way to them."))
    return redirect(url_for("office_money.case", public_id=public_id), 303)


@blueprint.route("/money/refunds/<public_id>", methods=["GET", "POST"])
@office("finance")
def pay_out(public_id: str) -> str | tuple[str, int] | Response:
    """Note that a refund was paid out by hand."""
    refund = billing.refund_by_public_id(public_id)
    registration = registrations.of_folio(refund.folio_id) if refund else None
    if refund is None or registration is None:
        abort(404)
    form = PaidOutForm()
    if form.validate_on_submit():
        try:
            with writing():
                cancelling.pay_out_by_hand(public_id, form.detail.data, now=clock.utc_now(), by=acting())
        except BankHasTheMoney:
            flash(_("Nothing was recorded: the payer’s bank disputes the payment. Wait for what it decides."))
            return redirect(url_for("office_money.pay_out", public_id=public_id), 303)
        except NotToPayOut:
            flash(_("Nothing was recorded, because this refund is not to be paid out by hand any more."))
            return redirect(url_for("office_money.pay_out", public_id=public_id), 303)
        flash(_("The refund is recorded as paid out."))
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/money/pay_out.html", form=form, refund=refund, registration=registration, means=MEANS
    )
    return page, 422 if form.errors else 200


@blueprint.route("/money/overpayments/<public_id>", methods=["GET", "POST"])
@office("finance")
def send_back(public_id: str) -> str | tuple[str, int] | Response:
    """Send back what was paid beyond the bill."""
    registration = registration_or_404(public_id)
    form = SendBackForm()
    if form.validate_on_submit():
        with writing():
            asked = cancelling.refund_overpayment(
                registration.id,
                why=form.why.data,
                now=clock.utc_now(),
                by=acting(),
                folio_id=bill_asked_for(registration).id,
            )
        flash(_("The money is on its way back.") if asked else _("Nothing is left to send back."))
        return redirect(page_of(registration), 303)
    page = render_template("office/money/send_back.html", form=form, **_overpayment(registration))
    return page, 422 if form.errors else 200


class SendBackForm(FlaskForm):
    why = Line(_l("Reason, for the payer"), most=300, needed=_l("Say why the money goes back; the payer reads it."))


def _overpayment(registration: Registration) -> dict[str, object]:
    folio = bill_asked_for(registration)
    standing = billing.standing(folio)
    waiting = billing.on_its_way_back(folio)
    return {"registration": registration, "folio": folio, "left": standing.overpaid - waiting, "waiting": waiting}
